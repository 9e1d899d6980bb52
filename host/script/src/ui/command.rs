//! Special events: what the browser does by itself (`rx.redirect`, `rx.toast`, …), as data of the
//! wire protocol.
//!
//! Each is a row of a table: its Python name, the command, its values with their defaults. Not
//! here: the browser's side, and events that need more than the protocol has yet, which say so.

use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, convert::ToPyObject, function::FuncArgs,
    pyclass, types::Callable,
};

use super::{
    error::not_yet,
    event::{EventSpec, Target},
    factory::Factory,
};

/// The value of an argument that was not given.
#[derive(Debug, Clone, Copy)]
enum Default {
    /// There is none: the argument must be given.
    Required,
    /// False.
    False,
    /// Left out of the command.
    Absent,
    /// This text.
    Text(&'static str),
    /// Always this text; it cannot be given.
    Fixed(&'static str),
}

/// An argument: its Python name, its name in the command, its default.
type Argument = (&'static str, &'static str, Default);

/// A special event: its Python name, the command's name, its arguments in their order.
type Row = (&'static str, &'static str, &'static [Argument]);

const ROWS: &[Row] = &[
    (
        "redirect",
        "redirect",
        &[
            ("path", "to", Default::Required),
            ("is_external", "external", Default::False),
            ("replace", "replace", Default::False),
        ],
    ),
    (
        "window_alert",
        "alert",
        &[("message", "message", Default::Required)],
    ),
    (
        "console_log",
        "console",
        &[("message", "message", Default::Required)],
    ),
    (
        "set_value",
        "set_value",
        &[
            ("ref", "id", Default::Required),
            ("value", "value", Default::Required),
        ],
    ),
    ("set_focus", "focus", &[("ref", "id", Default::Required)]),
    (
        "set_color_mode",
        "color_mode",
        &[("mode", "mode", Default::Required)],
    ),
    ("toast", "toast", &toast("default")),
    ("toast.info", "toast", &toast("info")),
    ("toast.success", "toast", &toast("success")),
    ("toast.warning", "toast", &toast("warning")),
    ("toast.error", "toast", &toast("error")),
    ("toast.loading", "toast", &toast("loading")),
];

/// Special events of Reflex that the protocol has no command for.
const MISSING: &[&str] = &[
    "call_function",
    "call_script",
    "cancel_upload",
    "clear_local_storage",
    "clear_selected_files",
    "clear_session_storage",
    "download",
    "get_upload_url",
    "remove_cookie",
    "remove_local_storage",
    "remove_session_storage",
    "run_script",
    "scroll_to",
    "selected_files",
    "set_clipboard",
    "toast.dismiss",
    "upload_files",
];

const fn toast(level: &'static str) -> [Argument; 7] {
    [
        ("message", "message", Default::Text("")),
        ("level", "level", Default::Fixed(level)),
        ("title", "title", Default::Absent),
        ("description", "description", Default::Absent),
        ("duration", "duration", Default::Absent),
        ("position", "position", Default::Absent),
        ("id", "id", Default::Absent),
    ]
}

/// Arguments that only change how something looks, and are taken without effect.
const IGNORED: &[&str] = &[
    "popup",
    "close_button",
    "dismissible",
    "invert",
    "icon",
    "important",
    "style",
    "action_button_styles",
    "cancel_button_styles",
    "unstyled",
    "rich_colors",
    "class_name",
];

/// The special event `rx.<name>`, or a callable that says that it is missing.
pub(super) fn find(name: &str) -> Option<SpecialEvent> {
    let row = ROWS.iter().find(|(known, ..)| *known == name);
    let missing = MISSING.iter().find(|known| **known == name);
    let form = row
        .map(Form::Command)
        .or_else(|| missing.copied().map(Form::Missing))?;
    Some(SpecialEvent { form })
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

#[derive(Debug, Clone, Copy)]
enum Form {
    Command(&'static Row),
    Missing(&'static str),
}

/// A special event that waits for its arguments.
#[pyclass(module = "reflex.event", name = "SpecialEvent")]
#[derive(Debug, PyPayload)]
pub(super) struct SpecialEvent {
    form: Form,
}

#[pyclass(with(Callable, rustpython_vm::types::GetAttr))]
impl SpecialEvent {}

impl rustpython_vm::types::GetAttr for SpecialEvent {
    /// `rx.toast.success`: the members of an event that is a namespace too.
    fn getattro(
        zelf: &Py<Self>,
        name: &Py<rustpython_vm::builtins::PyStr>,
        vm: &VirtualMachine,
    ) -> PyResult {
        use rustpython_vm::AsObject;
        if let Form::Command((own, ..)) = zelf.form
            && let Some(member) = find(&format!("{own}.{}", name.to_string_lossy()))
        {
            return Ok(member.into_ref(&vm.ctx).into());
        }
        // A component beside the events: what shows toasts.
        if let Form::Command(("toast", ..)) = zelf.form
            && name.to_string_lossy() == "provider"
        {
            return Ok(Factory::require("toast.provider", vm)?.to_pyobject(vm));
        }
        zelf.as_object().generic_getattr(name, vm)
    }
}

impl Callable for SpecialEvent {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let (name, command, arguments) = match zelf.form {
            Form::Command(row) => *row,
            Form::Missing(name) => return Err(not_yet(&format!("rx.{name}"), vm)),
        };
        let (names, values) = bind(name, arguments, args, vm)?;
        Ok(EventSpec::new(Target::Command(command, names), values)
            .into_ref(&vm.ctx)
            .into())
    }
}

/// The command's values, in the order of its arguments.
fn bind(
    name: &str,
    arguments: &[Argument],
    mut given: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<(Vec<&'static str>, Vec<PyObjectRef>)> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (argument, wire, default) in arguments {
        let value = match default {
            Default::Fixed(text) => Some(vm.ctx.new_str(*text).into()),
            _ => given
                .take_positional()
                .or_else(|| given.take_keyword(argument)),
        };
        let value = match (value, default) {
            (Some(value), Default::Absent) if vm.is_none(&value) => continue,
            (Some(value), _) => value,
            (None, Default::False) => vm.ctx.new_bool(false).into(),
            (None, Default::Text(text) | Default::Fixed(text)) => vm.ctx.new_str(*text).into(),
            (None, Default::Absent) => continue,
            (None, Default::Required) => {
                return Err(vm.new_type_error(format!("rx.{name}() needs {argument}")));
            }
        };
        names.push(*wire);
        values.push(value);
    }
    reject_rest(name, &given, vm)?;
    Ok((names, values))
}

fn reject_rest(name: &str, given: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    if !given.args.is_empty() {
        return Err(vm.new_type_error(format!("rx.{name}() was given too many arguments")));
    }
    for keyword in given.kwargs.keys() {
        let keyword = keyword.to_string_lossy();
        if !IGNORED.contains(&&*keyword) {
            return Err(vm.new_type_error(format!("rx.{name}() has no argument {keyword:?} yet")));
        }
    }
    Ok(())
}
