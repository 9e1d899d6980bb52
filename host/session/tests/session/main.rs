//! Sessions driven by a script written in Rust: turns, and resuming.

mod resuming;
mod support;
mod turns;
