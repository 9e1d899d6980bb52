//! What a turn changes beside its session: stored with what else the turn leaves, or not at all.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use ferroflex_session::store::memory::{MemoryStore, Shared};
use ferroflex_session::store::{Claim, Record, Store};
use ferroflex_session::{Beside, Connection, Hub, Outcome, Turn, Update};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::support::{APPEND, Log, Page, stored_hub};

/// Far longer than a write to memory takes.
const WRITTEN: Duration = Duration::from_millis(300);

/// An instance with a session, and values that it has taken over.
struct World {
    shared: Arc<Shared>,
    store: Arc<MemoryStore>,
    page: Page,
    hub: Arc<Hub<Log>>,
    _connection: Connection<Log>,
    key: Arc<str>,
    values: Beside,
}

impl World {
    async fn new() -> Self {
        let shared = Arc::new(Shared::default());
        let store = Arc::new(shared.instance());
        let hub = stored_hub(Log::here(), Arc::clone(&store) as _);
        let mut page = Page::new("page-one");
        let mut connection = page.join(&hub).await;
        page.take(&mut connection).await;
        let event = page.event(APPEND, "first");
        connection.inbox.receive(&event).await.unwrap();
        page.settle(&mut connection).await;
        let key: Arc<str> = "room:one".into();
        let (sender, taken) = oneshot::channel();
        hub.take_beside(Arc::clone(&key), |values| sender.send(values).unwrap());
        let fields = vec![("count".into(), Bytes::from_static(b"1"))];
        let values = Beside {
            fields,
            ..taken.await.unwrap()
        };
        Self {
            shared,
            store,
            page,
            hub,
            _connection: connection,
            key,
            values,
        }
    }

    fn token(&self) -> String {
        self.page.token.clone().unwrap()
    }

    /// A turn of the session that has changed the values.
    fn turn(&self) -> Turn<Log> {
        self.turn_of(&self.page)
    }

    /// A turn of that page's session that has changed the values.
    fn turn_of(&self, page: &Page) -> Turn<Log> {
        let token = page.token.as_ref().unwrap();
        let turn = self.hub.handle(token).unwrap().try_turn().unwrap();
        turn.author().keep_beside(&self.key, self.values.clone());
        turn
    }

    /// Whether the values are there after the instance was killed.
    async fn is_stored_at_death(&self) -> bool {
        self.store.kill();
        let record = record(&self.shared.instance(), &self.key).await;
        !record.fields.is_empty()
    }

    /// The number of the newest frame that is stored after the instance was killed.
    async fn sequence_at_death(&self) -> u64 {
        self.store.kill();
        self.sequence_of(&self.page).await
    }

    /// The number of the newest frame that is stored of that page's session.
    async fn sequence_of(&self, page: &Page) -> u64 {
        let token = page.token.as_ref().unwrap();
        let record = record(&self.shared.instance(), token).await;
        let head: serde_json::Value = serde_json::from_slice(&record.head).unwrap();
        head["sequence"].as_u64().unwrap()
    }

    /// Another session, stored.
    async fn another(&self) -> (Page, Connection<Log>) {
        let mut page = Page::new("page-two");
        let mut connection = page.join(&self.hub).await;
        page.take(&mut connection).await;
        sleep(WRITTEN).await;
        (page, connection)
    }
}

/// Takes what is stored under that token, from whoever has it.
async fn record(store: &MemoryStore, token: &str) -> Record {
    let mut claim = store.claim(token, None).await.unwrap();
    if let Claim::Held { by } = claim {
        claim = store.claim(token, Some(&by)).await.unwrap();
    }
    match claim {
        Claim::Given(record) => record,
        other => panic!("{other:?}"),
    }
}

/// The end of a turn of which the client is told something.
fn done() -> Outcome {
    let commands = vec![serde_json::json!({"c": "none"})];
    let patches = Vec::new();
    Outcome::Done(Update { patches, commands })
}

#[tokio::test]
async fn it_waits_for_the_end_of_the_turn() {
    let world = World::new().await;
    let turn = world.turn();
    sleep(WRITTEN).await;
    assert!(!world.is_stored_at_death().await);
    drop(turn);
}

#[tokio::test]
async fn it_is_stored_with_the_end_of_the_turn() {
    let world = World::new().await;
    world.turn().finish(done());
    sleep(WRITTEN).await;
    assert!(world.is_stored_at_death().await);
    assert_eq!(world.sequence_at_death().await, world.page.sequence + 1);
}

#[tokio::test]
async fn it_is_thrown_away_with_the_turn_where_another_instance_has_the_session() {
    let world = World::new().await;
    let turn = world.turn();
    let other = world.shared.instance();
    record(&other, &world.token()).await;
    turn.finish(done());
    sleep(WRITTEN).await;
    assert!(!world.is_stored_at_death().await);
}

#[tokio::test]
async fn the_turn_is_thrown_away_where_another_instance_has_the_values() {
    let world = World::new().await;
    let other = world.shared.instance();
    record(&other, &world.key).await;
    world.turn().finish(done());
    sleep(WRITTEN).await;
    assert_eq!(world.sequence_at_death().await, world.page.sequence);
}

#[tokio::test]
async fn what_rests_on_a_turn_that_was_thrown_away_is_refused() {
    let world = World::new().await;
    let (page, _connection) = world.another().await;
    record(&world.shared.instance(), &world.token()).await;
    world.turn().finish(done());
    sleep(WRITTEN).await;
    // It began before it could hear of that.
    world.turn_of(&page).finish(done());
    sleep(WRITTEN).await;
    assert!(!world.is_stored_at_death().await);
    assert_eq!(world.sequence_of(&page).await, page.sequence);
}

#[tokio::test]
async fn what_was_taken_twice_is_not_mixed() {
    let mut world = World::new().await;
    let (page, _connection) = world.another().await;
    let first = world.turn();
    world.values.generation += 1;
    let second = world.turn_of(&page);
    first.finish(done());
    second.finish(done());
    sleep(WRITTEN).await;
    assert!(!world.is_stored_at_death().await);
    assert_eq!(world.sequence_of(&world.page).await, world.page.sequence);
    assert_eq!(world.sequence_of(&page).await, page.sequence);
}

#[tokio::test]
async fn a_turn_is_thrown_away_on_demand_with_what_it_changes_after_that() {
    let world = World::new().await;
    let turn = world.hub.handle(&world.token()).unwrap();
    let turn = turn.try_turn().unwrap();
    let (sender, thrown_away) = oneshot::channel();
    let author = turn.author();
    assert!(!author.is_lost());
    author.throw_away(|| sender.send(()).unwrap());
    thrown_away.await.unwrap();
    assert!(author.is_lost());
    author.keep_beside(&world.key, world.values.clone());
    turn.finish(done());
    sleep(WRITTEN).await;
    assert!(!world.is_stored_at_death().await);
    assert_eq!(world.sequence_at_death().await, world.page.sequence);
}
