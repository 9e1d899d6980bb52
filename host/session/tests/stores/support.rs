//! Folders, writes and waiting, for the tests of stores.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use ferroflex_session::new_token;
use ferroflex_session::store::{Claim, Frame, Store, Write};

/// How long something that happens by itself may take before a test gives up.
const WAIT: Duration = Duration::from_secs(20);

/// An empty folder that ends with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let name = format!("ferroflex-stores-{}", new_token().unwrap());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("sessions.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A write of what has changed in session `t`.
pub(crate) fn change(generation: u64) -> Write {
    Write {
        token: "t".into(),
        generation,
        head: Bytes::from_static(b"head"),
        kept_s: 60,
        ..Write::default()
    }
}

/// A write of all that session `t` has.
pub(crate) fn whole(generation: u64) -> Write {
    Write {
        is_whole: true,
        ..change(generation)
    }
}

/// Frames of those numbers.
pub(crate) fn frames(numbers: impl IntoIterator<Item = u64>) -> Vec<Frame> {
    let numbers = numbers.into_iter();
    numbers
        .map(|number| (number, Bytes::from(format!("frame {number}"))))
        .collect()
}

/// Claims session `t` from whoever has it.
pub(crate) async fn take(store: &dyn Store) -> Claim {
    match store.claim("t", None).await.unwrap() {
        Claim::Held { by } => store.claim("t", Some(&by)).await.unwrap(),
        claim => claim,
    }
}

/// Asks until it is so.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < WAIT, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
