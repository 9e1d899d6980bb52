//! What the proxies before the server tell of the browser: `X-Forwarded-For`, `-Proto` and `-Host`.
//!
//! Anybody can write these headers. Each trusted proxy has added one address at the right end of
//! the first; so what stands further left than there are trusted proxies is hearsay. Not here: how
//! many are trusted (the command line).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The headers of proxies that tell of the browser, `Forwarded` among them, which is not read.
const HEADERS: [&str; 4] = [
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "forwarded",
];

/// What is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Forwarded {
    /// The browser's address.
    pub(crate) address: Option<IpAddr>,
    /// `http` or `https`.
    pub(crate) scheme: Option<&'static str>,
    /// The host that the browser asked for.
    pub(crate) host: Option<String>,
}

impl Forwarded {
    /// What a request tells that has come through so many trusted proxies.
    pub(crate) fn of(headers: &HeaderMap, trusted_hops: usize) -> Self {
        if trusted_hops == 0 {
            return Self::default();
        }
        let nearest = |name| from_right(headers, name).next();
        Self {
            // Where there are fewer, trusted proxies wrote all of them.
            address: from_right(headers, "x-forwarded-for")
                .take(trusted_hops)
                .last()
                .and_then(address),
            scheme: match nearest("x-forwarded-proto") {
                Some("https" | "wss") => Some("https"),
                Some("http" | "ws") => Some("http"),
                _ => None,
            },
            host: nearest("x-forwarded-host").map(str::to_owned),
        }
    }
}

/// Whether a proxy says that it passes the request on for somebody.
pub(crate) fn is_forwarded(headers: &HeaderMap) -> bool {
    HEADERS.iter().any(|name| headers.contains_key(*name))
}

/// The items of a list that may go over several headers, from the last to the first. What a client
/// wrote into the left end cannot make the right end unreadable.
fn from_right<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let lines = headers.get_all(name).into_iter().rev();
    let items = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    items.map(|item| std::str::from_utf8(item).unwrap_or_default().trim())
}

/// An address, which may have a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let alone = bare.unwrap_or(text).parse().ok();
    alone.or_else(|| {
        text.parse()
            .ok()
            .map(|with_port: SocketAddr| with_port.ip())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn told(
        lines: &[(&'static str, &[u8])],
        hops: usize,
    ) -> (String, Option<&'static str>, String) {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        let told = Forwarded::of(&headers, hops);
        let address = told.address.map(|address| address.to_string());
        (
            address.unwrap_or_default(),
            told.scheme,
            told.host.unwrap_or_default(),
        )
    }

    #[test]
    fn the_address_is_the_one_that_the_outermost_trusted_proxy_saw() {
        const FOR: &str = "x-forwarded-for";
        let of = |lines: &[&[u8]], hops| {
            let lines: Vec<_> = lines.iter().map(|line| (FOR, *line)).collect();
            told(&lines, hops).0
        };
        assert_eq!(of(&[b"6.6.6.6, 1.2.3.4"], 0), "");
        assert_eq!(of(&[b"6.6.6.6, 1.2.3.4"], 1), "1.2.3.4");
        assert_eq!(of(&[b"6.6.6.6, 1.2.3.4", b"10.0.0.1"], 2), "1.2.3.4");
        assert_eq!(of(&[b"1.2.3.4"], 3), "1.2.3.4");
        assert_eq!(of(&[b"\xff, 1.2.3.4:5678"], 1), "1.2.3.4");
        assert_eq!(of(&[b"[2001:db8::1]:443"], 1), "2001:db8::1");
        assert_eq!(of(&[b"[2001:db8::1]"], 1), "2001:db8::1");
        assert_eq!(of(&[b"2001:db8::1"], 1), "2001:db8::1");
        for unreadable in [&b"unknown"[..], b"", b"1.2.3.4,\xff"] {
            assert_eq!(of(&[unreadable], 1), "");
        }
    }

    #[test]
    fn scheme_and_host_are_what_the_nearest_proxy_says() {
        let lines: [(&'static str, &[u8]); 2] = [
            ("x-forwarded-proto", b"http, https"),
            ("x-forwarded-host", b"evil.example, app.example:8443"),
        ];
        assert_eq!(told(&lines, 0), (String::new(), None, String::new()));
        let app = "app.example:8443".to_owned();
        assert_eq!(told(&lines, 1), (String::new(), Some("https"), app));
        assert_eq!(told(&[("x-forwarded-proto", b"gopher")], 1).1, None);
    }

    #[test]
    fn a_request_that_is_passed_on_says_so() {
        let mut headers = HeaderMap::new();
        assert!(!is_forwarded(&headers));
        headers.insert("forwarded", HeaderValue::from_static("for=1.2.3.4"));
        assert!(is_forwarded(&headers));
    }
}
