//! The limits of the shell in the browser, for those who run the server. A test compares them with the
//! TypeScript sources, where they stand for the browser.
//!
//! Not here: waits that bound nothing, such as how long a tooltip takes to appear.

ferroflex_limits::limits! {
    /// So many events are sent ahead of their acknowledgements; half of what a session queues.
    #[limit("events", "The next event is sent when one of them is acknowledged.")]
    pub const EVENTS_UNDER_WAY: u32 = 128;

    /// Applied frames are acknowledged after so many …
    #[limit("frames", "The client acknowledges what it has applied.")]
    pub const ACK_FRAMES: u32 = 32;

    /// … or after so long, so that the server can forget them.
    #[limit("ms", "The client acknowledges what it has applied.")]
    pub const ACK_WAIT_MS: u32 = 5_000;

    /// How long the server may take to ask for the tab's session, in seconds, once the tab leaves …
    #[limit("s", "The next page of the tab counts as a new visit until it says hello.")]
    pub const LEAVE_S: u32 = 5;

    /// A page that is offline for long keeps so many events; a later one is refused.
    #[limit("events", "What the user does beyond it is refused.")]
    pub const PENDING_LIMIT: u32 = 1_000;

    /// The first wait before connecting again; doubled by every attempt that fails.
    #[limit("ms", "The connection is tried again; the wait doubles with every failure.")]
    pub const BACKOFF_FIRST_MS: u32 = 250;

    /// The longest wait: a server that comes back is found within seconds.
    #[limit("ms", "The wait between two tries grows no further.")]
    pub const BACKOFF_LIMIT_MS: u32 = 10_000;

    /// After a refusal: asking again soon would be refused again.
    #[limit("ms", "A client that was refused tries again.")]
    pub const REFUSED_WAIT_MS: u32 = 30_000;

    /// The clients of a server that restarts come back spread over this time.
    #[limit("ms", "All clients of a server that restarted are back.")]
    pub const RESTART_SPREAD_MS: u32 = 1_500;

    /// A session that moved is with another server already; twice within this time is no move.
    #[limit("ms", "A session that moves again sooner is followed with jitter.")]
    pub const MOVED_REST_MS: u32 = 1_000;

    /// Below the 60 s after which proxies close a silent connection; the protocol says 25 s.
    #[limit("ms", "The client asks for a sign of life.")]
    pub const PING_MS: u32 = 25_000;

    /// How long a ping may stay unanswered before the connection counts as dead.
    #[limit("ms", "The connection counts as dead and is made anew.")]
    pub const PONG_WAIT_MS: u32 = 10_000;

    /// A server has given up a client of which it heard nothing for so long: the laptop slept.
    #[limit("ms", "The connection is made anew before anything is sent on it.")]
    pub const SILENCE_MS: u32 = 60_000;

    /// A page that was just loaded again looks for another instance rather than doing so once more.
    #[limit("ms", "A page of another build is loaded again instead of connecting anew.")]
    pub const RELOAD_REST_MS: u32 = 30_000;

    /// A mismatch so long after the last reload has nothing to do with it any more.
    #[limit("ms", "A mismatch of builds counts as the beginning of another deploy.")]
    pub const RELOAD_RELATED_MS: u32 = 60_000;

    /// Two builds side by side for so long are no deploy that is about to be over.
    #[limit("ms", "The user is told to load the page.")]
    pub const RENEWAL_MS_MAX: u32 = 300_000;

    /// Nobody is kept on an old page for longer.
    #[limit("ms", "The page is loaded again although the user types or an upload runs.")]
    pub const BUSY_MS_MAX: u32 = 10_000;

    /// Who has not touched a key for so long is not within a word any more.
    #[limit("ms", "The user counts as not typing any more.")]
    pub const TYPING_PAUSE_MS: u32 = 1_500;

    /// How long the table of names may take; the page connects without some of the events then.
    #[limit("ms", "The page connects without the events whose handlers it does not know.")]
    pub const NAMES_MS_MAX: u32 = 5_000;

    /// The overlay keeps so many errors; the oldest goes first.
    #[limit("messages", "The oldest message is removed.")]
    pub const FAILURES_KEPT_MAX: u32 = 20;

    /// So many errors are told of one page: one that fails again and again says nothing new.
    #[limit("errors", "The app is told of no further errors of the page.")]
    pub const ERRORS_TOLD_MAX: u32 = 20;

    /// So many pages are fetched ahead of their click: a list of links is passed over quickly.
    #[limit("pages", "Further pages are fetched when their links are followed.")]
    pub const PREFETCHED_PAGES_MAX: u32 = 32;

    /// So many entries' positions are kept: nobody goes back further and remembers where they were.
    #[limit("pages", "The oldest page's scroll position is forgotten.")]
    pub const POSITIONS_MAX: u32 = 50;

    /// What the server has made of a page's texts is written into the page up to so much; beyond it,
    /// a browser is as quick to make it.
    #[limit("characters", "The browser loads the parser and parses the page's texts itself.")]
    pub const PREPARED_CHARS_MAX: u32 = 500_000;

    /// Texts whose functions are kept: those of a page's buttons, not those made anew each time.
    #[limit("scripts", "The oldest script is compiled again when it is run again.")]
    pub const COMPILED_MAX: u32 = 100;

    /// Semicolons, from the end, after which a script's value is looked for.
    #[limit("places", "The script is run as statements without a value.")]
    pub const SPLITS_MAX: u32 = 20;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Names like those of limits whose constants are none.
    const NO_LIMITS: &[(&str, &str)] = &[
        ("DIGITS_MAX", "what JavaScript writes of a number at most"),
        (
            "EXPONENT_LIMIT",
            "the same number is page's, for what Python's operators give",
        ),
        (
            "SPREAD_LIMIT",
            "longer lists are changed in another way, with the same result",
        ),
        (
            "TO_FIXED_LIMIT",
            "from there on JavaScript writes exponents",
        ),
    ];

    #[test]
    fn limits_are_those_of_the_sources() {
        let constants = constants();
        for limit in TABLE {
            let value = constants.get(limit.name).map(Vec::as_slice);
            assert_eq!(value, Some(&[(limit.value)()][..]), "{}", limit.name);
        }
    }

    #[test]
    fn what_is_named_like_a_limit_is_in_the_table() {
        let listed = |name: &str| {
            TABLE.iter().any(|limit| limit.name == name)
                || NO_LIMITS.iter().any(|(other, _)| *other == name)
        };
        let named = |name: &&String| name.ends_with("_MAX") || name.ends_with("_LIMIT");
        let constants = constants();
        let missing: Vec<_> = constants
            .keys()
            .filter(named)
            .filter(|name| !listed(name))
            .collect();
        assert!(
            missing.is_empty(),
            "limits of the shell that no table has: {missing:?}"
        );
    }

    /// The whole numbers that constants of the sources stand for, by name.
    fn constants() -> BTreeMap<String, Vec<u128>> {
        let mut found = BTreeMap::<String, Vec<u128>>::new();
        read(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found.len() > 20, "{found:?}");
        found
    }

    fn read(folder: &Path, found: &mut BTreeMap<String, Vec<u128>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, found);
            } else {
                let text = fs::read_to_string(&path).unwrap_or_default();
                for (name, value) in text.lines().filter_map(constant) {
                    found.entry(name).or_default().push(value);
                }
            }
        }
    }

    fn constant(line: &str) -> Option<(String, u128)> {
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.strip_prefix("const ")?.split_once(" = ")?;
        let digits = value.split(';').next()?.replace('_', "");
        Some((name.to_owned(), digits.parse().ok()?))
    }
}
