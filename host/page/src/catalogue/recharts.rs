//! Recharts (`rx.recharts.*`): charts, and the parts of which they are made.

use super::{
    BASE, Entry, Source,
    events::{ON_CHART, ON_CHART_RANGE, ON_CHART_RESIZE, ON_CHART_SERIES},
};

/// One row: the name after `rx.recharts.`, the component, its props, and what differs from one
/// with a chart's mouse events and nothing else.
macro_rules! chart {
    ($name:literal, $tag:literal, [$($props:expr),* $(,)?] $(, $field:ident: $value:expr)* $(,)?) => {
        Entry {
            name: concat!("recharts.", $name),
            tag: $tag,
            props: &[$($props),*],
            $($field: $value,)*
            ..CHART
        }
    };
}

const CHART: Entry = Entry {
    source: Source::Recharts,
    attributes: false,
    triggers: ON_CHART,
    ..BASE
};

const ANIMATION: &str = "animation_begin animation_duration animation_easing is_animation_active";
const AXIS: &str = "allow_data_overflow allow_decimals allow_duplicated_category angle axis_line \
    data_key domain height hide include_hidden interval label min_tick_gap mirror name orientation \
    padding reversed scale stroke text_anchor tick tick_count tick_formatter tick_line tick_margin \
    tick_size ticks type unit width";
const BARS: &str = "bar_category_gap bar_gap bar_size max_bar_size reverse_stack_order";
const CARTESIAN: &str = "data height layout margin stack_offset sync_id sync_method width";
const POLAR: &str =
    "cx cy data end_angle height inner_radius margin outer_radius start_angle width";
const REFERENCE: &str = "if_overflow label x_axis_id y_axis_id";
const SERIES: &str = "data_key hide label layout legend_type name points stroke stroke_dasharray \
    stroke_width unit x_axis_id y_axis_id";
const TOOLTIP: &str = "active allow_escape_view_box content_style coordinate cursor filter_null \
    item_style label_style offset position separator view_box wrapper_style";

const ACCENT: &str = "var(--accent-9)";
const ACTIVE_DOT: (&str, &str) = (
    "active_dot",
    r#"{ stroke: "var(--accent-2)", fill: "var(--accent-10)" }"#,
);
const SANKEY_NODE: &str = r#"{ fill: "var(--accent-9)", stroke: "var(--gray-1)" }"#;
const SANKEY_LINK: &str = r#"{ stroke: "var(--gray-9)" }"#;
const TOOLTIP_LOOKS: &[(&str, &str)] = &[
    ("cursor", r#"{ strokeWidth: 1, fill: "var(--gray-3)" }"#),
    ("item_style", r#"{ color: "var(--gray-12)" }"#),
    ("label_style", r#"{ color: "var(--gray-11)" }"#),
    (
        "content_style",
        r#"{ background: "var(--gray-1)", borderColor: "var(--gray-4)", borderRadius: "8px" }"#,
    ),
];

pub(super) static ENTRIES: &[Entry] = &[
    chart!(
        "area",
        "Area",
        [SERIES, ANIMATION, "active_dot base_line connect_nulls dot fill stack_id type"],
        triggers: ON_CHART_SERIES,
        defaults: &[("stroke", ACCENT), ("fill", "var(--accent-5)"), ("type", "monotone")],
        literals: &[ACTIVE_DOT],
    ),
    chart!("area_chart", "AreaChart", [CARTESIAN, "base_value"]),
    chart!(
        "bar",
        "Bar",
        [SERIES, ANIMATION, "background bar_size fill max_bar_size min_point_size radius stack_id"],
        triggers: ON_CHART_SERIES,
        defaults: &[("fill", ACCENT)],
    ),
    chart!("bar_chart", "BarChart", [CARTESIAN, BARS]),
    chart!(
        "brush",
        "Brush",
        ["data data_key end_index fill gap height start_index stroke traveller_width width x y"],
        triggers: ON_CHART_RANGE,
        defaults: &[("stroke", "var(--gray-9)"), ("fill", "var(--gray-2)")],
    ),
    chart!(
        "cartesian_axis",
        "CartesianAxis",
        [
            "axis_line height interval label mirror orientation tick tick_line tick_margin",
            "tick_size view_box width x y",
        ],
    ),
    chart!(
        "cartesian_grid",
        "CartesianGrid",
        [
            "fill fill_opacity height horizontal horizontal_points stroke stroke_dasharray",
            "vertical vertical_points width x y",
        ],
        defaults: &[("stroke", "var(--gray-7)")],
    ),
    chart!("cell", "Cell", ["fill stroke"]),
    chart!(
        "composed_chart",
        "ComposedChart",
        [CARTESIAN, BARS, "base_value"]
    ),
    chart!(
        "error_bar",
        "ErrorBar",
        ["data_key direction stroke stroke_width width"],
        defaults: &[("stroke", "var(--gray-8)")],
    ),
    chart!(
        "funnel",
        "Funnel",
        [ANIMATION, "data data_key label legend_type name_key stroke trapezoids"],
        triggers: ON_CHART_SERIES,
        defaults: &[("stroke", "var(--gray-3)")],
    ),
    chart!(
        "funnel_chart",
        "FunnelChart",
        ["height layout margin stroke width"]
    ),
    chart!(
        "graphing_tooltip",
        "Tooltip as ChartTooltip",
        [TOOLTIP, ANIMATION],
        literals: TOOLTIP_LOOKS,
    ),
    chart!("label", "Label", ["offset position value view_box"]),
    chart!(
        "label_list",
        "LabelList",
        ["data_key fill offset position stroke"],
        defaults: &[("fill", "var(--gray-10)"), ("stroke", "none")],
    ),
    chart!("layer", "Layer", []),
    chart!(
        "legend",
        "Legend",
        [
            "align chart_height chart_width height icon_size icon_type layout margin payload",
            "vertical_align width wrapper_style",
        ],
    ),
    chart!(
        "line",
        "Line",
        [SERIES, ANIMATION, "active_dot connect_nulls dot type"],
        triggers: ON_CHART_SERIES,
        defaults: &[("stroke", ACCENT)],
        literals: &[
            ("dot", r#"{ stroke: "var(--accent-10)", fill: "var(--accent-4)" }"#),
            ACTIVE_DOT,
        ],
    ),
    chart!("line_chart", "LineChart", [CARTESIAN]),
    chart!(
        "pie",
        "Pie",
        [
            ANIMATION,
            "cx cy data data_key end_angle fill inner_radius label label_line legend_type",
            "min_angle name_key outer_radius padding_angle root_tab_index start_angle stroke",
        ],
        triggers: ON_CHART_SERIES,
        defaults: &[("stroke", ACCENT), ("fill", "var(--accent-3)")],
        literals: &[("label", "false")],
    ),
    chart!("pie_chart", "PieChart", ["height margin width"]),
    chart!(
        "polar_angle_axis",
        "PolarAngleAxis",
        [
            "allow_duplicated_category axis_line axis_line_type cx cy data_key orientation radius",
            "stroke tick tick_line ticks",
        ],
        defaults: &[("stroke", "var(--gray-10)")],
        literals: &[("tick_line", "false")],
    ),
    chart!(
        "polar_grid",
        "PolarGrid",
        ["cx cy grid_type inner_radius outer_radius polar_angles polar_radius stroke"],
        defaults: &[("stroke", "var(--gray-10)")],
    ),
    chart!(
        "polar_radius_axis",
        "PolarRadiusAxis",
        [
            "allow_duplicated_category angle axis_line cx cy domain orientation reversed scale",
            "stroke tick tick_count type",
        ],
        defaults: &[("stroke", "var(--gray-10)")],
    ),
    chart!(
        "radar",
        "Radar",
        [ANIMATION, "data_key dot fill fill_opacity label legend_type name points stroke"],
        triggers: ON_CHART_SERIES,
        defaults: &[("stroke", ACCENT), ("fill", "var(--accent-3)")],
        literals: &[("fill_opacity", "0.6")],
    ),
    chart!("radar_chart", "RadarChart", [POLAR]),
    chart!(
        "radial_bar",
        "RadialBar",
        [ANIMATION, "background data data_key label legend_type min_angle"],
        triggers: ON_CHART_SERIES,
    ),
    chart!(
        "radial_bar_chart",
        "RadialBarChart",
        [POLAR, "bar_category_gap bar_gap bar_size"],
    ),
    chart!(
        "rectangle",
        "Rectangle",
        [
            ANIMATION,
            "fill fill_opacity height is_update_animation_active radius stroke stroke_width width",
            "x y",
        ],
    ),
    chart!(
        "reference_area",
        "ReferenceArea",
        [REFERENCE, "fill fill_opacity stroke x1 x2 y1 y2"]
    ),
    chart!(
        "reference_dot",
        "ReferenceDot",
        [REFERENCE, "fill r stroke x y"]
    ),
    chart!(
        "reference_line",
        "ReferenceLine",
        [
            REFERENCE,
            "segment stroke stroke_dasharray stroke_width x y"
        ],
    ),
    chart!(
        "responsive_container",
        "ResponsiveContainer",
        ["aspect debounce height min_height min_width width"],
        triggers: ON_CHART_RESIZE,
    ),
    chart!(
        "sankey_chart",
        "Sankey",
        [
            "data data_key height iterations link link_curvature margin name_key node node_padding",
            "node_width sort width",
        ],
        literals: &[("node", SANKEY_NODE), ("link", SANKEY_LINK)],
    ),
    chart!(
        "scatter",
        "Scatter",
        [ANIMATION, "data fill legend_type line line_type name shape x_axis_id y_axis_id z_axis_id"],
        defaults: &[("fill", ACCENT)],
    ),
    chart!("scatter_chart", "ScatterChart", ["height margin width"]),
    chart!(
        "treemap",
        "Treemap",
        [ANIMATION, "aspect_ratio data data_key height name_key width"],
        triggers: ON_CHART_SERIES,
    ),
    chart!(
        "x_axis", "XAxis", [AXIS, "x_axis_id"], defaults: &[("stroke", "var(--gray-9)")],
    ),
    chart!(
        "y_axis", "YAxis", [AXIS, "y_axis_id"], defaults: &[("stroke", "var(--gray-9)")],
    ),
    chart!(
        "z_axis",
        "ZAxis",
        ["data_key name range scale unit z_axis_id"],
        literals: &[("range", "[60, 400]")],
    ),
];
