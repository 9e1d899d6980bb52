//! Components that Reflex has and Ferroflex does not have yet, each with what it waits for: so
//! that the message differs from that for a name that nobody knows.

/// Names, or the first part of dotted names, and what they wait for.
const MISSING: &[(&str, &str)] = &[
    (
        "accordion",
        "it needs a Radix primitive that the shell does not carry yet",
    ),
    ("audio", "media players come with a later version"),
    ("auto_scroll", "it comes with a later version"),
    ("clipboard", "it comes with a later version"),
    ("code_block", "highlighted code comes with a later version"),
    ("connection_banner", "the shell shows its own banner"),
    ("connection_modal", "the shell shows its own banner"),
    ("context_menu", "it comes with a later version"),
    ("checkbox_cards", "it comes with a later version"),
    ("checkbox_group", "it comes with a later version"),
    ("data_editor", "the data grid comes with a later version"),
    ("data_table", "the data grid comes with a later version"),
    (
        "debounce_input",
        "inputs keep every keystroke without it; use rx.input",
    ),
    (
        "drawer",
        "it needs a library that the shell does not carry yet",
    ),
    (
        "form.control",
        "it needs a Radix primitive that the shell does not carry yet; use rx.input",
    ),
    (
        "form.field",
        "it needs a Radix primitive that the shell does not carry yet; use rx.box",
    ),
    (
        "form.label",
        "it needs a Radix primitive that the shell does not carry yet; use rx.el.label",
    ),
    (
        "form.message",
        "it needs a Radix primitive that the shell does not carry yet",
    ),
    (
        "form.submit",
        "it needs a Radix primitive that the shell does not carry yet; use rx.button",
    ),
    (
        "moment",
        "it needs a library that the shell does not carry yet",
    ),
    ("plotly", "charts come with a later version"),
    ("radio_cards", "it comes with a later version"),
    (
        "recharts.sankey_chart",
        "this kind of chart comes with a later version",
    ),
    (
        "script",
        "scripts of the author's own come with a later version",
    ),
    ("theme_panel", "it comes with a later version"),
    ("upload", "uploads come with a later version"),
    ("video", "media players come with a later version"),
    ("window_event_listener", "it comes with a later version"),
];

/// What the component `rx.<name>` waits for, when Reflex has it and Ferroflex does not yet.
#[must_use]
pub fn known_missing(name: &str) -> Option<&'static str> {
    let waits = |known: &str| {
        name.strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    MISSING
        .iter()
        .find(|(known, _)| waits(known))
        .map(|(_, reason)| *reason)
}
