//! What an app says of its place in the web: the path before its own, what search engines may
//! visit.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::collect::{dict, text};
use crate::live::registry::parts;

/// The place of an app in the web.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// `frontend_path`: stands before the path of every address of the app; empty, or with a
    /// leading slash and none at the end.
    pub prefix: String,
    /// `deploy_url`: scheme and host under which the public reaches it, if they are given.
    pub deploy_url: Option<String>,
    /// What its `sitemap.xml` lists; none when it has none.
    pub sitemap: Option<Vec<SitemapEntry>>,
    /// Whether it tells its routes to who asks (`app.add_all_routes_endpoint()`).
    pub tells_routes: bool,
}

/// An address in a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapEntry {
    /// A path, or a whole address.
    pub location: String,
    /// When what stands there was changed last.
    pub last_modified: Option<String>,
    /// How often it changes.
    pub change_frequency: Option<String>,
    /// How much it counts beside the others, from 0 to 1.
    pub priority: Option<String>,
}

/// What `reflex.site` declares.
///
/// # Errors
/// When it is not what that module makes, and what a `frontend_path` that is no path raises.
pub(super) fn site(declared: &PyObject, vm: &VirtualMachine) -> PyResult<Site> {
    let declared = dict(declared.to_owned(), vm)?;
    let given = |key: &str| declared.get_item(key, vm);
    let sitemap = given("sitemap")?;
    let sitemap = if vm.is_none(&sitemap) {
        None
    } else {
        Some(vm.extract_elements_with(&sitemap, |entry: PyObjectRef| entry_of(&entry, vm))?)
    };
    Ok(Site {
        prefix: text(&*given("prefix")?, vm)?,
        deploy_url: optional(&*given("deploy_url")?, vm)?,
        sitemap,
        tells_routes: given("tells_routes")?.try_to_bool(vm)?,
    })
}

fn entry_of(entry: &PyObject, vm: &VirtualMachine) -> PyResult<SitemapEntry> {
    let [location, last_modified, change_frequency, priority] = parts(entry, vm)?;
    Ok(SitemapEntry {
        location: text(&location, vm)?,
        last_modified: optional(&last_modified, vm)?,
        change_frequency: optional(&change_frequency, vm)?,
        priority: optional(&priority, vm)?,
    })
}

fn optional(value: &PyObject, vm: &VirtualMachine) -> PyResult<Option<String>> {
    if vm.is_none(value) {
        return Ok(None);
    }
    text(value, vm).map(Some)
}
