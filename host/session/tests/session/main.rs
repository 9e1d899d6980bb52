//! Sessions driven by a script written in Rust: turns, resuming, and the golden files.

#[cfg(test)]
mod golden;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod resuming;
#[cfg(test)]
mod sections;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod support;
#[cfg(test)]
mod together;
#[cfg(test)]
mod turns;
