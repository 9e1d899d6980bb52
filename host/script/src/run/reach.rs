//! Finding a session by its token, wherever it is: here, at another instance, or in the store alone.
//!
//! Not here: the turn in it (`section`), and how a session comes from elsewhere
//! (`ferroflex-session`).

use std::sync::{Arc, Weak};

use ferroflex_session::{Handle, SessionError};
use rustpython_vm::{PyPayload, PyResult, VirtualMachine};

use super::{
    asynchronous::{new_future, resolve},
    section::{Ready, Section},
};
use crate::{App, threads::Job};

/// An awaitable that gives a way into the session with that token. It raises `LookupError` when
/// there is no such session, and `RuntimeError` when it cannot be had.
///
/// # Errors
/// When no loop runs.
pub(super) fn reach(app: &Arc<App>, token: &str, vm: &VirtualMachine) -> PyResult {
    let hub = app.hub.get().and_then(Weak::upgrade);
    let Some(hub) = hub else {
        return section(app, token, Ok(None), vm);
    };
    if let Some(handle) = hub.at_hand(token) {
        let section = section(app, token, Ok(Some(handle)), vm)?;
        return Ok(Ready::new(section).into_pyobject(vm));
    }
    let future = new_future(vm)?;
    let (app, waited, named) = (Arc::clone(app), future.clone(), token.to_owned());
    hub.reach_with(token, move |reached| {
        let looper = Arc::clone(&app.looper);
        looper.post(Job::new(move |vm| {
            resolve(&waited, section(&app, &named, reached, vm), vm);
        }));
    });
    Ok(future)
}

/// A way into the session that was reached.
fn section(
    app: &Arc<App>,
    token: &str,
    reached: Result<Option<Handle<App>>, SessionError>,
    vm: &VirtualMachine,
) -> PyResult {
    match reached {
        Ok(Some(handle)) => Ok(Section::new(app, handle).into_pyobject(vm)),
        Ok(None) => Err(vm.new_lookup_error(format!(
            "no session has the token {token:?}: its page was closed long ago, or never open"
        ))),
        Err(error) => Err(vm.new_runtime_error(format!(
            "the session with the token {token:?} cannot be had: {error}"
        ))),
    }
}
