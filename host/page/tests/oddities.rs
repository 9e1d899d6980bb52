//! Values that a prop does not take, and elements that a browser takes out of others, are told.

#[expect(dead_code, reason = "these tests need a part of it")]
mod support;

use ferroflex_page::{Argument, Keywords, expr::Expr, node::Node, odd_nesting, odd_values};
use ferroflex_state::Value;
use support::{dict, node, rx, state, text, value};

const INVENTORY: &str = include_str!("inventory/choices.tsv");

/// What is said of one argument of a component.
fn said(component: &str, prop: &str, given: Expr) -> Vec<String> {
    let keywords: Keywords = vec![(prop.to_owned(), value(given))];
    odd_values(component, &keywords)
}

fn int(number: i64) -> Expr {
    Expr::literal(Value::Int(number))
}

#[test]
fn every_component_takes_the_values_that_reflex_takes() {
    let rows = INVENTORY.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    let mut checked = 0;
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let (prop, values) = (columns[0], columns[1]);
        for component in columns[2].split(' ') {
            checked += 1;
            let refused = values.split(' ').filter(|value| {
                let given = Expr::text(*value);
                !said(component, prop, given).is_empty()
            });
            wrong.extend(
                refused.map(|value| format!("rx.{component}({prop}={value:?}) is told of")),
            );
            let expected = format!("takes one of {}, not 'huge'", values.replace(' ', ", "));
            let told = said(component, prop, Expr::text("huge")).pop();
            if !told.is_some_and(|told| told.ends_with(&expected)) {
                wrong.push(format!("rx.{component}({prop}='huge') is not told of"));
            }
        }
    }
    assert!(checked > 600, "the inventory has only {checked} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_value_that_a_prop_does_not_take_is_told_with_those_that_it_takes() {
    assert_eq!(
        said("button", "size", Expr::text("huge")),
        ["rx.button: size takes one of 1, 2, 3, 4, not 'huge'"]
    );
    assert_eq!(said("button", "size", int(9)).len(), 1);
    let at_widths = dict(&[("initial", Expr::text("1")), ("sm", Expr::text("zz"))]);
    assert_eq!(said("button", "size", at_widths).len(), 1);
    let listed = Expr::list(vec![Expr::text("1"), Expr::text("zz")]);
    assert_eq!(said("button", "size", listed).len(), 1);
}

#[test]
fn what_is_known_in_the_browser_only_and_what_a_prop_takes_is_not_told() {
    let taken = [
        ("button", "size", int(3)),
        ("button", "size", Expr::literal(Value::None)),
        ("button", "size", state("draft")),
        ("button", "size", dict(&[("initial", Expr::text("1"))])),
        ("heading", "as_", Expr::text("anything")),
        ("grid", "columns", Expr::text("17")),
        ("input", "type", Expr::text("anything")),
    ];
    for (component, prop, given) in taken {
        assert!(
            said(component, prop, given).is_empty(),
            "{component}.{prop}"
        );
    }
}

/// What is said of an element with that one inside.
fn nested(outer: &str, inner: Argument) -> Option<String> {
    let made: Node = node(rx(outer, [inner], []));
    odd_nesting(&made)
}

#[test]
fn elements_that_a_browser_moves_are_told() {
    let told = nested("text", rx("text", [text("in")], [])).unwrap();
    assert!(
        told.starts_with("rx.text (<p>) stands in rx.text (<p>), where no browser keeps it"),
        "{told}"
    );
    let deep = rx("text.span", [rx("box", [], [])], []);
    let told = nested("el.p", deep).unwrap();
    assert!(told.starts_with("rx.box (<div>) stands in <p>"), "{told}");
    for (outer, inner) in [
        ("text", "heading"),
        ("text", "el.ul"),
        ("link", "link"),
        ("el.a", "link"),
        ("button", "button"),
        ("form", "form"),
    ] {
        assert!(
            nested(outer, rx(inner, [], [])).is_some(),
            "{inner} in {outer}"
        );
    }
}

#[test]
fn elements_that_stay_are_not_told() {
    for (outer, inner) in [
        ("text", "text.span"),
        ("text", "link"),
        ("text", "badge"),
        ("text", "el.img"),
        ("box", "text"),
        ("link", "button"),
        ("button", "text"),
        ("text", "dialog.root"),
    ] {
        let kept = nested(outer, rx(inner, [], []));
        assert_eq!(kept, None, "{inner} in {outer}");
    }
    let span = rx("text", [text("in")], [("as_", text("span"))]);
    assert_eq!(nested("text", span), None);
    let apart = rx("button", [rx("text", [text("in")], [])], []);
    assert_eq!(nested("text", apart), None);
    let outer = rx("text", [rx("box", [], [])], [("as_", text("div"))]);
    assert_eq!(odd_nesting(&node(outer)), None);
}
