//! The components of Radix Themes, what is made of them in the shell, and lucide's icons.

use super::{
    BASE, Children, Entry, Source,
    events::{
        ON_CHECK, ON_CHECK_OR_SELECT, ON_CHOICE, ON_INPUT, ON_LAYER, ON_NUMBERS, ON_OPEN,
        ON_OPEN_LAYER, ON_SELECT, ON_VALUE, ON_VALUE_CHANGE, ON_VALUE_OR_OPEN, ON_VALUES_CHANGE,
    },
};
use crate::style::THEME_CLASS;

/// One row: the name, the component, and what differs from one without props of its own.
macro_rules! radix {
    ($name:literal, $tag:literal $(, $field:ident: $value:expr)* $(,)?) => {
        Entry { name: $name, tag: $tag, $($field: $value,)* ..RADIX }
    };
}

const RADIX: Entry = Entry {
    source: Source::Radix,
    ..BASE
};

const BUTTON: &str = "as_child auto_focus color_scheme disabled form form_action form_enc_type \
    form_method form_no_validate form_target high_contrast loading name radius size type value \
    variant";
const CELL: &str =
    "align col_span headers justify max_width min_width p pb pl pr pt px py row_span";
const CHECK: &str = "as_child checked color_scheme default_checked disabled high_contrast name \
    radius required size value variant";
const FIELD: &str = "auto_complete auto_focus color_scheme default_value disabled form max_length \
    min_length name placeholder radius read_only required size value variant";
const CARDS: &str = "columns gap";
const CHOICES: &str = "color_scheme default_value dir disabled high_contrast loop name orientation \
    required size value variant";
const FLEX: &str = "align as_child direction justify spacing spacing_x spacing_y wrap";
const LAYER: &str = "align align_offset avoid_collisions collision_padding hide_when_detached side \
    side_offset size sticky";
const LOOKS: &str = "color_scheme high_contrast size variant";
const TYPE: &str = "align as_ as_child color_scheme high_contrast size trim weight";
const TO_SUBMIT: &str = "form_action form_enc_type form_method form_no_validate form_target";
const VALUE: &[(&str, &str)] = &[("value", "on_change")];
const VALUES: &[(&str, &str)] = &[("value", "on_value_change")];
const CHECKED: &[(&str, &str)] = &[("checked", "on_change")];

pub(super) static ENTRIES: &[Entry] = &[
    radix!("alert_dialog.action", "AlertDialog.Action"),
    radix!("alert_dialog.cancel", "AlertDialog.Cancel"),
    radix!(
        "alert_dialog.content",
        "AlertDialog.Content",
        props: &["force_mount size"],
        triggers: ON_LAYER,
    ),
    radix!("alert_dialog.description", "AlertDialog.Description", props: &[TYPE]),
    radix!(
        "alert_dialog.root", "AlertDialog.Root", props: &["default_open open"], triggers: ON_OPEN,
    ),
    radix!("alert_dialog.title", "AlertDialog.Title", props: &[TYPE]),
    radix!("alert_dialog.trigger", "AlertDialog.Trigger"),
    radix!("aspect_ratio", "AspectRatio", props: &["ratio"]),
    radix!("avatar", "Avatar", props: &[LOOKS, "fallback radius src"]),
    radix!("badge", "Badge", props: &[LOOKS, "radius"]),
    radix!("blockquote", "Blockquote", props: &["cite color_scheme high_contrast size weight"]),
    radix!("box", "Box"),
    radix!("button", "Button", props: &[BUTTON]),
    radix!("callout.icon", "Callout.Icon"),
    radix!("callout.root", "Callout.Root", props: &[LOOKS, "as_child"]),
    radix!("callout.text", "Callout.Text"),
    radix!("card", "Card", props: &["as_child size variant"]),
    radix!(
        "center",
        "Flex",
        props: &[FLEX],
        defaults: &[("align", "center"), ("justify", "center")],
    ),
    radix!("checkbox", "Checkbox", props: &[CHECK], triggers: ON_CHECK, controlled: CHECKED),
    radix!(
        "checkbox_cards.item",
        "CheckboxCards.Item",
        props: &["disabled required value"],
        ignored: &["required"],
    ),
    radix!(
        "checkbox_cards.root",
        "CheckboxCards.Root",
        props: &[CHOICES, CARDS],
        triggers: ON_VALUES_CHANGE,
        controlled: VALUES,
    ),
    radix!(
        "checkbox_group.item",
        "CheckboxGroup.Item",
        props: &["disabled required value"],
        ignored: &["required"],
    ),
    radix!(
        "checkbox_group.root",
        "CheckboxGroup.Root",
        props: &[CHOICES],
        triggers: ON_VALUES_CHANGE,
        controlled: VALUES,
    ),
    radix!("code", "Code", props: &[LOOKS, "weight"]),
    radix!(
        "container",
        "Container",
        props: &["size"],
        defaults: &[("size", "3")],
        style: &[("padding", "16px")],
    ),
    radix!(
        "context_menu.checkbox",
        "ContextMenu.CheckboxItem",
        props: &[CHECK, "shortcut text_value"],
        ignored: &["default_checked high_contrast name radius required size value variant"],
        triggers: ON_CHECK_OR_SELECT,
        controlled: CHECKED,
    ),
    radix!(
        "context_menu.content",
        "ContextMenu.Content",
        props: &[LAYER, "as_child color_scheme force_mount high_contrast loop variant"],
        triggers: ON_LAYER,
    ),
    radix!("context_menu.group", "ContextMenu.Group", props: &["as_child"]),
    radix!(
        "context_menu.item",
        "ContextMenu.Item",
        props: &["as_child color_scheme disabled shortcut text_value"],
        triggers: ON_SELECT,
    ),
    radix!("context_menu.label", "ContextMenu.Label", props: &["as_child"]),
    radix!(
        "context_menu.radio",
        "ContextMenu.RadioItem",
        props: &[LOOKS, "as_child default_value disabled name required text_value value"],
        ignored: &["default_value high_contrast name required size variant"],
        triggers: ON_SELECT,
    ),
    radix!(
        "context_menu.radio_group",
        "ContextMenu.RadioGroup",
        props: &["as_child value"],
        triggers: ON_VALUE,
        controlled: VALUE,
    ),
    radix!("context_menu.root", "ContextMenu.Root", props: &["dir modal"], triggers: ON_OPEN),
    radix!("context_menu.separator", "ContextMenu.Separator", children: Children::None),
    radix!(
        "context_menu.sub", "ContextMenu.Sub", props: &["default_open open"], triggers: ON_OPEN,
    ),
    radix!(
        "context_menu.sub_content",
        "ContextMenu.SubContent",
        props: &[LAYER, "as_child force_mount loop"],
        triggers: ON_LAYER,
    ),
    radix!(
        "context_menu.sub_trigger",
        "ContextMenu.SubTrigger",
        props: &["as_child disabled text_value"],
    ),
    radix!("context_menu.trigger", "ContextMenu.Trigger", props: &["disabled"]),
    radix!("data_list.item", "DataList.Item", props: &["align"]),
    radix!("data_list.label", "DataList.Label", props: &[LOOKS, "min_width max_width width"]),
    radix!("data_list.root", "DataList.Root", props: &["orientation size trim"]),
    radix!("data_list.value", "DataList.Value"),
    radix!("dialog.close", "Dialog.Close"),
    radix!("dialog.content", "Dialog.Content", props: &["size"], triggers: ON_LAYER),
    radix!("dialog.description", "Dialog.Description", props: &[TYPE]),
    radix!("dialog.root", "Dialog.Root", props: &["default_open open"], triggers: ON_OPEN),
    radix!("dialog.title", "Dialog.Title", props: &[TYPE]),
    radix!("dialog.trigger", "Dialog.Trigger"),
    radix!(
        "divider",
        "Separator",
        props: &["color_scheme decorative orientation size"],
        defaults: &[("size", "4")],
        children: Children::None,
    ),
    radix!(
        "dropdown_menu.content",
        "DropdownMenu.Content",
        props: &[LAYER, "as_child color_scheme force_mount high_contrast loop variant"],
        triggers: ON_LAYER,
    ),
    radix!(
        "dropdown_menu.item",
        "DropdownMenu.Item",
        props: &["as_child color_scheme disabled shortcut text_value"],
        triggers: ON_SELECT,
    ),
    radix!(
        "dropdown_menu.root",
        "DropdownMenu.Root",
        props: &["default_open modal open"],
        triggers: ON_OPEN,
    ),
    radix!("dropdown_menu.separator", "DropdownMenu.Separator", children: Children::None),
    radix!(
        "dropdown_menu.sub",
        "DropdownMenu.Sub",
        props: &["default_open open"],
        triggers: ON_OPEN,
    ),
    radix!(
        "dropdown_menu.sub_content",
        "DropdownMenu.SubContent",
        props: &[LAYER, "as_child force_mount loop"],
        triggers: ON_LAYER,
    ),
    radix!(
        "dropdown_menu.sub_trigger",
        "DropdownMenu.SubTrigger",
        props: &["as_child disabled text_value"],
    ),
    radix!("dropdown_menu.trigger", "DropdownMenu.Trigger", props: &["as_child"]),
    radix!("flex", "Flex", props: &[FLEX]),
    radix!(
        "grid",
        "Grid",
        props: &["align as_child columns flow justify rows spacing spacing_x spacing_y"],
    ),
    radix!("heading", "Heading", props: &[TYPE]),
    radix!("hover_card.content", "HoverCard.Content", props: &[LAYER]),
    radix!(
        "hover_card.root",
        "HoverCard.Root",
        props: &["close_delay default_open open open_delay"],
        triggers: ON_OPEN,
    ),
    radix!("hover_card.trigger", "HoverCard.Trigger"),
    radix!(
        "hstack",
        "Flex",
        props: &[FLEX],
        defaults: &[("direction", "row"), ("align", "start"), ("spacing", "3")],
        class_name: "rx-Stack",
    ),
    Entry {
        source: Source::Icon,
        children: Children::None,
        ..radix!("icon", "", props: &["absolute_stroke_width size stroke_width tag"])
    },
    radix!("icon_button", "IconButton", props: &[BUTTON]),
    radix!(
        "input",
        "TextField.Root",
        props: &[
            FIELD,
            TO_SUBMIT,
            "accept alt capture checked default_checked list max min multiple pattern src step type",
        ],
        triggers: ON_INPUT,
        controlled: VALUE,
    ),
    radix!("input.slot", "TextField.Slot", props: &["color_scheme side"]),
    radix!("inset", "Inset", props: &["clip p pb pl pr pt px py side"]),
    radix!(
        "link",
        "Link",
        props: &[
            "as_child color_scheme download high_contrast href href_lang is_external media ping",
            "referrer_policy rel size target trim underline weight",
        ],
    ),
    radix!("popover.close", "Popover.Close"),
    radix!("popover.content", "Popover.Content", props: &[LAYER], triggers: ON_LAYER),
    radix!("popover.root", "Popover.Root", props: &["default_open modal open"], triggers: ON_OPEN),
    radix!("popover.trigger", "Popover.Trigger"),
    radix!(
        "progress",
        "Progress",
        props: &["color_scheme duration high_contrast max radius size value variant"],
        style: &[("width", "100%")],
        children: Children::None,
    ),
    radix!(
        "radio_cards.item",
        "RadioCards.Item",
        props: &["disabled required value"],
    ),
    radix!(
        "radio_cards.root",
        "RadioCards.Root",
        props: &[CHOICES, CARDS],
        triggers: ON_VALUE_CHANGE,
        controlled: VALUES,
    ),
    radix!("radio.item", "RadioGroup.Item", props: &["disabled required value"]),
    radix!(
        "radio.root",
        "RadioGroup.Root",
        props: &[LOOKS, "default_value disabled name required value"],
        triggers: ON_VALUE,
        defaults: &[("size", "2"), ("variant", "classic")],
        controlled: VALUE,
    ),
    radix!("scroll_area", "ScrollArea", props: &["scroll_hide_delay scrollbars type"]),
    radix!("section", "Section", props: &["size"], defaults: &[("size", "2")]),
    radix!("segmented_control.item", "SegmentedControl.Item", props: &["disabled value"]),
    radix!(
        "segmented_control.root",
        "SegmentedControl.Root",
        props: &[LOOKS, "default_value radius type value"],
        triggers: ON_CHOICE,
        controlled: VALUE,
    ),
    radix!(
        "select.content",
        "Select.Content",
        props: &["align align_offset color_scheme high_contrast position side side_offset variant"],
        triggers: ON_LAYER,
    ),
    radix!("select.group", "Select.Group"),
    radix!("select.item", "Select.Item", props: &["disabled value"]),
    radix!("select.label", "Select.Label"),
    radix!(
        "select.root",
        "Select.Root",
        props: &["default_open default_value disabled name open required size value"],
        triggers: ON_VALUE_OR_OPEN,
        controlled: VALUE,
    ),
    radix!("select.separator", "Select.Separator", children: Children::None),
    radix!("select.trigger", "Select.Trigger", props: &["color_scheme placeholder radius variant"]),
    radix!(
        "separator",
        "Separator",
        props: &["color_scheme decorative orientation size"],
        defaults: &[("size", "4")],
        children: Children::None,
    ),
    radix!(
        "skeleton",
        "Skeleton",
        props: &["height loading max_height max_width min_height min_width width"],
    ),
    radix!(
        "slider",
        "Slider",
        props: &[
            LOOKS,
            "as_child default_value disabled max min name orientation radius step value",
        ],
        triggers: ON_NUMBERS,
        style: &[("width", "100%")],
        children: Children::None,
        controlled: VALUE,
    ),
    radix!(
        "spacer",
        "Flex",
        props: &[FLEX],
        style: &[("flex", "1"), ("justify_self", "stretch"), ("align_self", "stretch")],
    ),
    radix!("spinner", "Spinner", props: &["loading size"]),
    radix!(
        "stack",
        "Flex",
        props: &[FLEX],
        defaults: &[("align", "start"), ("spacing", "3")],
        class_name: "rx-Stack",
    ),
    radix!(
        "switch",
        "Switch",
        props: &[CHECK],
        triggers: ON_CHECK,
        children: Children::None,
        controlled: CHECKED,
    ),
    radix!("table.body", "Table.Body"),
    radix!("table.cell", "Table.Cell", props: &[CELL]),
    radix!("table.column_header_cell", "Table.ColumnHeaderCell", props: &[CELL, "scope"]),
    radix!("table.header", "Table.Header"),
    radix!("table.root", "Table.Root", props: &["align layout size summary variant"]),
    radix!("table.row", "Table.Row", props: &["align"]),
    radix!("table.row_header_cell", "Table.RowHeaderCell", props: &[CELL, "scope"]),
    radix!("tabs.content", "Tabs.Content", props: &["force_mount value"]),
    radix!("tabs.list", "Tabs.List", props: &["color_scheme high_contrast justify loop size wrap"]),
    radix!(
        "tabs.root",
        "Tabs.Root",
        props: &["activation_mode default_value orientation value"],
        triggers: ON_VALUE,
        controlled: VALUE,
    ),
    radix!("tabs.trigger", "Tabs.Trigger", props: &["color_scheme disabled value"]),
    radix!("text", "Text", props: &[TYPE], defaults: &[("as_", "p")]),
    radix!("text.em", "Em"),
    radix!("text.kbd", "Kbd", props: &["size"]),
    radix!("text.quote", "Quote", props: &["cite"]),
    radix!("text.span", "Text", props: &[TYPE], defaults: &[("as_", "span")]),
    radix!("text.strong", "Strong"),
    radix!(
        "text_area",
        "TextArea",
        props: &[FIELD, "auto_height cols dirname enter_key_submit resize rows wrap"],
        triggers: ON_INPUT,
        children: Children::None,
        controlled: VALUE,
    ),
    radix!(
        "theme",
        "Theme",
        props: &[
            "accent_color appearance gray_color has_background panel_background radius scaling",
        ],
        class_name: THEME_CLASS,
    ),
    radix!("theme_panel", "ThemePanel", props: &["default_open"], children: Children::None),
    radix!(
        "tooltip",
        "Tooltip",
        props: &[
            "align align_offset arrow_padding avoid_collisions collision_padding content",
            "default_open delay_duration disable_hoverable_content force_mount hide_when_detached",
            "open side side_offset sticky",
        ],
        triggers: ON_OPEN_LAYER,
    ),
    radix!(
        "vstack",
        "Flex",
        props: &[FLEX],
        defaults: &[("direction", "column"), ("align", "start"), ("spacing", "3")],
        class_name: "rx-Stack",
    ),
];
