//! Components that Reflex has and Ferroflex does not have yet, each with what it waits for: so
//! that the message differs from that for a name that nobody knows.

/// Names, or the first part of dotted names, and what they wait for.
const MISSING: &[(&str, &str)] = &[
    ("audio", "media players come with a later version"),
    ("auto_scroll", "it comes with a later version"),
    ("clipboard", "it comes with a later version"),
    ("code_block", "highlighted code comes with a later version"),
    ("connection_banner", "the shell shows its own banner"),
    ("connection_modal", "the shell shows its own banner"),
    (
        "debounce_input",
        "inputs keep every keystroke without it; use rx.input",
    ),
    (
        "moment",
        "it needs a library that the shell does not carry yet",
    ),
    (
        "recharts.sankey_chart.link",
        "links drawn by a component of the author's own come with a later version",
    ),
    (
        "recharts.sankey_chart.node",
        "nodes drawn by a component of the author's own come with a later version",
    ),
    (
        "script",
        "scripts of the author's own come with a later version",
    ),
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
