//! What stands around the pages of an app, as the server serves it: the stylesheet of Radix's
//! components put together for the app, Tailwind's, its author's stylesheets, its head.

use std::{fs, path::Path};

use ferroflex_script::{App, Stylesheet};
use ferroflex_server::{AppFile, Frame, HeadElement};
use ferroflex_session::state_hash;
use ferroflex_shell::Used;

use crate::tailwind;

/// The frame of an app that is served under this path. `cache` is the host's cache folder.
pub(crate) fn frame(app: &App, base: &str, cache: Option<&Path>) -> Frame {
    let own = own_stylesheets(app);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let tailwind = tailwind(app, cache);
    Frame {
        reset: app.frame.reset,
        radix: radix(app, &own, tailwind.is_some()),
        tailwind,
        stylesheets: app
            .frame
            .stylesheets
            .iter()
            .map(|sheet| address(sheet, base))
            .collect(),
        imported_stylesheets: own
            .iter()
            .flat_map(|text| imports(text))
            .map(str::to_owned)
            .collect(),
        head: app
            .frame
            .head
            .iter()
            .map(|element| head(element, base))
            .collect(),
        root_attributes: app.frame.root_attributes.clone(),
    }
}

/// Tailwind's stylesheet. An app whose configuration is wrong is served without it.
fn tailwind(app: &App, cache: Option<&Path>) -> Option<AppFile> {
    let said = app.frame.tailwind.as_ref()?;
    let made = tailwind::make(said, cache)
        .inspect_err(|error| tracing::error!(app = %app.name, "served without Tailwind: {error}"))
        .ok()?;
    for warning in &made.warnings {
        tracing::warn!(app = %app.name, "Tailwind: {warning}");
    }
    Some(stylesheet("tailwind", made.stylesheet(said)?))
}

/// A stylesheet that is made for the app.
fn stylesheet(name: &str, text: String) -> AppFile {
    let path = format!("{name}-{}.css", &state_hash(text.as_bytes())[..8]);
    AppFile { path, text }
}

/// The stylesheet of Radix's components, as far as the pages of the app use them; below Tailwind's
/// classes where there are some.
fn radix(app: &App, own_stylesheets: &[&str], has_tailwind: bool) -> Option<AppFile> {
    let modules = || app.pages.iter().map(|page| &page.module);
    modules().find(|module| needs_radix(&module.specifiers))?;
    let state = std::str::from_utf8(&app.initial_state).unwrap_or_default();
    let texts = modules().flat_map(|module| [module.javascript.as_str(), module.css.as_str()]);
    let head = app.frame.head.iter().map(|element| element.text.as_str());
    let names = |names: fn(&ferroflex_page::Used) -> &std::collections::BTreeSet<String>| {
        modules()
            .flat_map(move |module| names(&module.used))
            .map(String::as_str)
            .collect()
    };
    let text = ferroflex_shell::radix_css(&Used {
        components: names(|used| &used.components),
        accents: names(|used| &used.accents),
        modules: modules()
            .flat_map(|it| &it.specifiers)
            .map(String::as_str)
            .collect(),
        computes_colors: modules().any(|module| module.used.computes_colors),
        is_responsive: modules().any(|module| module.used.is_responsive),
        texts: texts
            .chain(head)
            .chain([state])
            .chain(own_stylesheets.iter().copied())
            .collect(),
    });
    let tailwind = app.frame.tailwind.as_ref().filter(|_| has_tailwind);
    let below = tailwind.and_then(|said| tailwind::below(said, &text));
    Some(stylesheet("radix", below.unwrap_or(text)))
}

/// Whether a page with these imports has components of Radix.
pub(crate) fn needs_radix(specifiers: &[String]) -> bool {
    specifiers
        .iter()
        .any(|name| name.starts_with("@radix-ui/themes"))
}

/// The texts of the author's stylesheets that are files of the app's.
fn own_stylesheets(app: &App) -> Vec<String> {
    let Some(assets) = &app.assets else {
        return vec![];
    };
    let sheets = app.frame.stylesheets.iter();
    sheets
        .filter_map(|sheet| match sheet {
            Stylesheet::Asset(path) => fs::read_to_string(assets.join(path)).ok(),
            Stylesheet::Elsewhere(_) => None,
        })
        .collect()
}

fn address(sheet: &Stylesheet, base: &str) -> String {
    match sheet {
        Stylesheet::Elsewhere(address) => address.clone(),
        Stylesheet::Asset(path) => format!("{base}/{path}"),
    }
}

/// An element of a page's own head, as it is.
pub(crate) fn element(element: &ferroflex_page::HeadElement) -> HeadElement {
    HeadElement {
        tag: element.tag.to_owned(),
        attributes: element.attributes.clone(),
        text: element.text.clone(),
    }
}

/// An element of the head, the app's base before addresses that are the app's own.
fn head(element: &ferroflex_page::HeadElement, base: &str) -> HeadElement {
    let attribute = |(name, value): &(String, String)| {
        let is_own = value.starts_with('/') && !value.starts_with("//");
        let is_address = matches!(name.as_str(), "href" | "src");
        let base = if is_own && is_address { base } else { "" };
        (name.clone(), format!("{base}{value}"))
    };
    HeadElement {
        tag: element.tag.to_owned(),
        attributes: element.attributes.iter().map(attribute).collect(),
        text: element.text.clone(),
    }
}

/// The addresses that a stylesheet imports.
fn imports(css: &str) -> impl Iterator<Item = &str> {
    css.split("@import").skip(1).filter_map(|rest| {
        let rest = rest.trim_start().trim_start_matches("url(");
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', ')', ';']).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_a_stylesheet_are_found() {
        let css = "@import url('https://a.example/x.css');@import \"b.css\" layer(x);p{}";
        assert_eq!(
            imports(css).collect::<Vec<_>>(),
            ["https://a.example/x.css", "b.css"]
        );
    }
}
