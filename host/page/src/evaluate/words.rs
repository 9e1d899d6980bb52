//! The methods of Python's `str` that work on words and letters.

/// White space as Python sees it.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter)
}

/// `text.strip(letters)`, at either end that is asked for; without letters white space.
pub(super) fn strip<'t>(text: &'t str, letters: Option<&str>, ends: [bool; 2]) -> &'t str {
    let stripped = |letter: char| letters.map_or(is_space(letter), |all| all.contains(letter));
    let text = if ends[0] {
        text.trim_start_matches(stripped)
    } else {
        text
    };
    if ends[1] {
        text.trim_end_matches(stripped)
    } else {
        text
    }
}

/// `text.split(separator, most)`: without a separator at runs of white space, without `most`
/// wherever it can be split.
pub(super) fn split(text: &str, separator: Option<&str>, most: Option<usize>) -> Vec<String> {
    let parts = most.map_or(usize::MAX, |most| most.saturating_add(1));
    match separator {
        Some("") => text.chars().map(String::from).collect(),
        Some(separator) => text.splitn(parts, separator).map(str::to_owned).collect(),
        None => split_at_space(text, parts),
    }
}

fn split_at_space(text: &str, parts: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() && found.len() + 1 < parts {
        let (word, after) = rest.split_once(is_space).unwrap_or((rest, ""));
        found.push(word.to_owned());
        rest = after.trim_start_matches(is_space);
    }
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

/// `text.title()`: a capital after everything that has no case.
pub(super) fn title(text: &str) -> String {
    let is_cased = |letter: char| letter.is_uppercase() || letter.is_lowercase();
    let mut titled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_cased) {
        titled.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|letter| !is_cased(letter)).unwrap_or(rest.len());
        titled.push_str(&capitalize(&rest[..end]));
        rest = &rest[end..];
    }
    titled + rest
}

/// `text.capitalize()`. The first letter is made small with the others before it is made large:
/// what a small letter looks like can depend on what stands before it.
pub(super) fn capitalize(text: &str) -> String {
    let Some(first) = text.chars().next() else {
        return String::new();
    };
    let small = text.to_lowercase();
    let rest = small.chars().skip(first.to_lowercase().count());
    capital(first) + &rest.collect::<String>()
}

/// A letter at the beginning of a word: of several letters that it becomes only the first is large.
fn capital(letter: char) -> String {
    let mut large = letter.to_uppercase();
    let first = large.next().map(String::from).unwrap_or_default();
    first + &large.flat_map(char::to_lowercase).collect::<String>()
}
