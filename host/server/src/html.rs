//! The HTML that the server writes: app pages around a module, and pages of its own.
//!
//! Not here: the components of an app, which its modules build in the browser.

mod failed;
mod head;
mod index;
mod not_found;
mod page;
mod state;
mod template;

pub(crate) use failed::failed;
pub(crate) use head::inline_script;
pub(crate) use index::{Entry, index};
pub(crate) use not_found::not_found;
pub(crate) use page::{Document, PageContext, file_address, page, stylesheets};
pub(crate) use state::{PageState, StateKey};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::files::NEVER;
use crate::security::OWN_PAGE_POLICY;

/// The style of the server's own pages.
const STYLE: &str = include_str!("html/style.css");

/// The icon of pages without one: two bent bars.
pub(crate) const ICON: &str = include_str!("html/icon.svg");

/// A page of the server's own, with its frame and headers.
fn own_page(status: StatusCode, title: &str, content: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="/favicon.ico";
                style { (PreEscaped(STYLE)) }
            }
            body { main { (content) } }
        }
    };
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(NEVER)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(OWN_PAGE_POLICY),
        ),
    ];
    (status, headers, document.into_string()).into_response()
}
