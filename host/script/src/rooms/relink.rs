//! Linking a session again that comes back from the store.
//!
//! Not here: the values of its rooms (`stored`), which its next turn takes over (`door`).

use std::sync::Arc;

use ferroflex_session::{Snapshot, store::Fields};
use rustpython_vm::{VirtualMachine, builtins::PyStr};

use super::{
    link::Link,
    own,
    room::{LINKED_TO, REFRESH_TICKET, own_field},
};
use crate::{
    App,
    live::{class::StateClass, session::Live},
    run::{self, Lent},
};

/// Whether a session with these snapshots is linked to a room.
pub(crate) fn is_linked(app: &App, fields: &[Snapshot]) -> bool {
    let of_class = |class: &Arc<StateClass>| {
        let id = own_field(&app.classes, class.number, LINKED_TO)?;
        let record = &class.fields[id.field as usize].record;
        let (_, bytes) = fields.iter().find(|(name, _)| name == record.name())?;
        record.text(bytes).filter(|name| !name.is_empty())
    };
    app.classes.iter().any(|class| of_class(class).is_some())
}

/// Links a session that was just brought back to the rooms that it was in, and has it be given their
/// values. `snapshots`: of the session.
pub(crate) fn relink(
    app: &Arc<App>,
    lent: &Lent,
    live: &Live,
    snapshots: &[Snapshot],
    vm: &VirtualMachine,
) {
    let Some(handle) = lent.handle() else {
        return;
    };
    let token = handle.token();
    for class in &app.classes {
        let Some(name) = name_of(app, class, live) else {
            continue;
        };
        let joined = app.rooms.join(app, class.number, name, token);
        let room = match joined {
            Ok(room) => room,
            Err(error) => {
                tracing::warn!("{} is not linked again: {error}", class.full_name);
                continue;
            }
        };
        match own::values(app, &room, snapshots, vm) {
            Ok(private) => {
                let link = Link::new(Arc::clone(&room), Arc::clone(token), private);
                live.links().put(link, Fields::new(), Vec::new());
                room.tell_of_crowd(token);
            }
            Err(raised) => {
                app.rooms.part(&room, token);
                run::log(None, &raised, vm);
            }
        }
    }
    if live.links().is_linked()
        && let Err(error) = handle.ask(REFRESH_TICKET)
    {
        tracing::debug!("the sections that wait refresh the session: {error}");
    }
}

/// The name of the room that the session was linked to.
fn name_of(app: &App, class: &StateClass, live: &Live) -> Option<Arc<str>> {
    let id = own_field(&app.classes, class.number, LINKED_TO)?;
    let state = live.state(id.substate)?;
    let value = state.slots.lock()[id.field as usize].value.clone()?;
    let name = value
        .downcast_ref::<PyStr>()?
        .to_string_lossy()
        .into_owned();
    (!name.is_empty()).then(|| name.into())
}
