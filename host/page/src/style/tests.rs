//! Styles and the CSS that they become, without the elements that have them.

use ferroflex_state::{DictKey, Value};
use serde_json::Value as Json;

use super::{AppStyle, PageRoot, Sheet, StyleValue, entries};
use crate::expr::Expr;

fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => number
            .as_i64()
            .map_or_else(|| Value::Float(number.as_f64().unwrap()), Value::Int),
        Json::String(text) => Value::Str(text),
        Json::Array(items) => Value::List(items.into_iter().map(value).collect()),
        Json::Object(entries) => Value::Dict(
            entries
                .into_iter()
                .map(|(name, entry)| (DictKey::Str(name), value(entry)))
                .collect(),
        ),
    }
}

/// The style props of a dictionary in JSON.
fn dictionary(json: &str) -> Vec<(String, Expr)> {
    entries(&Expr::literal(value(serde_json::from_str(json).unwrap()))).unwrap()
}

fn props(json: &str) -> Vec<(String, StyleValue)> {
    let prop = |(name, value): &(String, Expr)| (name.clone(), StyleValue::from_expr(value));
    dictionary(json).iter().map(prop).collect()
}

/// The stylesheet for one element, its class written `.x`.
fn css(style: &[(String, StyleValue)]) -> String {
    let mut sheet = Sheet::default();
    let class = sheet.add(&[], style).class_name.unwrap();
    let css = sheet.into_css().replace(&format!(".{class}"), ".x");
    css.trim_end().replace('\n', " ")
}

/// Styles as JSON and their CSS.
const STYLES: &[(&str, &str)] = &[
    (
        r#"{"padding_x": 4, "bg": "red", "line_height": 1.5, "margin_y": 0}"#,
        ".x{padding-inline-start:4px;padding-inline-end:4px;background:red;line-height:1.5;\
         margin-top:0;margin-bottom:0}",
    ),
    (
        r#"{"WebkitLineClamp": 3, "--gap": 2, "fontSize": "1em", "float_": "left"}"#,
        ".x{-webkit-line-clamp:3;--gap:2;font-size:1em;float:left}",
    ),
    (
        r#"{"font_family": "Inter"}"#,
        ".x{font-family:Inter;--default-font-family:Inter}",
    ),
    (
        r#"{"color": "red !important", "top": null, "opacity": 0.5, "z_index": 3}"#,
        ".x{color:red !important;opacity:0.5;z-index:3}",
    ),
    (
        r#"{"_hover": {"top": 1}, "_before": {"content": "'x'"}, "_first": {"top": 2}}"#,
        ".x:hover{top:1px} .x::before{content:'x'} .x:first-child{top:2px}",
    ),
    (
        r#"{"&:hover > svg, .on &": {"top": 1}, "p": {"top": 2}, "> p": {"top": 3}}"#,
        ".x:hover > svg, .on .x{top:1px} .x p{top:2px} .x > p{top:3px}",
    ),
    (
        r#"{"_dark": {"_hover": {"color": "red"}}, "_light": {"color": "tan"}}"#,
        ".dark .x:hover{color:red} .light .x{color:tan}",
    ),
    (
        r#"{"@media (max-width: 9em)": {"top": 1, "_hover": {"top": 2}}}"#,
        "@media (max-width: 9em){.x{top:1px}.x:hover{top:2px}}",
    ),
    (
        r#"{"top": [1, 2]}"#,
        "@media screen and (min-width: 0){.x{top:1px}} \
         @media screen and (min-width: 30em){.x{top:2px}}",
    ),
    (
        r#"{"_hover": {"top": [1, 2]}}"#,
        "@media screen and (min-width: 0){.x:hover{top:1px}} \
         @media screen and (min-width: 30em){.x:hover{top:2px}}",
    ),
    (
        r#"{"_hover": [{"top": 1}, {"top": 2}]}"#,
        "@media screen and (min-width: 0){.x:hover{top:1px}} \
         @media screen and (min-width: 30em){.x:hover{top:2px}}",
    ),
    (
        r#"{"_hover": {"initial": {"top": 1}, "lg": {"top": 2}}}"#,
        "@media screen and (min-width: 0){.x:hover{top:1px}} \
         @media screen and (min-width: 80em){.x:hover{top:2px}}",
    ),
    (
        r#"{"initial": {"top": 1}, "sm": {"top": 2, "left": 3}}"#,
        "@media screen and (min-width: 0){.x{top:1px}} \
         @media screen and (min-width: 48em){.x{top:2px;left:3px}}",
    ),
    (
        r#"{"@keyframes turn": {"from": {"opacity": 0}, "to": {"opacity": 1}}, "animation": "turn 1s"}"#,
        ".x{animation:turn 1s} @keyframes turn{from{opacity:0}to{opacity:1}}",
    ),
    (
        r#"{"@font-face": {"font_weight": 400, "src": "url(/x.woff2)"}, "top": 1}"#,
        ".x{top:1px} @font-face{font-weight:400;src:url(/x.woff2)}",
    ),
];

#[test]
fn styles_become_css() {
    for (style, expected) in STYLES {
        assert_eq!(css(&props(style)), *expected, "{style}");
    }
}

/// What `App(style=…)` says of the page, and its CSS with `@` in the place of what it is for.
const PAGES: &[(&str, &str)] = &[
    (
        r#"{"font_size": "20px", "a": {"color": "red", "_hover": {"color": "tan"}}}"#,
        "@{font-size:20px} @ a{color:red} @ a:hover{color:tan}",
    ),
    (
        r#"{"::selection": {"color": "red"}, ":focus": {"top": 1}}"#,
        ":root *::selection{color:red} :root *:focus{top:1px}",
    ),
    (
        r#"{"_dark": {"color": "red"}, "width": ["1em", "2em"]}"#,
        "@media screen and (min-width: 0){@{width:1em}} \
         @media screen and (min-width: 30em){@{width:2em}} .dark @{color:red}",
    ),
];

#[test]
fn the_style_of_an_app_becomes_css() {
    for (style, expected) in PAGES {
        let app = AppStyle::new(&dictionary(style), &[]);
        for (root, selector) in [(PageRoot::Themes, ".rx-Theme"), (PageRoot::Body, "body")] {
            let mut sheet = Sheet::default();
            assert_eq!(sheet.add_page(app.page(), root), Vec::<String>::new());
            let css = sheet.into_css().replace(selector, "@");
            assert_eq!(css.trim_end().replace('\n', " "), *expected, "{style}");
        }
    }
}

#[test]
fn a_page_s_style_cannot_depend_on_the_state() {
    let mode = Expr::color_mode(Expr::text("white"), Expr::text("black"));
    let local = Expr::new(crate::expr::ExprKind::Local(1), crate::types::Type::Str);
    let app = AppStyle::new(&[("color".into(), mode), ("top".into(), local)], &[]);
    let mut sheet = Sheet::default();
    assert_eq!(sheet.add_page(app.page(), PageRoot::Themes), ["top"]);
    assert_eq!(
        sheet.into_css(),
        ".rx-Theme{color:white}\n.dark .rx-Theme{color:black}\n"
    );
}

#[test]
fn an_element_s_own_style_replaces_that_of_its_component() {
    let general = r#"{"margin_x": 1, "color": "red", "_hover": {"top": 1}}"#;
    let general = value(serde_json::from_str(general).unwrap());
    let styles = [("text".to_owned(), Expr::literal(general))];
    let app = AppStyle::new(&[], &styles);
    let own = props(r#"{"mx": 2, "_hover": {"left": 1}}"#);
    assert_eq!(
        css(&app.under("text", &own)),
        ".x{color:red;margin-inline-start:2px;margin-inline-end:2px} .x:hover{left:1px}"
    );
    assert_eq!(app.under("heading", &own).len(), 2);
}
