//! Markdown: its text is freed of the indentation that Python code gives it, and its plugins are
//! those that the shell carries.

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take_all},
    content::{refuse, truth},
};
use crate::{
    PageError,
    expr::{Expr, ExprKind},
    node::Node,
};

/// Options that say which additions to Markdown are understood.
const OPTIONS: &[&str] = &[
    "use_gfm",
    "use_katex",
    "use_math",
    "use_raw",
    "use_unwrap_images",
];

/// Further arguments that belong to Markdown rather than to the box around it.
const OWN: &[&str] = &["component_map", "rehype_plugins", "remark_plugins"];

/// The additions that the shell carries.
const PLUGINS: &[&str] = &["gfm", "katex", "math", "raw", "unwrap_images"];

/// Stands for a computed part of a text while the constant parts are looked at.
const COMPUTED: char = '\u{f8ff}';

/// Markdown in a box, which has the style and the events.
pub(super) fn markdown(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let own = take_all(&mut keywords, &[OPTIONS, OWN].concat());
    let text = shown(positional, own)?;
    make("markdown", vec![text], keywords)
}

/// Markdown alone, which understands no additions but those named.
pub(super) fn markdown_root(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let none = OPTIONS
        .iter()
        .map(|name| ((*name).to_owned(), truth(false)));
    add_missing(&mut keywords, none.collect());
    shown(positional, keywords)
}

fn shown(positional: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    for (name, argument) in &keywords {
        if name.ends_with("_plugins") {
            check_plugins(name, argument)?;
        }
        if name == "component_map" && !matches!(argument, Argument::Templates(_)) {
            let problem = "takes a dictionary of functions that return a component";
            return Err(refuse("markdown", name, problem));
        }
    }
    let mut texts = children(positional);
    match (texts.pop(), texts.is_empty()) {
        (Some(Node::Text(text)), true) => {
            make("markdown.root", vec![Node::Text(dedented(text))], keywords)
        }
        _ => Err(refuse(
            "markdown",
            "the child",
            "must be one text, the Markdown source",
        )),
    }
}

/// A plugin is a name, or a list of a name and its options.
fn check_plugins(prop: &str, argument: &Argument) -> Result<(), PageError> {
    let Argument::Value(list) = argument else {
        return Err(refuse("markdown", prop, "takes a list of plugins"));
    };
    for plugin in list.items().unwrap_or_default() {
        let named = plugin.items().and_then(|parts| parts.first().cloned());
        let name = named.unwrap_or(plugin);
        let known = matches!(
            name.constant(),
            Some(Value::Str(name)) if PLUGINS.contains(&name.as_str())
        );
        if !known {
            return Err(refuse(
                "markdown",
                prop,
                "takes the plugins of rx.markdown.plugin, which the shell carries",
            ));
        }
    }
    Ok(())
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
