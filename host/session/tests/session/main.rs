//! Sessions driven by a script written in Rust: turns, resuming, and the golden files.

#![cfg(test)]

mod golden;
mod hung;
mod pages;
mod resting;
mod resuming;
mod sections;
mod storage;
mod stored;
mod support;
mod together;
mod turns;
