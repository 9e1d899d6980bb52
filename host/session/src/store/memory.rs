//! The store that is none: everything stays in this process's memory and ends with it.
//!
//! Alone it is never written to: sessions stay in the hub. [`Shared`] makes several instances of
//! one process, which is how takeovers are tested without a server.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use parking_lot::Mutex;
use tokio::sync::mpsc::{self, error::TrySendError};

use super::{Claim, Frame, Message, Record, Saved, Secret, Store, StoreError, Write};
use crate::limits::{MESSAGES_QUEUED_MAX, RING_FRAMES_MAX};

/// What instances share.
#[derive(Debug, Default)]
pub struct Shared(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    records: HashMap<Arc<str>, Kept>,
    instances: HashMap<String, mpsc::Sender<Message>>,
    secret: Option<Secret>,
    started: usize,
}

#[derive(Debug, Default)]
struct Kept {
    record: Record,
    owner: Option<String>,
    until: Option<Instant>,
}

/// One instance's end.
#[derive(Debug)]
pub struct MemoryStore {
    shared: Arc<Shared>,
    name: String,
    is_lasting: bool,
    is_gone: AtomicBool,
    messages: Mutex<Option<mpsc::Receiver<Message>>>,
}

impl Shared {
    /// A new instance.
    #[must_use]
    pub fn instance(self: &Arc<Self>) -> MemoryStore {
        MemoryStore::new(self, true)
    }
}

impl MemoryStore {
    /// A store for one process.
    #[must_use]
    pub fn alone() -> Self {
        Self::new(&Arc::default(), false)
    }

    /// Makes the instance as if its process were gone: nothing that it does from now on counts.
    pub fn kill(&self) {
        self.is_gone.store(true, Ordering::Release);
        self.shared.0.lock().instances.remove(&self.name);
    }

    fn new(shared: &Arc<Shared>, is_lasting: bool) -> Self {
        let (sender, messages) = mpsc::channel(MESSAGES_QUEUED_MAX);
        let mut inner = shared.0.lock();
        inner.started += 1;
        let name = format!("instance-{}", inner.started);
        inner.instances.insert(name.clone(), sender);
        drop(inner);
        Self {
            shared: Arc::clone(shared),
            name,
            is_lasting,
            is_gone: AtomicBool::new(false),
            messages: Mutex::new(Some(messages)),
        }
    }

    fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Inner) -> T,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        if self.is_gone.load(Ordering::Acquire) {
            let (kind, reason) = ("memory", "the instance is gone".to_owned());
            return ready(Err(StoreError::Unreachable { kind, reason })).boxed();
        }
        ready(Ok(work(&mut self.shared.0.lock()))).boxed()
    }
}

impl Drop for MemoryStore {
    fn drop(&mut self) {
        self.shared.0.lock().instances.remove(&self.name);
    }
}

impl Inner {
    fn claim(&mut self, token: &str, by: &str, from: Option<&str>) -> Claim {
        let Some(kept) = self.records.get_mut(token) else {
            return Claim::Unknown;
        };
        match &kept.owner {
            Some(owner) if owner != by && Some(owner.as_str()) != from => {
                Claim::Held { by: owner.clone() }
            }
            owner => {
                kept.record.was_released = owner.is_none();
                kept.record.generation += 1;
                kept.owner = Some(by.to_owned());
                Claim::Given(kept.record.clone())
            }
        }
    }

    fn save_all(&mut self, writes: Vec<Write>, by: &str) -> Vec<Saved> {
        let refused = super::refused_bundles(&writes, |write| {
            let known = self.records.get(&write.token);
            known.is_some_and(|kept| kept.record.generation > write.generation)
        });
        let writes = writes.into_iter();
        let saved = writes.map(|write| {
            if write.is_among(&refused) {
                Saved::Moved
            } else {
                self.save(write, by)
            }
        });
        saved.collect()
    }

    fn save(&mut self, write: Write, by: &str) -> Saved {
        if !write.is_whole && !self.records.contains_key(&write.token) {
            return Saved::Gone;
        }
        let kept = self.records.entry(Arc::clone(&write.token)).or_default();
        if kept.record.generation > write.generation {
            return Saved::Moved;
        }
        kept.owner = (!write.release).then(|| by.to_owned());
        kept.until = Instant::now().checked_add(Duration::from_secs(write.kept_s));
        kept.record.write(write, by);
        let holder = kept.record.holder.clone().filter(|holder| holder != by);
        Saved::Stored { holder }
    }
}

impl Record {
    fn write(&mut self, write: Write, by: &str) {
        let (needed, replaced) = (write.frames_from, write.replaced_from());
        self.frames
            .retain(|(number, _)| *number > needed && *number < replaced);
        self.frames.extend(write.kept_frames().cloned());
        let too_many = self.frames.len().saturating_sub(RING_FRAMES_MAX);
        self.frames.drain(..too_many);
        self.generation = write.generation;
        self.head = write.head;
        if write.is_whole {
            self.fields.clear();
        }
        for (name, value) in write.fields {
            self.fields.retain(|(known, _)| *known != name);
            self.fields.extend(value.map(|value| (name, value)));
        }
        match write.holds {
            Some(true) => self.holder = Some(by.to_owned()),
            Some(false) => self.holder = self.holder.take().filter(|known| known != by),
            None => {}
        }
    }
}

impl Store for MemoryStore {
    fn kind(&self) -> &'static str {
        "memory"
    }

    fn is_lasting(&self) -> bool {
        self.is_lasting
    }

    fn is_shared(&self) -> bool {
        self.is_lasting
    }

    fn instance(&self) -> &str {
        &self.name
    }

    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>> {
        self.with(|inner| inner.claim(token, &self.name, from))
    }

    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>> {
        self.with(|inner| inner.save_all(writes, &self.name))
    }

    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>> {
        self.with(|inner| {
            let kept = inner.records.get(token).into_iter();
            let frames = kept.flat_map(|kept| kept.record.frames.iter());
            frames
                .filter(|(number, _)| *number > after)
                .cloned()
                .collect()
        })
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.with(|inner| inner.records.retain(|token, _| !tokens.contains(token)))
    }

    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        let now = Instant::now();
        self.with(|inner| {
            inner
                .records
                .retain(|_, kept| kept.until.is_none_or(|until| until > now));
        })
    }

    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>> {
        self.with(|inner| *inner.secret.get_or_insert(candidate))
    }

    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        ready(Ok(())).boxed()
    }

    fn tell<'a>(
        &'a self,
        instance: &'a str,
        message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.with(|inner| {
            let sender = inner.instances.get(instance);
            let sent = sender.map(|sender| sender.try_send(message));
            matches!(sent, Some(Ok(()) | Err(TrySendError::Full(_))))
        })
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        self.messages.lock().take()
    }
}
