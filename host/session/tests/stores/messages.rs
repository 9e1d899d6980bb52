//! What instances tell each other.

use std::sync::Arc;
use std::time::Duration;

use ferroflex_session::limits::MESSAGES_QUEUED_MAX;
use ferroflex_session::store::{Message, Store, What};
use tokio::time::timeout;

use crate::conformance::Place;
use crate::redis_server::RedisServer;
use crate::support::{Folder, until};

fn message(from: &dyn Store, what: What) -> Message {
    Message {
        from: from.instance().to_owned(),
        token: "t".to_owned(),
        what,
    }
}

async fn tell(place: &Place) {
    let (one, two) = (place.instance().await, place.instance().await);
    let mut heard = two.messages().unwrap();
    assert!(two.messages().is_none(), "messages are taken once");
    let client = Some("page".to_owned());
    for what in [
        What::Release { client },
        What::Release { client: None },
        What::Released,
        What::Refused,
        What::Frames,
        What::Room,
    ] {
        let message = message(&*one, what);
        assert!(one.tell(two.instance(), message.clone()).await.unwrap());
        let got = timeout(Duration::from_secs(20), heard.recv()).await;
        assert_eq!(got.unwrap().unwrap(), message);
    }
    let to_itself = message(&*one, What::Room);
    assert!(one.tell(one.instance(), to_itself.clone()).await.unwrap());
    assert!(!one.tell("nobody", to_itself).await.unwrap());
    dies(&*one, two).await;
}

/// One whose connection ended is not alive, and one that hears nobody is.
async fn dies(one: &dyn Store, two: Box<dyn Store>) {
    let name = two.instance().to_owned();
    let mut wanted = message(one, What::Frames);
    wanted.token = "u".to_owned();
    for _ in 0..MESSAGES_QUEUED_MAX + 10 {
        assert!(one.tell(one.instance(), wanted.clone()).await.unwrap());
    }
    drop(two);
    until("the other is dead", async || {
        !one.tell(&name, wanted.clone()).await.unwrap()
    })
    .await;
    let mut heard = one.messages().unwrap();
    let count = async {
        let mut count = 0;
        while let Ok(Some(_)) = timeout(Duration::from_millis(500), heard.recv()).await {
            count += 1;
        }
        count
    };
    assert_eq!(
        count.await,
        MESSAGES_QUEUED_MAX,
        "the queue is as long as it may be"
    );
}

#[tokio::test]
async fn memory() {
    tell(&Place::Memory(Arc::default())).await;
}

#[tokio::test]
async fn redis() {
    let server = RedisServer::start().await;
    tell(&Place::Redis(server.url(), "app")).await;
}

#[tokio::test]
async fn apps_of_one_server_do_not_hear_each_other() {
    let server = RedisServer::start().await;
    let one = Place::Redis(server.url(), "one").instance().await;
    let two = Place::Redis(server.url(), "two").instance().await;
    let told = one.tell(two.instance(), message(&*one, What::Room)).await;
    assert!(!told.unwrap());
}

#[tokio::test]
async fn a_file_has_nobody_to_tell() {
    let folder = Folder::new();
    let store = Place::Sqlite(folder.file()).instance().await;
    assert!(store.messages().is_none());
    let told = store
        .tell(store.instance(), message(&*store, What::Room))
        .await;
    assert!(!told.unwrap());
}
