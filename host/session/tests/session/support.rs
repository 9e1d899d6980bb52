//! A script in Rust, and a client that follows the wire protocol, for the tests of a session.
//!
//! Not here: sockets. The client is given frames by hand, so that a test decides what arrives.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ferroflex_session::identity::Identity;
use ferroflex_session::message::Hello;
use ferroflex_session::store::{Fields, Store};
use ferroflex_session::{
    Connection, Failure, Hub, Outcome, Refusal, Script, Settings, Task, Turn, Update, Visit,
};
use ferroflex_state::{Op, Step, Value};
use serde_json::{Value as Json, json};

pub(crate) const BUILD: &str = "9f86d081884c7d65";

/// Appends its argument to the log, the only field.
pub(crate) const APPEND: u32 = 0;
/// Appends, then flushes as often as the argument says, then appends again.
pub(crate) const STREAM: u32 = 1;
/// Panics.
pub(crate) const PANIC: u32 = 2;
/// Raises.
pub(crate) const RAISE: u32 = 3;
/// Drops the turn and its instance.
pub(crate) const LOSE: u32 = 4;
/// Refuses its argument.
pub(crate) const REFUSE: u32 = 5;
/// Appends after some milliseconds.
pub(crate) const SLOW: u32 = 6;
/// Appends the route of the visit.
pub(crate) const ROUTE: u32 = 7;
/// Keeps its turn until the test lets it go; a newer event of it supersedes older ones.
pub(crate) const HOLD: u32 = 8;
/// Asks the browser to show its argument, without a change.
pub(crate) const SHOW: u32 = 9;
const HANDLERS: u32 = 10;

/// The name of the field.
pub(crate) const FIELD: &str = "log.log";

/// Where turns are run.
pub(crate) enum Place {
    /// Inside `run`.
    Here,
    /// On a thread of the script's.
    Thread(mpsc::Sender<Turn<Log>>),
}

/// An app with one field: the log of what was appended.
pub(crate) struct Log {
    place: Place,
    pub(crate) opened: AtomicUsize,
    /// How often an instance was made again.
    pub(crate) restored: AtomicUsize,
    /// Whether no state is given.
    pub(crate) broken: AtomicBool,
    /// The turns that `HOLD` keeps.
    pub(crate) held: Mutex<Vec<Turn<Log>>>,
    /// The events that were to be given up.
    pub(crate) cancelled: Mutex<Vec<u64>>,
    /// The routes of the visits that were taken over.
    pub(crate) moves: Mutex<Vec<String>>,
    /// The tokens of the sessions that are over.
    pub(crate) ended: Mutex<Vec<String>>,
}

impl Log {
    pub(crate) fn here() -> Arc<Self> {
        Arc::new(Self {
            place: Place::Here,
            opened: AtomicUsize::new(0),
            restored: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
            held: Mutex::default(),
            cancelled: Mutex::default(),
            moves: Mutex::default(),
            ended: Mutex::default(),
        })
    }

    pub(crate) fn on_thread() -> Arc<Self> {
        let (sender, turns) = mpsc::channel::<Turn<Self>>();
        let script = Arc::new(Self {
            place: Place::Thread(sender),
            opened: AtomicUsize::new(0),
            restored: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
            held: Mutex::default(),
            cancelled: Mutex::default(),
            moves: Mutex::default(),
            ended: Mutex::default(),
        });
        let worker = Arc::downgrade(&script);
        thread::spawn(move || {
            while let Ok(turn) = turns.recv() {
                let Some(script) = worker.upgrade() else {
                    return;
                };
                // The worker outlives a handler that panics.
                let work = std::panic::AssertUnwindSafe(|| script.work(turn));
                let _ = std::panic::catch_unwind(work);
            }
        });
        script
    }

    fn work(&self, mut turn: Turn<Self>) {
        let (task, visit, instance) = turn.parts();
        if self.broken.load(Ordering::SeqCst) && !matches!(task, Task::Event { .. }) {
            return finish(
                turn,
                Outcome::Failed {
                    update: Update::default(),
                    failure: failure(),
                },
            );
        }
        if matches!(task, Task::Open) {
            self.opened.fetch_add(1, Ordering::SeqCst);
            *instance = Some(Vec::new());
        }
        if let Task::Restore { fields } = task {
            self.restored.fetch_add(1, Ordering::SeqCst);
            let (_, text) = fields.iter().find(|(name, _)| &**name == FIELD).unwrap();
            *instance = serde_json::from_slice(text).ok();
            let outcome = instance.as_ref().map(|_| Outcome::Done(Update::default()));
            return outcome.map_or_else(|| (), |outcome| finish(turn, outcome));
        }
        let log = instance.as_mut().expect("an instance outside of open");
        let (handler, args) = match task {
            Task::Open | Task::State => {
                let state = Outcome::State(state_of(log));
                return finish(turn, state);
            }
            Task::Visit => {
                self.moves.lock().unwrap().push(visit.route.clone());
                return finish(turn, Outcome::Done(Update::default()));
            }
            Task::Restore { .. } => return,
            Task::Park { .. } => {
                let fields = kept(log);
                turn.keep(fields);
                *turn.instance() = None;
                return turn.finish(Outcome::Done(Update::default()));
            }
            Task::Section { ticket } => {
                let text = format!("section {ticket}");
                let update = append(log, &text);
                return finish(turn, Outcome::Done(update));
            }
            Task::Storage { storage, in_hello } => {
                let told = |((substate, field), text): (&(u32, u32), &Option<String>)| {
                    format!(
                        "{substate}.{field}={}",
                        text.as_deref().unwrap_or("nothing")
                    )
                };
                let told: Vec<String> = storage.values().iter().map(told).collect();
                let place = if *in_hello { "hello" } else { "later" };
                let update = append(log, &format!("{place} {}", told.join(" ")));
                return finish(turn, Outcome::Done(update));
            }
            Task::Event { handler, .. } if *handler == HOLD => {
                self.held.lock().unwrap().push(turn);
                return;
            }
            Task::Event { handler, args, .. } => (*handler, args.clone()),
        };
        Self::handle(turn, handler, &args);
    }

    /// Runs an ordinary handler.
    fn handle(mut turn: Turn<Self>, handler: u32, args: &[Json]) {
        let (_, visit, instance) = turn.parts();
        let log = instance.as_mut().expect("an instance outside of open");
        match handler {
            APPEND => {}
            SLOW => {
                let (_hold, never) = mpsc::channel::<()>();
                let _ = never.recv_timeout(Duration::from_millis(args[0].as_u64().unwrap()));
            }
            STREAM => {
                for number in 0..args[0].as_u64().unwrap() {
                    let update = append(turn.instance().as_mut().unwrap(), &number.to_string());
                    turn.flush(update);
                }
            }
            PANIC => panic!("as asked"),
            RAISE => {
                let update = append(log, "raised");
                return finish(
                    turn,
                    Outcome::Failed {
                        update,
                        failure: failure(),
                    },
                );
            }
            LOSE => {
                *instance = None;
                return;
            }
            REFUSE => {
                return finish(
                    turn,
                    Outcome::Refused(Refusal::WrongArgument {
                        handler: "log.refuse".into(),
                        position: 1,
                        name: "n".into(),
                        expected: "int".into(),
                        given: "str".into(),
                    }),
                );
            }
            ROUTE => {
                let route = visit.route.clone();
                let update = append(log, &route);
                return finish(turn, Outcome::Done(update));
            }
            SHOW => {
                let commands = vec![json!({"c": "toast", "message": args[0]})];
                return finish(
                    turn,
                    Outcome::Done(Update {
                        patches: Vec::new(),
                        commands,
                    }),
                );
            }
            other => panic!("no handler {other}"),
        }
        let text = args[0]
            .as_str()
            .map_or_else(|| args[0].to_string(), str::to_owned);
        let update = append(turn.instance().as_mut().unwrap(), &text);
        finish(turn, Outcome::Done(update));
    }
}

impl Log {
    /// Ends the turn that `HOLD` keeps.
    pub(crate) fn release(&self) {
        let turn = self
            .held
            .lock()
            .unwrap()
            .pop()
            .expect("a turn that is held");
        Self::write(turn, "held");
    }

    /// Appends `text` in a turn and ends it.
    pub(crate) fn write(mut turn: Turn<Self>, text: &str) {
        let update = append(turn.instance().as_mut().unwrap(), text);
        finish(turn, Outcome::Done(update));
    }
}

impl Script for Log {
    type Instance = Vec<String>;

    fn supersedes(&self, handler: u32) -> bool {
        handler == HOLD
    }

    fn ended(self: &Arc<Self>, token: &Arc<str>) {
        self.ended.lock().unwrap().push(token.to_string());
    }

    fn cancel(self: &Arc<Self>, _token: &Arc<str>, event: u64) {
        self.cancelled.lock().unwrap().push(event);
    }

    fn run(self: &Arc<Self>, turn: Turn<Self>) {
        match &self.place {
            Place::Here => self.work(turn),
            Place::Thread(sender) => sender.send(turn).unwrap(),
        }
    }

    fn check(&self, handler: u32, argument_count: usize) -> Result<(), Refusal> {
        if handler >= HANDLERS {
            return Err(Refusal::UnknownHandler { handler });
        }
        if argument_count != 1 {
            return Err(Refusal::WrongArgumentCount {
                handler: "log.append".into(),
                expected: "1 argument".into(),
                given: argument_count,
            });
        }
        Ok(())
    }
}

/// Ends a turn, with what is to be stored.
fn finish(mut turn: Turn<Log>, outcome: Outcome) {
    if turn.is_stored()
        && let Some(log) = turn.instance()
    {
        let fields = kept(log);
        turn.keep(fields);
    }
    turn.finish(outcome);
}

fn kept(log: &[String]) -> Fields {
    let text = serde_json::to_vec(log).unwrap();
    vec![(FIELD.into(), Some(text.into()))]
}

fn state_of(log: &[String]) -> Vec<Value> {
    let items = log.iter().cloned().map(Value::Str).collect();
    vec![Value::List(vec![Value::List(items)])]
}

fn failure() -> Failure {
    Failure {
        message: "ValueError: no".into(),
        trace: "line 1".into(),
    }
}

fn append(log: &mut Vec<String>, text: &str) -> Update {
    log.push(text.to_owned());
    let operation = Op::Splice {
        path: [Step::Index(0)].into_iter().collect(),
        index: log.len() - 1,
        remove: 0,
        insert: vec![Value::Str(text.to_owned())],
    };
    Update {
        patches: vec![(0, vec![operation])],
        commands: Vec::new(),
    }
}

pub(crate) fn hub(script: Arc<Log>) -> Arc<Hub<Log>> {
    Hub::new(
        script,
        Settings {
            build: BUILD.into(),
            traces: true,
            ..Settings::default()
        },
    )
}

/// A hub with a store, whose tokens other hubs take as well.
pub(crate) fn stored_hub(script: Arc<Log>, store: Arc<dyn Store>) -> Arc<Hub<Log>> {
    let hub = Hub::new(
        script,
        Settings {
            build: BUILD.into(),
            traces: true,
            store: Some(store),
            identity: Identity::new(&[7; 32]),
            ..Settings::default()
        },
    );
    hub.start();
    hub
}

/// A page: what it has applied, and what it has sent.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) token: Option<String>,
    pub(crate) sequence: u64,
    pub(crate) sent: u64,
    pub(crate) log: Vec<String>,
    pub(crate) errors: Vec<Json>,
    pub(crate) full_states: usize,
    pub(crate) commands: Vec<Json>,
    pub(crate) reopened: usize,
    /// Where the page of another build stood whose place it has taken.
    pub(crate) previous: Option<u64>,
    pending: BTreeMap<u64, String>,
    answered: bool,
}

impl Page {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            token: None,
            sequence: 0,
            sent: 0,
            log: Vec::new(),
            errors: Vec::new(),
            full_states: 0,
            commands: Vec::new(),
            reopened: 0,
            previous: None,
            pending: BTreeMap::new(),
            answered: false,
        }
    }

    pub(crate) fn hello(&self) -> Hello {
        Hello {
            build: BUILD.into(),
            client: self.name.clone(),
            token: self.token.clone(),
            seq: self.sequence,
            event: self.sent,
            base: None,
            route: "/".into(),
            storage: None,
            previous: self.previous,
        }
    }

    /// The tab loads a page of another build, which goes on with what is pending.
    pub(crate) fn renew(&mut self, number: usize) {
        self.name = format!("page-renewed-{number}");
        if self.sequence > 0 {
            self.previous = Some(self.sequence);
        }
        self.sequence = 0;
    }

    /// Connects to a session that may be anywhere.
    pub(crate) async fn join(&mut self, hub: &Arc<Hub<Log>>) -> Connection<Log> {
        self.answered = false;
        hub.join(self.hello(), Visit::default()).await.unwrap()
    }

    pub(crate) fn connect(&mut self, hub: &Arc<Hub<Log>>) -> Connection<Log> {
        self.answered = false;
        hub.connect(self.hello(), Visit::default()).unwrap()
    }

    /// The text of a new event, which stays pending until it is acknowledged.
    pub(crate) fn event(&mut self, handler: u32, argument: impl Into<Json>) -> String {
        self.sent += 1;
        let argument: Json = argument.into();
        let event = json!({"t": "event", "id": self.sent, "handler": handler, "args": [argument]});
        self.pending.insert(self.sent, event.to_string());
        event.to_string()
    }

    pub(crate) fn pending(&self) -> Vec<String> {
        self.pending.values().cloned().collect()
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.answered && self.pending.is_empty()
    }

    pub(crate) fn acknowledgement(&self) -> String {
        json!({"t": "ack", "seq": self.sequence}).to_string()
    }

    /// Applies a frame. Returns whether it answered hello.
    pub(crate) fn apply(&mut self, frame: &[u8]) -> bool {
        let frame: Json = serde_json::from_slice(frame).unwrap();
        match frame["t"].as_str().unwrap() {
            "state" => return self.apply_state(&frame),
            "patch" => {
                self.follow(&frame);
                for operation in frame["ops"].as_array().into_iter().flatten() {
                    self.splice(&operation[1]);
                }
                let commands = frame["commands"].as_array();
                self.commands
                    .extend(commands.into_iter().flatten().cloned());
                for id in frame["ack"].as_array().into_iter().flatten() {
                    self.pending.remove(&id.as_u64().unwrap());
                }
            }
            "error" => {
                self.follow(&frame);
                if let Some(id) = frame["event"].as_u64() {
                    self.pending.remove(&id);
                }
                self.errors.push(frame);
            }
            "pong" => {}
            other => panic!("unexpected {other}"),
        }
        false
    }

    /// Numbers what is pending for another session, which knows nothing of it.
    fn renumber(&mut self, last: u64) {
        let pending = std::mem::take(&mut self.pending).into_values();
        let numbered = (last + 1..).zip(pending).map(|(id, text)| {
            let mut event: Json = serde_json::from_str(&text).unwrap();
            event["id"] = id.into();
            (id, event.to_string())
        });
        self.pending = numbered.collect();
        self.sent = last + self.pending.len() as u64;
    }

    fn apply_state(&mut self, frame: &Json) -> bool {
        let token = frame["token"].as_str().map(str::to_owned);
        if self.token.is_some() && self.token != token {
            self.renumber(frame["event"].as_u64().unwrap());
        }
        self.token = token;
        self.previous = None;
        self.sequence = frame["seq"].as_u64().unwrap();
        if let Some(state) = frame.get("state") {
            self.full_states += 1;
            self.log = serde_json::from_value(state[0][0].clone()).unwrap();
        }
        self.reopened += usize::from(frame["reopened"] == true);
        if let Some(handled) = frame["handled"].as_u64() {
            self.pending.retain(|id, _| *id > handled);
        }
        !std::mem::replace(&mut self.answered, true)
    }

    fn follow(&mut self, frame: &Json) {
        assert_eq!(frame["seq"].as_u64(), Some(self.sequence + 1), "{frame}");
        self.sequence += 1;
    }

    fn splice(&mut self, operation: &Json) {
        assert_eq!(operation[0], "p");
        assert_eq!(operation[2].as_u64().unwrap(), self.log.len() as u64);
        self.log.push(operation[4][0].as_str().unwrap().to_owned());
    }

    /// Sends and applies until nothing is pending.
    pub(crate) async fn settle(&mut self, connection: &mut Connection<Log>) {
        while !self.is_settled() {
            self.take(connection).await;
        }
    }

    /// Waits for one frame and applies it.
    pub(crate) async fn take(&mut self, connection: &mut Connection<Log>) -> bool {
        let frame = next(connection).await;
        self.apply(&frame)
    }
}

/// The next frame; a test that gets none fails.
pub(crate) async fn next(connection: &mut Connection<Log>) -> Vec<u8> {
    let frame = tokio::time::timeout(Duration::from_secs(10), connection.outbox.next_frame());
    frame
        .await
        .expect("a frame within ten seconds")
        .unwrap()
        .to_vec()
}

pub(crate) async fn next_json(connection: &mut Connection<Log>) -> Json {
    serde_json::from_slice(&next(connection).await).unwrap()
}
