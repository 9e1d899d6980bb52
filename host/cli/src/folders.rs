//! The folders that a command line and the environment name, besides those of the apps.
//!
//! Not here: what is done with them.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

/// Folders of packages, absolute, since the process enters an app's folder later.
pub(crate) fn packages(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let absolute = |path: &PathBuf| {
        let folder = path
            .canonicalize()
            .with_context(|| format!("--packages {} cannot be read", path.display()))?;
        if !folder.is_dir() {
            bail!(
                "--packages {} is no folder; name the folder that holds the wheels",
                path.display()
            );
        }
        Ok(folder)
    };
    given.iter().map(absolute).collect()
}

/// Where things are kept between runs: as given, else within the user's cache, else nowhere.
pub(crate) fn cache(given: Option<&Path>) -> Option<PathBuf> {
    let users = || {
        let named = ["XDG_CACHE_HOME", "LOCALAPPDATA"]
            .into_iter()
            .find_map(env::var_os);
        let folder = named
            .map(PathBuf::from)
            .or_else(|| Some(env::home_dir()?.join(".cache")))?;
        Some(folder.join("ferroflex"))
    };
    let folder = given.map(Path::to_owned).or_else(users)?;
    std::path::absolute(folder).ok()
}
