//! Every limit of what pages are made of, with its reason.
//!
//! Not here: what only says how numbers are written, as Python and JavaScript do (`evaluate`).

ferroflex_limits::limits! {
    /// Descriptions that a process keeps. Equal ones are kept once, so that loading an app again adds
    /// nothing; an app has some dozens of classes. At about 300 bytes each this is 2 MB.
    #[limit("classes", "The app that brings one more is not loaded.")]
    pub const DESCRIPTIONS_MAX: usize = 8_192;

    /// How deep expressions may stand inside each other: evaluation is recursive, and the stack of a
    /// thread holds far more than this.
    #[limit("levels", "The server leaves the expression to the browser.")]
    pub const EXPRESSION_DEPTH_MAX: usize = 256;

    /// How many items and characters one evaluation may make in all, so that no product or range of a
    /// page fills the memory.
    #[limit(
        "items and characters",
        "The server leaves the expression to the browser."
    )]
    pub const EVALUATED_SIZE_MAX: usize = 4_000_000;

    /// How many values a constant may hold that stands in a module instead of what makes it.
    #[limit("values", "The module computes the constant itself.")]
    pub const FOLDED_VALUES_MAX: usize = 64;

    /// How long the texts of such a constant may be together, in bytes.
    #[limit("bytes", "The module computes the constant itself.")]
    pub const FOLDED_BYTES_MAX: usize = 4096;

    /// How wide a text may be made, so that a specification does not fill the memory;
    /// JavaScript does not write more digits either.
    #[limit(
        "characters",
        "The server leaves the expression to the browser."
    )]
    pub const FORMAT_WIDTH_MAX: usize = 1000;

    /// Words that one app may have; what comes then is passed over. The largest of apps have some
    /// thousand classes, and each word costs a microsecond or two of the engine's time.
    #[limit("words", "Tailwind does not see the words that come then.")]
    pub const WORDS_MAX: usize = 50_000;

    /// Bytes of a word. Gradients and grids in brackets are long.
    #[limit("bytes", "A longer word is no class for Tailwind.")]
    pub const WORD_BYTES_MAX: usize = 300;
}
