//! What a check found, for programs: one object, `{"apps": [App]}`. The structs below are its
//! schema; what is not known is null.

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use ferroflex_script::{LoadFailure, LoadWarning, SurveyedPage};
use serde::Serialize;

use super::Checked;

#[derive(Serialize)]
struct Report<'c> {
    apps: Vec<App<'c>>,
}

#[derive(Serialize)]
struct App<'c> {
    name: &'c str,
    /// The folder that its imports start from.
    path: &'c Path,
    /// `ok` or `failed`.
    status: &'static str,
    /// The pages that can be shown.
    pages: Vec<Page<'c>>,
    /// The names, without `rx.`, of the components of all pages, and of those that were made
    /// outside of pages' functions.
    components: BTreeSet<&'c str>,
    failures: Vec<Failure<'c>>,
    warnings: Vec<Warning<'c>>,
}

#[derive(Serialize)]
struct Page<'c> {
    /// With a leading slash.
    route: &'c str,
    /// The names, without `rx.`, under which its function called components, and those of the
    /// elements that came of it.
    components: &'c BTreeSet<String>,
    /// The sizes of its module and its stylesheet, before compression.
    javascript_bytes: usize,
    css_bytes: usize,
}

#[derive(Serialize)]
struct Failure<'c> {
    /// `packages`, `config`, `syntax`, `import`, `module`, `declaration`, `pageless`, `page`,
    /// `generate`, `state` or `host`.
    kind: &'static str,
    /// The route of the page that it is about.
    route: Option<&'c str>,
    /// Whether Reflex has what is missing here.
    known_to_reflex: bool,
    /// What is missing: `rx.upload`, `reflex.testing`, `pandas`.
    name: Option<&'c str>,
    /// One line: the exception's type and text.
    message: &'c str,
    file: Option<&'c str>,
    line: Option<usize>,
    /// As Python writes it; empty when nothing was raised.
    traceback: &'c str,
}

#[derive(Serialize)]
struct Warning<'c> {
    /// The route of the page that it is about.
    route: Option<&'c str>,
    message: &'c str,
}

/// The object, as text with a line's end.
pub(super) fn report(checked: &[Checked]) -> Result<String> {
    let apps = checked.iter().map(App::from).collect();
    let text = serde_json::to_string_pretty(&Report { apps })?;
    Ok(format!("{text}\n"))
}

impl<'c> From<&'c Checked> for App<'c> {
    fn from(app: &'c Checked) -> Self {
        let survey = &app.survey;
        let in_pages = survey.pages.iter().flat_map(|page| &page.components);
        Self {
            name: &app.name,
            path: &app.path,
            status: if app.is_good() { "ok" } else { "failed" },
            pages: survey.pages.iter().map(Page::from).collect(),
            components: in_pages
                .chain(&survey.components)
                .map(String::as_str)
                .collect(),
            failures: survey.failures.iter().map(Failure::from).collect(),
            warnings: survey.warnings.iter().map(Warning::from).collect(),
        }
    }
}

impl<'c> From<&'c SurveyedPage> for Page<'c> {
    fn from(page: &'c SurveyedPage) -> Self {
        Self {
            route: &page.route,
            components: &page.components,
            javascript_bytes: page.javascript_bytes,
            css_bytes: page.css_bytes,
        }
    }
}

impl<'c> From<&'c LoadFailure> for Failure<'c> {
    fn from(failure: &'c LoadFailure) -> Self {
        let origin = failure.origin.as_ref();
        Self {
            kind: failure.kind.word(),
            route: failure.page.as_ref().map(|page| &*page.route),
            known_to_reflex: failure.known_to_reflex,
            name: failure.name.as_deref(),
            message: &failure.message,
            file: origin.map(|origin| &*origin.file),
            line: origin.map(|origin| origin.line),
            traceback: &failure.trace,
        }
    }
}

impl<'c> From<&'c LoadWarning> for Warning<'c> {
    fn from(warning: &'c LoadWarning) -> Self {
        Self {
            route: warning.route.as_deref(),
            message: &warning.message,
        }
    }
}
