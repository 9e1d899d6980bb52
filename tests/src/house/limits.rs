//! Limits are declared where `ferroflex limits` finds them: in each crate's `limits.rs`, and those of
//! Python code in that of `host/script`.
//!
//! Not here: whether the page of limits is what the binary says (the binary's own tests).

use std::path::Path;

/// Constants named like limits that bound nothing an operator could hit, each with its reason.
const NO_LIMITS: &[(&str, &str, &str)] = &[
    (
        "host/page/src/evaluate/rounding.rs",
        "EXACT_MAX",
        "a fact of doubles",
    ),
    (
        "host/page/src/evaluate/rounding.rs",
        "DIGITS_MAX",
        "JavaScript's own",
    ),
    (
        "host/page/src/evaluate/format.rs",
        "DIGITS_MAX",
        "JavaScript's own",
    ),
    (
        "host/page/src/evaluate/number.rs",
        "EXPONENT_MAX",
        "beyond it floats say the same",
    ),
    (
        "host/page/src/evaluate/write.rs",
        "SAFE_MAX",
        "a fact of doubles",
    ),
    (
        "host/page/src/javascript.rs",
        "SAFE_INTEGER_MAX",
        "a fact of doubles",
    ),
    (
        "host/script/src/arguments/scalar.rs",
        "WHOLE_MAX",
        "a fact of doubles",
    ),
    (
        "host/script/src/threads/rendezvous.rs",
        "LOOK_MAX",
        "the pace of looking, below PARK_MAX",
    ),
    (
        "host/script/src/threads/schedule.rs",
        "PUT_OFF_MAX",
        "the pace of trying again",
    ),
    (
        "host/server/src/error.rs",
        "CLOSE_REASON_BYTES_MAX",
        "the WebSocket protocol's own",
    ),
    (
        "host/state/src/journal.rs",
        "DEPTH_MAX",
        "another name of MAX_DEPTH",
    ),
    (
        "host/state/src/wire.rs",
        "MAX_SAFE_INTEGER",
        "a fact of doubles",
    ),
    (
        "stdlib/reflex/constants/colors.py",
        "MAX_SHADE_VALUE",
        "the shades that Radix has",
    ),
];

/// The constants of the file at `path` that are named like limits and not declared as such.
#[must_use]
pub fn violations(path: &str, text: &str) -> Vec<String> {
    let Some(constant) = reader(path) else {
        return Vec::new();
    };
    // What has its value of a limit is another name for it.
    let lines = text.lines().filter(|line| !line.contains(" = limits::"));
    let constants = lines.filter_map(constant);
    let undeclared = constants.filter(|name| is_limit(name) && !is_none(path, name));
    undeclared
        .map(|name| {
            format!(
                "{path}: {name} is named like a limit; declare it in the limits.rs of its crate (of \
                 host/script for Python), so that `ferroflex limits` shows it"
            )
        })
        .collect()
}

/// What reads a constant's name from a line of that file; nothing where limits may stand, or none.
fn reader(path: &str) -> Option<fn(&str) -> Option<&str>> {
    let is_kind = |kind| {
        Path::new(path)
            .extension()
            .is_some_and(|found| found == kind)
    };
    let is_declaring = path.ends_with("/limits.rs") || path.starts_with("host/limits/");
    let is_rust = is_kind("rs") && path.starts_with("host/") && path.contains("/src/");
    if is_rust && !is_declaring {
        return Some(constant);
    }
    (is_kind("py") && path.starts_with("stdlib/")).then_some(python_constant)
}

fn is_limit(name: &str) -> bool {
    let mut words = name.split('_');
    words.any(|word| word == "MAX")
}

/// The limits that `limits.rs` of a crate declares without `limits!`, which no table has.
#[must_use]
pub fn undeclared(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("host/") || !path.ends_with("/src/limits.rs") {
        return Vec::new();
    }
    let mut declared = false;
    let mut found = Vec::new();
    for line in text.lines() {
        declared |= line.trim_start().starts_with("#[limit(");
        if let Some(name) = constant(line) {
            if !declared {
                found.push(format!(
                    "{path}: {name} is in no table; give it #[limit(unit, what happens)] in limits!"
                ));
            }
            declared = false;
        }
    }
    found
}

fn constant(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.split_once("const ").map(|(_, rest)| rest)?,
        None => line.strip_prefix("const ")?,
    };
    line.split_once(':').map(|(name, _)| name)
}

/// The name that a line of Python at the top of a file gives a number.
fn python_constant(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(" = ")?;
    let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (is_constant && value.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
}

fn is_none(path: &str, name: &str) -> bool {
    NO_LIMITS
        .iter()
        .any(|(file, constant, _)| *file == path && *constant == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_outside_of_limits_is_found() {
        let path = "host/server/src/socket.rs";
        for line in [
            "const FRAMES_MAX: usize = 1;",
            "pub(crate) const WAIT_MS_MAX: u64 = 1;",
            "    pub const MAX_DEPTH: usize = 1;",
        ] {
            assert_eq!(violations(path, line).len(), 1, "{line}");
        }
        assert!(violations(path, "const TICK_MS: u64 = 1;").is_empty());
        assert!(violations("host/server/src/limits.rs", "const A_MAX: u64 = 1;").is_empty());
        assert!(violations(path, "const A_MAX: u64 = limits::A_MAX;").is_empty());
    }

    #[test]
    fn a_limit_of_python_code_is_found() {
        let path = "stdlib/reflex/settling.py";
        for line in ["_WAIT_MAX_S = 30", "BODY_BYTES_MAX = 16 << 20"] {
            assert_eq!(violations(path, line).len(), 1, "{line}");
        }
        for line in [
            "_REST_S = 0.01",
            "from _ferroflex_limits import COMPUTED_WAIT_S_MAX",
            "late = COMPUTED_WAIT_S_MAX",
        ] {
            assert!(violations(path, line).is_empty(), "{line}");
        }
    }

    #[test]
    fn what_is_no_limit_is_so_in_its_file_alone() {
        let line = "const SAFE_MAX: f64 = 1.0;";
        assert!(violations("host/page/src/evaluate/write.rs", line).is_empty());
        assert_eq!(violations("host/page/src/evaluate.rs", line).len(), 1);
    }

    #[test]
    fn a_limit_beside_the_table_is_found() {
        let path = "host/server/src/limits.rs";
        let declared =
            "limits! {\n/// Why.\n#[limit(\"s\", \"It ends.\")]\npub const A_S: u64 = 1;\n}";
        assert!(undeclared(path, declared).is_empty());
        let beside = format!("{declared}\n/// Why.\npub const B_S: u64 = 1;\n");
        assert_eq!(undeclared(path, &beside).len(), 1);
        assert!(undeclared("host/server/src/socket.rs", &beside).is_empty());
    }
}
