//! Which pages may open a socket: those of the same host, and those that are allowed by name.
//!
//! Not here: who a session belongs to.

use axum::http::{HeaderMap, header};

/// Refuses a request that a page of a foreign origin makes, and names the origin. `host` is the one
/// that the browser asked for. A client that names no origin is no browser, and has no cookies of
/// somebody else to abuse.
pub(crate) fn check(
    headers: &HeaderMap,
    host: Option<&str>,
    allowed: &[String],
) -> Result<(), String> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let Ok(origin) = origin.to_str() else {
        return Err("an unreadable origin".to_owned());
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let is_own = authority
        .is_some_and(|authority| host.is_some_and(|host| host.eq_ignore_ascii_case(authority)));
    if is_own || allowed.iter().any(|name| name.eq_ignore_ascii_case(origin)) {
        Ok(())
    } else {
        Err(origin.to_owned())
    }
}

/// The host that the request names, when it is written as hosts are.
pub(crate) fn host(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    is_host(host).then(|| host.to_owned())
}

/// Whether it is written as hosts are, and so cannot break a header.
pub(crate) fn is_host(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:-_[]".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked by a page of this origin.
    fn check(origin: Option<&str>, allowed: &[String]) -> Result<(), String> {
        let origin = origin.map(|origin| (header::ORIGIN, origin.parse().unwrap()));
        super::check(
            &origin.into_iter().collect(),
            Some("app.example:3000"),
            allowed,
        )
    }

    #[test]
    fn the_same_host_and_those_allowed_pass() {
        let allowed = ["https://other.example".to_owned()];
        for origin in [
            None,
            Some("http://App.example:3000"),
            Some("https://other.example"),
        ] {
            assert_eq!(check(origin, &allowed), Ok(()));
        }
        for origin in [
            "http://evil.example",
            "null",
            "http://app.example",
            "app.example:3000",
        ] {
            assert_eq!(check(Some(origin), &allowed), Err(origin.to_owned()));
        }
    }

    #[test]
    fn a_host_that_would_break_a_header_is_none() {
        assert!(is_host("localhost:3000"));
        assert!(is_host("[::1]:3000"));
        assert!(!is_host("a;script-src *"));
        assert!(!is_host(""));
    }
}
