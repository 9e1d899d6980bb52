//! What goes wrong in Reflex, or could go wrong in any server that runs the code of its apps: each
//! scenario against the real binary, over real sockets, with other users beside it whose clicks are
//! timed. A fault may hurt the user whose handler it is in, and nobody else.
//!
//! - `blocking`: handlers that block, wait, loop and compute without an end
//! - `spinning`: an async handler that never stops and never waits
//! - `handlers`: handlers that raise, recurse, allocate and panic; arguments of wrong types
//! - `flood`: clients that send too much, or nothing
//! - `slow_reader`: clients that read too little
//! - `endpoints`: endpoints of an app's own, and clients that leave them
//! - `identity`: tokens, tabs and origins; a server that was killed, with which its sessions are gone
//!
//! Not here: frames that are no messages, which Reflex drops silently (`tests/browser/bad_frames`);
//! lost sockets (`tests/browser/resilience`); a handler that never stops and whose session ends
//! (the script host's tests, which can let ten minutes pass).

mod blocking;
mod endpoints;
mod flood;
mod handlers;
mod identity;
mod others;
mod slow_reader;
mod spinning;
mod support;
mod tab;
