//! What can go wrong in the server, and how each failure looks from outside: one table for close
//! codes. HTTP has only 404 and 500, at the pages that say so.
//!
//! Not here: the errors that a session tells its client of in frames (`ferroflex_session`).

use axum::extract::ws::{CloseFrame, Utf8Bytes};
use ferroflex_page::PageError;
use ferroflex_session::SessionError;

use crate::limits::SOCKET_MESSAGE_BYTES_MAX;

/// Why the server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The listener failed.
    #[error("the server cannot go on listening: {0}")]
    Listen(#[from] std::io::Error),
    /// An app is to be served at a path that does not start with a slash, or ends with one, or is
    /// the server's own.
    #[error("an app cannot be served at {base:?}; give it another name")]
    ReservedBase {
        /// The path.
        base: String,
    },
    /// Two apps are to be served at the same path.
    #[error("two apps are to be served at {base:?}; rename one")]
    DuplicateBase {
        /// The path.
        base: String,
    },
    /// The shell's import map does not name the module that starts a page.
    #[error("the import map of the shell has no {specifier:?}; build the shell again")]
    NoBoot {
        /// The module that is missed.
        specifier: &'static str,
    },
    /// Nothing can be measured.
    #[error("metrics cannot be recorded: {reason}")]
    Recorder {
        /// Why not.
        reason: String,
    },
    /// What is to be written to a file is not there.
    #[error("{address} cannot be exported: {reason}")]
    Export {
        /// Its address.
        address: String,
        /// Why not.
        reason: String,
    },
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    NotWritten {
        /// The file, or the folder that it is to stand in.
        path: std::path::PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The routes of an app's pages cannot be served.
    #[error("app {app}: {source}")]
    Routes {
        /// The app's name.
        app: String,
        /// What is wrong with them.
        source: Box<PageError>,
    },
}

/// Why a socket ends.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum SocketEnd {
    /// The client closed it, or the network did.
    #[error("the client left")]
    Left,
    /// A page of another site opened it.
    #[error("pages of {origin} may not connect")]
    ForeignOrigin { origin: String },
    /// The client did not say hello in time.
    #[error("no hello in time")]
    NoHello,
    /// The client said nothing for too long.
    #[error("the client is silent")]
    Silent,
    /// A message is too long to be read.
    #[error("a message is over the limit of {SOCKET_MESSAGE_BYTES_MAX} bytes")]
    TooLarge,
    /// The client takes nothing of what it is sent.
    #[error("the client reads too slowly")]
    Slow,
    /// The server stops.
    #[error("the server restarts")]
    Restart,
    /// The session ends the connection.
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl SocketEnd {
    /// The close code of the wire protocol; `None` where nobody is left to read it.
    pub(crate) fn close_code(&self) -> Option<u16> {
        let code = match self {
            Self::Left => return None,
            Self::ForeignOrigin { .. }
            | Self::Session(SessionError::TooManySessions { .. } | SessionError::TooMuchMemory) => {
                1008
            }
            Self::NoHello => 4000,
            // The client may be gone, and comes back by itself when it is not.
            Self::Silent => 1001,
            Self::TooLarge | Self::Session(SessionError::MessageTooLarge { .. }) => 1009,
            Self::Slow => 4003,
            Self::Restart => 1012,
            Self::Session(error) => session_code(error),
        };
        Some(code)
    }

    /// Whether sockets of honest pages end so all the time. What is not ordinary has its line in the
    /// log.
    pub(crate) fn is_ordinary(&self) -> bool {
        use SessionError::{Moved, OtherBuild, TakenOver};
        matches!(
            self,
            Self::Left
                | Self::Silent
                | Self::Restart
                | Self::Session(OtherBuild { .. } | TakenOver | Moved)
        )
    }

    /// The frame that closes the socket.
    pub(crate) fn close_frame(&self) -> Option<CloseFrame> {
        let mut reason = match self {
            // The shell tells by it that another server has the session already.
            Self::Session(SessionError::Moved) => "moved".to_owned(),
            // Where the store stands, and what it says, is for the log.
            Self::Session(SessionError::Store(_)) => "the store does not answer".to_owned(),
            end => end.to_string(),
        };
        reason.truncate(reason.floor_char_boundary(CLOSE_REASON_BYTES_MAX));
        self.close_code().map(|code| CloseFrame {
            code,
            reason: Utf8Bytes::from(reason),
        })
    }
}

/// What a control frame of the WebSocket protocol holds, less the code.
const CLOSE_REASON_BYTES_MAX: usize = 123;

fn session_code(error: &SessionError) -> u16 {
    match error {
        // It was told to reload; there is nothing else to say.
        SessionError::OtherBuild { .. } => 1000,
        SessionError::TakenOver => 4001,
        SessionError::TooManyMalformed { .. } => 4002,
        SessionError::TooManyEvents { .. } => 4004,
        // The client finds the instance that has it, or asks this one again, and replays.
        SessionError::Moved => 1012,
        SessionError::Store(_) => 1013,
        SessionError::StateUnavailable | SessionError::NoKey | SessionError::Random(_) => 1011,
        _ => 4000,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use ferroflex_session::store::StoreError;

    #[test]
    fn close_codes_are_those_of_the_protocol() {
        let cases = [
            (SocketEnd::Left, None),
            (
                SocketEnd::ForeignOrigin {
                    origin: "http://x".into(),
                },
                Some(1008),
            ),
            (SocketEnd::TooLarge, Some(1009)),
            (SocketEnd::Slow, Some(4003)),
            (SocketEnd::Restart, Some(1012)),
            (SessionError::TooManySessions { max: 1 }.into(), Some(1008)),
            (SessionError::TooMuchMemory.into(), Some(1008)),
            (
                SessionError::MessageTooLarge { bytes: 2, max: 1 }.into(),
                Some(1009),
            ),
            (
                SessionError::ExpectedHello {
                    kind: "ping".into(),
                }
                .into(),
                Some(4000),
            ),
            (
                SessionError::UnsupportedVersion { given: "2".into() }.into(),
                Some(4000),
            ),
            (SessionError::TakenOver.into(), Some(4001)),
            (
                SessionError::TooManyMalformed { count: 8 }.into(),
                Some(4002),
            ),
            (
                SessionError::TooManyEvents { seconds: 20 }.into(),
                Some(4004),
            ),
            (SessionError::StateUnavailable.into(), Some(1011)),
            (SessionError::NoKey.into(), Some(1011)),
            (SessionError::Moved.into(), Some(1012)),
            (unreachable_store().into(), Some(1013)),
            (SocketEnd::Silent, Some(1001)),
        ];
        for (end, code) in &cases {
            assert_eq!(end.close_code(), *code, "{end}");
        }
        let used: BTreeSet<u16> = cases.iter().filter_map(|(_, code)| *code).collect();
        assert_eq!(used, golden_codes());
    }

    fn unreachable_store() -> SessionError {
        SessionError::Store(StoreError::Unreachable {
            kind: "redis",
            reason: "10.0.0.7 refused".to_owned(),
        })
    }

    #[test]
    fn clients_are_not_told_where_the_store_stands() {
        let end = SocketEnd::from(unreachable_store());
        let frame = end.close_frame().unwrap();
        assert!(!frame.reason.as_str().contains("10.0.0.7"));
        assert!(!frame.reason.is_empty());
    }

    /// The codes for which the golden file says what a client does.
    fn golden_codes() -> BTreeSet<u16> {
        let file = include_str!("../../session/golden/close-codes.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(file).unwrap();
        cases
            .iter()
            .map(|case| u16::try_from(case["code"].as_u64().unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn only_what_is_not_ordinary_is_worth_a_line_in_the_log() {
        assert!(SocketEnd::Left.is_ordinary());
        assert!(SocketEnd::from(SessionError::TakenOver).is_ordinary());
        assert!(!SocketEnd::TooLarge.is_ordinary());
        assert!(!SocketEnd::from(SessionError::TooManyEvents { seconds: 20 }).is_ordinary());
    }

    #[test]
    fn a_long_reason_fits_a_close_frame() {
        let end = SocketEnd::ForeignOrigin {
            origin: format!("x{}", "é".repeat(200)),
        };
        assert!(
            end.close_frame()
                .is_some_and(|frame| frame.reason.len() == 122)
        );
    }
}
