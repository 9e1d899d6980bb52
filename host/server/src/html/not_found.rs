//! The page for addresses at which there is nothing.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::own_page;

/// The page with status 404. `home` is where the reader is sent instead.
pub(crate) fn not_found(path: &str, home: &str) -> Response {
    let content = html! {
        h1 { "There is nothing here" }
        p.soft { "No page and no file is served at " code { (path) } "." }
        a.button href=(home) { "Go to the start" }
    };
    own_page(StatusCode::NOT_FOUND, "Not found", &content)
}
