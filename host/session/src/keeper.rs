//! Between the sessions of an app and their store: writing what is due, having leases asked for, and
//! hearing what other instances say.
//!
//! One loop writes, and gives the store everything that is due at the time: while one group is on
//! its way, and shortly after the last one, the next one gathers.
//!
//! Not here: what a session writes (`lease`, `unsaved`), and what instances ask each other for
//! (`asking`).

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::runtime::Handle as Runtime;
use tokio::sync::{Notify, mpsc};
use tokio::time::{sleep, sleep_until, timeout};

use crate::beside;
use crate::error::SessionError;
use crate::hub::Hub;
use crate::lease::Lease;
use crate::limits::{
    EXPIRY_S, SAVE_APART_MS, SAVE_BATCH_MAX, STORE_FAILING_MS_MAX, STORE_WAIT_MS_MAX,
    STORE_WAIT_MS_MIN, YIELD_MS,
};
use crate::script::Script;
use crate::session::Session;
use crate::store::{Message, Saved, Store, StoreError, What};
use crate::together::{Group, Lost, Part};

/// What keeps the sessions of one app.
pub(crate) struct Keeper<S: Script> {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) kept_s: u64,
    hub: OnceLock<Weak<Hub<S>>>,
    runtime: OnceLock<Runtime>,
    /// Sessions with something to write: each stands here once.
    due: Mutex<VecDeque<Arc<Session<S>>>>,
    wake: Notify,
    /// What is to be written beside the sessions.
    pub(crate) beside: beside::Writing<S>,
    /// Who waits for another instance's answer, by token.
    pub(crate) answers: Mutex<HashMap<String, Vec<mpsc::Sender<What>>>>,
    /// Since when the store fails, and how it did last.
    failing: Mutex<Option<(Instant, StoreError)>>,
    /// Whether clients are told that it does.
    is_waiting: AtomicBool,
    /// No turns are given out any more.
    is_stopping: AtomicBool,
}

impl<S: Script> Keeper<S> {
    pub(crate) fn new(store: Arc<dyn Store>, kept_s: u64) -> Self {
        Self {
            store,
            kept_s,
            hub: OnceLock::new(),
            runtime: OnceLock::new(),
            due: Mutex::default(),
            wake: Notify::new(),
            beside: beside::Writing::default(),
            answers: Mutex::default(),
            failing: Mutex::default(),
            is_waiting: AtomicBool::new(false),
            is_stopping: AtomicBool::new(false),
        }
    }

    /// Begins to write and to listen, on the runtime that this is called on.
    pub(crate) fn start(self: &Arc<Self>, hub: &Arc<Hub<S>>) {
        if self.hub.set(Arc::downgrade(hub)).is_err() {
            return;
        }
        // Set once, like the hub.
        let _ = self.runtime.set(Runtime::current());
        tokio::spawn(Arc::clone(self).write_all());
        tokio::spawn(Arc::clone(self).listen());
        tokio::spawn(Arc::clone(self).expire_all());
    }

    /// The runtime on which it writes, once it does.
    pub(crate) fn runtime(&self) -> Option<&Runtime> {
        self.runtime.get()
    }

    /// Has what is due be written.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Whether the store did not answer when it was asked last.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.lock().is_some()
    }

    /// Whether clients are to be told that the store does not answer.
    pub(crate) fn is_waiting(&self) -> bool {
        self.is_waiting.load(Ordering::Acquire)
    }

    /// Why clients are told so.
    pub(crate) fn failure(&self) -> Option<StoreError> {
        let failing = self.failing.lock();
        let failing = failing.as_ref().filter(|_| self.is_waiting());
        failing.map(|(_, error)| error.clone())
    }

    /// Whether no turns are given out any more.
    pub(crate) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Acquire)
    }

    /// Ends the giving out of turns.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Release);
    }

    /// Has a session written, if there is anything to write.
    pub(crate) fn save(&self, session: &Arc<Session<S>>) {
        if session.core.lock().unsaved.enqueue() {
            self.due.lock().push_back(Arc::clone(session));
            self.wake.notify_one();
        }
    }

    /// Has the store remove what is past its time, once in a while.
    async fn expire_all(self: Arc<Self>) {
        while self.hub().is_some() {
            if let Err(error) = self.store.expire().await {
                tracing::debug!(%error, "old sessions are not removed");
            }
            sleep(Duration::from_secs(EXPIRY_S)).await;
        }
    }

    async fn write_all(self: Arc<Self>) {
        let mut earliest = Instant::now();
        loop {
            let group = self.next_group(earliest).await;
            if self.hub().is_none() && group.is_empty() {
                return;
            }
            earliest = Instant::now() + Duration::from_millis(SAVE_APART_MS);
            self.write(group).await;
            self.throw_away_turns().await;
        }
    }

    /// The sessions that are due, as soon as there are any, but not before `earliest`; none when
    /// the hub may be gone.
    async fn next_group(&self, earliest: Instant) -> Vec<Arc<Session<S>>> {
        loop {
            let is_due = !self.due.lock().is_empty() || self.beside.is_due();
            if is_due {
                // A server that ends has its sessions written one after the other.
                if !self.is_stopping() && Instant::now() < earliest {
                    sleep_until(earliest.into()).await;
                }
                let mut due = self.due.lock();
                let count = due.len().min(SAVE_BATCH_MAX);
                return due.drain(..count).collect();
            }
            let idle = Duration::from_millis(STORE_WAIT_MS_MAX);
            if timeout(idle, self.wake.notified()).await.is_err() && self.hub().is_none() {
                return Vec::new();
            }
        }
    }

    /// Writes a group, as often as it takes.
    async fn write(self: &Arc<Self>, group: Vec<Arc<Session<S>>>) {
        let Group {
            parts,
            lost,
            gone_on,
        } = self.next_writes(group);
        for session in gone_on {
            self.save(&session);
        }
        self.throw_away(lost).await;
        let mut wait = STORE_WAIT_MS_MIN;
        while !parts.is_empty() && self.hub().is_some() {
            match self
                .store
                .save(parts.iter().map(Part::write).collect())
                .await
            {
                Ok(saved) => {
                    self.succeeded();
                    return self.took(parts, saved).await;
                }
                Err(error) => {
                    self.failed(&error);
                    let now = Instant::now();
                    for session in parts.iter().filter_map(|part| part.session.as_ref()) {
                        session.core.lock().unsaved.failed(now);
                    }
                    sleep(Duration::from_millis(wait)).await;
                    wait = (wait * 2).min(STORE_WAIT_MS_MAX);
                }
            }
        }
    }

    /// Takes note of what became of the writes of a group.
    async fn took(self: &Arc<Self>, parts: Vec<Part<S>>, saved: Vec<Saved>) {
        let mut lost = Lost::default();
        for (part, saved) in parts.into_iter().zip(saved) {
            match (part.session, saved) {
                (Some(session), Saved::Moved) => lost.sessions.push(session),
                (None, Saved::Moved) => lost.values.push(part.write),
                (Some(session), saved) => self.took_session(&session, saved).await,
                (None, _) => self.took_beside(&part.write, false),
            }
        }
        self.throw_away(lost).await;
    }

    /// Throws away what another instance has, or rests on a turn that does not count. Clients send
    /// their events again.
    async fn throw_away(self: &Arc<Self>, lost: Lost<S>) {
        for write in &lost.values {
            // Turns that go on still rest on the same: what they write is refused from now on.
            self.give_up_beside(&write.token).await;
        }
        // No turn is given out, of any of the sessions, before each of them and the values have gone.
        let sessions = lost.sessions.iter();
        let waiting: Vec<_> = sessions.map(|session| session.lose()).collect();
        for write in &lost.values {
            self.took_beside(write, true);
        }
        for (session, waiting) in lost.sessions.iter().zip(waiting) {
            self.tell_all(waiting, &session.token).await;
            self.go_on(session);
        }
    }

    /// Throws away the turns that were given up, and what is not stored of their sessions.
    async fn throw_away_turns(self: &Arc<Self>) {
        for abandoned in self.beside.take_abandoned() {
            let (session, thrown_away) = abandoned.take();
            let sessions = session.into_iter().collect();
            let values = Vec::new();
            self.throw_away(Lost { values, sessions }).await;
            thrown_away();
        }
    }

    /// Takes note of what became of a session's write, which is not another instance's.
    async fn took_session(self: &Arc<Self>, session: &Arc<Session<S>>, saved: Saved) {
        if let Saved::Stored { holder } = saved {
            self.tell_all(session.wrote(), &session.token).await;
            if let Some(holder) = holder {
                self.tell(&holder, &session.token, What::Frames).await;
            }
        } else {
            tracing::warn!(token = %session.token, "the store has lost a session; it is written anew");
            let mut core = session.core.lock();
            core.unsaved.lost();
            core.record.needs_whole = true;
        }
        self.go_on(session);
    }

    /// Has a session go on after a write.
    fn go_on(self: &Arc<Self>, session: &Arc<Session<S>>) {
        self.save(session);
        session.drive();
    }

    /// Tells those who wait for a lease that it is free.
    async fn tell_all(&self, waiting: Vec<String>, token: &str) {
        for instance in waiting {
            self.tell(&instance, token, What::Released).await;
        }
    }

    /// Tells another instance something. What is lost is made good by whoever waits for it.
    pub(crate) async fn tell(&self, instance: &str, token: &str, what: What) -> bool {
        let message = Message {
            from: self.store.instance().to_owned(),
            token: token.to_owned(),
            what,
        };
        let told = self.store.tell(instance, message).await;
        told.unwrap_or_else(|error| {
            tracing::debug!(%error, "another server cannot be told");
            true
        })
    }

    /// Asks for a session's lease on behalf of work that waits, for as long as that takes.
    pub(crate) fn claim(self: &Arc<Self>, session: Arc<Session<S>>) {
        let Some(runtime) = self.runtime.get() else {
            return;
        };
        let keeper = Arc::clone(self);
        runtime.spawn(async move {
            if std::mem::take(&mut session.core.lock().passage.has_yielded) {
                // Whoever has asked for it is to find it free.
                sleep(Duration::from_millis(YIELD_MS)).await;
            }
            let mut wait = STORE_WAIT_MS_MIN;
            while session.is_claiming() && keeper.hub().is_some() {
                match keeper.lease(&session, None).await {
                    Ok(true) => break,
                    Ok(false) => session.begin_anew(),
                    Err(error) => {
                        tracing::debug!(token = %session.token, %error, "a session is out of reach");
                        sleep(Duration::from_millis(wait)).await;
                        wait = (wait * 2).min(STORE_WAIT_MS_MAX);
                    }
                }
            }
            session.drive();
        });
    }

    /// Sees to it that a session is this instance's. `client`: the page load that says hello. Gives
    /// whether the store has such a session, and lets the page load have it.
    pub(crate) async fn lease(
        &self,
        session: &Arc<Session<S>>,
        client: Option<&str>,
    ) -> Result<bool, SessionError> {
        let alone = session.leasing.lock().await;
        let leased = self.lease_alone(session, client).await;
        drop(alone);
        // Others may have asked meanwhile.
        self.tell_all(session.take_asked(), &session.token).await;
        session.drive();
        leased
    }

    async fn lease_alone(
        &self,
        session: &Arc<Session<S>>,
        client: Option<&str>,
    ) -> Result<bool, SessionError> {
        if session.core.lock().lease.is_ours() {
            return Ok(true);
        }
        let adopted = match self.ask(&session.token, client).await {
            Ok(Some(record)) => session.adopt(record, client.is_some()).map(|()| true),
            Ok(None) => Ok(false),
            Err(SessionError::Store(error)) => Err(error),
            Err(error) => return Err(error),
        };
        match adopted {
            Ok(is_ours) => {
                self.save(session);
                Ok(is_ours)
            }
            Err(error @ StoreError::Damaged { .. }) => {
                tracing::warn!(token = %session.token, %error, "the session is begun anew");
                self.store.remove(vec![Arc::clone(&session.token)]).await?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn listen(self: Arc<Self>) {
        let Some(mut messages) = self.store.messages() else {
            return;
        };
        while let Some(message) = messages.recv().await {
            if self.hub().is_none() {
                return;
            }
            self.receive(message).await;
        }
    }

    async fn receive(self: &Arc<Self>, message: Message) {
        let Message { from, token, what } = message;
        match what {
            What::Release { client: None } if self.give_beside(&from, &token) => {
                self.tell(&from, &token, What::Kept).await;
            }
            What::Release { client } => self.release(from, &token, client.as_deref()).await,
            What::Kept | What::Released | What::Refused => self.take_answer(&token, &what),
            What::Frames => self.fetch(&token).await,
            What::Room => {
                if let Some(hub) = self.hub() {
                    hub.script().changed_beside(&token, false);
                }
            }
        }
    }

    /// Another instance has written frames for a client whose socket is here.
    async fn fetch(&self, token: &str) {
        let Some(session) = self.hub().and_then(|hub| hub.session(token)) else {
            return;
        };
        let after = session.core.lock().ring.last();
        match self.store.frames(token, after).await {
            Ok(frames) => session.receive_frames(&frames),
            Err(error) => tracing::debug!(%error, "frames cannot be fetched"),
        }
    }

    /// The store has answered.
    pub(crate) fn succeeded(&self) {
        if self.failing.lock().take().is_some() && self.is_waiting.swap(false, Ordering::AcqRel) {
            tracing::info!("the store answers again");
            self.wake_all();
        }
    }

    /// The store has failed; clients are told once it has for long enough.
    pub(crate) fn failed(&self, error: &StoreError) {
        let mut failing = self.failing.lock();
        let since = failing.take().map_or_else(Instant::now, |(since, _)| since);
        *failing = Some((since, error.clone()));
        drop(failing);
        let limit = Duration::from_millis(STORE_FAILING_MS_MAX);
        if since.elapsed() >= limit && !self.is_waiting.swap(true, Ordering::AcqRel) {
            tracing::error!(%error, "sessions cannot be stored; events wait");
            self.wake_all();
        }
    }

    fn wake_all(&self) {
        for session in self.hub().iter().flat_map(|hub| hub.sessions()) {
            session.changed.notify_waiters();
        }
    }

    pub(crate) fn hub(&self) -> Option<Arc<Hub<S>>> {
        self.hub.get()?.upgrade()
    }
}

impl<S: Script> Session<S> {
    /// Whether its lease is still being asked for.
    fn is_claiming(&self) -> bool {
        let lease = self.core.lock().lease;
        matches!(lease, Lease::Free { claiming: true, .. })
    }
}
