//! A page without a browser: loads an app of `apps/`, opens a session, calls handlers and applies
//! what comes back, as the shell does.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use ferroflex_page::Icons;
use ferroflex_script::{App, AppSource, LoadFailure, LoadOptions, Loaded, discover, load};
use ferroflex_session::{
    Connection, Hello, Hub, Settings, Visit, identity::Identity, store::Store,
};
use ferroflex_state::{Value, apply, wire};
use serde_json::{Value as Json, json};

/// How long a frame may take. Long, since the machine may be busy; a test that hangs fails.
const FRAME_WAIT: Duration = Duration::from_mins(1);

/// How many threads run an app's Python.
const WORKERS: usize = 2;

/// For how long a handler may compute, where a test does not say. Generous: the machine is busy.
const TIME_BUDGET: Duration = Duration::from_mins(1);

/// The app of that name in `apps/`, loaded once for the whole run.
pub(crate) fn app(name: &str) -> Arc<App> {
    static APPS: OnceLock<Mutex<HashMap<String, Arc<App>>>> = OnceLock::new();
    let apps = APPS.get_or_init(Mutex::default).lock();
    let mut apps = apps.unwrap_or_else(PoisonError::into_inner);
    if let Some(app) = apps.get(name) {
        return Arc::clone(app);
    }
    let app = app_alone(name);
    apps.insert(name.to_owned(), Arc::clone(&app));
    app
}

/// The file of the app of that name in `apps/`.
pub(crate) fn app_path(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/script/apps");
    folder.join(format!("{name}.py"))
}

/// The app of that name, loaded for one test alone.
pub(crate) fn app_alone(name: &str) -> Arc<App> {
    app_with_budget(name, TIME_BUDGET)
}

/// The app of that name, loaded for one test alone, whose handlers may compute for so long.
pub(crate) fn app_with_budget(name: &str, time_budget: Duration) -> Arc<App> {
    match load_within(&app_path(name), time_budget) {
        Ok(app) => app,
        Err(failure) => panic!(
            "{name} does not load: {}\n{}",
            failure.message, failure.trace
        ),
    }
}

/// Loads the only app at `path`.
pub(crate) fn load_at(path: &Path) -> Result<Arc<App>, Box<LoadFailure>> {
    load_within(path, TIME_BUDGET)
}

fn load_within(path: &Path, time_budget: Duration) -> Result<Arc<App>, Box<LoadFailure>> {
    let options = LoadOptions {
        time_budget,
        ..load_options()
    };
    load_with(path, &options)
}

/// How apps are loaded, where a test does not say.
pub(crate) fn load_options() -> LoadOptions {
    LoadOptions {
        base: String::new(),
        workers: WORKERS,
        time_budget: TIME_BUDGET,
        icons: Arc::new(Icons::from_json("{}").unwrap()),
        shell_modules: Arc::default(),
        packages: Vec::new(),
        cache: None,
    }
}

/// Loads the only app at `path`, as the options say.
pub(crate) fn load_with(path: &Path, options: &LoadOptions) -> Result<Arc<App>, Box<LoadFailure>> {
    let sources: Vec<AppSource> = discover(path).unwrap();
    match load(&sources[0], options).unwrap() {
        Loaded::Live(app) => Ok(app),
        Loaded::Failed(failure) => Err(Box::new(failure)),
    }
}

/// The sessions of an app.
pub(crate) fn hub(app: &Arc<App>) -> Arc<Hub<App>> {
    let settings = Settings {
        build: app.build.clone(),
        traces: true,
        ..Settings::default()
    };
    Hub::new(Arc::clone(app), settings)
}

/// The sessions of an app, kept in a store. Its tokens are those of all such.
pub(crate) fn stored_hub(app: &Arc<App>, store: Arc<dyn Store>) -> Arc<Hub<App>> {
    let settings = Settings {
        build: app.build.clone(),
        traces: true,
        store: Some(store),
        identity: Identity::new(&[7; 32]),
        ..Settings::default()
    };
    let hub = Hub::new(Arc::clone(app), settings);
    block_on(async { hub.start() });
    hub
}

/// What came of one event.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// The frames, as text.
    pub(crate) frames: Vec<String>,
    /// How many of them changed the state.
    pub(crate) changes: usize,
    /// The commands, in order.
    pub(crate) commands: Vec<Json>,
    /// The error frame, if the event ended with one.
    pub(crate) error: Option<Json>,
}

impl Reply {
    /// The error's message; fails when there was none.
    pub(crate) fn message(&self) -> &str {
        self.error.as_ref().expect("an error frame")["message"]
            .as_str()
            .unwrap()
    }
}

/// One tab: a session and what its page knows of the state.
pub(crate) struct Client {
    hub: Arc<Hub<App>>,
    connection: Connection<App>,
    state: Vec<Value>,
    token: String,
    event: u64,
    /// The number of the last frame.
    sequence: u64,
}

impl Client {
    /// A session of its own in a hub of its own.
    pub(crate) fn of(name: &str) -> Self {
        Self::on(&hub(&app(name)))
    }

    /// A new session.
    pub(crate) fn on(hub: &Arc<Hub<App>>) -> Self {
        Self::of_browser(hub, "", None)
    }

    /// A new session of a browser that has cookies, and says what it keeps besides.
    pub(crate) fn of_browser(hub: &Arc<Hub<App>>, cookies: &str, storage: Option<Json>) -> Self {
        let hello = Hello {
            storage: storage.map(|values| serde_json::from_value(values).unwrap()),
            ..hello(hub, None, 0)
        };
        let mut connection = hub.connect(hello, visit_with(cookies)).unwrap();
        let frame = next_frame(&mut connection);
        let token = frame["token"].as_str().unwrap().to_owned();
        let state = read_state(&frame["state"]);
        Self {
            hub: Arc::clone(hub),
            connection,
            state,
            token,
            event: 0,
            sequence: frame["seq"].as_u64().unwrap_or_default(),
        }
    }

    /// Loses the socket and goes on where it was, on the same hub or another one of the app.
    pub(crate) fn resume_on(&mut self, hub: &Arc<Hub<App>>) {
        let hello = Hello {
            seq: self.sequence,
            ..hello(hub, Some(self.token.clone()), self.event)
        };
        self.hub = Arc::clone(hub);
        self.connection = block_on(hub.join(hello, visit())).unwrap();
        let frame = next_frame(&mut self.connection);
        assert_eq!(frame["token"], self.token, "the session was lost");
        if frame["seq"].is_u64() {
            self.sequence = frame["seq"].as_u64().unwrap();
        }
        self.apply(&frame);
    }

    /// Calls a handler, named `Class.handler`, and applies the frames up to its acknowledgement.
    pub(crate) fn call(&mut self, handler: &str, args: Json) -> Reply {
        let event = self.send(handler, args);
        self.finish(event)
    }

    /// Calls a handler that must not fail.
    pub(crate) fn ok(&mut self, handler: &str, args: Json) -> Reply {
        let reply = self.call(handler, args);
        assert_eq!(reply.error, None, "{handler}");
        reply
    }

    /// Sends an event and does not wait for it.
    #[expect(clippy::needless_pass_by_value, reason = "given as `json!([…])`")]
    pub(crate) fn send(&mut self, handler: &str, args: Json) -> u64 {
        self.send_from(handler, &args, &Json::Null)
    }

    /// Sends an event of a page that shows `route` by now.
    pub(crate) fn send_from(&mut self, handler: &str, args: &Json, route: &Json) -> u64 {
        self.event += 1;
        let number = self.handler(handler);
        let mut event = json!({"t": "event", "id": self.event, "handler": number, "args": args});
        if !route.is_null() {
            event["route"] = route.clone();
        }
        block_on(self.connection.inbox.receive(&event.to_string())).unwrap();
        self.event
    }

    /// Applies frames up to the acknowledgement of `event`.
    pub(crate) fn finish(&mut self, event: u64) -> Reply {
        let mut reply = Reply::default();
        loop {
            let (text, frame) = self.step();
            reply.frames.push(text);
            reply.changes += usize::from(frame.get("ops").is_some());
            reply
                .commands
                .extend(frame["commands"].as_array().into_iter().flatten().cloned());
            if frame["t"] == "error" {
                reply.error = Some(frame.clone());
            }
            let handled = frame["ack"]
                .as_array()
                .is_some_and(|ids| ids.contains(&json!(event)));
            if handled || (frame["t"] == "error" && frame["event"] == event) {
                return reply;
            }
        }
    }

    /// Applies the next frame, whatever it belongs to; gives its text and what that says.
    pub(crate) fn step(&mut self) -> (String, Json) {
        let text = next_text(&mut self.connection);
        let frame: Json = serde_json::from_str(&text).unwrap();
        self.acknowledge(&frame["seq"]);
        self.apply(&frame);
        (text, frame)
    }

    /// The session's token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// What the page knows of a field, named `Class.field`.
    pub(crate) fn field(&self, name: &str) -> Json {
        let (state, field) = place(&self.hub, name);
        match &self.state[state] {
            Value::List(values) => to_json(&values[field]),
            other => panic!("{other:?}"),
        }
    }

    /// All that the page knows, as the protocol writes a full state, but for its socket's name.
    pub(crate) fn known(&self) -> String {
        written(&self.state)
    }

    /// The full state as the server tells it to a page that has lost everything. The page goes on
    /// with what it knew.
    pub(crate) fn told(&mut self) -> String {
        self.told_at("/")
    }

    /// The same, at that address.
    pub(crate) fn told_at(&mut self, route: &str) -> String {
        let hello = Hello {
            route: route.to_owned(),
            ..hello(&self.hub, Some(self.token.clone()), self.event)
        };
        self.connection = self.hub.connect(hello, visit()).unwrap();
        let frame = next_frame(&mut self.connection);
        assert_eq!(frame["token"], self.token, "the session was lost");
        written(&read_state(&frame["state"]))
    }

    /// Loads the page again; the browser has these cookies and says what it keeps besides.
    pub(crate) fn reload(&mut self, cookies: &str, storage: Json) {
        let hello = Hello {
            storage: Some(serde_json::from_value(storage).unwrap()),
            ..hello(&self.hub, Some(self.token.clone()), 0)
        };
        self.connection = self.hub.connect(hello, visit_with(cookies)).unwrap();
        let frame = next_frame(&mut self.connection);
        assert_eq!(frame["token"], self.token, "the session was lost");
        self.state = read_state(&frame["state"]);
    }

    /// Sends a frame as it is.
    #[expect(clippy::needless_pass_by_value, reason = "given as `json!({…})`")]
    pub(crate) fn post(&mut self, frame: Json) {
        block_on(self.connection.inbox.receive(&frame.to_string())).unwrap();
    }

    /// The numbers of a field, named `Class.field`, as clients write them.
    pub(crate) fn place(&self, name: &str) -> String {
        let (state, field) = place(&self.hub, name);
        format!("{state}.{field}")
    }

    fn handler(&self, name: &str) -> usize {
        let handlers = self.hub.script().names.handlers();
        let found = handlers.iter().position(|full| is_named(full, name));
        found.unwrap_or_else(|| panic!("no handler {name}"))
    }

    fn acknowledge(&mut self, sequence: &Json) {
        if let Some(number) = sequence.as_u64() {
            self.sequence = number;
            let ack = json!({"t": "ack", "seq": sequence}).to_string();
            block_on(self.connection.inbox.receive(&ack)).unwrap();
        }
    }

    fn apply(&mut self, frame: &Json) {
        if frame.get("state").is_some() {
            self.state = read_state(&frame["state"]);
        }
        for patch in frame["ops"].as_array().into_iter().flatten() {
            let state = usize::try_from(patch[0].as_u64().unwrap()).unwrap();
            for operation in &patch.as_array().unwrap()[1..] {
                let read = wire::read_op(operation.clone()).unwrap();
                if let Err(error) = apply(&mut self.state[state], &read) {
                    panic!("{operation} cannot be applied: {error}");
                }
            }
        }
    }
}

/// Runs a future to its end on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    }
    RUNTIME.with(|runtime| {
        let within = async { tokio::time::timeout(FRAME_WAIT, future).await };
        runtime.block_on(within).expect("the host does not answer")
    })
}

fn next_text(connection: &mut Connection<App>) -> String {
    let bytes = block_on(connection.outbox.next_frame()).unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn next_frame(connection: &mut Connection<App>) -> Json {
    serde_json::from_str(&next_text(connection)).unwrap()
}

fn hello(hub: &Hub<App>, token: Option<String>, event: u64) -> Hello {
    let (build, client, route) = (hub.build().to_owned(), "test-page".into(), "/".into());
    Hello {
        build,
        client,
        token,
        seq: 0,
        event,
        base: None,
        route,
        storage: None,
        previous: None,
    }
}

/// The numbers of a field, named `Class.field`.
fn place(hub: &Hub<App>, name: &str) -> (usize, usize) {
    let (class, field) = name.split_once('.').unwrap();
    let states = hub.script().names.states();
    let state = states.iter().position(|(full, _)| is_named(full, class));
    let state = state.unwrap_or_else(|| panic!("no state {class}"));
    let fields = &states[state].1;
    let field = fields.iter().position(|known| &**known == field);
    (state, field.unwrap_or_else(|| panic!("no field {name}")))
}

fn visit_with(cookies: &str) -> Visit {
    let mut visit = visit();
    if !cookies.is_empty() {
        visit.headers.push(("cookie".into(), cookies.into()));
    }
    visit
}

fn visit() -> Visit {
    Visit {
        client_ip: "10.0.0.1".into(),
        origin: "http://localhost:3000".into(),
        headers: vec![("user-agent".into(), "test".into())],
        ..Visit::default()
    }
}

fn read_state(state: &Json) -> Vec<Value> {
    let substates = state
        .as_array()
        .unwrap_or_else(|| panic!("no full state: {state}"));
    substates
        .iter()
        .map(|substate| wire::read_value(substate.clone()))
        .collect()
}

fn to_json(value: &Value) -> Json {
    let mut text = Vec::new();
    wire::write_value(value, &mut text);
    serde_json::from_slice(&text).unwrap()
}

fn is_named(full_name: &str, name: &str) -> bool {
    full_name
        .strip_suffix(name)
        .is_some_and(|module| module.ends_with('.'))
}

/// A full state as the protocol writes it. The name of the socket is another on each.
fn written(state: &[Value]) -> String {
    const NAME: &str = "\"session_id\":\"";
    let text = String::from_utf8(ferroflex_session::write_state(state)).unwrap();
    let mut parts = text.split(NAME);
    let start = parts.next().unwrap_or_default().to_owned();
    parts.fold(start, |before, part| {
        let (_, after) = part.split_once('"').unwrap();
        before + NAME + "\"" + after
    })
}
