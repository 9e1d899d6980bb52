//! What is stored beside the sessions: values that belong to several of them, under a key that is no
//! token.
//!
//! It is written with the sessions: what a turn leaves of it is stored no later than what else the
//! turn leaves. Not here: what the values are (the script).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::time::sleep;

use crate::error::SessionError;
use crate::hub::Hub;
use crate::keeper::Keeper;
use crate::limits::{BESIDE_INSTANCES_MAX, STORE_WAIT_MS_MAX, STORE_WAIT_MS_MIN};
use crate::script::{Script, Snapshot};
use crate::store::{Record, Saved, StoreError, What, Write};

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

/// What is to be written beside the sessions, the newest of each key.
#[derive(Default)]
pub(crate) struct Due {
    writes: Mutex<HashMap<Arc<str>, Write>>,
    /// Who waits for values to be given back.
    given: Mutex<HashMap<Arc<str>, Given>>,
    /// Instances that are found to be over.
    gone: Mutex<HashSet<String>>,
}

impl Due {
    /// Everything that is to be written now.
    pub(crate) fn take(&self) -> Vec<Arc<Write>> {
        let due = std::mem::take(&mut *self.writes.lock());
        due.into_values().map(Arc::new).collect()
    }

    /// Whether somebody waits for it to be written.
    pub(crate) fn is_urgent(&self) -> bool {
        let writes = self.writes.lock();
        writes.values().any(|write| write.release)
    }

    fn put(&self, key: &Arc<str>, values: Beside, release: bool, kept_s: u64) {
        let Beside {
            generation,
            fields,
            mut instances,
        } = values;
        instances.retain(|instance| !self.gone.lock().contains(instance));
        let too_many = instances.len().saturating_sub(BESIDE_INSTANCES_MAX);
        instances.drain(..too_many);
        let fields = fields.into_iter();
        let write = Write {
            token: Arc::clone(key),
            generation,
            is_whole: true,
            // A list of texts is always JSON.
            head: serde_json::to_vec(&instances).unwrap_or_default().into(),
            fields: fields.map(|(name, value)| (name, Some(value))).collect(),
            release,
            kept_s,
            ..Write::default()
        };
        self.writes.lock().insert(Arc::clone(key), write);
    }
}

impl<S: Script> Hub<S> {
    /// Has values stored, in place of all that is stored under that key. To be called in a turn
    /// that changes the session as well. Nothing happens without a lasting store.
    pub fn keep_beside(&self, key: &Arc<str>, values: Beside) {
        if let Some(keeper) = self.keeper() {
            keeper.beside.put(key, values, false, keeper.kept_s);
        }
    }

    /// Has values stored and given back, so that another instance can take them over; then calls
    /// `given`.
    pub fn give_beside(&self, key: &Arc<str>, values: Beside, given: Given) {
        let Some(keeper) = self.keeper() else {
            return given();
        };
        keeper.beside.given.lock().insert(Arc::clone(key), given);
        keeper.beside.put(key, values, true, keeper.kept_s);
        keeper.wake();
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
    /// Asks for as long as it takes; none when the sessions are gone meanwhile.
    async fn take_beside(&self, key: &Arc<str>) -> Option<Beside> {
        let mut wait = STORE_WAIT_MS_MIN;
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
    pub(crate) fn took_beside(&self, write: &Write, saved: &Saved) {
        let Some(hub) = self.hub() else { return };
        if *saved == Saved::Moved {
            hub.script().changed_beside(&write.token, true);
        }
        if write.release {
            let given = self.beside.given.lock().remove(&write.token);
            if let Some(answer) = given {
                answer();
            }
        }
    }

    /// Has the script give values back that another instance wants. Gives whether it has them.
    pub(crate) fn give_beside(self: &Arc<Self>, by: &str, key: &str) -> bool {
        let (Some(hub), Some(runtime)) = (self.hub(), self.runtime().cloned()) else {
            return false;
        };
        let (keeper, by, of_key) = (Arc::clone(self), by.to_owned(), key.to_owned());
        let given = move || {
            runtime.spawn(async move { keeper.tell(&by, &of_key, What::Released).await });
        };
        hub.script().give_beside(key, Box::new(given))
    }
}
