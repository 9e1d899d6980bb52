//! The React shell as the binary carries it: hashed files, the import map, preloads, icons and
//! Radix's stylesheet; and Tailwind's engine, which no browser gets.
//!
//! Not here: the pages that use it (`ferroflex-page`) and how they are served (`ferroflex-server`).
//! What is described in JSON is read on first use, so that nothing of it delays the start.

pub mod limits;
mod radix;

pub use radix::{Used, radix_css};

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::LazyLock,
};

use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::value::RawValue;

/// The path under which the host serves the shell's files.
pub const PREFIX: &str = "/_shell/";

/// A file of the shell. Its name carries its content's hash, so it may be cached for ever.
#[derive(Debug, Clone)]
pub struct File {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// The content as brotli packs it.
    pub brotli: Option<Cow<'static, [u8]>>,
    /// The value for `Content-Type`.
    pub content_type: &'static str,
    /// The value for `ETag`, quotes included.
    pub etag: String,
}

/// The file with this path below [`PREFIX`], such as `chunks/core-BNWw6s7t.js`.
#[must_use]
pub fn file(path: &str) -> Option<File> {
    let content_type = content_type(path)?;
    let file = Dist::get(path)?;
    let etag = etag(&file);
    Some(File {
        bytes: file.data,
        brotli: Dist::get(&format!("{path}.br")).map(|packed| packed.data),
        content_type,
        etag,
    })
}

/// The paths of all files that [`file`] gives.
pub fn paths() -> impl Iterator<Item = String> {
    let served = |path: &String| content_type(path).is_some();
    Dist::iter().map(Cow::into_owned).filter(served)
}

/// The import map as JSON text, for `<script type="importmap">`.
#[must_use]
pub fn import_map() -> &'static str {
    IMPORT_MAP.trim_ascii_end()
}

/// The specifiers of the modules that pages may import.
pub fn specifiers() -> impl Iterator<Item = &'static str> {
    let imports = IMPORTS.get("imports").into_iter();
    imports.flat_map(|imports| imports.keys().copied())
}

/// The modules that pages may import: their specifiers and addresses.
pub fn imports() -> impl Iterator<Item = (&'static str, &'static str)> {
    let imports = IMPORTS.get("imports").into_iter().flatten();
    imports.map(|(specifier, address)| (*specifier, *address))
}

/// The address of the module that starts a page.
#[must_use]
pub fn boot() -> &'static str {
    IMPORTS
        .get("imports")
        .and_then(|imports| imports.get(BOOT))
        .copied()
        .unwrap_or_default()
}

/// The addresses of all scripts that a page with these imports loads: the module that starts it
/// and the modules that those import included, each once. A specifier that the import map does not
/// have is passed over.
#[must_use]
pub fn preloads(specifiers: &[&str]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = specifiers
        .iter()
        .chain(&[BOOT])
        .filter_map(|it| chunk_of(it))
        .collect();
    while let Some(chunk) = open.pop() {
        if found.insert(chunk) {
            open.extend(DEPENDENCIES.get(chunk).into_iter().flatten());
        }
    }
    found
        .into_iter()
        .map(|chunk| format!("{PREFIX}{chunk}"))
        .collect()
}

/// The address of the script that sets the colour mode before the first paint. It belongs into
/// the page's head as a classic script, with `data-default="light|dark|system"`.
#[must_use]
pub fn early_script() -> &'static str {
    MANIFEST.get("early_js").copied().unwrap_or_default()
}

/// The address of the stylesheet that every page has. With `reset` it also takes the browser's own
/// look from elements.
#[must_use]
pub fn stylesheet(reset: bool) -> &'static str {
    let name = if reset { "reset_css" } else { "shell_css" };
    MANIFEST.get(name).copied().unwrap_or_default()
}

/// The lines of a lucide icon by its name with hyphens (`circle-plus`), as JSON text
/// `[["path", {"d": "…"}], …]`.
#[must_use]
pub fn icon(name: &str) -> Option<&'static str> {
    ICONS.get(name).map(|lines| lines.get())
}

/// All icons as JSON text: an object from names to lines.
#[must_use]
pub fn icons_json() -> &'static str {
    ICONS_JSON
}

/// The names of all icons, other names of the same icon included, sorted.
pub fn icon_names() -> impl Iterator<Item = &'static str> {
    ICONS.keys().copied()
}

/// The module of Tailwind's engine, for the host alone: it is none of the shell's files.
#[must_use]
pub fn tailwind() -> &'static str {
    include_str!("../dist/tailwind.mjs")
}

#[derive(RustEmbed)]
#[folder = "dist"]
#[exclude = "*.json"]
#[exclude = "*.mjs"]
struct Dist;

/// The specifier of the module that starts a page.
const BOOT: &str = "@ferroflex/boot";

const ICONS_JSON: &str = include_str!("../dist/icons.json");
const IMPORT_MAP: &str = include_str!("../dist/importmap.json");

type Imports = BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>;

static IMPORTS: LazyLock<Imports> = LazyLock::new(|| read(IMPORT_MAP));

static DEPENDENCIES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| read(include_str!("../dist/dependencies.json")));

static MANIFEST: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| read(include_str!("../dist/manifest.json")));

static ICONS: LazyLock<BTreeMap<&'static str, &'static RawValue>> =
    LazyLock::new(|| read(ICONS_JSON));

/// Reads what the build wrote; that it can be read is what the tests below make sure of.
fn read<Content>(text: &'static str) -> Content
where
    Content: Default + serde::de::Deserialize<'static>,
{
    serde_json::from_str(text).unwrap_or_default()
}

fn chunk_of(specifier: &str) -> Option<&'static str> {
    IMPORTS.get("imports")?.get(specifier)?.strip_prefix(PREFIX)
}

fn content_type(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    hash[..16]
        .iter()
        .fold(String::from("\""), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
        + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_module_has_its_file() {
        let imports = &IMPORTS["imports"];
        for specifier in [
            "@ferroflex/boot",
            "@ferroflex/core",
            "@radix-ui/themes/base",
            "react",
        ] {
            let path = imports[specifier].strip_prefix(PREFIX).unwrap();
            let file = file(path).unwrap();
            let packed = file.brotli.unwrap();
            assert!(!packed.is_empty() && packed.len() < file.bytes.len());
            assert_eq!(file.content_type, "text/javascript; charset=utf-8");
            assert!(!file.bytes.is_empty());
        }
    }

    #[test]
    fn preloads_follow_imports_and_name_each_file_once() {
        let core = preloads(&["@ferroflex/core"]);
        let both = preloads(&["@ferroflex/core", "@radix-ui/themes/base"]);
        assert!(
            core.iter()
                .any(|address| address.starts_with("/_shell/chunks/core-")),
            "{core:?}"
        );
        assert!(both.len() > core.len());
        assert!(core.iter().all(|address| both.contains(address)));
        for address in &both {
            assert!(
                file(address.strip_prefix(PREFIX).unwrap()).is_some(),
                "{address}"
            );
        }
    }

    #[test]
    fn a_plain_page_loads_nothing_of_radix() {
        let plain = preloads(&["@ferroflex/core"]);
        assert!(plain.contains(&boot().to_owned()), "{plain:?}");
        assert!(
            plain.iter().all(|address| !address.contains("radix")),
            "{plain:?}"
        );
    }

    #[test]
    fn large_libraries_are_loaded_by_the_pages_that_use_them() {
        let radix = preloads(&["@ferroflex/core", "@radix-ui/themes/base"]);
        for library in ["@ferroflex/markdown", "recharts"] {
            let page = preloads(&["@ferroflex/core", "@radix-ui/themes/base", library]);
            let file = format!("{PREFIX}{}", chunk_of(library).unwrap());
            assert!(page.contains(&file) && !radix.contains(&file), "{page:?}");
            assert!(radix.iter().all(|file| page.contains(file)), "{page:?}");
        }
    }

    #[test]
    fn markdown_brings_neither_formulas_nor_the_highlighter() {
        let page = preloads(&["@ferroflex/core", "@ferroflex/markdown"]);
        let heavy = |file: &String| file.contains("/mathematics-") || file.contains("/code-");
        assert!(!page.iter().any(heavy), "{page:?}");
        let code = preloads(&["@ferroflex/core", "@ferroflex/code"]);
        assert!(code.iter().any(heavy), "{code:?}");
    }

    #[test]
    fn fonts_are_served_as_fonts() {
        let fonts: Vec<_> = Dist::iter()
            .filter(|path| path.ends_with(".woff2"))
            .collect();
        assert!(!fonts.is_empty());
        for path in fonts {
            assert_eq!(file(&path).unwrap().content_type, "font/woff2", "{path}");
        }
        assert!(Dist::iter().all(|path| !path.ends_with(".ttf")));
    }

    #[test]
    fn an_unknown_specifier_adds_nothing() {
        assert_eq!(preloads(&["left-pad"]), preloads(&[]));
    }

    #[test]
    fn styles_and_the_early_script_are_served() {
        assert!(stylesheet(false).starts_with("/_shell/shell-"));
        assert!(stylesheet(true).starts_with("/_shell/reset-"));
        for address in [stylesheet(false), stylesheet(true), early_script()] {
            let file = file(address.strip_prefix(PREFIX).unwrap()).unwrap();
            assert!(!file.bytes.is_empty(), "{address}");
            assert!(
                file.etag.starts_with('"') && file.etag.ends_with('"'),
                "{}",
                file.etag
            );
        }
    }

    #[test]
    fn descriptions_and_unknown_files_are_not_served() {
        for path in [
            "importmap.json",
            "icons.json",
            "radix.json",
            "tailwind.mjs",
            "nothing.js",
            "../package.json",
            "",
        ] {
            assert!(file(path).is_none(), "{path}");
        }
    }

    #[test]
    fn icons_have_lines_and_other_names() {
        let lines: serde_json::Value = serde_json::from_str(icon("plus").unwrap()).unwrap();
        assert_eq!(lines[0], serde_json::json!(["path", { "d": "M5 12h14" }]));
        assert_eq!(icon("alarm-check"), icon("alarm-clock-check"));
        assert_eq!(icon("no-such-icon"), None);
        assert!(icon_names().count() > 1_500);
    }
}
