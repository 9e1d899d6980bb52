//! The declared pages of an app with their routes: which are valid, which collide, and the state
//! fields of their arguments.
//!
//! All of it is found out before the first page's function runs, since any page may show any
//! argument. Not here: running the functions (`collect`).

use ferroflex_page::Route;
use rustpython_vm::{
    PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDictRef},
};

use super::collect::{PageFailure, defined, dict, name, text};

/// A page that has a route of its own.
pub(super) struct DeclaredPage {
    /// Its options.
    pub(super) declaration: PyDictRef,
    /// The component or the function that gives it.
    pub(super) component: PyObjectRef,
    /// Its route.
    pub(super) route: Route,
}

/// The pages that can be made, in the order of their declaration; the others are put into
/// `failures`.
///
/// # Errors
/// When what the app's module declared cannot be read.
pub(super) fn declared_pages(
    declared: &PyDictRef,
    failures: &mut Vec<PageFailure>,
    vm: &VirtualMachine,
) -> PyResult<Vec<DeclaredPage>> {
    let list = declared.get_item("pages", vm)?;
    let list = vm.extract_elements_with(&list, |page| dict(page, vm))?;
    let mut pages: Vec<DeclaredPage> = Vec::with_capacity(list.len());
    for declaration in list {
        let component = declaration.get_item("component", vm)?;
        let given = text(&*declaration.get_item("route", vm)?, vm)?;
        match route(&given, &component, &pages, vm) {
            Ok(route) => pages.push(DeclaredPage {
                declaration,
                component,
                route,
            }),
            Err(exception) => failures.push(failure(&component, given, exception, vm)),
        }
    }
    Ok(pages)
}

/// What is told of a page that cannot be made.
pub(super) fn failure(
    component: &PyObjectRef,
    route: String,
    exception: PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> PageFailure {
    PageFailure {
        function: name(component, vm),
        route,
        exception,
        defined: defined(component, vm),
    }
}

/// The names of a route's arguments, each with whether it is a list; none of one that is no route.
pub(super) fn arguments(route: &str) -> Vec<(String, bool)> {
    let arguments = |route: Route| {
        let owned = route
            .arguments()
            .map(|(name, is_list)| (name.to_owned(), is_list));
        owned.collect()
    };
    Route::parse(route).map(arguments).unwrap_or_default()
}

fn route(
    given: &str,
    component: &PyObjectRef,
    earlier: &[DeclaredPage],
    vm: &VirtualMachine,
) -> PyResult<Route> {
    let route = Route::parse(given).map_err(|error| vm.new_value_error(error.to_string()))?;
    if let Some(first) = earlier.iter().find(|first| first.route.is_same(&route)) {
        return Err(vm.new_value_error(format!(
            "two pages have the same addresses: {}, and {}; give one of them another route",
            described(&first.component, &first.route, vm),
            described(component, &route, vm),
        )));
    }
    let state = vm.import("reflex.route_arguments", 0)?;
    let state = state.get_attr("route_arguments", vm)?;
    vm.call_method(&state, "declare", (route.to_string(),))?;
    Ok(route)
}

/// `post at /post/[id] (blog.py:12)`.
fn described(component: &PyObjectRef, route: &Route, vm: &VirtualMachine) -> String {
    let name = name(component, vm);
    match defined(component, vm) {
        Some((file, line)) => format!("{name} at {route} ({file}:{line})"),
        None => format!("{name} at {route}"),
    }
}
