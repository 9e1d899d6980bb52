//! Content that is composed or rearranged: code with a button that copies it, scripts, HTML, dates
//! and players.
//!
//! Not here: Markdown (`markdown.rs`).

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take, text_argument, texts},
};
use crate::{
    PageError,
    expr::Expr,
    node::{Action, CommandValue, Node, Trigger},
};

/// Older names of the players' props and triggers, and what they are called now.
const RENAMED: &[(&str, &str)] = &[
    ("on_buffer", "on_waiting"),
    ("on_buffer_end", "on_playing"),
    ("on_disable_pip", "on_leave_picture_in_picture"),
    ("on_duration", "on_duration_change"),
    ("on_enable_pip", "on_enter_picture_in_picture"),
    ("on_playback_rate_change", "on_rate_change"),
    ("on_seek", "on_seeked"),
    ("url", "src"),
];

/// Highlighted code. Its style goes to the library, whose themes are inline styles themselves.
pub(super) fn code_block(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let given = take(&mut keywords, "code");
    let Some(code) = positional.into_iter().next().or(given) else {
        return Err(refuse("code_block", "code", "must be given as the child"));
    };
    if let Some(style) = take(&mut keywords, "custom_style") {
        keywords.insert(0, ("style".to_owned(), style));
    }
    wrap_lines(&mut keywords);
    let can_copy = matches!(
        take(&mut keywords, "can_copy"),
        Some(Argument::Value(yes)) if yes.constant_truth() != Some(false)
    );
    let button = take(&mut keywords, "copy_button");
    let code = children(vec![code]);
    if !can_copy {
        return make("code_block", code, keywords);
    }
    let button = match button {
        Some(Argument::Node(button)) => Some(button),
        Some(Argument::Value(no)) if no.constant_truth() == Some(false) => None,
        _ => Some(copy_button(&code)?),
    };
    keywords.insert(
        0,
        ("padding".to_owned(), text_argument("1em 3.2em 1em 1em")),
    );
    let block = make("code_block", code, keywords)?;
    let parts = std::iter::once(block).chain(button).collect();
    make("box", parts, texts(&[("position", "relative")]))
}

/// Long lines are broken by the element inside, whose style the theme sets.
fn wrap_lines(keywords: &mut Keywords) {
    let wraps = keywords.iter().any(|(name, argument)| {
        let yes = |value: &Expr| value.constant_truth() == Some(true);
        name == "wrap_long_lines" && matches!(argument, Argument::Value(value) if yes(value))
    });
    if !wraps {
        return;
    }
    let position = keywords
        .iter()
        .position(|(name, _)| name == "code_tag_props");
    let mut props = match position.map(|position| keywords.remove(position).1) {
        Some(Argument::Value(props)) => props.entries().unwrap_or_default(),
        _ => vec![],
    };
    let style = props.iter().position(|(name, _)| name == "style");
    let given = style.map(|position| props.remove(position).1);
    let mut style = given.and_then(|style| style.entries()).unwrap_or_default();
    if !style.iter().any(|(name, _)| name == "whiteSpace") {
        style.push(("whiteSpace".to_owned(), Expr::text("pre-wrap")));
    }
    props.push(("style".to_owned(), Expr::dict(style)));
    let props = Argument::Value(Expr::dict(props));
    keywords.push(("code_tag_props".to_owned(), props));
}

fn copy_button(code: &[Node]) -> Result<Node, PageError> {
    let text = match code {
        [Node::Text(text)] => text.clone(),
        _ => {
            return Err(refuse(
                "code_block",
                "the child",
                "must be one text, the code",
            ));
        }
    };
    let copy = Action::Command(vec![
        ("c".to_owned(), CommandValue::Value(Expr::text("clipboard"))),
        ("text".to_owned(), CommandValue::Value(text)),
    ]);
    let copies = Trigger {
        actions: vec![copy],
        ..Trigger::default()
    };
    let icon = super::icons::icon(vec![text_argument("copy")], vec![])?;
    let mut looks = texts(&[
        ("aria_label", "Copy code"),
        ("type", "button"),
        ("position", "absolute"),
        ("top", "1em"),
        ("right", "0.5em"),
    ]);
    looks.push(("on_click".to_owned(), Argument::Trigger(copies)));
    make("button", vec![icon], looks)
}

/// HTML of the author's, as it is.
pub(super) fn raw_html(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let mut positional = positional.into_iter();
    match (positional.next(), positional.next()) {
        (Some(Argument::Value(html)), None) => {
            let inner = Expr::dict(vec![("__html".to_owned(), html)]);
            keywords.push(("dangerouslySetInnerHTML".to_owned(), Argument::Value(inner)));
            make("html", vec![], keywords)
        }
        _ => Err(refuse("html", "the child", "must be one text of HTML")),
    }
}

/// A script needs an address or a text.
pub(super) fn script(
    name: &'static str,
    positional: Vec<Argument>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    let text = children(positional);
    let has_address = keywords.iter().any(|(name, _)| name == "src");
    if text.is_empty() && !has_address {
        return Err(refuse(
            name,
            "src",
            "must be given, or the script's text as the child",
        ));
    }
    if text.iter().any(|node| !matches!(node, Node::Text(_))) {
        return Err(refuse(name, "the child", "must be the script's text"));
    }
    make(name, text, keywords)
}

/// A date may be the child or a prop; the library reads either.
pub(super) fn moment(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(date) = positional.into_iter().next() {
        add_missing(&mut keywords, vec![("date".to_owned(), date)]);
    }
    make("moment", vec![], keywords)
}

/// A player of video or sound: both are the same one.
pub(super) fn player(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    for (old, new) in RENAMED {
        let Some(position) = keywords.iter().position(|(name, _)| name == old) else {
            continue;
        };
        if keywords.iter().any(|(name, _)| name == new) {
            let problem = format!("is the older name of {new}, which is given too");
            return Err(refuse("video", old, &problem));
        }
        (*new).clone_into(&mut keywords[position].0);
    }
    make("video", children(positional), keywords)
}

/// What is wrong with an argument.
pub(super) fn refuse(component: &'static str, prop: &str, problem: &str) -> PageError {
    PageError::Prop {
        component,
        prop: prop.to_owned(),
        problem: problem.to_owned(),
    }
}

/// `True` or `False` as an argument.
pub(super) fn truth(truth: bool) -> Argument {
    Argument::Value(Expr::literal(Value::Bool(truth)))
}
