//! What the tests of this crate and the load client beside it, in `bench/`, have in common: the
//! checks of the repository as a whole, and what a client of a real server needs.

pub mod house;
pub mod memory;
pub mod server;
pub mod site;
pub mod socket;
