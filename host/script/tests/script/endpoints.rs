//! An app's own endpoints without a server: requests go in as data, answers come out as data.

use std::{
    fs,
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use ferroflex_script::{App, BodyPart, Exchange, Request};
use ferroflex_session::Failure;
use serde_json::{Value as Json, json};

use crate::support::{Client, app_alone, app_with_budget, hub, load_at};

/// How long an answer may take. Long, since the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a part of a body is kept back that an endpoint does not wait for.
const LATE: Duration = Duration::from_millis(300);

/// What comes of a request.
#[derive(Debug)]
enum Event {
    Start(u16, Vec<(Vec<u8>, Vec<u8>)>),
    Part(Vec<u8>),
    Failed(Failure),
    Dropped,
}

/// A request with a body of parts, the first of which may come late.
struct Standin {
    parts: Mutex<Vec<Vec<u8>>>,
    delay: Duration,
    events: Sender<Event>,
}

impl Exchange for Standin {
    fn receive(&self, give: Box<dyn FnOnce(Option<BodyPart>) + Send>) {
        let mut parts = self.parts.lock().unwrap();
        let part = (!parts.is_empty()).then(|| (parts.remove(0), !parts.is_empty()));
        let delay = self.delay;
        thread::spawn(move || {
            thread::park_timeout(delay);
            give(part);
        });
    }

    fn start(&self, status: u16, headers: Vec<(Vec<u8>, Vec<u8>)>) -> bool {
        self.events.send(Event::Start(status, headers)).is_ok()
    }

    fn send(&self, bytes: Vec<u8>, _more: bool, taken: Box<dyn FnOnce(bool) + Send>) {
        taken(self.events.send(Event::Part(bytes)).is_ok());
    }

    fn fail(&self, failure: Failure) {
        drop(self.events.send(Event::Failed(failure)));
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        drop(self.events.send(Event::Dropped));
    }
}

/// What was answered.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    failure: Option<Failure>,
}

impl Answer {
    fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

fn begin(
    app: &Arc<App>,
    method: &str,
    target: &str,
    body: &[&str],
    delay: Duration,
) -> Receiver<Event> {
    let (events, received) = mpsc::channel();
    let mut parts: Vec<Vec<u8>> = body.iter().map(|part| part.as_bytes().to_vec()).collect();
    if parts.is_empty() {
        parts.push(Vec::new());
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = [("host", "x"), ("x-one", "1"), ("cookie", "b=0; c=%33")];
    let request = Request {
        method: method.into(),
        http_version: "1.1",
        scheme: "http",
        path: path.into(),
        base: String::new(),
        query: query.into(),
        headers: headers
            .map(|(name, value)| (name.into(), value.into()))
            .to_vec(),
        client: ([127, 0, 0, 1], 1).into(),
    };
    let standin = Standin {
        parts: parts.into(),
        delay,
        events,
    };
    app.answer(request, Arc::new(standin));
    received
}

fn end(events: &Receiver<Event>) -> Answer {
    let mut answer = Answer::default();
    loop {
        match events.recv_timeout(PATIENCE).expect("no answer") {
            Event::Start(status, headers) => {
                answer.status = status;
                let text = |bytes| String::from_utf8(bytes).unwrap();
                let headers = headers.into_iter();
                answer.headers = headers
                    .map(|(name, value)| (text(name), text(value)))
                    .collect();
            }
            Event::Part(bytes) => answer.body.push_str(&String::from_utf8(bytes).unwrap()),
            // One on a lost loop is never dropped.
            Event::Failed(failure) => {
                answer.failure = Some(failure);
                return answer;
            }
            Event::Dropped => return answer,
        }
    }
}

fn ask(app: &Arc<App>, method: &str, target: &str, body: &[&str]) -> Answer {
    end(&begin(app, method, target, body, Duration::ZERO))
}

fn get(app: &Arc<App>, target: &str) -> Answer {
    ask(app, "GET", target, &[])
}

/// Starts or stops what lives as long as the server.
fn life(what: impl FnOnce(Box<dyn FnOnce() + Send>)) {
    let (done, waiting) = mpsc::channel();
    what(Box::new(move || done.send(()).unwrap()));
    waiting
        .recv_timeout(PATIENCE)
        .expect("it did not get ready");
}

fn app() -> Arc<App> {
    crate::support::app("endpoints")
}

#[test]
fn routers_find_their_endpoints_and_what_these_want() {
    let app = app();
    let book = get(&app, "/v1/books/7/a/b?short=yes");
    assert_eq!(
        book.json(),
        json!({"number": 7, "rest": "a/b", "short": true})
    );
    assert!(
        book.headers.contains(&("x-around".into(), "1".into())),
        "{book:?}"
    );
    assert_eq!(get(&app, "/v1/books/seven/a").status, 404);
    let put = ask(&app, "PUT", "/v1/books/2.5", &["{\"a\"", ":1}"]);
    assert_eq!(put.status, 422, "two bodies are keyed by name: {put:?}");
    let put = ask(
        &app,
        "PUT",
        "/v1/books/2.5",
        &["{\"fields\":{\"a\":1},\"tags\":[{}]}"],
    );
    assert_eq!(put.json()["fields"], json!({"a": 1}), "{put:?}");
    let posted = ask(&app, "POST", "/v1/books/2.5", &[]);
    let allow = ("allow".to_owned(), "PUT".to_owned());
    assert!(
        posted.status == 405 && posted.headers.contains(&allow),
        "{posted:?}"
    );
    assert_eq!(get(&app, "/mounted/x").body, "/mounted /mounted/x");
    assert_eq!(ask(&app, "POST", "/whole?a=2", &[]).body, "123");
}

#[test]
fn sync_endpoints_do_not_hold_the_loop() {
    let app = app_alone("endpoints");
    life(|done| app.start(done));
    assert_eq!(get(&app, "/blocks").json(), json!(true));
}

#[test]
fn what_is_not_waited_for_any_more_is_not_lost() {
    let app = app();
    let late = end(&begin(&app, "POST", "/patient", &["all of it"], LATE));
    assert_eq!(late.body, "\"all of it\"", "{late:?}");
}

#[test]
fn endpoints_see_the_state_of_a_session() {
    let hub = hub(&app());
    let mut client = Client::on(&hub);
    client.ok("Shelf.put", json!(["second"]));
    let items = get(hub.script(), &format!("/items/{}", client.token()));
    assert_eq!(items.json(), json!(["first", "second"]));
    let nobody = get(hub.script(), "/items/nobody")
        .failure
        .expect("a failure");
    assert!(nobody.message.starts_with("LookupError"), "{nobody:?}");
}

#[test]
fn an_application_that_does_not_answer_is_told_of() {
    let failure = get(&app(), "/silent").failure.expect("a failure");
    assert!(
        failure.message.contains("did not answer GET /silent"),
        "{failure:?}"
    );
}

#[test]
fn requests_of_a_loop_that_computes_for_too_long_or_is_lost_are_told() {
    let _alone = crate::threads::alone();
    let app = app_with_budget("endpoints", Duration::from_secs(1));
    let failure = get(&app, "/spins").failure.expect("a failure");
    assert!(
        failure.message.contains("TimeBudgetExceeded"),
        "{failure:?}"
    );
    let waiting = begin(&app, "GET", "/waits", &[], Duration::ZERO);
    for events in [begin(&app, "GET", "/panics", &[], Duration::ZERO), waiting] {
        let failure = end(&events).failure.expect("a failure");
        assert!(
            failure.message.contains("event loop was lost"),
            "{failure:?}"
        );
    }
    assert_eq!(get(&app, "/mounted").status, 200);
}

#[test]
fn life_begins_and_ends_in_order() {
    let app = app_alone("endpoints");
    life(|done| app.start(done));
    assert_eq!(get(&app, "/seen").json(), json!(["entered", "startup"]));
    life(|done| app.stop(done));
    let seen = json!(["entered", "startup", "shutdown", "left"]);
    assert_eq!(get(&app, "/seen").json(), seen);
}

#[test]
fn middleware_stands_around_every_handler() {
    let hub = hub(&app_alone("endpoints"));
    let mut client = Client::on(&hub);
    client.ok("Shelf.put", json!(["a"]));
    client.ok("Shelf.put_later", json!(["b"]));
    client.ok("Shelf.followed", json!([]));
    assert_eq!(
        client.field("Shelf.items"),
        json!(["first", "a", "b", "end", "followed"])
    );
    assert_eq!(
        get(hub.script(), "/seen").json(),
        json!([
            "before put {'item': 'a'}",
            "after put",
            "before put_later {'item': 'b'}",
            "after put_later",
            "before followed {}",
            "after followed",
            "before put {'item': 'followed'}",
            "after put"
        ])
    );
    assert!(
        client
            .call("Shelf.fails", json!([]))
            .message()
            .contains("as asked")
    );
}

#[test]
fn middleware_can_answer_in_the_place_of_a_handler() {
    let hub = hub(&app());
    let mut client = Client::on(&hub);
    client.ok("Shelf.put", json!(["refused"]));
    assert_eq!(
        client.field("Shelf.items"),
        json!(["first", "in its place"])
    );
    client.ok("Shelf.put_later", json!(["waited"]));
    let failed = client.call("Shelf.put", json!(["waited"]));
    assert!(
        failed.message().contains("async handlers only"),
        "{failed:?}"
    );
}

#[test]
fn what_cannot_be_served_is_told_when_the_app_is_loaded() {
    let cases = [
        (
            "rx.App(api_transformer=lambda inner: 7)",
            "return an ASGI application",
        ),
        (
            "rx.App()\n@app.register_lifespan_task\ndef task():\n    yield",
            "asynccontextmanager",
        ),
        (
            "rx.App()\napp.api.add_api_route('x', print)",
            "begins with a slash",
        ),
        ("rx.App()\napp.api.add_api_route('/{x:y}', print)", "{x:y}"),
    ];
    for (number, (code, told)) in cases.into_iter().enumerate() {
        let name = format!("ferroflex-endpoints-{}-{number}.py", std::process::id());
        let path = std::env::temp_dir().join(name);
        let page = "app.add_page(lambda: rx.text('x'), route='/')";
        fs::write(
            &path,
            format!("import reflex as rx\napp = {code}\n{page}\n"),
        )
        .unwrap();
        let failure = load_at(&path).unwrap_err();
        fs::remove_file(&path).unwrap();
        assert!(
            failure.message.contains(told),
            "{code}: {}",
            failure.message
        );
    }
}
