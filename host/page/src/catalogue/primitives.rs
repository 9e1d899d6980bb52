//! Components that stand on Radix's primitives and on vaul: the accordion, the drawer, forms whose
//! fields are checked, and the primitive dialog and progress bar. Each group is a module of the
//! shell.
//!
//! Not here: Radix Themes (`radix.rs`).

use super::{
    BASE, Children, Entry, Source,
    events::{ON_DRAWER, ON_ITEMS_CHANGE, ON_LAYER, ON_OPEN, ON_SUBMIT_OR_CLEAR},
    html::FORM,
};

/// One row: the name, the shell's module, the component, and what differs from one without props of
/// its own.
macro_rules! primitive {
    ($name:literal, $module:literal, $tag:literal $(, $field:ident: $value:expr)* $(,)?) => {
        Entry {
            name: $name,
            source: Source::Module($module),
            tag: $tag,
            $($field: $value,)*
            ..BASE
        }
    };
}

const LOOKS: &str = "as_child color_scheme variant";

pub(super) static ENTRIES: &[Entry] = &[
    primitive!(
        "accordion.content",
        "@ferroflex/accordion",
        "AccordionContent",
        props: &[LOOKS],
        class_name: "AccordionContent",
    ),
    primitive!(
        "accordion.header",
        "@ferroflex/accordion",
        "AccordionHeader",
        props: &[LOOKS],
        class_name: "AccordionHeader",
    ),
    primitive!(
        "accordion.item",
        "@ferroflex/accordion",
        "AccordionItem",
        props: &[LOOKS, "content disabled header value"],
        ignored: &["content header"],
        class_name: "AccordionItem",
    ),
    primitive!(
        "accordion.root",
        "@ferroflex/accordion",
        "AccordionRoot",
        props: &[
            LOOKS,
            "collapsible default_value dir disabled duration easing orientation radius",
            "show_dividers type value",
        ],
        triggers: ON_ITEMS_CHANGE,
        class_name: "AccordionRoot",
        controlled: &[("value", "on_value_change")],
    ),
    primitive!(
        "accordion.trigger",
        "@ferroflex/accordion",
        "AccordionTrigger",
        props: &[LOOKS],
        class_name: "AccordionTrigger",
    ),
    primitive!(
        "drawer.close",
        "@ferroflex/drawer",
        "DrawerClose",
        props: &["as_child"],
    ),
    primitive!(
        "drawer.content",
        "@ferroflex/drawer",
        "DrawerContent",
        props: &["as_child"],
        triggers: ON_LAYER,
        style: &[
            ("left", "0"),
            ("right", "0"),
            ("bottom", "0"),
            ("top", "0"),
            ("position", "fixed"),
            ("z_index", "50"),
            ("display", "flex"),
        ],
    ),
    primitive!(
        "drawer.description",
        "@ferroflex/drawer",
        "DrawerDescription",
        props: &["as_child"],
        style: &[("font_size", "0.875rem")],
    ),
    primitive!("drawer.handle", "@ferroflex/drawer", "DrawerHandle", props: &["as_child"]),
    primitive!(
        "drawer.overlay",
        "@ferroflex/drawer",
        "DrawerOverlay",
        props: &["as_child"],
        style: &[
            ("position", "fixed"),
            ("left", "0"),
            ("right", "0"),
            ("bottom", "0"),
            ("top", "0"),
            ("z_index", "50"),
            ("background", "rgba(0, 0, 0, 0.5)"),
        ],
    ),
    primitive!(
        "drawer.portal",
        "@ferroflex/drawer",
        "DrawerPortal",
        props: &["as_child"],
        ignored: &["as_child"],
    ),
    primitive!(
        "drawer.root",
        "@ferroflex/drawer",
        "DrawerRoot",
        props: &[
            "as_child close_threshold default_open direction dismissible fade_from_index",
            "handle_only modal open prevent_scroll_restoration scroll_lock_timeout",
            "should_scale_background snap_points",
        ],
        ignored: &["as_child"],
        triggers: ON_DRAWER,
    ),
    primitive!(
        "drawer.title",
        "@ferroflex/drawer",
        "DrawerTitle",
        props: &["as_child"],
        style: &[
            ("font_size", "1.125rem"),
            ("font_weight", "600"),
            ("line_height", "1"),
            ("letter_spacing", "-0.05em"),
        ],
    ),
    primitive!(
        "drawer.trigger",
        "@ferroflex/drawer",
        "DrawerTrigger",
        props: &["as_child"],
    ),
    primitive!("form.control", "@ferroflex/form", "FormControl", props: &["as_child"]),
    primitive!(
        "form.field",
        "@ferroflex/form",
        "FormField",
        props: &["as_child name server_invalid"],
        style: &[("display", "grid"), ("margin_bottom", "10px")],
    ),
    primitive!(
        "form.label",
        "@ferroflex/form",
        "FormLabel",
        props: &["as_child"],
        style: &[("font_size", "15px"), ("font_weight", "500"), ("line_height", "35px")],
    ),
    // Reflex shows messages in white, which nobody can read on a light page.
    primitive!(
        "form.message",
        "@ferroflex/form",
        "FormMessage",
        props: &["as_child force_match match name"],
        style: &[("font_size", "13px"), ("color", "var(--red-11)")],
    ),
    primitive!(
        "form.root",
        "@ferroflex/form",
        "FormRoot",
        props: &[FORM, "as_child handle_submit_unique_name reset_on_submit"],
        ignored: &["handle_submit_unique_name"],
        triggers: ON_SUBMIT_OR_CLEAR,
        style: &[("width", "100%")],
    ),
    primitive!("form.submit", "@ferroflex/form", "FormSubmit", props: &["as_child"]),
    primitive!(
        "form.validity_state",
        "@ferroflex/form",
        "FormValidityState",
        props: &["as_child"],
        ignored: &["as_child"],
    ),
    primitive!(
        "radix.primitives.dialog.close", "@ferroflex/dialog", "DialogClose", props: &["as_child"],
    ),
    primitive!(
        "radix.primitives.dialog.content",
        "@ferroflex/dialog",
        "DialogContent",
        props: &["as_child force_mount"],
        triggers: ON_LAYER,
    ),
    primitive!(
        "radix.primitives.dialog.description",
        "@ferroflex/dialog",
        "DialogDescription",
        props: &["as_child"],
    ),
    primitive!(
        "radix.primitives.dialog.overlay",
        "@ferroflex/dialog",
        "DialogOverlay",
        props: &["as_child force_mount"],
    ),
    primitive!(
        "radix.primitives.dialog.portal",
        "@ferroflex/dialog",
        "DialogPortal",
        props: &["as_child container force_mount"],
        ignored: &["as_child"],
    ),
    primitive!(
        "radix.primitives.dialog.root",
        "@ferroflex/dialog",
        "DialogRoot",
        props: &["as_child default_open modal open"],
        ignored: &["as_child"],
        triggers: ON_OPEN,
    ),
    primitive!(
        "radix.primitives.dialog.title", "@ferroflex/dialog", "DialogTitle", props: &["as_child"],
    ),
    primitive!(
        "radix.primitives.dialog.trigger",
        "@ferroflex/dialog",
        "DialogTrigger",
        props: &["as_child"],
    ),
    primitive!(
        "radix.primitives.progress.indicator",
        "@ferroflex/progress",
        "ProgressIndicator",
        props: &["as_child color_scheme max value"],
        style: &[
            ("background_color", "var(--accent-9)"),
            ("width", "100%"),
            ("height", "100%"),
            ("transition", "transform 250ms linear"),
            ("box_shadow", "inset 0 0 0 1px var(--gray-a5)"),
        ],
        children: Children::None,
    ),
    primitive!(
        "radix.primitives.progress.root",
        "@ferroflex/progress",
        "ProgressRoot",
        props: &["as_child max radius value"],
        style: &[
            ("position", "relative"),
            ("overflow", "hidden"),
            ("background", "var(--gray-a3)"),
            ("border_radius", "max(var(--radius-2), var(--radius-full))"),
            ("width", "100%"),
            ("height", "20px"),
            ("box_shadow", "inset 0 0 0 1px var(--gray-a5)"),
        ],
    ),
    primitive!(
        "toast.provider",
        "@ferroflex/toast",
        "ToastProvider",
        props: &[
            "close_button dir expand gap hotkey invert loading_icon offset",
            "pause_when_page_is_hidden position rich_colors theme toast_options visible_toasts",
        ],
        attributes: false,
        children: Children::None,
    ),
];
