//! The cases, with each store.

use std::path::PathBuf;
use std::sync::Arc;

use ferroflex_session::store::memory::Shared;
use ferroflex_session::store::redis::RedisStore;
use ferroflex_session::store::sqlite::SqliteStore;
use ferroflex_session::store::{Claim, Saved, Store};

use crate::cases::{Case, Step, cases};
use crate::redis_server::RedisServer;
use crate::support::Folder;

/// What the cases call the instances.
const CALLED: [&str; 3] = ["first", "second", "third"];

/// How instances of one store are made.
pub(crate) enum Place {
    Memory(Arc<Shared>),
    Sqlite(PathBuf),
    Redis(String, &'static str),
}

impl Place {
    pub(crate) async fn instance(&self) -> Box<dyn Store> {
        match self {
            Self::Memory(shared) => Box::new(shared.instance()),
            Self::Sqlite(path) => Box::new(SqliteStore::open(path).await.unwrap()),
            Self::Redis(url, app) => Box::new(RedisStore::open(url, app).await.unwrap()),
        }
    }
}

/// The instances by their order; a file has one at a time.
struct Instances {
    place: Place,
    acting: Box<dyn Store>,
    waiting: Option<Box<dyn Store>>,
    names: Vec<String>,
}

impl Instances {
    async fn new(place: Place) -> Self {
        let acting = place.instance().await;
        Self {
            names: vec![acting.instance().to_owned()],
            place,
            acting,
            waiting: None,
        }
    }

    async fn next(self) -> Self {
        let Self {
            place,
            acting,
            mut names,
            ..
        } = self;
        let waiting = acting.is_shared().then_some(acting);
        let acting = place.instance().await;
        let name = acting.instance().to_owned();
        assert!(!names.contains(&name), "{name} is taken");
        names.push(name);
        Self {
            place,
            acting,
            waiting,
            names,
        }
    }

    /// What the cases call an instance.
    fn called(&self, name: &str) -> String {
        let known = self.names.iter().position(|known| known == name);
        let called = known.map(|at| CALLED[at]);
        called.unwrap_or("a stranger").to_owned()
    }

    /// The name of an instance that the cases call so; of a stranger what he is called.
    fn name<'a>(&'a self, called: &'a str) -> &'a str {
        let known = CALLED.iter().position(|known| *known == called);
        known.map_or(called, |at| &self.names[at])
    }

    async fn claim(&self, from: Option<&str>) -> Claim {
        let from = from.map(|called| self.name(called));
        match self.acting.claim("t", from).await.unwrap() {
            Claim::Unknown => Claim::Unknown,
            Claim::Held { by } => Claim::Held {
                by: self.called(&by),
            },
            Claim::Given(mut record) => {
                record.fields.sort();
                record.holder = record.holder.map(|name| self.called(&name));
                Claim::Given(record)
            }
        }
    }

    fn saved(&self, saved: Saved) -> Saved {
        match saved {
            Saved::Stored { holder } => Saved::Stored {
                holder: holder.map(|name| self.called(&name)),
            },
            other => other,
        }
    }
}

async fn run(place: Place, (name, steps): Case) {
    let mut instances = Instances::new(place).await;
    for (at, step) in steps.into_iter().enumerate() {
        let kind = instances.acting.kind();
        let here = format!("{kind}: {name}, step {at}");
        match step {
            Step::Next => instances = instances.next().await,
            Step::Claim(from, expected) => {
                assert_eq!(instances.claim(from).await, expected, "{here}");
            }
            Step::Save(writes, expected) => {
                let saved = instances.acting.save(writes).await.unwrap().into_iter();
                let saved: Vec<_> = saved.map(|saved| instances.saved(saved)).collect();
                assert_eq!(saved, expected, "{here}");
            }
            Step::Frames(after, expected) => {
                let frames = instances.acting.frames("t", after).await.unwrap();
                assert_eq!(frames, expected, "{here}");
            }
            Step::Remove(tokens) => instances.acting.remove(tokens).await.unwrap(),
        }
    }
    drop(instances.waiting);
}

#[tokio::test]
async fn memory() {
    for case in cases() {
        run(Place::Memory(Arc::default()), case).await;
    }
}

#[tokio::test]
async fn sqlite() {
    for case in cases() {
        let folder = Folder::new();
        run(Place::Sqlite(folder.file()), case).await;
    }
}

#[tokio::test]
async fn redis() {
    let server = RedisServer::start().await;
    for case in cases() {
        run(Place::Redis(server.url(), case.0), case).await;
    }
}

#[tokio::test]
async fn the_secret_is_the_same_for_all_and_for_ever() {
    let (folder, server) = (Folder::new(), RedisServer::start().await);
    for place in [
        Place::Memory(Arc::default()),
        Place::Sqlite(folder.file()),
        Place::Redis(server.url(), "app"),
    ] {
        let instances = Instances::new(place).await;
        assert_eq!(instances.acting.secret([1; 32]).await.unwrap(), [1; 32]);
        assert_eq!(instances.acting.secret([2; 32]).await.unwrap(), [1; 32]);
        let instances = instances.next().await;
        assert_eq!(instances.acting.secret([3; 32]).await.unwrap(), [1; 32]);
        instances.acting.check().await.unwrap();
    }
}
