//! The special events as data: Python name, command, arguments with their defaults.
//!
//! Not here: binding of arguments (`mod.rs`), and the browser's side.

use super::prepare::{self, Prepare};

/// The value of an argument that was not given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Default {
    /// There is none: the argument must be given.
    Required,
    /// This truth value.
    Truth(bool),
    /// Left out of the command.
    Absent,
    /// This text.
    Text(&'static str),
    /// Always this text; it cannot be given.
    Fixed(&'static str),
    /// Taken, and without effect.
    Ignored,
}

/// An argument: its Python name, its name in the command, its default.
pub(super) type Argument = (&'static str, &'static str, Default);

/// A special event.
#[derive(Debug)]
pub(super) struct Row {
    /// What stands after `rx.` or `rx.event.`.
    pub(super) name: &'static str,
    /// The command's name on the wire.
    pub(super) command: &'static str,
    /// Its arguments, in Python's order.
    pub(super) arguments: &'static [Argument],
    /// What is done to the bound values, if anything.
    pub(super) prepare: Option<Prepare>,
}

impl Row {
    const fn new(
        name: &'static str,
        command: &'static str,
        arguments: &'static [Argument],
    ) -> Self {
        Self {
            name,
            command,
            arguments,
            prepare: None,
        }
    }

    const fn prepared(mut self, prepare: Prepare) -> Self {
        self.prepare = Some(prepare);
        self
    }
}

/// Entries of commands that are callbacks, by their names on the wire, and whether they are given
/// something.
pub(super) const CALLBACKS: &[(&str, bool)] = &[
    ("callback", true),
    ("on_action", false),
    ("on_cancel", false),
    ("on_dismiss", true),
    ("on_auto_close", true),
    ("on_progress", true),
];

const MESSAGE: &[Argument] = &[("message", "message", Default::Required)];
const ID: &[Argument] = &[("ref", "id", Default::Required)];
const KEY: Argument = ("key", "key", Default::Required);
const LOCAL: Argument = ("area", "area", Default::Fixed("local"));
const SESSION: Argument = ("area", "area", Default::Fixed("session"));

const SCRIPT: &[Argument] = &[
    ("javascript_code", "code", Default::Required),
    ("callback", "callback", Default::Absent),
];

const DOWNLOAD: &[Argument] = &[
    ("url", "url", Default::Absent),
    ("filename", "filename", Default::Absent),
    ("data", "data", Default::Absent),
    ("mime_type", "mime_type", Default::Absent),
];

/// The table.
pub(super) const ROWS: &[Row] = &[
    Row::new(
        "redirect",
        "redirect",
        &[
            ("path", "to", Default::Required),
            ("is_external", "external", Default::Truth(false)),
            ("popup", "popup", Default::Absent),
            ("replace", "replace", Default::Truth(false)),
        ],
    ),
    Row::new("back", "back", &[]),
    Row::new("status", "status", &[("code", "code", Default::Required)]),
    Row::new("window_alert", "alert", MESSAGE),
    Row::new("console_log", "console", MESSAGE),
    Row::new(
        "set_value",
        "set_value",
        &[
            ("ref", "id", Default::Required),
            ("value", "value", Default::Required),
        ],
    ),
    Row::new("set_focus", "focus", ID),
    Row::new("blur_focus", "blur", ID),
    Row::new(
        "scroll_to",
        "scroll",
        &[
            ("elem_id", "id", Default::Required),
            ("align_to_top", "top", Default::Truth(true)),
        ],
    ),
    Row::new(
        "set_clipboard",
        "clipboard",
        &[("content", "text", Default::Required)],
    ),
    Row::new(
        "set_color_mode",
        "color_mode",
        &[("mode", "mode", Default::Required)],
    ),
    Row::new(
        "clear_selected_files",
        "clear_files",
        &[("id_", "upload", Default::Text("default"))],
    ),
    Row::new(
        "cancel_upload",
        "cancel_upload",
        &[("upload_id", "upload", Default::Required)],
    ),
    // What an event with `rx.upload_files()` among its arguments is.
    Row::new(
        "_send_files",
        "upload",
        &[
            ("upload_id", "upload", Default::Required),
            ("callback", "callback", Default::Required),
            ("on_upload_progress", "on_progress", Default::Absent),
        ],
    ),
    Row::new("download", "download", DOWNLOAD).prepared(prepare::download),
    Row::new(
        "remove_cookie",
        "remove_cookie",
        &[KEY, ("options", "options", Default::Absent)],
    ),
    Row::new("clear_local_storage", "clear_storage", &[LOCAL]),
    Row::new("clear_session_storage", "clear_storage", &[SESSION]),
    Row::new("remove_local_storage", "remove_storage", &[KEY, LOCAL]),
    Row::new("remove_session_storage", "remove_storage", &[KEY, SESSION]),
    // What client states are set with, and read by handlers.
    Row::new(
        "_set_client_state",
        "set_client",
        &[
            ("var_name", "name", Default::Required),
            ("value", "value", Default::Required),
        ],
    ),
    Row::new(
        "_get_client_state",
        "get_client",
        &[
            ("var_name", "name", Default::Required),
            ("default", "default", Default::Required),
            ("callback", "callback", Default::Absent),
        ],
    ),
    Row::new("call_script", "call_script", SCRIPT),
    Row::new("run_script", "call_script", SCRIPT).prepared(prepare::script),
    Row::new("call_function", "call_function", SCRIPT).prepared(prepare::script),
    Row::new("toast", "toast", &toast(Default::Text("default"))).prepared(prepare::toast),
    Row::new("toast.info", "toast", &toast(Default::Fixed("info"))).prepared(prepare::toast),
    Row::new("toast.success", "toast", &toast(Default::Fixed("success"))).prepared(prepare::toast),
    Row::new("toast.warning", "toast", &toast(Default::Fixed("warning"))).prepared(prepare::toast),
    Row::new("toast.error", "toast", &toast(Default::Fixed("error"))).prepared(prepare::toast),
    Row::new("toast.loading", "toast", &toast(Default::Fixed("loading"))).prepared(prepare::toast),
    Row::new(
        "toast.dismiss",
        "toast_dismiss",
        &[("id", "id", Default::Absent)],
    ),
];

const fn toast(level: Default) -> [Argument; 21] {
    [
        ("message", "message", Default::Text("")),
        ("level", "level", level),
        // There is always something that shows toasts.
        ("fallback_to_alert", "", Default::Ignored),
        ("title", "title", Default::Absent),
        ("description", "description", Default::Absent),
        ("duration", "duration", Default::Absent),
        ("position", "position", Default::Absent),
        ("id", "id", Default::Absent),
        ("close_button", "close_button", Default::Absent),
        ("dismissible", "dismissible", Default::Absent),
        ("invert", "invert", Default::Absent),
        // sonner, which shows toasts in Reflex too, has dropped it.
        ("important", "", Default::Ignored),
        ("unstyled", "unstyled", Default::Absent),
        ("style", "style", Default::Absent),
        ("class_name", "class_name", Default::Absent),
        ("action", "action", Default::Absent),
        ("cancel", "cancel", Default::Absent),
        ("action_button_styles", "action_style", Default::Absent),
        ("cancel_button_styles", "cancel_style", Default::Absent),
        ("on_dismiss", "on_dismiss", Default::Absent),
        ("on_auto_close", "on_auto_close", Default::Absent),
    ]
}
