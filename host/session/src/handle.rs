//! A way to a session from outside its turns: for background tasks, and for code that knows no
//! more than a token.
//!
//! What comes in this way gets a turn like an event does, a *section*, and waits for it like one.
//! Not here: the turn itself (`turn`), and which one is next (`turns`).

use std::sync::Arc;

use crate::SessionError;
use crate::script::Script;
use crate::session::Session;
use crate::turn::Turn;

/// A way to one session. It keeps the session's state alive, not its place in the hub.
pub struct Handle<S: Script>(Arc<Session<S>>);

impl<S: Script> Clone for Handle<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Script> Handle<S> {
    pub(crate) fn new(session: Arc<Session<S>>) -> Self {
        Self(session)
    }

    /// The session's token.
    #[must_use]
    pub fn token(&self) -> &Arc<str> {
        &self.0.token
    }

    /// A turn at once, if the session is free and nothing waits for it.
    #[must_use]
    pub fn try_turn(&self) -> Option<Turn<S>> {
        self.0.free_turn()
    }

    /// Asks for a turn. The script is given it as [`crate::Task::Section`] with this ticket, maybe
    /// before this call returns.
    ///
    /// # Errors
    /// When too many wait already.
    pub fn ask(&self, ticket: u64) -> Result<(), SessionError> {
        self.0.ask(ticket)?;
        self.0.drive();
        Ok(())
    }

    /// Takes a ticket back. Returns whether it still waited.
    #[must_use]
    pub fn withdraw(&self, ticket: u64) -> bool {
        self.0.withdraw(ticket)
    }
}
