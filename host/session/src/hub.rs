//! The hub: the sessions of one app, found by token.
//!
//! Not here: sockets (the server), what happens inside a session (`session`), and what becomes of
//! those that nobody uses (`sweep`).

mod sweep;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::SessionError;
use crate::connection::Connection;
use crate::handle::Handle;
use crate::identity::{Identity, is_token};
use crate::keeper::Keeper;
use crate::lease::Lease;
use crate::limits::{
    JOIN_MS_MAX, PAGES_UNCLAIMED_MAX, SESSION_KEPT_S, SESSIONS_MAX, SESSIONS_MEMORY_BYTES_MAX,
};
use crate::message::Hello;
use crate::script::{Script, Visit};
use crate::session::Session;
use crate::store::{Store, StoreError};
use crate::token::new_token;
use tokio::time::timeout;

/// What an app's sessions have in common.
#[derive(Clone)]
pub struct Settings {
    /// The build of the app; pages of another are told to reload.
    pub build: String,
    /// Whether clients are told Python tracebacks: in development only.
    pub traces: bool,
    /// Where sessions are kept; none for this process's memory alone.
    pub store: Option<Arc<dyn Store>>,
    /// Makes and checks the tokens.
    pub identity: Identity,
    /// How long the store keeps a session after its last use, in seconds.
    pub kept_s: u64,
    /// What the sessions may take in memory together, in bytes, by estimate.
    pub memory_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            build: String::new(),
            traces: false,
            store: None,
            identity: Identity::default(),
            kept_s: SESSION_KEPT_S,
            memory_bytes: SESSIONS_MEMORY_BYTES_MAX,
        }
    }
}

/// The sessions of one app.
pub struct Hub<S: Script> {
    script: Arc<S>,
    settings: Settings,
    /// Locked before any session's own lock, never after.
    sessions: Mutex<HashMap<Arc<str>, Arc<Session<S>>>>,
    /// Room for sessions that no page has claimed yet.
    unclaimed: Arc<Semaphore>,
    /// What writes the sessions, where they are written.
    keeper: Option<Arc<Keeper<S>>>,
    /// Whether the sessions take all the memory that they may.
    is_full: AtomicBool,
}

impl<S: Script> Hub<S> {
    /// A hub without sessions.
    #[must_use]
    pub fn new(script: Arc<S>, settings: Settings) -> Arc<Self> {
        let lasting = settings.store.as_ref().filter(|store| store.is_lasting());
        let keeper = lasting.map(|store| Keeper::new(Arc::clone(store), settings.kept_s));
        let hub = Arc::new(Self {
            script,
            keeper: keeper.map(Arc::new),
            settings,
            sessions: Mutex::default(),
            is_full: AtomicBool::new(false),
            unclaimed: Arc::new(Semaphore::new(PAGES_UNCLAIMED_MAX)),
        });
        hub.script.attached(&hub);
        hub
    }

    /// A way to the session with that token, if there is one.
    #[must_use]
    pub fn handle(&self, token: &str) -> Option<Handle<S>> {
        self.session(token).map(Handle::new)
    }

    /// Begins to write sessions to the store, on the runtime that this is called on. To be called
    /// before the first client comes; without it nothing is ever stored.
    pub fn start(self: &Arc<Self>) {
        if let Some(keeper) = &self.keeper {
            keeper.start(self);
        }
    }

    /// Answers hello, as [`Hub::connect`], for a session that may have to come from the store, or
    /// from another instance.
    ///
    /// # Errors
    /// As [`Hub::connect`], and when the store does not answer.
    pub async fn join(
        self: &Arc<Self>,
        mut hello: Hello,
        visit: Visit,
    ) -> Result<Connection<S>, SessionError> {
        self.check_build(&hello)?;
        let Some(token) = hello.token.take() else {
            return self.connect(hello, visit);
        };
        let recalled = self.recall(&token, &visit.browser, Some(&hello.client));
        let recalled = timeout(Duration::from_millis(JOIN_MS_MAX), recalled).await;
        let session = recalled.map_err(|_| StoreError::Unreachable {
            kind: self
                .keeper
                .as_ref()
                .map_or("memory", |keeper| keeper.store.kind()),
            reason: "it does not give the session in time".to_owned(),
        })??;
        hello.token = session.as_ref().map(|session| session.token.to_string());
        let connected = self.connect(hello, visit);
        if let Some(session) = session {
            // Its page may have got another one.
            session.core.lock().passage.expects_hello = false;
            session.wake_where_shared();
            session.drive();
        }
        connected
    }

    /// A way to the session with that token, wherever it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn reach(self: &Arc<Self>, token: &str) -> Result<Option<Handle<S>>, SessionError> {
        let session = self.bring(token, None).await?;
        Ok(session.map(Handle::new))
    }

    /// A way to the session with that token, where it is this instance's already.
    #[must_use]
    pub fn at_hand(&self, token: &str) -> Option<Handle<S>> {
        let session = self.session(token)?;
        let is_ours = session.core.lock().lease.is_ours();
        is_ours.then(|| Handle::new(session))
    }

    /// [`Hub::reach`] for code without a runtime: gives the way to `then`, at once or from a thread
    /// of the runtime on which sessions are written. What is no token reaches nothing.
    pub fn reach_with(
        self: &Arc<Self>,
        token: &str,
        then: impl FnOnce(Result<Option<Handle<S>>, SessionError>) + Send + 'static,
    ) {
        let runtime = self.keeper.as_ref().and_then(|keeper| keeper.runtime());
        let Some(runtime) = runtime.filter(|_| is_token(token)) else {
            return then(Ok(self.handle(token)));
        };
        let (hub, token) = (Arc::clone(self), token.to_owned());
        runtime.spawn(async move {
            let wait = Duration::from_millis(JOIN_MS_MAX);
            let reached = timeout(wait, hub.reach(&token)).await;
            then(reached.unwrap_or(Err(SessionError::StateUnavailable)));
        });
    }

    /// Answers hello from the sessions that are here: finds the client's or makes one. `token`,
    /// `session_id` and `route` of the visit are filled in here.
    ///
    /// # Errors
    /// When the page is of another build, when there are too many sessions, or when the operating
    /// system gives no random bytes.
    pub fn connect(
        self: &Arc<Self>,
        hello: Hello,
        visit: Visit,
    ) -> Result<Connection<S>, SessionError> {
        self.check_build(&hello)?;
        let session_id = new_token()?;
        let mut sessions = self.sessions.lock();
        let session = match self.known(&sessions, &hello, &visit.browser) {
            Some(session) => session,
            None => self.add(&mut sessions, &visit.browser)?,
        };
        let (token, route) = (session.token.to_string(), hello.route.clone());
        let visit = Visit {
            token,
            session_id,
            route,
            ..visit
        };
        let (generation, greeting) = session.attach(hello, visit);
        drop(sessions);
        session.drive();
        Ok(Connection::new(
            Arc::clone(self),
            session,
            generation,
            greeting,
        ))
    }

    /// Ends the giving out of turns, has everything stored, and gives all sessions back. Returns
    /// whether that was done in time.
    pub async fn flush(&self, until: Instant) -> bool {
        let Some(keeper) = &self.keeper else {
            return true;
        };
        keeper.stop();
        for session in self.sessions() {
            if !session.leave(until).await {
                return false;
            }
        }
        true
    }

    /// Whether a token is one that a browser was given.
    #[must_use]
    pub fn admits(&self, token: &str, browser: &str) -> bool {
        self.settings.identity.admits(token, browser)
    }

    /// Where sessions are kept; none for this process's memory alone.
    #[must_use]
    pub fn store(&self) -> Option<&Arc<dyn Store>> {
        self.settings.store.as_ref()
    }

    /// Why sessions are not stored at present, once clients are told that they are not.
    #[must_use]
    pub fn store_failure(&self) -> Option<StoreError> {
        self.keeper().and_then(|keeper| keeper.failure())
    }

    /// How many sessions there are.
    #[must_use]
    pub fn session_count(&self) -> usize {
        self.sessions.lock().len()
    }

    /// The build that pages must have been made for.
    #[must_use]
    pub fn build(&self) -> &str {
        &self.settings.build
    }

    /// The script that runs the sessions' turns.
    #[must_use]
    pub fn script(&self) -> &Arc<S> {
        &self.script
    }

    /// What writes the sessions, where they are written.
    pub(crate) fn keeper(&self) -> Option<&Arc<Keeper<S>>> {
        self.keeper.as_ref()
    }

    /// Drops a session that nobody can come back to.
    pub(crate) fn forget(&self, token: &str) {
        let forgotten = self.sessions.lock().remove(token);
        // An instance may take long to drop; the map is free by now.
        if let Some(session) = forgotten {
            self.script.ended(&session.token);
        }
    }

    /// The sessions that are here.
    pub(crate) fn sessions(&self) -> Vec<Arc<Session<S>>> {
        self.sessions.lock().values().map(Arc::clone).collect()
    }

    /// The session that a browser names, brought here from wherever it is. None when it is not that
    /// browser's, is over, or another page load has it. `client`: the page load that says hello.
    pub(crate) async fn recall(
        self: &Arc<Self>,
        token: &str,
        browser: &str,
        client: Option<&str>,
    ) -> Result<Option<Arc<Session<S>>>, SessionError> {
        if !self.settings.identity.admits(token, browser) {
            return Ok(None);
        }
        self.bring(token, client).await
    }

    async fn bring(
        self: &Arc<Self>,
        token: &str,
        client: Option<&str>,
    ) -> Result<Option<Arc<Session<S>>>, SessionError> {
        let Some(keeper) = &self.keeper else {
            return Ok(self.session(token));
        };
        let session = self.place(token)?;
        match keeper.lease(&session, client).await {
            Ok(true) => Ok(Some(session)),
            Ok(false) => {
                self.drop_unknown(&session);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The session with that token; one whose lease is to be asked for, where none is here.
    fn place(&self, token: &str) -> Result<Arc<Session<S>>, SessionError> {
        let mut sessions = self.sessions.lock();
        if let Some(session) = sessions.get(token) {
            return Ok(Arc::clone(session));
        }
        let lease = Lease::Free {
            generation: 0,
            claiming: false,
        };
        self.insert(&mut sessions, token.into(), lease)
    }

    /// Drops what stood in the place of a session that there is not, or not for whoever asked.
    fn drop_unknown(&self, session: &Arc<Session<S>>) {
        let mut sessions = self.sessions.lock();
        let is_it = |known: &Arc<Session<S>>| Arc::ptr_eq(known, session);
        let is_placed = sessions.get(&session.token).is_some_and(is_it);
        if is_placed && session.core.lock().is_placeholder() {
            sessions.remove(&session.token);
        }
    }

    fn check_build(&self, hello: &Hello) -> Result<(), SessionError> {
        if hello.build == self.settings.build {
            return Ok(());
        }
        Err(SessionError::OtherBuild {
            given: hello.build.clone(),
            current: self.settings.build.clone(),
        })
    }

    /// The session with that token.
    pub(crate) fn session(&self, token: &str) -> Option<Arc<Session<S>>> {
        self.sessions.lock().get(token).map(Arc::clone)
    }

    /// A new session that waits for a page to claim it.
    pub(crate) fn unclaimed(&self, browser: &str) -> Result<Arc<Session<S>>, SessionError> {
        let max = PAGES_UNCLAIMED_MAX;
        let room = Arc::clone(&self.unclaimed).try_acquire_owned();
        let room = room.map_err(|_| SessionError::TooManyPages { max })?;
        let session = self.add(&mut self.sessions.lock(), browser)?;
        session.core.lock().unclaimed = Some(room);
        Ok(session)
    }

    fn known(
        &self,
        sessions: &HashMap<Arc<str>, Arc<Session<S>>>,
        hello: &Hello,
        browser: &str,
    ) -> Option<Arc<Session<S>>> {
        let token = hello.token.as_deref()?;
        let session = sessions.get(token)?;
        let is_theirs = self.settings.identity.admits(token, browser);
        (is_theirs && session.admits(&hello.client)).then(|| Arc::clone(session))
    }

    fn add(
        &self,
        sessions: &mut HashMap<Arc<str>, Arc<Session<S>>>,
        browser: &str,
    ) -> Result<Arc<Session<S>>, SessionError> {
        let token = self.settings.identity.token(browser)?;
        let lease = match self.keeper {
            Some(_) => Lease::Ours { generation: 1 },
            None => Lease::Unneeded,
        };
        self.insert(sessions, token.into(), lease)
    }

    fn insert(
        &self,
        sessions: &mut HashMap<Arc<str>, Arc<Session<S>>>,
        token: Arc<str>,
        lease: Lease,
    ) -> Result<Arc<Session<S>>, SessionError> {
        if sessions.len() >= SESSIONS_MAX {
            return Err(SessionError::TooManySessions { max: SESSIONS_MAX });
        }
        if self.is_full.load(Ordering::Relaxed) {
            return Err(SessionError::TooMuchMemory);
        }
        let session = Arc::new(Session::new(
            Arc::clone(&token),
            Arc::clone(&self.script),
            self.settings.traces,
            self.keeper.clone(),
            lease,
        ));
        sessions.insert(token, Arc::clone(&session));
        Ok(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::SESSION_IDLE_S_MAX;
    use crate::{Outcome, Refusal, Turn};

    /// An app without state.
    struct Empty;

    impl Script for Empty {
        type Instance = ();

        fn run(self: &Arc<Self>, mut turn: Turn<Self>) {
            *turn.instance() = Some(());
            turn.finish(Outcome::State(Vec::new()));
        }

        fn check(&self, handler: u32, _: usize) -> Result<(), Refusal> {
            Err(Refusal::UnknownHandler { handler })
        }
    }

    fn connect(hub: &Arc<Hub<Empty>>) -> Result<Connection<Empty>, SessionError> {
        let hello = Hello {
            build: String::new(),
            client: "page-one".into(),
            token: None,
            seq: 0,
            event: 0,
            base: None,
            route: "/".into(),
            storage: None,
            previous: None,
        };
        hub.connect(hello, Visit::default())
    }

    #[test]
    fn sessions_without_a_connection_are_dropped_after_their_time() {
        let hub = Hub::new(Arc::new(Empty), Settings::default());
        let (mut left, mut stays) = (connect(&hub).unwrap(), connect(&hub).unwrap());
        // Whoever was told the token may come back.
        left.outbox.ready_frame().unwrap().unwrap();
        stays.outbox.ready_frame().unwrap().unwrap();
        drop(left);
        let later = |seconds| Instant::now() + Duration::from_secs(seconds);
        assert_eq!(hub.sweep_at(later(SESSION_IDLE_S_MAX - 5)), 0);
        assert_eq!(hub.sweep_at(later(SESSION_IDLE_S_MAX + 5)), 1);
        assert_eq!(hub.session_count(), 1);
    }

    #[test]
    fn there_are_only_so_many_sessions() {
        let hub = Hub::new(Arc::new(Empty), Settings::default());
        let connections: Vec<_> = (0..SESSIONS_MAX).map(|_| connect(&hub).unwrap()).collect();
        let refused = connect(&hub).err();
        assert!(
            matches!(refused, Some(SessionError::TooManySessions { .. })),
            "{refused:?}"
        );
        drop(connections);
        assert!(connect(&hub).is_ok());
    }
}
