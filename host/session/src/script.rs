//! What a session asks of the script host: the only door between the two.
//!
//! The host implements [`Script`]; a session never sees Python, so ordering, replay and stores are
//! tested with a script written in Rust.

use std::sync::Arc;

use bytes::Bytes;
use ferroflex_state::{Op, Value};
use serde::{Deserialize, Serialize};

use crate::beside::Given;
use crate::hub::Hub;
use crate::storage::Storage;
use crate::turn::Turn;

/// A field by its name, as it is stored.
pub type Snapshot = (Arc<str>, Bytes);

/// Runs the turns of sessions. One app has one.
pub trait Script: Send + Sync + Sized + 'static {
    /// The live state tree of one session. Touched by one turn at a time.
    type Instance: Send + 'static;

    /// Takes a turn and returns at once. The turn is finished later, on a thread of the script's;
    /// the session gives out its next turn only then. A turn dropped without being finished counts
    /// as an internal failure.
    fn run(self: &Arc<Self>, turn: Turn<Self>);

    /// What can be told of an event before it is queued: whether the handler exists and takes so
    /// many arguments. Cheap, and without Python.
    ///
    /// # Errors
    /// Why the event is refused. It keeps its place in the order all the same.
    fn check(&self, handler: u32, argument_count: usize) -> Result<(), Refusal>;

    /// Whether a newer event of this handler takes the place of older ones: of those that wait, and
    /// of the one that runs, for which [`Script::cancel`] is called.
    fn supersedes(&self, _handler: u32) -> bool {
        false
    }

    /// Asks that the handler which runs for this event of a session be given up, if that is
    /// possible. The turn is finished as ever.
    fn cancel(self: &Arc<Self>, _token: &Arc<str>, _event: u64) {}

    /// Whether something of the session runs outside its turns, so that its instance must stay.
    fn is_busy(&self, _token: &Arc<str>) -> bool {
        false
    }

    /// Whether other sessions can change something of a session with these fields, so that it is
    /// brought back as soon as its page is there.
    fn is_shared(&self, _fields: &[Snapshot]) -> bool {
        false
    }

    /// Another instance wants the values under that key ([`Hub::give_beside`]). Gives whether they
    /// are here; then `given` is called once they are given back.
    fn give_beside(self: &Arc<Self>, _key: &str, _given: Given) -> bool {
        false
    }

    /// The values under that key are changed by another instance; `is_lost`: what was written of
    /// them here does not count, since that one has taken them.
    fn changed_beside(self: &Arc<Self>, _key: &str, _is_lost: bool) {}

    /// A session is over: nobody can come back to it. What still runs for it should end.
    fn ended(self: &Arc<Self>, _token: &Arc<str>) {}

    /// The hub whose sessions this script runs, told once.
    fn attached(self: &Arc<Self>, _hub: &Arc<Hub<Self>>) {}
}

/// What a turn is to do.
#[derive(Debug, Clone)]
pub enum Task {
    /// Make the instance and give the full state.
    Open,
    /// Make the instance from what was kept of it, which is what the client has seen. Ends with
    /// [`Outcome::Done`] and what is different now, such as fields that another version of the app
    /// does not have any more. Where it fails, the session begins anew.
    Restore {
        /// The fields, as [`Turn::keep`] was given them.
        fields: Vec<(Arc<str>, Bytes)>,
    },
    /// Put what has to be kept into [`Turn::keep`], and leave no instance; or leave it where it
    /// cannot be made again. Ends with [`Outcome::Done`].
    Park {
        /// Whether all fields are to be given, not only those that changed since they last were.
        everything: bool,
    },
    /// Run an event's handler.
    Event {
        /// The event's id, for the log; 0 for one of a page's opening.
        id: u64,
        /// The handler's number.
        handler: u32,
        /// Its positional arguments.
        args: Vec<serde_json::Value>,
    },
    /// Take over what the browser keeps of the state, before anything else is done.
    Storage {
        /// What it keeps.
        storage: Storage,
        /// Whether hello brought it, so that the headers of the visit are as new.
        in_hello: bool,
    },
    /// Give the full state again.
    State,
    /// The visit is another than before: the browser shows another address, or came over another
    /// socket. Take it over and give what that changes.
    Visit,
    /// The turn that was asked for with a ticket ([`crate::Handle::ask`]), or taken
    /// ([`crate::Handle::try_turn`], ticket 0).
    Section {
        /// The ticket.
        ticket: u64,
    },
}

/// Who is at the other end: what `self.router` tells an app.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The session's token.
    pub token: String,
    /// The secret name of the browser, from its cookie: the token is worth nothing without it.
    /// Never told to the app.
    #[serde(skip)]
    pub browser: String,
    /// The socket's name.
    pub session_id: String,
    /// The client's address.
    pub client_ip: String,
    /// Scheme and host that the browser used, such as `http://localhost:3000`.
    pub origin: String,
    /// Path, query and fragment that the browser shows.
    pub route: String,
    /// The request's headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

/// What a turn, or a part of it, changed.
#[derive(Debug, Default)]
pub struct Update {
    /// Operations by substate, in the order of the substates' numbers.
    pub patches: Vec<(u32, Vec<Op>)>,
    /// Commands for the browser, in the wire protocol's form.
    pub commands: Vec<serde_json::Value>,
}

impl Update {
    /// Whether there is nothing to tell the client.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patches.is_empty() && self.commands.is_empty()
    }
}

/// How a turn ended.
#[derive(Debug)]
pub enum Outcome {
    /// The handler ran; this is what it left to send.
    Done(Update),
    /// The full state that was asked for: one list of field values a substate.
    State(Vec<Value>),
    /// The event was refused before the handler ran.
    Refused(Refusal),
    /// The handler raised. What it had changed before is kept and sent.
    Failed {
        /// The changes.
        update: Update,
        /// What went wrong.
        failure: Failure,
    },
}

/// An exception of the app's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One line: the exception's type and text.
    pub message: String,
    /// The whole traceback, with file, line and source.
    pub trace: String,
}

/// Why an event does not reach its handler.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No handler has that number.
    #[error("no handler has the number {handler}")]
    UnknownHandler {
        /// The number.
        handler: u32,
    },
    /// The handler takes another number of arguments.
    #[error("{handler} takes {expected}, not {given}")]
    WrongArgumentCount {
        /// The handler's full name.
        handler: String,
        /// What it takes, in words: `1 argument`, `1 to 2 arguments`.
        expected: String,
        /// How many were given.
        given: usize,
    },
    /// An argument cannot be converted to the annotated type.
    #[error("{handler}: argument {position} ({name}) must be {expected}, not {given}")]
    WrongArgument {
        /// The handler's full name.
        handler: String,
        /// Which argument, from 1.
        position: usize,
        /// The parameter's name.
        name: String,
        /// The annotated type.
        expected: String,
        /// The type that came.
        given: String,
    },
}
