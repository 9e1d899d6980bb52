//! A client of Ferroflex, as `host/session/PROTOCOL.md` describes it. It keeps no state: it looks
//! into the operations for the effect that an event must have, and acknowledges as the shell does.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::link::{Received, Socket, get, random_name};
use crate::scenario::{Call, Scenario, holds};

/// After so many frames at the latest the client has to acknowledge them.
const FRAMES_UNACKNOWLEDGED_MAX: u64 = 32;

/// What is read once from a served app: its page and its table of names.
#[derive(Debug, Clone)]
pub(crate) struct FerroflexSite {
    origin: String,
    socket_url: String,
    build: String,
    hash: Value,
    handlers: Vec<String>,
}

/// The JSON in the page's `<script id="ferroflex">`, as far as it is needed here.
#[derive(Deserialize)]
struct Page {
    build: String,
    #[serde(default)]
    hash: Value,
}

#[derive(Deserialize)]
struct Names {
    build: String,
    handlers: Vec<String>,
}

/// A frame from the server, as far as it is needed here.
#[derive(Deserialize)]
struct Frame {
    t: String,
    #[serde(default)]
    seq: u64,
    #[serde(default)]
    event: u64,
    #[serde(default)]
    ops: Value,
    #[serde(default)]
    ack: Vec<u64>,
    #[serde(default)]
    state: Value,
    #[serde(default)]
    handled: u64,
    #[serde(default)]
    message: String,
}

impl Frame {
    /// Whether the change that it brings holds `effect`.
    fn holds(&self, effect: &Value) -> bool {
        holds(&self.ops, effect) || holds(&self.state, effect)
    }

    fn acknowledges(&self, event: u64) -> bool {
        self.ack.contains(&event) || self.handled >= event
    }
}

impl FerroflexSite {
    /// Reads the page and the names of the app at `url`, such as `http://127.0.0.1:3000/bench`.
    pub(crate) async fn fetch(url: &str) -> Result<Self> {
        let base = url.trim_end_matches('/').to_owned();
        let html = get(format!("{base}/")).await?;
        let names = get(format!("{base}/_app/names.json")).await?;
        Self::new(&base, &html, &names)
    }

    fn new(base: &str, html: &str, names: &str) -> Result<Self> {
        let page: Page = serde_json::from_str(page_json(html)?).context("the page's JSON")?;
        let names: Names = serde_json::from_str(names).context("names.json")?;
        if page.build != names.build {
            bail!(
                "the page is of build {}, names.json of build {}",
                page.build,
                names.build
            );
        }
        let address = base
            .strip_prefix("http://")
            .context("the URL must begin with http://")?;
        let host = address.split('/').next().unwrap_or(address);
        Ok(Self {
            origin: format!("http://{host}"),
            socket_url: format!("ws://{address}/_socket"),
            build: page.build,
            hash: page.hash,
            handlers: names.handlers,
        })
    }

    /// The number of a handler, by the last two parts of its name.
    fn handler(&self, scenario: Scenario, name: &str) -> Result<usize> {
        let name = format!(".{}.{name}", scenario.state());
        self.handlers
            .iter()
            .position(|handler| handler.ends_with(&name))
            .with_context(|| format!("names.json has no handler …{name}; is this bench.py?"))
    }
}

fn page_json(html: &str) -> Result<&str> {
    let inner = html
        .split_once("id=\"ferroflex\"")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</script>"));
    Ok(inner
        .context("the page has no <script id=\"ferroflex\">; is this a Ferroflex app?")?
        .0)
}

/// A connected client.
pub(crate) struct FerroflexLink {
    socket: Socket,
    site: FerroflexSite,
    scenario: Scenario,
    event: u64,
    seq: u64,
    seq_acknowledged: u64,
}

impl FerroflexLink {
    /// Says hello as a freshly loaded page does, and waits for `state`.
    pub(crate) async fn open(site: &FerroflexSite, scenario: Scenario) -> Result<Self> {
        let mut socket = Socket::connect(&site.socket_url, &site.origin).await?;
        let hello = json!({
            "t": "hello", "v": 1, "build": site.build, "client": random_name(), "token": null,
            "seq": 0, "event": 0, "base": site.hash, "route": "/",
        });
        socket.send(hello.to_string()).await?;
        let text = socket.receive().await?;
        let frame: Frame = serde_json::from_str(&text)?;
        if frame.t != "state" {
            bail!("hello was answered with {text}");
        }
        let (event, seq) = (frame.event, frame.seq);
        Ok(Self {
            socket,
            site: site.clone(),
            scenario,
            event,
            seq,
            seq_acknowledged: 0,
        })
    }

    /// Sends one event; ends when it is acknowledged.
    pub(crate) async fn call(&mut self, call: &Call) -> Result<Received> {
        self.event += 1;
        let handler = self.site.handler(self.scenario, call.handler)?;
        let values: Vec<&Value> = call.arguments.iter().map(|(_, value)| value).collect();
        let mut event = json!({"t": "event", "id": self.event, "handler": handler, "args": values});
        if self.seq > self.seq_acknowledged {
            event["ack"] = json!(self.seq);
            self.seq_acknowledged = self.seq;
        }
        self.socket.send(event.to_string()).await?;
        self.reply(call).await
    }

    async fn reply(&mut self, call: &Call) -> Result<Received> {
        let mut received = Received::default();
        let mut seen = call.effect.is_none();
        loop {
            let text = self.socket.receive().await?;
            received.add(&text);
            let frame: Frame = serde_json::from_str(&text).context("a frame is not as expected")?;
            self.follow(&frame).await?;
            seen = seen
                || call
                    .effect
                    .as_ref()
                    .is_some_and(|effect| frame.holds(effect));
            match frame.t.as_str() {
                "error" => bail!("event {} failed: {}", frame.event, frame.message),
                "patch" | "state" | "pong" => {}
                _ => bail!("unexpected frame: {text}"),
            }
            if frame.acknowledges(self.event) {
                let effect = &call.effect;
                ensure!(
                    seen,
                    "event {} was acknowledged, but {effect:?} never came",
                    self.event
                );
                return Ok(received);
            }
        }
    }

    /// Frames must come without a gap; in a long stream they are acknowledged on the way.
    async fn follow(&mut self, frame: &Frame) -> Result<()> {
        if frame.seq == 0 {
            return Ok(());
        }
        // A full state stands for frames that were dropped before they were sent.
        if frame.seq != self.seq + 1 && frame.t != "state" {
            bail!("frame {} came after frame {}", frame.seq, self.seq);
        }
        self.seq = frame.seq;
        if self.seq - self.seq_acknowledged < FRAMES_UNACKNOWLEDGED_MAX {
            return Ok(());
        }
        self.seq_acknowledged = self.seq;
        self.socket
            .send(json!({"t": "ack", "seq": self.seq}).to_string())
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<html><script type="application/json" id="ferroflex">{"build": "b1",
        "hash": "h"}</script><div id="root"></div>"#;

    #[test]
    fn reads_the_page_and_the_names() {
        let names =
            r#"{"build": "b1", "states": [], "handlers": ["x", "bench.CounterState.step"]}"#;
        let site = FerroflexSite::new("http://localhost:3000/bench", HTML, names).unwrap();
        assert_eq!(site.socket_url, "ws://localhost:3000/bench/_socket");
        assert_eq!(site.origin, "http://localhost:3000");
        assert_eq!(site.handler(Scenario::Counter, "step").unwrap(), 1);
        assert!(site.handler(Scenario::Wide, "step").is_err());
    }

    #[test]
    fn refuses_names_of_another_build() {
        let names = r#"{"build": "b2", "handlers": []}"#;
        let error = FerroflexSite::new("http://localhost:3000", HTML, names).unwrap_err();
        assert!(error.to_string().contains("build b2"), "{error}");
    }

    #[test]
    fn reads_every_frame_of_the_golden_files() {
        for (kind, file) in [
            (
                "patch",
                include_str!("../../host/session/golden/server-patch.json"),
            ),
            (
                "state",
                include_str!("../../host/session/golden/server-state.json"),
            ),
            (
                "error",
                include_str!("../../host/session/golden/server-error.json"),
            ),
            (
                "pong",
                include_str!("../../host/session/golden/server-pong.json"),
            ),
            (
                "reload",
                include_str!("../../host/session/golden/server-reload.json"),
            ),
        ] {
            let cases: Vec<Value> = serde_json::from_str(file).unwrap();
            for case in cases {
                let frame: Frame = serde_json::from_value(case["message"].clone()).unwrap();
                assert_eq!(frame.t, kind, "{}", case["name"]);
            }
        }
    }

    #[test]
    fn a_full_state_in_the_middle_acknowledges_too() {
        let text = r#"{"t": "state", "seq": 42, "event": 9, "handled": 7, "state": [[5, 1.5]]}"#;
        let frame: Frame = serde_json::from_str(text).unwrap();
        assert!(frame.acknowledges(7) && !frame.acknowledges(8));
        assert!(frame.holds(&json!(1.5)) && !frame.holds(&json!(2)));
    }
}
