//! The table of an app's pages: what the browser needs to show another of them without loading a
//! document.
//!
//! Not here: the pages' documents (`html`), and which page a request is answered with (`app`).

use std::collections::BTreeSet;

use ferroflex_page::{NOT_FOUND, RouteTable};
use ferroflex_session::state_hash;
use serde_json::{Map, Value, json};

use crate::html::{PageContext, file_address, stylesheets};
use crate::mount::{AppFile, HeadElement, ServedPage};
use crate::security::Reach;

/// The file that lists the pages, the most specific first.
pub(crate) fn pages_file(
    context: &PageContext<'_>,
    pages: &[ServedPage],
    routes: &RouteTable,
) -> AppFile {
    // What starts a page, every page has loaded.
    let present: BTreeSet<String> = context.shell.preloads(&[]).into_iter().collect();
    let in_order = routes.order().iter();
    let ordered: Vec<&ServedPage> = in_order.filter_map(|number| pages.get(*number)).collect();
    let not_found = ordered.iter().position(|page| page.route == NOT_FOUND);
    let described: Vec<Value> = ordered
        .into_iter()
        .map(|page| described(context, page, &present))
        .collect();
    let text = json!({"pages": described, "not_found": not_found}).to_string();
    let hash = state_hash(text.as_bytes());
    AppFile {
        path: format!("pages-{}.json", &hash[..8]),
        text,
    }
}

fn described(context: &PageContext<'_>, page: &ServedPage, present: &BTreeSet<String>) -> Value {
    let specifiers: Vec<&str> = page.specifiers.iter().map(String::as_str).collect();
    let preload: Vec<String> = context
        .shell
        .preloads(&specifiers)
        .into_iter()
        .filter(|address| !present.contains(address))
        .collect();
    json!({
        "route": page.route,
        "module": file_address(context.base, &page.module.path),
        "styles": stylesheets(context, page),
        "preload": preload,
        "title": page.head.title,
        "description": page.head.description,
        "head": page.head.meta.iter().map(element).collect::<Vec<_>>(),
        "plain": is_plain(context, page),
    })
}

/// An element of the head: its tag, its attributes, its text.
fn element(element: &HeadElement) -> Value {
    let attributes = element.attributes.iter();
    let attributes: Map<_, _> = attributes
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    json!([element.tag, attributes, element.text])
}

/// Whether the policy that the document of any page came with lets this one do all that it may: a
/// page whose scripts reach further than its app's others has to be a document of its own.
fn is_plain(context: &PageContext<'_>, page: &ServedPage) -> bool {
    let head = || context.frame.head.iter();
    Reach::of(&page.specifiers, head().chain(&page.head.meta)) == Reach::of(&[], head())
}
