//! A server of the wire protocol in miniature, so that the load client is tested without one: it
//! counts in Rust what `apps/bench.py` counts in Python, and can be told to do it wrong.

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

/// How many changes a step of the stream sends, each in a frame of its own.
const STREAM_LENGTH: u64 = 100;
/// What a server may have in flight to a client that acknowledges as it must: two streamed events.
const UNACKNOWLEDGED_MAX: u64 = 2 * STREAM_LENGTH + 2;
/// Where the count of background tasks starts.
const BACKGROUND_START: u64 = 1_000_000;
/// The number of the handler that starts one.
const BACKGROUND_STEP: u64 = 7;
/// A request's head is shorter than this.
const HEAD_BYTES_MAX: usize = 4096;

/// What the mock does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It tells each client its right count, but keeps another.
    ForgetsStep,
    /// It acknowledges, but sends no change.
    SendsNoChange,
    /// It leaves a sequence number out.
    SkipsFrame,
    /// It answers the third event, and background tasks, with an error.
    RefusesEvent,
    /// A background task's last update is left out.
    LosesFinalValue,
    /// A background task ends later than it may.
    EndsLate,
}

/// Serves until the returned set is dropped; its address comes first.
pub(crate) async fn serve(fault: Fault) -> Result<(String, JoinSet<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/bench", listener.local_addr()?);
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            connections.spawn(answer(stream, fault));
        }
    });
    Ok((url, tasks))
}

async fn answer(mut stream: TcpStream, fault: Fault) -> Result<()> {
    let mut head = [0; HEAD_BYTES_MAX];
    let length = stream.peek(&mut head).await?;
    let head = String::from_utf8_lossy(&head[..length]).into_owned();
    let body = match head
        .split_whitespace()
        .nth(1)
        .context("a request has a path")?
    {
        "/bench/_socket" => {
            return Connection::new(accept_async(stream).await?, fault)
                .run()
                .await;
        }
        "/bench/" => page(),
        "/bench/_app/names.json" => names(),
        path => bail!("the mock serves no {path}"),
    };
    let length = body.len();
    let response =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    Ok(stream.write_all(response.as_bytes()).await?)
}

fn page() -> String {
    let data = json!({"base": "/bench", "build": "b1", "hash": "h1", "state": [[0]]});
    format!("<script type=\"application/json\" id=\"ferroflex\">{data}</script>")
}

fn names() -> String {
    let handlers = ["CounterState", "StreamState", "BackgroundState"].map(|state| {
        ["prepare", "step", "check"].map(|handler| format!("bench.{state}.{handler}"))
    });
    json!({"build": "b1", "states": [], "handlers": handlers.concat()}).to_string()
}

/// One client's socket and session.
struct Connection {
    socket: WebSocketStream<TcpStream>,
    fault: Fault,
    seq: u64,
    seq_acknowledged: u64,
    count: u64,
}

impl Connection {
    fn new(socket: WebSocketStream<TcpStream>, fault: Fault) -> Self {
        Self {
            socket,
            fault,
            seq: 0,
            seq_acknowledged: 0,
            count: 0,
        }
    }

    async fn run(mut self) -> Result<()> {
        let hello = self.receive().await?;
        if hello["t"] != "hello" || hello["build"] != "b1" || hello["base"] != "h1" {
            return self
                .send(&json!({"t": "error", "code": "expected_hello"}))
                .await;
        }
        self.send_numbered(json!({"t": "state", "token": "x", "event": 0}))
            .await?;
        loop {
            let frame = self.receive().await?;
            self.seq_acknowledged = frame["ack"].as_u64().unwrap_or(self.seq_acknowledged);
            match frame["t"].as_str() {
                Some("event") => self.handle(&frame).await?,
                Some("ack") => self.seq_acknowledged = frame["seq"].as_u64().unwrap_or(0),
                _ => bail!("unexpected frame: {frame}"),
            }
        }
    }

    async fn handle(&mut self, event: &Value) -> Result<()> {
        let id = &event["id"];
        let is_background = event["handler"] == BACKGROUND_STEP;
        if self.fault == Fault::RefusesEvent && (*id == 3 || is_background) {
            let error =
                json!({"t": "error", "event": id, "code": "handler_failed", "message": "no"});
            return self.send_numbered(error).await;
        }
        match event["handler"].as_u64() {
            Some(1) => {
                self.count += 1;
                self.patch(json!(self.count), Some(id)).await
            }
            Some(4) => self.stream(id).await,
            Some(6) => self.patch(json!(BACKGROUND_START), Some(id)).await,
            Some(BACKGROUND_STEP) => {
                let updates = event["args"][1].as_u64().context("no number of updates")?;
                self.send_numbered(json!({"t": "patch", "ack": [id]}))
                    .await?;
                self.push(updates).await
            }
            Some(2) => {
                self.patch(json!(format!("count {}", self.kept())), Some(id))
                    .await
            }
            Some(5) => {
                self.patch(json!(format!("position {}", self.kept())), Some(id))
                    .await
            }
            _ => self.send_numbered(json!({"t": "patch", "ack": [id]})).await,
        }
    }

    async fn stream(&mut self, id: &Value) -> Result<()> {
        for _ in 0..STREAM_LENGTH {
            self.count += 1;
            self.patch(json!(self.count), None).await?;
        }
        self.send_numbered(json!({"t": "patch", "ack": [id]})).await
    }

    /// A background task: its updates, then what it says of its end.
    async fn push(&mut self, updates: u64) -> Result<()> {
        let sent = updates - u64::from(self.fault == Fault::LosesFinalValue);
        for count in 1..=sent {
            self.patch(json!(BACKGROUND_START + count), None).await?;
        }
        let is_late = self.fault == Fault::EndsLate;
        let words = format!("late by {} ms", if is_late { 21.0 } else { 1.5 });
        self.patch(json!(words), None).await
    }

    fn kept(&self) -> u64 {
        self.count - u64::from(self.fault == Fault::ForgetsStep)
    }

    async fn patch(&mut self, value: Value, acknowledged: Option<&Value>) -> Result<()> {
        let mut frame = json!({"t": "patch", "ops": [[0, ["s", [0], value]]]});
        if let Some(id) = acknowledged {
            frame["ack"] = json!([id]);
        }
        if self.fault == Fault::SendsNoChange {
            frame["ops"] = json!([]);
        }
        self.send_numbered(frame).await
    }

    async fn send_numbered(&mut self, mut frame: Value) -> Result<()> {
        if self.seq - self.seq_acknowledged > UNACKNOWLEDGED_MAX {
            bail!("the client does not acknowledge");
        }
        self.seq += 1 + u64::from(self.fault == Fault::SkipsFrame && self.seq == 5);
        frame["seq"] = json!(self.seq);
        self.send(&frame).await
    }

    async fn send(&mut self, frame: &Value) -> Result<()> {
        Ok(self.socket.send(Message::text(frame.to_string())).await?)
    }

    async fn receive(&mut self) -> Result<Value> {
        let message = self.socket.next().await.context("the client left")??;
        Ok(serde_json::from_str(message.to_text()?)?)
    }
}

/// The load client against the mock.
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ferroflex::FerroflexSite;
    use crate::link::Site;
    use crate::measure::{Load, measure};
    use crate::report::Measurement;
    use crate::scenario::Scenario;

    async fn run(fault: Fault, scenario: Scenario) -> Measurement {
        let (url, _serving) = serve(fault).await.unwrap();
        let site = Site::Ferroflex(Box::new(FerroflexSite::fetch(&url).await.unwrap()));
        let process = Some(std::process::id());
        let length = Duration::from_millis(200);
        measure(
            &site,
            scenario,
            Load {
                clients: 3,
                length,
                server_process: process,
            },
        )
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn a_right_server_is_measured_without_an_error() {
        let counter = run(Fault::None, Scenario::Counter).await;
        assert_eq!((counter.errors, &counter.first_error), (0, &None));
        assert!(
            counter.events > 30 && counter.latency_p99_ms > 0.0,
            "{counter:?}"
        );
        assert!(
            (counter.frames_received_per_event - 1.0).abs() < 1e-9,
            "{counter:?}"
        );
        assert!(counter.bytes_received_per_event > 40.0, "{counter:?}");
        assert!(counter.cpu_us_per_event.unwrap() > 0.0, "{counter:?}");
    }

    #[tokio::test]
    async fn a_stream_ends_with_its_acknowledgement() {
        let stream = run(Fault::None, Scenario::Stream).await;
        assert_eq!((stream.errors, &stream.first_error), (0, &None));
        assert!(
            (stream.frames_received_per_event - 101.0).abs() < 1e-9,
            "{stream:?}"
        );
    }

    #[tokio::test]
    async fn every_fault_is_an_error_of_every_client() {
        for (fault, words) in [
            (Fault::ForgetsStep, "the check after"),
            (Fault::SendsNoChange, "was acknowledged, but"),
            (Fault::SkipsFrame, "came after frame"),
            (Fault::RefusesEvent, "event 3 failed: no"),
        ] {
            let measured = run(fault, Scenario::Counter).await;
            assert_eq!(measured.errors, 3, "{fault:?}");
            let error = measured.first_error.unwrap();
            assert!(error.contains(words), "{fault:?}: {error}");
        }
    }
}
