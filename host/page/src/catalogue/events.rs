//! Event triggers: their React names, and what of an event reaches a handler.

use std::sync::Arc;

use crate::types::Type;

/// One event trigger of a component.
#[derive(Debug)]
pub struct TriggerSpec {
    /// Its Python name.
    pub name: &'static str,
    /// Its React name.
    pub javascript: &'static str,
    /// What it gives a handler.
    pub args: ArgSpec,
}

/// The arguments that a trigger gives a handler.
pub type ArgSpec = &'static [EventArg];

/// One argument: how the browser reads it off the event `e`, and its type.
#[derive(Debug)]
pub struct EventArg {
    /// JavaScript in terms of `e`, the event or the value that a callback is given.
    pub javascript: &'static str,
    /// What it is.
    pub kind: ArgKind,
}

/// What an event's argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgKind {
    /// A string.
    Text,
    /// A truth value.
    Bool,
    /// A string or a truth value, as the input's `type` has it.
    Input,
    /// Anything.
    Any,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// A list of pairs of texts.
    Pairs,
    /// A cell of a grid: its column and its row.
    Position,
    /// A list of dictionaries.
    Records,
    /// A list of numbers.
    Numbers,
    /// A list of strings.
    Texts,
    /// A string, or a list of strings where several may be chosen.
    TextOrTexts,
    /// The form's data: a dictionary.
    Form,
    /// What was held down, where the pointer was: a dictionary.
    Details,
}

impl ArgKind {
    /// Its type.
    #[must_use]
    pub fn ty(self) -> Type {
        match self {
            Self::Text => Type::Str,
            Self::Bool => Type::Bool,
            Self::Input | Self::TextOrTexts | Self::Any => Type::Any,
            Self::Number => Type::Float,
            Self::Whole => Type::Int,
            Self::Position => Type::Tuple(Arc::new([Type::Int, Type::Int])),
            Self::Records => Type::list(Type::Dict(Arc::new(Type::Str), Arc::new(Type::Any))),
            Self::Numbers => Type::list(Type::Float),
            Self::Texts => Type::list(Type::Str),
            Self::Pairs => Type::list(Type::Tuple(Arc::new([Type::Str, Type::Str]))),
            Self::Form | Self::Details => Type::Dict(Arc::new(Type::Str), Arc::new(Type::Any)),
        }
    }
}

pub(super) const NOTHING: ArgSpec = &[];
pub(super) const INPUT: ArgSpec = &[EventArg {
    javascript: "e.target.value",
    kind: ArgKind::Text,
}];
/// Of HTML's `input`, which is a checkbox or a text field by its `type`.
const CHECKED_OR_VALUE: ArgSpec = &[EventArg {
    javascript: "e.target.type === \"checkbox\" ? e.target.checked : e.target.value",
    kind: ArgKind::Input,
}];
const FORM: ArgSpec = &[EventArg {
    javascript: "formData(e)",
    kind: ArgKind::Form,
}];
pub(super) const KEY: ArgSpec = &[
    EventArg {
        javascript: "e.key",
        kind: ArgKind::Text,
    },
    EventArg {
        javascript: "keyEvent(e)[1]",
        kind: ArgKind::Details,
    },
];
const POINTER: ArgSpec = &[EventArg {
    javascript: "pointerEvent(e)",
    kind: ArgKind::Details,
}];
pub(super) const TEXT: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Text,
}];
const BOOL: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Bool,
}];
const CHECKED: ArgSpec = &[EventArg {
    javascript: "e === true",
    kind: ArgKind::Bool,
}];
const NUMBERS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Numbers,
}];
pub(super) const NUMBER: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Number,
}];
pub(super) const DETAILS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Details,
}];
pub(super) const PAIRS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Pairs,
}];
/// The window's size.
pub(super) const SIZE: ArgSpec = &[
    arg("innerWidth", ArgKind::Whole),
    arg("innerHeight", ArgKind::Whole),
];
/// How far the window is scrolled.
pub(super) const SCROLLED: ArgSpec = &[
    arg("scrollX", ArgKind::Number),
    arg("scrollY", ArgKind::Number),
];
/// Whether the page is hidden.
pub(super) const HIDDEN: ArgSpec = &[arg("document.hidden", ArgKind::Bool)];
/// What failed in the browser, and in which components.
pub(super) const FAILURE: ArgSpec = &[
    arg("e.info", ArgKind::Text),
    arg("e.components", ArgKind::Text),
];
/// What another tab changed in the browser's storage.
pub(super) const STORED: ArgSpec = &[
    arg("e.key", ArgKind::Text),
    arg("e.oldValue", ArgKind::Text),
    arg("e.newValue", ArgKind::Text),
    arg("e.url", ArgKind::Text),
];

const fn arg(javascript: &'static str, kind: ArgKind) -> EventArg {
    EventArg { javascript, kind }
}
const TEXTS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Texts,
}];
const TEXT_OR_TEXTS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::TextOrTexts,
}];

pub(super) const fn on(name: &'static str, javascript: &'static str, args: ArgSpec) -> TriggerSpec {
    TriggerSpec {
        name,
        javascript,
        args,
    }
}

/// The name under which generation knows the trigger that React has no prop for: the element
/// came to stand on the page.
pub(crate) const MOUNT: &str = "on_mount";
/// The element left the page.
pub(crate) const UNMOUNT: &str = "on_unmount";

/// The triggers that every component has.
pub(super) static COMMON: &[TriggerSpec] = &[
    on("on_blur", "onBlur", NOTHING),
    on("on_click", "onClick", POINTER),
    on("on_context_menu", "onContextMenu", POINTER),
    on("on_double_click", "onDoubleClick", POINTER),
    on("on_focus", "onFocus", NOTHING),
    on("on_key_down", "onKeyDown", KEY),
    on("on_key_up", "onKeyUp", KEY),
    on(MOUNT, "", NOTHING),
    on("on_mouse_down", "onMouseDown", NOTHING),
    on("on_mouse_enter", "onMouseEnter", NOTHING),
    on("on_mouse_leave", "onMouseLeave", NOTHING),
    on("on_mouse_move", "onMouseMove", NOTHING),
    on("on_mouse_out", "onMouseOut", NOTHING),
    on("on_mouse_over", "onMouseOver", NOTHING),
    on("on_mouse_up", "onMouseUp", NOTHING),
    on("on_scroll", "onScroll", NOTHING),
    on("on_scroll_end", "onScrollEnd", NOTHING),
    on(UNMOUNT, "", NOTHING),
];

pub(super) const ON_INPUT: &[TriggerSpec] = &[
    on("on_blur", "onBlur", INPUT),
    on("on_change", "onChange", INPUT),
    on("on_focus", "onFocus", INPUT),
];
pub(super) const ON_INPUT_OR_CHECK: &[TriggerSpec] = &[
    on("on_blur", "onBlur", INPUT),
    on("on_change", "onChange", CHECKED_OR_VALUE),
    on("on_focus", "onFocus", INPUT),
];
pub(super) const ON_SUBMIT: &[TriggerSpec] = &[on("on_submit", "onSubmit", FORM)];
/// What a form with checked fields tells.
pub(super) const ON_SUBMIT_OR_CLEAR: &[TriggerSpec] = &[
    on("on_clear_server_errors", "onClearServerErrors", NOTHING),
    on("on_submit", "onSubmit", FORM),
];
pub(super) const ON_CHECK: &[TriggerSpec] = &[on("on_change", "onCheckedChange", CHECKED)];
pub(super) const ON_VALUE: &[TriggerSpec] = &[on("on_change", "onValueChange", TEXT)];
/// The same for components whose trigger has React's name.
pub(super) const ON_VALUE_CHANGE: &[TriggerSpec] = &[on("on_value_change", "onValueChange", TEXT)];
pub(super) const ON_VALUES_CHANGE: &[TriggerSpec] =
    &[on("on_value_change", "onValueChange", TEXTS)];
pub(super) const ON_ITEMS_CHANGE: &[TriggerSpec] =
    &[on("on_value_change", "onValueChange", TEXT_OR_TEXTS)];
pub(super) const ON_CHOICE: &[TriggerSpec] = &[on("on_change", "onValueChange", TEXT_OR_TEXTS)];
pub(super) const ON_NUMBERS: &[TriggerSpec] = &[
    on("on_change", "onValueChange", NUMBERS),
    on("on_value_commit", "onValueCommit", NUMBERS),
];
pub(super) const ON_OPEN: &[TriggerSpec] = &[on("on_open_change", "onOpenChange", BOOL)];
pub(super) const ON_DRAWER: &[TriggerSpec] = &[
    on("on_animation_end", "onAnimationEnd", BOOL),
    on("on_open_change", "onOpenChange", BOOL),
];
pub(super) const ON_CHECK_OR_SELECT: &[TriggerSpec] = &[
    on("on_change", "onCheckedChange", CHECKED),
    on("on_select", "onSelect", NOTHING),
];
pub(super) const ON_SELECT: &[TriggerSpec] = &[on("on_select", "onSelect", NOTHING)];
pub(super) const ON_VALUE_OR_OPEN: &[TriggerSpec] = &[
    on("on_change", "onValueChange", TEXT),
    on("on_open_change", "onOpenChange", BOOL),
];
pub(super) const ON_TOGGLE: &[TriggerSpec] = &[on("on_toggle", "onToggle", NOTHING)];
pub(super) const ON_LOAD: &[TriggerSpec] = &[
    on("on_load", "onLoad", NOTHING),
    on("on_error", "onError", NOTHING),
];

/// The mouse's events of a chart and its parts, which tell nothing, and further ones.
macro_rules! on_chart {
    ($($more:expr),* $(,)?) => {
        &[
            on("on_click", "onClick", NOTHING),
            on("on_context_menu", "onContextMenu", NOTHING),
            on("on_double_click", "onDoubleClick", NOTHING),
            on("on_mouse_down", "onMouseDown", NOTHING),
            on("on_mouse_enter", "onMouseEnter", NOTHING),
            on("on_mouse_leave", "onMouseLeave", NOTHING),
            on("on_mouse_move", "onMouseMove", NOTHING),
            on("on_mouse_out", "onMouseOut", NOTHING),
            on("on_mouse_over", "onMouseOver", NOTHING),
            on("on_mouse_up", "onMouseUp", NOTHING),
            $($more),*
        ]
    };
}

pub(super) const ON_CHART: &[TriggerSpec] = on_chart!();
pub(super) const ON_CHART_RANGE: &[TriggerSpec] = on_chart!(on("on_change", "onChange", NOTHING));
pub(super) const ON_CHART_RESIZE: &[TriggerSpec] = on_chart!(on("on_resize", "onResize", NOTHING));
/// What shows values, and moves when they change.
pub(super) const ON_CHART_SERIES: &[TriggerSpec] = on_chart!(
    on("on_animation_end", "onAnimationEnd", NOTHING),
    on("on_animation_start", "onAnimationStart", NOTHING),
);

/// What a layer that stands above the page tells.
pub(super) const ON_LAYER: &[TriggerSpec] = &[
    on("on_close_auto_focus", "onCloseAutoFocus", NOTHING),
    on("on_escape_key_down", "onEscapeKeyDown", NOTHING),
    on("on_focus_outside", "onFocusOutside", NOTHING),
    on("on_interact_outside", "onInteractOutside", NOTHING),
    on("on_open_auto_focus", "onOpenAutoFocus", NOTHING),
    on("on_pointer_down_outside", "onPointerDownOutside", NOTHING),
];
pub(super) const ON_OPEN_LAYER: &[TriggerSpec] = &[
    on("on_open_change", "onOpenChange", BOOL),
    on("on_escape_key_down", "onEscapeKeyDown", NOTHING),
    on("on_pointer_down_outside", "onPointerDownOutside", NOTHING),
];
