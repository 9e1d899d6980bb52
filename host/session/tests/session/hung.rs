//! A server that does not answer, and two others that want what it has.

use std::sync::Arc;
use std::time::Duration;

use ferroflex_session::limits::RELEASE_MS_MAX;
use ferroflex_session::store::memory::{MemoryStore, Shared};
use ferroflex_session::store::{Claim, Store};
use tokio::time::sleep;

use crate::support::{APPEND, HOLD, Log, Page, stored_hub};

/// How much later the second one asks: the first one has begun to work when its time is over.
const LATER: Duration = Duration::from_secs(1);

/// A page whose session is leased to an instance that does not answer.
async fn hung(shared: &Arc<Shared>) -> (Page, MemoryStore) {
    let store = Arc::new(shared.instance());
    let hub = stored_hub(Log::here(), Arc::clone(&store) as _);
    let mut page = Page::new("page-one");
    let mut connection = page.join(&hub).await;
    page.take(&mut connection).await;
    let event = page.event(APPEND, "one");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    store.kill();
    let hung = shared.instance();
    let token = page.token.clone().unwrap();
    let claim = hung.claim(&token, Some(store.instance())).await.unwrap();
    assert!(matches!(claim, Claim::Given(_)), "{claim:?}");
    (page, hung)
}

#[tokio::test]
async fn what_another_has_taken_from_it_is_asked_for_and_not_taken() {
    let shared = Arc::new(Shared::default());
    let (mut page, _hung) = hung(&shared).await;
    let script = Log::here();
    let first = stored_hub(Arc::clone(&script), Arc::new(shared.instance()));
    let second = stored_hub(Log::here(), Arc::new(shared.instance()));
    let token = page.token.clone().unwrap();
    let reached = tokio::spawn(async move {
        sleep(LATER).await;
        second.reach(&token).await.unwrap().is_some()
    });
    let mut connection = page.join(&first).await;
    while !page.take(&mut connection).await {}
    let event = page.event(HOLD, "two");
    connection.inbox.receive(&event).await.unwrap();
    assert_eq!(script.held.lock().unwrap().len(), 1);
    // The second one's patience with the one that does not answer ends.
    sleep(2 * LATER).await;
    assert!(!reached.is_finished(), "taken from one that works");
    script.release();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["one", "held"]);
    assert!(script.held.lock().unwrap().is_empty(), "it ran again");
    let patience = Duration::from_millis(RELEASE_MS_MAX);
    let reached = tokio::time::timeout(patience, reached).await;
    assert!(reached.unwrap().unwrap(), "it was not given back");
}
