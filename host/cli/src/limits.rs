//! Limits of what the binary itself keeps, with their reasons; `ferroflex limits` shows them with those
//! of all crates (`limits_table`).

use std::time::Duration;

ferroflex_limits::limits! {
    /// Stylesheets that are kept: those of the last versions of some dozen apps.
    #[limit(
        "stylesheets",
        "The oldest one is removed, and made anew when it is needed."
    )]
    pub(crate) const STYLESHEETS_KEPT_MAX: usize = 256;

    /// Python threads for every core, when the command line does not say: a handler that blocks holds
    /// one of them.
    #[limit(
        "threads",
        "Sync handlers wait for a thread; async ones are not affected.",
        setting = "--workers"
    )]
    pub(crate) const WORKERS_PER_CORE: usize = 4;

    /// For how long a handler may compute: longer ones most likely never end. Waiting does not count.
    #[limit(
        "s",
        "The handler is interrupted, and its event fails.",
        setting = "--time-budget"
    )]
    pub(crate) const TIME_BUDGET_S: u64 = 10;

    /// The shortest time budget: below it, loading a large state could already be over it.
    #[limit("µs", "The option is refused.")]
    pub(crate) const TIME_BUDGET_MIN: Duration = Duration::from_millis(100);

    /// The shortest secret: below it, guessing is cheap.
    #[limit("characters", "The option is refused.")]
    pub(crate) const SECRET_CHARS_MIN: usize = 16;
}
