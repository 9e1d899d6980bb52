//! State that only the browser has: how pages read and set it, and how handlers do.

use serde_json::json;

use crate::support::{Client, app};

#[test]
fn pages_read_it_in_the_browsers_own_substate_and_set_it_without_the_server() {
    let app = app("client_states");
    let page = &app.pages[0].module.javascript;
    let own = app.names.states().len();
    for expected in [
        &*format!(r#"py.get($[{own}][1], "opened", false)"#),
        r#"command({ c: "set_client", name: "opened", value: "#,
        r#"name: "client_state-1", value: e.target.value"#,
        r#"name: "alone-2", value: "#,
        r#""followed", "#,
    ] {
        assert!(page.contains(expected), "{expected} is not in {page}");
    }
}

#[test]
fn handlers_ask_the_browser_for_it_and_tell_it() {
    let mut client = Client::of("client_states");
    let reply = client.ok("Clients.ask", json!([]));
    let hear = reply.commands[0]["callback"][0]["handler"].clone();
    assert!(hear.is_u64(), "{:?}", reply.commands);
    assert_eq!(
        reply.commands,
        [
            json!({"c": "get_client", "name": "opened", "default": false,
                   "callback": [{"handler": hear, "args": [{"$": ["result"]}]}]}),
            json!({"c": "set_client", "name": "opened", "value": [{"a": 1}]}),
        ]
    );
    let refused = client.call("Clients.ask_wrongly", json!([]));
    assert!(
        refused
            .message()
            .contains("must be global to retrieve the value")
    );
}
