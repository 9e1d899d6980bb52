//! Tokens that are bound to a browser: whoever has a token without the browser's cookie has
//! nothing.
//!
//! A token is `<random>.<signature>`, the signature over the random part and the browser's secret
//! name, with a key of the server's. Not here: the cookie (the server), and where the key is kept
//! (the store).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};

use crate::SessionError;
use crate::store::Secret;
use crate::token::{TOKEN_RANDOM_BYTES, new_token};

/// Of the 32 bytes of a signature: 128 bits, as much as the random part has.
const SIGNATURE_BYTES: usize = 16;

/// Makes tokens and checks them.
#[derive(Clone)]
pub struct Identity {
    /// None where the system had no random bytes for one: nothing is admitted then.
    key: Option<Hmac<Sha256>>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

impl Default for Identity {
    /// With a key that this process alone has: its tokens are worth nothing to another.
    fn default() -> Self {
        let secret = random_secret();
        secret.map_or(Self { key: None }, |secret| Self::new(&secret))
    }
}

impl Identity {
    /// Signs with that key.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        // An HMAC takes keys of every length.
        let key = Hmac::<Sha256>::new_from_slice(secret).ok();
        Self { key }
    }

    /// A new token for a browser.
    ///
    /// # Errors
    /// When the system has no random bytes to give.
    pub fn token(&self, browser: &str) -> Result<String, SessionError> {
        let random = new_token()?;
        let signed = self.signed(&random, browser);
        let Some(signature) = signed.map(|mac| mac.finalize().into_bytes()) else {
            return Err(SessionError::NoKey);
        };
        let signature = URL_SAFE_NO_PAD.encode(&signature[..SIGNATURE_BYTES]);
        Ok(format!("{random}.{signature}"))
    }

    /// Whether a token is ours, and that browser's.
    #[must_use]
    pub fn admits(&self, token: &str, browser: &str) -> bool {
        let Some((random, signature)) = token.split_once('.') else {
            return false;
        };
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        signature.len() == SIGNATURE_BYTES
            && self
                .signed(random, browser)
                .is_some_and(|mac| mac.verify_truncated_left(&signature).is_ok())
    }

    fn signed(&self, random: &str, browser: &str) -> Option<Hmac<Sha256>> {
        let mut mac = self.key.clone()?;
        mac.update(random.as_bytes());
        mac.update(b".");
        mac.update(browser.as_bytes());
        Some(mac)
    }
}

/// Whether a text has the form of a token: only then is a store asked for it.
pub(crate) fn is_token(text: &str) -> bool {
    let is_part = |part: &str, count: usize| {
        let bytes = URL_SAFE_NO_PAD.decode(part);
        bytes.is_ok_and(|bytes| bytes.len() == count)
    };
    text.split_once('.').is_some_and(|(random, signature)| {
        is_part(random, TOKEN_RANDOM_BYTES) && is_part(signature, SIGNATURE_BYTES)
    })
}

/// The key that a text stands for, which somebody has thought of: every text gives another one.
#[must_use]
pub fn secret_of(text: &str) -> Secret {
    Sha256::digest(text).into()
}

/// A new key.
///
/// # Errors
/// When the system has no random bytes to give.
pub fn random_secret() -> Result<Secret, SessionError> {
    let mut secret = Secret::default();
    getrandom::fill(&mut secret)?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_worth_something_in_its_browser_alone() {
        let identity = Identity::new(&[7; 32]);
        let token = identity.token("alice").unwrap();
        assert!(identity.admits(&token, "alice"));
        assert!(!identity.admits(&token, "mallory"));
        assert!(!identity.admits(&token, ""));
        assert!(!Identity::new(&[8; 32]).admits(&token, "alice"));
        assert!(Identity::new(&[7; 32]).admits(&token, "alice"));
    }

    #[test]
    fn a_text_is_a_key_of_its_own() {
        let token = Identity::new(&secret_of("correct horse battery"))
            .token("")
            .unwrap();
        assert!(Identity::new(&secret_of("correct horse battery")).admits(&token, ""));
        assert!(!Identity::new(&secret_of("correct horse batterz")).admits(&token, ""));
    }

    #[test]
    fn a_store_is_asked_for_tokens_alone() {
        let token = Identity::default().token("").unwrap();
        assert!(is_token(&token));
        for other in ["", ".", "room:a.b", &token[1..], &format!("{token}A")] {
            assert!(!is_token(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_token_is_none() {
        let identity = Identity::default();
        let token = identity.token("").unwrap();
        let (random, signature) = token.split_once('.').unwrap();
        for forged in [
            String::new(),
            ".".to_owned(),
            random.to_owned(),
            format!("{random}."),
            format!("{random}.{}", &signature[..4]),
            format!("{random}.{signature}{signature}"),
            format!("x{random}.{signature}"),
            format!("{random}.!{}", &signature[1..]),
        ] {
            assert!(!identity.admits(&forged, ""), "{forged}");
        }
        assert!(identity.admits(&token, ""));
    }
}
