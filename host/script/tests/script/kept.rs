//! Sessions that leave the interpreter and come back: from memory after a rest, from a store after
//! a crash, in another version of the app.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use ferroflex_script::App;
use ferroflex_session::{
    Hub, Script,
    limits::{PARK_AFTER_S, SESSION_IDLE_S_MAX},
    store::memory::Shared,
};
use serde_json::json;

use crate::{
    recording::Recording,
    support::{Client, app, app_alone, hub, load_at, stored_hub},
};

/// How long something that happens beside the client may take. Long: the machine may be busy.
const WAIT: Duration = Duration::from_secs(30);

/// Has every session of the hub that rests leave the interpreter.
fn park(hub: &Hub<App>) {
    hub.sweep_at(Instant::now() + Duration::from_secs(PARK_AFTER_S + 1));
}

/// What `code` gives in the session.
fn ask(client: &mut Client, code: &str) -> serde_json::Value {
    client.ok("Kept.ask", json!([code]));
    client.field("Kept.answer")
}

/// Whether the session has another instance than when it was marked.
fn is_another(client: &mut Client) -> bool {
    ask(
        client,
        "MARKED[self.router.session.client_token] is not self",
    ) == json!(true)
}

/// A session that is kept in a store, and the store.
fn stored(app: &Arc<App>) -> (Client, Arc<Recording>) {
    let store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let client = Client::on(&stored_hub(app, Arc::clone(&store) as _));
    (client, store)
}

/// The client after the server was killed and started again with `app`.
fn after_crash(mut client: Client, app: &Arc<App>, store: &Recording) -> (Client, Arc<Recording>) {
    let store = Arc::new(store.after_crash());
    client.resume_on(&stored_hub(app, Arc::clone(&store) as _));
    (client, store)
}

#[test]
fn values_of_every_type_come_back() {
    let hub = hub(&app_alone("kept"));
    let mut client = Client::on(&hub);
    client.ok("Kept.fill", json!([]));
    client.ok("Kept.mark", json!([]));
    let before = client.known();
    park(&hub);
    client.ok("Kept.compare", json!([]));
    let expected = json!([[], false, ["Money", 1.5, "EUR"]]);
    assert_eq!(client.field("Kept.answer"), expected);
    assert!(is_another(&mut client));
    assert_eq!(ask(&mut client, "self._mark"), json!([1]));
    client.ok("Kept.ask", json!(["None"]));
    assert_eq!(client.known(), before, "the client was told nothing else");
    assert_eq!(client.known(), client.told());
}

#[test]
fn who_comes_back_is_sent_only_what_changes() {
    let hub = hub(&app_alone("kept"));
    let mut client = Client::on(&hub);
    client.ok("Kept.do", json!(["self.rows = [{'a': [1]}, {'a': [2]}]"]));
    client.ok("Kept.add", json!([1]));
    client.ok("Kept.mark", json!([]));
    let runs = ask(&mut client, "len(RUNS)");
    park(&hub);
    let reply = client.ok("Kept.do", json!(["self.rows[1]['a'].append(3)"]));
    let place = client.place("Kept.rows");
    let (state, field) = place.split_once('.').unwrap();
    let ops = format!("\"ops\":[[{state},[\"s\",[{field},1,\"a\"],[2,3]]]]");
    let frames = reply.frames.concat();
    assert!(frames.contains(&ops), "{frames}");
    assert_eq!(reply.changes, 1, "{frames}");
    assert_eq!(ask(&mut client, "len(RUNS)"), runs, "no computed var ran");
    assert!(is_another(&mut client));
    client.ok("Kept.add", json!([1]));
    assert_eq!(client.field("Kept.doubled"), 4);
    assert_eq!(ask(&mut client, "self._backend"), 102);
    assert_eq!(client.known(), client.told());
}

#[test]
fn a_session_is_parked_again_and_again() {
    let hub = hub(&app("kept"));
    let mut client = Client::on(&hub);
    for number in 1..=3 {
        client.ok("Kept.add", json!([1]));
        client.ok("Kept.do", json!(["self.rows.append({'n': [self.count]})"]));
        client.ok("Kept.mark", json!([]));
        park(&hub);
        client.ok("Kept.do", json!(["self.rows[-1]['n'].append(0)"]));
        assert!(is_another(&mut client));
        assert_eq!(client.field("Kept.doubled"), 2 * number);
    }
    assert_eq!(
        client.field("Kept.rows"),
        json!([{"n": [1, 0]}, {"n": [2, 0]}, {"n": [3, 0]}])
    );
    assert_eq!(client.known(), client.told());
}

#[test]
fn only_what_changed_is_stored() {
    let (mut client, store) = stored(&app("kept"));
    client.ok("Kept.add", json!([1]));
    let first = store.take();
    for name in [
        "Kept.count",
        "Kept.rows",
        "Kept._hidden",
        "Kept.doubled",
        "Kept.runs",
    ] {
        assert!(first.contains(&name.to_owned()), "{name} in {first:?}");
    }
    client.ok("Kept.add", json!([0]));
    client.ok("Kept.add", json!([1]));
    assert_eq!(store.take(), ["Kept.count", "Kept.count", "Kept.doubled"]);
    client.ok("Kept.do", json!(["self.rows.append({'a': [1]})"]));
    assert_eq!(store.take(), ["Kept.rows", "Kept.runs"]);
    client.ok("Kept.do", json!(["self.rows[0]['a']"]));
    assert_eq!(store.take(), [""; 0], "reading changes nothing");
    client.ok("Kept.do", json!(["self._all = {'p': Point()}"]));
    assert_eq!(store.take(), ["Kept._all"]);
    client.ok("Kept.do", json!(["global p; p = self._all['p']"]));
    assert_eq!(store.take(), [""; 0]);
    client.ok("Kept.do", json!(["p._secret = 2"]));
    assert_eq!(store.take(), ["Kept._all"], "no hook saw it");
}

#[test]
fn what_an_event_changed_before_it_failed_survives_a_crash() {
    let app = app("kept");
    let (mut client, store) = stored(&app);
    client.ok("Kept.add", json!([4]));
    let reply = client.call("Kept.add_and_fail", json!([]));
    assert!(reply.message().contains("on purpose"));
    let (mut client, _) = after_crash(client, &app, &store);
    assert_eq!(client.field("Kept.count"), 5);
    client.ok("Kept.add", json!([1]));
    assert_eq!(client.field("Kept.doubled"), 12);
    assert_eq!(ask(&mut client, "self._backend"), 106);
}

#[test]
fn a_backend_var_that_was_computed_from_an_older_value_is_computed_again() {
    let app = app("kept");
    let (mut client, store) = stored(&app);
    assert_eq!(ask(&mut client, "self._backend"), 100);
    client.ok("Kept.add", json!([1]));
    let (mut client, _) = after_crash(client, &app, &store);
    assert_eq!(ask(&mut client, "self._backend"), 101);
}

#[test]
fn a_damaged_field_begins_anew_alone() {
    let app = app("kept");
    let (mut client, store) = stored(&app);
    client.ok("Kept.add", json!([4]));
    client.ok(
        "Kept.do",
        json!(["self.rows.append({'a': 1}); self.other_count = 3"]),
    );
    store.damage("Kept.other_count");
    let (mut client, store) = after_crash(client, &app, &store);
    client.ok("Kept.add", json!([1]));
    assert_eq!(client.field("Kept.other_count"), 0);
    assert_eq!(client.field("Kept.count"), 5);
    assert_eq!(client.field("Kept.rows"), json!([{"a": 1}]));
    assert!(
        store.take().contains(&"Kept.other_count".to_owned()),
        "it is mended in the store"
    );
}

#[test]
fn a_field_that_is_declared_in_another_way_begins_anew_alone() {
    const BEFORE: &str = "value: int = 1\n    kept: list[int] = []\n    point: Point = None\n    \
                          gone: int = 1";
    const AFTER: &str = "value: str = 'new'\n    kept: list[int] = []\n    point: Point = None\n    \
                         added: int = 9";
    let before = version("before", "x: int = 0", BEFORE);
    let (mut client, store) = stored(&before);
    let code = "self.value = 5; self.kept = [1]; self.point = Point(x=2); self.gone = 3";
    client.ok("Versions.do", json!([code]));
    let (mut same, store) = after_crash(client, &version("same", "x: int = 0", BEFORE), &store);
    same.ok("Versions.do", json!(["self.kept.append(2)"]));
    assert_eq!(same.field("Versions.value"), 5);
    assert_eq!(same.field("Versions.point"), json!({"x": 2}));
    let after = version("after", "x: int = 0\n    y: int = 0", AFTER);
    let (mut other, _) = after_crash(same, &after, &store);
    other.reload("", json!({}));
    assert_eq!(other.field("Versions.value"), "new");
    assert_eq!(other.field("Versions.added"), 9);
    assert_eq!(other.field("Versions.kept"), json!([1, 2]));
    assert_eq!(other.field("Versions.point"), json!(null));
    assert_eq!(other.field("Versions.sum"), 30, "the code is another");
}

/// A version of an app, with a dataclass and a state of these fields.
fn version(name: &str, point: &str, fields: &str) -> Arc<App> {
    let factor = if name == "after" { 10 } else { 1 };
    let source = format!(
        "from dataclasses import dataclass\nimport reflex as rx\n\n@dataclass\nclass Point:\n    \
         {point}\n\nclass Versions(rx.State):\n    {fields}\n\n    @rx.var\n    def sum(self) -> \
         int:\n        return sum(self.kept) * {factor}\n\n    def do(self, code: str):\n        \
         exec(code, globals(), {{'self': self}})\n\n@rx.page()\ndef index():\n    return \
         rx.text(Versions.value, Versions.sum)\n\napp = rx.App()\n"
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("kept-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("versions.py");
    std::fs::write(&path, source).unwrap();
    load_at(&path).unwrap()
}

#[test]
fn what_cannot_be_stored_keeps_the_session_here() {
    let hub = hub(&app("kept"));
    let mut client = Client::on(&hub);
    client.ok("Kept.do", json!(["self._hidden = [threading.Lock()]"]));
    client.ok("Kept.mark", json!([]));
    park(&hub);
    assert!(!is_another(&mut client));
    let local = "class Local: pass\nself._hidden = [Local()]";
    client.ok("Kept.do", json!([local]));
    park(&hub);
    assert!(!is_another(&mut client));
}

#[test]
fn what_cannot_be_stored_is_lost_with_the_server_and_nothing_else() {
    let app = app("kept");
    let (mut client, store) = stored(&app);
    client.ok("Kept.do", json!(["self.count = 2; self._hidden = [1]"]));
    client.ok("Kept.do", json!(["self._hidden = [threading.Lock()]"]));
    let (mut client, _) = after_crash(client, &app, &store);
    assert_eq!(
        ask(&mut client, "self._hidden"),
        json!([]),
        "not what it was before"
    );
    assert_eq!(client.field("Kept.count"), 2);
}

#[test]
fn who_comes_back_keeps_what_a_handler_made_of_a_cookie() {
    let hub = hub(&app("cookies"));
    let mut client = Client::of_browser(&hub, "theme=dark", None);
    client.ok("Cookies.set_theme", json!(["blue"]));
    park(&hub);
    client.reload("theme=dark", json!({}));
    assert_eq!(client.field("Cookies.theme"), "blue");
}

#[test]
fn a_session_that_is_linked_to_a_shared_state_stays() {
    let app = app_alone("shared_state");
    let hub = hub(&app);
    let mut client = Client::on(&hub);
    let token: Arc<str> = client.token().into();
    client.ok("Room.join", json!(["lobby"]));
    assert!(app.is_busy(&token));
    client.ok("Room.leave", json!([]));
    assert!(!app.is_busy(&token));
    client.ok("Room.join", json!(["lobby"]));
    client.ok("Room.join", json!(["attic"]));
    assert!(app.is_busy(&token));
    drop(client);
    hub.sweep_at(Instant::now() + Duration::from_secs(2 * SESSION_IDLE_S_MAX));
    assert!(!app.is_busy(&token), "the session is over");
}

#[test]
fn a_session_with_a_background_task_stays() {
    let app = app_alone("kept");
    let hub = hub(&app);
    let mut client = Client::on(&hub);
    let token: Arc<str> = client.token().into();
    client.ok("Kept.mark", json!([]));
    client.ok("Kept.slow", json!([]));
    while client.field("Kept.rows") == json!([]) {
        client.step();
    }
    assert!(app.is_busy(&token));
    park(&hub);
    assert!(!is_another(&mut client));
    client.ok("Kept.open_gate", json!([]));
    while client.field("Kept.count") != json!(1) {
        client.step();
    }
    let begun = Instant::now();
    while app.is_busy(&token) {
        assert!(begun.elapsed() < WAIT, "the task has ended");
        client.ok("Kept.add", json!([0]));
    }
    park(&hub);
    assert!(is_another(&mut client));
}

#[test]
fn a_background_task_goes_on_with_the_instance_that_its_session_has_now() {
    let app = app_alone("kept");
    let shared = Arc::new(Shared::default());
    let stores = [0, 1].map(|_| Arc::new(Recording::new(&shared)));
    let hubs = stores
        .each_ref()
        .map(|store| stored_hub(&app, Arc::clone(store) as _));
    let mut client = Client::on(&hubs[0]);
    client.ok("Kept.slow", json!([]));
    while client.field("Kept.rows") == json!([]) {
        client.step();
    }
    client.resume_on(&hubs[1]);
    client.ok("Kept.add", json!([10]));
    client.ok("Kept.open_gate", json!([]));
    let begun = Instant::now();
    while client.field("Kept.count") != json!(11) {
        assert!(begun.elapsed() < WAIT, "{}", client.known());
        client.resume_on(&hubs[0]);
        client.ok("Kept.add", json!([0]));
    }
    assert_eq!(client.field("Kept.rows"), json!([{"step": 1}, {"step": 2}]));
}
