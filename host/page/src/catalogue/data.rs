//! Tables, spreadsheets, charts of Plotly and uploads: each is a library of its own in the shell.
//!
//! Not here: charts of Recharts (`recharts.rs`), and the defaults that depend on other arguments
//! (`expand/data.rs`, `expand/upload.rs`).

use super::{
    ArgKind, ArgSpec, BASE, Children, Entry, EventArg, Source, TriggerSpec,
    events::{NOTHING, on},
};

const TABLE: Source = Source::Module("@ferroflex/table");
const GRID: Source = Source::Module("@ferroflex/grid");
const PLOTLY: Source = Source::Module("@ferroflex/plotly");
const UPLOAD: Source = Source::Module("@ferroflex/upload");

/// The icon whose name only the state knows. Apps write it as `rx.icon` like any other.
pub(crate) static NAMED_ICON: Entry = Entry {
    name: "icon",
    source: Source::Module("@ferroflex/icons"),
    tag: "NamedIcon",
    props: &["color name size stroke_width"],
    attributes: false,
    children: Children::None,
    ..BASE
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        name: "data_table",
        source: TABLE,
        tag: "DataTable",
        props: &["columns data pagination resizable search sort"],
        attributes: false,
        children: Children::None,
        ..BASE
    },
    Entry {
        name: "data_editor",
        source: GRID,
        tag: "DataEditor",
        props: GRID_PROPS,
        attributes: false,
        triggers: ON_GRID,
        literals: &[("get_cells_for_selection", "true"), ("on_paste", "false")],
        children: Children::None,
        ..BASE
    },
    plotly("plotly", "Plot"),
    plotly("plotly.basic", "BasicPlot"),
    plotly("plotly.cartesian", "Plot"),
    plotly("plotly.finance", "Plot"),
    plotly("plotly.geo", "Plot"),
    plotly("plotly.gl2d", "Plot"),
    plotly("plotly.gl3d", "Plot"),
    plotly("plotly.mapbox", "Plot"),
    plotly("plotly.strict", "Plot"),
    upload("upload"),
    upload("upload.root"),
];

/// A chart of Plotly. There are two editions: one has all kinds of charts, `BasicPlot` is smaller.
const fn plotly(name: &'static str, tag: &'static str) -> Entry {
    Entry {
        name,
        source: PLOTLY,
        tag,
        props: &["config data layout locale template use_resize_handler"],
        attributes: false,
        triggers: ON_PLOT,
        children: Children::None,
        ..BASE
    }
}

const fn upload(name: &'static str) -> Entry {
    Entry {
        name,
        source: UPLOAD,
        tag: "Upload",
        props: &[
            "accept disabled max_files max_size min_size multiple no_click no_drag no_keyboard",
        ],
        triggers: ON_DROP,
        class_name: "rx-Upload",
        ..BASE
    }
}

const GRID_PROPS: &[&str] = &[
    "column_select column_selection_blending columns custom_renderers data draw_focus_ring",
    "fill_handle fixed_shadow_x fixed_shadow_y freeze_columns get_cells_for_selection",
    "grid_selection group_header_height header_height max_column_auto_width max_column_width",
    "min_column_width on_paste overscroll_x overscroll_y prevent_diagonal_scrolling range_select",
    "range_selection_blending row_height row_marker_start_index row_marker_width row_markers",
    "row_select row_selection_blending row_selection_mode rows scroll_offset_x scroll_offset_y",
    "show_search smooth_scroll_x smooth_scroll_y span_range_behavior theme vertical_border",
];

/// The first thing that the grid tells, of `kind`; the shell hands on all of them in one list.
const fn first(kind: ArgKind) -> EventArg {
    EventArg {
        javascript: "e[0]",
        kind,
    }
}

const fn second(kind: ArgKind) -> EventArg {
    EventArg {
        javascript: "e[1]",
        kind,
    }
}

const CELL: ArgSpec = &[first(ArgKind::Position)];
const SELECTION: ArgSpec = &[first(ArgKind::Details)];

const ON_GRID: &[TriggerSpec] = &[
    on("on_cell_activated", "onCellActivated", CELL),
    on("on_cell_clicked", "onCellClicked", CELL),
    on("on_cell_context_menu", "onCellContextMenu", CELL),
    on(
        "on_cell_edited",
        "onCellEdited",
        &[first(ArgKind::Position), second(ArgKind::Details)],
    ),
    on(
        "on_column_resize",
        "onColumnResize",
        &[first(ArgKind::Details), second(ArgKind::Number)],
    ),
    on("on_delete", "onDelete", SELECTION),
    on(
        "on_finished_editing",
        "onFinishedEditing",
        &[first(ArgKind::Any), second(ArgKind::Position)],
    ),
    on(
        "on_grid_selection_change",
        "onGridSelectionChange",
        SELECTION,
    ),
    // Glide gives a column's number where Reflex's annotation says a cell.
    on(
        "on_group_header_clicked",
        "onGroupHeaderClicked",
        &[first(ArgKind::Any), second(ArgKind::Details)],
    ),
    on(
        "on_group_header_context_menu",
        "onGroupHeaderContextMenu",
        &[first(ArgKind::Whole), second(ArgKind::Details)],
    ),
    on(
        "on_group_header_renamed",
        "onGroupHeaderRenamed",
        &[first(ArgKind::Text), second(ArgKind::Text)],
    ),
    on(
        "on_header_clicked",
        "onHeaderClicked",
        &[first(ArgKind::Any)],
    ),
    on(
        "on_header_context_menu",
        "onHeaderContextMenu",
        &[first(ArgKind::Any)],
    ),
    on(
        "on_header_menu_click",
        "onHeaderMenuClick",
        &[first(ArgKind::Whole), second(ArgKind::Details)],
    ),
    on(
        "on_item_hovered",
        "onItemHovered",
        &[EventArg {
            javascript: "e[0].location",
            kind: ArgKind::Position,
        }],
    ),
    on("on_row_appended", "onRowAppended", NOTHING),
    on("on_search_close", "onSearchClose", NOTHING),
    on("on_selection_cleared", "onSelectionCleared", NOTHING),
];

/// Points of a chart: a list of dictionaries.
const POINTS: ArgSpec = &[EventArg {
    javascript: "e",
    kind: ArgKind::Records,
}];

const ON_PLOT: &[TriggerSpec] = &[
    on("on_after_plot", "onAfterPlot", NOTHING),
    on("on_animated", "onAnimated", NOTHING),
    on("on_animating_frame", "onAnimatingFrame", NOTHING),
    on(
        "on_animation_interrupted",
        "onAnimationInterrupted",
        NOTHING,
    ),
    on("on_autosize", "onAutoSize", NOTHING),
    on("on_before_hover", "onBeforeHover", NOTHING),
    on("on_button_clicked", "onButtonClicked", NOTHING),
    on("on_click", "onClick", POINTS),
    on("on_deselect", "onDeselect", NOTHING),
    on("on_double_click", "onDoubleClick", NOTHING),
    on("on_hover", "onHover", POINTS),
    on("on_redraw", "onRedraw", NOTHING),
    on("on_relayout", "onRelayout", NOTHING),
    on("on_relayouting", "onRelayouting", NOTHING),
    on("on_restyle", "onRestyle", NOTHING),
    on("on_selected", "onSelected", POINTS),
    on("on_selecting", "onSelecting", POINTS),
    on(
        "on_transition_interrupted",
        "onTransitionInterrupted",
        NOTHING,
    ),
    on("on_transitioning", "onTransitioning", NOTHING),
    on("on_unhover", "onUnhover", POINTS),
];

const ON_DROP: &[TriggerSpec] = &[
    on(
        "on_drop",
        "onDrop",
        &[EventArg {
            javascript: "e",
            kind: ArgKind::Records,
        }],
    ),
    on(
        "on_drop_rejected",
        "onDropRejected",
        &[EventArg {
            javascript: "e",
            kind: ArgKind::Records,
        }],
    ),
];
