//! Markdown: its text is freed of the indentation that Python code gives it.

use super::{
    Argument, Keywords, children,
    composed::{make, take, take_all},
};
use crate::{
    PageError,
    expr::{Expr, ExprKind},
    node::Node,
};

/// Options that say which additions to Markdown are understood.
const OPTIONS: &[&str] = &["use_gfm", "use_raw", "use_unwrap_images"];

/// Options about mathematics, which Ferroflex shows as its source.
const MATHEMATICS: &[&str] = &["use_katex", "use_math"];

/// Arguments that need parts of Reflex which Ferroflex does not have yet.
const MISSING: &[&str] = &["component_map", "rehype_plugins", "remark_plugins"];

/// Stands for a computed part of a text while the constant parts are looked at.
const COMPUTED: char = '\u{f8ff}';

/// Markdown in a box, which has the style and the events.
pub(super) fn markdown(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let own = [OPTIONS, MATHEMATICS, MISSING].concat();
    let options = take_all(&mut keywords, &own);
    let text = markdown_root(positional, options)?;
    make("el.div", vec![text], keywords)
}

/// Markdown alone.
pub(super) fn markdown_root(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    take_all(&mut keywords, MATHEMATICS);
    for name in MISSING {
        let given = take(&mut keywords, name);
        let is_empty = |value: &Expr| value.entries().is_some_and(|entries| entries.is_empty());
        if given.is_some_and(|given| !matches!(&given, Argument::Value(value) if is_empty(value))) {
            return Err(refuse(name, "is not in Ferroflex yet"));
        }
    }
    let mut texts = children(positional);
    match (texts.pop(), texts.is_empty()) {
        (Some(Node::Text(text)), true) => {
            make("markdown.root", vec![Node::Text(dedented(text))], keywords)
        }
        _ => Err(refuse("the child", "must be one text, the Markdown source")),
    }
}

fn refuse(prop: &str, problem: &str) -> PageError {
    PageError::Prop {
        component: "markdown",
        prop: prop.to_owned(),
        problem: problem.to_owned(),
    }
}

/// A text of the author's without the indentation that all its lines share.
fn dedented(text: Expr) -> Expr {
    if let Some(constant) = text.constant_text() {
        return Expr::text(dedent(constant));
    }
    let ExprKind::Format(parts) = &*text.kind else {
        return text;
    };
    let joined: String = parts
        .iter()
        .map(|part| part.constant_text().map_or(COMPUTED.into(), str::to_owned))
        .collect();
    let mut computed = parts.iter().filter(|part| part.constant_text().is_none());
    let mut freed = Vec::with_capacity(parts.len());
    for (position, constant) in dedent(&joined).split(COMPUTED).enumerate() {
        if position > 0 {
            freed.extend(computed.next().cloned());
        }
        freed.push(Expr::text(constant));
    }
    Expr::new(ExprKind::Format(freed), text.ty.clone())
}

/// The text without the white space with which all its lines begin; a line of white space alone
/// becomes empty.
fn dedent(text: &str) -> String {
    let is_blank = |line: &&str| line.trim_matches([' ', '\t']).is_empty();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut lines = text.split('\n').filter(|line| !is_blank(line));
    let first = lines.next().unwrap_or_default();
    let first = &first[..indent(first)];
    let shared = lines.fold(first, |shared, line| {
        let same = shared.bytes().zip(line.bytes());
        &shared[..same.take_while(|(one, other)| one == other).count()]
    });
    let freed = |line| {
        if is_blank(&line) {
            ""
        } else {
            &line[shared.len()..]
        }
    };
    text.split('\n').map(freed).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Type;

    #[test]
    fn shared_indentation_goes() {
        let cases = [
            ("\n    # a\n      b\n    \n    c", "\n# a\n  b\n\nc"),
            ("a\n  b", "a\n  b"),
            ("  \n", "\n"),
            ("\t a\n\tb", " a\nb"),
            ("\ta\n    b", "\ta\n    b"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(dedent(text), expected, "{text:?}");
        }
    }

    #[test]
    fn computed_parts_are_text() {
        let name = || Expr::event_arg(0, Type::Str);
        let parts = |start: &str, end: &str| vec![Expr::text(start), name(), Expr::text(end)];
        let format = |parts| Expr::new(ExprKind::Format(parts), Type::Str);
        let freed = dedented(format(parts("\n  Hello ", "!\n  Bye")));
        let expected = format(parts("\nHello ", "!\nBye"));
        assert_eq!(format!("{freed:?}"), format!("{expected:?}"));
        let freed = dedented(format(vec![name(), Expr::text("\n  one")]));
        let expected = format(parts("", "\n  one"));
        assert_eq!(format!("{freed:?}"), format!("{expected:?}"));
    }
}
