//! A store in memory that tells what was written to it, and damages what is read from it.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
};

use ferroflex_session::store::{
    Claim, Frame, Message, Saved, Secret, Store, StoreError, Write,
    memory::{MemoryStore, Shared},
};
use tokio::sync::mpsc;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// The store.
pub(crate) struct Recording {
    shared: Arc<Shared>,
    inner: MemoryStore,
    /// The names of the fields that were written.
    written: Mutex<Vec<String>>,
    /// The field whose snapshot is cut off when it is read.
    damaged: Mutex<Option<String>>,
}

impl Recording {
    /// An instance of its own.
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            inner: shared.instance(),
            written: Mutex::default(),
            damaged: Mutex::default(),
        }
    }

    /// The fields of the app that were written since this was last called, as `Class.field`, those
    /// of one turn in the order of their names.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.written.lock().unwrap())
    }

    /// Has a field, named `Class.field`, be damaged from now on.
    pub(crate) fn damage(&self, name: &str) {
        *self.damaged.lock().unwrap() = Some(name.to_owned());
    }

    /// Ends this instance as a crash would; gives the one that is started in its place.
    pub(crate) fn after_crash(&self) -> Self {
        self.inner.kill();
        let next = Self::new(&self.shared);
        next.damaged
            .lock()
            .unwrap()
            .clone_from(&self.damaged.lock().unwrap());
        next
    }
}

/// `Class.field` of the name that a field has in a store; none for what is not the app's.
fn short(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.rsplitn(3, '.').collect();
    match parts[..] {
        [field, class, _] => Some(format!("{class}.{field}")),
        _ => None,
    }
}

impl Store for Recording {
    fn kind(&self) -> &'static str {
        self.inner.kind()
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn instance(&self) -> &str {
        self.inner.instance()
    }

    fn claim<'a>(&'a self, token: &'a str, from: Option<&'a str>) -> Answer<'a, Claim> {
        Box::pin(async move {
            let mut claim = self.inner.claim(token, from).await?;
            let damaged = self.damaged.lock().unwrap().clone();
            if let (Claim::Given(record), Some(damaged)) = (&mut claim, damaged) {
                let fields = record.fields.iter_mut();
                for (_, bytes) in fields.filter(|(name, _)| short(name).as_ref() == Some(&damaged))
                {
                    bytes.truncate(bytes.len() - 1);
                }
            }
            Ok(claim)
        })
    }

    fn save(&self, writes: Vec<Write>) -> Answer<'_, Vec<Saved>> {
        for write in &writes {
            let names = write.fields.iter().filter_map(|(name, _)| short(name));
            let mut names: Vec<String> = names.collect();
            names.sort();
            self.written.lock().unwrap().extend(names);
        }
        self.inner.save(writes)
    }

    fn frames<'a>(&'a self, token: &'a str, after: u64) -> Answer<'a, Vec<Frame>> {
        self.inner.frames(token, after)
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> Answer<'_, ()> {
        self.inner.remove(tokens)
    }

    fn expire(&self) -> Answer<'_, ()> {
        self.inner.expire()
    }

    fn secret(&self, candidate: Secret) -> Answer<'_, Secret> {
        self.inner.secret(candidate)
    }

    fn check(&self) -> Answer<'_, ()> {
        self.inner.check()
    }

    fn tell<'a>(&'a self, instance: &'a str, message: Message) -> Answer<'a, bool> {
        self.inner.tell(instance, message)
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        self.inner.messages()
    }
}
