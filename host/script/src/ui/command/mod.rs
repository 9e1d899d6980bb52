//! Special events: what the browser does by itself (`rx.redirect`, `rx.toast`, …), as callables
//! that bind Python's arguments.
//!
//! Not here: which there are (`table.rs`), what some do to their arguments (`prepare.rs`), what
//! becomes of them in a page (`action.rs`) and in a message to the browser (`message.rs`).

mod action;
mod message;
mod prepare;
mod table;

pub(super) use action::command;
pub(crate) use message::resolve_callbacks;
pub(super) use message::written;

use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::PyStr,
    convert::ToPyObject,
    function::FuncArgs,
    pyclass,
    types::{Callable, GetAttr},
};

use self::table::{Default, ROWS, Row};
use super::{
    callable::Parameters,
    event::{EventSpec, Target},
    factory::Factory,
};

/// The special event `rx.<name>`.
pub(super) fn find(name: &str) -> Option<SpecialEvent> {
    let row = ROWS.iter().find(|row| row.name == name)?;
    Some(SpecialEvent { row })
}

/// `rx.toggle_color_mode`: bound as it stands, without a call.
pub(super) fn toggle_color_mode() -> EventSpec {
    EventSpec::new(Target::ToggleColorMode, Vec::new())
}

/// `rx.stop_propagation`: an event that does nothing but keep others from hearing of it.
pub(super) fn stop_propagation() -> EventSpec {
    let mut spec = EventSpec::new(Target::Nothing, Vec::new());
    spec.actions.stop_propagation = true;
    spec
}

/// `rx.prevent_default`: an event that only keeps the browser from its own reaction.
pub(super) fn prevent_default() -> EventSpec {
    let mut spec = EventSpec::new(Target::Nothing, Vec::new());
    spec.actions.prevent_default = true;
    spec
}

/// A special event that waits for its arguments.
#[pyclass(module = "reflex.event", name = "SpecialEvent")]
#[derive(Debug, PyPayload)]
pub(super) struct SpecialEvent {
    row: &'static Row,
}

#[pyclass(with(Callable, GetAttr))]
impl SpecialEvent {
    /// What a trigger may hand it when it is bound without a call: what it cannot do without.
    pub(super) fn parameters(&self) -> Parameters {
        let needed = self
            .row
            .arguments
            .iter()
            .filter(|(_, _, default)| matches!(default, Default::Required | Default::Text("")));
        let names: Vec<String> = needed.map(|(name, ..)| (*name).to_owned()).collect();
        Parameters {
            required: 0,
            names,
            variadic: false,
        }
    }
}

impl GetAttr for SpecialEvent {
    /// `rx.toast.success`: the members of an event that is a namespace too.
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let own = zelf.row.name;
        if let Some(member) = find(&format!("{own}.{}", name.to_string_lossy())) {
            return Ok(member.into_ref(&vm.ctx).into());
        }
        // A component beside the events: what shows toasts.
        if own == "toast" && name.to_string_lossy() == "provider" {
            return Ok(Factory::require("toast.provider", vm)?.to_pyobject(vm));
        }
        zelf.as_object().generic_getattr(name, vm)
    }
}

impl Callable for SpecialEvent {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let row = zelf.row;
        let mut values = bind(row, args, vm)?;
        if let Some(prepare) = row.prepare {
            values = prepare(values, vm)?;
        }
        let (names, values) = values.into_iter().unzip();
        Ok(EventSpec::new(Target::Command(row.command, names), values)
            .into_ref(&vm.ctx)
            .into())
    }
}

/// The command's values under their names in it, in the order of its arguments.
fn bind(row: &Row, mut given: FuncArgs, vm: &VirtualMachine) -> PyResult<prepare::Values> {
    let mut values = Vec::new();
    for (argument, wire, default) in row.arguments {
        let value = match default {
            Default::Fixed(text) => Some(vm.ctx.new_str(*text).into()),
            _ => given
                .take_positional()
                .or_else(|| given.take_keyword(argument)),
        };
        if let Some(value) = or_default(row, argument, value, *default, vm)? {
            values.push((*wire, value));
        }
    }
    reject_rest(row.name, &given, vm)?;
    Ok(values)
}

/// The value of an argument; `None` when the command goes without it.
fn or_default(
    row: &Row,
    argument: &str,
    given: Option<PyObjectRef>,
    default: Default,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let value = match (given, default) {
        (_, Default::Ignored) | (None, Default::Absent) => return Ok(None),
        (Some(value), Default::Absent) if vm.is_none(&value) => return Ok(None),
        (Some(value), Default::Text(text)) if vm.is_none(&value) => vm.ctx.new_str(text).into(),
        (Some(value), _) => value,
        (None, Default::Truth(truth)) => vm.ctx.new_bool(truth).into(),
        (None, Default::Text(text) | Default::Fixed(text)) => vm.ctx.new_str(text).into(),
        (None, Default::Required) => {
            return Err(vm.new_type_error(format!("rx.{}() needs {argument}", row.name)));
        }
    };
    Ok(Some(value))
}

fn reject_rest(name: &str, given: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    if !given.args.is_empty() {
        return Err(vm.new_type_error(format!("rx.{name}() was given too many arguments")));
    }
    match given.kwargs.keys().next() {
        Some(keyword) => Err(vm.new_type_error(format!(
            "rx.{name}() has no argument {:?}",
            keyword.to_string_lossy()
        ))),
        None => Ok(()),
    }
}
