//! A page load: what a session gives for the first HTML of a page, before there is a socket.
//!
//! The events of the opening go through the mailbox like a client's, without ids, since ids are
//! the client's own to count. What they change is collected here until the page is delivered; what
//! comes later goes out as frames, once the page says hello with the name that it was given. Not
//! here: HTTP, and what a page's `on_load` is made of (the server, the script host).

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ferroflex_state::{Op, Value, apply};
use tokio::time::timeout_at;

use crate::error::SessionError;
use crate::hub::Hub;
use crate::mailbox::Letter;
use crate::message::Event;
use crate::script::{Script, Visit};
use crate::session::Session;
use crate::session_core::Core;
use crate::storage::Storage;
use crate::token::new_token;

/// Who asks for a page.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// What the request tells; `token` and `session_id` are filled in by the hub.
    pub visit: Visit,
    /// The session of the tab that loads the page again, if it says that there is one.
    pub token: Option<String>,
    /// The fields of which the request's headers tell; a session that goes on takes them over.
    pub told: Storage,
}

/// One step of what happens when a page is opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A handler runs.
    Event {
        /// The handler's number.
        handler: u32,
        /// Its positional arguments, in the wire protocol's form.
        args: Vec<serde_json::Value>,
    },
    /// The browser is asked for something, in the wire protocol's form.
    Command(serde_json::Value),
}

/// What a page is delivered with.
#[derive(Debug)]
pub struct PageLoad {
    /// The session's token.
    pub token: Arc<str>,
    /// The name with which the page says hello.
    pub client: String,
    /// The sequence number at which the state stands.
    pub sequence: u64,
    /// The highest event id that the session has received.
    pub event: u64,
    /// The state at that number: one list of field values a substate.
    pub state: Vec<Value>,
    /// What the browser is asked to do once the page is shown.
    pub commands: Vec<serde_json::Value>,
    /// `error` frames, without a number, of the items that failed or were refused.
    pub errors: Vec<Bytes>,
    /// How many of the items were taken; the rest is the browser's.
    pub loaded: usize,
    /// Whether all that was taken had ended in time. What had not goes on.
    pub finished: bool,
    /// Whether it is the session of a page that said hello once.
    pub continued: bool,
}

/// What is collected for a page that is about to be delivered.
#[derive(Debug)]
pub(crate) struct Collector {
    opening: Arc<Opening>,
    /// Whether the state has been asked for and not come yet.
    is_wanted: bool,
    /// The state, kept up to date. `None` before it came, and when it could not be given.
    state: Option<Vec<Value>>,
    commands: Vec<serde_json::Value>,
    errors: Vec<Bytes>,
    /// Items that have not ended yet.
    left: usize,
}

/// A page load: its name, and who is at its other end.
#[derive(Debug)]
pub(crate) struct Opening {
    client: String,
    pub(crate) visit: Arc<Visit>,
}

/// A page load under way. Dropped before its end it leaves nothing behind.
struct Loading<S: Script> {
    hub: Arc<Hub<S>>,
    session: Arc<Session<S>>,
    opening: Arc<Opening>,
    continued: bool,
    until: Instant,
    delivered: bool,
}

impl<S: Script> Hub<S> {
    /// Opens a page in the session of its tab, or in a new one. `items` is given the state before
    /// anything has run, and gives the steps of each thing that is to happen; what they do within
    /// `budget` is in what is returned, the rest follows as frames. A session that no page claims
    /// is dropped after [`crate::limits::PAGE_UNCLAIMED_S_MAX`].
    ///
    /// A token that is not known counts as none. The tab's old socket stays until the page says
    /// hello: a page that never arrives takes nothing away.
    ///
    /// # Errors
    /// When there are too many sessions, or too many that no page has claimed yet, and when the
    /// state was not given within the budget: the page can be opened without a session then.
    pub async fn open_page(
        self: &Arc<Self>,
        request: PageRequest,
        items: impl FnOnce(&[Value]) -> Vec<Vec<Item>>,
        budget: Duration,
    ) -> Result<PageLoad, SessionError> {
        let (session, continued) = self.page_session(&request).await?;
        let client = new_token()?;
        let visit = Visit {
            token: session.token.to_string(),
            session_id: client.clone(),
            ..request.visit
        };
        let opening = Arc::new(Opening {
            client,
            visit: Arc::new(visit),
        });
        {
            let mut core = session.core.lock();
            core.expect_page(&opening);
            if continued && !request.told.is_empty() && core.storage.is_none() {
                core.storage = Some((request.told, true));
            }
        }
        let loading = Loading {
            hub: Arc::clone(self),
            session,
            opening,
            continued,
            until: Instant::now() + budget,
            delivered: false,
        };
        loading.session.drive();
        loading.wait(|collector| !collector.is_wanted).await;
        let items = items(&loading.state().ok_or(SessionError::StateUnavailable)?);
        let loaded = loading.begin(items);
        loading.session.drive();
        loading.wait(|collector| collector.left == 0).await;
        let session = Arc::clone(&loading.session);
        let load = loading.deliver(loaded)?;
        session.save();
        if session.is_shared() {
            // Its socket may come to another instance.
            session.stored_until(Instant::now() + budget).await;
        }
        Ok(load)
    }

    /// Keeps commands for the next page that is opened in a session: what a page was to show that
    /// is not delivered, since it redirects.
    pub fn hand_on(&self, token: &str, commands: Vec<serde_json::Value>) {
        if let Some(session) = self.session(token) {
            session.core.lock().handed_on = commands;
        }
    }

    /// The session in which a page is opened, and whether it is the one asked for.
    async fn page_session(
        self: &Arc<Self>,
        request: &PageRequest,
    ) -> Result<(Arc<Session<S>>, bool), SessionError> {
        let browser = &request.visit.browser;
        let known = match &request.token {
            Some(token) => self.recall(token, browser, None).await?,
            None => None,
        };
        match known {
            Some(session) => Ok((session, true)),
            None => self.unclaimed(browser).map(|session| (session, false)),
        }
    }
}

impl<S: Script> Loading<S> {
    /// Waits until what is collected is so, the page load was given up, or the time is over.
    async fn wait(&self, holds: impl Fn(&Collector) -> bool) {
        loop {
            let mut changed = pin!(self.session.changed.notified());
            changed.as_mut().enable();
            if self.collector(|collector| holds(collector)).unwrap_or(true) {
                return;
            }
            if timeout_at(self.until.into(), changed).await.is_err() {
                return;
            }
        }
    }

    /// Looks at what is collected, unless a newer page load of the tab has taken its place.
    fn collector<T>(&self, look: impl FnOnce(&mut Collector) -> T) -> Option<T> {
        let mut core = self.session.core.lock();
        core.collector_of(&self.opening).map(look)
    }

    fn state(&self) -> Option<Vec<Value>> {
        self.collector(|collector| collector.state.clone())
            .flatten()
    }

    /// Queues the items as far as there is room. Returns how many were taken.
    fn begin(&self, items: Vec<Vec<Item>>) -> usize {
        let steps = |item: Vec<Item>| item.into_iter().all(|step| self.step(step));
        items
            .into_iter()
            .map(steps)
            .take_while(|taken| *taken)
            .count()
    }

    /// Queues a step. Returns whether there was room.
    fn step(&self, step: Item) -> bool {
        match step {
            Item::Command(command) => self
                .collector(|collector| collector.commands.push(command))
                .is_some(),
            Item::Event { handler, args } => self.queue(handler, args),
        }
    }

    fn queue(&self, handler: u32, args: Vec<serde_json::Value>) -> bool {
        let session = &self.session;
        let refusal = session.script.check(handler, args.len()).err();
        let bytes = args.iter().map(|argument| argument.to_string().len()).sum();
        let mut core = session.core.lock();
        let has_room = core.mailbox.has_room(bytes);
        let Some(collector) = core.collector_of(&self.opening).filter(|_| has_room) else {
            return false;
        };
        collector.left += 1;
        let event = Event {
            id: 0,
            handler,
            args,
            route: None,
            ack: None,
        };
        let letter = Letter {
            event,
            refusal,
            bytes,
            superseded: false,
            opening: Some(Arc::clone(&self.opening)),
        };
        let superseded = core.take_letter(letter, &*session.script);
        drop(core);
        if let Some(event) = superseded {
            session.script.cancel(&session.token, event);
        }
        true
    }

    /// What the page is delivered with. From here on it may say hello.
    fn deliver(mut self, loaded: usize) -> Result<PageLoad, SessionError> {
        let mut core = self.session.core.lock();
        let collector = core.take_collector(&self.opening);
        let Some((state, collector)) =
            collector.and_then(|mut collector| Some((collector.state.take()?, collector)))
        else {
            drop(core);
            return Err(SessionError::StateUnavailable);
        };
        core.await_page(&self.opening.client);
        if self.session.is_shared() || core.unclaimed.is_none() {
            core.unsaved.set_due();
        }
        let load = PageLoad {
            token: Arc::clone(&self.session.token),
            client: self.opening.client.clone(),
            sequence: core.ring.last(),
            event: core.received,
            state,
            commands: collector.commands,
            errors: collector.errors,
            loaded,
            finished: collector.left == 0,
            continued: core.unclaimed.is_none(),
        };
        drop(core);
        self.delivered = true;
        Ok(load)
    }
}

impl<S: Script> Drop for Loading<S> {
    fn drop(&mut self) {
        if self.delivered {
            return;
        }
        self.session.core.lock().take_collector(&self.opening);
        if !self.continued {
            self.hub.forget(&self.session.token);
        }
    }
}

impl<S: Script> Core<S> {
    /// Begins to collect for a page load. An older one of the same tab, which the browser has given
    /// up, gets nothing any more.
    fn expect_page(&mut self, opening: &Arc<Opening>) {
        if self.attached.is_none() {
            self.visit = Arc::clone(&opening.visit);
        }
        self.opened.failed = false;
        let commands = std::mem::take(&mut self.handed_on);
        self.collector = Some(Collector {
            opening: Arc::clone(opening),
            is_wanted: true,
            state: None,
            commands,
            errors: Vec::new(),
            left: 0,
        });
    }

    /// Whether a page is about to be delivered.
    pub(crate) fn is_page_loading(&self) -> bool {
        self.collector.is_some()
    }

    /// The page load that waits for the state.
    pub(crate) fn opening_without_state(&self) -> Option<&Arc<Opening>> {
        let collector = self.collector.as_ref()?;
        collector.is_wanted.then_some(&collector.opening)
    }

    /// Takes the state for the page load, `None` when it could not be given.
    pub(crate) fn collect_state(&mut self, state: Option<Vec<Value>>) {
        if let Some(collector) = &mut self.collector {
            collector.is_wanted = false;
            collector.state = state;
        }
    }

    /// Takes operations for the page load, and the commands that are meant for it: those of its own
    /// turns, and all while no client is there to run them. Gives the commands that are to be sent.
    pub(crate) fn collect(
        &mut self,
        patches: &[(u32, Vec<Op>)],
        commands: Vec<serde_json::Value>,
    ) -> Vec<serde_json::Value> {
        let is_own = self.attached.is_none() || self.is_turn_of_collector();
        let Some(collector) = &mut self.collector else {
            return commands;
        };
        collector.apply(patches);
        if is_own {
            collector.commands.extend(commands);
            return Vec::new();
        }
        commands
    }

    /// Where an error of the page load's own turn is kept; `None` when it is to be sent.
    pub(crate) fn page_errors(&mut self) -> Option<&mut Vec<Bytes>> {
        let is_own = self.is_turn_of_collector();
        let collector = self.collector.as_mut().filter(|_| is_own)?;
        Some(&mut collector.errors)
    }

    /// An item of a page load has ended.
    pub(crate) fn end_item(&mut self) {
        if self.is_turn_of_collector()
            && let Some(collector) = &mut self.collector
        {
            collector.left = collector.left.saturating_sub(1);
        }
    }

    /// Whether the turn that is out is one of the page load's items.
    fn is_turn_of_collector(&self) -> bool {
        let both = self.collector.as_ref().zip(self.opening.as_ref());
        both.is_some_and(|(collector, opening)| Arc::ptr_eq(&collector.opening, opening))
    }

    fn collector_of(&mut self, opening: &Arc<Opening>) -> Option<&mut Collector> {
        let collector = self.collector.as_mut();
        collector.filter(|collector| Arc::ptr_eq(&collector.opening, opening))
    }

    fn take_collector(&mut self, opening: &Arc<Opening>) -> Option<Collector> {
        self.collector_of(opening)?;
        self.collector.take()
    }
}

impl Collector {
    fn apply(&mut self, patches: &[(u32, Vec<Op>)]) {
        let Some(state) = &mut self.state else {
            return;
        };
        for (number, operations) in patches {
            let substate = usize::try_from(*number)
                .ok()
                .and_then(|at| state.get_mut(at));
            let Some(substate) = substate else { continue };
            for operation in operations {
                if let Err(error) = apply(substate, operation) {
                    tracing::error!(%error, "a change does not fit the state of a page");
                    self.state = None;
                    return;
                }
            }
        }
    }
}
