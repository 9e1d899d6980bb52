//! Sessions that a store keeps: crashes, moves from one instance to another, parking.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ferroflex_session::limits::PARK_AFTER_S;
use ferroflex_session::store::Store;
use ferroflex_session::store::memory::{MemoryStore, Shared};
use ferroflex_session::{Connection, Hub};
use proptest::prelude::*;

use crate::support::{APPEND, Log, Page, SHOW, STREAM, stored_hub};

/// One step in the life of a page and of the servers behind it.
#[derive(Debug, Clone)]
enum Step {
    /// An event is sent.
    Send,
    /// An event that flushes on its way is sent.
    Stream,
    /// An event is sent of which only a command comes.
    Show,
    /// So many frames arrive.
    Take(usize),
    /// The writes that are due are done.
    Settle,
    /// The socket is lost, and the page connects to the other instance or to the same one.
    Cut { other: bool },
    /// The instance is killed, with all that was in its memory; the page connects to the other one,
    /// or to the one that is started in its place. Somebody else may have asked that one for the
    /// session before.
    Kill { other: bool, is_wanted: bool },
    /// The page is loaded again for another build.
    Renew { other: bool },
    /// The session is idle for long.
    Park,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Send),
        1 => Just(Step::Stream),
        2 => Just(Step::Show),
        4 => (1..4usize).prop_map(Step::Take),
        2 => Just(Step::Settle),
        1 => any::<bool>().prop_map(|other| Step::Cut { other }),
        1 => any::<(bool, bool)>()
            .prop_map(|(other, is_wanted)| Step::Kill { other, is_wanted }),
        1 => any::<bool>().prop_map(|other| Step::Renew { other }),
        1 => Just(Step::Park),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_is_lost_or_done_twice_wherever_a_server_is_killed(
        steps in prop::collection::vec(step(), 1..40),
        threaded in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (page, expected) = runtime.block_on(live(threaded, steps));
        prop_assert_eq!(page.log, expected.log);
        let shown = page.commands.iter().map(|command| command["message"].clone());
        prop_assert_eq!(shown.collect::<Vec<_>>(), expected.shown);
        prop_assert!(page.errors.is_empty());
    }
}

/// Two instances, and the page that is connected to one of them.
struct World {
    shared: Arc<Shared>,
    threaded: bool,
    stores: [Arc<MemoryStore>; 2],
    hubs: [Arc<Hub<Log>>; 2],
    at: usize,
    page: Page,
    connection: Option<Connection<Log>>,
}

impl World {
    async fn new(threaded: bool) -> Self {
        let shared = Arc::new(Shared::default());
        let stores = [0, 1].map(|_| Arc::new(shared.instance()));
        let hubs = [0, 1].map(|at: usize| start(&stores[at], threaded));
        let mut page = Page::new("page-one");
        let connection = page.join(&hubs[0]).await;
        let (at, connection) = (0, Some(connection));
        let mut world = Self {
            shared,
            threaded,
            stores,
            hubs,
            at,
            page,
            connection,
        };
        world.take().await;
        world
    }

    fn connection(&mut self) -> &mut Connection<Log> {
        self.connection.as_mut().unwrap()
    }

    async fn take(&mut self) -> bool {
        self.page.take(self.connection.as_mut().unwrap()).await
    }

    async fn send(&mut self, handler: u32, argument: impl Into<serde_json::Value>) {
        let event = self.page.event(handler, argument);
        self.connection().inbox.receive(&event).await.unwrap();
    }

    /// Connects again and sends what is not acknowledged, as the protocol asks.
    async fn resume(&mut self, other: bool) {
        drop(self.connection.take());
        self.at = if other { 1 - self.at } else { self.at };
        self.connection = Some(self.page.join(&self.hubs[self.at]).await);
        while !self.take().await {}
        for event in self.page.pending() {
            self.connection().inbox.receive(&event).await.unwrap();
        }
    }

    /// Has one of the instances take the session without a client.
    async fn reach(&mut self, other: bool) {
        let at = if other { 1 - self.at } else { self.at };
        let token = self.page.token.clone().unwrap();
        self.hubs[at].reach(&token).await.unwrap();
    }

    /// What a killed process leaves: nothing but what is in the store.
    fn kill(&mut self) {
        self.stores[self.at].kill();
        self.connection = None;
        self.stores[self.at] = Arc::new(self.shared.instance());
        self.hubs[self.at] = start(&self.stores[self.at], self.threaded);
    }

    async fn settle(&mut self) {
        let connection = self.connection.as_mut().unwrap();
        self.page.settle(connection).await;
    }
}

fn start(store: &Arc<MemoryStore>, threaded: bool) -> Arc<Hub<Log>> {
    let script = if threaded {
        Log::on_thread()
    } else {
        Log::here()
    };
    let store: Arc<dyn Store> = Arc::clone(store) as _;
    stored_hub(script, store)
}

/// What a page has to have been told in the end.
#[derive(Default)]
struct Expected {
    log: Vec<String>,
    shown: Vec<serde_json::Value>,
}

/// Lives through the steps, then settles. Gives the page and what it has to have been told.
async fn live(threaded: bool, steps: Vec<Step>) -> (Page, Expected) {
    let mut world = World::new(threaded).await;
    let mut expected = Expected::default();
    for (number, step) in steps.into_iter().enumerate() {
        match step {
            Step::Send => {
                expected.log.push(number.to_string());
                world.send(APPEND, number.to_string()).await;
            }
            Step::Stream => {
                expected.log.extend(["0".into(), "1".into(), "2".into()]);
                world.send(STREAM, 2).await;
            }
            Step::Show => {
                expected.shown.push(number.into());
                world.send(SHOW, number).await;
            }
            Step::Take(count) => {
                for _ in 0..count {
                    if let Some(frame) = world.connection().outbox.ready_frame().unwrap() {
                        world.page.apply(&frame);
                    }
                }
            }
            Step::Settle => tokio::time::sleep(Duration::from_millis(2)).await,
            Step::Cut { other } => world.resume(other).await,
            Step::Kill { other, is_wanted } => {
                world.kill();
                if is_wanted {
                    world.reach(other).await;
                }
                world.resume(other).await;
            }
            Step::Renew { other } => {
                world.page.renew(number);
                world.resume(other).await;
            }
            Step::Park => {
                let later = Instant::now() + Duration::from_secs(PARK_AFTER_S + 1);
                world.hubs[world.at].sweep_at(later);
            }
        }
    }
    world.settle().await;
    // What follows a full state comes after the last acknowledgement.
    tokio::time::sleep(Duration::from_millis(2)).await;
    while let Some(frame) = world.connection().outbox.ready_frame().unwrap() {
        world.page.apply(&frame);
    }
    (world.page, expected)
}

#[tokio::test]
async fn a_parked_session_comes_back_with_its_next_event() {
    let shared = Arc::new(Shared::default());
    let script = Log::here();
    let hub = stored_hub(Arc::clone(&script), Arc::new(shared.instance()));
    let mut page = Page::new("page-one");
    let mut connection = page.join(&hub).await;
    page.take(&mut connection).await;
    for text in ["before", "after"] {
        let event = page.event(APPEND, text);
        connection.inbox.receive(&event).await.unwrap();
        page.settle(&mut connection).await;
        hub.sweep_at(Instant::now() + Duration::from_secs(PARK_AFTER_S + 1));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(page.log, ["before", "after"]);
    assert_eq!(script.restored.load(Ordering::SeqCst), 1);
    assert_eq!(page.full_states, 1);
}

#[tokio::test]
async fn what_a_killed_server_had_stored_but_not_sent_follows() {
    let mut world = World::new(false).await;
    world.send(SHOW, "hello").await;
    // Stored, and not read by the page.
    tokio::time::sleep(Duration::from_millis(5)).await;
    world.kill();
    world.resume(true).await;
    world.settle().await;
    assert_eq!(world.page.commands.len(), 1, "once, not twice");
}

#[tokio::test]
async fn work_on_an_instance_without_the_socket_reaches_the_client() {
    let mut world = World::new(true).await;
    world.send(APPEND, "one").await;
    world.settle().await;
    let token = world.page.token.clone().unwrap();
    let handle = world.hubs[1].reach(&token).await.unwrap().unwrap();
    handle.ask(7).unwrap();
    let section = "section 7".to_owned();
    while !world.page.log.contains(&section) {
        world.take().await;
    }
    world.send(APPEND, "two").await;
    world.settle().await;
    assert_eq!(world.page.log, ["one", "section 7", "two"]);
    assert_eq!(world.page.full_states, 1, "by frames alone");
}

#[tokio::test]
async fn a_copy_of_a_tab_on_another_instance_gets_a_session_of_its_own() {
    let mut world = World::new(false).await;
    world.send(APPEND, "mine").await;
    world.settle().await;
    let mut copy = Page::new("page-two");
    copy.token.clone_from(&world.page.token);
    let mut connection = copy.join(&world.hubs[1]).await;
    while !copy.take(&mut connection).await {}
    assert_ne!(copy.token, world.page.token);
    assert!(copy.log.is_empty());
    world.send(APPEND, "still mine").await;
    world.settle().await;
    assert_eq!(world.page.log, ["mine", "still mine"]);
}

#[tokio::test]
async fn a_server_that_stops_gives_its_sessions_back() {
    let mut world = World::new(true).await;
    world.send(APPEND, "one").await;
    let until = Instant::now() + Duration::from_secs(5);
    assert!(world.hubs[0].flush(until).await);
    world.resume(true).await;
    world.settle().await;
    assert_eq!(world.page.log, ["one"]);
}
