//! What the routes of an app tell of a visit: which of them is shown, with which arguments.
//!
//! Not here: how the values reach Python and the browser (`router`).

use std::collections::BTreeSet;

use ferroflex_page::{NOT_FOUND, RouteArgument, RouteTable};
use ferroflex_session::Visit;
use ferroflex_state::FieldId;

/// The routes of an app, and what its pages show of a visit.
#[derive(Debug, Default)]
pub(crate) struct Routing {
    /// The routes of its pages.
    pub(crate) table: RouteTable,
    /// `frontend_path`: stands before the path in every address that the app is told.
    pub(crate) prefix: String,
    /// The fields made from the visit that a page shows. The browser is told no others, so that
    /// the state which a page is delivered with is right for every visitor.
    pub(crate) told: BTreeSet<FieldId>,
    /// Whether a page shows something of the request's headers.
    pub(crate) tells_headers: bool,
}

/// The page that a visit shows.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Its route; that of the page for what is not found when there is none.
    pub(crate) route: String,
    /// The arguments that the address has.
    pub(crate) arguments: Vec<(String, RouteArgument)>,
}

impl Routing {
    /// The page that a visit shows. Nobody shows none.
    pub(crate) fn shown(&self, visit: &Visit) -> Shown {
        if visit.route.is_empty() {
            return Shown::default();
        }
        match self.table.find(split(&visit.route).0) {
            Some((number, arguments)) => Shown {
                route: self.table.routes()[number].to_string(),
                arguments,
            },
            None => Shown {
                route: NOT_FOUND.to_owned(),
                arguments: Vec::new(),
            },
        }
    }

    /// The path with query and fragment, as the app is told it.
    pub(crate) fn address(&self, visit: &Visit) -> String {
        if visit.route.is_empty() {
            return String::new();
        }
        format!("{}{}", self.prefix, visit.route)
    }
}

/// The name that Reflex gives a route: `/index` for the front page.
pub(crate) fn route_id(route: &str) -> &str {
    if route == "/" { "/index" } else { route }
}

/// The path and the query of an address.
pub(crate) fn split(address: &str) -> (&str, &str) {
    let without_fragment = address.split('#').next().unwrap_or_default();
    without_fragment
        .split_once('?')
        .unwrap_or((without_fragment, ""))
}
