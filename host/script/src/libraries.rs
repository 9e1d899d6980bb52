//! Libraries of JavaScript that an app's own components import: what the shell has, and what stands
//! in the app's assets.
//!
//! Not here: how a component comes to its specifier (the page crate), and how files are served.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ferroflex_page::MODULES;

use crate::limits::{LIBRARY_DEPTH_MAX, LIBRARY_MODULES_MAX};

/// What an app's pages can import.
#[derive(Debug, Default)]
pub(crate) struct Libraries {
    shell: Arc<BTreeSet<String>>,
    /// The address of each module of the app's own, by specifier.
    own: BTreeMap<String, String>,
    assets: Option<PathBuf>,
    /// Files that stand elsewhere: the paths under which they are served.
    files: BTreeSet<String>,
    base: String,
}

impl Libraries {
    /// What the shell has, and the modules below `_modules` in the app's assets.
    pub(crate) fn find(shell: &Arc<BTreeSet<String>>, assets: Option<&Path>, base: &str) -> Self {
        let mut found = Self {
            shell: Arc::clone(shell),
            own: BTreeMap::new(),
            assets: assets.map(Path::to_owned),
            files: BTreeSet::new(),
            base: base.to_owned(),
        };
        if let Some(assets) = assets {
            found.add(&assets.join(MODULES), "", 0);
        }
        found
    }

    /// With files that are served at these paths, each with a leading slash, and stand elsewhere.
    pub(crate) fn with_files<'a>(mut self, paths: impl Iterator<Item = &'a String>) -> Self {
        self.files.extend(paths.cloned());
        self
    }

    /// The specifiers of the app's own modules, with their addresses.
    pub(crate) fn into_own(self) -> Vec<(String, String)> {
        self.own.into_iter().collect()
    }

    /// Whether a page can import all of these: specifiers, and addresses of the app's own files.
    ///
    /// # Errors
    /// What is missing, and what to do.
    pub(crate) fn check(&self, imported: &[String]) -> Result<(), String> {
        for library in imported {
            match library.strip_prefix('/') {
                Some(_) => self.check_file(library)?,
                None if self.shell.contains(library) || self.own.contains_key(library) => {}
                None => return Err(missing(library)),
            }
        }
        Ok(())
    }

    fn check_file(&self, address: &str) -> Result<(), String> {
        let path = address.strip_prefix(&self.base).unwrap_or(address);
        let path = path.split('?').next().unwrap_or(path);
        if self.files.contains(path) {
            return Ok(());
        }
        let path = path.trim_start_matches('/');
        let is_there = |assets: &PathBuf| assets.join(path).is_file();
        if self.assets.as_ref().is_some_and(is_there) {
            return Ok(());
        }
        Err(format!(
            "a component imports assets/{path}, which is not there"
        ))
    }

    fn add(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if path.is_dir() {
                if depth < LIBRARY_DEPTH_MAX {
                    self.add(&path, &format!("{prefix}{name}/"), depth + 1);
                }
                continue;
            }
            let Some(stem) = [".js", ".mjs"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
            else {
                continue;
            };
            if self.own.len() == LIBRARY_MODULES_MAX {
                tracing::warn!(
                    "more than {LIBRARY_MODULES_MAX} files in {MODULES}: the rest is left out"
                );
                return;
            }
            let address = format!("{}/{MODULES}/{prefix}{name}", self.base);
            // Both with the extension and without, as libraries name their parts.
            self.own.insert(format!("{prefix}{name}"), address.clone());
            self.own.insert(format!("{prefix}{stem}"), address);
        }
    }
}

fn missing(library: &str) -> String {
    format!(
        "a component imports the library {library:?}, which the shell does not have: put it into \
         the app as assets/{MODULES}/{library}.js, one ES module that leaves react and react-dom to \
         the page. Bundlers make such a file (esbuild --bundle --format=esm --external:react \
         --external:react-dom --external:react/jsx-runtime), and so does esm.sh \
         (?bundle&external=react,react-dom)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn libraries(files: &[&str]) -> (Libraries, PathBuf) {
        let name = format!("ferroflex-libraries-{}-{}", std::process::id(), files.len());
        let assets = std::env::temp_dir().join(name);
        for file in files {
            let path = assets.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "export const a = 1;").expect("a file");
        }
        let shell = Arc::new(BTreeSet::from(["react".to_owned()]));
        (Libraries::find(&shell, Some(&assets), "/app"), assets)
    }

    #[test]
    fn modules_are_found_by_package_and_by_path() {
        let files = [
            "_modules/one.js",
            "_modules/@scope/two/part.mjs",
            "three.js",
        ];
        let (libraries, assets) = libraries(&files);
        let imported = [
            "react",
            "one",
            "@scope/two/part",
            "@scope/two/part.mjs",
            "/app/three.js",
        ];
        assert_eq!(libraries.check(&imported.map(str::to_owned)), Ok(()));
        let own = libraries.into_own();
        assert!(own.contains(&("one".to_owned(), "/app/_modules/one.js".to_owned())));
        fs::remove_dir_all(assets).expect("removed");
    }

    #[test]
    fn what_is_missing_is_named_with_its_place() {
        let (libraries, _) = libraries(&[]);
        let problem = libraries.check(&["react-colorful".to_owned()]).unwrap_err();
        assert!(problem.contains("\"react-colorful\""), "{problem}");
        assert!(
            problem.contains("assets/_modules/react-colorful.js"),
            "{problem}"
        );
        let problem = libraries.check(&["/app/x.js".to_owned()]).unwrap_err();
        assert!(problem.contains("assets/x.js"), "{problem}");
    }
}
