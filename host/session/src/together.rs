//! What has to be stored together: values that stand beside the sessions, and the sessions whose
//! turns have changed them.
//!
//! A session's change to such values and the rest of what the same turn did are stored in one step,
//! or a turn that is done again after a crash would find its own change. So values wait until the
//! turns that changed them are over, and are written in one bundle with all their sessions, and with
//! other values that those have changed. Where one of a bundle cannot be stored, since another
//! instance has it, none is: the turns are thrown away, and the clients send their events again. So
//! does whatever was done on top of them meanwhile, as the generation of the values is raised.
//! Not here: what the values are (`beside`), and the writing itself (`keeper`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::beside::{Beside, Given};
use crate::keeper::Keeper;
use crate::limits::PAGE_UNCLAIMED_S_MAX;
use crate::script::Script;
use crate::session::Session;
use crate::store::Write;

/// A turn as the one who changes values beside its session ([`crate::Turn::author`]).
pub struct Author<S: Script> {
    session: Arc<Session<S>>,
    /// The session's life that the turn belongs to.
    life: u64,
    ending: Arc<Ending>,
}

/// What is known of the end of a turn.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    /// What the turn left is in its session.
    is_over: AtomicBool,
    /// Values wait for that.
    is_awaited: AtomicBool,
}

/// Values that are to be stored.
pub(crate) struct Due<S: Script> {
    pub(crate) write: Write,
    /// By the tokens of their sessions.
    authors: HashMap<Arc<str>, Contribution<S>>,
    /// They are to be thrown away.
    is_void: bool,
}

/// The newest of a session's turns that have changed values.
struct Contribution<S: Script> {
    author: Author<S>,
    /// One before it was of a life that was lost: nothing that came after it counts.
    is_void: bool,
}

/// What is given to the store in one go.
pub(crate) struct Group<S: Script> {
    pub(crate) parts: Vec<Part<S>>,
    /// What does not count, since a session was lost whose turn has changed it.
    pub(crate) lost: Lost<S>,
    /// Sessions that had been lost already and have gone on since: what they have left waits for
    /// nothing any more.
    pub(crate) gone_on: Vec<Arc<Session<S>>>,
}

/// One write of a group.
pub(crate) struct Part<S: Script> {
    pub(crate) write: Arc<Write>,
    /// What it stands together with.
    bundle: u32,
    /// Whose it is; none for values that stand beside the sessions.
    pub(crate) session: Option<Arc<Session<S>>>,
}

/// What is thrown away.
pub(crate) struct Lost<S: Script> {
    pub(crate) values: Vec<Arc<Write>>,
    pub(crate) sessions: Vec<Arc<Session<S>>>,
}

/// A turn that is to be thrown away, and whoever waits for that.
pub(crate) struct Abandoned<S: Script>(Author<S>, Given);

impl<S: Script> Author<S> {
    pub(crate) fn new(session: Arc<Session<S>>, life: u64, ending: Arc<Ending>) -> Self {
        Self {
            session,
            life,
            ending,
        }
    }

    /// The token of the session.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.session.token
    }

    /// Has values stored that the turn has changed, in place of all that is stored under that key,
    /// and together with what else the turn leaves, when it has ended: both, or none. Nothing happens
    /// without a lasting store.
    pub fn keep_beside(&self, key: &Arc<str>, values: Beside) {
        if let Some(keeper) = &self.session.keeper {
            self.ending.is_awaited.store(true, Ordering::Release);
            keeper.keep_beside(key, values, Some(self.again()));
        }
    }

    fn again(&self) -> Self {
        let (session, ending) = (Arc::clone(&self.session), Arc::clone(&self.ending));
        Self::new(session, self.life, ending)
    }

    /// Throws away what the turn has done, with all that is not stored of its session, so that its
    /// event is handled again; then calls `thrown_away`. To be called only with a lasting store.
    pub fn throw_away(&self, thrown_away: impl FnOnce() + Send + 'static) {
        match &self.session.keeper {
            Some(keeper) => keeper.abandon(Abandoned(self.again(), Box::new(thrown_away))),
            None => thrown_away(),
        }
    }

    /// Whether what the turn did does not count.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.session.core.lock().life != self.life
    }
}

impl Ending {
    /// The turn is over. Gives whether values wait for that.
    pub(crate) fn has_come(&self) -> bool {
        self.is_over.store(true, Ordering::Release);
        self.is_awaited.load(Ordering::Acquire)
    }
}

impl<S: Script> Default for Lost<S> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            sessions: Vec::new(),
        }
    }
}

impl<S: Script> Abandoned<S> {
    /// The session, unless it was lost anyway, and who waits.
    pub(crate) fn take(self) -> (Option<Arc<Session<S>>>, Given) {
        let Self(author, given) = self;
        let is_lost = author.is_lost();
        ((!is_lost).then_some(author.session), given)
    }
}

impl<S: Script> Due<S> {
    pub(crate) fn new(write: Write) -> Self {
        Self {
            write,
            authors: HashMap::new(),
            is_void: false,
        }
    }

    /// Takes newer values in place of those that were to be stored. Where they were not made out of
    /// those, since they were taken from the store under another lease, neither count.
    pub(crate) fn renew(&mut self, write: Write) {
        self.is_void |= self.write.generation != write.generation;
        self.write = write;
    }

    /// Notes a turn that has changed the values.
    pub(crate) fn add(&mut self, author: Author<S>) {
        let token = Arc::clone(&author.session.token);
        let known = self.authors.get(&token);
        let is_void = known.is_some_and(|known| known.is_void || known.author.life != author.life);
        self.authors.insert(token, Contribution { author, is_void });
    }

    /// Has them be thrown away.
    pub(crate) fn give_up(&mut self) {
        self.is_void = true;
    }

    /// Whether the turns that have changed them are over.
    fn is_settled(&self) -> bool {
        let mut authors = self.authors.values();
        authors.all(|known| known.author.ending.is_over.load(Ordering::Acquire))
    }

    fn is_lost(&self) -> bool {
        let mut authors = self.authors.values();
        self.is_void || authors.any(|known| known.is_void || known.author.is_lost())
    }
}

/// What is due, by key.
pub(crate) type All<S> = HashMap<Arc<str>, Due<S>>;

/// Whether something can be stored, or thrown away.
pub(crate) fn is_any_ready<S: Script>(all: &All<S>) -> bool {
    let bundles = bundles(all);
    let mut bundles = bundles.iter();
    bundles.any(|bundle| bundle.state(all) != State::Early)
}

/// Keys that belong together, and the tokens of the sessions that make them.
#[derive(Default)]
struct Bundle {
    keys: Vec<Arc<str>>,
    tokens: HashSet<Arc<str>>,
}

/// What can be done with a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A turn is not over.
    Early,
    /// It can be stored.
    Settled,
    /// It is to be thrown away.
    Lost,
}

impl Bundle {
    fn state<S: Script>(&self, all: &All<S>) -> State {
        let mut due = self.keys.iter().map(|key| &all[key]);
        if due.clone().any(Due::is_lost) {
            State::Lost
        } else if due.all(Due::is_settled) {
            State::Settled
        } else {
            State::Early
        }
    }

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
    /// Makes up a group of these sessions and of what stands beside them. To be called while nothing
    /// is added to `all`, so that no session is written with a turn whose values are not.
    pub(crate) fn group(&self, all: &mut All<S>, sessions: Vec<Arc<Session<S>>>) -> Group<S> {
        let mut group = Group {
            parts: Vec::with_capacity(sessions.len()),
            lost: Lost::default(),
            gone_on: Vec::new(),
        };
        let mut waiting: HashSet<Arc<str>> = HashSet::new();
        let mut dealt_with: HashSet<Arc<str>> = HashSet::new();
        for (number, bundle) in (1..).zip(bundles(all)) {
            let state = bundle.state(all);
            if state == State::Early {
                waiting.extend(bundle.tokens);
                continue;
            }
            let due = bundle.keys.iter().filter_map(|key| all.remove(key));
            let (values, sessions) = divide(due, &mut group.gone_on);
            dealt_with.extend(sessions.iter().map(|session| Arc::clone(&session.token)));
            if state == State::Lost {
                group.lost.values.extend(values);
                group.lost.sessions.extend(sessions);
            } else {
                self.take_bundle(&mut group, number, values, sessions);
            }
        }
        for session in sessions {
            if waiting.contains(&session.token) {
                // It comes with its bundle.
                session.core.lock().unsaved.skip();
            } else if !dealt_with.contains(&session.token) {
                self.take_session(&mut group, 0, session);
            }
        }
        group
    }

    fn take_bundle(
        &self,
        group: &mut Group<S>,
        bundle: u32,
        values: Vec<Arc<Write>>,
        sessions: Vec<Arc<Session<S>>>,
    ) {
        for session in sessions {
            self.take_session(group, bundle, session);
        }
        group.parts.extend(values.into_iter().map(|write| Part {
            write,
            bundle,
            session: None,
        }));
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

/// The values, and the sessions that have changed them; apart from them those that were lost already.
fn divide<S: Script>(
    due: impl Iterator<Item = Due<S>>,
    gone_on: &mut Vec<Arc<Session<S>>>,
) -> (Vec<Arc<Write>>, Vec<Arc<Session<S>>>) {
    let (mut values, mut sessions) = (Vec::new(), HashMap::new());
    for due in due {
        values.push(Arc::new(due.write));
        for Contribution { author, .. } in due.authors.into_values() {
            if author.is_lost() {
                gone_on.push(author.session);
            } else {
                sessions.insert(Arc::clone(&author.session.token), author.session);
            }
        }
    }
    (values, sessions.into_values().collect())
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
