//! Uploads: the styled drop zone, and its looks while files are dragged over it.

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take, texts},
};
use crate::{PageError, node::Node};

/// The rule of a drop zone that files are dragged over; the shell sets the attribute.
const DRAG_ACTIVE: &str = "&[data-drag-active]";

/// A drop zone with a border and room around what stands in it.
pub(super) fn upload(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let looks = [
        ("border", "1px dashed var(--accent-12)"),
        ("padding", "5em"),
        ("text_align", "center"),
    ];
    add_missing(&mut keywords, texts(&looks));
    zone("upload", positional, keywords)
}

/// A drop zone without looks of its own.
pub(super) fn upload_root(
    positional: Vec<Argument>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    zone("upload.root", positional, keywords)
}

fn zone(name: &str, positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(style) = take(&mut keywords, "drag_active_style") {
        keywords.push((DRAG_ACTIVE.to_owned(), style));
    }
    make(name, children(positional), keywords)
}
