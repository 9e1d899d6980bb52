//! The hub: the sessions of one app, found by token.
//!
//! Not here: sockets (the server), and what happens inside a session (`session`).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::SessionError;
use crate::connection::Connection;
use crate::handle::Handle;
use crate::identity::Identity;
use crate::limits::{PAGES_UNCLAIMED_MAX, SESSION_IDLE_S_MAX, SESSIONS_MAX};
use crate::message::Hello;
use crate::script::{Script, Visit};
use crate::session::Session;
use crate::store::Store;
use crate::token::new_token;

/// What an app's sessions have in common.
#[derive(Clone, Default)]
pub struct Settings {
    /// The build of the app; pages of another are told to reload.
    pub build: String,
    /// Whether clients are told Python tracebacks: in development only.
    pub traces: bool,
    /// Where sessions are kept; none for this process's memory alone.
    pub store: Option<Arc<dyn Store>>,
    /// Makes and checks the tokens.
    pub identity: Identity,
}

/// The sessions of one app.
pub struct Hub<S: Script> {
    script: Arc<S>,
    settings: Settings,
    /// Locked before any session's own lock, never after.
    sessions: Mutex<HashMap<Arc<str>, Arc<Session<S>>>>,
    /// Room for sessions that no page has claimed yet.
    unclaimed: Arc<Semaphore>,
}

impl<S: Script> Hub<S> {
    /// A hub without sessions.
    #[must_use]
    pub fn new(script: Arc<S>, settings: Settings) -> Arc<Self> {
        let hub = Arc::new(Self {
            script,
            settings,
            sessions: Mutex::default(),
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

    /// Answers hello: finds the client's session or makes one. `token`, `session_id` and `route` of
    /// the visit are filled in here.
    ///
    /// # Errors
    /// When the page is of another build, when there are too many sessions, or when the operating
    /// system gives no random bytes.
    pub fn connect(
        self: &Arc<Self>,
        hello: Hello,
        visit: Visit,
    ) -> Result<Connection<S>, SessionError> {
        if hello.build != self.settings.build {
            let current = self.settings.build.clone();
            return Err(SessionError::OtherBuild {
                given: hello.build,
                current,
            });
        }
        let session_id = new_token()?;
        let mut sessions = self.sessions.lock();
        let session = match Self::known(&sessions, &hello) {
            Some(session) => session,
            None => self.add(&mut sessions)?,
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

    /// Drops the sessions that have been without a connection for too long, and says how many.
    /// To be called every [`crate::limits::SWEEP_S`] seconds.
    pub fn sweep(&self) -> usize {
        self.sweep_at(Instant::now())
    }

    /// [`Hub::sweep`] as it will be at some other time: for whoever cannot wait.
    pub fn sweep_at(&self, now: Instant) -> usize {
        let limit = Duration::from_secs(SESSION_IDLE_S_MAX);
        let mut sessions = self.sessions.lock();
        let idle: Vec<_> = sessions
            .extract_if(|_, session| session.is_idle(now, limit))
            .collect();
        drop(sessions);
        for (token, _) in &idle {
            self.script.ended(token);
        }
        idle.len()
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

    /// Drops a session that nobody can come back to.
    pub(crate) fn forget(&self, token: &str) {
        let forgotten = self.sessions.lock().remove(token);
        // An instance may take long to drop; the map is free by now.
        if let Some(session) = forgotten {
            self.script.ended(&session.token);
        }
    }

    /// The session with that token.
    pub(crate) fn session(&self, token: &str) -> Option<Arc<Session<S>>> {
        self.sessions.lock().get(token).map(Arc::clone)
    }

    /// A new session that waits for a page to claim it.
    pub(crate) fn unclaimed(&self) -> Result<Arc<Session<S>>, SessionError> {
        let max = PAGES_UNCLAIMED_MAX;
        let room = Arc::clone(&self.unclaimed).try_acquire_owned();
        let room = room.map_err(|_| SessionError::TooManyPages { max })?;
        let session = self.add(&mut self.sessions.lock())?;
        session.core.lock().unclaimed = Some(room);
        Ok(session)
    }

    fn known(
        sessions: &HashMap<Arc<str>, Arc<Session<S>>>,
        hello: &Hello,
    ) -> Option<Arc<Session<S>>> {
        let session = sessions.get(hello.token.as_deref()?)?;
        session.admits(&hello.client).then(|| Arc::clone(session))
    }

    fn add(
        &self,
        sessions: &mut HashMap<Arc<str>, Arc<Session<S>>>,
    ) -> Result<Arc<Session<S>>, SessionError> {
        if sessions.len() >= SESSIONS_MAX {
            return Err(SessionError::TooManySessions { max: SESSIONS_MAX });
        }
        let token: Arc<str> = new_token()?.into();
        let script = Arc::clone(&self.script);
        let session = Arc::new(Session::new(
            Arc::clone(&token),
            script,
            self.settings.traces,
        ));
        sessions.insert(token, Arc::clone(&session));
        Ok(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
