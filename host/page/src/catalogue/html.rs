//! HTML's elements (`rx.el.*`), and the components that are plain HTML elements.

use super::{
    BASE, Children, Entry, Source,
    events::{ON_INPUT, ON_INPUT_OR_CHECK, ON_LOAD, ON_SUBMIT, ON_SUBMIT_OR_CLEAR, ON_TOGGLE},
};

/// One row: the name, the tag, and what differs from an element without props of its own.
macro_rules! element {
    ($name:literal, $tag:literal $(, $field:ident: $value:expr)* $(,)?) => {
        Entry { name: $name, tag: $tag, $($field: $value,)* ..BASE }
    };
}
pub(super) use element;

pub(super) const FORM: &str =
    "accept accept_charset action auto_complete enc_type method name no_validate target";
// Width and height are style, as of any element.
const IMAGE: &str = "alt cross_origin decoding loading referrer_policy sizes src src_set use_map";

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        source: Source::Fragment,
        attributes: false,
        ..element!("fragment", "Fragment")
    },
    element!(
        "form",
        "form",
        props: &[FORM, "as_child handle_submit_unique_name reset_on_submit"],
        ignored: &["as_child handle_submit_unique_name"],
        triggers: ON_SUBMIT_OR_CLEAR,
        style: &[("width", "100%")],
    ),
    element!(
        "html",
        "div",
        props: &["dangerouslySetInnerHTML manifest"],
        ignored: &["manifest"],
        class_name: "rx-Html",
    ),
    element!(
        "image", "img", props: &[IMAGE], triggers: ON_LOAD, children: Children::None,
    ),
    element!("list", "ul", props: &["items"], style: &[("list_style_type", "none")]),
    element!("list.item", "li"),
    element!(
        "list.ordered",
        "ol",
        props: &["items reversed start type"],
        style: &[("list_style_type", "decimal"), ("margin_left", "1.5rem")],
    ),
    element!(
        "list.unordered",
        "ul",
        props: &["items"],
        style: &[("list_style_type", "disc"), ("margin_left", "1.5rem")],
    ),
    element!(
        "el.a",
        "a",
        props: &[
            "discover download href href_lang media ping prevent_scroll_reset referrer_policy rel",
            "reload_document replace target to view_transition",
        ],
        ignored: &["discover view_transition"],
    ),
    element!("el.abbr", "abbr"),
    element!("el.address", "address"),
    element!(
        "el.area",
        "area",
        props: &["alt coords download href href_lang media referrer_policy rel shape target"],
        children: Children::None
    ),
    element!("el.article", "article"),
    element!("el.aside", "aside"),
    element!(
        "el.audio",
        "audio",
        props: &["auto_play controls cross_origin loop muted preload src"]
    ),
    element!("el.b", "b"),
    element!("el.base", "base", props: &["href target"], children: Children::None),
    element!("el.bdi", "bdi"),
    element!("el.bdo", "bdo"),
    element!("el.blockquote", "blockquote", props: &["cite"]),
    element!("el.body", "body"),
    element!("el.br", "br", children: Children::None),
    element!(
        "el.button",
        "button",
        props: &[
            "auto_focus disabled form form_action form_enc_type form_method",
            "form_no_validate form_target name type value",
        ]
    ),
    element!("el.canvas", "canvas"),
    element!("el.caption", "caption"),
    element!("el.cite", "cite"),
    element!("el.code", "code"),
    element!("el.col", "col", props: &["span"], children: Children::None),
    element!("el.colgroup", "colgroup", props: &["span"]),
    element!("el.data", "data", props: &["value"]),
    element!("el.datalist", "datalist"),
    element!("el.dd", "dd"),
    element!("el.del", "del", props: &["cite date_time"]),
    element!("el.details", "details", props: &["open"], triggers: ON_TOGGLE),
    element!("el.dfn", "dfn"),
    element!("el.dialog", "dialog", props: &["open"]),
    element!("el.div", "div"),
    element!("el.dl", "dl"),
    element!("el.dt", "dt"),
    element!("el.em", "em"),
    element!("el.embed", "embed", props: &["src type"], children: Children::None),
    element!("el.fieldset", "fieldset", props: &["disabled form name"]),
    element!("el.figcaption", "figcaption"),
    element!("el.figure", "figure"),
    element!("el.footer", "footer"),
    element!(
        "el.form",
        "form",
        props: &[
            "accept accept_charset action auto_complete enc_type method name no_validate",
            "handle_submit_unique_name reset_on_submit target",
        ],
        ignored: &["handle_submit_unique_name"],
        triggers: ON_SUBMIT
    ),
    element!("el.h1", "h1"),
    element!("el.h2", "h2"),
    element!("el.h3", "h3"),
    element!("el.h4", "h4"),
    element!("el.h5", "h5"),
    element!("el.h6", "h6"),
    element!("el.head", "head"),
    element!("el.header", "header"),
    element!("el.hr", "hr", children: Children::None),
    element!("el.i", "i"),
    element!(
        "el.iframe",
        "iframe",
        props: &["allow loading name referrer_policy sandbox src src_doc"],
        triggers: ON_LOAD
    ),
    element!(
        "el.input",
        "input",
        props: &[
            "accept alt auto_complete auto_focus capture checked default_checked",
            "default_value disabled form form_action form_enc_type form_method",
            "form_no_validate form_target list max max_length min min_length multiple",
            "name pattern placeholder read_only required size src step type value",
        ],
        triggers: ON_INPUT_OR_CHECK,
        controlled: &[("value", "on_change"), ("checked", "on_change")],
        children: Children::None
    ),
    element!("el.ins", "ins", props: &["cite date_time"]),
    element!("el.kbd", "kbd"),
    element!("el.label", "label", props: &["form html_for"]),
    element!("el.legend", "legend"),
    element!("el.li", "li"),
    element!(
        "el.link",
        "link",
        props: &["cross_origin href href_lang integrity media referrer_policy rel sizes type"],
        children: Children::None
    ),
    element!("el.main", "main"),
    element!("el.map", "map", props: &["name"]),
    element!("el.mark", "mark"),
    element!("el.math", "math"),
    element!(
        "el.meta",
        "meta",
        props: &["char_set content http_equiv name property"],
        children: Children::None
    ),
    element!("el.meter", "meter", props: &["form high low max min optimum value"]),
    element!("el.nav", "nav"),
    element!("el.noscript", "noscript"),
    element!("el.object", "object", props: &["data form name type use_map"]),
    element!("el.ol", "ol", props: &["reversed start type"]),
    element!("el.optgroup", "optgroup", props: &["disabled label"]),
    element!("el.option", "option", props: &["disabled label selected value"], children: Children::Text),
    element!("el.output", "output", props: &["form html_for name"]),
    element!("el.p", "p"),
    element!("el.picture", "picture"),
    element!("el.portal", "portal"),
    element!("el.pre", "pre"),
    element!("el.progress", "progress", props: &["form max value"]),
    element!("el.q", "q", props: &["cite"]),
    element!("el.rp", "rp"),
    element!("el.rt", "rt"),
    element!("el.ruby", "ruby"),
    element!("el.s", "s"),
    element!("el.samp", "samp"),
    element!("el.section", "section"),
    element!(
        "el.select",
        "select",
        props: &[
            "auto_complete auto_focus default_value disabled form multiple name required",
            "size value",
        ],
        triggers: ON_INPUT,
        controlled: &[("value", "on_change")]
    ),
    element!("el.slot", "slot"),
    element!("el.small", "small"),
    element!(
        "el.source",
        "source",
        props: &["media sizes src src_set type"],
        children: Children::None
    ),
    element!("el.span", "span"),
    element!("el.strong", "strong"),
    element!("el.style", "style", props: &["media suppress_hydration_warning"], children: Children::Text),
    element!("el.sub", "sub"),
    element!("el.summary", "summary"),
    element!("el.sup", "sup"),
    element!("el.table", "table", props: &["align summary"]),
    element!("el.tbody", "tbody"),
    element!("el.td", "td", props: &["align col_span headers row_span"]),
    Entry {
        source: Source::Plain("@ferroflex/behaviour"),
        ..element!("el.template", "Template")
    },
    element!(
        "el.textarea",
        "textarea",
        props: &[
            "auto_complete auto_focus auto_height cols default_value dirname disabled",
            "enter_key_submit form max_length min_length name placeholder read_only",
            "required rows value wrap",
        ],
        triggers: ON_INPUT,
        controlled: &[("value", "on_change")],
        children: Children::Text,
    ),
    element!("el.tfoot", "tfoot"),
    element!("el.th", "th", props: &["align col_span headers row_span scope"]),
    element!("el.thead", "thead"),
    element!("el.time", "time", props: &["date_time"]),
    element!("el.title", "title", children: Children::Text),
    element!("el.tr", "tr"),
    element!(
        "el.track",
        "track",
        props: &["default kind label src src_lang"],
        children: Children::None
    ),
    element!("el.u", "u"),
    element!("el.ul", "ul"),
    element!(
        "el.video",
        "video",
        props: &["auto_play controls cross_origin loop muted plays_inline poster preload src"]
    ),
    element!("el.wbr", "wbr", children: Children::None),
];
