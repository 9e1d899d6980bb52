//! Stores: where sessions wait while no process has them in memory, and how processes that share
//! one agree on whose a session is.
//!
//! A session is **leased** to one instance (one server process) at a time. The lease has a
//! generation, which every claim raises; a write of an older one is refused, so that of two
//! instances which both believe to have a session only one is right. The store looks into nothing
//! that it is given. Not here: what is written and when (`unsaved`, `keeper`), who claims what (`lease`).

pub mod measured;
pub mod memory;
pub mod redis;
pub mod sqlite;

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::limits::RING_FRAMES_MAX;

/// The fields of a session's state by their names, each as its own snapshot. `None` where a write
/// removes one.
pub type Fields = Vec<(Arc<str>, Option<Bytes>)>;

/// Where the sessions of one app are kept. One app has one, made with the app's name, so that
/// several apps may share a file or a server.
pub trait Store: Send + Sync + 'static {
    /// What people call it: `memory`, `sqlite`, `redis`.
    fn kind(&self) -> &'static str;

    /// Whether what is written outlives the process. Sessions are written after every turn then,
    /// and events acknowledged only once that is done; otherwise they are never written.
    fn is_lasting(&self) -> bool;

    /// Whether several instances use it at the same time.
    fn is_shared(&self) -> bool;

    /// The name of this instance: another one for every process.
    fn instance(&self) -> &str;

    /// Leases a session to this instance, and gives it, where the lease is free or this instance's.
    /// From another one it is taken away only where that is `from`, whom the caller has asked for it
    /// in vain; the record then says that it was. Whoever else has it meanwhile is to be asked first.
    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>>;

    /// Writes: all of them in one round trip or one transaction, each as a whole or not at all, and
    /// each [`Write::bundle`] as a whole or not at all. Gives what became of each, in their order.
    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>>;

    /// The frames of a session after that number, oldest first, as far as they are held.
    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>>;

    /// Removes sessions, whoever has them.
    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Removes the sessions whose time is over. Called every [`crate::limits::EXPIRY_S`] seconds; a
    /// store that lets keys expire by itself has nothing to do.
    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// The secret that signs the tokens: the one that is kept, or `candidate`, which is kept then.
    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>>;

    /// Whether the store takes what it is given: something is written.
    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Sends a message to another instance. Gives whether that one lives; one that has too many
    /// messages already lives, and does not get this one.
    fn tell<'a>(
        &'a self,
        instance: &'a str,
        message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// The messages for this instance, at most [`crate::limits::MESSAGES_QUEUED_MAX`] of which
    /// wait. To be taken once; `None` where there are no other instances.
    fn messages(&self) -> Option<mpsc::Receiver<Message>>;
}

/// The key under which tokens are signed.
pub type Secret = [u8; 32];

/// A frame with its sequence number.
pub type Frame = (u64, Bytes);

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// There is no such session.
    Unknown,
    /// This instance has the session now.
    Given(Record),
    /// Another instance has it.
    Held {
        /// Which one.
        by: String,
    },
}

/// A session as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The lease's generation, raised by the claim that gave this.
    pub generation: u64,
    /// Whether the last owner gave the lease back. If not, it may have sent frames to the client
    /// that are not stored, with numbers above the stored ones.
    pub was_released: bool,
    /// The instance whose client has the session's socket, by what was last written.
    pub holder: Option<String>,
    /// The session's own head.
    pub head: Bytes,
    /// The fields of its state.
    pub fields: Vec<(Arc<str>, Bytes)>,
    /// The frames that the client had not acknowledged, oldest first.
    pub frames: Vec<Frame>,
}

/// What is to be written of one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Write {
    /// The session's token.
    pub token: Arc<str>,
    /// The generation of the lease under which it is written. A record of a newer one is left as it
    /// is.
    pub generation: u64,
    /// Whether `fields` are all that the session has. The record is made where there is none then,
    /// and loses what is not among them. A write of what has changed needs a record.
    pub is_whole: bool,
    /// The session's own head.
    pub head: Bytes,
    /// The fields that changed.
    pub fields: Fields,
    /// The new frames, oldest first. They take the place of stored ones from the first one's number
    /// on, so that a write may be repeated when nobody knows what became of it. The newest
    /// [`RING_FRAMES_MAX`] are kept.
    pub frames: Vec<Frame>,
    /// Frames up to this number are not needed any more.
    pub frames_from: u64,
    /// Whether this instance's client has the socket, where that changed: `Some(false)` clears the
    /// holder only where it is this instance.
    pub holds: Option<bool>,
    /// Whether the lease is given back.
    pub release: bool,
    /// How long the record is kept after this, in seconds.
    pub kept_s: u64,
    /// Writes of one call with the same number stand together: where the record of one is another
    /// instance's, all of them are [`Saved::Moved`]. 0 stands alone.
    pub bundle: u32,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is stored. `holder`: the other instance whose client has the socket, if one has.
    Stored {
        /// That instance.
        holder: Option<String>,
    },
    /// Another instance has the session: nothing was written.
    Moved,
    /// The record is not there, and the write is not whole: nothing was written. The store has lost
    /// its data or let the session expire; whoever has the session writes all of it.
    Gone,
}

impl Write {
    /// Whether it stands together with others.
    fn is_bundled(&self) -> bool {
        self.bundle > 0
    }

    /// Whether it stands in one of the bundles that are not stored.
    fn is_among(&self, refused: &HashSet<u32>) -> bool {
        refused.contains(&self.bundle)
    }

    /// The new frames that are kept, at most [`RING_FRAMES_MAX`].
    fn kept_frames(&self) -> impl ExactSizeIterator<Item = &Frame> {
        let needed = self.frames.iter();
        let passed = needed.take_while(|(number, _)| *number <= self.frames_from);
        let too_many = self.frames.len().saturating_sub(RING_FRAMES_MAX);
        self.frames.iter().skip(passed.count().max(too_many))
    }

    /// The number from which on stored frames give way to the new ones.
    fn replaced_from(&self) -> u64 {
        self.frames.first().map_or(u64::MAX, |(number, _)| *number)
    }
}

/// What instances tell each other of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The instance that tells it.
    pub from: String,
    /// The session's token.
    pub token: String,
    /// What it is about.
    pub what: What,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Please give the lease back. `client`: for the page load of that name, which has its socket
    /// here; none for work without a socket.
    Release {
        /// The page load.
        client: Option<String>,
    },
    /// The lease is free.
    Released,
    /// The lease is in use, and is given back as soon as it is free.
    Kept,
    /// The lease is not given: another page load has a live socket.
    Refused,
    /// There are new frames for your client.
    Frames,
    /// The shared state of that name has changed.
    Room,
}

/// What a store cannot do.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It does not answer, or the connection was lost. Tried again.
    #[error("the {kind} store cannot be reached: {reason}")]
    Unreachable {
        /// Which store.
        kind: &'static str,
        /// Why, in the words of what reported it.
        reason: String,
    },
    /// It answers, and refuses: a wrong password, a full disk, another version.
    #[error("the {kind} store refuses to work: {reason}")]
    Refused {
        /// Which store.
        kind: &'static str,
        /// Why, and what to do.
        reason: String,
    },
    /// A store's address is none.
    #[error("{address:?} is no address of a store: {reason}")]
    Address {
        /// What was given, without a password.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A record is not what a store of ours writes.
    #[error("the stored session is damaged: {reason}")]
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
}

/// The bundles that are not stored, since `is_moved` holds for one of their writes.
fn refused_bundles(writes: &[Write], is_moved: impl Fn(&Write) -> bool) -> HashSet<u32> {
    let bundled = writes.iter().filter(|write| write.is_bundled());
    let refused = bundled.filter(|write| is_moved(write));
    refused.map(|write| write.bundle).collect()
}

/// A name for this process that no other has, and nobody can guess.
fn new_instance(kind: &'static str) -> Result<String, StoreError> {
    crate::new_token().map_err(|error| StoreError::Refused {
        kind,
        reason: format!("{error}, and an instance needs a name of its own"),
    })
}
