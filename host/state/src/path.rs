//! Where a value stands inside a substate.

use smallvec::SmallVec;

/// One step down: into a list by position, or into a dictionary by its wire name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A position in a list; the first step of a path is the number of the field.
    Index(usize),
    /// A key of a dictionary, as it is written on the wire.
    Name(String),
}

/// The way from a substate down to a value. The first step is the field's number.
pub type Path = SmallVec<[Step; 4]>;

impl From<usize> for Step {
    fn from(position: usize) -> Self {
        Self::Index(position)
    }
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<String> for Step {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}
