//! The state that a page is delivered with.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

/// Tells states apart. Visitors choose what is in theirs, so that nothing less would do: nobody may
/// be shown a page that was rendered for somebody else.
pub(crate) type StateKey = [u8; 32];

/// What a response shows, and what else its description says.
#[derive(Debug, Clone)]
pub(crate) struct PageState {
    /// The state as JSON text.
    pub(crate) json: Arc<str>,
    /// That text's `state_hash`.
    pub(crate) hash: Arc<str>,
    /// Further fields of the description. What is rendered does not depend on them.
    pub(crate) extra: Map<String, Json>,
    /// The page's part of the head, where it is another than that of the initial state.
    pub(crate) head: Option<Arc<str>>,
    key: StateKey,
}

impl PageState {
    /// That state, with nothing further to say.
    pub(crate) fn new(json: impl Into<Arc<str>>, hash: impl Into<Arc<str>>) -> Self {
        let json = json.into();
        let key = Sha256::digest(json.as_bytes()).into();
        Self {
            json,
            hash: hash.into(),
            extra: Map::new(),
            head: None,
            key,
        }
    }

    /// Tells the state from every other.
    pub(crate) fn key(&self) -> StateKey {
        self.key
    }
}
