//! The server's own two cookies: the browser's secret name, and the session that a tab names for
//! its next page.
//!
//! They are taken out of a request before anything else reads it, so that no app ever sees them.
//! Not here: whose a token is (`ferroflex_session::identity`).

use axum::http::{HeaderMap, HeaderValue, header};
use ferroflex_session::limits::TOKEN_BYTES_MAX;

use crate::limits::BROWSER_COOKIE_S;

/// The cookie with the browser's secret name, which scripts cannot read.
pub(crate) const BROWSER_COOKIE: &str = "ferroflex_browser";

/// The cookie in which a tab that is about to load a page names its session.
pub(crate) const TAB_COOKIE: &str = "ferroflex_tab";

/// The length of a browser's name, in characters: that of 128 random bits.
const BROWSER_CHARS: usize = 22;

/// What the own cookies of a request said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OwnCookies {
    /// The browser's name, if it is one that this server could have given.
    pub(crate) browser: Option<String>,
    /// The token of the tab's session.
    pub(crate) tab: Option<String>,
}

impl OwnCookies {
    /// Takes them out of a request's headers; what is left there is the app's.
    pub(crate) fn take(headers: &mut HeaderMap) -> Self {
        let mut own = Self::default();
        let header::Entry::Occupied(found) = headers.entry(header::COOKIE) else {
            return own;
        };
        let lines: Vec<HeaderValue> = found.remove_entry_mult().1.collect();
        for line in lines {
            let pairs = line.as_bytes().split(|byte| *byte == b';');
            let others: Vec<_> = pairs.filter(|pair| !own.takes(pair)).collect();
            let is_empty = others.iter().all(|pair| pair.trim_ascii().is_empty());
            let rest = HeaderValue::from_bytes(others.join(&b';').trim_ascii());
            if let (false, Ok(rest)) = (is_empty, rest) {
                headers.append(header::COOKIE, rest);
            }
        }
        own
    }

    /// Whether it is one of ours; the first that makes sense counts.
    fn takes(&mut self, pair: &[u8]) -> bool {
        let text = std::str::from_utf8(pair).unwrap_or_default();
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let value = value.trim();
        let (place, makes_sense) = match name.trim() {
            BROWSER_COOKIE => (&mut self.browser, is_browser(value)),
            TAB_COOKIE => (&mut self.tab, value.len() <= TOKEN_BYTES_MAX),
            _ => return false,
        };
        if makes_sense && place.is_none() {
            *place = Some(value.to_owned());
        }
        true
    }
}

/// The header's value that makes a browser keep its name.
pub(crate) fn set_browser(name: &str, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    format!(
        "{BROWSER_COOKIE}={name}; Path=/; Max-Age={BROWSER_COOKIE_S}; HttpOnly; SameSite=Lax{secure}"
    )
}

fn is_browser(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    name.len() == BROWSER_CHARS && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "abcdefghijklmnopqrs-_1";

    /// What is taken out of these headers, and what is left.
    fn take(lines: &[&str]) -> (Option<String>, Option<String>, Vec<String>) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).unwrap());
        }
        let OwnCookies { browser, tab } = OwnCookies::take(&mut headers);
        let left = headers.get_all(header::COOKIE).iter();
        let left = left.map(|line| line.to_str().unwrap().to_owned()).collect();
        (browser, tab, left)
    }

    #[test]
    fn own_cookies_are_taken_out_and_the_rest_is_left_as_it_is() {
        let own = format!("a=b; ferroflex_browser={NAME}; c=\"d=e\"");
        let (browser, tab, left) = take(&[&own, "ferroflex_tab=t1", "x=y;z"]);
        assert_eq!(
            (browser.as_deref(), tab.as_deref()),
            (Some(NAME), Some("t1"))
        );
        assert_eq!(left, ["a=b; c=\"d=e\"", "x=y;z"]);
        assert_eq!(take(&[]), (None, None, vec![]));
        assert_eq!(take(&["xferroflex_tab=t1"]).2, ["xferroflex_tab=t1"]);
    }

    #[test]
    fn what_makes_no_sense_is_taken_out_and_counts_as_none() {
        let long = format!("ferroflex_tab={}", "x".repeat(100));
        for line in [
            "ferroflex_browser=short",
            "ferroflex_browser=abcdefghijklmnopqrs-_12",
            "ferroflex_browser=abcdefghijklmnopqrs+/1",
            "ferroflex_browser",
            &long,
        ] {
            assert_eq!(take(&[line]), (None, None, vec![]), "{line}");
        }
        let twice = format!("ferroflex_browser=forged; ferroflex_browser={NAME}");
        assert_eq!(take(&[&twice]).0.as_deref(), Some(NAME));
    }

    #[test]
    fn a_cookie_with_bytes_that_are_no_text_is_the_apps() {
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_bytes(b"n=\xe4; ferroflex_tab=t").unwrap();
        headers.insert(header::COOKIE, line);
        assert_eq!(OwnCookies::take(&mut headers).tab.as_deref(), Some("t"));
        assert_eq!(headers[header::COOKIE].as_bytes(), b"n=\xe4");
    }
}
