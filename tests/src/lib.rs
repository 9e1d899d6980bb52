//! Checks of the repository as a whole, which the tests of this crate run over it. The load client
//! beside it, in `bench/`, is a program of its own.

pub mod house;
