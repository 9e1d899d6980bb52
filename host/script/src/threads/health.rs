//! What `/healthz` tells of an app's threads and of the collector.

use std::sync::atomic::Ordering::Relaxed;

use serde_json::{Value, json};

use super::{
    collector::{Pauses, collector},
    pool::Workers,
    watched::Counts,
};
use crate::App;
use crate::limits::LOST_THREADS_MAX;

impl App {
    /// How its threads and the process's collector fare. `status` is `ok`; `degraded` while a
    /// thread is lost to native code, which keeps garbage from being collected; `dead` when too
    /// many are, and only a new process helps. Pauses are in milliseconds.
    #[must_use]
    pub fn health(&self) -> Value {
        self.workers.health()
    }
}

impl Workers {
    fn health(&self) -> Value {
        let Counts {
            alive,
            lost,
            replaced,
        } = self.counts();
        let (alive, lost) = (alive.load(Relaxed), lost.load(Relaxed));
        let status = match lost {
            _ if alive == 0 || lost > LOST_THREADS_MAX => "dead",
            0 => "ok",
            _ => "degraded",
        };
        json!({
            "status": status,
            "threads": {
                "alive": alive, "lost": lost, "replaced": replaced.load(Relaxed),
            },
            "collector": pauses(collector().pauses()),
        })
    }
}

fn pauses(pauses: &Pauses) -> Value {
    json!({
        "collections": pauses.count.load(Relaxed),
        "put_off": pauses.put_off.load(Relaxed),
        "pause_ms_last": milliseconds(pauses.last.load(Relaxed)),
        "pause_ms_max": milliseconds(pauses.longest.load(Relaxed)),
        "pause_ms_total": milliseconds(pauses.total.load(Relaxed)),
    })
}

#[expect(clippy::cast_precision_loss, reason = "a time is far below 2^52 us")]
fn milliseconds(micros: u64) -> f64 {
    micros as f64 / 1000.0
}
