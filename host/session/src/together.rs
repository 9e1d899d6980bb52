//! What has to be stored together: values that stand beside the sessions, and the sessions whose
//! turns have changed them.
//!
//! A session's change to such values and the rest of what the same turn did are stored in one step,
//! or a turn that is done again after a crash would find its own change. So values wait until the
//! turns that changed them are over, and are written in one bundle with all their sessions, and with
//! other values that those have changed. Where one of a bundle cannot be stored, since another
//! instance has it, none is: the turns are thrown away, and the clients send their events again.
//! Not here: what the values are (`beside`), and the writing itself (`keeper`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::beside::Beside;
use crate::keeper::Keeper;
use crate::limits::{BESIDE_UNSETTLED_MS_MAX, PAGE_UNCLAIMED_S_MAX};
use crate::script::Script;
use crate::session::Session;
use crate::store::Write;

/// A turn as the one who changes values beside its session ([`crate::Turn::author`]).
pub struct Author<S: Script> {
    session: Arc<Session<S>>,
    /// The session's life that the turn belongs to.
    life: u64,
    is_over: Arc<AtomicBool>,
}

/// Ends a turn for whoever waits for that: what it left is in its session.
pub(crate) struct Over(pub(crate) Arc<AtomicBool>);

/// Values that are to be stored.
pub(crate) struct Due<S: Script> {
    pub(crate) write: Write,
    /// By the tokens of their sessions.
    authors: HashMap<Arc<str>, Contribution<S>>,
}

/// The newest of a session's turns that have changed values.
struct Contribution<S: Script> {
    author: Author<S>,
    since: Instant,
    /// One before it was of a life that was lost: nothing that came after it counts.
    is_void: bool,
}

/// What is given to the store in one go.
pub(crate) struct Group<S: Script> {
    pub(crate) parts: Vec<Part<S>>,
    /// What does not count, since a session was lost whose turn has changed it.
    pub(crate) lost: Vec<Lost<S>>,
}

/// One write of a group.
pub(crate) struct Part<S: Script> {
    write: Arc<Write>,
    /// What it stands together with.
    bundle: u32,
    /// Whose it is; none for values that stand beside the sessions.
    pub(crate) session: Option<Arc<Session<S>>>,
}

/// A bundle that is thrown away.
pub(crate) struct Lost<S: Script> {
    pub(crate) values: Vec<Write>,
    pub(crate) sessions: Vec<Arc<Session<S>>>,
}

impl<S: Script> Author<S> {
    pub(crate) fn new(session: Arc<Session<S>>, life: u64, is_over: Arc<AtomicBool>) -> Self {
        Self {
            session,
            life,
            is_over,
        }
    }

    /// Has values stored that the turn has changed, in place of all that is stored under that key,
    /// and together with what else the turn leaves: both, or none. Nothing happens without a lasting
    /// store.
    pub fn keep_beside(&self, key: &Arc<str>, values: Beside) {
        if let Some(keeper) = &self.session.keeper {
            keeper.keep_beside(key, values, Some(self.again()));
        }
    }

    fn again(&self) -> Self {
        let (session, is_over) = (Arc::clone(&self.session), Arc::clone(&self.is_over));
        Self::new(session, self.life, is_over)
    }

    /// Whether what the turn did does not count.
    fn is_lost(&self) -> bool {
        self.session.core.lock().life != self.life
    }
}

impl Drop for Over {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

impl<S: Script> Due<S> {
    pub(crate) fn new(write: Write) -> Self {
        Self {
            write,
            authors: HashMap::new(),
        }
    }

    /// Notes a turn that has changed the values.
    pub(crate) fn add(&mut self, author: Author<S>) {
        let token = Arc::clone(&author.session.token);
        let known = self.authors.get(&token);
        let is_void = known.is_some_and(|known| known.is_void || known.author.life != author.life);
        let contribution = Contribution {
            author,
            since: Instant::now(),
            is_void,
        };
        self.authors.insert(token, contribution);
    }

    /// Whether the turns that have changed them are over. One that goes on for too long is not
    /// waited for.
    fn is_settled(&self) -> bool {
        let limit = Duration::from_millis(BESIDE_UNSETTLED_MS_MAX);
        self.authors.values().all(|known| {
            known.author.is_over.load(Ordering::Acquire) || known.since.elapsed() >= limit
        })
    }

    fn is_lost(&self) -> bool {
        let mut authors = self.authors.values();
        authors.any(|known| known.is_void || known.author.is_lost())
    }
}

/// What is due, by key.
pub(crate) type All<S> = HashMap<Arc<str>, Due<S>>;

/// Whether something can be stored.
pub(crate) fn is_any_settled<S: Script>(all: &All<S>) -> bool {
    let bundles = bundles(all);
    let mut bundles = bundles.iter();
    bundles.any(|bundle| bundle.keys.iter().all(|key| all[key].is_settled()))
}

/// Keys that belong together, and the tokens of the sessions that make them.
#[derive(Default)]
struct Bundle {
    keys: Vec<Arc<str>>,
    tokens: HashSet<Arc<str>>,
}

impl Bundle {
    fn join(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        self.tokens.extend(other.tokens);
        self
    }
}

/// Values that a session has both changed are in the same bundle.
fn bundles<S: Script>(all: &All<S>) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for (key, due) in all {
        let keys = vec![Arc::clone(key)];
        let tokens: HashSet<_> = due.authors.keys().cloned().collect();
        let is_near = |known: &Bundle| !known.tokens.is_disjoint(&tokens);
        let (near, apart): (Vec<_>, Vec<_>) = bundles.into_iter().partition(is_near);
        bundles = apart;
        let own = Bundle { keys, tokens };
        bundles.push(near.into_iter().fold(own, Bundle::join));
    }
    bundles
}

impl<S: Script> Keeper<S> {
    /// Makes up a group of these sessions and of what stands beside them. What a bundle lacks yet
    /// waits, with its sessions. To be called while nothing is added to `all`, so that no session is
    /// written with a turn whose values are not.
    pub(crate) fn group(&self, all: &mut All<S>, sessions: Vec<Arc<Session<S>>>) -> Group<S> {
        let mut group = Group {
            parts: Vec::with_capacity(sessions.len()),
            lost: Vec::new(),
        };
        let mut taken: HashSet<Arc<str>> = HashSet::new();
        for (number, bundle) in (1..).zip(bundles(all)) {
            if bundle.keys.iter().all(|key| all[key].is_settled()) {
                let due = bundle.keys.iter().filter_map(|key| all.remove(key));
                taken.extend(self.take_bundle(&mut group, number, due.collect()));
            } else {
                taken.extend(bundle.tokens);
            }
        }
        for session in sessions {
            if !taken.contains(&session.token) {
                self.take_session(&mut group, 0, session);
            }
        }
        group
    }

    /// Gives the tokens of the sessions that are dealt with.
    fn take_bundle(
        &self,
        group: &mut Group<S>,
        bundle: u32,
        due: Vec<Due<S>>,
    ) -> HashSet<Arc<str>> {
        let is_lost = due.iter().any(Due::is_lost);
        let mut sessions = HashMap::new();
        let mut values = Vec::with_capacity(due.len());
        for due in due {
            values.push(due.write);
            // Those that are lost already have gone on since.
            let authors = due.authors.into_iter();
            let authors = authors.filter(|(_, known)| !known.author.is_lost());
            sessions.extend(authors.map(|(token, known)| (token, known.author.session)));
        }
        let tokens = sessions.keys().cloned().collect();
        if is_lost {
            let sessions = sessions.into_values().collect();
            group.lost.push(Lost { values, sessions });
            return tokens;
        }
        for session in sessions.into_values() {
            self.take_session(group, bundle, session);
        }
        group.parts.extend(values.into_iter().map(|write| Part {
            write: Arc::new(write),
            bundle,
            session: None,
        }));
        tokens
    }

    fn take_session(&self, group: &mut Group<S>, bundle: u32, session: Arc<Session<S>>) {
        let write = session.write(self.kept_s, PAGE_UNCLAIMED_S_MAX);
        group.parts.extend(write.map(|write| Part {
            write,
            bundle,
            session: Some(session),
        }));
    }
}

impl<S: Script> Part<S> {
    /// What the store is given.
    pub(crate) fn write(&self) -> Write {
        Write {
            bundle: self.bundle,
            ..Write::clone(&self.write)
        }
    }
}
