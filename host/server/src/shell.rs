//! What the server needs of the React shell.
//!
//! Not here: the shell itself, built and embedded elsewhere.

use std::borrow::Cow;

use crate::error::ServerError;

/// A file of the shell.
#[derive(Debug, Clone)]
pub struct ShellFile {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type, such as `text/javascript`.
    pub content_type: &'static str,
    /// Its entity tag, in double quotes.
    pub etag: String,
}

/// The React shell, served under `/_shell/`.
pub trait Shell: Send + Sync + 'static {
    /// The file at a path below `/_shell/`. Names carry their content's hash.
    fn file(&self, path: &str) -> Option<ShellFile>;

    /// The import map, as JSON text.
    fn import_map(&self) -> &str;

    /// The address of the classic script that sets the colour mode before the first paint.
    fn early_script(&self) -> &str;

    /// Addresses of the modules that a page with these imports loads.
    fn preloads(&self, specifiers: &[&str]) -> Vec<String>;

    /// Addresses of the stylesheets of a page, in their order. `radix`: it has Radix components.
    fn stylesheets(&self, radix: bool) -> Vec<String>;
}

/// The module that starts a page.
pub(crate) const BOOT: &str = "@ferroflex/boot";

/// The address of [`BOOT`] in an import map.
pub(crate) fn boot_address(import_map: &str) -> Result<String, ServerError> {
    let map: serde_json::Value = serde_json::from_str(import_map).unwrap_or_default();
    let address = map["imports"][BOOT].as_str().map(str::to_owned);
    address.ok_or(ServerError::NoBoot { specifier: BOOT })
}
