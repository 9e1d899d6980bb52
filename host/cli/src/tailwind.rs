//! The Tailwind stylesheet of an app: made by the engine, and kept between runs by what it is made
//! of, so that only the first start after a change takes the engine's time.
//!
//! Not here: what the app says and which words it has (`ferroflex_script::Tailwind`), and the
//! engine (`ferroflex_render::Tailwind`).

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use ferroflex_render::RenderError;
use ferroflex_script::Tailwind;
use ferroflex_session::state_hash;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::limits::STYLESHEETS_KEPT_MAX;

/// What the engine made.
#[derive(Debug, Deserialize)]
pub(crate) struct Made {
    css: String,
    used: bool,
    /// What of the configuration has no effect, and what to do.
    pub(crate) warnings: Vec<String>,
}

impl Made {
    /// The stylesheet, unless nobody asked for Tailwind and no class of it is used.
    pub(crate) fn stylesheet(self, said: &Tailwind) -> Option<String> {
        (said.asked_for || self.used).then_some(self.css)
    }
}

/// `Request` of `js-client/src/tailwind.ts`.
#[derive(Serialize)]
struct Request<'t> {
    version: u8,
    config: &'t RawValue,
    stylesheets: &'t [String],
    deciding: &'t [String],
}

/// The layers in the order in which they override each other. Radix's stylesheet comes before
/// Tailwind's, but overrides its base.
const LAYERS: &str = "@layer theme, base, components, utilities;";

/// The stylesheet for what an app says and uses. `cache` is the host's cache folder.
///
/// # Errors
/// When the configuration makes no sense to Tailwind.
pub(crate) fn make(said: &Tailwind, cache: Option<&Path>) -> anyhow::Result<Made> {
    let request = Request {
        version: said.version,
        config: serde_json::from_str(&said.config_json)?,
        stylesheets: &said.stylesheets,
        deciding: &said.deciding,
    };
    let request = serde_json::to_string(&request)?;
    let words = serde_json::to_string(&said.words)?;
    let kept = cache.map(|cache| place(cache, &request, &words));
    if let Some(made) = kept.as_deref().and_then(read) {
        return Ok(made);
    }
    let engine = ferroflex_render::Tailwind::new(ferroflex_shell::tailwind());
    let result = engine
        .build(&request, &words)
        .map_err(|error| told(&error))?;
    let made = serde_json::from_str(&result)?;
    if let Some(place) = kept
        && let Err(error) = keep(&place, &result)
    {
        tracing::debug!("{} is not kept: {error}", place.display());
    }
    Ok(made)
}

/// Radix's stylesheet where Tailwind's classes are to override it. Those of version 3 stand in no
/// layer, and do so by coming later.
pub(crate) fn below(said: &Tailwind, radix: &str) -> Option<String> {
    (said.version > 3).then(|| format!("{LAYERS}@layer components{{{radix}}}"))
}

fn told(error: &RenderError) -> anyhow::Error {
    anyhow::anyhow!("Tailwind's configuration or a stylesheet with its directives: {error}")
}

/// Where the stylesheet is kept that is made of this.
fn place(cache: &Path, request: &str, words: &str) -> PathBuf {
    let hash = |text: &str| state_hash(text.as_bytes());
    let engine = ferroflex_shell::tailwind();
    let name = [engine, request, words].map(hash).concat();
    cache.join("tailwind").join(name + ".json")
}

fn read(place: &Path) -> Option<Made> {
    serde_json::from_slice(&fs::read(place).ok()?).ok()
}

/// Writes beside the place first, so that nobody reads a half, and drops the oldest.
fn keep(place: &Path, result: &str) -> io::Result<()> {
    let Some(folder) = place.parent() else {
        return Ok(());
    };
    fs::create_dir_all(folder)?;
    let unfinished = place.with_extension(std::process::id().to_string());
    fs::write(&unfinished, result)?;
    fs::rename(unfinished, place)?;
    let mut kept: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    kept.sort();
    let too_many = kept.len().saturating_sub(STYLESHEETS_KEPT_MAX);
    kept.iter()
        .take(too_many)
        .try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(asked_for: bool, words: &[&str]) -> Tailwind {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Tailwind {
            version: 4,
            config_json: "{}".to_owned(),
            asked_for,
            deciding: words.clone(),
            words,
            stylesheets: vec![],
        }
    }

    #[test]
    fn a_stylesheet_is_kept_by_what_it_is_made_of() {
        let name = format!("ferroflex-tailwind-{}", std::process::id());
        let cache = std::env::temp_dir().join(name);
        let plain = said(true, &["p-4"]);
        let first = make(&plain, Some(&cache)).unwrap().stylesheet(&plain);
        let entries = || fs::read_dir(cache.join("tailwind")).unwrap();
        let file = entries().next().unwrap().unwrap().path();
        assert!(first.unwrap().contains(".p-4"));
        // What is read now is what is kept there.
        let other = r#"{"css":"kept","used":true,"warnings":[]}"#;
        fs::write(&file, other).unwrap();
        let second = make(&plain, Some(&cache)).unwrap().stylesheet(&plain);
        assert_eq!(second.as_deref(), Some("kept"));
        make(&said(true, &["p-5"]), Some(&cache)).unwrap();
        assert_eq!(entries().count(), 2);
        fs::write(&file, "no JSON").unwrap();
        let third = make(&plain, Some(&cache)).unwrap().stylesheet(&plain);
        assert!(third.unwrap().contains(".p-4"));
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn an_app_that_did_not_ask_has_a_stylesheet_only_when_it_uses_a_class() {
        let sheet = |said: &Tailwind| make(said, None).unwrap().stylesheet(said);
        assert_eq!(sheet(&said(false, &["my-card"])), None);
        assert!(sheet(&said(false, &["my-card", "p-4"])).is_some());
        assert!(sheet(&said(true, &["my-card"])).is_some());
    }
}
