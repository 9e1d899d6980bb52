//! An app's own endpoints, by a stand-in: what reaches them, what becomes of their answers.
#![expect(
    clippy::needless_pass_by_value,
    reason = "each endpoint owns its exchange"
)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ferroflex_server::Environment::{Development, Production};
use ferroflex_server::{Api, ApiRequest, Exchange, Received, Served};
use ferroflex_session::Failure;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Counter, Running, ask, counter, get, start};

/// How long what has to come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body of `/endless`, part by part.
const PART: usize = 64 * 1024;

/// Endpoints by path; notes what happens.
#[derive(Default)]
struct Standin {
    seen: Mutex<Vec<String>>,
    is_left: AtomicBool,
}

impl Standin {
    fn note(&self, what: impl Into<String>) {
        self.seen.lock().unwrap().push(what.into());
    }

    fn noted(&self, what: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| *seen == what).count()
    }
}

struct Shared(Arc<Standin>);

impl Api for Shared {
    fn start(&self) -> futures_util::future::BoxFuture<'static, ()> {
        self.0.note("start");
        Box::pin(async {})
    }

    fn has_endpoints(&self) -> bool {
        true
    }

    fn answer(&self, request: ApiRequest, exchange: Exchange) {
        let (standin, exchange) = (Arc::clone(&self.0), Arc::new(exchange));
        match request.path.rsplit('/').next().unwrap() {
            "echo" => echo(exchange, Vec::new()),
            "swallowing" => until_left(standin, exchange),
            "told" => whole(&exchange, 200, &format!("{request:?}")),
            // Signs of life are asked of the app first, for its wrappers.
            "unknown" | "ping" | "_health" => whole(&exchange, 404, "unknown"),
            "failing" => exchange.fail(Failure {
                message: "ValueError: no".into(),
                trace: "Traceback: secret".into(),
            }),
            "endless" => {
                exchange.start(200, vec![(b"content-type".into(), b"text/plain".into())]);
                endless(&standin, exchange);
            }
            "waiting" => {
                exchange.start(200, Vec::new());
                exchange.send(b"data: 1\n\n".to_vec(), true, |_| {});
                until_left(standin, exchange);
            }
            "breaking" => {
                exchange.start(200, Vec::new());
                exchange.send(b"half".to_vec(), true, |_| {});
                exchange.fail(Failure {
                    message: "ValueError: no".into(),
                    trace: "Traceback: secret".into(),
                });
                // As on a thread that is lost: nobody ever drops it.
                std::mem::forget(exchange);
            }
            _ => drop(exchange),
        }
    }

    fn stop(&self) -> futures_util::future::BoxFuture<'static, ()> {
        self.0.note("stop");
        Box::pin(async {})
    }
}

fn whole(exchange: &Exchange, status: u16, body: &str) {
    let length = body.len().to_string().into_bytes();
    exchange.start(status, vec![(b"content-length".into(), length)]);
    exchange.send(body.into(), false, |_| {});
}

fn echo(exchange: Arc<Exchange>, mut gathered: Vec<u8>) {
    let again = Arc::clone(&exchange);
    exchange.receive(move |received| match received {
        Received::Part { bytes, more } => {
            gathered.extend_from_slice(&bytes);
            if more {
                echo(again, gathered);
            } else {
                whole(&again, 200, &String::from_utf8(gathered).unwrap());
            }
        }
        Received::Disconnected => drop(again),
    });
}

/// Sends parts as long as they are taken.
fn endless(standin: &Arc<Standin>, exchange: Arc<Exchange>) {
    let (standin, again) = (Arc::clone(standin), Arc::clone(&exchange));
    exchange.send(vec![b'x'; PART], true, move |taken| {
        if taken {
            standin.note("part");
            endless(&standin, again);
        } else {
            standin.is_left.store(true, Ordering::Relaxed);
        }
    });
}

/// Reads the body to its end, then waits for the client to leave.
fn until_left(standin: Arc<Standin>, exchange: Arc<Exchange>) {
    let again = Arc::clone(&exchange);
    exchange.receive(move |received| match received {
        Received::Part { .. } => until_left(standin, again),
        Received::Disconnected => standin.is_left.store(true, Ordering::Relaxed),
    });
}

fn served(base: &str) -> (Served<Counter>, Arc<Standin>) {
    let mut served = counter("counter", base);
    let standin = Arc::new(Standin::default());
    if let Served::Live(mount) = &mut served {
        mount.api = Some(Arc::new(Shared(Arc::clone(&standin))));
    }
    (served, standin)
}

async fn running(base: &str) -> (Running, Arc<Standin>) {
    let (served, standin) = served(base);
    (start(vec![served], Development).await, standin)
}

async fn left(standin: &Standin) {
    let left = async {
        while !standin.is_left.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, left)
        .await
        .expect("the endpoint was not told");
}

#[tokio::test]
async fn pages_and_assets_come_first_and_the_rest_goes_to_the_app() {
    let (server, _) = running("/counter").await;
    let at = server.address;
    let page = get(at, "/counter/", "").await;
    assert!(page.body.contains("id=\"ferroflex\""), "{}", page.body);
    assert_eq!(get(at, "/counter/note.txt", "").await.status, 200);
    assert_eq!(get(at, "/counter/ping", "").await.body, "\"pong\"");
    assert_eq!(
        get(at, "/counter/_health", "").await.body,
        "{\"status\":true}"
    );
    let told = ask(at, "PATCH", "/counter/a%20b/told?x=1&y", "x-one: 1\r\n", "")
        .await
        .body;
    for part in [
        "method: \"PATCH\"",
        "path: \"/counter/a%20b/told\"",
        "base: \"/counter\"",
        "query: \"x=1&y\"",
        "(\"x-one\", [49])",
        "client: 127.0.0.1:",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(
        !told.contains("\"cookie\""),
        "the server's own cookies are its own: {told}"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_body_arrives_whole_and_goes_back() {
    let (server, _) = running("").await;
    let body = "é1".repeat(200_000);
    let answer = ask(server.address, "POST", "/echo", "", &body).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body == body, "{} bytes came back", answer.body.len());
    server.stop().await;
}

#[tokio::test]
async fn answers_go_out_as_they_were_made() {
    let (server, _) = running("").await;
    let packing = "accept-encoding: br, gzip\r\n";
    let page = get(server.address, "/", packing).await;
    assert!(page.header("content-encoding").is_some());
    let told = get(server.address, "/told", packing).await;
    assert_eq!(told.header("content-encoding"), None);
    assert_eq!(told.header("content-security-policy"), None);
    server.stop().await;
}

#[tokio::test]
async fn what_is_not_found_is_a_page_for_browsers_alone() {
    let (server, _) = running("").await;
    let at = server.address;
    let json = get(at, "/unknown", "accept: */*\r\n").await;
    assert_eq!((json.status, json.body.as_str()), (404, "unknown"));
    let page = get(at, "/unknown", "accept: text/html,*/*\r\n").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("There is nothing here"), "{}", page.body);
    let posted = ask(at, "POST", "/unknown", "accept: text/html\r\n", "").await;
    assert_eq!((posted.status, posted.body.as_str()), (404, "unknown"));
    server.stop().await;
}

#[tokio::test]
async fn only_authors_see_why_an_endpoint_failed() {
    for (environment, shows) in [(Development, true), (Production, false)] {
        let server = start(vec![served("").0], environment).await;
        let answer = get(server.address, "/failing", "").await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.body.contains("secret"), shows, "{}", answer.body);
        assert_eq!(get(server.address, "/dropped", "").await.status, 500);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_finished_is_cut() {
    let (server, _) = running("").await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = b"GET /breaking HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let reading = timeout(PATIENCE, stream.read_to_end(&mut answer));
    // How it ends is the operating system's matter.
    let _end = reading.await.expect("the answer goes on");
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.ends_with("0\r\n\r\n"), "it looks whole: {answer}");
    server.stop().await;
}

#[tokio::test]
async fn parts_are_made_as_they_are_taken_until_the_client_leaves() {
    let (server, standin) = running("").await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut some = vec![0; PART];
    stream.read_exact(&mut some).await.unwrap();
    // What the buffers between here and there hold is bounded, however long one waits.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let made = standin.noted("part");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(
        standin.noted("part"),
        made,
        "parts are made that nobody takes"
    );
    drop(stream);
    left(&standin).await;
    server.stop().await;
}

#[tokio::test]
async fn an_endpoint_that_waits_is_told_when_the_client_leaves() {
    let (server, standin) = running("").await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = b"GET /waiting HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut some = vec![0; 15];
    stream.read_exact(&mut some).await.unwrap();
    assert!(!standin.is_left.load(Ordering::Relaxed));
    drop(stream);
    left(&standin).await;
    server.stop().await;
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_refused_at_once() {
    let (server, _) = running("").await;
    let length = ferroflex_server::limits::API_BODY_BYTES_MAX + 1;
    let headers = format!("content-length: {length}\r\n");
    let answer = ask(server.address, "POST", "/echo", &headers, "").await;
    assert_eq!(answer.status, 413, "{}", answer.body);
    server.stop().await;
}

#[tokio::test]
async fn a_body_that_grows_too_large_is_cut_off() {
    let (server, standin) = running("").await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = "POST /swallowing HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("{:x}\r\n{}\r\n", PART, "x".repeat(PART));
    let chunks = ferroflex_server::limits::API_BODY_BYTES_MAX / PART as u64 + 1;
    let (mut answers, mut body) = stream.split();
    let sending = async {
        for _ in 0..chunks {
            if body.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
    };
    let mut start = [0; 12];
    let ((), read) = tokio::join!(sending, answers.read_exact(&mut start));
    read.unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
    left(&standin).await;
    server.stop().await;
}

#[tokio::test]
async fn what_lives_as_long_as_the_server_begins_and_ends_once() {
    let (server, standin) = running("").await;
    assert_eq!(get(server.address, "/told", "").await.status, 200);
    assert_eq!((standin.noted("start"), standin.noted("stop")), (1, 0));
    server.stop().await;
    assert_eq!((standin.noted("start"), standin.noted("stop")), (1, 1));
}
