//! The server on a port of its own, with a script written in Rust and a shell of one file.

#[cfg(test)]
mod api;
#[cfg(test)]
mod callers;
#[cfg(test)]
mod faulty;
#[cfg(test)]
mod observing;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rendering;
#[cfg(test)]
mod site;
#[cfg(test)]
mod sockets;
#[cfg(test)]
mod support;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod visits;
