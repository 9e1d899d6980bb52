//! How a link wants to be followed: marks on its element, which the shell reads when it is clicked.
//!
//! Not here: following it, which the shell does.

use super::Keywords;

/// The wishes, and the attribute that says each; what has none means nothing here.
const WISHES: [(&str, Option<&str>); 5] = [
    ("replace", Some("data_replace")),
    ("reload_document", Some("data_reload")),
    ("prevent_scroll_reset", Some("data_keep_scroll")),
    ("discover", None),
    ("view_transition", None),
];

/// The keyword arguments with the marks in the place of the wishes.
pub(super) fn marked(keywords: Keywords) -> Keywords {
    let marked = keywords.into_iter().filter_map(|(name, value)| {
        match WISHES.iter().find(|(wish, _)| *wish == name) {
            Some((_, mark)) => mark.map(|mark| (mark.to_owned(), value)),
            None => Some((name, value)),
        }
    });
    marked.collect()
}
