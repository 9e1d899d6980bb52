//! What can go wrong in the script host itself. What goes wrong in an app's code is a
//! [`LoadFailure`](crate::LoadFailure) or a `Failure` of a turn.

use std::path::PathBuf;

/// An error of the script host.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// The operating system gives no thread.
    #[error("no thread could be started to run Python: {0}")]
    Thread(#[source] std::io::Error),
    /// The operating system gives no poller for the event loop.
    #[error("no poller could be made for the event loop: {0}")]
    Poller(#[source] std::io::Error),
    /// There is no app at a path.
    #[error(
        "{path} is no app: expected a .py file, a folder with rxconfig.py, or a folder with \
         {name}.py, app.py or main.py"
    )]
    NoApp {
        /// The path.
        path: PathBuf,
        /// The folder's name.
        name: String,
    },
    /// A path cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}
