//! Components that show content: highlighted code, Markdown, dates, video and sound. And the names
//! of constants that belong to them, such as the themes of code.
//!
//! Not here: what they are made of from an author's arguments (`expand/content.rs`, `markdown.rs`).

use super::{
    BASE, Children, Entry, Source,
    events::{DETAILS, NOTHING, NUMBER, TEXT, TriggerSpec, on},
};

const CONTENT: Entry = Entry {
    attributes: false,
    ..BASE
};

const PLAYER: Entry = Entry {
    source: Source::Plain("@ferroflex/media"),
    tag: "Player",
    props: &["config controls disable_remote_playback light loop muted playing src volume"],
    literals: &[("controls", "true")],
    triggers: ON_MEDIA,
    ..CONTENT
};

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        name: "audio",
        ..PLAYER
    },
    Entry {
        name: "code_block",
        source: Source::Module("@ferroflex/code"),
        tag: "CodeBlock",
        props: &[
            "code_tag_props custom_style language show_line_numbers starting_line_number theme",
            "wrap_long_lines",
        ],
        defaults: &[("language", "python")],
        children: Children::Text,
        ..CONTENT
    },
    // The box around Markdown: what is Markdown's own goes inside.
    Entry {
        name: "markdown",
        tag: "div",
        ..BASE
    },
    Entry {
        name: "markdown.root",
        source: Source::Module("@ferroflex/markdown"),
        tag: "Markdown",
        props: &[
            "component_map rehype_plugins remark_plugins use_gfm use_katex use_math use_raw",
            "use_unwrap_images",
        ],
        children: Children::Text,
        ..CONTENT
    },
    Entry {
        name: "moment",
        source: Source::Plain("@ferroflex/moment"),
        tag: "Moment",
        props: &[
            "add ago calendar date decimal diff duration duration_from_now element fallback filters",
            "format from from_now from_now_during from_now_short interval local locale parse",
            "renderers subtract title_format to to_now trim tz unit unix utc with_title",
        ],
        triggers: &[on("on_change", "onChange", TEXT)],
        children: Children::Text,
        ..CONTENT
    },
    Entry {
        name: "moment_provider",
        source: Source::Plain("@ferroflex/moment"),
        tag: "MomentProvider",
        props: &["element filters format interval local locale parse pool renderers timezone"],
        ..CONTENT
    },
    Entry {
        name: "video",
        ..PLAYER
    },
];

/// What a player tells; the last rows are older names of others.
const ON_MEDIA: &[TriggerSpec] = &[
    on("on_click_preview", "onClickPreview", NOTHING),
    on("on_duration_change", "onDurationChange", NUMBER),
    on("on_ended", "onEnded", NOTHING),
    on(
        "on_enter_picture_in_picture",
        "onEnterPictureInPicture",
        NOTHING,
    ),
    on("on_error", "onError", NOTHING),
    on(
        "on_leave_picture_in_picture",
        "onLeavePictureInPicture",
        NOTHING,
    ),
    on("on_pause", "onPause", NOTHING),
    on("on_play", "onPlay", NOTHING),
    on("on_playing", "onPlaying", NOTHING),
    on("on_progress", "onProgress", DETAILS),
    on("on_rate_change", "onRateChange", NUMBER),
    on("on_ready", "onReady", NOTHING),
    on("on_seeked", "onSeeked", NUMBER),
    on("on_seeking", "onSeeking", NOTHING),
    on("on_start", "onStart", NOTHING),
    on("on_time_update", "onTimeUpdate", NUMBER),
    on("on_waiting", "onWaiting", NOTHING),
    on("on_buffer", "onWaiting", NOTHING),
    on("on_buffer_end", "onPlaying", NOTHING),
    on("on_disable_pip", "onLeavePictureInPicture", NOTHING),
    on("on_duration", "onDurationChange", NUMBER),
    on("on_enable_pip", "onEnterPictureInPicture", NOTHING),
    on("on_playback_rate_change", "onRateChange", NUMBER),
    on("on_seek", "onSeeked", NUMBER),
];

/// Names that stand for a constant text, the one that the shell knows.
pub(super) const CONSTANTS: &[(&str, &str)] = &[
    ("code_block.themes.a11y_dark", "a11y-dark"),
    ("code_block.themes.atom_dark", "atom-dark"),
    ("code_block.themes.cb", "cb"),
    ("code_block.themes.coldark_cold", "coldark-cold"),
    ("code_block.themes.coldark_dark", "coldark-dark"),
    ("code_block.themes.coy", "coy"),
    (
        "code_block.themes.coy_without_shadows",
        "coy-without-shadows",
    ),
    ("code_block.themes.darcula", "darcula"),
    ("code_block.themes.dark", "one-dark"),
    ("code_block.themes.dracula", "dracula"),
    ("code_block.themes.duotone_dark", "duotone-dark"),
    ("code_block.themes.duotone_earth", "duotone-earth"),
    ("code_block.themes.duotone_forest", "duotone-forest"),
    ("code_block.themes.duotone_light", "duotone-light"),
    ("code_block.themes.duotone_sea", "duotone-sea"),
    ("code_block.themes.duotone_space", "duotone-space"),
    ("code_block.themes.funky", "funky"),
    ("code_block.themes.ghcolors", "ghcolors"),
    ("code_block.themes.gruvbox_dark", "gruvbox-dark"),
    ("code_block.themes.gruvbox_light", "gruvbox-light"),
    ("code_block.themes.holi_theme", "holi-theme"),
    ("code_block.themes.hopscotch", "hopscotch"),
    ("code_block.themes.light", "one-light"),
    ("code_block.themes.lucario", "lucario"),
    ("code_block.themes.material_dark", "material-dark"),
    ("code_block.themes.material_light", "material-light"),
    ("code_block.themes.material_oceanic", "material-oceanic"),
    ("code_block.themes.night_owl", "night-owl"),
    ("code_block.themes.nord", "nord"),
    ("code_block.themes.okaidia", "okaidia"),
    ("code_block.themes.one_dark", "one-dark"),
    ("code_block.themes.one_light", "one-light"),
    ("code_block.themes.pojoaque", "pojoaque"),
    ("code_block.themes.prism", "prism"),
    ("code_block.themes.shades_of_purple", "shades-of-purple"),
    (
        "code_block.themes.solarized_dark_atom",
        "solarized-dark-atom",
    ),
    ("code_block.themes.solarizedlight", "solarizedlight"),
    ("code_block.themes.synthwave84", "synthwave84"),
    ("code_block.themes.tomorrow", "tomorrow"),
    ("code_block.themes.twilight", "twilight"),
    ("code_block.themes.vs", "vs"),
    ("code_block.themes.vs_dark", "vs-dark"),
    ("code_block.themes.vsc_dark_plus", "vsc-dark-plus"),
    ("code_block.themes.xonokai", "xonokai"),
    ("code_block.themes.z_touch", "z-touch"),
    ("markdown.plugin.gfm", "gfm"),
    ("markdown.plugin.katex", "katex"),
    ("markdown.plugin.math", "math"),
    ("markdown.plugin.raw", "raw"),
    ("markdown.plugin.unwrap_images", "unwrap_images"),
];
