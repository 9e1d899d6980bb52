//! Components that are composed of several: what stands on Radix's primitives, and controls.

#[expect(dead_code, reason = "these tests need a part of it")]
mod support;

use ferroflex_page::catalogue::{find, namespace, require};
use support::{generated, rx, text, yes};

fn javascript(root: ferroflex_page::Argument) -> String {
    generated(root).javascript
}

#[test]
fn an_accordions_item_is_made_of_header_and_content() {
    let item = rx(
        "accordion.item",
        [],
        [
            ("header", text("First")),
            ("content", text("one")),
            ("variant", text("soft")),
        ],
    );
    let page = javascript(rx("accordion.root", [item], []));
    let parts = "jsxs(AccordionItem, { variant: \"soft\", className: \"AccordionItem\", children: \
                 [jsx(AccordionHeader, { variant: \"soft\", className: \"AccordionHeader\", \
                 children: jsxs(AccordionTrigger,";
    assert!(page.contains(parts), "{page}");
    assert!(page.contains("className: \"AccordionChevron\""), "{page}");
    assert!(page.contains("from \"@ferroflex/accordion\";"), "{page}");
    let own = rx("accordion.item", [text("own")], [("value", text("a"))]);
    let page = javascript(own);
    assert!(!page.contains("AccordionHeader"), "{page}");
}

#[test]
fn a_form_is_htmls_unless_it_has_fields() {
    let plain = javascript(rx("form", [rx("input", [], [])], []));
    assert!(plain.contains("jsx(\"form\""), "{plain}");
    let field = rx("form.field", [], [("name", text("mail"))]);
    let checked = javascript(rx("form", [rx("box", [field], [])], []));
    assert!(checked.contains("jsx(FormRoot"), "{checked}");
    assert!(javascript(rx("form.root", [], [])).contains("jsx(FormRoot"));
}

#[test]
fn a_drawers_content_has_a_theme_and_its_buttons_a_child() {
    let page = javascript(rx("drawer.content", [text("inside")], []));
    assert!(
        page.contains("jsx(Theme, { className: \"rx-Theme\", children: jsx(DrawerContent"),
        "{page}"
    );
    let trigger = |child| javascript(rx("drawer.trigger", [child], []));
    assert!(trigger(rx("button", [text("Open")], [])).contains("asChild: true"));
    assert!(trigger(text("Open")).contains("asChild: false"));
}

#[test]
fn a_selects_props_go_where_they_belong() {
    let props = [
        ("color_scheme", text("red")),
        ("high_contrast", yes()),
        ("name", text("size")),
        ("id", text("pick")),
        ("title", text("Pick")),
    ];
    let items = ferroflex_page::expr::Expr::list(vec![ferroflex_page::expr::Expr::text("S")]);
    let page = javascript(rx("select", [support::value(items)], props));
    let parts = [
        "Select.Root, { name: \"size\", children:",
        "Select.Trigger, { color: \"red\", title: \"Pick\", id: \"pick\" }",
        "Select.Content, { highContrast: true, color: \"red\", children:",
    ];
    for part in parts {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn props_that_react_does_not_know_are_left_out() {
    let props = [("high_contrast", yes()), ("shortcut", text("K"))];
    let page = javascript(rx("context_menu.checkbox", [text("Bold")], props));
    assert!(
        page.contains("CheckboxItem, { shortcut: \"K\", children:"),
        "{page}"
    );
}

#[test]
fn components_are_known_under_their_librarys_name() {
    let names = [
        ("radix.button", "button"),
        ("radix.themes.button", "button"),
        ("radix.themes.components.select.item", "select.item"),
        ("radix.themes.typography.text.em", "text.em"),
        ("radix.primitives.accordion.root", "accordion.root"),
        ("radix.primitives.dialog", "radix.primitives.dialog.root"),
        ("radix.menu.item", "dropdown_menu.item"),
        ("lucide.icon", "icon"),
    ];
    for (name, expected) in names {
        assert_eq!(find(name).map(|entry| entry.name), Some(expected), "{name}");
    }
    for name in [
        "radix",
        "radix.themes",
        "radix.themes.layout",
        "radix.primitives",
    ] {
        assert!(namespace(name).unwrap().members.contains(&"flex"), "{name}");
    }
    assert_eq!(namespace("lucide").unwrap().members, ["icon"]);
    let select = namespace("radix.select").unwrap();
    assert!(select.callable.is_some() && select.members.contains(&"trigger"));
    let same = rx("radix.themes.vstack", [text("a")], []);
    assert_eq!(javascript(same), javascript(rx("vstack", [text("a")], [])));
    let error = require("radix.buton").unwrap_err().to_string();
    assert_eq!(
        error,
        "rx.radix.buton does not exist; did you mean rx.button?"
    );
}
