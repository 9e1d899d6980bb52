//! Every limit of values and their differences, with its reason.
//!
//! Not here: the limits of frames and queues (`ferroflex_session::limits`).

ferroflex_limits::limits! {
    /// How many ways from the fields down to one node are followed. A container that hangs in more
    /// places is sent with all the fields that it hangs in.
    #[limit("ways", "The whole fields are sent in which the container hangs.")]
    pub const WAYS_MAX: usize = 16;

    /// How many insertions and removals the search goes through before it takes the whole middle as
    /// one change. Its work and memory grow with the square: 128 is some 8,000 comparisons and 130 KB
    /// at the worst, about a millisecond for the rows of a table.
    #[limit("changes", "The changed middle of the list is sent as one change.")]
    pub const MAX_EDIT_DISTANCE: usize = 128;

    /// How many places are tried as the start of a moved run. More than one only matters when elements
    /// are equal to each other.
    #[limit("places", "The move is sent as a removal and an insertion.")]
    pub const MAX_ROTATIONS: usize = 4;

    /// How many elements of a run are made room for before they are read, so that a damaged length
    /// takes no memory.
    #[limit("elements", "The room grows while the rest is read.")]
    pub const MAX_PREALLOCATED: usize = 1024;

    /// How many containers may stand inside each other. Values are walked by recursion: whoever makes
    /// them out of foreign data holds this limit, so that no walk exhausts a thread's stack.
    #[limit("levels", "A value that is deeper is refused with an error.")]
    pub const MAX_DEPTH: usize = 128;

    /// How many digits an integer from the wire may have: reading takes time with their square. It is
    /// Python's own limit.
    #[limit("digits", "The frame is refused as malformed.")]
    pub const MAX_INTEGER_DIGITS: usize = 4300;
}
