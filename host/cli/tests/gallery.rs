//! The gallery shows every component of the catalogue.
//!
//! Not here: what the pages look like, which the browser tests look at.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, path::Path, process::Command};

use ferroflex_page::catalogue;
use serde_json::Value as Json;

/// Components that the gallery does not show, each with the reason.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("el.base", "it changes what every address of the page means"),
    ("el.body", "the document has one"),
    ("el.embed", "the policy of pages loads no plugins"),
    ("el.h1", "each page has one, as a heading"),
    ("el.head", "the document has one"),
    ("el.html", "the document has one"),
    ("el.link", "it belongs into the document's head"),
    ("el.meta", "it belongs into the document's head"),
    ("el.portal", "no browser knows this element"),
    ("el.script", "it is what rx.script makes"),
    ("el.style", "it belongs into the document's head"),
    ("el.svg.script", "it is what rx.script makes"),
    ("el.title", "it belongs into the document's head"),
    ("fragment", "a function of the package, and nothing to see"),
    (
        "page_errors",
        "it stands around the pages, and shows nothing",
    ),
    ("plotly.cartesian", "the same component as plotly"),
    ("plotly.finance", "the same component as plotly"),
    (
        "plotly.geo",
        "the same component as plotly, with maps of another host",
    ),
    ("plotly.gl2d", "the same component as plotly"),
    ("plotly.gl3d", "the same component as plotly"),
    (
        "plotly.mapbox",
        "the same component as plotly, with maps of another host",
    ),
    ("plotly.strict", "the same component as plotly"),
];

#[test]
fn every_component_is_shown() {
    let shown = shown();
    let reasons: BTreeSet<&str> = NOT_SHOWN.iter().map(|(name, _)| *name).collect();
    let missing: Vec<&str> = catalogue::entries()
        .map(|entry| entry.name)
        .filter(|name| !shown.contains(*name) && !reasons.contains(name))
        // SVG's elements are in both namespaces.
        .filter(|name| !shown.contains(&name.replacen("el.", "el.svg.", 1)))
        .collect();
    assert!(missing.is_empty(), "not in the gallery: {missing:?}");
    let needless: Vec<_> = reasons
        .iter()
        .filter(|name| shown.contains(**name))
        .collect();
    assert!(
        needless.is_empty(),
        "in the gallery after all: {needless:?}"
    );
}

/// The names of the components that the gallery's pages are made of.
fn shown() -> BTreeSet<String> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../apps/gallery");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferroflex"));
    let output = command
        .arg("check")
        .arg(gallery)
        .arg("--json")
        .output()
        .unwrap();
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    let names = report["apps"][0]["components"].as_array().unwrap();
    names
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}
