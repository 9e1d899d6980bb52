//! The rules of the house: which crate may name which, and what a source file must be like.
//!
//! The checks take data and return what is wrong in words, a line for each; reading the repository
//! is the business of `tests/house.rs`.

pub mod dependencies;
pub mod limits;
pub mod sources;
