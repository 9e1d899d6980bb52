//! Which sessions leave the interpreter before their time, and which do not; and that the store keeps
//! those of open pages.
//!
//! Not here: that a parked session comes back whole (`stored`).

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ferroflex_session::limits::{PARK_AFTER_MS_MIN, PARK_AFTER_S, SESSIONS_RESTING_MAX};
use ferroflex_session::store::memory::Shared;
use ferroflex_session::store::{Claim, Store};
use ferroflex_session::{Connection, Hub, SessionError, Settings, Visit};

use crate::support::{APPEND, BUILD, Log, Page, hub};

/// So many that the hub parks some before their time.
const MANY: usize = SESSIONS_RESTING_MAX + 100;

/// Pages that have each used their session once.
async fn pages(hub: &Arc<Hub<Log>>) -> Vec<(Page, Connection<Log>)> {
    let mut pages = Vec::new();
    for number in 0..MANY {
        let mut page = Page::new(&format!("page-{number}"));
        let mut connection = page.connect(hub);
        page.take(&mut connection).await;
        use_it(&mut page, &mut connection).await;
        pages.push((page, connection));
    }
    pages
}

async fn use_it(page: &mut Page, connection: &mut Connection<Log>) {
    let event = page.event(APPEND, "used");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(connection).await;
}

#[tokio::test]
async fn too_many_that_rest_are_parked_early_and_only_once_when_they_are_used() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let mut pages = pages(&hub).await;
    let soon = || Instant::now() + Duration::from_millis(PARK_AFTER_MS_MIN + 1);
    hub.sweep_at(soon());
    assert_eq!(hub.census().live, SESSIONS_RESTING_MAX);
    for (page, connection) in &mut pages {
        use_it(page, connection).await;
    }
    let restored = script.restored.load(Ordering::SeqCst);
    assert_eq!(restored, MANY - SESSIONS_RESTING_MAX);
    // Those that came back at once are left in peace; others make room.
    hub.sweep_at(soon());
    for (page, connection) in &mut pages[..restored] {
        use_it(page, connection).await;
    }
    assert_eq!(script.restored.load(Ordering::SeqCst), restored);
    assert_eq!(hub.census().live, SESSIONS_RESTING_MAX);
    // At their time they go as all do.
    hub.sweep_at(Instant::now() + Duration::from_secs(PARK_AFTER_S + 1));
    assert_eq!(hub.census().live, 0);
}

#[tokio::test]
async fn sessions_leave_memory_where_it_is_short() {
    let script = Log::here();
    let settings = Settings {
        build: BUILD.into(),
        memory_bytes: 20_000,
        ..Settings::default()
    };
    let hub = Hub::new(Arc::clone(&script), settings);
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let event = page.event(APPEND, "kept");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    hub.sweep();
    assert_eq!(hub.census().live, 0, "long before it would rest");
    let hello = Page::new("page-two").hello();
    let refused = hub.connect(hello, Visit::default()).err();
    assert!(
        matches!(refused, Some(SessionError::TooMuchMemory)),
        "{refused:?}"
    );
    hub.sweep();
    let mut other = Page::new("page-three");
    let mut second = other.connect(&hub);
    other.take(&mut second).await;
    let event = page.event(APPEND, "and used");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["kept", "and used"]);
    assert_eq!(script.restored.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_session_of_an_open_page_is_written_again_before_it_expires() {
    const KEPT_S: u64 = 4;
    let shared = Arc::new(Shared::default());
    let settings = Settings {
        build: BUILD.into(),
        store: Some(Arc::new(shared.instance())),
        kept_s: KEPT_S,
        ..Settings::default()
    };
    let hub = Hub::new(Log::here(), settings);
    hub.start();
    let mut page = Page::new("page-one");
    let mut connection = page.join(&hub).await;
    page.take(&mut connection).await;
    let event = page.event(APPEND, "kept");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    let other = shared.instance();
    for _ in 0..2 * KEPT_S {
        tokio::time::sleep(Duration::from_secs(1)).await;
        // It rests, and is given back to the store.
        hub.sweep_at(Instant::now() + Duration::from_secs(PARK_AFTER_S + 1));
        other.expire().await.unwrap();
    }
    let claim = other.claim(&page.token.unwrap(), None).await.unwrap();
    assert_ne!(claim, Claim::Unknown, "it has expired");
}
