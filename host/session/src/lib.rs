//! Sessions: one browser tab, one ordered life.
//!
//! A session queues its client's events, gives them to the script one turn at a time, numbers what
//! comes of them, keeps it until the client has acknowledged it, and sends it again after a lost
//! socket. `PROTOCOL.md` beside this crate describes the frames.
//!
//! Not here: sockets and HTTP (the server), Python (the script host, which is met only through
//! [`Script`]), and what a change is (the state engine).
//!
//! - [`Hub`]: the sessions of one app, found by token.
//! - [`Hub::open_page`]: a page's state and what happens on its opening, before there is a socket.
//! - [`Connection`]: one socket's end of a session, in two halves, [`Inbox`] and [`Outbox`].
//! - [`Handle`]: a way to a session from outside its turns.
//! - [`Script`] and [`Turn`]: what the script host implements, and what it is handed.
//! - [`message`]: what clients send; [`frame`]: what is sent to them.
//! - [`limits`]: every limit of a session, with its reason; [`metric`]: every metric.
//! - [`uploads`]: where uploaded files wait for their handlers.

mod asking;
mod beside;
mod census;
mod connection;
mod error;
pub mod frame;
mod handle;
mod hub;
pub mod identity;
mod keeper;
mod lease;
pub mod limits;
mod mailbox;
pub mod message;
pub mod metric;
mod page;
mod park;
mod ring;
mod script;
mod session;
mod session_core;
mod storage;
pub mod store;
mod together;
mod token;
mod turn;
mod turns;
mod unsaved;
mod unseen;
pub mod uploads;

pub use beside::{Beside, Given};
pub use census::Census;
pub use connection::{Connection, Inbox, Outbox};
pub use error::SessionError;
pub use frame::{state_hash, write_state};
pub use handle::Handle;
pub use hub::{Hub, Settings};
pub use message::Hello;
pub use page::{Item, PageLoad, PageRequest};
pub use script::{Failure, Outcome, Refusal, Script, Snapshot, Task, Update, Visit};
pub use storage::Storage;
pub use together::Author;
pub use token::new_token;
pub use turn::Turn;
