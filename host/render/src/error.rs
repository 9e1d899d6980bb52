//! What can go wrong when JavaScript runs here.

use std::time::Duration;

use crate::limits::HTML_BYTES_MAX;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// QuickJS gave no engine: the system has no memory left for it.
    #[error("the JavaScript engine cannot be started: {0}")]
    Engine(String),
    /// The code threw.
    #[error("{message}")]
    Thrown {
        /// The exception's text.
        message: String,
        /// Where it was thrown: the engine's stack, or nothing.
        stack: String,
    },
    /// It took longer than it was given.
    #[error("it took more than {} ms", budget.as_millis())]
    TooSlow {
        /// What it was given.
        budget: Duration,
    },
    /// Too many pages wait already.
    #[error("too many pages wait to be rendered")]
    Busy,
    /// Nobody waits any longer: the engine or the page's module was not there yet, or others were
    /// before it.
    #[error("it was not there within {} ms", waited.as_millis())]
    Late {
        /// How long it was waited for.
        waited: Duration,
    },
    /// The page's HTML is larger than is delivered.
    #[error("its HTML has {bytes} bytes, which is more than {HTML_BYTES_MAX}")]
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// The thread that renders has ended.
    #[error("the thread that renders has ended")]
    Ended,
    /// It waits for something that never happens here: a timer, the network.
    #[error("{what} waits for something that only a browser has")]
    Unsettled {
        /// What was called.
        what: String,
    },
}
