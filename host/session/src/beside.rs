//! What is stored beside the sessions: values that belong to several of them, under a key that is no
//! token.
//!
//! It is written with the sessions: what a turn leaves of it is stored no later than what else the
//! turn leaves. Not here: what the values are (the script).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::time::sleep;

use crate::hub::Hub;
use crate::keeper::Keeper;
use crate::limits::{STORE_WAIT_MS_MAX, STORE_WAIT_MS_MIN};
use crate::script::{Script, Snapshot};
use crate::store::{Claim, StoreError, Write};

/// Values that stand beside the sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Under which lease they are written: an instance that takes them over later raises it, and
    /// what an earlier one writes does not count any more.
    pub generation: u64,
    /// The values by their names; none where nothing is stored.
    pub fields: Vec<Snapshot>,
}

/// What is to be written beside the sessions, the newest of each key.
#[derive(Debug, Default)]
pub(crate) struct Due(Mutex<HashMap<Arc<str>, Write>>);

impl Due {
    /// Everything that is to be written now.
    pub(crate) fn take(&self) -> Vec<Arc<Write>> {
        let due = std::mem::take(&mut *self.0.lock());
        due.into_values().map(Arc::new).collect()
    }
}

impl<S: Script> Hub<S> {
    /// Has values stored, in place of all that is stored under that key. To be called in a turn
    /// that changes the session as well. Nothing happens without a lasting store.
    pub fn keep_beside(&self, key: &Arc<str>, values: Beside) {
        let Some(keeper) = self.keeper() else {
            return;
        };
        let fields = values.fields.into_iter();
        let write = Write {
            token: Arc::clone(key),
            generation: values.generation,
            is_whole: true,
            head: Bytes::from_static(b"{}"),
            fields: fields.map(|(name, value)| (name, Some(value))).collect(),
            kept_s: keeper.kept_s,
            ..Write::default()
        };
        keeper.beside.0.lock().insert(Arc::clone(key), write);
    }

    /// Takes over what is stored under a key, from whoever has it, and gives it to `then`: at once
    /// without a lasting store, else as soon as the store answers.
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
}

impl<S: Script> Keeper<S> {
    /// Asks for as long as it takes; none when the sessions are gone meanwhile.
    async fn take_beside(&self, key: &Arc<str>) -> Option<Beside> {
        let mut wait = STORE_WAIT_MS_MIN;
        loop {
            match self.store.claim(key, true).await {
                Ok(Claim::Given(record)) => {
                    let (generation, fields) = (record.generation, record.fields);
                    return Some(Beside { generation, fields });
                }
                Ok(Claim::Unknown | Claim::Held { .. }) => return Some(Beside::default()),
                Err(error @ StoreError::Damaged { .. }) => {
                    tracing::warn!(%error, "what sessions share is begun anew");
                    // Where that fails, the next claim says why.
                    let _ = self.store.remove(vec![Arc::clone(key)]).await;
                }
                Err(error) => tracing::debug!(%error, "what sessions share is out of reach"),
            }
            sleep(Duration::from_millis(wait)).await;
            wait = (wait * 2).min(STORE_WAIT_MS_MAX);
            self.hub()?;
        }
    }
}
