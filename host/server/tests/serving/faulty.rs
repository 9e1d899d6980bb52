//! A store in memory that has a fault.

use std::sync::Arc;

use ferroflex_session::store::memory::{MemoryStore, Shared};
use ferroflex_session::store::{Claim, Frame, Message, Saved, Secret, Store, StoreError, Write};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, pending, ready};
use tokio::sync::mpsc;

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// It says at once that it cannot be reached.
    Unreachable,
    /// It never answers.
    Silent,
}

pub(crate) struct Faulty {
    inside: MemoryStore,
    fault: Fault,
}

impl Faulty {
    pub(crate) fn new(fault: Fault) -> Self {
        let inside = Arc::new(Shared::default()).instance();
        Self { inside, fault }
    }

    fn or<'a, T: Send + 'a>(
        &self,
        work: BoxFuture<'a, Result<T, StoreError>>,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        match self.fault {
            Fault::None => work,
            Fault::Unreachable => ready(Err(StoreError::Unreachable {
                kind: "faulty",
                reason: "pulled out".into(),
            }))
            .boxed(),
            Fault::Silent => pending().boxed(),
        }
    }
}

impl Store for Faulty {
    fn kind(&self) -> &'static str {
        "faulty"
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn instance(&self) -> &str {
        self.inside.instance()
    }

    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>> {
        self.or(self.inside.claim(token, from))
    }

    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>> {
        self.or(self.inside.save(writes))
    }

    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>> {
        self.or(self.inside.frames(token, after))
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.or(self.inside.remove(tokens))
    }

    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.or(self.inside.expire())
    }

    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>> {
        self.or(self.inside.secret(candidate))
    }

    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.or(self.inside.check())
    }

    fn tell<'a>(
        &'a self,
        instance: &'a str,
        message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.or(self.inside.tell(instance, message))
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        self.inside.messages()
    }
}
