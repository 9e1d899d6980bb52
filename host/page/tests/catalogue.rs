//! The catalogue: names are found, and mean what Reflex lets them mean.

use std::collections::HashSet;

use ferroflex_page::catalogue::{Place, entries, find, known_missing, namespace, require};

#[test]
fn every_name_is_there_once() {
    let mut seen = HashSet::new();
    for entry in entries() {
        assert!(seen.insert(entry.name), "{} is there twice", entry.name);
        assert!(
            find(entry.name).is_some_and(|found| found.name == entry.name),
            "{}",
            entry.name
        );
        assert!(
            known_missing(entry.name).is_none(),
            "{} is not missing",
            entry.name
        );
    }
}

#[test]
fn defaults_styles_and_controlled_props_exist() {
    for entry in entries() {
        for (prop, _) in entry.defaults.iter().chain(entry.literals) {
            assert!(
                entry.prop(prop).is_some(),
                "{} has no prop {prop}",
                entry.name
            );
        }
        for (prop, trigger) in entry.controlled {
            assert!(
                entry.prop(prop).is_some(),
                "{} has no prop {prop}",
                entry.name
            );
            assert!(
                entry.trigger(trigger).is_some(),
                "{} has no {trigger}",
                entry.name
            );
        }
    }
}

#[test]
fn the_names_that_apps_use_most_are_there() {
    let names = "vstack text button heading hstack box icon input link center spacer image flex \
        divider fragment select container badge card grid color_mode.button table.cell \
        table.column_header_cell table.row table.root table.body table.header text_area form \
        dialog.root dialog.content spinner dialog.close code icon_button dialog.title \
        dialog.trigger avatar menu.item menu.trigger menu.content menu.root el.div el.button \
        checkbox el.p el.input dialog.description el.span callout tooltip desktop_only scroll_area \
        html switch mobile_and_tablet logo tabs.trigger tabs.list tabs.content el.h1 tabs.root \
        el.link el.main menu.separator el.h2 input.slot select.item select.root select.trigger \
        select.content el.nav el.label el.h3 el.a el.td el.th el.tr el.thead el.tbody el.table \
        progress form.root slider list_item table.row_header_cell alert_dialog.title \
        alert_dialog.root alert_dialog.content el.form el.textarea el.svg el.path el.svg.path \
        segmented_control.item data_list.root radio popover.root hover_card.root skeleton \
        markdown recharts.x_axis recharts.y_axis recharts.bar_chart recharts.graphing_tooltip \
        text.em text.kbd text.quote blockquote inset aspect_ratio section separator theme \
        list.unordered unordered_list el.del_ dropdown_menu.sub_trigger";
    for name in names.split_whitespace() {
        assert!(find(name).is_some(), "{name}");
    }
}

#[test]
fn arguments_have_their_place() {
    let prop = |name: &str| Place::Prop(name.to_owned().into());
    let cases = [
        ("button", "color_scheme", prop("color")),
        ("button", "high_contrast", prop("highContrast")),
        ("button", "color", Place::Style),
        ("vstack", "spacing", prop("gap")),
        ("text", "as_", prop("as")),
        ("input", "type_", prop("type")),
        ("el.label", "html_for", prop("htmlFor")),
        ("el.td", "col_span", prop("colSpan")),
        ("el.div", "tab_index", prop("tabIndex")),
        ("box", "width", Place::Style),
        ("box", "_hover", Place::Style),
        ("box", "style", Place::StyleDict),
        ("box", "on_click", Place::Trigger),
        ("box", "data_x", Place::Attribute("data-x".to_owned())),
        ("box", "class_name", Place::ClassName),
        ("icon", "stroke_width", prop("strokeWidth")),
        ("recharts.bar", "data_key", prop("dataKey")),
        ("recharts.area", "type_", prop("type")),
    ];
    for (component, argument, place) in cases {
        assert_eq!(
            find(component).unwrap().place(argument),
            place,
            "{component} {argument}"
        );
    }
}

#[test]
fn triggers_tell_their_arguments() {
    let args = |component: &str, trigger: &str| {
        let spec = find(component).unwrap().require_trigger(trigger).unwrap();
        let args: Vec<_> = spec.args.iter().map(|arg| arg.javascript).collect();
        (spec.javascript, args.join(" "))
    };
    assert_eq!(
        args("input", "on_change"),
        ("onChange", "e.target.value".to_owned())
    );
    assert_eq!(
        args("switch", "on_change"),
        ("onCheckedChange", "e === true".to_owned())
    );
    assert_eq!(
        args("select", "on_change"),
        ("onValueChange", "e".to_owned())
    );
    assert_eq!(
        args("form", "on_submit"),
        ("onSubmit", "formData(e)".to_owned())
    );
    assert_eq!(
        args("dialog.root", "on_open_change"),
        ("onOpenChange", "e".to_owned())
    );
}

#[test]
fn namespaces_tell_their_members() {
    let charts = namespace("recharts").unwrap();
    assert!(charts.members.contains(&"bar_chart") && charts.callable.is_none());
    let menu = namespace("menu").unwrap();
    assert!(menu.members.contains(&"item"), "{:?}", menu.members);
    assert_eq!(
        namespace("select").unwrap().callable.unwrap().name,
        "select.root"
    );
    assert_eq!(namespace("input").unwrap().callable.unwrap().name, "input");
    assert!(namespace("vstack").is_none());
    let error = require("recharts").unwrap_err().to_string();
    assert!(
        error.starts_with("rx.recharts is a group of components; use one of rx.recharts."),
        "{error}"
    );
}

#[test]
fn former_names_lead_to_their_successors() {
    let today = |name: &str| require(name).map(|entry| entry.name);
    assert_eq!(today("span").unwrap(), "text.span");
    assert_eq!(today("menu_item").unwrap(), "dropdown_menu.item");
    assert_eq!(today("td").unwrap(), "table.cell");
    let in_library = today("radix.text_field.input").unwrap_err().to_string();
    assert!(
        in_library.contains("Reflex dropped it; write rx.input("),
        "{in_library}"
    );
    let gone = today("tab_panel").unwrap_err().to_string();
    assert_eq!(
        gone,
        "rx.tab_panel does not exist: Reflex dropped it; write rx.tabs.content(…, value=…)"
    );
}
