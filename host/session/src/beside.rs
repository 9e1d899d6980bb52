//! What is stored beside the sessions: values that belong to several of them, under a key that is no
//! token.
//!
//! Not here: what the values are (the script), and that they are stored together with the sessions
//! that change them (`together`).

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::time::sleep;

use crate::error::SessionError;
use crate::hub::Hub;
use crate::keeper::Keeper;
use crate::limits::{
    BESIDE_INSTANCES_MAX, BESIDE_UNSETTLED_MS_MAX, SAVE_APART_MS, STORE_WAIT_MS_MAX,
    STORE_WAIT_MS_MIN, YIELD_MS,
};
use crate::script::{Script, Snapshot};
use crate::session::Session;
use crate::store::{Record, StoreError, What, Write};
use crate::together::{self, Abandoned, All, Author, Due, Group};

/// Values that stand beside the sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Under which lease they are written: an instance that takes them over later raises it, and
    /// what an earlier one writes does not count any more.
    pub generation: u64,
    /// The values by their names; none where nothing is stored.
    pub fields: Vec<Snapshot>,
    /// The instances that have had them, newest last.
    pub instances: Vec<String>,
}

/// Called when values were given back.
pub type Given = Box<dyn FnOnce() + Send>;

/// What is to be written beside the sessions.
pub(crate) struct Writing<S: Script> {
    /// The newest of each key.
    due: Mutex<All<S>>,
    /// The keys of what is on its way, or being thrown away.
    under_way: Mutex<HashSet<Arc<str>>>,
    /// Who waits for values to be given back.
    given: Mutex<HashMap<Arc<str>, Given>>,
    /// The instances that wait for that, by key.
    asked: Mutex<HashMap<String, Vec<String>>>,
    /// When what was given to other instances within the last [`YIELD_MS`] was given, by key.
    yielded: Mutex<HashMap<Arc<str>, Instant>>,
    /// Instances that are found to be over.
    gone: Mutex<HashSet<String>>,
    /// Turns that are to be thrown away.
    abandoned: Mutex<Vec<Abandoned<S>>>,
}

impl<S: Script> Default for Writing<S> {
    fn default() -> Self {
        Self {
            due: Mutex::default(),
            under_way: Mutex::default(),
            given: Mutex::default(),
            asked: Mutex::default(),
            yielded: Mutex::default(),
            gone: Mutex::default(),
            abandoned: Mutex::default(),
        }
    }
}

impl<S: Script> Writing<S> {
    /// Whether something can be written, or thrown away.
    pub(crate) fn is_due(&self) -> bool {
        together::is_any_ready(&self.due.lock()) || !self.abandoned.lock().is_empty()
    }

    /// The turns that are to be thrown away.
    pub(crate) fn take_abandoned(&self) -> Vec<Abandoned<S>> {
        std::mem::take(&mut self.abandoned.lock())
    }

    /// Whether what was kept last under a key is not stored yet.
    fn is_pending(&self, key: &Arc<str>) -> bool {
        // What is due gets under way while the first lock is held.
        let due = self.due.lock();
        due.contains_key(key) || self.under_way.lock().contains(key)
    }

    /// Notes that values were given to whoever has asked for them.
    fn note_yielded(&self, key: &Arc<str>) {
        let mut yielded = self.yielded.lock();
        yielded.retain(|_, at| at.elapsed() < Duration::from_millis(YIELD_MS));
        yielded.insert(Arc::clone(key), Instant::now());
    }

    /// Has what was kept under a key be thrown away, if it is not on its way.
    fn give_up(&self, key: &Arc<str>) {
        if let Some(due) = self.due.lock().get_mut(key) {
            due.give_up();
        }
    }

    fn put(&self, write: Write, author: Option<Author<S>>) {
        let mut all = self.due.lock();
        let due = match all.entry(Arc::clone(&write.token)) {
            Entry::Occupied(known) => {
                let due = known.into_mut();
                due.renew(write);
                due
            }
            Entry::Vacant(place) => place.insert(Due::new(write)),
        };
        if let Some(author) = author {
            due.add(author);
        }
    }

    /// Notes that an instance waits for values. Gives whether they are about to be given back.
    fn is_asked_for_again(&self, by: &str, key: &str) -> bool {
        let mut asked = self.asked.lock();
        let is_known = asked.contains_key(key);
        let waiting = asked.entry(key.to_owned()).or_default();
        if !waiting.iter().any(|known| known == by) {
            waiting.push(by.to_owned());
        }
        is_known
    }

    /// As values are stored: with those of the instances that they are told to.
    fn write_of(&self, key: &Arc<str>, values: Beside, release: bool, kept_s: u64) -> Write {
        let Beside {
            generation,
            fields,
            mut instances,
        } = values;
        instances.retain(|instance| !self.gone.lock().contains(instance));
        let too_many = instances.len().saturating_sub(BESIDE_INSTANCES_MAX);
        instances.drain(..too_many);
        let fields = fields.into_iter();
        Write {
            token: Arc::clone(key),
            generation,
            is_whole: true,
            // A list of texts is always JSON.
            head: serde_json::to_vec(&instances).unwrap_or_default().into(),
            fields: fields.map(|(name, value)| (name, Some(value))).collect(),
            release,
            kept_s,
            ..Write::default()
        }
    }
}

impl<S: Script> Hub<S> {
    /// Has values stored and given back, so that another instance can take them over; then calls
    /// `given`.
    pub fn give_beside(&self, key: &Arc<str>, values: Beside, given: Given) {
        let Some(keeper) = self.keeper() else {
            return given();
        };
        keeper.beside.given.lock().insert(Arc::clone(key), given);
        let write = keeper.beside.write_of(key, values, true, keeper.kept_s);
        keeper.beside.put(write, None);
        keeper.wake();
    }

    /// Has what is stored under a key given back, without what is here; then calls `given`.
    pub fn give_up_beside(&self, key: &Arc<str>, given: Given) {
        let keeper = self.keeper();
        let Some((keeper, runtime)) = keeper.and_then(|keeper| Some((keeper, keeper.runtime()?)))
        else {
            return given();
        };
        let (keeper, key) = (Arc::clone(keeper), Arc::clone(key));
        runtime.spawn(async move {
            // Of those who were here before.
            if keeper.stored_beside(&key).await.is_none() {
                return;
            }
            keeper.give_up_beside(&key).await;
            keeper.beside.note_yielded(&key);
            given();
        });
    }

    /// Takes over what is stored under a key, once whoever has it gives it back, and gives it to
    /// `then`: at once without a lasting store, else as soon as the store answers.
    pub fn take_beside(
        self: &Arc<Self>,
        key: Arc<str>,
        then: impl FnOnce(Beside) + Send + 'static,
    ) {
        let keeper = self.keeper();
        let Some((keeper, runtime)) = keeper.and_then(|keeper| Some((keeper, keeper.runtime()?)))
        else {
            return then(Beside::default());
        };
        let keeper = Arc::clone(keeper);
        runtime.spawn(async move {
            if let Some(values) = keeper.take_beside(&key).await {
                then(values);
            }
        });
    }

    /// Tells other instances that values have changed.
    pub fn tell_beside(&self, key: &Arc<str>, instances: Vec<String>) {
        let keeper = self.keeper();
        let Some((keeper, runtime)) = keeper.and_then(|keeper| Some((keeper, keeper.runtime()?)))
        else {
            return;
        };
        let (keeper, key) = (Arc::clone(keeper), Arc::clone(key));
        runtime.spawn(async move {
            for instance in instances {
                let is_own = instance == keeper.store.instance();
                if !is_own && !keeper.tell(&instance, &key, What::Room).await {
                    keeper.beside.gone.lock().insert(instance);
                }
            }
        });
    }
}

impl<S: Script> Keeper<S> {
    /// Has values stored with what else their author's turn leaves.
    pub(crate) fn keep_beside(&self, key: &Arc<str>, values: Beside, author: Option<Author<S>>) {
        let write = self.beside.write_of(key, values, false, self.kept_s);
        self.beside.put(write, author);
        self.wake();
    }

    /// Makes up the next group of these sessions and of what stands beside them.
    pub(crate) fn next_writes(&self, sessions: Vec<Arc<Session<S>>>) -> Group<S> {
        let mut all = self.beside.due.lock();
        let group = self.group(&mut all, sessions);
        let beside = group.parts.iter().filter(|part| part.session.is_none());
        let beside = beside.map(|part| &part.write).chain(&group.lost.values);
        let keys = beside.map(|write| Arc::clone(&write.token));
        self.beside.under_way.lock().extend(keys);
        group
    }

    /// Has a turn be thrown away, once what was done before it is written.
    pub(crate) fn abandon(&self, turn: Abandoned<S>) {
        self.beside.abandoned.lock().push(turn);
        self.wake();
    }

    /// Asks for as long as it takes; none when the sessions are gone meanwhile.
    async fn take_beside(&self, key: &Arc<str>) -> Option<Beside> {
        let mut wait = STORE_WAIT_MS_MIN;
        // Of those who were here before.
        self.stored_beside(key).await?;
        if self.beside.yielded.lock().remove(key).is_some() {
            // Whoever has asked for it is to find it free.
            sleep(Duration::from_millis(YIELD_MS)).await;
        }
        loop {
            match self.ask(key, None).await {
                Ok(Some(record)) => return Some(self.beside_of(record)),
                Ok(None) => match self.make_beside(key).await {
                    // It is asked for again: another instance may have been faster.
                    Ok(()) => continue,
                    Err(error) => tracing::debug!(%error, "what sessions share is out of reach"),
                },
                Err(SessionError::Store(StoreError::Damaged { reason })) => {
                    tracing::warn!(reason, "what sessions share is begun anew");
                    // Where that fails, the next try says why.
                    let _ = self.store.remove(vec![Arc::clone(key)]).await;
                }
                Err(error) => tracing::debug!(%error, "what sessions share is out of reach"),
            }
            sleep(Duration::from_millis(wait)).await;
            wait = (wait * 2).min(STORE_WAIT_MS_MAX);
            self.hub()?;
        }
    }

    fn beside_of(&self, record: Record) -> Beside {
        let instances = serde_json::from_slice(&record.head);
        let mut instances: Vec<String> = instances.unwrap_or_default();
        let own = self.store.instance();
        instances.retain(|instance| instance != own);
        instances.push(own.to_owned());
        Beside {
            generation: record.generation,
            fields: record.fields,
            instances,
        }
    }

    /// Makes a record that nobody has.
    async fn make_beside(&self, key: &Arc<str>) -> Result<(), StoreError> {
        let write = Write {
            token: Arc::clone(key),
            generation: 1,
            is_whole: true,
            head: Bytes::from_static(b"[]"),
            release: true,
            kept_s: self.kept_s,
            ..Write::default()
        };
        self.store.save(vec![write]).await.map(drop)
    }

    /// Takes note of what became of a write beside the sessions.
    pub(crate) fn took_beside(&self, write: &Write, is_lost: bool) {
        let Some(hub) = self.hub() else { return };
        if is_lost {
            hub.script().changed_beside(&write.token, true);
        }
        self.beside.under_way.lock().remove(&write.token);
        if write.release {
            self.beside.note_yielded(&write.token);
            let given = self.beside.given.lock().remove(&write.token);
            if let Some(answer) = given {
                answer();
            }
        }
    }

    /// Has the script give values back that another instance wants. Gives whether they are here.
    pub(crate) fn give_beside(self: &Arc<Self>, by: &str, key: &str) -> bool {
        let (Some(hub), Some(runtime)) = (self.hub(), self.runtime().cloned()) else {
            return false;
        };
        if self.beside.is_asked_for_again(by, key) {
            return true;
        }
        let (keeper, of_key) = (Arc::clone(self), key.to_owned());
        let of_runtime = runtime.clone();
        let given = move || {
            of_runtime.spawn(async move { keeper.tell_given(&of_key).await });
        };
        if hub.script().give_beside(key, Box::new(given)) {
            return true;
        }
        self.beside.asked.lock().remove(key);
        let of_key: Arc<str> = key.into();
        let is_pending = self.beside.is_pending(&of_key);
        if is_pending {
            let (keeper, by) = (Arc::clone(self), by.to_owned());
            runtime.spawn(async move {
                if keeper.stored_beside(&of_key).await.is_some() {
                    keeper.release(by, &of_key, None).await;
                }
            });
        }
        is_pending
    }

    /// Gives values back as they are stored, as soon as the store answers.
    pub(crate) async fn give_up_beside(&self, key: &str) {
        let mut wait = STORE_WAIT_MS_MIN;
        while let Err(error) = self.give_up(key).await {
            // What is damaged is begun anew by whoever takes it.
            if matches!(error, StoreError::Damaged { .. }) || self.hub().is_none() {
                return;
            }
            sleep(Duration::from_millis(wait)).await;
            wait = (wait * 2).min(STORE_WAIT_MS_MAX);
        }
    }

    /// Tells those who have asked for values that they are given back.
    async fn tell_given(&self, key: &str) {
        let waiting = self.beside.asked.lock().remove(key);
        for by in waiting.unwrap_or_default() {
            self.tell(&by, key, What::Released).await;
        }
    }

    /// Waits until what was kept under a key is stored, or thrown away; none when the sessions are
    /// gone meanwhile.
    async fn stored_beside(&self, key: &Arc<str>) -> Option<()> {
        let begun = Instant::now();
        while self.beside.is_pending(key) {
            let limit = Duration::from_millis(BESIDE_UNSETTLED_MS_MAX);
            if begun.elapsed() >= limit && !self.is_failing() {
                self.beside.give_up(key);
                self.wake();
            }
            sleep(Duration::from_millis(SAVE_APART_MS)).await;
            self.hub()?;
        }
        Some(())
    }
}
