//! SVG's elements: `rx.el.svg.*`, and those of them that `rx.el` knows too.

use super::{BASE, Children, Entry, html::element};

pub(super) static ENTRIES: &[Entry] = &[
    element!("el.svg", "svg", props: &["fill height preserve_aspect_ratio transform view_box width xmlns"]),
    element!("el.svg.circle", "circle", props: &["cx cy path_length r"]),
    element!("el.svg.defs", "defs"),
    element!("el.svg.ellipse", "ellipse", props: &["cx cy path_length rx ry"]),
    element!(
        "el.svg.g",
        "g",
        props: &["fill fill_opacity stroke stroke_opacity stroke_width transform"]
    ),
    element!("el.svg.line", "line", props: &["path_length x1 x2 y1 y2"]),
    element!(
        "el.svg.linear_gradient",
        "linearGradient",
        props: &["gradient_transform gradient_units href spread_method x1 x2 y1 y2"]
    ),
    element!(
        "el.svg.marker",
        "marker",
        props: &[
            "marker_height marker_units marker_width orient preserve_aspect_ratio ref_x",
            "ref_y view_box",
        ]
    ),
    element!("el.svg.path", "path", props: &["d path_length"]),
    element!("el.svg.polygon", "polygon", props: &["path_length points"]),
    element!(
        "el.svg.radial_gradient",
        "radialGradient",
        props: &["cx cy fr fx fy gradient_transform gradient_units href r spread_method"]
    ),
    element!("el.svg.rect", "rect", props: &["height path_length rx ry width x y"]),
    element!("el.svg.stop", "stop", props: &["offset stop_color stop_opacity"]),
    element!("el.svg.a", "a", props: &["download href hreflang referrerpolicy rel target type"]),
    element!(
        "el.svg.animate",
        "animate",
        props: &[
            "accumulate additive attribute_name begin calc_mode dur end from href",
            "key_splines key_times repeat_count to values",
        ]
    ),
    element!(
        "el.svg.animate_motion",
        "animateMotion",
        props: &["begin dur end href key_points key_times path repeat_count rotate"]
    ),
    element!(
        "el.svg.animate_transform",
        "animateTransform",
        props: &["attribute_name begin dur end from href repeat_count to type values"]
    ),
    element!("el.svg.clip_path", "clipPath", props: &["clip_path_units"]),
    element!("el.svg.desc", "desc"),
    element!("el.svg.foreign_object", "foreignObject", props: &["height width x y"]),
    element!(
        "el.svg.image",
        "image",
        props: &["crossorigin height href preserve_aspect_ratio width x y"]
    ),
    element!("el.svg.mask", "mask", props: &["height mask_content_units mask_units width x y"]),
    element!("el.svg.metadata", "metadata"),
    element!("el.svg.mpath", "mpath", props: &["href"]),
    element!(
        "el.svg.pattern",
        "pattern",
        props: &[
            "height href pattern_content_units pattern_transform pattern_units",
            "preserve_aspect_ratio view_box width x y",
        ]
    ),
    element!("el.svg.polyline", "polyline", props: &["path_length points"]),
    element!("el.svg.script", "script", props: &["crossorigin href type"]),
    element!("el.svg.set", "set", props: &["attribute_name begin dur end href to"]),
    element!("el.svg.style", "style", props: &["media type"]),
    element!("el.svg.switch", "switch"),
    element!("el.svg.symbol", "symbol", props: &["preserve_aspect_ratio ref_x ref_y view_box"]),
    element!("el.svg.text", "text", props: &["dx dy length_adjust rotate text_length x y"]),
    element!(
        "el.svg.text_path",
        "textPath",
        props: &["href length_adjust method path side spacing start_offset text_length"]
    ),
    element!("el.svg.title", "title", children: Children::Text),
    element!("el.svg.tspan", "tspan", props: &["dx dy length_adjust rotate text_length x y"]),
    element!("el.svg.use", "use", props: &["height href width x y"]),
    element!("el.svg.view", "view", props: &["preserve_aspect_ratio view_box"]),
    element!("el.circle", "circle", props: &["cx cy path_length r"]),
    element!("el.defs", "defs"),
    element!("el.ellipse", "ellipse", props: &["cx cy path_length rx ry"]),
    element!(
        "el.g",
        "g",
        props: &["fill fill_opacity stroke stroke_opacity stroke_width transform"]
    ),
    element!("el.line", "line", props: &["path_length x1 x2 y1 y2"]),
    element!(
        "el.linear_gradient",
        "linearGradient",
        props: &["gradient_transform gradient_units href spread_method x1 x2 y1 y2"]
    ),
    element!(
        "el.marker",
        "marker",
        props: &[
            "marker_height marker_units marker_width orient preserve_aspect_ratio ref_x",
            "ref_y view_box",
        ]
    ),
    element!("el.path", "path", props: &["d path_length"]),
    element!("el.polygon", "polygon", props: &["path_length points"]),
    element!(
        "el.radial_gradient",
        "radialGradient",
        props: &["cx cy fr fx fy gradient_transform gradient_units href r spread_method"]
    ),
    element!("el.rect", "rect", props: &["height path_length rx ry width x y"]),
    element!("el.stop", "stop", props: &["offset stop_color stop_opacity"]),
    element!("el.text", "text", props: &["dx dy length_adjust rotate text_length x y"]),
];
