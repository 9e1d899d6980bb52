//! One client's connection to a server of either kind, and what the two kinds have in common.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::ferroflex::{FerroflexLink, FerroflexSite};
use crate::reflex::{ReflexLink, ReflexSite};
use crate::scenario::{Call, Scenario};

/// How long a reply may take before the client gives up: far more than a thousand clients on a
/// saturated server need, so that only a lost reply ends in an error.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// A served app, as far as a client must know it before it connects.
#[derive(Debug, Clone)]
pub(crate) enum Site {
    /// Served by Ferroflex.
    Ferroflex(FerroflexSite),
    /// Served by Reflex.
    Reflex(ReflexSite),
}

/// A connected client with a session of its own.
pub(crate) enum Link {
    /// Speaks the protocol of `host/session/PROTOCOL.md`.
    Ferroflex(Box<FerroflexLink>),
    /// Speaks Socket.IO, as Reflex's own client does.
    Reflex(Box<ReflexLink>),
}

impl Link {
    /// Connects, and waits until the session's state has arrived.
    ///
    /// # Errors
    /// When the server refuses, answers something else than the protocol says, or does not answer.
    pub(crate) async fn open(site: &Site, scenario: Scenario) -> Result<Self> {
        Ok(match site {
            Site::Ferroflex(site) => {
                Self::Ferroflex(Box::new(FerroflexLink::open(site, scenario).await?))
            }
            Site::Reflex(site) => Self::Reflex(Box::new(ReflexLink::open(site, scenario).await?)),
        })
    }

    /// Sends one event and waits until its effect has arrived.
    ///
    /// # Errors
    /// When the event fails or is acknowledged without its effect, or the connection is lost.
    pub(crate) async fn call(&mut self, call: &Call) -> Result<Received> {
        match self {
            Self::Ferroflex(link) => link.call(call).await,
            Self::Reflex(link) => link.call(call).await,
        }
    }
}

/// What came in between an event and its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// Text frames that carry something for the client.
    pub(crate) frames: u64,
    /// Their text, in bytes, without the WebSocket's own headers.
    pub(crate) bytes: u64,
}

impl Received {
    /// Counts one more frame.
    pub(crate) fn add(&mut self, text: &str) {
        self.frames += 1;
        self.bytes += text.len() as u64;
    }
}

/// A WebSocket that carries text.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects as a page of `origin` would.
    pub(crate) async fn connect(url: &str, origin: &str) -> Result<Self> {
        let mut request = url.into_client_request()?;
        request
            .headers_mut()
            .insert("origin", HeaderValue::from_str(origin)?);
        // Without Nagle's algorithm, as in browsers.
        let connecting = connect_async_with_config(request, None, true);
        let connected = timeout(REPLY_TIMEOUT, connecting)
            .await
            .with_context(|| format!("{url} did not answer for {REPLY_TIMEOUT:?}"))?;
        Ok(Self(
            connected
                .with_context(|| format!("cannot connect to {url}"))?
                .0,
        ))
    }

    /// Sends one text frame.
    pub(crate) async fn send(&mut self, text: String) -> Result<()> {
        self.0
            .send(Message::text(text))
            .await
            .context("the socket was lost while sending")
    }

    /// The next text frame.
    pub(crate) async fn receive(&mut self) -> Result<Utf8Bytes> {
        timeout(REPLY_TIMEOUT, self.next_text())
            .await
            .with_context(|| format!("no reply for {REPLY_TIMEOUT:?}"))?
    }

    async fn next_text(&mut self) -> Result<Utf8Bytes> {
        loop {
            match self
                .0
                .next()
                .await
                .context("the server ended the connection")??
            {
                Message::Text(text) => return Ok(text),
                Message::Close(reason) => bail!("the server closed the socket: {reason:?}"),
                Message::Ping(_) => self.0.send(Message::Pong(Bytes::new())).await?,
                _ => {}
            }
        }
    }
}

/// The text at an HTTP address.
pub(crate) async fn get(url: String) -> Result<String> {
    spawn_blocking(move || {
        let request = ureq::get(&url)
            .config()
            .timeout_global(Some(REPLY_TIMEOUT))
            .build();
        let mut response = request.call().with_context(|| format!("GET {url}"))?;
        response
            .body_mut()
            .read_to_string()
            .with_context(|| format!("GET {url}"))
    })
    .await?
}

/// A random name, as a page load or a browser tab gives itself one.
pub(crate) fn random_name() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
