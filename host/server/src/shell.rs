//! What the server needs of the React shell.
//!
//! Not here: the shell itself, built and embedded elsewhere.

use std::borrow::Cow;

/// A file of the shell.
#[derive(Debug, Clone)]
pub struct ShellFile {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type, such as `text/javascript`.
    pub content_type: String,
    /// Its entity tag, in double quotes.
    pub etag: String,
}

/// The React shell, served under `/_shell/`.
pub trait Shell: Send + Sync + 'static {
    /// The file at a path below `/_shell/`. Names carry their content's hash.
    fn file(&self, path: &str) -> Option<ShellFile>;

    /// The import map, as JSON text.
    fn import_map(&self) -> &str;

    /// The address of the module that starts a page.
    fn boot(&self) -> &str;

    /// Addresses of the modules that a page with these imports loads.
    fn preloads(&self, specifiers: &[&str]) -> Vec<String>;

    /// Addresses of the stylesheets of a page with these imports.
    fn stylesheets(&self, specifiers: &[&str]) -> Vec<String>;
}
