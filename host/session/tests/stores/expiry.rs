//! Sessions whose time is over.

use std::sync::Arc;

use ferroflex_session::limits::STORE_EXPIRED_MAX;
use ferroflex_session::store::{Claim, Saved, Store, Write};

use crate::conformance::Place;
use crate::redis_server::RedisServer;
use crate::support::{Folder, change, frames, until, whole};

/// More than a file removes at once.
fn many() -> Vec<Write> {
    let numbers = 0..STORE_EXPIRED_MAX + 10;
    let short = numbers.map(|number| Write {
        token: format!("{number}").into(),
        frames: frames([1]),
        kept_s: 1,
        ..whole(1)
    });
    short.collect()
}

async fn is_over(store: &dyn Store, token: &str) -> bool {
    store.expire().await.unwrap();
    let frames = store.frames(token, 0).await.unwrap();
    store.claim(token, None).await.unwrap() == Claim::Unknown && frames.is_empty()
}

async fn expire(store: &dyn Store) {
    let prolonged = Write {
        token: "0".into(),
        ..change(1)
    };
    let kept = vec![whole(1), prolonged];
    store.save(many()).await.unwrap();
    store.save(kept).await.unwrap();
    assert_ne!(store.claim("1", None).await.unwrap(), Claim::Unknown);
    for number in 1..STORE_EXPIRED_MAX + 10 {
        let token = number.to_string();
        until("the session's time is over", async || {
            is_over(store, &token).await
        })
        .await;
    }
    for token in ["t", "0"] {
        assert!(!is_over(store, token).await, "{}: {token}", store.kind());
    }
    let late = Write {
        token: "1".into(),
        ..change(1)
    };
    assert_eq!(store.save(vec![late]).await.unwrap(), [Saved::Gone]);
}

#[tokio::test]
async fn sessions_end_when_their_time_is_over_and_no_others() {
    let (folder, server) = (Folder::new(), RedisServer::start().await);
    for place in [
        Place::Memory(Arc::default()),
        Place::Sqlite(folder.file()),
        Place::Redis(server.url(), "app"),
    ] {
        expire(&*place.instance().await).await;
    }
}
