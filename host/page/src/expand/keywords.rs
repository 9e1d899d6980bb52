//! The keyword arguments that composed components take out of a call themselves, before the rest
//! goes to the elements that they are made of.

/// Names of components, each with its own keyword arguments.
const OWN: &[(&str, &str)] = &[
    ("callout", "icon text"),
    ("checkbox", "spacing text"),
    ("clipboard", "on_paste_event_actions"),
    ("code_block", "can_copy code copy_button"),
    ("color_mode.button", "allow_system position"),
    ("color_mode.icon", "dark_component light_component"),
    ("container", "stack_children_full_width"),
    ("context_menu.radio", "direction items spacing"),
    ("data_editor", "get_cell_content"),
    ("debounce_input", "element input_ref"),
    ("list", "items"),
    ("list.ordered", "items"),
    ("list.unordered", "items"),
    (
        "markdown",
        "component_map rehype_plugins remark_plugins use_gfm use_katex use_math use_raw \
         use_unwrap_images",
    ),
    ("ordered_list", "items"),
    ("progress", "fill_color"),
    ("radio", "direction items spacing"),
    ("radio_group", "direction items spacing"),
    ("radix.primitives.progress", "color_scheme"),
    (
        "select",
        "align align_offset color_scheme high_contrast items label placeholder position radius \
         side side_offset variant",
    ),
    ("theme", "color_mode theme_panel"),
    ("unordered_list", "items"),
];

/// The keyword arguments that `rx.<name>` takes itself.
pub(super) fn of(name: &str) -> impl Iterator<Item = &'static str> {
    let own = OWN.iter().filter(move |(known, _)| *known == name);
    own.flat_map(|(_, keywords)| keywords.split_whitespace())
}
