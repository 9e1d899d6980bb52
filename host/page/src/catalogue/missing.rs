//! Components that Reflex has and Ferroflex does not have yet, each with what it waits for: so
//! that the message differs from that for a name that nobody knows.

/// Names, or the first part of dotted names, and what they wait for.
const MISSING: &[(&str, &str)] = &[
    (
        "recharts.sankey_chart.link",
        "links drawn by a component of the author's own come with a later version",
    ),
    (
        "recharts.sankey_chart.node",
        "nodes drawn by a component of the author's own come with a later version",
    ),
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
