//! Expressions, nodes and events in a form short enough to stand in a table of expectations.

#![expect(
    clippy::format_push_string,
    reason = "a printer for tests, where plain is better than fast"
)]

use ferroflex_page::{
    expr::{Code, CodePart, Expr, ExprKind},
    node::{Action, Additions, Callback, CommandValue, Element, Node, Prop, StyleValue, Trigger},
};
use ferroflex_state::Value;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::ui::{
    Returned,
    component::{Component, node_of},
    event::{EventSpec, Target},
    var::Var,
};

/// A Var as `expression: type`, a component as its tree, anything else by its `repr()`.
pub(super) fn object(object: &PyObject, vm: &VirtualMachine) -> String {
    if let Some(var) = object.downcast_ref::<Var>() {
        return format!("{}: {}", expression(&var.expr), var.expr.ty);
    }
    if let Some(component) = object.downcast_ref::<Component>() {
        return match node_of(component, vm) {
            Ok(made) => node(&made),
            Err(raised) => super::written_message(&raised, vm),
        };
    }
    if let Some(spec) = object.downcast_ref::<EventSpec>()
        && let Target::Handler(name) = &spec.target
    {
        return format!("event {name}/{}", spec.args.len());
    }
    object
        .repr(vm)
        .map(|text| text.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
pub(super) fn expression(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(expression).collect::<Vec<_>>().join(", ");
    let bound = |bound: &Option<Expr>| bound.as_ref().map(expression).unwrap_or_default();
    match &*expr.kind {
        ExprKind::Literal(constant) => value(constant),
        ExprKind::Field(field) => field.field.to_string(),
        ExprKind::Local(_) => "local".to_owned(),
        ExprKind::EventArg(position) => format!("event{position}"),
        ExprKind::List(items) => format!("[{}]", list(items)),
        ExprKind::Dict(entries) => {
            let entry = |(name, value): &(String, Expr)| format!("{name}: {}", expression(value));
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        ExprKind::Format(parts) => format!("format({})", list(parts)),
        ExprKind::Unary(operator, operand) => format!("{operator:?}({})", expression(operand)),
        ExprKind::Binary(operator, left, right) => {
            format!(
                "({} {} {})",
                expression(left),
                operator.symbol(),
                expression(right)
            )
        }
        ExprKind::Attribute(of, name) => format!("{}.{name}", expression(of)),
        ExprKind::Index(of, index) => format!("{}[{}]", expression(of), expression(index)),
        ExprKind::Slice {
            of,
            start,
            stop,
            step,
        } => {
            format!(
                "{}[{}:{}:{}]",
                expression(of),
                bound(start),
                bound(stop),
                bound(step)
            )
        }
        ExprKind::Method { of, method, args } => {
            format!("{}.{}({})", expression(of), method.name(), list(args))
        }
        ExprKind::Cond(test, then, otherwise) => {
            format!(
                "cond({}, {}, {})",
                expression(test),
                expression(then),
                expression(otherwise)
            )
        }
        ExprKind::Match(subject, cases, default) => {
            let case = |(patterns, result): &(Vec<Expr>, Expr)| {
                format!("{} => {}", list(patterns), expression(result))
            };
            let cases: Vec<String> = cases.iter().map(case).collect();
            format!(
                "match {} {{{}; {}}}",
                expression(subject),
                cases.join("; "),
                expression(default)
            )
        }
        ExprKind::ColorMode(light, dark) => {
            format!("mode({}, {})", expression(light), expression(dark))
        }
        ExprKind::Traverse {
            of,
            traversal,
            body,
            ..
        } => format!("{traversal:?}({}, {})", expression(of), expression(body)),
        ExprKind::Reduce {
            of, body, initial, ..
        } => format!(
            "Reduce({}, {}, {})",
            expression(of),
            expression(body),
            bound(initial)
        ),
        ExprKind::Raw(code) => format!("js`{code}`"),
        ExprKind::Code(code) => format!("js`{}`", self::code(code)),
        ExprKind::Handler(inner) => format!("handler {}", trigger(inner)),
    }
}

fn code(code: &Code) -> String {
    let part = |part: &CodePart| match part {
        CodePart::Text(text) => text.to_string(),
        CodePart::Expr(expr) => format!("${{{}}}", expression(expr)),
    };
    code.parts.iter().map(part).collect()
}

fn value(value: &Value) -> String {
    match value {
        Value::Str(text) => format!("{text:?}"),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Bool(truth) => truth.to_string(),
        Value::None => "None".to_owned(),
        Value::List(items) => {
            format!(
                "[{}]",
                items.iter().map(self::value).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Dict(entries) => {
            let entry = |(key, item): (&_, &Value)| format!("{key:?}: {}", self::value(item));
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Text { text, .. } => format!("text {text}"),
        Value::Enum { value, .. } => self::value(value),
        Value::Object { fields, .. } => {
            let names: Vec<_> = fields.keys().map(|key| key.name()).collect();
            format!("object {}", names.join(" "))
        }
        other => format!("{other:?}"),
    }
}

pub(super) fn node(node: &Node) -> String {
    match node {
        Node::Element(element) => self::element(element),
        Node::Text(text) => expression(text),
        Node::Fragment(nodes) => format!("<>{}</>", self::nodes(nodes)),
        Node::Cond(test, then, otherwise) => format!(
            "{} ? {} : {}",
            expression(test),
            self::node(then),
            self::node(otherwise)
        ),
        Node::Match(subject, cases, default) => {
            let case = |(patterns, result): &(Vec<Expr>, Node)| {
                let patterns: Vec<String> = patterns.iter().map(expression).collect();
                format!("{} => {}", patterns.join(", "), self::node(result))
            };
            let cases: Vec<String> = cases.iter().map(case).collect();
            format!(
                "match {} {{{}; {}}}",
                expression(subject),
                cases.join("; "),
                self::node(default)
            )
        }
        Node::Foreach(each) => {
            format!(
                "each {} {}",
                expression(&each.iterable),
                self::node(&each.body)
            )
        }
    }
}

fn additions(additions: &Additions) -> String {
    let mut parts = Vec::new();
    for text in &additions.code {
        parts.push(format!("code`{text}`"));
    }
    for import in &additions.imports {
        let name = import.name.as_deref().unwrap_or_default();
        let alias = import.alias.iter().map(|alias| format!(" as {alias}"));
        let alias: String = alias.collect();
        parts.push(format!("import {} {name}{alias}", import.library));
    }
    for hook in &additions.hooks {
        parts.push(format!("hook`{}`", code(hook)));
    }
    parts.join("; ")
}

fn nodes(nodes: &[Node]) -> String {
    nodes.iter().map(node).collect::<Vec<_>>().join(" ")
}

fn element(element: &Element) -> String {
    let mut text = format!("<{}", element.entry.name);
    for (name, prop) in &element.props {
        let prop = match prop {
            Prop::Value(value) => expression(value),
            Prop::Node(inner) => node(inner),
            Prop::Templates(templates) => format!("{} templates", templates.len()),
        };
        text += &format!(" {name}={prop}");
    }
    for (what, given) in [
        ("class", &element.class_name),
        ("id", &element.id),
        ("key", &element.key),
    ] {
        if let Some(given) = given {
            text += &format!(" {what}={}", expression(given));
        }
    }
    if !element.style.is_empty() {
        text += &format!(" style{{{}}}", styles(&element.style));
    }
    for (name, bound) in &element.events {
        text += &format!(" {name}={}", trigger(bound));
    }
    let added = element.additions.as_deref().map(additions);
    if let Some(added) = added.filter(|added| !added.is_empty()) {
        text += &format!(" {added}");
    }
    format!("{text}>{}", nodes(&element.children))
}

fn styles(styles: &[(String, StyleValue)]) -> String {
    let style = |(name, style): &(String, StyleValue)| match style {
        StyleValue::Value(value) => format!("{name}: {}", expression(value)),
        StyleValue::Responsive(values) => {
            let values = values
                .iter()
                .map(|(at, value)| format!("{at} {}", expression(value)));
            format!("{name}: [{}]", values.collect::<Vec<_>>().join(", "))
        }
        StyleValue::Nested(inner) => format!("{name} {{{}}}", self::styles(inner)),
    };
    styles.iter().map(style).collect::<Vec<_>>().join("; ")
}

pub(super) fn trigger(trigger: &Trigger) -> String {
    let mut text = actions(&trigger.actions);
    for (name, set) in [
        ("stop", trigger.stop_propagation),
        ("prevent", trigger.prevent_default),
        ("temporal", trigger.temporal),
    ] {
        if set {
            text += &format!(" {name}");
        }
    }
    for (name, set) in [
        ("throttle", trigger.throttle_ms),
        ("debounce", trigger.debounce_ms),
    ] {
        if let Some(milliseconds) = set {
            text += &format!(" {name}={milliseconds}");
        }
    }
    text
}

fn actions(actions: &[Action]) -> String {
    let actions: Vec<String> = actions.iter().map(action).collect();
    format!("[{}]", actions.join(", "))
}

fn action(action: &Action) -> String {
    match action {
        Action::Handler { handler, args } => {
            let args: Vec<String> = args.iter().map(expression).collect();
            format!("{handler}({})", args.join(", "))
        }
        Action::Command(entries) => {
            let entry = |(name, value): &(String, CommandValue)| match value {
                CommandValue::Value(value) => format!("{name}: {}", expression(value)),
                CommandValue::Callback(Callback { given, actions }) => {
                    let given = given.as_deref().unwrap_or_default();
                    format!("{name}: ({given}) => {}", self::actions(actions))
                }
            };
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
        Action::ToggleColorMode => "toggle".to_owned(),
        Action::Call(function, _) => format!("call {}", expression(function)),
        Action::Choose {
            test,
            then,
            otherwise,
        } => format!(
            "{} ? {} : {}",
            expression(test),
            actions(then),
            actions(otherwise)
        ),
    }
}

pub(super) fn returned(returned: &Returned) -> String {
    match returned {
        Returned::Handler { full_name, args } => format!("{full_name}/{}", args.len()),
        Returned::Command(command) => command.to_string(),
    }
}
