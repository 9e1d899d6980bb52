//! Endpoints of an app's own: what they get and give, clients that leave, bodies that are large, and
//! what lives as long as the server.

use std::io::Read;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use ureq::SendBody;
use ureq::http::Request;

use crate::support::{Running, eventually};

/// How long what has to come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is sent up and down.
const LARGE_BYTES: u64 = 50 << 20;

/// What the server's memory may grow by meanwhile: far less than that.
const GROWTH_MIB_MAX: u64 = 24;

/// An answer over HTTP.
struct Answer {
    status: u16,
    kind: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| self.body.clone())
    }
}

/// Sends a request with these headers.
async fn send(
    running: &Running,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Read + Send + 'static,
) -> Result<Answer> {
    let mut request = Request::builder().method(method).uri(running.at(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    spawn_blocking(move || {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.timeout_global(Some(PATIENCE)).build().new_agent();
        let request = request.body(SendBody::from_owned_reader(body))?;
        let mut response = agent.run(request)?;
        let kind = response.headers().get("content-type");
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        Ok(Answer {
            status: response.status().as_u16(),
            kind: kind.to_owned(),
            body: response.body_mut().read_to_string()?,
        })
    })
    .await?
}

async fn get(running: &Running, path: &str) -> Result<Answer> {
    send(running, "GET", path, &[], std::io::empty()).await
}

async fn post(running: &Running, path: &str, body: &str) -> Result<Answer> {
    let body = std::io::Cursor::new(body.to_owned().into_bytes());
    send(running, "POST", path, &[], body).await
}

/// A connection that has asked for `path` and read its first bytes.
async fn begin(running: &Running, path: &str) -> Result<TcpStream> {
    let address = running.at("");
    let address = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    Ok(stream)
}

async fn read_until(stream: &mut TcpStream, text: &str) -> Result<()> {
    let mut seen = String::new();
    let mut some = [0; 1024];
    while !seen.contains(text) {
        let size = timeout(PATIENCE, stream.read(&mut some)).await??;
        ensure!(size > 0, "the connection ended: {seen}");
        seen.push_str(&String::from_utf8_lossy(&some[..size]));
    }
    Ok(())
}

#[tokio::test]
async fn plain_functions_answer() -> Result<()> {
    let running = Running::start("endpoints", &[]).await?;
    let item = get(&running, "/items/7?tag=a%20b&tags=1&tags=2")
        .await?
        .json()?;
    assert_eq!((&item["number"], &item["tag"]), (&json!(7), &json!("a b")));
    assert_eq!(item["tags"], json!([1, 2]));
    let unfit = get(&running, "/items/seven").await?;
    assert_eq!(unfit.status, 422, "{}", unfit.body);
    assert_eq!(unfit.json()?["detail"][0]["loc"], json!(["path", "number"]));
    let made = post(&running, "/items", r#"{"name": "tea", "price": 2}"#).await?;
    assert_eq!(
        (made.status, made.json()?),
        (201, json!({"name": "tea", "price": 2.0}))
    );
    let cheap = post(&running, "/items", r#"{"name": "tea", "price": -1}"#).await?;
    assert_eq!(
        (cheap.status, cheap.json()?),
        (409, json!({"detail": "too cheap"}))
    );
    for wrong in ["", "{", "[]", r#"{"price": 1}"#] {
        let refused = post(&running, "/items", wrong).await?;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.body);
    }
    assert_eq!(get(&running, "/waits").await?.body, "\"waited\"");
    let html = get(&running, "/html").await?;
    assert_eq!(html.kind, "text/html; charset=utf-8");
    assert_eq!(html.body, "<p>é</p>");
    let other = send(&running, "DELETE", "/items/7", &[], std::io::empty()).await?;
    assert_eq!(other.status, 405, "{}", other.body);
    assert_eq!(get(&running, "/nowhere").await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn what_an_endpoint_raises_is_for_its_author() -> Result<()> {
    for (environment, shows) in [("dev", true), ("prod", false)] {
        let running = Running::start("endpoints", &["--env", environment]).await?;
        let answer = get(&running, "/raises").await?;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.body.contains("as asked"), shows, "{}", answer.body);
        running.logged(&["ValueError: as asked"], PATIENCE).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_endpoint_changes_a_session_and_its_page_sees_it() -> Result<()> {
    let running = Running::start("endpoints", &[]).await?;
    let mut tab = running.tab().await?;
    tab.call("Clicks.click", json!([])).await?;
    let pressed = post(&running, &format!("/press/{}", tab.token), "").await?;
    assert_eq!(pressed.json()?, json!({"count": 2}));
    while tab.field("Clicks.count")? != &json!(2) {
        tab.follow_one().await?;
    }
    let nobody = post(&running, "/press/nobody", "").await?;
    assert_eq!(nobody.status, 500, "{}", nobody.body);
    Ok(())
}

#[tokio::test]
async fn large_bodies_stream_both_ways() -> Result<()> {
    let running = Running::start("endpoints", &[]).await?;
    assert_eq!(post(&running, "/size", "four").await?.body, "4");
    assert_eq!(get(&running, "/large?parts=1").await?.body.len(), 65_536);
    let before = running.rss_mib()?;
    let body = std::io::repeat(b'x').take(LARGE_BYTES);
    let size = send(&running, "POST", "/size", &[], body).await?;
    assert_eq!(size.body, LARGE_BYTES.to_string());
    let parts = LARGE_BYTES / 65_536;
    let mut stream = begin(&running, &format!("/large?parts={parts}")).await?;
    let mut taken = 0;
    let mut some = vec![0; 1 << 16];
    while taken < LARGE_BYTES {
        let size = timeout(PATIENCE, stream.read(&mut some)).await??;
        ensure!(size > 0, "the connection ended after {taken} bytes");
        taken += size as u64;
    }
    let grown = running.rss_mib()?.saturating_sub(before);
    ensure!(grown < GROWTH_MIB_MAX, "{grown} MiB more for a body of 50");
    Ok(())
}

#[tokio::test]
async fn an_endpoint_that_streams_ends_when_its_client_leaves() -> Result<()> {
    for app in ["endpoints", "starlette_endpoints"] {
        let running = Running::start(app, &packages()?).await?;
        let mut stream = begin(&running, "/ticks").await?;
        read_until(&mut stream, "data: tick").await?;
        assert_eq!(get(&running, "/left").await?.body, "[]", "{app}");
        drop(stream);
        eventually("the end of the stream", PATIENCE, async || {
            Ok(get(&running, "/left").await?.body == r#"["ticks"]"#)
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn starlette_stands_around_the_apps_own_endpoints() -> Result<()> {
    let running = Running::start("starlette_endpoints", &packages()?).await?;
    let hello = get(&running, "/hello/you?x=1").await?.json()?;
    assert_eq!(hello["name"], "you");
    assert_eq!(hello["url"], running.at("/hello/you?x=1"));
    assert_eq!(get(&running, "/below/sync").await?.body, "from a thread");
    let posted = post(&running, "/below/posted", r#"{"a": [1]}"#).await?;
    assert_eq!(posted.json()?, json!({"a": [1]}));
    assert_eq!(get(&running, "/own/3").await?.json()?, json!({"number": 3}));
    assert_eq!(get(&running, "/nowhere").await?.status, 404);
    let origin = [
        ("origin", "https://friend.example"),
        ("access-control-request-method", "GET"),
    ];
    let asked = send(&running, "OPTIONS", "/own/3", &origin, std::io::empty()).await?;
    assert_eq!((asked.status, asked.body.as_str()), (200, "OK"));
    Ok(())
}

#[tokio::test]
async fn lifespan_tasks_begin_before_and_end_after_everything_else() -> Result<()> {
    let mut running = Running::start("endpoints", &[]).await?;
    running
        .logged(&["lifespan task fails failed"], PATIENCE)
        .await?;
    running
        .logged(&["a lifespan task that fails"], PATIENCE)
        .await?;
    let log = running.terminated(PATIENCE).await?;
    let told: Vec<_> = log
        .lines()
        .filter_map(|line| line.strip_prefix("lifespan: "))
        .collect();
    assert_eq!(
        told,
        [
            "called",
            "first entered, 5 tasks",
            "second entered, 5 tasks",
            "second left",
            "first left",
            "cancelled"
        ],
        "{log}"
    );
    Ok(())
}

/// Where Starlette is: the wheels that `tests/run` fetches.
fn packages() -> Result<Vec<&'static str>> {
    let test = std::env::current_exe()?;
    let target = test.ancestors().nth(3).context("the folder of the build")?;
    let wheels = target.join("test-wheels").display().to_string();
    Ok(vec!["--packages", wheels.leak()])
}
