//! A client of Ferroflex, as `host/session/PROTOCOL.md` describes it. It keeps no state: it looks
//! into the operations for the effect that an event must have, and acknowledges as the shell does.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) use ferroflex_tests::site::Site as FerroflexSite;

use crate::link::{Change, Received, Socket, random_name};
use crate::scenario::{Call, holds};

/// After so many frames at the latest the client has to acknowledge them.
const FRAMES_UNACKNOWLEDGED_MAX: u64 = 32;

/// The server that the same build made: an older one elsewhere would be measured by mistake.
pub(crate) fn binary() -> PathBuf {
    let beside = std::env::current_exe().map(|path| path.with_file_name("ferroflex"));
    beside.unwrap_or_else(|_| PathBuf::from("ferroflex"))
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
    #[serde(default)]
    token: Option<String>,
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

/// A connected client.
pub(crate) struct FerroflexLink {
    socket: Socket,
    site: FerroflexSite,
    state: &'static str,
    event: u64,
    seq: u64,
    seq_acknowledged: u64,
    token: Option<String>,
}

impl FerroflexLink {
    /// Says hello as a freshly loaded page does, and waits for `state`.
    pub(crate) async fn open(site: &FerroflexSite, state: &'static str) -> Result<Self> {
        let mut socket = site.connect().await?;
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
            state,
            event,
            seq,
            seq_acknowledged: 0,
            token: frame.token,
        })
    }

    /// The cookies with which a page of this session is asked for again, as a browser that reloads
    /// does.
    pub(crate) fn cookies(&self) -> Result<String> {
        let browser = self.socket.browser().context("the browser has no name")?;
        let token = self.token.as_ref().context("the session has no token")?;
        Ok(format!(
            "ferroflex_browser={browser}; ferroflex_tab={token}"
        ))
    }

    /// Sends one event; ends when it is acknowledged.
    pub(crate) async fn call(&mut self, call: &Call) -> Result<Received> {
        self.send(call).await?;
        self.reply(call).await
    }

    /// Sends one event.
    pub(crate) async fn send(&mut self, call: &Call) -> Result<()> {
        self.event += 1;
        let name = format!("{}.{}", self.state, call.handler);
        let handler = self.site.handler(&name)?;
        let values: Vec<&Value> = call.arguments.iter().map(|(_, value)| value).collect();
        let mut event = json!({"t": "event", "id": self.event, "handler": handler, "args": values});
        if self.seq > self.seq_acknowledged {
            event["ack"] = json!(self.seq);
            self.seq_acknowledged = self.seq;
        }
        self.socket.send(event.to_string()).await
    }

    /// The next frame, as what it brings.
    pub(crate) async fn change(&mut self) -> Result<Change> {
        let mut received = Received::default();
        let frame = self.frame(&mut received).await?;
        let content = if frame.state.is_null() {
            frame.ops
        } else {
            frame.state
        };
        Ok(Change { content, received })
    }

    async fn reply(&mut self, call: &Call) -> Result<Received> {
        let mut received = Received::default();
        let mut seen = call.effect.is_none();
        loop {
            let frame = self.frame(&mut received).await?;
            seen = seen
                || call
                    .effect
                    .as_ref()
                    .is_some_and(|effect| frame.holds(effect));
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

    async fn frame(&mut self, received: &mut Received) -> Result<Frame> {
        let text = self.socket.receive().await?;
        received.add(&text);
        let frame: Frame = serde_json::from_str(&text).context("a frame is not as expected")?;
        self.follow(&frame).await?;
        match frame.t.as_str() {
            "error" => bail!("event {} failed: {}", frame.event, frame.message),
            "patch" | "state" | "pong" => Ok(frame),
            _ => bail!("unexpected frame: {text}"),
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
