//! Opening the file: its folder, its lock, its tables.
//!
//! Not here: what is done with the tables.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use tokio::time::{Instant, sleep};

use super::failure::{Failures, is_in_use};
use crate::limits::{STORE_LOCK_MS_MAX, STORE_LOCK_TRIED_MS, STORE_LOG_BYTES_MAX};
use crate::store::StoreError;

/// Raised whenever the tables become others.
const FORM: i64 = 1;

/// The tables. Snapshots and frames are in the order in which they are read: a session's together.
const TABLES: &str = "
    CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;
    CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        token TEXT NOT NULL UNIQUE,
        generation INTEGER NOT NULL,
        owner TEXT,
        holder TEXT,
        head BLOB NOT NULL,
        kept_until INTEGER NOT NULL
    );
    CREATE INDEX session_kept_until ON session (kept_until);
    CREATE TABLE field (
        session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (session, name)
    ) WITHOUT ROWID;
    CREATE TABLE frame (
        session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (session, number)
    ) WITHOUT ROWID;
";

/// Opens the file and takes it for this process.
pub(super) async fn open(path: &Path, failures: &Failures) -> Result<SqliteConnection, StoreError> {
    create(path).map_err(|error| {
        failures.refused(&format!(
            "cannot be made: {error}; give the server's user the right to, or another path"
        ))
    })?;
    let mut connection = lock(path, failures).await?;
    prepare(&mut connection, failures).await?;
    Ok(connection)
}

/// The file is made before SQLite does, so that it never is anybody else's to read. One that is
/// there is not opened: closing it would give up the lock that this process may have on it. This is
/// done once, before anything is served: it may block.
fn create(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Connects, which takes the lock: a killed process has let go of it, one that is just ending will.
async fn lock(path: &Path, failures: &Failures) -> Result<SqliteConnection, StoreError> {
    let until = Instant::now() + Duration::from_millis(STORE_LOCK_MS_MAX);
    let options = options(path);
    loop {
        match options.connect().await {
            Ok(connection) => return Ok(connection),
            Err(error) if is_in_use(&error) && Instant::now() < until => {
                sleep(Duration::from_millis(STORE_LOCK_TRIED_MS)).await;
            }
            Err(error) => return Err(failures.tell(error.into())),
        }
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .locking_mode(SqliteLockingMode::Exclusive)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::ZERO)
        .pragma("journal_size_limit", STORE_LOG_BYTES_MAX.to_string())
        .disable_statement_logging()
}

/// Makes the tables in a new file; any other has to be one of ours, of this form.
async fn prepare(connection: &mut SqliteConnection, failures: &Failures) -> Result<(), StoreError> {
    let tables = tables(connection).await;
    let tables = tables.map_err(|error| failures.tell(error.into()))?;
    if tables == 0 {
        let made = make(connection).await;
        return made.map_err(|error| failures.tell(error.into()));
    }
    match form(connection).await {
        Some(FORM) => Ok(()),
        Some(other) => Err(failures.refused(&format!(
            "has form {other}, and this version of Ferroflex reads form {FORM}: move it away \
             (sessions begin anew), or run the version that wrote it"
        ))),
        None => Err(failures.refused("is a database of something else: give another file")),
    }
}

async fn tables(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let count = sqlx::query("SELECT count(*) FROM sqlite_master");
    count.fetch_one(connection).await?.try_get(0)
}

async fn make(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    sqlx::raw_sql(TABLES).execute(&mut *transaction).await?;
    sqlx::query("INSERT INTO meta (key, value) VALUES ('form', ?)")
        .bind(FORM)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// The form that the file says it has; none where it is no file of ours.
async fn form(connection: &mut SqliteConnection) -> Option<i64> {
    let form = sqlx::query("SELECT value FROM meta WHERE key = 'form'");
    form.fetch_one(connection).await.ok()?.try_get(0).ok()
}
