//! The HTML document of an app's page: what the browser needs to load its module and start.

use std::sync::Arc;

use axum::body::Bytes;
use maud::{DOCTYPE, PreEscaped, html};

use super::head;
use crate::mount::{AppFile, Frame, ServedPage};
use crate::security::{Reach, for_script};
use crate::shell::{BOOT, Shell};

/// What the pages of an app have in common.
pub(crate) struct PageContext<'a> {
    pub(crate) base: &'a str,
    pub(crate) build: &'a str,
    pub(crate) state_json: &'a str,
    pub(crate) state_hash: &'a str,
    pub(crate) environment: &'a str,
    pub(crate) color_mode: &'a str,
    pub(crate) boot: &'a str,
    pub(crate) frame: &'a Frame,
    pub(crate) import_map: &'a str,
    pub(crate) shell: &'a dyn Shell,
}

/// The document of one page, but for the nonce that every response has of its own.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// What stands before, between and after the nonces.
    parts: Arc<[String]>,
    /// How far the page's scripts reach.
    pub(crate) reach: Reach,
}

impl Document {
    /// The document in which `mark` stands for the nonce.
    fn new(marked: &str, mark: &str, reach: Reach) -> Self {
        Self {
            parts: marked.split(mark).map(str::to_owned).collect(),
            reach,
        }
    }

    /// The document with this nonce.
    pub(crate) fn with_nonce(&self, nonce: &str) -> Bytes {
        self.parts.join(nonce).into()
    }
}

/// The document of one page.
pub(crate) fn page(context: &PageContext<'_>, page: &ServedPage) -> Document {
    let shell = context.shell;
    let imported = page.specifiers.iter().map(String::as_str);
    let specifiers: Vec<&str> = imported.chain([BOOT]).collect();
    let module = file_address(context.base, &page.module.path);
    // No text of the app's can hold the hash of the whole app.
    let nonce = format!("{{nonce of {}}}", context.build);
    let document = html! {
        (DOCTYPE)
        (head::opening_tag("html", &context.frame.root_attributes))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                script src=(shell.early_script()) nonce=(nonce)
                    data-default=(context.color_mode) {}
                script type="importmap" { (PreEscaped(context.import_map)) }
                @for address in shell.preloads(&specifiers) {
                    link rel="modulepreload" href=(address) nonce=(nonce);
                }
                link rel="modulepreload" href=(module) nonce=(nonce);
                script type="module" src=(context.boot) nonce=(nonce) {}
                title { (page.title) }
                @if let Some(description) = &page.description {
                    meta name="description" content=(description);
                }
                @for (name, content) in &page.meta { meta name=(name) content=(content); }
                link rel="icon" href={ (context.base) "/favicon.ico" };
                @for address in stylesheets(context, page) {
                    link rel="stylesheet" href=(address);
                }
                (head::elements(&context.frame.head, &nonce))
            }
            body {
                div id="root" {}
                script type="application/json" id="ferroflex" {
                    (PreEscaped(description(context, &module)))
                }
            }
        (PreEscaped("</html>"))
    };
    let reach = Reach::of(&page.specifiers, &context.frame.head);
    Document::new(&document.into_string(), &nonce, reach)
}

/// The stylesheets in the order in which they override each other.
fn stylesheets(context: &PageContext<'_>, page: &ServedPage) -> Vec<String> {
    let radix = context.frame.radix.iter().filter(|_| page.needs_radix);
    let own = |file: &AppFile| file_address(context.base, &file.path);
    std::iter::once(context.shell.stylesheet(context.frame.reset).to_owned())
        .chain(radix.map(own))
        .chain(context.frame.stylesheets.iter().cloned())
        .chain(page.stylesheet.iter().map(own))
        .collect()
}

fn file_address(base: &str, path: &str) -> String {
    format!("{base}/_app/{path}")
}

/// What the page tells the shell about itself. The state is large and already JSON, so the object
/// is put together as text.
fn description(context: &PageContext<'_>, module: &str) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let json = format!(
        r#"{{"base":{},"build":{},"module":{},"state":{},"hash":{},"env":{},"color_mode":{}}}"#,
        text(context.base),
        text(context.build),
        text(module),
        context.state_json,
        text(context.state_hash),
        text(context.environment),
        text(context.color_mode),
    );
    for_script(&json)
}
