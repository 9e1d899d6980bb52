//! The words of source texts that may be names of CSS classes: what stands in their strings.
//!
//! Not here: which of them are classes of anything. Most are not, and who looks for classes among
//! them passes those over.

use std::collections::BTreeSet;

use crate::limits::{WORD_BYTES_MAX, WORDS_MAX};

/// In what a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// JavaScript, and JSON as a part of it.
    JavaScript,
    /// Python.
    Python,
}

/// Adds the words of all strings in a text. Comments and Python's docstrings have none.
pub fn add_strings(text: &str, language: Language, words: &mut BTreeSet<String>) {
    let mut scanner = Scanner { text, at: 0 };
    while let Some(string) = scanner.next_string(language) {
        add_words(&unescaped(string), words);
    }
}

/// Adds the words of a plain text.
pub fn add_words(text: &str, words: &mut BTreeSet<String>) {
    for word in text.split_whitespace() {
        add(word, words);
        if word.contains(BOUNDARIES) {
            word.split(BOUNDARIES).for_each(|part| add(part, words));
        }
    }
}

/// What stands around words in HTML, in f-strings and in strings within strings.
const BOUNDARIES: &[char] = &[
    '"', '\'', '`', '{', '}', '(', ')', '<', '>', '=', ',', ';', '\\',
];

fn add(word: &str, words: &mut BTreeSet<String>) {
    let begins = |first: char| first.is_ascii_alphanumeric() || "-!@*[_".contains(first);
    let is_word = word.starts_with(begins)
        && word.len() <= WORD_BYTES_MAX
        && word.contains(|letter: char| letter.is_ascii_lowercase())
        && words.len() < WORDS_MAX;
    if is_word && !words.contains(word) {
        words.insert(word.to_owned());
    }
}

/// A place in a text, outside of its strings.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    /// What stands in the next string, escapes as they are written.
    fn next_string(&mut self, language: Language) -> Option<&'t str> {
        let is_quote = |letter| match language {
            Language::JavaScript => matches!(letter, '"' | '\'' | '`' | '/'),
            Language::Python => matches!(letter, '"' | '\'' | '#'),
        };
        loop {
            let before = self.rest();
            let skipped = before.find(is_quote)?;
            self.at += skipped;
            let rest = self.rest();
            if let Some(comment) = comment(rest, language) {
                self.at += comment;
                continue;
            }
            if rest.starts_with('/') {
                self.at += 1;
                continue;
            }
            let is_documentation = is_triple(rest, language) && begins_block(&self.text[..self.at]);
            let string = self.string(language);
            if !is_documentation {
                return Some(string);
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The string that begins here, and goes behind it. One without an end ends with its line.
    fn string(&mut self, language: Language) -> &'t str {
        let rest = self.rest();
        let is_triple = is_triple(rest, language);
        let quote = &rest[..if is_triple { 3 } else { 1 }];
        let content = &rest[quote.len()..];
        let spans_lines = is_triple || quote == "`";
        let mut end = 0;
        while let Some(letter) = content[end..].chars().next() {
            if content[end..].starts_with(quote) || letter == '\n' && !spans_lines {
                break;
            }
            end += letter.len_utf8();
            if letter == '\\' {
                end += content[end..].chars().next().map_or(0, char::len_utf8);
            }
        }
        self.at += (quote.len() * 2 + end).min(rest.len());
        while !self.text.is_char_boundary(self.at) {
            self.at -= 1;
        }
        &content[..end]
    }
}

/// Python's quotes for strings of many lines.
const TRIPLE: [&str; 2] = ["\"\"\"", "'''"];

fn is_triple(rest: &str, language: Language) -> bool {
    language == Language::Python && TRIPLE.iter().any(|quote| rest.starts_with(quote))
}

/// Bytes of the comment that begins here, if one does.
fn comment(rest: &str, language: Language) -> Option<usize> {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    match language {
        Language::Python => rest.starts_with('#').then(|| until("\n")),
        Language::JavaScript if rest.starts_with("//") => Some(until("\n")),
        Language::JavaScript if rest.starts_with("/*") => Some(until("*/")),
        Language::JavaScript => None,
    }
}

/// Whether what follows is the first thing in a block or a file.
fn begins_block(before: &str) -> bool {
    let code = before.trim_end_matches([' ', '\t']);
    let starts_line = code.is_empty() || code.ends_with('\n');
    starts_line && (code.trim_end().is_empty() || code.trim_end().ends_with(':'))
}

/// A string with its escapes read, as far as they matter for where words end.
fn unescaped(string: &str) -> String {
    let mut text = String::with_capacity(string.len());
    let mut letters = string.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 't' | 'r' | '\n') | None => text.push(' '),
                Some(escaped) => text.push(escaped),
            },
            (letter, false) => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: Language) -> Vec<String> {
        let mut words = BTreeSet::new();
        add_strings(text, language, &mut words);
        words.into_iter().collect()
    }

    #[test]
    fn strings_of_python() {
        let text = r#"
"""Not hidden here."""
def page():
    '''Nor
    flex.'''
    # don't take "grid" of comments
    x = "p-4 hover:bg-red-500" + 'before:content-["x"]' + f"text-{n} {'mt-1' if n else 'mt-2'}"
    return html("""<b class="font-bold
       it's">""")
"#;
        let found = words(text, Language::Python);
        for word in [
            "p-4",
            "hover:bg-red-500",
            "before:content-[\"x\"]",
            "mt-1",
            "mt-2",
            "font-bold",
        ] {
            assert!(found.iter().any(|it| it == word), "{word}: {found:?}");
        }
        for word in ["hidden", "flex", "grid", "return", "page"] {
            assert!(!found.iter().any(|it| it == word), "{word}: {found:?}");
        }
    }

    #[test]
    fn strings_of_javascript() {
        let text = r#"const a = "p-4 content-['\"']", b = `m-1
            ${c ? "m-2" : 'm-3'}`; // "m-4"
            const d = 4 / 2, e = {"className":"w-[calc(100%-1rem)]"};"#;
        let expected = [
            "p-4",
            "content-['\"']",
            "m-1",
            "m-2",
            "m-3",
            "w-[calc(100%-1rem)]",
        ];
        let found = words(text, Language::JavaScript);
        for word in expected {
            assert!(found.iter().any(|it| it == word), "{word}: {found:?}");
        }
        assert!(!found.iter().any(|it| it == "m-4"), "{found:?}");
    }

    #[test]
    fn texts_that_end_in_the_middle_are_read_to_their_end() {
        for text in [
            "\"",
            "'ä",
            "`p-1 \\",
            "\"\"\"p-1",
            "x = \"p-1\\",
            "/",
            "/*",
            "#",
        ] {
            for language in [Language::Python, Language::JavaScript] {
                words(text, language);
            }
        }
        assert_eq!(words("'p-1\n'p-2'", Language::Python), ["p-1", "p-2"]);
    }
}
