//! A client of Reflex 0.10: Socket.IO (namespace `/_event`) over Engine.IO 4 over a WebSocket.
//!
//! Reflex does not acknowledge events, so an event has ended when its effect arrives. Like Reflex's
//! own client it sends the hydrate event inside the packet that connects.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::link::{Change, Received, Socket, random_name};
use crate::scenario::{Call, holds};

/// Engine.IO: the server is there; is the client?
const PING: &str = "2";
const PONG: &str = "3";
/// Engine.IO message, Socket.IO connect.
const CONNECT: &str = "40/_event,";
/// Engine.IO message, Socket.IO event.
const EVENT: &str = "42/_event,";
/// The name of the root state, which every other state's name continues.
const ROOT_STATE: &str = "reflex___state____state";

/// Where the app is served.
#[derive(Debug, Clone)]
pub(crate) struct ReflexSite {
    /// Host and port.
    pub(crate) address: String,
}

/// A connected client.
pub(crate) struct ReflexLink {
    socket: Socket,
    state: String,
}

impl ReflexLink {
    /// Connects, hydrates, and finds out the full name of a state class.
    pub(crate) async fn open(site: &ReflexSite, state: &str) -> Result<Self> {
        let (address, token) = (&site.address, random_name());
        let url = format!("ws://{address}/_event/?EIO=4&transport=websocket&token={token}");
        let mut socket = Socket::connect(&url, &format!("http://{address}")).await?;
        let hydrate = event(
            &format!("{ROOT_STATE}.hydrate_and_load"),
            &json!({"vars": {}}),
        );
        socket
            .send(format!("{CONNECT}{}", json!({"event": hydrate})))
            .await?;
        let state = hydrated(&mut socket, state).await?;
        Ok(Self { socket, state })
    }

    /// Sends one event; ends when its effect has come.
    pub(crate) async fn call(&mut self, call: &Call) -> Result<Received> {
        self.send(call).await?;
        let mut received = Received::default();
        let Some(effect) = &call.effect else {
            // Nothing tells when it has run, but events of one client keep their order.
            return Ok(received);
        };
        loop {
            let delta = self.delta(&mut received).await?;
            if holds(&delta, effect) {
                return Ok(received);
            }
        }
    }

    /// Sends one event.
    pub(crate) async fn send(&mut self, call: &Call) -> Result<()> {
        let payload = call
            .arguments
            .iter()
            .map(|(name, value)| ((*name).into(), value.clone()));
        let event = event(
            &format!("{}.{}", self.state, call.handler),
            &Value::Object(payload.collect()),
        );
        self.socket
            .send(format!("{EVENT}{}", json!(["event", event])))
            .await
    }

    /// The next packet, as what it brings.
    pub(crate) async fn change(&mut self) -> Result<Change> {
        let mut received = Received::default();
        let content = self.delta(&mut received).await?;
        Ok(Change { content, received })
    }

    async fn delta(&mut self, received: &mut Received) -> Result<Value> {
        let text = next_packet(&mut self.socket).await?;
        received.add(&text);
        let mut update = parse(&text)?;
        // A handler that failed is told as an event that shows a message.
        if !update["events"].is_null() {
            bail!("a handler failed: {text}");
        }
        Ok(update["delta"].take())
    }
}

fn event(name: &str, payload: &Value) -> Value {
    json!({"name": name, "payload": payload, "router_data": {"pathname": "/", "asPath": "/"}})
}

/// Reads until the server has said that the client is hydrated. The first delta holds every state.
async fn hydrated(socket: &mut Socket, class: &str) -> Result<String> {
    let mut state = None;
    loop {
        let text = next_packet(socket).await?;
        if !text.starts_with(EVENT) {
            continue;
        }
        let delta = parse(&text)?["delta"].take();
        state = state.or_else(|| state_name(&delta, class));
        if delta[ROOT_STATE]["is_hydrated_rx_state_"] == true {
            return state
                .with_context(|| format!("hydration told of no state {class}; is this bench.py?"));
        }
    }
}

/// Reflex writes the class `CounterState` of module `bench` as `…____bench____counter_state`.
fn state_name(delta: &Value, class: &str) -> Option<String> {
    let wanted = class.to_lowercase();
    let own_name = |name: &str| name.rsplit("____").next().unwrap_or(name).replace('_', "");
    delta
        .as_object()?
        .keys()
        .find(|name| own_name(name) == wanted)
        .cloned()
}

/// The next packet that is not the connection's own housekeeping.
async fn next_packet(socket: &mut Socket) -> Result<String> {
    loop {
        let text = socket.receive().await?;
        if text == PING {
            socket.send(PONG.to_owned()).await?;
        } else {
            return Ok(text.to_string());
        }
    }
}

/// The update in an event packet: `42/_event,["event",{"delta": …}]`.
fn parse(packet: &str) -> Result<Value> {
    let text = packet
        .strip_prefix(EVENT)
        .with_context(|| format!("unexpected packet: {packet}"))?;
    let mut event: Value = serde_json::from_str(text).context("a packet is not as expected")?;
    if event[0] != "event" {
        bail!("unexpected packet: {packet}");
    }
    Ok(event[1].take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_update() {
        let update = parse(r#"42/_event,["event",{"delta":{"a":{"count_rx_state_":1}}}]"#).unwrap();
        assert_eq!(update["delta"]["a"]["count_rx_state_"], 1);
        assert!(parse("44/_event,{}").is_err());
        assert!(parse(r#"42/_event,["new_token","x"]"#).is_err());
    }

    #[test]
    fn finds_the_state_by_its_class() {
        let full_name = format!("{ROOT_STATE}.bench___bench____wide_state0");
        let delta = json!({ROOT_STATE: {}, full_name: {}});
        let name = state_name(&delta, "WideState0").unwrap();
        assert!(name.ends_with("wide_state0"), "{name}");
        assert_eq!(state_name(&delta, "TableState"), None);
    }
}
