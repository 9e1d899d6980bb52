//! What stands around all pages of an app: what its module says of the document's head and root
//! element.
//!
//! Not here: the pages themselves, and how the document is written, which is the server's.

use std::path::{Path, PathBuf};

use ferroflex_page::HeadElement;

use crate::Tailwind;

/// What stands around all pages of an app.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The author's stylesheets, in their order.
    pub stylesheets: Vec<Stylesheet>,
    /// Further elements of the head.
    pub head: Vec<HeadElement>,
    /// Attributes of the root element.
    pub root_attributes: Vec<(String, String)>,
    /// Whether the browser's own look is taken from elements.
    pub reset: bool,
    /// What Tailwind makes a stylesheet of, when it is on.
    pub tailwind: Option<Tailwind>,
}

/// A stylesheet that the author names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stylesheet {
    /// Of another host, or at any other address that is no file of the app's.
    Elsewhere(String),
    /// A file of the app's: its path below the assets, with forward slashes.
    Asset(String),
}

/// What files with stylesheets end with. Sass would have to be compiled.
const EXTENSION: &str = "css";

/// The stylesheets that an app names: addresses, files below its assets, folders of such files. Of
/// those that are none of these, the names as they would be below the assets.
pub(crate) fn stylesheets(
    named: &[String],
    assets: Option<&Path>,
) -> (Vec<Stylesheet>, Vec<String>) {
    let (mut sheets, mut missing) = (Vec::with_capacity(named.len()), Vec::new());
    for name in named {
        if is_address(name) {
            sheets.push(Stylesheet::Elsewhere(name.clone()));
            continue;
        }
        let relative = name.trim_matches('/').trim_start_matches("assets/");
        let found = assets.map_or_else(Vec::new, |assets| files(assets, Path::new(relative)));
        if found.is_empty() {
            missing.push(relative.to_owned());
        }
        sheets.extend(found.into_iter().map(Stylesheet::Asset));
    }
    (sheets, missing)
}

fn is_address(name: &str) -> bool {
    ["https://", "http://", "//", "data:"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// The path itself when it is a stylesheet, those in it when it is a folder.
fn files(assets: &Path, relative: &Path) -> Vec<String> {
    let path = assets.join(relative);
    if !path.is_dir() {
        let is_sheet = path.extension().is_some_and(|it| it == EXTENSION) && path.is_file();
        return is_sheet
            .then(|| written(relative))
            .flatten()
            .into_iter()
            .collect();
    }
    let entries = path.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<PathBuf> = entries
        .map(|entry| relative.join(entry.file_name()))
        .collect();
    names.sort();
    names.iter().flat_map(|name| files(assets, name)).collect()
}

/// A relative path as addresses have it; none when it leads out of its folder.
fn written(relative: &Path) -> Option<String> {
    let parts = relative.components().map(|part| match part {
        std::path::Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_are_addresses_files_and_folders() {
        let name = format!("ferroflex-stylesheets-{}", std::process::id());
        let assets = &std::env::temp_dir().join(name);
        std::fs::create_dir_all(assets.join("theme")).unwrap();
        for name in [
            "a.css",
            "theme/b.css",
            "theme/c.css",
            "theme/d.txt",
            "e.scss",
        ] {
            std::fs::write(assets.join(name), "").unwrap();
        }
        let named = [
            "https://x.example/y.css",
            "/a.css",
            "theme",
            "e.scss",
            "../x.css",
            "no.css",
        ];
        let named: Vec<String> = named.map(str::to_owned).into();
        let expected =
            ["a.css", "theme/b.css", "theme/c.css"].map(|path| Stylesheet::Asset(path.to_owned()));
        let (found, missing) = stylesheets(&named, Some(assets));
        assert_eq!(
            found[0],
            Stylesheet::Elsewhere("https://x.example/y.css".to_owned())
        );
        assert_eq!(found[1..], expected);
        assert_eq!(missing, ["e.scss", "../x.css", "no.css"]);
        std::fs::remove_dir_all(assets).unwrap();
    }
}
