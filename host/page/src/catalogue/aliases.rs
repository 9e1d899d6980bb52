//! Second names of components and of namespaces. Not here: names of components that Ferroflex does
//! not have (`missing.rs`).

/// Names under which another component of the catalogue is known too.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("accordion.icon", "icon"),
    ("alert_dialog", "alert_dialog.root"),
    ("callout", "callout.root"),
    ("color_mode.button", "icon_button"),
    ("color_mode.icon", "icon"),
    ("color_mode.switch", "switch"),
    ("data_list", "data_list.root"),
    ("desktop_only", "el.div"),
    ("dialog", "dialog.root"),
    ("drawer", "drawer.root"),
    ("el.html", "html"),
    ("el.image", "image"),
    ("el.img", "image"),
    ("hover_card", "hover_card.root"),
    ("input.root", "input"),
    ("list.list_item", "list.item"),
    ("list_item", "list.item"),
    ("logo", "el.div"),
    ("lucide.icon", "icon"),
    ("markdown", "markdown.root"),
    ("mobile_and_tablet", "el.div"),
    ("mobile_only", "el.div"),
    ("ordered_list", "list.ordered"),
    ("popover", "popover.root"),
    ("radio", "radio.root"),
    ("radio_group", "radio.root"),
    ("radio_group.item", "radio.item"),
    ("radio_group.root", "radio.root"),
    ("radix.primitives.dialog", "radix.primitives.dialog.root"),
    (
        "radix.primitives.progress",
        "radix.primitives.progress.root",
    ),
    ("recharts.tooltip", "recharts.graphing_tooltip"),
    ("segmented_control", "segmented_control.root"),
    ("select", "select.root"),
    ("tablet_and_desktop", "el.div"),
    ("tablet_only", "el.div"),
    ("tabs", "tabs.root"),
    ("text_field", "input"),
    ("text_field.root", "input"),
    ("text_field.slot", "input.slot"),
    ("unordered_list", "list.unordered"),
];

/// Namespaces that have a second name.
pub(super) const NAMESPACE_ALIASES: &[(&str, &str)] = &[("menu", "dropdown_menu")];
