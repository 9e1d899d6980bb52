//! The hub's rounds: every few seconds it parks the sessions that rest, has open pages' sessions
//! stored again before they expire, and drops those that nobody comes back to.
//!
//! Not here: how one session is parked (`park`), and how the hub finds it (`hub`).

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Hub;
use crate::limits::{
    PARK_AFTER_MS_MIN, PARK_AFTER_S, SESSION_IDLE_S_MAX, SESSIONS_RESTING_MAX, STORED_IDLE_S_MAX,
};
use crate::script::Script;
use crate::session::Session;

impl<S: Script> Hub<S> {
    /// Parks the sessions that rest, and drops those that have been without a connection for too
    /// long; says how many it dropped.
    /// To be called every [`crate::limits::SWEEP_S`] seconds.
    pub fn sweep(&self) -> usize {
        self.sweep_at(Instant::now())
    }

    /// [`Hub::sweep`] as it will be at some other time: for whoever cannot wait.
    pub fn sweep_at(&self, now: Instant) -> usize {
        let limit = Duration::from_secs(SESSION_IDLE_S_MAX);
        let stored_limit = Duration::from_secs(STORED_IDLE_S_MAX);
        let park_after = Duration::from_secs(PARK_AFTER_S);
        let all = self.sessions();
        for session in &all {
            session.rest(now, park_after);
            session.renew(now, Duration::from_secs(self.settings.kept_s) / 2);
        }
        self.make_room(all, now);
        let mut sessions = self.sessions.lock();
        let idle: Vec<_> = sessions
            .extract_if(|_, session| {
                let is_away = session.core.lock().is_away() && !self.script.is_busy(&session.token);
                session.is_idle(now, if is_away { stored_limit } else { limit })
            })
            .collect();
        drop(sessions);
        for (token, _) in &idle {
            self.script.ended(token);
        }
        idle.len()
    }

    /// Parks the sessions that have rested longest where all together take too much memory, or too
    /// many rest.
    fn make_room(&self, mut all: Vec<Arc<Session<S>>>, now: Instant) {
        let most = self.settings.memory_bytes;
        let mut bytes: u64 = all.iter().map(|session| session.weight()).sum();
        self.is_full.store(bytes > most, Ordering::Relaxed);
        all.retain(|session| session.is_live());
        // What a store is asked for again costs more than it spares.
        let mut resting = if self.keeper.is_some() { 0 } else { all.len() };
        if bytes <= most && resting <= SESSIONS_RESTING_MAX {
            return;
        }
        all.sort_by_key(|session| session.core.lock().rest.since);
        for session in all {
            let after = match (bytes > most, resting > SESSIONS_RESTING_MAX) {
                (true, _) => Duration::ZERO,
                (false, true) if session.comes_back() => continue,
                (false, true) => Duration::from_millis(PARK_AFTER_MS_MIN),
                (false, false) => return,
            };
            let weight = session.weight();
            if session.rest(now, after) {
                bytes = bytes.saturating_sub(weight);
                resting = resting.saturating_sub(1);
            }
        }
    }
}
