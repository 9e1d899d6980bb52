//! The default store: one file, written in groups.
