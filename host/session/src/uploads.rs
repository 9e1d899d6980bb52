//! Where uploaded files wait for the handler that takes them: a folder of the process, or one that
//! instances share, since the handler may run on another one than the file came to.
//!
//! A file comes in by HTTP and is known by its key from then on; the event that follows names the
//! key. Not here: receiving files (the server), and reading them (the script host).

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use crate::limits::{UPLOAD_BYTES_MAX, UPLOAD_WAIT_S_MAX, UPLOADS_WAITING_MAX};
use crate::token::new_token;

/// The header that names the session for which a file is sent.
pub const TOKEN_HEADER: &str = "x-ferroflex-token";

/// The folder that was named, if one was.
static SHARED: OnceLock<PathBuf> = OnceLock::new();

/// Has files wait in that folder, where they outlive the process. To be called before the first
/// file comes, once.
pub fn share(folder: PathBuf) {
    if SHARED.set(folder).is_err() {
        tracing::warn!("the folder of uploaded files has been named already");
    }
}

/// Whether the folder is this process's alone, so that it goes with it.
#[must_use]
pub fn is_private() -> bool {
    SHARED.get().is_none()
}

/// The folder; it exists once a file has come.
#[must_use]
pub fn folder() -> &'static Path {
    static PRIVATE: OnceLock<PathBuf> = OnceLock::new();
    SHARED.get().unwrap_or_else(|| {
        PRIVATE.get_or_init(|| {
            let id = std::process::id();
            // Without random bytes no session starts either, so that no file ever comes.
            let random = new_token().unwrap_or_default();
            std::env::temp_dir().join(format!("ferroflex-{id}-{random}"))
        })
    })
}

/// Where the file of that key waits; `None` when no key looks like it.
#[must_use]
pub fn waiting(key: &str) -> Option<PathBuf> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_key = key.len() == KEY_CHARS && key.bytes().all(is_plain);
    is_key.then(|| folder().join(key))
}

/// The length of a key, which is a token.
const KEY_CHARS: usize = 22;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_have_a_place() {
        let key = new_token().unwrap();
        assert_eq!(waiting(&key).unwrap().parent(), Some(folder()));
        for other in ["", "../../../../etc/passwd", "aaaaaaaaaaaaaaaaaaaaa/"] {
            assert_eq!(waiting(other), None, "{other}");
        }
    }
}
