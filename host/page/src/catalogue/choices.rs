//! Which values a prop of a component takes, where it takes one of some.
//!
//! Not here: what is said of another value (`odd_values`), and the attributes that every element of
//! HTML has.

use std::{collections::HashMap, sync::LazyLock};

use super::{canonical, find};

const COLOURS: &str = "tomato red ruby crimson pink plum purple violet iris indigo blue cyan teal jade green grass \
     brown orange sky mint lime yellow amber gold bronze gray";

/// A prop, the values that it takes, and the components whose prop takes these.
static CHOICES: &[(&str, &str, &str)] = &[
    ("accent_color", COLOURS, "theme"),
    ("activation_mode", "automatic manual", "tabs.root"),
    (
        "align",
        "left center right",
        "el.table heading recharts.legend table.root text text.span",
    ),
    (
        "align",
        "left center right justify char",
        "el.td el.th table.cell table.column_header_cell table.row_header_cell",
    ),
    (
        "align",
        "start center end",
        "context_menu.content dropdown_menu.content hover_card.content popover.content \
         select.content tooltip",
    ),
    ("align", "start center end baseline", "table.row"),
    (
        "align",
        "start center end baseline stretch",
        "center data_list.item flex grid hstack spacer stack vstack",
    ),
    (
        "animation_easing",
        "ease ease-in ease-out ease-in-out linear",
        "recharts.area recharts.bar recharts.funnel recharts.graphing_tooltip recharts.line \
         recharts.pie recharts.radar recharts.radial_bar recharts.rectangle recharts.scatter \
         recharts.treemap",
    ),
    ("appearance", "inherit light dark", "theme"),
    (
        "as_",
        "p label div span b i u abbr cite del em ins kbd mark s samp sub sup",
        "text text.span",
    ),
    (
        "axis_line_type",
        "polygon circle",
        "recharts.polar_angle_axis",
    ),
    ("clip", "border-box padding-box", "inset"),
    (
        "color_scheme",
        COLOURS,
        "accordion.content accordion.header accordion.item accordion.root accordion.trigger avatar \
         badge blockquote button callout.root checkbox checkbox_cards.root checkbox_group.root \
         code context_menu.checkbox context_menu.content context_menu.item context_menu.radio \
         data_list.label divider dropdown_menu.content dropdown_menu.item heading icon_button \
         input input.slot link progress radio.root radio_cards.root \
         radix.primitives.progress.indicator radix.primitives.progress.root segmented_control.root \
         select.content select.root select.trigger separator slider switch tabs.trigger text \
         text.span text_area",
    ),
    ("column_select", "none single multi", "data_editor"),
    (
        "column_selection_blending",
        "exclusive mixed",
        "data_editor",
    ),
    (
        "cross_origin",
        "anonymous use-credentials",
        "el.audio el.link el.script el.video image script",
    ),
    ("decoding", "async auto sync", "image"),
    (
        "dir",
        "ltr rtl",
        "accordion.root checkbox_cards.root checkbox_group.root context_menu.root \
         dropdown_menu.root radio_cards.root tabs.root",
    ),
    (
        "direction",
        "row column row-reverse column-reverse",
        "center context_menu.radio flex hstack radio.root spacer stack vstack",
    ),
    ("direction", "top right bottom left", "drawer.root"),
    ("direction", "x y", "recharts.error_bar"),
    ("discover", "none render", "el.a"),
    ("flow", "row column dense row-dense column-dense", "grid"),
    (
        "gray_color",
        "gray mauve slate sage olive sand auto",
        "theme",
    ),
    ("grid_type", "polygon circle", "recharts.polar_grid"),
    (
        "icon_type",
        "circle cross diamond line plainline rect square star triangle wye",
        "recharts.legend",
    ),
    (
        "if_overflow",
        "discard hidden visible extendDomain",
        "recharts.reference_area recharts.reference_dot recharts.reference_line",
    ),
    (
        "interval",
        "preserveStart preserveEnd preserveStartEnd",
        "recharts.cartesian_axis",
    ),
    (
        "justify",
        "start center end",
        "table.cell table.column_header_cell table.row_header_cell",
    ),
    (
        "justify",
        "start center end between",
        "center flex grid hstack spacer stack vstack",
    ),
    (
        "layout",
        "vertical horizontal",
        "recharts.area recharts.area_chart recharts.bar recharts.bar_chart recharts.composed_chart \
         recharts.legend recharts.line recharts.line_chart",
    ),
    (
        "legend_type",
        "circle cross diamond line plainline rect square star triangle wye none",
        "recharts.area recharts.bar recharts.funnel recharts.line recharts.pie recharts.radar \
         recharts.radial_bar recharts.scatter",
    ),
    ("line_type", "joint fitting", "recharts.scatter"),
    ("loading", "eager lazy", "el.iframe image"),
    (
        "match",
        "badInput patternMismatch rangeOverflow rangeUnderflow stepMismatch tooLong tooShort \
         typeMismatch valid valueMissing",
        "form.message",
    ),
    (
        "orientation",
        "horizontal vertical",
        "data_list.root divider separator",
    ),
    (
        "orientation",
        "horizontal vertical undefined",
        "radio_cards.root",
    ),
    ("orientation", "left right", "recharts.y_axis"),
    (
        "orientation",
        "left right middle",
        "recharts.polar_radius_axis",
    ),
    ("orientation", "top bottom", "recharts.x_axis"),
    (
        "orientation",
        "top right bottom left",
        "recharts.cartesian_axis",
    ),
    (
        "orientation",
        "vertical horizontal",
        "accordion.root checkbox_cards.root checkbox_group.root slider tabs.root",
    ),
    (
        "p",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    ("panel_background", "solid translucent", "theme"),
    (
        "pb",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    (
        "pl",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    (
        "position",
        "item-aligned popper",
        "select.content select.root",
    ),
    (
        "position",
        "top left right bottom inside outside insideLeft insideRight insideTop insideBottom \
         insideTopLeft insideBottomLeft insideTopRight insideBottomRight insideStart insideEnd end \
         center",
        "recharts.label recharts.label_list",
    ),
    (
        "position",
        "top-left top-center top-right bottom-left bottom-center bottom-right",
        "toast.provider",
    ),
    (
        "pr",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    (
        "pt",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    (
        "px",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    (
        "py",
        "0 1 2 3 4 5 6 7 8 9",
        "table.cell table.row_header_cell",
    ),
    ("radius", "none small full", "slider switch"),
    (
        "radius",
        "none small medium large full",
        "accordion.root avatar badge button icon_button input progress \
         radix.primitives.progress.root segmented_control.root select.root select.trigger \
         text_area theme",
    ),
    (
        "range_select",
        "none cell rect multi-cell multi-rect",
        "data_editor",
    ),
    ("range_selection_blending", "exclusive mixed", "data_editor"),
    (
        "referrer_policy",
        "no-referrer no-referrer-when-downgrade origin origin-when-cross-origin same-origin \
         strict-origin strict-origin-when-cross-origin unsafe-url",
        "el.a el.area el.iframe el.link el.script image link script",
    ),
    ("resize", "none vertical horizontal both", "text_area"),
    (
        "row_markers",
        "none number checkbox both checkbox-visible clickable-number",
        "data_editor",
    ),
    ("row_select", "none single multi", "data_editor"),
    ("row_selection_blending", "exclusive mixed", "data_editor"),
    ("row_selection_mode", "auto multi", "data_editor"),
    (
        "scale",
        "auto linear pow sqrt log identity time band point ordinal quantile quantize utc \
         sequential threshold",
        "recharts.polar_radius_axis recharts.x_axis recharts.y_axis recharts.z_axis",
    ),
    ("scaling", "90% 95% 100% 105% 110%", "theme"),
    ("scrollbars", "vertical horizontal both", "scroll_area"),
    (
        "shape",
        "square circle cross diamond star triangle wye",
        "recharts.scatter",
    ),
    ("side", "left right", "input.slot"),
    (
        "side",
        "top right bottom left",
        "context_menu.content dropdown_menu.content hover_card.content popover.content \
         select.content tooltip",
    ),
    ("side", "x y top bottom right left", "inset"),
    (
        "size",
        "1 2",
        "context_menu.content dropdown_menu.content tabs.list",
    ),
    (
        "size",
        "1 2 3",
        "badge callout.root checkbox checkbox_cards.root checkbox_group.root context_menu.checkbox \
         context_menu.radio data_list.root hover_card.content input progress radio.root \
         radio_cards.root section segmented_control.root select.root slider spinner switch \
         table.root text_area",
    ),
    (
        "size",
        "1 2 3 4",
        "alert_dialog.content button container dialog.content divider icon_button popover.content \
         separator",
    ),
    ("size", "1 2 3 4 5", "card"),
    (
        "size",
        "1 2 3 4 5 6 7 8 9",
        "avatar blockquote code heading link text text.kbd text.span",
    ),
    (
        "spacing",
        "0 1 2 3 4 5 6 7 8 9",
        "center checkbox context_menu.radio flex grid hstack radio.root spacer stack vstack",
    ),
    ("spacing_x", "0 1 2 3 4 5 6 7 8 9", "grid"),
    ("spacing_y", "0 1 2 3 4 5 6 7 8 9", "grid"),
    ("span_range_behavior", "default allowPartial", "data_editor"),
    (
        "stack_offset",
        "expand none wiggle silhouette",
        "recharts.area_chart recharts.bar_chart recharts.composed_chart recharts.line_chart",
    ),
    (
        "sticky",
        "partial always",
        "context_menu.content context_menu.sub_content dropdown_menu.content \
         dropdown_menu.sub_content hover_card.content popover.content tooltip",
    ),
    (
        "sync_method",
        "index value",
        "recharts.area_chart recharts.bar_chart recharts.composed_chart recharts.line_chart",
    ),
    (
        "text_anchor",
        "start middle end",
        "recharts.x_axis recharts.y_axis",
    ),
    (
        "trim",
        "normal start end both",
        "data_list.root heading link text text.span",
    ),
    ("type", "1 a A i I", "el.ol list.ordered"),
    ("type", "auto always scroll hover", "scroll_area"),
    (
        "type",
        "button checkbox color date datetime-local email file hidden image month number password \
         radio range reset search submit tel text time url week",
        "el.input",
    ),
    (
        "type",
        "single multiple",
        "accordion.root segmented_control.root",
    ),
    (
        "type",
        "submit reset button",
        "button el.button icon_button",
    ),
    (
        "type_",
        "auto number category",
        "recharts.polar_radius_axis recharts.x_axis recharts.y_axis",
    ),
    (
        "type_",
        "basis basisClosed basisOpen bumpX bumpY bump linear linearClosed natural monotoneX \
         monotoneY monotone step stepBefore stepAfter",
        "recharts.area recharts.line",
    ),
    ("underline", "auto hover always none", "link"),
    (
        "variant",
        "classic soft surface outline ghost",
        "accordion.content accordion.header accordion.item accordion.root accordion.trigger",
    ),
    (
        "variant",
        "classic solid soft surface outline ghost",
        "button code icon_button",
    ),
    (
        "variant",
        "classic surface",
        "checkbox_cards.root radio_cards.root segmented_control.root",
    ),
    (
        "variant",
        "classic surface soft",
        "checkbox checkbox_group.root context_menu.checkbox context_menu.radio input progress \
         radio.root slider switch text_area",
    ),
    (
        "variant",
        "classic surface soft ghost",
        "select.root select.trigger",
    ),
    ("variant", "soft surface outline", "callout.root"),
    (
        "variant",
        "solid soft",
        "avatar context_menu.content dropdown_menu.content select.content",
    ),
    ("variant", "solid soft surface outline", "badge"),
    ("variant", "surface classic ghost", "card"),
    ("variant", "surface ghost", "table.root"),
    ("vertical_align", "top middle bottom", "recharts.legend"),
    (
        "weight",
        "light regular medium bold",
        "blockquote code heading link text text.span",
    ),
    (
        "wrap",
        "nowrap wrap wrap-reverse",
        "center flex hstack spacer stack vstack",
    ),
];

static BY_PROP: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let of_each = CHOICES.iter().flat_map(|(prop, values, components)| {
        let components = components.split_whitespace();
        components.map(|component| ((component, *prop), *values))
    });
    of_each.collect()
});

/// The values that the prop of `rx.<name>` takes, if it takes one of some.
pub(crate) fn choices(name: &str, prop: &str) -> Option<Vec<&'static str>> {
    let canonical = canonical(name);
    let component = find(name).map_or(&*canonical, |entry| entry.name);
    let values = BY_PROP.get(&(component, prop))?;
    Some(values.split_whitespace().collect())
}
