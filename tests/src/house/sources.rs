//! What a source file must be like: it says at its top what it is, is not too long, names no place
//! on somebody's machine, leaves no note of work to do, and is unsafe only where that is allowed.

/// A file longer than this is more than one file.
const LINES_MAX: usize = 800;
/// How far above unsafe code its reason may stand.
const SAFETY_LINES_MAX: usize = 8;
/// The only place with unsafe code.
const UNSAFE_FOLDER: &str = "host/script/";
/// Where each file opens with words about itself.
const DOCUMENTED_FOLDERS: &[&str] = &["host/", "js-client/", "stdlib/", "tests/"];
/// What source files are called.
const ENDINGS: &[&str] = &[
    "rs", "ts", "tsx", "mjs", "js", "py", "css", "toml", "sh", "md", "html",
];

// Written in halves, so that this file does not break the rules that it states.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
];
const NOTE_OF_WORK: &str = concat!("TO", "DO");

/// Whether the rules are for the file at `path`, which is relative to the repository.
#[must_use]
pub fn concerns(path: &str) -> bool {
    ENDINGS.contains(&ending(path))
}

/// Everything in which the file at `path` breaks the rules.
#[must_use]
pub fn violations(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !opens_with_words(path, text) {
        found.push(format!("{path}: opens without words that say what it is"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        found.push(format!(
            "{path}: has {lines} lines; split it, {LINES_MAX} are the most"
        ));
    }
    let numbered = || {
        text.lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    };
    for (number, line) in numbered() {
        found.extend(forbidden(line).map(|what| format!("{path}:{number}: holds {what}")));
    }
    if ending(path) == "rs" {
        found.extend(unsafe_violations(path, text));
    }
    found
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn opens_with_words(path: &str, text: &str) -> bool {
    if !DOCUMENTED_FOLDERS
        .iter()
        .any(|folder| path.starts_with(folder))
    {
        return true;
    }
    let openings: &[&str] = match ending(path) {
        "rs" => &["//!"],
        "py" => &["\"\"\"", "r\"\"\""],
        "ts" | "tsx" => &["/**"],
        _ => return true,
    };
    openings.iter().any(|opening| text.starts_with(opening))
}

fn forbidden(line: &str) -> Option<String> {
    let place = MACHINE_PATHS.iter().find(|place| line.contains(*place));
    if let Some(place) = place {
        return Some(format!("a path of one machine, {place}…"));
    }
    line.contains(NOTE_OF_WORK)
        .then(|| format!("{NOTE_OF_WORK}; do it, or leave the note out"))
}

fn unsafe_violations(path: &str, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_unsafe = |index: &usize| is_unsafe_code(lines[*index]);
    let complaint = |index: usize| {
        let place = format!("{path}:{}", index + 1);
        if !path.starts_with(UNSAFE_FOLDER) {
            return Some(format!("{place}: unsafe code outside {UNSAFE_FOLDER}"));
        }
        let above = &lines[index.saturating_sub(SAFETY_LINES_MAX)..=index];
        let explained = above.iter().any(|line| line.contains("SAFETY:"));
        (!explained).then(|| format!("{place}: unsafe code without a SAFETY: comment above it"))
    };
    (0..lines.len())
        .filter(is_unsafe)
        .filter_map(complaint)
        .collect()
}

/// Whether a line opens an unsafe block, function, trait or implementation. Words in a comment or
/// in a string do not count; the lint's name is another word.
fn is_unsafe_code(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let mut parts = code.split("unsafe").skip(1).zip(code.split("unsafe"));
    parts.any(|(after, before)| {
        let word_begins = !before.ends_with(|c: char| c.is_alphanumeric() || "_\"`".contains(c));
        let next = after.trim_start();
        let opens = ["{", "fn ", "impl", "trait ", "extern "];
        word_begins && (after.is_empty() || opens.iter().any(|opening| next.starts_with(opening)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNSAFE: &str = concat!("un", "safe");

    fn check(path: &str, text: &str) -> String {
        violations(path, text).join("\n")
    }

    #[test]
    fn good_files_pass() {
        assert_eq!(check("host/state/src/lib.rs", "//! Values.\n"), "");
        assert_eq!(check("stdlib/reflex/state.py", "\"\"\"States.\"\"\"\n"), "");
        assert_eq!(check("js-client/src/store.ts", "/** The store. */\n"), "");
        assert_eq!(
            check("Cargo.toml", "[workspace]\nunsafe_code = \"deny\"\n"),
            ""
        );
    }

    #[test]
    fn a_file_without_opening_words_is_told() {
        for path in ["host/a.rs", "stdlib/a.py", "js-client/src/a.tsx"] {
            assert!(
                check(path, "import x\n").contains("opens without words"),
                "{path}"
            );
        }
    }

    #[test]
    fn a_long_file_is_told() {
        let text = |lines: usize| "//! Long.\n".repeat(lines);
        assert_eq!(check("host/a.rs", &text(LINES_MAX)), "");
        assert!(check("host/a.rs", &text(LINES_MAX + 1)).contains("has 801 lines"));
    }

    #[test]
    fn machine_paths_and_notes_are_told_with_their_line() {
        for place in MACHINE_PATHS {
            let found = check("host/a.rs", &format!("//! A.\n// {place}x\n"));
            assert!(
                found.starts_with("host/a.rs:2: holds a path of one machine"),
                "{found}"
            );
        }
        let found = check("apps/a.py", &format!("# {NOTE_OF_WORK}: later\n"));
        assert!(found.contains("apps/a.py:1"), "{found}");
        assert_eq!(check("apps/todo.py", "class TodoState: pass\n"), "");
    }

    #[test]
    fn unsafe_code_outside_its_folder_is_told() {
        for code in [
            "{ x() }",
            "fn x() {}",
            "impl Send for X {}",
            "extern \"C\" {}",
            "\n{ x() }",
        ] {
            let text = format!("//! A.\n// SAFETY: no.\n{UNSAFE} {code}\n");
            let text = text.replace(&format!("{UNSAFE} \n"), &format!("{UNSAFE}\n"));
            let found = check("host/state/src/a.rs", &text);
            assert!(
                found.contains("a.rs:3: unsafe code outside host/script/"),
                "{code}: {found}"
            );
        }
    }

    #[test]
    fn unsafe_code_needs_its_reason() {
        let bare = format!("//! A.\nlet x = {UNSAFE} {{ y() }};\n");
        assert!(check("host/script/src/a.rs", &bare).contains("without a SAFETY: comment"));
        let explained =
            format!("//! A.\n// SAFETY: y needs nothing.\nlet x = {UNSAFE} {{ y() }};\n");
        assert_eq!(check("host/script/src/a.rs", &explained), "");
    }

    #[test]
    fn the_word_alone_is_no_code() {
        let text =
            format!("//! A.\n// {UNSAFE} {{ }}\n#![deny({UNSAFE}_code)]\nlet x = \"{UNSAFE}\";\n");
        assert_eq!(check("host/state/src/a.rs", &text), "");
    }
}
