//! How long a write takes with each store, printed; that all of it is stored, checked.
//!
//! Not a benchmark: what is printed depends on the machine's disk and on what else it does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ferroflex_session::store::{Saved, Store, Write};

use crate::conformance::Place;
use crate::redis_server::RedisServer;
use crate::support::{Folder, change, frames, whole};

const TIMES: u32 = 500;
const BATCHES: u32 = 20;
const BATCH: u64 = 100;

fn turn(token: u64, number: u64) -> Write {
    Write {
        token: token.to_string().into(),
        fields: vec![("count".into(), Some(Bytes::from(number.to_string())))],
        frames: frames([number]),
        frames_from: number.saturating_sub(32),
        ..change(1)
    }
}

async fn save(store: &dyn Store, writes: Vec<Write>) {
    let saved = store.save(writes).await.unwrap();
    let is_stored = |saved: &Saved| *saved == Saved::Stored { holder: None };
    assert!(saved.iter().all(is_stored), "{saved:?}");
}

async fn alone(store: &dyn Store) -> Duration {
    let begun = Instant::now();
    for number in 1..=TIMES {
        save(store, vec![turn(0, u64::from(number))]).await;
    }
    begun.elapsed()
}

async fn grouped(store: &dyn Store) -> Duration {
    let begun = Instant::now();
    for number in 1..=BATCHES {
        save(
            store,
            (1..=BATCH)
                .map(|token| turn(token, u64::from(number)))
                .collect(),
        )
        .await;
    }
    begun.elapsed()
}

#[tokio::test]
async fn writes() {
    let (folder, server) = (Folder::new(), RedisServer::start_with(&[]).await);
    for place in [
        Place::Memory(Arc::default()),
        Place::Sqlite(folder.file()),
        Place::Redis(server.url(), "app"),
    ] {
        let store = place.instance().await;
        let first = |token: u64| Write {
            token: token.to_string().into(),
            ..whole(1)
        };
        save(&*store, (0..=BATCH).map(first).collect()).await;
        let (alone, grouped) = (alone(&*store).await, grouped(&*store).await);
        let (each, group) = (
            alone.div_f64(f64::from(TIMES)),
            grouped.div_f64(f64::from(BATCHES)),
        );
        println!(
            "{}: {each:?} a write, {group:?} for {BATCH} together",
            store.kind()
        );
        let held = store.frames("0", u64::from(TIMES - 1)).await.unwrap();
        assert_eq!(held, frames([u64::from(TIMES)]));
    }
}
