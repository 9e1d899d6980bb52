//! A process with a file that is killed: what it said was stored is, and the file is free.
//!
//! The process is this test's own program, which runs the test `killed::a_process` alone; without
//! a file that is named to it, that one ends by itself.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ferroflex_session::limits::STORE_LOCK_MS_MAX;
use ferroflex_session::store::sqlite::SqliteStore;
use ferroflex_session::store::{Claim, Store, Write};

use crate::support::{Folder, take, whole};

const FILE: &str = "FERROFLEX_TEST_FILE";
const STORED: &str = "stored ";

/// Counts in the file, and says each number once it is stored.
async fn count(path: &Path, to: u64) {
    let store = SqliteStore::open(path).await.unwrap();
    store.claim("t", None).await.unwrap();
    for number in 1..=to {
        let head = Bytes::from(number.to_string());
        let write = Write { head, ..whole(99) };
        store.save(vec![write]).await.unwrap();
        println!("\n{STORED}{number}");
    }
}

#[tokio::test]
async fn a_process() {
    if let Some(path) = std::env::var_os(FILE) {
        count(path.as_ref(), u64::MAX).await;
    } else {
        count(&Folder::new().file(), 1).await;
    }
}

fn start(path: &Path) -> Child {
    let program = std::env::current_exe().unwrap();
    let process = Command::new(program)
        .args(["--exact", "killed::a_process", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .spawn();
    process.unwrap()
}

/// Kills a process that counts, after so many numbers. Gives the last one that it said.
fn kill_after(path: &Path, numbers: usize) -> u64 {
    let mut process = start(path);
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut said = lines.filter_map(|line| {
        let line = line.ok()?;
        line.strip_prefix(STORED)?.parse().ok()
    });
    let read: Option<u64> = said.nth(numbers);
    process.kill().unwrap();
    process.wait().unwrap();
    // What it said before it was killed, and nobody has read yet.
    said.last().or(read).expect("the process ended by itself")
}

#[tokio::test]
async fn what_a_killed_process_stored_is_there() {
    let folder = Folder::new();
    let path = folder.file();
    for numbers in [3, 17, 40] {
        let last = kill_after(&path, numbers);
        let begun = Instant::now();
        let store = SqliteStore::open(&path).await.unwrap();
        let longest = Duration::from_millis(STORE_LOCK_MS_MAX / 2);
        assert!(begun.elapsed() < longest, "the file was not free");
        let Claim::Given(record) = take(&store).await else {
            panic!("the session is not there");
        };
        assert!(!record.was_released);
        let stored: u64 = std::str::from_utf8(&record.head).unwrap().parse().unwrap();
        assert!(stored >= last, "{last} was said to be stored, {stored} is");
        store.remove(vec!["t".into()]).await.unwrap();
    }
}

#[tokio::test]
async fn another_process_is_told_who_has_the_file() {
    let folder = Folder::new();
    let mut process = start(&folder.file());
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut said = lines.map_while(Result::ok);
    assert!(said.any(|line| line.starts_with(STORED)));
    // It goes on; what it says has to go somewhere.
    let read = thread::spawn(move || said.last());
    let refused = SqliteStore::open(&folder.file()).await;
    assert_eq!(
        process.try_wait().unwrap(),
        None,
        "the process ended by itself"
    );
    process.kill().unwrap();
    process.wait().unwrap();
    read.join().unwrap();
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("in use by another process"), "{refused}");
    SqliteStore::open(&folder.file()).await.unwrap();
}
