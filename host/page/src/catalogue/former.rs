//! Names that components had in former versions of Reflex, most of them when it stood on Chakra:
//! what they are called today, or what to write instead.
//!
//! Not here: second names that Reflex still has (`aliases.rs`).

/// Names that changed, and nothing else did.
const RENAMED: &[(&str, &str)] = &[
    ("color_mode_button", "color_mode.button"),
    ("color_mode_icon", "color_mode.icon"),
    ("color_mode_switch", "color_mode.switch"),
    ("div", "el.div"),
    ("menu_divider", "dropdown_menu.separator"),
    ("menu_item", "dropdown_menu.item"),
    ("menu_list", "dropdown_menu.content"),
    ("popover_body", "box"),
    ("popover_content", "popover.content"),
    ("popover_header", "box"),
    ("popover_trigger", "popover.trigger"),
    ("span", "text.span"),
    ("table_container", "scroll_area"),
    ("tbody", "table.body"),
    ("td", "table.cell"),
    ("th", "table.column_header_cell"),
    ("thead", "table.header"),
    ("tr", "table.row"),
];

/// Names whose successors are used in another way.
const GONE: &[(&str, &str)] = &[
    ("accordion_button", "write rx.accordion.trigger(…)"),
    ("accordion_icon", "rx.accordion.trigger(…) has one"),
    (
        "accordion_item",
        "write rx.accordion.item(header=…, content=…)",
    ),
    ("accordion_panel", "write rx.accordion.content(…)"),
    ("alert", "write rx.callout(…)"),
    ("alert_icon", "write rx.callout(…, icon=…)"),
    ("alert_title", "write rx.callout(…)"),
    ("checkbox_group_item", "write rx.checkbox_group.item(…)"),
    (
        "circular_progress",
        "write rx.progress(value=…), or rx.spinner() without a value",
    ),
    ("form_control", "write rx.form.control(…)"),
    ("form_label", "write rx.form.label(…)"),
    ("grid_item", "write rx.box(…) in an rx.grid"),
    (
        "input.input",
        "write rx.input(rx.input.slot(…), …), without the outer one",
    ),
    ("input_group", "write rx.input(rx.input.slot(…), …)"),
    ("input_left_addon", "write rx.input(rx.input.slot(…), …)"),
    (
        "input_right_addon",
        "write rx.input(rx.input.slot(…, side=\"right\"), …)",
    ),
    ("modal", "write rx.dialog.root(…)"),
    ("modal_body", "write rx.dialog.content(…)"),
    ("modal_content", "write rx.dialog.content(…)"),
    ("modal_footer", "write rx.dialog.content(…)"),
    ("modal_header", "write rx.dialog.title(…)"),
    ("modal_overlay", "rx.dialog.content(…) has one"),
    (
        "popover_close_button",
        "write rx.popover.close(rx.icon_button(\"x\"))",
    ),
    (
        "responsive_grid",
        "write rx.grid(columns=rx.breakpoints(…))",
    ),
    ("stat", "write rx.data_list.root(…), or rx.card(…)"),
    ("tab", "write rx.tabs.trigger(…, value=…)"),
    ("tab_list", "write rx.tabs.list(…)"),
    ("tab_panel", "write rx.tabs.content(…, value=…)"),
    (
        "tab_panels",
        "write each rx.tabs.content(…, value=…) into rx.tabs.root",
    ),
    (
        "text_field.input",
        "write rx.input(rx.input.slot(…), …), without the outer one",
    ),
    ("wrap", "write rx.flex(…, wrap=\"wrap\")"),
    ("wrap_item", "write rx.box(…) in an rx.flex"),
];

/// What a component is called today.
pub(super) fn renamed(name: &str) -> Option<&'static str> {
    value(RENAMED, name)
}

/// What to write instead of a component that Reflex no longer has.
pub(super) fn instead_of(name: &str) -> Option<&'static str> {
    value(GONE, name)
}

fn value(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let row = table.iter().find(|(known, _)| *known == name);
    row.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{self, known_missing};

    #[test]
    fn what_was_renamed_is_in_the_catalogue() {
        for (old, new) in RENAMED {
            let there = catalogue::find(new).is_some() || known_missing(new).is_some();
            assert!(there, "{old} is to be {new}");
            assert_eq!(
                catalogue::find(old).map(|entry| entry.name).is_some(),
                there,
                "{old}"
            );
        }
    }

    #[test]
    fn what_is_gone_is_not_in_the_catalogue() {
        for (old, _) in GONE {
            assert!(catalogue::find(old).is_none(), "{old}");
        }
    }
}
