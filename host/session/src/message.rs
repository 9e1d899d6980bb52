//! What clients send, parsed and checked for shape.
//!
//! Not here: whether a handler exists and takes such arguments (the script tells).

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::SessionError;
use crate::limits::{
    CLIENT_NAME_CHARS_MAX, CLIENT_NAME_CHARS_MIN, MESSAGE_BYTES_MAX, ROUTE_BYTES_MAX,
    TOKEN_BYTES_MAX,
};
use crate::storage::Storage;

/// The version of the protocol that is spoken here.
pub const VERSION: u64 = 1;

/// The first frame on every socket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Hello {
    /// The build that the page was made for.
    pub build: String,
    /// The random name of this page load.
    pub client: String,
    /// The tab's session, if it has one.
    pub token: Option<String>,
    /// The last sequence number that this page load has applied, 0 for none.
    pub seq: u64,
    /// The highest event id that this page load has sent, 0 for none.
    pub event: u64,
    /// The hash of the state that the page was delivered with.
    pub base: Option<String>,
    /// Path, query and fragment that the browser shows, without the app's base path.
    pub route: String,
    /// What the browser keeps of the state, where the app keeps something there.
    pub storage: Option<Storage>,
    /// The last sequence number that the page before this one applied, where it was loaded again
    /// for another build.
    pub previous: Option<u64>,
}

/// An event to be handled.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Event {
    /// Counts up from 1 in a session.
    pub id: u64,
    /// The handler's number.
    pub handler: u32,
    /// The handler's positional arguments.
    pub args: Vec<Value>,
    /// The route, where it changed.
    pub route: Option<String>,
    /// As in the message `ack`.
    pub ack: Option<u64>,
}

/// A message that may follow hello.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// An event to be handled.
    Event(Event),
    /// Frames up to this sequence number were applied.
    Ack(u64),
    /// The browser shows another address of the app: path, query and fragment.
    Route(String),
    /// What the browser keeps of the state was changed by someone else.
    Storage(Storage),
    /// The client is alive and wants to know whether we are.
    Ping,
}

impl Hello {
    /// Reads the first frame of a socket.
    ///
    /// # Errors
    /// When it is not hello, speaks another version, or is malformed.
    pub fn parse(text: &str) -> Result<Self, SessionError> {
        let head = head(text)?;
        if head.t != "hello" {
            return Err(SessionError::ExpectedHello {
                kind: head.t.into_owned(),
            });
        }
        match head.v {
            Some(Value::Number(given)) if given.as_u64() == Some(VERSION) => {}
            None => return Err(malformed("hello lacks the part `v`")),
            Some(given) => {
                return Err(SessionError::UnsupportedVersion {
                    given: given.to_string(),
                });
            }
        }
        let hello: Self = parts("hello", text)?;
        hello.check()?;
        Ok(hello)
    }

    fn check(&self) -> Result<(), SessionError> {
        let named = self.client.chars().count();
        if !(CLIENT_NAME_CHARS_MIN..=CLIENT_NAME_CHARS_MAX).contains(&named) {
            return Err(malformed(format!(
                "hello: `client` must have {CLIENT_NAME_CHARS_MIN} to {CLIENT_NAME_CHARS_MAX} \
                 characters, not {named}"
            )));
        }
        if self
            .token
            .as_ref()
            .is_some_and(|token| token.len() > TOKEN_BYTES_MAX)
        {
            return Err(malformed(format!(
                "hello: `token` is over {TOKEN_BYTES_MAX} bytes"
            )));
        }
        check_route("hello", &self.route)
    }
}

impl Message {
    /// Reads a frame that follows hello.
    ///
    /// # Errors
    /// When it is too long, of no known kind, or malformed.
    pub fn parse(text: &str) -> Result<Self, SessionError> {
        let head = head(text)?;
        match head.t.as_ref() {
            "event" => {
                let event: Event = parts("event", text)?;
                if let Some(route) = &event.route {
                    check_route("event", route)?;
                }
                Ok(Self::Event(event))
            }
            "ack" => parts("ack", text).map(|ack: Ack| Self::Ack(ack.seq)),
            "route" => {
                let moved: Moved = parts("route", text)?;
                check_route("route", &moved.route)?;
                Ok(Self::Route(moved.route))
            }
            "storage" => parts("storage", text).map(|told: Told| Self::Storage(told.values)),
            "ping" => Ok(Self::Ping),
            "hello" => Err(malformed("hello was said before on this socket")),
            kind => Err(SessionError::UnknownKind {
                kind: kind.to_owned(),
            }),
        }
    }
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    v: Option<Value>,
}

#[derive(Deserialize)]
struct Ack {
    seq: u64,
}

#[derive(Deserialize)]
struct Moved {
    route: String,
}

#[derive(Deserialize)]
struct Told {
    values: Storage,
}

/// The parts that decide how the rest is read.
fn head(text: &str) -> Result<Head<'_>, SessionError> {
    if text.len() > MESSAGE_BYTES_MAX {
        let (bytes, max) = (text.len(), MESSAGE_BYTES_MAX);
        return Err(SessionError::MessageTooLarge { bytes, max });
    }
    // A struct may stand as an array in serde's eyes; on this wire it may not.
    if !text.trim_start().starts_with('{') {
        return Err(malformed("a frame must be a JSON object"));
    }
    serde_json::from_str(text).map_err(|error| malformed(error.to_string()))
}

fn parts<T: DeserializeOwned>(kind: &str, text: &str) -> Result<T, SessionError> {
    serde_json::from_str(text).map_err(|error| malformed(format!("{kind}: {error}")))
}

fn check_route(kind: &str, route: &str) -> Result<(), SessionError> {
    if route.len() > ROUTE_BYTES_MAX {
        return Err(malformed(format!(
            "{kind}: `route` is over {ROUTE_BYTES_MAX} bytes"
        )));
    }
    if !route.starts_with('/') {
        return Err(malformed(format!("{kind}: `route` must start with /")));
    }
    Ok(())
}

fn malformed(reason: impl Into<String>) -> SessionError {
    SessionError::Malformed {
        reason: reason.into(),
    }
}
