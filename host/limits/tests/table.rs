//! Limits as another crate declares them, and how their values are written.

use std::time::Duration;

use ferroflex_limits::{Amount, Limit, limits};

limits! {
    /// Long enough for
    /// most.
    #[limit("ms", "It ends.", setting = "--patience")]
    pub const PATIENCE_MS_MAX: u64 = 1_500;

    /// Some.
    #[limit("bytes", "No more is taken.")]
    const SIZE_MAX: usize = 3 << 20;

    /// A moment.
    #[limit("µs", "It is put off.")]
    const MOMENT: Duration = Duration::from_millis(250);

    /// Many.
    #[limit("sessions", "The next one waits.")]
    const SESSIONS_MAX: u32 = 10_001;
}

#[test]
fn values_are_written_as_people_do() {
    let shown: Vec<_> = TABLE.iter().map(Limit::shown).collect();
    assert_eq!(shown, ["1.5 s", "3 MiB", "250 ms", "10,001 sessions"]);
}

#[test]
fn the_table_knows_what_stands_at_the_constant() {
    let first = TABLE[0];
    assert_eq!(first.name, "PATIENCE_MS_MAX");
    assert_eq!(first.setting, "--patience");
    assert_eq!(first.when_hit, "It ends.");
    assert_eq!(first.why.split_whitespace().count(), 4);
    assert_eq!(TABLE[1].setting, "");
    assert_eq!((TABLE[1].value)(), SIZE_MAX.amount());
}
