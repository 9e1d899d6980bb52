//! A counter in Rust, a shell without React, and the clients that ask for them.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ferroflex_server::{
    AppFile, Audience, Environment, FailedApp, Frame, HeadElement, Mount, Options, PageHead,
    Served, ServedPage, ServerError, Shell, ShellFile, SiteOptions, SitemapEntry, serve,
};
use ferroflex_session::{
    Failure, Hub, Outcome, Refusal, Script, Settings, Task, Turn, Update, state_hash, write_state,
};
use ferroflex_state::{Op, Step, Value};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The name of the browser that asks, unless another one is said to.
pub(crate) const BROWSER: &str = "the-browser-of-tests-1";

pub(crate) const BUILD: &str = "9f86d081884c7d65";

/// An app with one number and one handler, which adds its argument.
pub(crate) struct Counter;

impl Script for Counter {
    type Instance = i64;

    fn run(self: &Arc<Self>, mut turn: Turn<Self>) {
        let (task, _, count) = turn.parts();
        let count = count.get_or_insert(0);
        let outcome = match task {
            Task::Open | Task::State => Outcome::State(state(*count)),
            Task::Section { .. }
            | Task::Visit
            | Task::Storage { .. }
            | Task::Restore { .. }
            | Task::Park { .. } => Outcome::Done(Update::default()),
            Task::Event { args, .. } if !args[0].is_number() => Outcome::Failed {
                update: Update::default(),
                failure: Failure {
                    message: "TypeError: no number".into(),
                    trace: "line 1".into(),
                },
            },
            Task::Event { args, .. } => {
                *count += args[0].as_i64().unwrap();
                let path = [Step::Index(0)].into_iter().collect();
                let set = Op::Set {
                    path,
                    value: Value::Int(*count),
                };
                Outcome::Done(Update {
                    patches: vec![(0, vec![set])],
                    commands: Vec::new(),
                })
            }
        };
        turn.finish(outcome);
    }

    fn check(&self, handler: u32, argument_count: usize) -> Result<(), Refusal> {
        match (handler, argument_count) {
            (0, 1) => Ok(()),
            (0, given) => Err(Refusal::WrongArgumentCount {
                handler: "counter.add".into(),
                expected: "1 argument".into(),
                given,
            }),
            (handler, _) => Err(Refusal::UnknownHandler { handler }),
        }
    }
}

fn state(count: i64) -> Vec<Value> {
    vec![Value::List(vec![
        Value::Int(count),
        Value::Str("</script>".into()),
    ])]
}

struct PlainShell;

impl Shell for PlainShell {
    fn file(&self, path: &str) -> Option<ShellFile> {
        (path == "boot-1.js").then(|| ShellFile {
            bytes: Cow::Borrowed(b"start()"),
            content_type: "text/javascript",
            brotli: Some(Cow::Borrowed(b"packed")),
            etag: "\"one\"".into(),
        })
    }

    fn paths(&self) -> Vec<String> {
        vec!["boot-1.js".to_owned()]
    }

    fn import_map(&self) -> &'static str {
        r#"{"imports":{"@ferroflex/boot":"/_shell/boot-1.js"}}"#
    }

    fn early_script(&self) -> &'static str {
        "/_shell/early-1.js"
    }

    fn preloads(&self, specifiers: &[&str]) -> Vec<String> {
        specifiers
            .iter()
            .map(|name| format!("/_shell/{name}-1.js"))
            .collect()
    }

    fn stylesheet(&self, reset: bool) -> &'static str {
        if reset {
            "/_shell/reset-1.css"
        } else {
            "/_shell/base-1.css"
        }
    }
}

/// What an author may put around pages.
fn frame() -> Frame {
    let element = |tag: &str, attributes: &[(&str, &str)], text: &str| HeadElement {
        tag: tag.into(),
        attributes: attributes
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        text: text.into(),
    };
    Frame {
        reset: true,
        radix: Some(AppFile {
            path: "radix-1.css".into(),
            text: ".rt-Box{}".into(),
        }),
        tailwind: Some(AppFile {
            path: "tailwind-1.css".into(),
            text: ".p-4{}".into(),
        }),
        stylesheets: vec!["https://fonts.example/inter.css".into()],
        imported_stylesheets: vec!["https://other.example/a.css".into()],
        head: vec![
            element("link", &[("rel", "preload"), ("href", "/x?a&b")], ""),
            element("script", &[], "if (1 < 2) go('</script>')"),
        ],
        root_attributes: vec![
            ("lang".into(), "de".into()),
            ("data-x".into(), "\"1\"".into()),
        ],
    }
}

pub(crate) fn counter(name: &str, base: &str) -> Served<Counter> {
    let text = String::from_utf8(write_state(&state(0))).unwrap();
    let settings = Settings {
        build: BUILD.into(),
        traces: true,
        ..Settings::default()
    };
    let page = |route: &str, title: &str| ServedPage {
        route: route.into(),
        head: PageHead {
            title: title.into(),
            description: Some("Counts <up>".into()),
            meta: vec![HeadElement {
                tag: "meta".into(),
                attributes: vec![
                    ("name".into(), "theme-color".into()),
                    ("content".into(), "#fff".into()),
                ],
                text: String::new(),
            }],
        },
        head_for: None,
        module: AppFile {
            path: "index-1.js".into(),
            text: "export default 1;".into(),
        },
        stylesheet: Some(AppFile {
            path: "index-1.css".into(),
            text: ".f1{}".into(),
        }),
        specifiers: vec!["radix".into()],
        needs_radix: true,
        load: Vec::new(),
    };
    Served::Live(Box::new(Mount {
        name: name.into(),
        base: base.into(),
        title: format!("The {name}"),
        hub: Hub::new(Arc::new(Counter), settings),
        pages: vec![page("/", "Counter"), page("/items/[id]", "Item")],
        names: ferroflex_page::Names::default(),
        shows_visitor: false,
        names_json: r#"{"build":"1"}"#.into(),
        state_hash: state_hash(text.as_bytes()),
        initial_state_json: text,
        cookie_fields: Vec::new(),
        stored_json: Some(r#"[[0,1,{"in":"local","name":"</script>"}]]"#.into()),
        needs_browser: false,
        color_mode: "system".into(),
        frame: frame(),
        modules: Vec::new(),
        site: site(),
        assets_dir: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/assets").into()),
        renderer: None,
        shared_assets: vec![(
            "/external/kit/note.txt".into(),
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/assets/note.txt").into(),
        )],
        health: Some(Arc::new(|| serde_json::json!({"workers": 2}))),
        api: None,
    }))
}

/// What the app tells robots.
fn site() -> SiteOptions {
    let entry = |location: &str| SitemapEntry {
        location: location.into(),
        ..SitemapEntry::default()
    };
    SiteOptions {
        sitemap: Some(vec![entry("/"), entry("https://shop.example/x")]),
        tells_routes: true,
        ..SiteOptions::default()
    }
}

pub(crate) fn failed(name: &str, base: &str) -> Served<Counter> {
    Served::Failed(FailedApp {
        name: name.into(),
        base: base.into(),
        kind: "syntax error".into(),
        message: "'(' was never closed".into(),
        file: Some("apps/broken.py".into()),
        line: Some(2),
        source: vec![(1, "import reflex as rx".into()), (2, "print(".into())],
        trace: Some("Traceback (most recent call last):\n  <module>".into()),
    })
}

/// A server that is stopped and waited for by [`Running::stop`].
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), ServerError>>,
}

impl Running {
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
    }
}

pub(crate) fn options(environment: Environment) -> Options {
    let allowed_origins = vec!["https://friend.example".into()];
    Options {
        environment,
        allowed_origins,
        trusted_hops: 0,
        metrics_for: Audience::Local,
        notice: Duration::ZERO,
        shell: Arc::new(PlainShell),
    }
}

pub(crate) async fn start(apps: Vec<Served<Counter>>, environment: Environment) -> Running {
    start_with(apps, options(environment)).await
}

pub(crate) async fn start_with(apps: Vec<Served<Counter>>, options: Options) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async {
        let _ = stopped.await;
    };
    let serving = tokio::spawn(serve(listener, apps, options, shutdown));
    Running {
        address,
        stop,
        serving,
    }
}

/// An answer over HTTP.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// Asks for a path as it is written, which a polite client would not do with `..` in it.
pub(crate) async fn get(address: SocketAddr, path: &str, headers: &str) -> Answer {
    ask(address, "GET", path, headers, "").await
}

/// Sends a request as the browser of the tests, and reads until the server closes.
pub(crate) async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Answer {
    let headers = format!("cookie: ferroflex_browser={BROWSER}\r\n{headers}");
    ask_as_stranger(address, method, path, &headers, body).await
}

/// Sends a request without the browser's name.
pub(crate) async fn ask_as_stranger(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    let length = if body.is_empty() {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let request = format!("{head}{length}{headers}\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head[9..12].parse().unwrap();
    Answer {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    }
}
