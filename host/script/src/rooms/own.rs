//! What a linked session had in the fields that it shares, in its record: it has that again when it
//! is unlinked, also after it has come back from the store.
//!
//! Not here: what it shares, which is the room's (`stored`).

use std::sync::Arc;

use ferroflex_session::{Snapshot, store::Fields};
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use super::{link::Link, room::Room};
use crate::{App, live::object::starting_value};

/// What the names of these snapshots begin with. No field's name has a colon.
const PREFIX: &str = "own:";

/// Whether a snapshot of a session is one of these.
pub(crate) fn is_own(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// The snapshots of what a session had before that link.
pub(super) fn snapshots(link: &Link, vm: &VirtualMachine) -> Fields {
    let Some(app) = link.room.app.upgrade() else {
        return Fields::new();
    };
    let values = link.room.fields.iter().zip(&link.private);
    let snapshots = values.map(|(id, value)| {
        let record = &app.field(*id).record;
        let bytes = value
            .as_ref()
            .and_then(|value| record.snapshot(value.as_object(), vm));
        (name_of(record.name()), bytes.map(Into::into))
    });
    snapshots.collect()
}

/// Their removal.
pub(super) fn removal(link: &Link) -> Fields {
    let Some(app) = link.room.app.upgrade() else {
        return Fields::new();
    };
    let fields = link.room.fields.iter();
    let names = fields.map(|id| name_of(app.field(*id).record.name()));
    names.map(|name| (name, None)).collect()
}

/// What a session that comes back with these snapshots had before it was linked to that room; a
/// starting value where that cannot be told.
pub(super) fn values(
    app: &App,
    room: &Room,
    snapshots: &[Snapshot],
    vm: &VirtualMachine,
) -> PyResult<Vec<Option<PyObjectRef>>> {
    let values = room.fields.iter().map(|id| {
        let field = app.field(*id);
        let name = name_of(field.record.name());
        let known = snapshots.iter().find(|(known, _)| *known == name);
        match known.and_then(|(_, bytes)| field.record.value(bytes, vm)) {
            Some(value) => Ok(Some(value)),
            None => starting_value(field, vm),
        }
    });
    values.collect()
}

fn name_of(field: &str) -> Arc<str> {
    format!("{PREFIX}{field}").into()
}
