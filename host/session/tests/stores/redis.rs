//! What can happen to a server, and on the way to it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ferroflex_session::limits::{STORE_ANSWER_MS_MAX, STORE_CONNECT_MS_MAX};
use ferroflex_session::store::redis::RedisStore;
use ferroflex_session::store::{Claim, Message, Saved, Store, StoreError, What};

use futures_util::future::join_all;

use crate::redis_server::{RedisServer, free_port};
use crate::support::{change, frames, until, whole};

async fn refusal(url: &str) -> String {
    let opened = RedisStore::open(url, "app").await;
    match opened {
        Err(StoreError::Refused {
            kind: "redis",
            reason,
        }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_and_not_shown() {
    let server = RedisServer::start_with(&["--requirepass", "right-word"]).await;
    let port = server.port();
    let reason = refusal(&format!("redis://:wrong-word@127.0.0.1:{port}")).await;
    assert!(reason.contains("password"), "{reason}");
    assert!(!reason.contains("wrong-word"), "{reason}");
    let reason = refusal(&format!("redis://127.0.0.1:{port}")).await;
    assert!(reason.contains("wants a password"), "{reason}");
    let url = format!("redis://:right-word@127.0.0.1:{port}");
    let store = RedisStore::open(&url, "app").await.unwrap();
    store.check().await.unwrap();
    assert!(!format!("{store:?}").contains("right-word"));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told() {
    let server = RedisServer::start().await;
    let reason = refusal(&format!("{}/99", server.url())).await;
    assert!(reason.contains("database"), "{reason}");
}

#[tokio::test]
async fn what_is_no_address_is_told_without_its_password() {
    for url in [
        "",
        "http://me:secret@host",
        "redis://:secret@host/no-number",
        "me:secret@",
    ] {
        let error = RedisStore::open(url, "app").await.unwrap_err();
        assert!(
            matches!(error, StoreError::Address { .. }),
            "{url}: {error:?}"
        );
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_reached() {
    let url = format!("redis://:secret@127.0.0.1:{}", free_port());
    let error = RedisStore::open(&url, "app").await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    assert!(
        !format!("{error} {error:?}").contains("secret"),
        "{error:?}"
    );
}

#[tokio::test]
async fn tls_with_a_server_that_has_none_is_an_error() {
    let server = RedisServer::start().await;
    let url = format!("rediss://127.0.0.1:{}", server.port());
    let error = RedisStore::open(&url, "app").await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_ends_is_used_again_when_it_is_back() {
    let mut server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    let other = RedisStore::open(&server.url(), "app").await.unwrap();
    let mut write = whole(1);
    write.frames = frames([1, 2]);
    store.save(vec![write.clone()]).await.unwrap();
    server.kill();
    for error in [
        store.save(vec![write]).await.unwrap_err(),
        store.claim("t", None).await.unwrap_err(),
        store.check().await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    }
    server.run().await;
    until("the server answers", async || store.check().await.is_ok()).await;
    assert_eq!(store.frames("t", 0).await.unwrap(), frames([1, 2]));
    hears_again(&store, &other).await;
}

async fn hears_again(store: &RedisStore, other: &RedisStore) {
    let message = Message {
        from: store.instance().to_owned(),
        token: "t".to_owned(),
        what: What::Room,
    };
    until("the other instance hears again", async || {
        store.tell(other.instance(), message.clone()).await.unwrap()
    })
    .await;
    let mut heard = other.messages().unwrap();
    assert_eq!(heard.recv().await.unwrap(), message);
}

#[tokio::test]
async fn a_restart_between_two_writes_is_not_noticed() {
    let mut server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    server.kill();
    server.run().await;
    // Until it has read its log it says that it is loading.
    until("the server has loaded", async || {
        server.ask::<redis::Value>(&["PING"]).await != redis::Value::Nil
    })
    .await;
    let saved = store.save(vec![change(1)]).await.unwrap();
    assert_eq!(saved, [Saved::Stored { holder: None }]);
}

#[tokio::test]
async fn a_server_that_has_lost_everything_gets_everything_again() {
    let server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    server.ask::<()>(&["FLUSHALL"]).await;
    server.ask::<()>(&["SCRIPT", "FLUSH"]).await;
    assert_eq!(store.save(vec![change(1)]).await.unwrap(), [Saved::Gone]);
    let saved = store.save(vec![whole(1)]).await.unwrap();
    assert_eq!(saved, [Saved::Stored { holder: None }]);
}

/// How often the server was asked what, since it began to count.
async fn counted(server: &RedisServer) -> HashMap<String, u64> {
    let told: String = server.ask(&["INFO", "commandstats"]).await;
    let lines = told.lines().filter_map(|line| {
        let (name, counts) = line.strip_prefix("cmdstat_")?.split_once(":calls=")?;
        let calls = counts.split(',').next()?.parse().ok()?;
        Some((name.to_owned(), calls))
    });
    lines.collect()
}

#[tokio::test]
async fn a_write_is_one_command() {
    let server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    server.ask::<()>(&["CONFIG", "RESETSTAT"]).await;
    for number in 1..=10 {
        let mut write = change(1);
        write.fields = vec![("a".into(), Some(Bytes::from("1")))];
        write.frames = frames([number]);
        store.save(vec![write]).await.unwrap();
    }
    let counts = counted(&server).await;
    assert_eq!(counts["evalsha"], 10);
    // What the script does itself, and this test's own questions.
    let own = [
        "evalsha", "hmget", "hset", "hdel", "xadd", "xtrim", "expire",
    ];
    let asked = [
        "info",
        "config|resetstat",
        "client|setinfo",
        "client|setname",
        "select",
        "hello",
    ];
    for name in counts.keys() {
        assert!(
            own.contains(&&**name) || asked.contains(&&**name),
            "{name}: {counts:?}"
        );
    }
}

#[tokio::test]
async fn a_key_of_something_else_harms_its_session_alone() {
    let server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    server
        .ask::<()>(&["SET", "ferroflex:{app/t}:s", "a text"])
        .await;
    let error = store.claim("t", None).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(store.claim("u", None).await.unwrap(), Claim::Unknown);
    // Whoever has the session writes it anew.
    let saved = store.save(vec![change(1), whole(1)]).await.unwrap();
    assert_eq!(saved, [Saved::Gone, Saved::Stored { holder: None }]);
}

#[tokio::test]
async fn a_full_server_says_what_to_do() {
    let server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    server.ask::<()>(&["CONFIG", "SET", "maxmemory", "1"]).await;
    let error = store.save(vec![change(1)]).await.unwrap_err();
    assert!(error.to_string().contains("maxmemory"), "{error}");
    server.ask::<()>(&["CONFIG", "SET", "maxmemory", "0"]).await;
    store.save(vec![change(1)]).await.unwrap();
}

#[tokio::test]
async fn both_ways_to_talk_to_a_server_will_do() {
    let server = RedisServer::start().await;
    for protocol in ["resp2", "resp3"] {
        let url = format!("{}/0?protocol={protocol}", server.url());
        let store = RedisStore::open(&url, protocol).await.unwrap();
        store.save(vec![whole(1)]).await.unwrap();
        let claim = store.claim("t", None).await.unwrap();
        assert!(matches!(claim, Claim::Given(record) if record.generation == 2));
        hears_again(&store, &store).await;
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_in_time_by_all() {
    let server = RedisServer::start().await;
    let store = RedisStore::open(&server.url(), "app").await.unwrap();
    server.ask::<()>(&["CLIENT", "PAUSE", "600000"]).await;
    let longest = Duration::from_millis(STORE_ANSWER_MS_MAX + STORE_CONNECT_MS_MAX);
    let begun = Instant::now();
    for error in join_all((0..50).map(|_| store.check())).await {
        assert!(
            matches!(error, Err(StoreError::Unreachable { .. })),
            "{error:?}"
        );
    }
    for error in join_all((0..50).map(|_| store.check())).await {
        assert!(
            matches!(error, Err(StoreError::Unreachable { .. })),
            "{error:?}"
        );
    }
    let took = begun.elapsed();
    assert!(
        took < longest * 2,
        "a hundred waited {took:?} for each other"
    );
}
