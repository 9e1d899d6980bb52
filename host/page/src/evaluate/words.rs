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
        found.push(rest.trim_end_matches(is_space).to_owned());
    }
    found
}

/// `text.title()`: a capital after everything that has no case.
pub(super) fn title(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    let mut in_word = false;
    for letter in text.chars() {
        if in_word {
            titled.extend(letter.to_lowercase());
        } else {
            titled.push_str(&capital(letter));
        }
        in_word = letter.is_uppercase() || letter.is_lowercase();
    }
    titled
}

/// `text.capitalize()`.
pub(super) fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(capital).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// A letter at the beginning of a word: of several letters that it becomes only the first is large.
fn capital(letter: char) -> String {
    let mut large = letter.to_uppercase();
    let first = large.next().map(String::from).unwrap_or_default();
    first + &large.flat_map(char::to_lowercase).collect::<String>()
}
