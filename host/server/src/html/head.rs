//! Elements that an app's author puts into the head of every page.
//!
//! Not here: which elements may stand there, which is known to whoever makes them.

use std::fmt::{self, Write as _};

use maud::{Escaper, PreEscaped};

use crate::mount::HeadElement;

/// Elements that end with their first tag.
const VOID: [&str; 3] = ["base", "link", "meta"];

/// Elements whose text is no HTML, so that it is not escaped.
const RAW: [&str; 2] = ["script", "style"];

/// The elements as HTML. Scripts bear the nonce: hosts do not count where scripts may load others.
pub(super) fn elements(elements: &[HeadElement], nonce: &str) -> PreEscaped<String> {
    let mut html = String::new();
    for element in elements {
        // Writing to a string does not fail.
        let _ = write(&mut html, element, nonce);
    }
    PreEscaped(html)
}

/// The first tag of an element whose attributes are not known beforehand.
pub(super) fn opening_tag(tag: &str, attributes: &[(String, String)]) -> PreEscaped<String> {
    let mut html = String::new();
    let _ = open(&mut html, tag, attributes);
    PreEscaped(html)
}

fn open(html: &mut String, tag: &str, attributes: &[(String, String)]) -> fmt::Result {
    write!(html, "<{tag}")?;
    for (name, value) in attributes {
        write!(html, " {name}=\"")?;
        Escaper::new(html).write_str(value)?;
        html.push('"');
    }
    html.push('>');
    Ok(())
}

fn write(html: &mut String, element: &HeadElement, nonce: &str) -> fmt::Result {
    let tag = element.tag.as_str();
    let nonce = (tag == "script").then(|| ("nonce".to_owned(), nonce.to_owned()));
    let attributes: Vec<_> = element.attributes.iter().cloned().chain(nonce).collect();
    open(html, tag, &attributes)?;
    if VOID.contains(&tag) {
        return Ok(());
    }
    if RAW.contains(&tag) {
        html.push_str(&raw_text(element));
    } else {
        Escaper::new(html).write_str(&element.text)?;
    }
    write!(html, "</{tag}>")
}

/// The text of a script or a style, which must not end the element that it stands in.
pub(crate) fn raw_text(element: &HeadElement) -> String {
    element.text.replace("</", "<\\/")
}

/// The text of a script that stands in the document itself.
pub(crate) fn inline_script(element: &HeadElement) -> Option<String> {
    let has_source = element.attributes.iter().any(|(name, _)| name == "src");
    (element.tag == "script" && !has_source).then(|| raw_text(element))
}
