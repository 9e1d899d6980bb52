//! What SQLite reports, in words that say which file it is about and what to do.

use std::path::{Path, PathBuf};

use crate::store::StoreError;

const KIND: &str = "sqlite";

/// What SQLite calls the failures that say something of the file or the disk: the lower eight bits
/// of its codes.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const IO: i32 = 10;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;

/// What an operation fails with.
#[derive(Debug)]
pub(super) enum Failure {
    /// What the library reports.
    Sqlite(sqlx::Error),
    /// A value in the file that we never write.
    Damaged(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// A record is not what we write.
pub(super) fn damaged(reason: String) -> Failure {
    Failure::Damaged(reason)
}

/// Whether another process has the file.
pub(super) fn is_in_use(error: &sqlx::Error) -> bool {
    matches!(code(error), Some(BUSY | LOCKED))
}

fn code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

/// Tells what went wrong with one file.
pub(super) struct Failures {
    path: PathBuf,
}

impl Failures {
    pub(super) fn new(path: &Path) -> Self {
        let path = path.to_owned();
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn tell(&self, failure: Failure) -> StoreError {
        match failure {
            Failure::Damaged(reason) => StoreError::Damaged { reason },
            Failure::Sqlite(sqlx::Error::ColumnDecode { source, .. }) => StoreError::Damaged {
                reason: source.to_string(),
            },
            Failure::Sqlite(error) => self.tell_sqlite(&error),
        }
    }

    /// Nothing of it goes away by itself.
    pub(super) fn refused(&self, what: &str) -> StoreError {
        let reason = format!("{} {what}", self.path.display());
        StoreError::Refused { kind: KIND, reason }
    }

    fn tell_sqlite(&self, error: &sqlx::Error) -> StoreError {
        match code(error) {
            Some(BUSY | LOCKED) => self.refused(
                "is in use by another process: stop it, or give this one another file; several \
                 processes need the redis store",
            ),
            Some(CORRUPT | NOT_A_DATABASE) => self.refused(
                "is damaged, or no file of sessions: move it away (sessions begin anew), or give \
                 another one",
            ),
            Some(READ_ONLY) => {
                self.refused("cannot be written: give the server's user the right to, or move it")
            }
            Some(FULL) => self.refused("cannot grow, the disk is full: make room on it"),
            Some(CANNOT_OPEN) => self.refused(
                "cannot be opened: give the server's user the right to write it and its folder",
            ),
            Some(IO) | None => self.unreachable(error),
            Some(_) => self.refused(&format!("cannot be used: {error}")),
        }
    }

    fn unreachable(&self, error: &sqlx::Error) -> StoreError {
        StoreError::Unreachable {
            kind: KIND,
            reason: format!("{}: {error}", self.path.display()),
        }
    }
}
