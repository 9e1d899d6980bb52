//! Who asks: the address, scheme and host that a browser used, and its secret name. Found out once,
//! before anything else reads a request; a browser without a name is given one with the answer.
//!
//! Not here: what proxies may tell (`forwarded`), and how the cookies are written (`cookies`).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use ferroflex_session::{Visit, new_token};

use crate::api::AsMade;
use crate::cookies::{OwnCookies, set_browser};
use crate::files::NEVER;
use crate::forwarded::{Forwarded, is_forwarded};
use crate::mount::Options;
use crate::origin;
use crate::progress::Peer;

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The browser's address. The port is 0 where a proxy told the address.
    pub(crate) address: SocketAddr,
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
    /// The host that the browser asked for, if it is written as hosts are.
    pub(crate) host: Option<String>,
    /// The browser's secret name; empty only where the system has no random bytes for one.
    pub(crate) browser: Arc<str>,
    /// The session that the tab names.
    pub(crate) tab: Option<String>,
    /// Whether it is a program of this machine that asks, and for nobody else.
    pub(crate) is_local: bool,
}

/// Finds out who asks, and hands the request on without the server's own cookies.
pub(crate) async fn meet(
    State(options): State<Arc<Options>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let (caller, is_new) = Caller::of(request.headers_mut(), peer.address, options.trusted_hops);
    let cookie = is_new.then(|| set_browser(&caller.browser, caller.scheme == "https"));
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    let cookie = cookie.filter(|_| takes_cookie(&response));
    if let Some(Ok(cookie)) = cookie.map(HeaderValue::try_from) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

impl Caller {
    /// Who asks with these headers, out of which the server's own cookies are taken; and whether
    /// the browser has just been given its name.
    fn of(headers: &mut HeaderMap, peer: SocketAddr, trusted_hops: usize) -> (Self, bool) {
        let told = Forwarded::of(headers, trusted_hops);
        let OwnCookies { browser, tab } = OwnCookies::take(headers);
        let given = if browser.is_none() { new_name() } else { None };
        let is_new = given.is_some();
        let is_own = |host: &String| origin::is_host(host);
        let caller = Self {
            address: told.address.map_or(peer, |address| (address, 0).into()),
            scheme: told.scheme.unwrap_or("http"),
            host: told.host.filter(is_own).or_else(|| origin::host(headers)),
            browser: browser.or(given).unwrap_or_default().into(),
            tab,
            is_local: peer.ip().to_canonical().is_loopback() && !is_forwarded(headers),
        };
        (caller, is_new)
    }

    /// Nobody: the server asks itself.
    #[cfg(test)]
    pub(crate) fn nobody() -> Self {
        Self::of(&mut HeaderMap::new(), Peer::nobody().address, 0).0
    }

    /// Scheme and host under which the browser asked.
    pub(crate) fn origin(&self) -> String {
        let host = self.host.as_deref().unwrap_or("localhost");
        format!("{}://{host}", self.scheme)
    }

    /// What a session is told of the request.
    pub(crate) fn visit(&self, headers: &HeaderMap) -> Visit {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
        let own = || {
            self.host
                .as_ref()
                .map(|_| self.origin())
                .unwrap_or_default()
        };
        Visit {
            browser: self.browser.to_string(),
            client_ip: self.address.ip().to_string(),
            origin: headers.get(header::ORIGIN).map_or_else(own, text),
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            ..Visit::default()
        }
    }
}

fn new_name() -> Option<String> {
    new_token()
        .inspect_err(|error| tracing::error!("a browser cannot be given a name: {error}"))
        .ok()
}

/// Whether an answer may carry the browser's name: a socket's, and what no cache may keep, which
/// pages are and all else that may bring a session.
fn takes_cookie(response: &Response) -> bool {
    let kept = response.headers().get(header::CACHE_CONTROL);
    let is_own = response.extensions().get::<AsMade>().is_none();
    let is_for_one = is_own && kept.is_some_and(|kept| kept == NEVER);
    is_for_one || response.status() == StatusCode::SWITCHING_PROTOCOLS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(lines: &[(&'static str, &'static str)], hops: usize) -> Caller {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        Caller::of(&mut headers, ([127, 0, 0, 1], 5).into(), hops).0
    }

    #[test]
    fn proxies_are_believed_only_where_they_are_trusted() {
        let lines = [
            ("host", "inner:8000"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "app.example"),
        ];
        let plain = caller(&lines, 0);
        assert_eq!(plain.origin(), "http://inner:8000");
        assert_eq!(plain.address.to_string(), "127.0.0.1:5");
        let trusting = caller(&lines, 1);
        assert_eq!(trusting.origin(), "https://app.example");
        assert_eq!(trusting.visit(&HeaderMap::new()).client_ip, "1.2.3.4");
        let odd = caller(&[("host", "a"), ("x-forwarded-host", "b;script-src *")], 1);
        assert_eq!(odd.origin(), "http://a");
    }

    #[test]
    fn whoever_asks_for_somebody_else_is_not_local() {
        assert!(caller(&[], 0).is_local);
        assert!(!caller(&[("x-forwarded-for", "127.0.0.1")], 0).is_local);
        assert!(!caller(&[("x-forwarded-for", "127.0.0.1")], 1).is_local);
    }

    #[test]
    fn browsers_are_given_different_names() {
        let (one, other) = (caller(&[], 0).browser, caller(&[], 0).browser);
        assert_ne!(one, other);
        assert_eq!(one.len(), 22);
    }
}
