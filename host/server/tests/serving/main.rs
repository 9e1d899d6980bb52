//! The server on a port of its own, with a script written in Rust and a shell of one file.

#![cfg(test)]

mod api;
mod callers;
mod faulty;
mod observing;
mod pages;
mod rendering;
mod site;
mod sockets;
mod support;
mod uploads;
mod visits;
