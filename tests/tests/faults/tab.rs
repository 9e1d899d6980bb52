//! A browser tab without a browser: it follows the protocol, keeps the state that it is sent, and
//! knows how each of its events ended.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use ferroflex_tests::site::Site;
use ferroflex_tests::socket::{Socket, random_name};
use serde_json::{Value, json};

/// After so many frames at the latest the client has to acknowledge them.
const FRAMES_UNACKNOWLEDGED_MAX: u64 = 32;

/// A tab with a session.
pub(crate) struct Tab {
    /// Its socket, for what a page would not do.
    pub(crate) socket: Socket,
    /// The session's token.
    pub(crate) token: String,
    /// The frames that came with a part of the state.
    pub(crate) updates: u64,
    site: Site,
    state: Value,
    event: u64,
    seq: u64,
    seq_acknowledged: u64,
    /// The events that have ended, with the error frames of those that failed.
    ended: HashMap<u64, Option<Value>>,
}

impl Tab {
    /// Opens a session.
    pub(crate) async fn open(site: &Site) -> Result<Self> {
        Self::open_as(site, &random_name(), None).await
    }

    /// Says hello as this page load, with this token, as a page that has nothing yet.
    pub(crate) async fn open_as(site: &Site, client: &str, token: Option<&str>) -> Result<Self> {
        let mut tab = Self {
            socket: site.connect().await?,
            token: String::new(),
            updates: 0,
            site: site.clone(),
            state: Value::Null,
            event: 0,
            seq: 0,
            seq_acknowledged: 0,
            ended: HashMap::new(),
        };
        tab.socket
            .send(hello(site, client, token).to_string())
            .await?;
        while tab.token.is_empty() {
            tab.follow_one().await?;
        }
        Ok(tab)
    }

    /// Sends an event, and gives its id.
    pub(crate) async fn send(&mut self, handler: &str, args: Value) -> Result<u64> {
        let handler = self.site.handler(handler)?;
        self.send_to(handler, args).await
    }

    /// Sends an event for the handler with this number.
    pub(crate) async fn send_to(&mut self, handler: usize, args: Value) -> Result<u64> {
        self.event += 1;
        let event = json!({"t": "event", "id": self.event, "handler": handler, "args": args});
        self.socket.send(event.to_string()).await?;
        Ok(self.event)
    }

    /// Waits until an event has ended. Gives the error frame if it failed.
    pub(crate) async fn end_of(&mut self, event: u64) -> Result<Option<Value>> {
        loop {
            if let Some(ended) = self.ended.remove(&event) {
                return Ok(ended);
            }
            self.follow_one().await?;
        }
    }

    /// Sends an event that must not fail, and waits until it has ended.
    pub(crate) async fn call(&mut self, handler: &str, args: Value) -> Result<()> {
        let event = self.send(handler, args).await?;
        match self.end_of(event).await? {
            Some(error) => bail!("{handler} failed: {error}"),
            None => Ok(()),
        }
    }

    /// Sends an event that must fail, and gives the error frame.
    pub(crate) async fn fail(&mut self, handler: &str, args: Value) -> Result<Value> {
        let event = self.send(handler, args).await?;
        let error = self.end_of(event).await?;
        error.with_context(|| format!("{handler} did not fail"))
    }

    /// The value of a field, such as `Clicks.count`.
    pub(crate) fn field(&self, name: &str) -> Result<&Value> {
        let (state, field) = self.site.field(name)?;
        Ok(&self.state[state][field])
    }

    /// Takes one frame.
    pub(crate) async fn follow_one(&mut self) -> Result<()> {
        let text = self.socket.receive().await?;
        let frame: Value = serde_json::from_str(&text)?;
        match frame["t"].as_str() {
            Some("state") => self.take_state(&frame),
            Some("patch") => self.take_patch(&frame)?,
            Some("error") => self.take_error(frame.clone()),
            Some("pong") => {}
            _ => bail!("unexpected frame: {text}"),
        }
        self.acknowledge(&frame).await
    }

    fn take_state(&mut self, frame: &Value) {
        let token = frame["token"].as_str().unwrap_or_default();
        token.clone_into(&mut self.token);
        if self.seq == 0 {
            self.event = frame["event"].as_u64().unwrap_or(0);
        }
        self.seq = frame["seq"].as_u64().unwrap_or(0);
        if let Some(state) = frame.get("state") {
            self.state = state.clone();
            self.updates += 1;
        }
        for event in 1..=frame["handled"].as_u64().unwrap_or(0) {
            self.ended.entry(event).or_insert(None);
        }
    }

    fn take_patch(&mut self, frame: &Value) -> Result<()> {
        for change in frame["ops"].as_array().into_iter().flatten() {
            let mut parts = change.as_array().context("a change")?.iter();
            let number = parts.next().and_then(Value::as_u64).context("a number")?;
            for operation in parts {
                apply(&mut self.state[usize::try_from(number)?], operation)?;
            }
        }
        self.updates += u64::from(frame.get("ops").is_some());
        let acknowledged = frame["ack"].as_array().into_iter().flatten();
        self.ended
            .extend(acknowledged.filter_map(|id| Some((id.as_u64()?, None))));
        Ok(())
    }

    fn take_error(&mut self, frame: Value) {
        if let Some(event) = frame["event"].as_u64() {
            self.ended.insert(event, Some(frame));
        }
    }

    /// Frames must come without a gap, and are acknowledged now and then.
    async fn acknowledge(&mut self, frame: &Value) -> Result<()> {
        let Some(seq) = frame["seq"].as_u64() else {
            return Ok(());
        };
        let is_state = frame["t"] == "state";
        ensure!(
            is_state || seq == self.seq + 1,
            "frame {seq} came after frame {}",
            self.seq
        );
        self.seq = seq;
        if is_state || seq - self.seq_acknowledged < FRAMES_UNACKNOWLEDGED_MAX {
            return Ok(());
        }
        self.seq_acknowledged = seq;
        let ack = json!({"t": "ack", "seq": seq});
        self.socket.send(ack.to_string()).await
    }
}

/// The first frame of a page that has nothing yet.
pub(crate) fn hello(site: &Site, client: &str, token: Option<&str>) -> Value {
    json!({
        "t": "hello", "v": 1, "build": site.build, "client": client, "token": token, "seq": 0,
        "event": 0, "base": null, "route": "/",
    })
}

/// Applies an operation of those that the apps of these tests provoke.
fn apply(substate: &mut Value, operation: &Value) -> Result<()> {
    let path = operation[1].as_array().context("a path")?;
    let place = path.iter().try_fold(substate, |place, step| match step {
        Value::String(key) => place.get_mut(key),
        step => place.get_mut(usize::try_from(step.as_u64()?).ok()?),
    });
    let place = place.with_context(|| format!("no place for {operation}"))?;
    match operation[0].as_str() {
        Some("s") => *place = operation[2].clone(),
        Some("a") => {
            let text = place.as_str().context("a text")?.to_owned();
            *place = (text + operation[2].as_str().context("a text")?).into();
        }
        Some("p") => {
            let number = |index: usize| {
                let number = operation[index].as_u64().context("a number")?;
                anyhow::Ok(usize::try_from(number)?)
            };
            let (index, remove) = (number(2)?, number(3)?);
            let inserted = operation[4].as_array().context("a list")?.clone();
            let list = place.as_array_mut().context("a list")?;
            list.splice(index..index + remove, inserted);
        }
        _ => bail!("no app of these tests provokes {operation}"),
    }
    Ok(())
}
