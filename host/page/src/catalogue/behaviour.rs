//! Components that show nothing of their own, or only sometimes: they listen, follow, delay, run a
//! script, tell of the connection.
//!
//! Not here: what they are made of from an author's arguments (`expand/behaviour.rs`).

use super::{
    BASE, Children, Entry, Source,
    events::{
        FAILURE, HIDDEN, INPUT, KEY, NOTHING, PAIRS, SCROLLED, SIZE, STORED, TriggerSpec, on,
    },
};

const BEHAVIOUR: Entry = Entry {
    source: Source::Plain("@ferroflex/behaviour"),
    attributes: false,
    ..BASE
};

/// The module that runs scripts of the app's author.
pub(crate) const SCRIPT: &str = "@ferroflex/script";

const SCRIPT_ENTRY: Entry = Entry {
    source: Source::Plain(SCRIPT),
    tag: "Script",
    props: &[
        "async char_set cross_origin defer integrity no_module referrer_policy src strategy type",
    ],
    triggers: &[
        on("on_error", "onError", NOTHING),
        on("on_load", "onLoad", NOTHING),
        on("on_ready", "onReady", NOTHING),
    ],
    children: Children::Text,
    ..BASE
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        name: "auto_scroll",
        tag: "AutoScroll",
        attributes: true,
        style: &[("overflow", "auto")],
        ..BEHAVIOUR
    },
    Entry {
        name: "clipboard",
        tag: "Clipboard",
        props: &["prevent stop targets"],
        triggers: &[on("on_paste", "onPaste", PAIRS)],
        ..BEHAVIOUR
    },
    Entry {
        name: "connection_banner",
        tag: "ConnectionMessage",
        ..BEHAVIOUR
    },
    Entry {
        name: "connection_modal",
        tag: "ConnectionModal",
        ..BEHAVIOUR
    },
    Entry {
        name: "connection_pulser",
        tag: "ConnectionPulser",
        ..BEHAVIOUR
    },
    Entry {
        name: "debounce_input",
        tag: "DebounceInput",
        props: &["debounce_timeout force_notify_by_enter force_notify_on_blur min_length value"],
        triggers: &[on("on_change", "onChange", INPUT)],
        controlled: &[("value", "on_change")],
        ..BEHAVIOUR
    },
    Entry {
        name: "el.script",
        ..SCRIPT_ENTRY
    },
    Entry {
        name: "page_errors",
        tag: "PageErrors",
        triggers: &[on("on_error", "onError", FAILURE)],
        children: Children::None,
        ..BEHAVIOUR
    },
    Entry {
        name: "script",
        ..SCRIPT_ENTRY
    },
    Entry {
        name: "window_event_listener",
        tag: "WindowEvents",
        triggers: ON_WINDOW,
        children: Children::None,
        ..BEHAVIOUR
    },
];

const ON_WINDOW: &[TriggerSpec] = &[
    on("on_before_unload", "onBeforeUnload", NOTHING),
    on("on_blur", "onBlur", NOTHING),
    on("on_focus", "onFocus", NOTHING),
    on("on_hash_change", "onHashChange", NOTHING),
    on("on_key_down", "onKeyDown", KEY),
    on("on_offline", "onOffline", NOTHING),
    on("on_online", "onOnline", NOTHING),
    on("on_popstate", "onPopState", NOTHING),
    on("on_resize", "onResize", SIZE),
    on("on_scroll", "onScroll", SCROLLED),
    on("on_storage", "onStorage", STORED),
    on("on_visibility_change", "onVisibilityChange", HIDDEN),
];
