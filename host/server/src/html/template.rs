//! A document with holes, each of which is filled anew for every response.

use std::sync::Arc;

/// What every response has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// The nonce that its scripts bear.
    Nonce,
    /// The HTML of the page's content.
    Content,
    /// What the page tells the shell about itself.
    Description,
    /// The page's part of the document's head.
    Head,
    /// What loads the page's scripts.
    Scripts,
}

/// The holes with their names in marks.
const NAMES: [(&str, Hole); 5] = [
    ("nonce", Hole::Nonce),
    ("content", Hole::Content),
    ("description", Hole::Description),
    ("head", Hole::Head),
    ("scripts", Hole::Scripts),
];

/// The document's text around its holes.
#[derive(Debug, Clone)]
pub(super) struct Template {
    /// What stands before the first hole.
    start: Arc<str>,
    /// Each hole with the text after it.
    rest: Arc<[(Hole, String)]>,
}

impl Template {
    /// What stands for a hole in the text from which a template is made. No text of the app's can
    /// hold the hash of the whole app, its build.
    pub(super) fn mark(hole: Hole, build: &str) -> String {
        let name = NAMES.iter().find(|(_, of)| *of == hole);
        let name = name.map_or("", |(name, _)| name);
        format!("{{hole {build} {name}}}")
    }

    /// The template of a text in which marks stand for the holes.
    pub(super) fn new(marked: &str, build: &str) -> Self {
        let opening = format!("{{hole {build} ");
        let mut pieces = marked.split(opening.as_str());
        let start = pieces.next().unwrap_or_default().into();
        let rest = pieces.filter_map(|piece| {
            let (name, text) = piece.split_once('}')?;
            let (_, hole) = NAMES.iter().find(|(known, _)| *known == name)?;
            Some((*hole, text.to_owned()))
        });
        Self {
            start,
            rest: rest.collect(),
        }
    }

    /// The text with its holes filled.
    pub(super) fn fill<'a>(&self, content: impl Fn(Hole) -> &'a str) -> String {
        let mut filled = self.start.to_string();
        for (hole, text) in self.rest.iter() {
            filled.push_str(content(*hole));
            filled.push_str(text);
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_where_their_marks_stood() {
        let mark = |hole| Template::mark(hole, "b1");
        let (nonce, content) = (mark(Hole::Nonce), mark(Hole::Content));
        let text = format!("<a n={nonce}>{{x}}{content}</a n={nonce}>");
        let filled = Template::new(&text, "b1").fill(|hole| match hole {
            Hole::Nonce => "1",
            Hole::Content => "{hole b1 nonce}",
            Hole::Description | Hole::Head | Hole::Scripts => "?",
        });
        assert_eq!(filled, "<a n=1>{x}{hole b1 nonce}</a n=1>");
    }
}
