//! The default store: one SQLite file an app, in which every group of writes is one transaction.
//!
//! The file belongs to one process at a time, which the lock on it guarantees: there are no other
//! instances to tell anything. What is saved is on the disk (`synchronous` is full), so that not
//! even a power failure loses it. Not here: which writes go together (the session's `keeper`).

mod database;
mod failure;
mod open;
mod records;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use sqlx::Row as _;
use tokio::sync::{Mutex, mpsc};

use self::database::Database;
use self::failure::{Failure, Failures};
use super::{Claim, Frame, Message, Saved, Secret, Store, StoreError, Write};
use crate::limits::STORE_EXPIRED_MAX;

/// A file of sessions, opened by this process alone.
pub struct SqliteStore {
    database: Mutex<Database>,
    instance: String,
    failures: Failures,
}

impl SqliteStore {
    /// Opens a file, which is made where there is none, with the folders above it. Waits up to
    /// [`crate::limits::STORE_LOCK_MS_MAX`] for another process that has it.
    ///
    /// # Errors
    /// When the file cannot be made or read, is in use, is damaged, or was written by a version
    /// with another form of it.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let failures = Failures::new(path);
        let instance = super::new_instance("sqlite")?;
        let connection = open::open(path, &failures).await?;
        Ok(Self {
            database: Mutex::new(Database::new(connection)),
            instance,
            failures,
        })
    }

    async fn claimed(&self, token: &str, from: Option<&str>) -> Result<Claim, Failure> {
        let mut database = self.database.lock().await;
        let connection = database.begin().await?;
        let claim = records::claim(connection, token, &self.instance, from).await?;
        database.commit().await?;
        Ok(claim)
    }

    async fn saved(&self, writes: Vec<Write>) -> Result<Vec<Saved>, Failure> {
        let mut database = self.database.lock().await;
        let connection = database.prepare().await;
        // Nobody else writes in between: the file is this process's, and its connection ours.
        let refused = write::refused_bundles(connection, &writes).await?;
        let last = writes.iter().rposition(|write| !write.is_among(&refused));
        let (mut saved, mut is_first) = (Vec::with_capacity(writes.len()), true);
        for (number, write) in writes.iter().enumerate() {
            if write.is_among(&refused) {
                saved.push(Saved::Moved);
                continue;
            }
            let is_last = Some(number) == last;
            let place = write::Place { is_first, is_last };
            saved.push(write::save(connection, write, place, &self.instance, now_s()).await?);
            is_first = false;
        }
        database.finished();
        Ok(saved)
    }

    async fn removed(&self, tokens: Vec<Arc<str>>) -> Result<(), Failure> {
        let mut database = self.database.lock().await;
        let connection = database.begin().await?;
        for token in &tokens {
            let removal = sqlx::query("DELETE FROM session WHERE token = ?").bind(&**token);
            removal.execute(&mut *connection).await?;
        }
        Ok(database.commit().await?)
    }

    /// Some at a time, and others come in between: the file is free after each of these.
    async fn expired(&self) -> Result<(), Failure> {
        let now = now_s();
        loop {
            let removal = sqlx::query(
                "DELETE FROM session WHERE id IN \
                 (SELECT id FROM session WHERE kept_until <= ? LIMIT ?)",
            )
            .bind(now)
            .bind(STORE_EXPIRED_MAX);
            let mut database = self.database.lock().await;
            let connection = database.connection().await;
            let removed = removal.execute(&mut *connection).await?.rows_affected();
            if removed < u64::from(STORE_EXPIRED_MAX) {
                return Ok(());
            }
        }
    }

    async fn kept_secret(&self, candidate: Secret) -> Result<Secret, Failure> {
        let mut database = self.database.lock().await;
        let connection = database.connection().await;
        sqlx::query("INSERT OR IGNORE INTO meta (key, value) VALUES ('secret', ?)")
            .bind(&candidate[..])
            .execute(&mut *connection)
            .await?;
        let kept = sqlx::query("SELECT value FROM meta WHERE key = 'secret'");
        let kept: Vec<u8> = kept.fetch_one(&mut *connection).await?.try_get(0)?;
        let bytes = kept.len();
        let damage = move |_| failure::damaged(format!("its secret has {bytes} bytes"));
        kept.try_into().map_err(damage)
    }

    async fn checked(&self) -> Result<(), Failure> {
        let mut database = self.database.lock().await;
        let connection = database.connection().await;
        // A file may be read that takes nothing any more.
        sqlx::query("INSERT OR REPLACE INTO meta (key, value) VALUES ('checked', ?)")
            .bind(now_s().to_be_bytes().to_vec())
            .execute(&mut *connection)
            .await?;
        Ok(())
    }

    async fn frames_after(&self, token: &str, after: u64) -> Result<Vec<Frame>, Failure> {
        let mut database = self.database.lock().await;
        records::frames(database.connection().await, token, after).await
    }

    /// What an operation gives, its failure in words for people.
    fn told<'a, T>(
        &'a self,
        work: impl Future<Output = Result<T, Failure>> + Send + 'a,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        let told = work.map(|outcome| outcome.map_err(|failure| self.failures.tell(failure)));
        told.boxed()
    }
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore")
            .field("path", &self.failures.path())
            .finish_non_exhaustive()
    }
}

impl Store for SqliteStore {
    fn kind(&self) -> &'static str {
        "sqlite"
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn is_shared(&self) -> bool {
        false
    }

    fn instance(&self) -> &str {
        &self.instance
    }

    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>> {
        self.told(self.claimed(token, from))
    }

    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>> {
        self.told(self.saved(writes))
    }

    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>> {
        self.told(self.frames_after(token, after))
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.told(self.removed(tokens))
    }

    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.told(self.expired())
    }

    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>> {
        self.told(self.kept_secret(candidate))
    }

    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.told(self.checked())
    }

    fn tell<'a>(
        &'a self,
        _instance: &'a str,
        _message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        ready(Ok(false)).boxed()
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        None
    }
}

/// The wall clock, which goes on while no process runs.
fn now_s() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| integer(since.as_secs()))
}

/// As SQLite keeps numbers. Ours count events and seconds: none comes near the end.
fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as ours are.
fn number(integer: i64) -> Result<u64, Failure> {
    u64::try_from(integer).map_err(|_| failure::damaged(format!("{integer} is no number of it")))
}

/// A column of bytes.
fn blob(row: &sqlx::sqlite::SqliteRow, column: usize) -> Result<Bytes, Failure> {
    Ok(Bytes::from(row.try_get::<Vec<u8>, _>(column)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn set(store: &SqliteStore, pragma: &'static str) {
        let mut database = store.database.lock().await;
        let connection = database.connection().await;
        sqlx::query(pragma).execute(connection).await.unwrap();
    }

    fn write(bytes: usize) -> Vec<Write> {
        vec![Write {
            token: "t".into(),
            is_whole: true,
            head: Bytes::from(vec![1; bytes]),
            kept_s: 60,
            ..Write::default()
        }]
    }

    #[tokio::test]
    async fn a_file_that_can_only_be_read_fails_the_check() {
        let name = super::super::new_instance("sqlite").unwrap();
        let folder = std::env::temp_dir().join(format!("ferroflex-read-{name}"));
        let store = SqliteStore::open(&folder.join("sessions.sqlite"))
            .await
            .unwrap();
        store.check().await.unwrap();
        set(&store, "PRAGMA query_only = 1").await;
        let error = store.check().await.unwrap_err().to_string();
        assert!(error.contains("cannot be written"), "{error}");
        set(&store, "PRAGMA query_only = 0").await;
        store.check().await.unwrap();
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn after_a_full_disk_what_is_said_to_be_stored_is() {
        let name = super::super::new_instance("sqlite").unwrap();
        let folder = std::env::temp_dir().join(format!("ferroflex-full-{name}"));
        let path = folder.join("sessions.sqlite");
        let store = SqliteStore::open(&path).await.unwrap();
        set(&store, "PRAGMA max_page_count = 20").await;
        for _ in 0..3 {
            let error = store.save(write(1 << 20)).await.unwrap_err();
            assert!(error.to_string().contains("disk is full"), "{error}");
        }
        set(&store, "PRAGMA max_page_count = 100000").await;
        for _ in 0..3 {
            store.save(write(1 << 20)).await.unwrap();
        }
        let before = store.instance().to_owned();
        drop(store);
        let store = SqliteStore::open(&path).await.unwrap();
        let claim = store.claim("t", Some(&before)).await.unwrap();
        assert!(matches!(claim, Claim::Given(record) if record.head.len() == 1 << 20));
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
