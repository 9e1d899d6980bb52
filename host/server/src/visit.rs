//! A page for one visitor: its `on_load` runs in a session before the first HTML, and the page
//! takes that session over.
//!
//! Not here: the session (`ferroflex_session`), and the document (`html`).

use std::fmt::Write as _;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ferroflex_page::{LoadItem, LoadStep, NOT_FOUND, StateValues, load_steps};
use ferroflex_session::limits::ROUTE_BYTES_MAX;
use ferroflex_session::{
    Item, PageLoad, PageRequest, Script, Storage, Visit, state_hash, write_state,
};
use serde_json::{Map, Value as Json, json};

use crate::app::App;
use crate::caller::Caller;
use crate::cookies::TAB_COOKIE;
use crate::files::NEVER;
use crate::html::{Document, PageState};
use crate::limits::{ON_LOAD_MS_MAX, TAB_COOKIE_S};

/// Schemes that a redirect over HTTP may lead to; others are the browser's to refuse or to follow.
const SCHEMES: [&str; 2] = ["http://", "https://"];

/// A request for a page.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    /// The path below the app's base.
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) caller: &'a Caller,
}

impl Asked<'_> {
    /// Whether somebody looks at the answer: nothing runs for whoever only might.
    fn is_seen(&self) -> bool {
        let purpose = self.headers.get("sec-purpose");
        let purpose = purpose.and_then(|value| value.to_str().ok());
        self.method == Method::GET && !purpose.is_some_and(|text| text.contains("prefetch"))
    }

    /// Path and query as the browser shows them, without the base.
    fn route(&self) -> String {
        let path = if self.path.is_empty() { "/" } else { self.path };
        match self.query {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        }
    }
}

impl<S: Script> App<S> {
    /// A page as this visitor is to see it.
    pub(crate) async fn visit(&self, document: &Document, asked: &Asked<'_>) -> Response {
        let Some(request) = self.request(document, asked) else {
            let state = self.initial_state.clone();
            return self.respond(document, state, asked.caller).await;
        };
        let items: &[LoadItem] = if self.needs_browser {
            &[]
        } else {
            &document.load
        };
        let names = &self.names_of_state;
        let items = |values: &[_]| {
            let steps = load_steps(items, &StateValues { names, values });
            let items = steps.into_iter().map(|steps| steps.into_iter().map(item));
            items.map(Iterator::collect).collect()
        };
        let budget = Duration::from_millis(ON_LOAD_MS_MAX);
        match self.hub.open_page(request, items, budget).await {
            Ok(load) => self.deliver(document, load, asked).await,
            Err(error) => {
                tracing::debug!(app = self.name, %error, "a page is delivered without a session");
                let state = self.initial_state.clone();
                self.respond(document, state, asked.caller).await
            }
        }
    }

    /// What a session is asked for the page; nothing where the page shows nothing of one.
    fn request(&self, document: &Document, asked: &Asked<'_>) -> Option<PageRequest> {
        if !asked.is_seen() {
            return None;
        }
        let named = asked.caller.tab.as_deref();
        let known = named.filter(|token| self.may_have(token, &asked.caller.browser));
        let runs = !document.load.is_empty() && !self.needs_browser;
        let route = asked.route();
        let is_needed = known.is_some() || runs || self.shows_visitor;
        let visit = Visit {
            route,
            ..asked.caller.visit(asked.headers)
        };
        (is_needed && visit.route.len() <= ROUTE_BYTES_MAX).then(|| PageRequest {
            visit,
            token: known.map(str::to_owned),
            told: Storage::in_headers(&self.cookie_fields),
        })
    }

    /// Whether there may be a session with that token, and the browser's own.
    pub(crate) fn may_have(&self, token: &str, browser: &str) -> bool {
        let is_stored = self.hub.store().is_some_and(|store| store.is_lasting());
        self.hub.admits(token, browser) && (is_stored || self.hub.handle(token).is_some())
    }

    /// The answer with what the handlers left.
    async fn deliver(
        &self,
        mut document: &Document,
        mut load: PageLoad,
        asked: &Asked<'_>,
    ) -> Response {
        let mut status = status(&mut load);
        if let Some((place, location)) = redirect(&load.commands, &self.base) {
            load.commands.remove(place);
            let own = self.not_found_page();
            match own.filter(|_| is_not_found(&location, &self.base)) {
                Some(page) => {
                    (document, load.loaded) = (page, 0);
                    status = StatusCode::NOT_FOUND;
                }
                None => return self.redirect(load, location),
            }
        }
        let text = String::from_utf8_lossy(&write_state(&load.state)).into_owned();
        let mut state = PageState::new(text.as_str(), state_hash(text.as_bytes()));
        state.extra = description(&load);
        state.head = document.head_for(&load.state);
        let mut response = self.respond(document, state, asked.caller).await;
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        if asked.caller.tab.is_some() {
            // Another tab that is opened now is not this one.
            self.set_tab(&mut response, "", 0);
        }
        response
    }

    /// Sends the visitor to another address. What was to be shown waits there, if it is the app's.
    fn redirect(&self, load: PageLoad, location: HeaderValue) -> Response {
        let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(NEVER));
        if location.as_bytes().starts_with(b"/") {
            self.hub.hand_on(&load.token, load.commands);
            self.set_tab(&mut response, &load.token, TAB_COOKIE_S);
        }
        response.headers_mut().insert(header::LOCATION, location);
        response
    }

    /// Has the browser name that session with its next page.
    fn set_tab(&self, response: &mut Response, token: &str, seconds: u64) {
        let path = if self.base.is_empty() {
            "/"
        } else {
            &self.base
        };
        let cookie = format!("{TAB_COOKIE}={token}; Path={path}; Max-Age={seconds}; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

fn item(step: LoadStep) -> Item {
    match step {
        LoadStep::Event { handler, args } => Item::Event { handler, args },
        LoadStep::Command(command) => Item::Command(command),
    }
}

/// The status that the handlers asked for, or that their failure asks for. The commands are taken
/// out: a browser can do nothing with them.
fn status(load: &mut PageLoad) -> StatusCode {
    let is_status = |command: &mut Json| command["c"] == "status";
    let asked: Vec<Json> = load.commands.extract_if(.., is_status).collect();
    let code = asked.last().and_then(|command| command["code"].as_u64());
    let code = code.and_then(|code| u16::try_from(code).ok());
    let code = code.filter(|code| (200..600).contains(code));
    let given = code.and_then(|code| StatusCode::from_u16(code).ok());
    match given {
        Some(status) => status,
        None if load.errors.is_empty() => StatusCode::OK,
        None => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The first redirect that can be done over HTTP: its place among the commands, and its address.
fn redirect(commands: &[Json], base: &str) -> Option<(usize, HeaderValue)> {
    commands.iter().enumerate().find_map(|(place, command)| {
        let is_set = |name: &str| command[name].as_bool().unwrap_or(false);
        let is_plain = command["c"] == "redirect" && !is_set("external") && !is_set("popup");
        let to = command["to"].as_str().filter(|_| is_plain)?;
        let is_own = to.starts_with('/') && !to.starts_with("//");
        let is_foreign = SCHEMES.iter().any(|scheme| to.starts_with(scheme));
        let address = match (is_own, is_foreign) {
            (true, _) => format!("{base}{to}"),
            (false, true) => to.to_owned(),
            (false, false) => return None,
        };
        Some((place, HeaderValue::from_str(&escaped(&address)).ok()?))
    })
}

/// An address as headers can carry it: what is not ASCII, and what ends or hides things, as `%`
/// codes.
fn escaped(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && byte != b'\\' {
            text.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn is_not_found(location: &HeaderValue, base: &str) -> bool {
    let path = location.as_bytes().strip_prefix(base.as_bytes());
    path.is_some_and(|path| path == NOT_FOUND.as_bytes())
}

/// What the page is told of its session.
fn description(load: &PageLoad) -> Map<String, Json> {
    let errors = load.errors.iter();
    let errors: Vec<Json> = errors
        .filter_map(|error| serde_json::from_slice(error).ok())
        .collect();
    let mut told = Map::new();
    let mut tell = |name: &str, value: Json| drop(told.insert(name.to_owned(), value));
    tell("token", json!(&*load.token));
    tell("client", json!(load.client));
    tell("seq", json!(load.sequence));
    tell("event", json!(load.event));
    tell("loaded", json!(load.loaded));
    if load.continued {
        tell("continued", json!(true));
    }
    if !load.commands.is_empty() {
        tell("commands", json!(load.commands));
    }
    if !errors.is_empty() {
        tell("errors", json!(errors));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page load whose handlers left these commands.
    fn load(commands: Vec<Json>, errors: Vec<axum::body::Bytes>) -> PageLoad {
        PageLoad {
            token: "token".into(),
            client: "client".into(),
            sequence: 1,
            event: 0,
            state: Vec::new(),
            commands,
            errors,
            loaded: 1,
            finished: true,
            continued: false,
        }
    }

    #[test]
    fn redirects_are_done_over_http_where_that_is_safe() {
        let cases = [
            (
                json!({"c": "redirect", "to": "/login?next=/a"}),
                Some("/base/login?next=/a"),
            ),
            (
                json!({"c": "redirect", "to": "https://other.example/x"}),
                Some("https://other.example/x"),
            ),
            (
                json!({"c": "redirect", "to": "/käse und brot"}),
                Some("/base/k%C3%A4se%20und%20brot"),
            ),
            (
                json!({"c": "redirect", "to": "/x\r\nset-cookie: a=b"}),
                Some("/base/x%0D%0Aset-cookie:%20a=b"),
            ),
            (json!({"c": "redirect", "to": "//other.example"}), None),
            (json!({"c": "redirect", "to": "javascript:alert(1)"}), None),
            (json!({"c": "redirect", "to": "mailto:a@b.example"}), None),
            (json!({"c": "redirect", "to": "/x", "external": true}), None),
            (json!({"c": "redirect", "to": "/x", "popup": true}), None),
            (json!({"c": "redirect", "to": null}), None),
            (json!({"c": "toast", "to": "/x"}), None),
        ];
        for (command, expected) in cases {
            let found = redirect(&[json!({"c": "back"}), command.clone()], "/base");
            let found = found.map(|(place, to)| (place, to.to_str().unwrap().to_owned()));
            assert_eq!(found, expected.map(|to| (1, to.to_owned())), "{command}");
        }
        assert!(is_not_found(
            &HeaderValue::from_static("/base/404"),
            "/base"
        ));
        assert!(!is_not_found(
            &HeaderValue::from_static("/base/4040"),
            "/base"
        ));
    }

    #[test]
    fn a_status_is_what_was_asked_for_last_or_a_failure() {
        let code = |code: Json| json!({"c": "status", "code": code});
        let error = || vec![axum::body::Bytes::from_static(b"{}")];
        let cases = [
            (vec![], vec![], 200, 0),
            (vec![], error(), 500, 0),
            (vec![code(json!(404))], error(), 404, 0),
            (
                vec![code(json!(404)), json!({"c": "back"}), code(json!(410))],
                vec![],
                410,
                1,
            ),
            (vec![code(json!(99))], vec![], 200, 0),
            (vec![code(json!("x"))], vec![], 200, 0),
            (vec![code(json!(70_000))], vec![], 200, 0),
        ];
        for (commands, errors, expected, left) in cases {
            let mut load = load(commands, errors);
            assert_eq!(status(&mut load).as_u16(), expected);
            assert_eq!(load.commands.len(), left);
        }
    }

    #[test]
    fn nobody_sees_what_is_fetched_in_advance() {
        let is_seen = |purpose: Option<&'static str>, method: Method| {
            let mut headers = HeaderMap::new();
            headers.extend(purpose.map(|text| {
                let name = header::HeaderName::from_static("sec-purpose");
                (name, HeaderValue::from_static(text))
            }));
            let asked = Asked {
                method: &method,
                path: "",
                query: Some("a=1"),
                headers: &headers,
                caller: &Caller::nobody(),
            };
            assert_eq!(asked.route(), "/?a=1");
            asked.is_seen()
        };
        assert!(is_seen(None, Method::GET));
        assert!(!is_seen(Some("prefetch;prerender"), Method::GET));
        assert!(!is_seen(None, Method::HEAD));
    }
}
