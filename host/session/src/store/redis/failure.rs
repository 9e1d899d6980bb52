//! What Redis reports, in words that say which server it is about and what to do, and never a
//! password.

use redis::{ErrorKind, RedisError, ServerError};

use crate::store::StoreError;

pub(super) const KIND: &str = "redis";

/// Answers of a server that will work again soon, or that another server will take the place of.
const PASSING: [&str; 7] = [
    "BUSY",
    "CLUSTERDOWN",
    "LOADING",
    "MASTERDOWN",
    "NOREPLICAS",
    "READONLY",
    "TRYAGAIN",
];

/// Tells what went wrong with one server.
#[derive(Clone)]
pub(super) struct Failures {
    /// The server's address, without user and password.
    address: String,
}

impl Failures {
    pub(super) fn new(url: &str) -> Self {
        Self {
            address: without_password(url),
        }
    }

    /// What it is about.
    pub(super) fn server(&self) -> &str {
        &self.address
    }

    /// The address is none.
    pub(super) fn address(&self, error: &RedisError) -> StoreError {
        let reason = error.detail().unwrap_or("it cannot be read");
        StoreError::Address {
            address: self.address.clone(),
            reason: format!("{reason}; write redis://user:password@host:port/database"),
        }
    }

    /// The server could not be asked.
    pub(super) fn tell(&self, error: &RedisError) -> StoreError {
        if let Some(code) = error.code() {
            return self.tell_code(code, &error.to_string());
        }
        let text = error.to_string();
        match error.kind() {
            ErrorKind::AuthenticationFailed => self.refused(
                "it does not accept the password, or the user: correct them in the address",
            ),
            ErrorKind::InvalidClientConfig | ErrorKind::RESP3NotSupported => self.refused(&text),
            _ if text.contains("certificate") => self.refused(&format!(
                "its certificate is not trusted: {text}; it needs one of a public authority"
            )),
            _ => self.unreachable(&text),
        }
    }

    /// The server was asked, and answered with an error.
    pub(super) fn tell_answer(&self, error: &ServerError) -> StoreError {
        let detail = error.details().unwrap_or_default();
        self.tell_code(error.code(), &format!("{} {detail}", error.code()))
    }

    /// It takes too long.
    pub(super) fn late(&self) -> StoreError {
        self.unreachable("it does not answer in time")
    }

    fn tell_code(&self, code: &str, text: &str) -> StoreError {
        match code {
            _ if PASSING.contains(&code) => self.unreachable(text),
            "NOAUTH" | "WRONGPASS" => self.refused(
                "it wants a password: give it in the address, as redis://user:password@host",
            ),
            "NOPERM" => self.refused(&format!(
                "the user may not do what is needed ({text}): let it use the keys ferroflex:*, the \
                 channels ferroflex:* and scripts"
            )),
            "OOM" => self.refused(
                "its memory is full: raise its maxmemory, or let it evict (maxmemory-policy)",
            ),
            "MISCONF" => self.refused(&format!("it cannot write to its disk ({text})")),
            "MOVED" | "ASK" | "CROSSSLOT" => self.refused(
                "it is one node of a cluster: give the address of a proxy before the cluster, or \
                 of a server that is none",
            ),
            _ if is_too_old(text) => self.refused(&format!("{text}; Redis 7 or Valkey is needed")),
            _ => self.refused(text),
        }
    }

    fn refused(&self, what: &str) -> StoreError {
        let reason = format!("{}: {what}", self.address);
        StoreError::Refused { kind: KIND, reason }
    }

    fn unreachable(&self, what: &str) -> StoreError {
        let reason = format!("{}: {what}", self.address);
        StoreError::Unreachable { kind: KIND, reason }
    }
}

fn is_too_old(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("unknown command") || text.contains("unknown redis command")
}

/// An address as it may be shown: users, passwords and what follows a question mark, where they
/// may be too, are left out.
fn without_password(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let shown = rest.rsplit_once('@').map_or(rest, |(_, shown)| shown);
    if scheme.is_empty() {
        shown.to_owned()
    } else {
        format!("{scheme}://{shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_is_secret() {
        for (url, shown) in [
            ("redis://host:1/0", "redis://host:1/0"),
            ("redis://:secret@host/1", "redis://host/1"),
            ("rediss://me:se@cr/et@host", "rediss://host"),
            (
                "redis+unix:///run/redis.sock?pass=secret",
                "redis+unix:///run/redis.sock",
            ),
            ("me:secret@host", "host"),
            ("", ""),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[test]
    fn what_passes_is_told_apart_from_what_does_not() {
        let failures = Failures::new("redis://:secret@host");
        for code in ["LOADING", "READONLY", "MASTERDOWN"] {
            let told = failures.tell_code(code, code);
            assert!(matches!(told, StoreError::Unreachable { .. }), "{told}");
        }
        for code in ["OOM", "NOPERM", "NOAUTH", "MOVED", "WRONGTYPE", "ERR"] {
            let told = failures.tell_code(code, code);
            assert!(matches!(told, StoreError::Refused { .. }), "{told}");
            assert!(!told.to_string().contains("secret"), "{told}");
        }
    }
}
