//! The page of an app that could not be loaded.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::index::place;
use super::own_page;
use crate::mount::{Environment, FailedApp};

/// The page with status 500: with file, line, source and traceback for the app's author, with no
/// more than an excuse for the public.
pub(crate) fn failed(app: &FailedApp, environment: Environment) -> Response {
    let content = match environment {
        Environment::Development => explanation(app),
        Environment::Production => html! {
            h1 { "This app is not available" }
            p.soft { "It could not be started. Please try again later." }
        },
    };
    let title = format!("{}: not available", app.name);
    own_page(StatusCode::INTERNAL_SERVER_ERROR, &title, &content)
}

fn explanation(app: &FailedApp) -> Markup {
    html! {
        p.kind { (app.kind) }
        h1.message { (app.message) }
        p.soft {
            "The app " code { (app.name) } " could not be loaded"
            @if let Some(file) = &app.file { ": " code { (place(file, app.line)) } }
        }
        @if !app.source.is_empty() {
            h2 { "Source" }
            pre.panel {
                @for (number, text) in &app.source {
                    span.here[Some(*number) == app.line] { b.number { (number) } (text) }
                }
            }
        }
        @if let Some(trace) = &app.trace {
            h2 { "Traceback" }
            pre.panel { @for line in trace.lines() { span { (line) } } }
        }
    }
}
