//! Asking another instance for what it has, and giving others what they ask for.
//!
//! Not here: what becomes of a session that came or went (`lease`), and what stands beside the
//! sessions (`beside`).

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::error::SessionError;
use crate::keeper::Keeper;
use crate::lease::Asked;
use crate::limits::{
    ANSWERS_QUEUED_MAX, CLAIM_TRIES_MAX, KEPT_ASKED_MS, KEPT_MS_MAX, RELEASE_MS_MAX,
};
use crate::script::Script;
use crate::store::{Claim, Record, StoreError, What, Write};

impl<S: Script> Keeper<S> {
    /// Claims a session, and asks its owner for it where it has one. None when there is no such
    /// session, or it is not given to that page load.
    pub(crate) async fn ask(
        &self,
        token: &str,
        client: Option<&str>,
    ) -> Result<Option<Record>, SessionError> {
        // Taken away only from the one that was asked: by then another one may have it, and live.
        let mut from: Option<String> = None;
        for _ in 0..CLAIM_TRIES_MAX {
            let claimed = self.store.claim(token, from.as_deref()).await;
            match &claimed {
                Err(error) if !matches!(error, StoreError::Damaged { .. }) => self.failed(error),
                _ => self.succeeded(),
            }
            let by = match claimed? {
                Claim::Unknown => return Ok(None),
                Claim::Given(record) => return Ok(Some(record)),
                Claim::Held { by } => by,
            };
            match self.release_by(&by, token, client).await {
                Some(What::Refused) => return Ok(None),
                Some(_) => from = None,
                None => from = Some(by),
            }
        }
        Err(SessionError::StateUnavailable)
    }

    /// Asks the instance that has something for it. None where it does not give it back.
    async fn release_by(&self, by: &str, token: &str, client: Option<&str>) -> Option<What> {
        let mut answers = self.expect_answers(token);
        let since = Instant::now();
        while since.elapsed() < Duration::from_millis(KEPT_MS_MAX) {
            let client = client.map(str::to_owned);
            if !self.tell(by, token, What::Release { client }).await {
                return None;
            }
            // One that lives answers at once. That it is in use holds for a while.
            let first = timeout(Duration::from_millis(RELEASE_MS_MAX), answers.recv());
            match first.await {
                Ok(Some(What::Kept)) => {}
                Ok(Some(answer)) => return Some(answer),
                Ok(None) | Err(_) => break,
            }
            let next = timeout(Duration::from_millis(KEPT_ASKED_MS), answers.recv());
            match next.await {
                Ok(Some(What::Kept)) | Err(_) => {}
                Ok(answer) => return answer,
            }
        }
        tracing::warn!(token, by, "another server does not give a session back");
        None
    }

    /// Waits for what another instance says of a session.
    fn expect_answers(&self, token: &str) -> mpsc::Receiver<What> {
        let (sender, answers) = mpsc::channel(ANSWERS_QUEUED_MAX);
        let mut waiting = self.answers.lock();
        // Those that were given up go, so that the map has no more than is being asked for.
        waiting.retain(|_, senders| {
            senders.retain(|sender| !sender.is_closed());
            !senders.is_empty()
        });
        waiting.entry(token.to_owned()).or_default().push(sender);
        answers
    }

    /// Hands an answer of another instance to those who wait for it. That something is in use is
    /// not the last one.
    pub(crate) fn take_answer(&self, token: &str, what: &What) {
        let mut waiting = self.answers.lock();
        let waiting = match what {
            What::Kept => waiting.get(token).cloned(),
            _ => waiting.remove(token),
        };
        for sender in waiting.into_iter().flatten() {
            // Whoever does not wait any more needs no answer.
            let _ = sender.try_send(what.clone());
        }
    }

    /// Another instance wants a session.
    pub(crate) async fn release(self: &Arc<Self>, by: String, token: &str, client: Option<&str>) {
        let session = self.hub().and_then(|hub| hub.session(token));
        let answer = match &session {
            Some(session) => session.asked_for(by.clone(), client),
            None => Asked::Free,
        };
        match (answer, session) {
            (Asked::Later, Some(session)) => {
                session.give_back();
                self.save(&session);
            }
            (Asked::Refused, _) => drop(self.tell(&by, token, What::Refused).await),
            (Asked::Free | Asked::Later, _) => {
                // Nothing of it is here: who asks may take it, whatever the store says.
                if let Err(error) = self.give_up(token).await {
                    tracing::debug!(%error, "a session cannot be given back");
                }
                self.tell(&by, token, What::Released).await;
            }
        }
    }

    /// Gives a record back that the store may say is ours, as it stands there. What was to be written
    /// of it does not count any more.
    pub(crate) async fn give_up(&self, token: &str) -> Result<(), StoreError> {
        let Claim::Given(record) = self.store.claim(token, None).await? else {
            return Ok(());
        };
        let write = Write {
            token: token.into(),
            generation: record.generation,
            head: record.head,
            release: true,
            kept_s: self.kept_s,
            ..Write::default()
        };
        self.store.save(vec![write]).await.map(drop)
    }
}
