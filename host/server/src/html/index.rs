//! The page at `/` that lists the apps, when there are several.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::own_page;
use crate::mount::FailedApp;

/// What the index says of an app.
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) base: &'a str,
    pub(crate) title: &'a str,
    /// Why it is not served, where the reader may know.
    pub(crate) failure: Option<&'a FailedApp>,
    pub(crate) is_live: bool,
}

/// The list of apps.
pub(crate) fn index(entries: &[Entry<'_>]) -> Response {
    let count = entries.len();
    let content = html! {
        h1 { "Apps" }
        p.soft { (count) @if count == 1 { " app is" } @else { " apps are" } " served here." }
        ul.apps {
            @for entry in entries { li { (card(entry)) } }
        }
    };
    own_page(StatusCode::OK, "Apps", &content)
}

fn card(entry: &Entry<'_>) -> Markup {
    html! {
        a.app href={ (entry.base) "/" } {
            strong { (entry.title) }
            p.soft { code { (entry.base) "/" } @if entry.title != entry.name { " · " (entry.name) } }
            @if entry.is_live {
                span.status { "running" }
            } @else {
                span.status.failed { (entry.failure.map_or("not available", |failed| &failed.kind)) }
            }
            @if let Some(failed) = entry.failure {
                p.soft.message { (failed.message) }
                @if let Some(file) = &failed.file { p.soft { code { (place(file, failed.line)) } } }
            }
        }
    }
}

/// A file and, where it is known, the line: `apps/todo.py:12`.
pub(super) fn place(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}
