//! The shell as pages of an app with a prefix name its files: below the app's base, where a proxy
//! that passes nothing but the prefix on finds them.
//!
//! Not here: the files, which are the same at both places (`site`).

use std::sync::Arc;

use crate::shell::{Shell, ShellFile};

/// Where the addresses that a shell tells begin.
const HOME: &str = "/_shell/";

/// A shell whose addresses begin with a base.
pub(crate) struct MovedShell {
    shell: Arc<dyn Shell>,
    base: String,
    import_map: String,
    early_script: String,
    stylesheets: [String; 2],
}

impl MovedShell {
    pub(crate) fn new(shell: Arc<dyn Shell>, base: &str) -> Self {
        let moved = |address: &str| format!("{base}{address}");
        let (home, new_home) = (format!("\"{HOME}"), format!("\"{base}{HOME}"));
        Self {
            base: base.to_owned(),
            import_map: shell.import_map().replace(&home, &new_home),
            early_script: moved(shell.early_script()),
            stylesheets: [false, true].map(|reset| moved(shell.stylesheet(reset))),
            shell,
        }
    }
}

impl Shell for MovedShell {
    fn file(&self, path: &str) -> Option<ShellFile> {
        self.shell.file(path)
    }

    fn paths(&self) -> Vec<String> {
        self.shell.paths()
    }

    fn import_map(&self) -> &str {
        &self.import_map
    }

    fn early_script(&self) -> &str {
        &self.early_script
    }

    fn preloads(&self, specifiers: &[&str]) -> Vec<String> {
        let addresses = self.shell.preloads(specifiers).into_iter();
        addresses
            .map(|address| format!("{}{address}", self.base))
            .collect()
    }

    fn stylesheet(&self, reset: bool) -> &str {
        let [plain, with_reset] = &self.stylesheets;
        if reset { with_reset } else { plain }
    }
}
