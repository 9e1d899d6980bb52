//! The embedded React shell, as the server asks for it.

use ferroflex_server::{Shell, ShellFile};

/// The shell that this binary carries.
pub(crate) struct Embedded;

impl Shell for Embedded {
    fn file(&self, path: &str) -> Option<ShellFile> {
        let file = ferroflex_shell::file(path)?;
        Some(ShellFile {
            bytes: file.bytes,
            brotli: file.brotli,
            content_type: file.content_type,
            etag: file.etag,
        })
    }

    fn paths(&self) -> Vec<String> {
        ferroflex_shell::paths().collect()
    }

    fn import_map(&self) -> &str {
        ferroflex_shell::import_map()
    }

    fn early_script(&self) -> &str {
        ferroflex_shell::early_script()
    }

    fn preloads(&self, specifiers: &[&str]) -> Vec<String> {
        ferroflex_shell::preloads(specifiers)
    }

    fn stylesheet(&self, reset: bool) -> &str {
        ferroflex_shell::stylesheet(reset)
    }
}
