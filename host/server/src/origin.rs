//! Which pages may open a socket: those of the same host, and those that are allowed by name.
//!
//! Not here: who a session belongs to.

use axum::http::{HeaderMap, HeaderValue, header};

/// Refuses a socket that a page of a foreign origin opens, and names the origin. A client that
/// names none is no browser, and has no cookies of somebody else to abuse.
pub(crate) fn check(headers: &HeaderMap, allowed: &[String]) -> Result<(), String> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let Ok(origin) = origin.to_str() else {
        return Err("an unreadable origin".to_owned());
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let is_own = authority.is_some_and(|authority| {
        host(headers).is_some_and(|host| host.eq_ignore_ascii_case(authority))
    });
    if is_own || allowed.iter().any(|name| name.eq_ignore_ascii_case(origin)) {
        Ok(())
    } else {
        Err(origin.to_owned())
    }
}

/// The host that the client asked for, when it is written as hosts are.
pub(crate) fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:-_[]".contains(&byte);
    (!host.is_empty() && host.bytes().all(is_plain)).then_some(host)
}

/// Scheme and host under which the client asked, as far as a server before this one tells.
pub(crate) fn of_request(headers: &HeaderMap) -> String {
    format!(
        "{}://{}",
        scheme(headers),
        host(headers).unwrap_or("localhost")
    )
}

/// The scheme that the client used, as far as a proxy tells; it tells the app no more than what a
/// client could claim of itself.
pub(crate) fn scheme(headers: &HeaderMap) -> &'static str {
    let told = headers.get("x-forwarded-proto");
    if told.is_some_and(|scheme| scheme == "https") {
        "https"
    } else {
        "http"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_request_tells_its_origin() {
        let mut headers = headers("app.example:8000", None);
        assert_eq!(of_request(&headers), "http://app.example:8000");
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        assert_eq!(of_request(&headers), "https://app.example:8000");
    }

    #[test]
    fn the_same_host_and_those_allowed_pass() {
        let allowed = ["https://other.example".to_owned()];
        for origin in [
            None,
            Some("http://App.example:3000"),
            Some("https://other.example"),
        ] {
            assert_eq!(
                check(&headers("app.example:3000", origin), &allowed),
                Ok(())
            );
        }
        for origin in [
            "http://evil.example",
            "null",
            "http://app.example",
            "app.example:3000",
        ] {
            let refused = check(&headers("app.example:3000", Some(origin)), &allowed);
            assert_eq!(refused, Err(origin.to_owned()));
        }
    }

    #[test]
    fn a_host_that_would_break_a_header_is_none() {
        assert_eq!(
            host(&headers("localhost:3000", None)),
            Some("localhost:3000")
        );
        assert_eq!(host(&headers("[::1]:3000", None)), Some("[::1]:3000"));
        assert_eq!(host(&headers("a;script-src *", None)), None);
    }
}
