//! A special event bound to something: its values as expressions, its callbacks as actions.
//!
//! Not here: what a trigger does with other events (`trigger.rs`).

use ferroflex_page::{
    expr::Expr,
    node::{Action, CommandValue},
};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use super::table::CALLBACKS;
use crate::ui::{convert, trigger};

/// The command of that name with these values. `nesting` counts the callbacks that it stands in.
///
/// # Errors
/// `TypeError` for a value that the browser has no counterpart of, and for a callback that is no
/// event or takes more than it is given.
pub(in crate::ui) fn command(
    name: &str,
    names: &[&'static str],
    values: &[PyObjectRef],
    nesting: usize,
    vm: &VirtualMachine,
) -> PyResult<Action> {
    let mut entries = vec![("c".to_owned(), CommandValue::Value(Expr::text(name)))];
    for (entry, value) in names.iter().zip(values) {
        let callback = CALLBACKS.iter().find(|(known, _)| known == entry);
        let value = match callback {
            Some((_, given)) => {
                CommandValue::Callback(trigger::callback(name, entry, *given, value, nesting, vm)?)
            }
            None => CommandValue::Value(convert::expression(value, vm)?),
        };
        entries.push(((*entry).to_owned(), value));
    }
    Ok(Action::Command(entries))
}
