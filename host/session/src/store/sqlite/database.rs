//! The one connection, and transactions on it that may be given up at any point.
//!
//! `SQLite` ends a transaction by itself when the disk is full or fails, and sqlx goes on counting
//! it as open: what is committed after that would be a savepoint's, and never on the disk. So the
//! statements are given here, and a transaction that did not come to its end is rolled back before
//! anything else is done.

use sqlx::SqliteConnection;

/// A connection that knows whether a transaction of its was left unfinished.
pub(super) struct Database {
    connection: SqliteConnection,
    is_unfinished: bool,
}

impl Database {
    pub(super) fn new(connection: SqliteConnection) -> Self {
        Self {
            connection,
            is_unfinished: false,
        }
    }

    /// For single statements.
    pub(super) async fn connection(&mut self) -> &mut SqliteConnection {
        if self.is_unfinished {
            // That there is none any more is an error too.
            self.run("ROLLBACK").await.ok();
            self.is_unfinished = false;
        }
        &mut self.connection
    }

    /// Begins a transaction, which lasts until [`Self::commit`].
    pub(super) async fn begin(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        self.prepare().await;
        self.run("BEGIN IMMEDIATE").await?;
        Ok(&mut self.connection)
    }

    /// For a transaction whose statements begin and end it themselves. It counts as unfinished
    /// until [`Self::finished`].
    pub(super) async fn prepare(&mut self) -> &mut SqliteConnection {
        self.connection().await;
        self.is_unfinished = true;
        &mut self.connection
    }

    /// The transaction has come to its end.
    pub(super) fn finished(&mut self) {
        self.is_unfinished = false;
    }

    /// Puts on the disk what was done since [`Self::begin`].
    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.run("COMMIT").await?;
        self.finished();
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        let done = sqlx::query(statement).execute(&mut self.connection).await;
        done.map(drop)
    }
}
