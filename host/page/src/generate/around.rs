//! What stands around all pages of an app, and stays while one page follows another.
//!
//! Not here: the theme and the messages, which the shell puts around every app.

use super::{CORE, Generator, Place};
use crate::{
    PageError,
    catalogue::{BASE, Entry, Source},
    node::{Element, Node},
};

/// What stands for the page in what stands around it.
static CONTENT: Entry = Entry {
    name: "(page)",
    source: Source::Plain(CORE),
    tag: "Content",
    ..BASE
};

/// The place of the page, in the tree that is [`Page::around`](super::Page::around).
#[must_use]
pub fn content() -> Node {
    Node::Element(Element::bare(&CONTENT, Vec::new()).into())
}

impl Generator<'_> {
    /// Writes what stands around the page as a component; gives its name. The shell keeps the one
    /// of the first page, since that of each page does the same.
    pub(super) fn around(&mut self, around: &Node) -> Result<String, PageError> {
        let shown = self.node(around, &mut Place::Page)?;
        self.components.remove(CONTENT.name);
        self.hoisted
            .push(format!("function Around() {{ return {shown}; }}"));
        Ok("Around".to_owned())
    }
}
