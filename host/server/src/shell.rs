//! What the server needs of the React shell.
//!
//! Not here: the shell itself, built and embedded elsewhere.

use std::borrow::Cow;

use crate::error::ServerError;
use crate::security::for_script;

/// A file of the shell.
#[derive(Debug, Clone)]
pub struct ShellFile {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// The content as brotli packs it, for clients that take it so.
    pub brotli: Option<Cow<'static, [u8]>>,
    /// Its media type, such as `text/javascript`.
    pub content_type: &'static str,
    /// Its entity tag, in double quotes.
    pub etag: String,
}

/// The React shell, served under `/_shell/`.
pub trait Shell: Send + Sync + 'static {
    /// The file at a path below `/_shell/`. Names carry their content's hash.
    fn file(&self, path: &str) -> Option<ShellFile>;

    /// The paths of all files.
    fn paths(&self) -> Vec<String>;

    /// The import map, as JSON text.
    fn import_map(&self) -> &str;

    /// The address of the classic script that sets the colour mode before the first paint.
    fn early_script(&self) -> &str;

    /// Addresses of the modules that a page with these imports loads.
    fn preloads(&self, specifiers: &[&str]) -> Vec<String>;

    /// The address of the stylesheet that every page has. `reset`: with what takes the browser's
    /// own look from elements.
    fn stylesheet(&self, reset: bool) -> &str;
}

/// The module that starts a page.
pub(crate) const BOOT: &str = "@ferroflex/boot";

/// The import map of an app's pages: the shell's, and the modules of the app's own. Where both have
/// one, it is the shell's: everything on a page must share one React.
pub(crate) fn import_map(shell: &str, modules: &[(String, String)]) -> String {
    if modules.is_empty() {
        return shell.to_owned();
    }
    let mut map: serde_json::Value = serde_json::from_str(shell).unwrap_or_default();
    if let Some(imports) = map["imports"].as_object_mut() {
        for (specifier, address) in modules {
            let address = || address.as_str().into();
            imports.entry(specifier).or_insert_with(address);
        }
    }
    for_script(&map.to_string())
}

/// The address of [`BOOT`] in an import map.
pub(crate) fn boot_address(import_map: &str) -> Result<String, ServerError> {
    let map: serde_json::Value = serde_json::from_str(import_map).unwrap_or_default();
    let address = map["imports"][BOOT].as_str().map(str::to_owned);
    address.ok_or(ServerError::NoBoot { specifier: BOOT })
}

#[cfg(test)]
mod tests {
    use super::import_map;

    #[test]
    fn modules_of_the_apps_own_stand_beside_the_shells() {
        let shell = r#"{"imports":{"react":"/_shell/react.js"}}"#;
        let modules = [("react", "/x/react.js"), ("a</script>", "/x/a.js")];
        let modules = modules.map(|(name, address)| (name.to_owned(), address.to_owned()));
        let map = import_map(shell, &modules);
        assert!(!map.contains('<'), "{map}");
        let map: serde_json::Value = serde_json::from_str(&map).unwrap();
        assert_eq!(map["imports"]["react"], "/_shell/react.js");
        assert_eq!(map["imports"]["a</script>"], "/x/a.js");
        assert_eq!(import_map(shell, &[]), shell);
    }
}
