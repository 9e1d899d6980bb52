//! Keyword arguments that look like misspelt props are warnings.

#[expect(dead_code, reason = "these tests need a part of it")]
mod support;

use ferroflex_page::expr::Expr;
use support::{dict, generated, rx, text, value};

fn warning(name: &str) -> Option<String> {
    let mut module = generated(rx("button", [text("b")], [(name, text("1"))]));
    module.warnings.pop()
}

#[test]
fn a_likely_typo_is_a_warning() {
    let typos = [
        ("colr_scheme", "color_scheme"),
        ("varient", "variant"),
        ("disable", "disabled"),
        ("backgroud_color", "background_color"),
        ("widht", "width"),
    ];
    for (typo, meant) in typos {
        let expected = format!(
            "rx.button: {typo} is neither a prop nor a CSS property; did you mean {meant}?"
        );
        assert_eq!(warning(typo), Some(expected));
    }
}

#[test]
fn a_prop_in_a_style_is_a_warning() {
    let style = value(dict(&[("weight", Expr::text("bold"))]));
    let module = generated(rx("heading", [text("h")], [("style", style)]));
    let expected = "rx.heading: weight is no CSS property but a prop, which has no effect in a \
                    style; give it to the component itself";
    assert_eq!(module.warnings, [expected]);
}

#[test]
fn what_is_meant_as_it_is_is_none() {
    let meant = "color_scheme width bg padding_x zIndex --card data_x aria_label webkit_line_clamp \
                 view_transition_name user_select as_child quux";
    for name in meant.split_whitespace() {
        assert_eq!(warning(name), None, "{name}");
    }
    let inner = value(dict(&[("color", support::state("color"))]));
    let module = generated(rx("box", [], [("_hovr", inner)]));
    assert!(module.warnings.is_empty(), "{:?}", module.warnings);
}

#[test]
fn one_typo_is_told_once() {
    let button = || rx("button", [text("b")], [("varient", text("soft"))]);
    let module = generated(rx("box", [button(), button()], []));
    assert_eq!(module.warnings.len(), 1);
}
