//! Tokens: names of sessions that cannot be guessed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::SessionError;

/// 128 random bits: as many as a UUID's, beyond any guessing.
pub(crate) const TOKEN_RANDOM_BYTES: usize = 16;

/// A new token, 22 characters that need no escaping in a URL.
///
/// # Errors
/// When the system has no random bytes to give.
pub fn new_token() -> Result<String, SessionError> {
    let mut random = [0; TOKEN_RANDOM_BYTES];
    getrandom::fill(&mut random)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

#[cfg(test)]
mod tests {
    use super::new_token;

    #[test]
    fn tokens_differ_and_need_no_escaping() {
        let (one, other) = (new_token().unwrap(), new_token().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 22);
        assert!(
            one.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        );
    }
}
