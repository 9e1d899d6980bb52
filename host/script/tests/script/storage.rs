//! State that browsers keep: what pages tell the shell of it, and what sessions take over.

use ferroflex_script::{App, Area};
use serde_json::{Value as Json, json};

use crate::support::{Client, app, hub};

/// What the shell is told of a field.
fn options(app: &App, name: &str) -> (Area, Json) {
    let place = Client::of("stored").place(name);
    let find = |field: &&ferroflex_script::StoredField| {
        format!("{}.{}", field.substate, field.field) == place
    };
    let field = app.stored.iter().find(find);
    let field = field.unwrap_or_else(|| panic!("{name} is not stored"));
    (field.area, field.options.clone())
}

/// A session whose browser has told what it keeps.
fn hydrated(cookies: &str, storage: Json) -> Client {
    let mut client = Client::of_browser(&hub(&app("stored")), cookies, Some(storage));
    client.step();
    client
}

fn place(name: &str) -> String {
    Client::of("stored").place(&format!("Stored.{name}"))
}

#[test]
fn options_and_names_are_those_of_reflex() {
    let app = app("stored");
    let check = |name: &str, area: Area, expected: Json| {
        assert_eq!(options(&app, name), (area, expected), "{name}");
    };
    let root = "reflex___state____state.stored____stored";
    check(
        "Stored.theme",
        Area::Cookie,
        json!({"in": "cookie", "name": "theme", "path": "/", "max_age": 3600, "secure": true,
               "same_site": "strict", "default": "light"}),
    );
    check(
        "Stored.visitor",
        Area::Cookie,
        json!({"in": "cookie", "name": format!("{root}.visitor_rx_state_"), "path": "/shop",
               "domain": "shop.example", "same_site": "lax"}),
    );
    check(
        "Stored.token",
        Area::Local,
        json!({"in": "local", "name": "token", "sync": true}),
    );
    let name = format!("{root}.stored____my_http_part.nested_rx_state_");
    check(
        "MyHTTPPart.nested",
        Area::Local,
        json!({"in": "local", "name": name, "sync": false}),
    );
    check(
        "Stored.step",
        Area::Session,
        json!({"in": "session", "name": format!("{root}.step_rx_state_"), "default": "1"}),
    );
    check(
        "Stored.made",
        Area::Local,
        json!({"in": "local", "name": "made", "sync": false, "default": "made"}),
    );
    let names = ["draft", "unset", "bare", "count", "cart"];
    assert_eq!(app.stored.len(), 6 + names.len());
    for name in names {
        options(&app, &format!("Stored.{name}"));
    }
}

#[test]
fn cookies_are_there_when_a_session_begins() {
    let hub = hub(&app("cookies"));
    let client = Client::of_browser(&hub, "a=b; theme=dark%20blue", None);
    assert_eq!(client.field("Cookies.theme"), "dark blue");
    assert_eq!(client.field("State.is_hydrated"), true);
    assert!(!app("cookies").needs_browser);
    let unknown = Client::of_browser(&hub, "", None);
    assert_eq!(unknown.field("Cookies.theme"), "light");
}

#[test]
fn what_no_request_brings_is_taken_from_hello() {
    assert!(app("stored").needs_browser);
    let mut client = Client::of_browser(&hub(&app("stored")), "theme=dark", None);
    assert_eq!(client.field("Stored.theme"), "dark");
    assert_eq!(client.field("Stored.token"), "");
    assert_eq!(client.field("State.is_hydrated"), false);
    client.ok("Stored.look", json!([]));
    assert_eq!(client.field("Stored.shown"), "int 0 {} False");
    let values = json!({place("token"): "abc", place("count"): "7", place("cart"): "{\"egg\": 6}"});
    let mut client = hydrated("theme=dark", values);
    assert_eq!(client.field("State.is_hydrated"), true);
    assert_eq!(client.field("Stored.greeting"), "abc in dark");
    client.ok("Stored.look", json!([]));
    assert_eq!(client.field("Stored.shown"), "int 7 {'egg': 6} True");
    assert_eq!(client.known(), client.told());
}

#[test]
fn what_is_of_another_type_or_no_stored_field_is_passed_over() {
    let values = json!({place("count"): "many", place("cart"): "[1", "99.0": "x", "0.99": "x",
                        place("plain"): "changed", place("step"): "2"});
    let mut client = hydrated("count=also%20many", values);
    client.ok("Stored.look", json!([]));
    assert_eq!(client.field("Stored.shown"), "int 0 {} True");
    assert_eq!(client.field("Stored.plain"), "plain");
    assert_eq!(client.field("Stored.step"), "2");
}

#[test]
fn the_browsers_values_win_when_a_page_is_loaded() {
    let mut client = hydrated("theme=dark", json!({place("token"): "abc"}));
    client.ok("Stored.write", json!(["of the session"]));
    client.reload(
        "theme=blue",
        json!({place("token"): "of the browser", place("theme"): null, place("step"): null}),
    );
    assert_eq!(client.field("Stored.greeting"), "of the browser in blue");
    // What is not mentioned stays, what the browser has lost starts again.
    client.reload("", json!({place("theme"): null}));
    assert_eq!(client.field("Stored.greeting"), "of the browser in light");
}

#[test]
fn changes_of_other_tabs_arrive_later() {
    let mut client = hydrated("theme=dark", json!({}));
    client.post(json!({"t": "storage", "values": {place("token"): "other tab"}}));
    client.step();
    assert_eq!(client.field("Stored.greeting"), "other tab in dark");
    // A cookie that was removed since is gone, though the socket's request had it.
    client.post(json!({"t": "storage", "values": {place("token"): null, place("theme"): null}}));
    client.step();
    assert_eq!(client.field("Stored.greeting"), "nobody in light");
    assert_eq!(client.known(), client.told());
}

#[test]
fn reset_gives_the_starting_values() {
    let mut client = hydrated(
        "theme=dark",
        json!({place("token"): "abc", place("made"): "x"}),
    );
    client.ok("Stored.forget", json!([]));
    assert_eq!(client.field("Stored.greeting"), "nobody in light");
    assert_eq!(client.field("Stored.made"), "made");
}
