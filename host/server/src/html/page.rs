//! The HTML document of an app's page: what the browser needs to load its module and start.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Bytes;
use ferroflex_page::LoadItem;
use ferroflex_state::Value;
use maud::{DOCTYPE, PreEscaped, html};
use serde_json::Value as Json;

use super::head;
use super::state::PageState;
use super::template::{Hole, Template};
use crate::mount::{AppFile, Frame, HeadFor, PageHead, ServedPage};
use crate::render::Progress;
use crate::security::{Reach, for_script};
use crate::shell::{BOOT, Shell};

/// What the pages of an app have in common.
pub(crate) struct PageContext<'a> {
    pub(crate) base: &'a str,
    pub(crate) build: &'a str,
    pub(crate) stored_json: Option<&'a str>,
    pub(crate) environment: &'a str,
    pub(crate) color_mode: &'a str,
    pub(crate) boot: &'a str,
    pub(crate) frame: &'a Frame,
    pub(crate) import_map: &'a str,
    /// The address of the table of pages.
    pub(crate) pages: String,
    pub(crate) shell: &'a dyn Shell,
}

/// The document of one page, but for what every response has of its own.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    template: Template,
    /// The description up to the state, as JSON text.
    about: Arc<str>,
    scripts: Scripts,
    /// The page's part of the head, with marks for the nonce.
    head: Arc<str>,
    head_for: Option<HeadFor>,
    /// What marks the nonce.
    nonce: Arc<str>,
    /// The address of the page's module.
    pub(crate) module: Arc<str>,
    /// How far the page's scripts reach.
    pub(crate) reach: Reach,
    /// What happens when the page is opened.
    pub(crate) load: Arc<[LoadItem]>,
    /// How it got on with the renderer.
    pub(crate) progress: Arc<Progress>,
}

impl Document {
    /// What the page tells the shell about itself, as JSON. The state is large and already JSON, so
    /// the object is put together as text.
    pub(crate) fn description(&self, state: &PageState, is_rendered: bool) -> String {
        let about = &self.about;
        let PageState { json, hash, .. } = state;
        let mut text = format!(r#"{about},"state":{json},"hash":"{hash}""#);
        for (name, value) in &state.extra {
            let name = Json::from(name.as_str());
            // Writing to a string does not fail.
            let _ = write!(text, ",{name}:{value}");
        }
        text.push_str(if is_rendered {
            r#","rendered":true}"#
        } else {
            "}"
        });
        text
    }

    /// The page's part of the head for the values of a state, where that depends on them.
    pub(crate) fn head_for(&self, values: &[Value]) -> Option<Arc<str>> {
        let HeadFor(head) = self.head_for.as_ref()?;
        Some(head_html(&head(values), &self.nonce).into())
    }

    /// The whole document with that state; `content` is its HTML when it has been rendered.
    pub(crate) fn with(&self, nonce: &str, state: &PageState, content: Option<&str>) -> Bytes {
        let description = for_script(&self.description(state, content.is_some()));
        let scripts = self.scripts.of(content.is_some());
        let scripts = scripts.replace(&*self.nonce, nonce);
        let content = content.unwrap_or_default();
        let head = state.head.as_ref().unwrap_or(&self.head);
        let head = head.replace(&*self.nonce, nonce);
        let filled = self.template.fill(|hole| match hole {
            Hole::Nonce => nonce,
            Hole::Content => content,
            Hole::Head => &head,
            Hole::Scripts => &scripts,
            Hole::Description => &description,
        });
        filled.into()
    }
}

/// How a page's scripts are loaded, with marks for the nonce.
#[derive(Debug, Clone)]
struct Scripts {
    /// At once: the page shows nothing without them.
    at_once: Arc<str>,
    /// By the early script once the page's HTML is shown, so that they do not stand in its way.
    later: Arc<str>,
}

impl Scripts {
    fn new(boot: &str, preloads: &[String], nonce: &str) -> Self {
        let at_once = html! {
            @for address in preloads {
                link rel="modulepreload" href=(address) nonce=(nonce);
            }
            script type="module" src=(boot) nonce=(nonce) {}
        };
        let named = serde_json::json!({ "boot": boot, "preload": preloads }).to_string();
        let later = html! {
            script type="application/json" id="ferroflex-scripts" {
                (PreEscaped(for_script(&named)))
            }
        };
        Self {
            at_once: at_once.into_string().into(),
            later: later.into_string().into(),
        }
    }

    fn of(&self, is_rendered: bool) -> &str {
        if is_rendered {
            &self.later
        } else {
            &self.at_once
        }
    }
}

/// A page's part of the head.
fn head_html(page: &PageHead, nonce: &str) -> String {
    let markup = html! {
        title { (page.title) }
        @if let Some(description) = &page.description {
            meta name="description" content=(description);
        }
        (head::elements(&page.meta, nonce))
    };
    markup.into_string()
}

/// The document of one page.
pub(crate) fn page(context: &PageContext<'_>, page: &ServedPage) -> Document {
    let shell = context.shell;
    let imported = page.specifiers.iter().map(String::as_str);
    let specifiers: Vec<&str> = imported.chain([BOOT]).collect();
    let module = file_address(context.base, &page.module.path);
    let mut preloads = shell.preloads(&specifiers);
    preloads.push(module.clone());
    let mark = |hole| Template::mark(hole, context.build);
    let nonce = mark(Hole::Nonce);
    let document = html! {
        (DOCTYPE)
        (head::opening_tag("html", &context.frame.root_attributes))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                script src=(shell.early_script()) nonce=(nonce)
                    data-default=(context.color_mode) {}
                script type="importmap" { (PreEscaped(context.import_map)) }
                (PreEscaped(mark(Hole::Scripts)))
                (PreEscaped(mark(Hole::Head)))
                link rel="icon" href={ (context.base) "/favicon.ico" };
                @for address in stylesheets(context, page) {
                    link rel="stylesheet" href=(address);
                }
                (head::elements(&context.frame.head, &nonce))
            }
            body {
                div id="root" { (PreEscaped(mark(Hole::Content))) }
                script type="application/json" id="ferroflex" {
                    (PreEscaped(mark(Hole::Description)))
                }
            }
        (PreEscaped("</html>"))
    };
    let head = context.frame.head.iter().chain(&page.head.meta);
    Document {
        template: Template::new(&document.into_string(), context.build),
        about: about(context, &module).into(),
        scripts: Scripts::new(context.boot, &preloads, &nonce),
        head: head_html(&page.head, &nonce).into(),
        head_for: page.head_for.clone(),
        nonce: nonce.into(),
        module: module.into(),
        reach: Reach::of(&page.specifiers, head),
        load: page.load.clone().into(),
        progress: Arc::default(),
    }
}

/// The stylesheets in the order in which they override each other.
pub(crate) fn stylesheets(context: &PageContext<'_>, page: &ServedPage) -> Vec<String> {
    let radix = context.frame.radix.iter().filter(|_| page.needs_radix);
    let own = |file: &AppFile| file_address(context.base, &file.path);
    std::iter::once(context.shell.stylesheet(context.frame.reset).to_owned())
        .chain(radix.map(own))
        .chain(context.frame.tailwind.iter().map(own))
        .chain(context.frame.stylesheets.iter().cloned())
        .chain(page.stylesheet.iter().map(own))
        .collect()
}

/// The address of a generated file.
pub(crate) fn file_address(base: &str, path: &str) -> String {
    format!("{base}/_app/{path}")
}

/// The part of a page's description that is the same for every visitor: an object that is not
/// closed.
fn about(context: &PageContext<'_>, module: &str) -> String {
    let text = |text: &str| Json::from(text).to_string();
    let storage = context
        .stored_json
        .map_or_else(String::new, |fields| format!(r#","storage":{fields}"#));
    format!(
        r#"{{"base":{},"build":{},"module":{},"env":{},"color_mode":{},"pages":{}{storage}"#,
        text(context.base),
        text(context.build),
        text(module),
        text(context.environment),
        text(context.color_mode),
        text(&context.pages),
    )
}
