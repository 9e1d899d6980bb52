//! One client's connection to a server of either kind, and what the two kinds have in common.

use std::ops::AddAssign;

use anyhow::Result;
pub(crate) use ferroflex_tests::socket::{Socket, get, random_name};
use serde_json::Value;

use crate::ferroflex::{FerroflexLink, FerroflexSite};
use crate::reflex::{ReflexLink, ReflexSite};
use crate::scenario::Call;

/// A served app, as far as a client must know it before it connects.
#[derive(Debug, Clone)]
pub(crate) enum Site {
    /// Served by Ferroflex.
    Ferroflex(Box<FerroflexSite>),
    /// Served by Reflex.
    Reflex(ReflexSite),
}

/// A connected client with a session of its own.
pub(crate) enum Link {
    /// Speaks the protocol of `host/session/PROTOCOL.md`.
    Ferroflex(Box<FerroflexLink>),
    /// Speaks Socket.IO, as Reflex's own client does.
    Reflex(Box<ReflexLink>),
}

impl Link {
    /// Connects, and waits until the session's state has arrived. The handlers that are called are
    /// those of the class `state`.
    ///
    /// # Errors
    /// When the server refuses, answers something else than the protocol says, or does not answer.
    pub(crate) async fn open(site: &Site, state: &'static str) -> Result<Self> {
        Ok(match site {
            Site::Ferroflex(site) => {
                Self::Ferroflex(Box::new(FerroflexLink::open(site, state).await?))
            }
            Site::Reflex(site) => Self::Reflex(Box::new(ReflexLink::open(site, state).await?)),
        })
    }

    /// Sends one event and waits until its effect has arrived.
    ///
    /// # Errors
    /// When the event fails or is acknowledged without its effect, or the connection is lost.
    pub(crate) async fn call(&mut self, call: &Call) -> Result<Received> {
        match self {
            Self::Ferroflex(link) => link.call(call).await,
            Self::Reflex(link) => link.call(call).await,
        }
    }

    /// Sends one event, and waits for nothing.
    ///
    /// # Errors
    /// When there is no such handler, or the connection is lost.
    pub(crate) async fn send(&mut self, call: &Call) -> Result<()> {
        match self {
            Self::Ferroflex(link) => link.send(call).await,
            Self::Reflex(link) => link.send(call).await,
        }
    }

    /// Waits for the next frame.
    ///
    /// # Errors
    /// When none comes in time, it tells of a failure, or the connection is lost.
    pub(crate) async fn change(&mut self) -> Result<Change> {
        match self {
            Self::Ferroflex(link) => link.change().await,
            Self::Reflex(link) => link.change().await,
        }
    }
}

/// One frame.
#[derive(Debug)]
pub(crate) struct Change {
    /// Operations, states or a delta: what the server's kind wraps the app's values in.
    pub(crate) content: Value,
    /// The frame, counted.
    pub(crate) received: Received,
}

/// What came in between an event and its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// Text frames that carry something for the client.
    pub(crate) frames: u64,
    /// Their text, in bytes, without the WebSocket's own headers.
    pub(crate) bytes: u64,
}

impl Received {
    /// Counts one more frame.
    pub(crate) fn add(&mut self, text: &str) {
        self.frames += 1;
        self.bytes += text.len() as u64;
    }
}

impl AddAssign for Received {
    fn add_assign(&mut self, other: Self) {
        self.frames += other.frames;
        self.bytes += other.bytes;
    }
}
