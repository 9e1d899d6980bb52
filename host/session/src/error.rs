//! What can go wrong between a client and its session.
//!
//! Not here: failures of the app's code (`script::Failure`), and how an error closes a socket (the
//! server's table).

use crate::script::Refusal;
use crate::store::StoreError;

/// A frame that is not taken, or the end of a connection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// A frame is not JSON, lacks a part, or a part has a wrong type or size.
    #[error("{reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// A frame names a kind of message that no client sends.
    #[error("no message of a client is called {kind:?}")]
    UnknownKind {
        /// The name given.
        kind: String,
    },
    /// The first frame is not hello.
    #[error("the first frame must be hello, not {kind:?}")]
    ExpectedHello {
        /// What came instead.
        kind: String,
    },
    /// The client speaks another version of the protocol.
    #[error(
        "version {given} of the protocol is not spoken here, only {}",
        crate::message::VERSION
    )]
    UnsupportedVersion {
        /// The version as the client wrote it.
        given: String,
    },
    /// The page was made for another build of the app.
    #[error("the page belongs to build {given:?}, the app is at {current:?}")]
    OtherBuild {
        /// The page's build.
        given: String,
        /// The app's build.
        current: String,
    },
    /// An event is refused before its handler runs.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An event's id is not the next one.
    #[error("event {given} skips one: {expected} is next")]
    EventGap {
        /// The id that is next.
        expected: u64,
        /// The id that came.
        given: u64,
    },
    /// A frame is longer than is taken.
    #[error("a frame of {bytes} bytes is over the limit of {max}")]
    MessageTooLarge {
        /// The frame's size.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// Malformed frames came one after the other.
    #[error("{count} malformed frames in a row")]
    TooManyMalformed {
        /// How many.
        count: u32,
    },
    /// The client has filled its session's queue, and kept it full.
    #[error(
        "too many events: the session had no room for more for {seconds} s; send the next ones \
         when these are acknowledged"
    )]
    TooManyEvents {
        /// For how long, in seconds.
        seconds: u64,
    },
    /// The app has as many sessions as it may have.
    #[error("the app has {max} sessions already, try again later")]
    TooManySessions {
        /// The limit.
        max: usize,
    },
    /// The app's sessions take as much memory as they may.
    #[error("the app's sessions take all the memory that they may have, try again later")]
    TooMuchMemory,
    /// Too many sessions wait for the page that they were made for.
    #[error("{max} pages have been delivered whose sessions nobody has claimed yet")]
    TooManyPages {
        /// The limit.
        max: usize,
    },
    /// Too many background tasks wait for the session.
    #[error("{max} background tasks wait for the session already")]
    TooManySections {
        /// The limit.
        max: usize,
    },
    /// Another connection has the session now.
    #[error("another connection has taken the session over")]
    TakenOver,
    /// The script did not give the state that the client needs.
    #[error("the app's state could not be given; the log says why")]
    StateUnavailable,
    /// Another instance has the session now.
    #[error("another server goes on with the session")]
    Moved,
    /// The session cannot be read from the store or written to it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no key to sign tokens with.
    #[error("there is no key to sign tokens with: the system gave no random bytes")]
    NoKey,
    /// The operating system gave no random bytes for a token.
    #[error("no random bytes for a token")]
    Random(#[from] getrandom::Error),
}

impl SessionError {
    /// The code that the wire protocol's error frame carries.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. }
            | Self::TooManyMalformed { .. }
            | Self::MessageTooLarge { .. } => "malformed",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::ExpectedHello { .. } => "expected_hello",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::Refused(refusal) => refusal_code(refusal),
            Self::EventGap { .. } => "event_gap",
            Self::OtherBuild { .. }
            | Self::TooManyEvents { .. }
            | Self::TooManySessions { .. }
            | Self::TooMuchMemory
            | Self::TooManyPages { .. }
            | Self::TooManySections { .. }
            | Self::TakenOver
            | Self::StateUnavailable
            | Self::Moved
            | Self::NoKey
            | Self::Store(_)
            | Self::Random(_) => "internal",
        }
    }
}

/// The wire protocol's code of a refusal.
pub(crate) fn refusal_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownHandler { .. } => "unknown_handler",
        Refusal::WrongArgumentCount { .. } => "wrong_argument_count",
        Refusal::WrongArgument { .. } => "wrong_argument",
    }
}
