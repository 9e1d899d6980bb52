//! A census of an app's sessions: how many there are of each kind, and what waits in them.
//!
//! Not here: what is told of it (the server).

use crate::hub::Hub;
use crate::script::Script;

/// What was counted. Sessions change while they are counted, so that the sums may be off by a few.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Sessions with live state in the script.
    pub live: usize,
    /// Sessions without it: parked, or not begun.
    pub parked: usize,
    /// Sessions that have a socket.
    pub connected: usize,
    /// Events that wait for their turn.
    pub events: usize,
    /// Background tasks that wait for theirs.
    pub sections: usize,
}

impl<S: Script> Hub<S> {
    /// Counts the sessions. Takes each one's lock for a moment.
    #[must_use]
    pub fn census(&self) -> Census {
        let mut census = Census::default();
        for session in self.sessions() {
            let core = session.core.lock();
            // While a turn is out, the state is with it.
            if core.instance.is_some() || core.gate.running {
                census.live += 1;
            } else {
                census.parked += 1;
            }
            census.connected += usize::from(core.attached.is_some());
            census.events += core.mailbox.len();
            census.sections += core.sections.len();
        }
        census
    }
}
