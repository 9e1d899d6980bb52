//! What can happen to a file.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use ferroflex_session::store::sqlite::SqliteStore;
use ferroflex_session::store::{Claim, Store, StoreError, Write};
use sqlx::Connection as _;
use tokio::time::timeout;

use crate::support::{Folder, change, frames, take, whole};

async fn refusal(path: &Path) -> String {
    match SqliteStore::open(path).await {
        Err(StoreError::Refused {
            kind: "sqlite",
            reason,
        }) => {
            assert!(reason.contains(&path.display().to_string()), "{reason}");
            reason
        }
        other => panic!("{other:?}"),
    }
}

async fn written(path: &Path) {
    let store = SqliteStore::open(path).await.unwrap();
    let mut write = whole(1);
    write.frames = frames([1]);
    store.save(vec![write]).await.unwrap();
}

#[tokio::test]
async fn what_is_written_is_there_when_it_is_opened_again() {
    let folder = Folder::new();
    let path = folder.path().join("made/with its/folders.sqlite");
    written(&path).await;
    let store = SqliteStore::open(&path).await.unwrap();
    assert_eq!(store.frames("t", 0).await.unwrap(), frames([1]));
    let claim = take(&store).await;
    assert!(matches!(claim, Claim::Given(record) if record.generation == 2));
}

#[tokio::test]
async fn more_fields_than_one_statement_takes_are_all_written_and_removed() {
    let folder = Folder::new();
    let store = SqliteStore::open(&folder.file()).await.unwrap();
    let named = |number: usize| -> Arc<str> { format!("field {number}").into() };
    let value = |number: usize| Bytes::from(number.to_string());
    let all = (0..250).map(|number| (named(number), Some(value(number))));
    let mut write = whole(1);
    write.fields = all.collect();
    store.save(vec![write]).await.unwrap();
    let half = (0..125).map(|number| (named(number), None));
    let mut write = change(1);
    write.fields = half.collect();
    store.save(vec![write]).await.unwrap();
    let Claim::Given(mut record) = store.claim("t", None).await.unwrap() else {
        panic!("the record is there");
    };
    record.fields.sort();
    let mut left: Vec<_> = (125..250)
        .map(|number| (named(number), value(number)))
        .collect();
    left.sort();
    assert_eq!(record.fields, left);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let store = SqliteStore::open(&folder.file()).await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        files += 1;
    }
    assert!(files >= 2, "the database and its log");
}

#[tokio::test]
async fn a_second_one_is_told_who_has_the_file() {
    let folder = Folder::new();
    let first = SqliteStore::open(&folder.file()).await.unwrap();
    let reason = refusal(&folder.file()).await;
    assert!(reason.contains("in use by another process"), "{reason}");
    first.save(vec![whole(1)]).await.unwrap();
}

#[tokio::test]
async fn a_second_one_waits_for_the_first_to_end() {
    let folder = Folder::new();
    let first = SqliteStore::open(&folder.file()).await.unwrap();
    let path = folder.file();
    let second = tokio::spawn(async move { SqliteStore::open(&path).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!second.is_finished());
    drop(first);
    second.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_named() {
    let folder = Folder::new();
    let path = folder.file();
    fs::write(&path, "no database at all, only some text ".repeat(100)).unwrap();
    let reason = refusal(&path).await;
    assert!(reason.contains("move it away"), "{reason}");
    assert!(fs::read(&path).unwrap().starts_with(b"no database"));
}

#[tokio::test]
async fn a_file_with_a_hole_in_it_is_named() {
    let folder = Folder::new();
    let path = folder.file();
    written(&path).await;
    drop(SqliteStore::open(&path).await.unwrap());
    let mut bytes = fs::read(&path).unwrap();
    assert!(
        bytes.len() > 4096,
        "the log is written back when a store ends"
    );
    bytes[100..4096].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let reason = refusal(&path).await;
    assert!(reason.contains("damaged"), "{reason}");
}

async fn run(path: &Path, statement: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let options = options.create_if_missing(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_file_of_another_form_is_left_alone() {
    let folder = Folder::new();
    written(&folder.file()).await;
    run(
        &folder.file(),
        "UPDATE meta SET value = 7 WHERE key = 'form'",
    )
    .await;
    let reason = refusal(&folder.file()).await;
    assert!(reason.contains("has form 7"), "{reason}");
    assert!(reason.contains("move it away"), "{reason}");
}

#[tokio::test]
async fn a_database_of_something_else_is_left_alone() {
    let folder = Folder::new();
    run(&folder.file(), "CREATE TABLE customers (name TEXT)").await;
    let reason = refusal(&folder.file()).await;
    assert!(reason.contains("something else"), "{reason}");
}

#[tokio::test]
async fn a_path_that_cannot_be_made_is_told() {
    let folder = Folder::new();
    fs::write(folder.file(), "").unwrap();
    let reason = refusal(&folder.file().join("below a file")).await;
    assert!(reason.contains("cannot be made"), "{reason}");
    let reason = refusal(folder.path()).await;
    assert!(reason.contains("cannot be opened"), "{reason}");
}

#[tokio::test]
async fn a_write_that_is_given_up_leaves_nothing_and_harms_no_other() {
    let folder = Folder::new();
    let store = SqliteStore::open(&folder.file()).await.unwrap();
    let many = (0..2_000).map(|number| Write {
        token: number.to_string().into(),
        ..whole(1)
    });
    let many: Vec<Write> = many.collect();
    for micros in [50, 200, 800, 3_200] {
        let given_up = timeout(Duration::from_micros(micros), store.save(many.clone()));
        assert!(given_up.await.is_err(), "two thousand writes take longer");
    }
    store.save(vec![whole(1)]).await.unwrap();
    drop(store);
    let store = SqliteStore::open(&folder.file()).await.unwrap();
    let claim = take(&store).await;
    assert!(matches!(claim, Claim::Given(_)));
    assert_eq!(store.claim("0", None).await.unwrap(), Claim::Unknown);
}
