//! What is sent to clients: the bytes of every kind of frame.
//!
//! Not here: when a frame is sent, and which sequence number it carries (`session`).

use std::io::Write as _;

use bytes::Bytes;
use ferroflex_state::Value;
use ferroflex_state::wire::{write_substate, write_value};
use twox_hash::XxHash3_64;

use crate::Update;

/// Most frames are a few dozen bytes; this saves them from growing.
const FRAME_BYTES_USUAL: usize = 128;

/// The full state as JSON text: an array with one array per substate.
#[must_use]
pub fn write_state(substates: &[Value]) -> Vec<u8> {
    let mut text = Vec::with_capacity(FRAME_BYTES_USUAL);
    write_list(&mut text, substates, |text, substate| {
        write_value(substate, text);
    });
    text
}

/// The hash by which a page and the session tell whether they hold the same state: 16 hexadecimal
/// digits of the state's JSON text. Stable between builds of the binary; not for secrets.
#[must_use]
pub fn state_hash(text: &[u8]) -> String {
    format!("{:016x}", XxHash3_64::oneshot(text))
}

/// The parts of a `state` frame.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// The number from which the client goes on.
    pub sequence: u64,
    /// The session's token.
    pub token: &'a str,
    /// The highest event id received.
    pub event: u64,
    /// The highest event id whose handling has ended; only in the middle of a connection.
    pub handled: Option<u64>,
    /// Whether the host had to open the app's state anew, so that what it held before is gone.
    pub reopened: bool,
    /// The full state's JSON text, unless the client has it.
    pub state: Option<&'a [u8]>,
}

/// A `state` frame.
#[must_use]
pub fn state(parts: &State<'_>) -> Bytes {
    let mut text = Vec::with_capacity(FRAME_BYTES_USUAL + parts.state.map_or(0, <[u8]>::len));
    text.extend_from_slice(br#"{"t":"state","seq":"#);
    write_number(&mut text, parts.sequence);
    text.extend_from_slice(br#","token":"#);
    write_string(&mut text, parts.token);
    text.extend_from_slice(br#","event":"#);
    write_number(&mut text, parts.event);
    if let Some(handled) = parts.handled {
        text.extend_from_slice(br#","handled":"#);
        write_number(&mut text, handled);
    }
    if parts.reopened {
        text.extend_from_slice(br#","reopened":true"#);
    }
    if let Some(state) = parts.state {
        text.extend_from_slice(br#","state":"#);
        text.extend_from_slice(state);
    }
    close(text)
}

/// A `patch` frame: what changed, and which events have been handled.
#[must_use]
pub fn patch(sequence: u64, update: &Update, acknowledged: &[u64]) -> Bytes {
    let mut text = Vec::with_capacity(FRAME_BYTES_USUAL);
    text.extend_from_slice(br#"{"t":"patch","seq":"#);
    write_number(&mut text, sequence);
    if !update.patches.is_empty() {
        text.extend_from_slice(br#","ops":"#);
        write_list(&mut text, &update.patches, |text, (number, operations)| {
            write_substate(*number, operations, text);
        });
    }
    if !acknowledged.is_empty() {
        text.extend_from_slice(br#","ack":"#);
        write_list(&mut text, acknowledged, |text, id| write_number(text, *id));
    }
    if !update.commands.is_empty() {
        text.extend_from_slice(br#","commands":"#);
        write_list(&mut text, &update.commands, |text, command| {
            text.extend_from_slice(command.to_string().as_bytes());
        });
    }
    close(text)
}

/// The parts of an `error` frame.
#[derive(Debug, Clone, Copy)]
pub struct Error<'a> {
    /// The frame's number, where a session stands behind it.
    pub sequence: Option<u64>,
    /// The event that it is about.
    pub event: Option<u64>,
    /// One of the protocol's codes.
    pub code: &'a str,
    /// What happened, for a person.
    pub message: &'a str,
    /// The Python traceback, where the client may see it.
    pub trace: Option<&'a str>,
}

/// An `error` frame.
#[must_use]
pub fn error(parts: &Error<'_>) -> Bytes {
    let mut text = Vec::with_capacity(FRAME_BYTES_USUAL);
    text.extend_from_slice(br#"{"t":"error""#);
    if let Some(sequence) = parts.sequence {
        text.extend_from_slice(br#","seq":"#);
        write_number(&mut text, sequence);
    }
    if let Some(event) = parts.event {
        text.extend_from_slice(br#","event":"#);
        write_number(&mut text, event);
    }
    text.extend_from_slice(br#","code":"#);
    write_string(&mut text, parts.code);
    text.extend_from_slice(br#","message":"#);
    write_string(&mut text, parts.message);
    if let Some(trace) = parts.trace {
        text.extend_from_slice(br#","trace":"#);
        write_string(&mut text, trace);
    }
    close(text)
}

/// A `reload` frame.
#[must_use]
pub fn reload(reason: &str) -> Bytes {
    let mut text = br#"{"t":"reload","reason":"#.to_vec();
    write_string(&mut text, reason);
    close(text)
}

/// A `store` frame: whether what clients do has to wait, since the store is not reached.
#[must_use]
pub fn store(waiting: bool) -> Bytes {
    Bytes::from_static(if waiting {
        br#"{"t":"store","waiting":true}"#
    } else {
        br#"{"t":"store","waiting":false}"#
    })
}

/// A `pong` frame.
#[must_use]
pub fn pong() -> Bytes {
    Bytes::from_static(br#"{"t":"pong"}"#)
}

fn close(mut text: Vec<u8>) -> Bytes {
    text.push(b'}');
    Bytes::from(text)
}

fn write_list<T>(text: &mut Vec<u8>, items: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    text.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        write(text, item);
    }
    text.push(b']');
}

fn write_number(text: &mut Vec<u8>, number: u64) {
    // Writing to a vector cannot fail.
    let _ = write!(text, "{number}");
}

fn write_string(text: &mut Vec<u8>, string: &str) {
    text.extend_from_slice(serde_json::Value::from(string).to_string().as_bytes());
}
