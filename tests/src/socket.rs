//! A WebSocket as a page's, and plain requests, for clients that are no browsers.
//!
//! Not here: what the frames mean.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

/// How long a reply may take before the client gives up: far more than a thousand clients on a
/// saturated server need, so that only a lost reply ends in an error.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// A WebSocket that carries text.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects as a page of `origin` would.
    ///
    /// # Errors
    /// When the server does not answer or does not want a WebSocket.
    pub async fn connect(url: &str, origin: &str) -> Result<Self> {
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

    /// The WebSocket itself, for a client that reads and writes at the same time.
    #[must_use]
    pub fn into_inner(self) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
        self.0
    }

    /// Sends one text frame.
    ///
    /// # Errors
    /// When the socket was lost.
    pub async fn send(&mut self, text: String) -> Result<()> {
        self.0
            .send(Message::text(text))
            .await
            .context("the socket was lost while sending")
    }

    /// The next text frame.
    ///
    /// # Errors
    /// When none comes, or the socket was closed.
    pub async fn receive(&mut self) -> Result<Utf8Bytes> {
        timeout(REPLY_TIMEOUT, self.next_text())
            .await
            .with_context(|| format!("no reply for {REPLY_TIMEOUT:?}"))?
    }

    /// The code and the reason with which the server closes the socket, after any number of frames.
    ///
    /// # Errors
    /// When it does not close the socket within `patience`, or the socket was lost.
    pub async fn closed(&mut self, patience: Duration) -> Result<(u16, String)> {
        let frame = timeout(patience, self.next_close())
            .await
            .with_context(|| format!("the socket was still open after {patience:?}"))??;
        Ok((frame.code.into(), frame.reason.to_string()))
    }

    async fn next_close(&mut self) -> Result<CloseFrame> {
        loop {
            match self.0.next().await.context("the connection was cut")?? {
                Message::Close(frame) => return frame.context("closed without a code"),
                Message::Ping(_) => self.0.send(Message::Pong(Bytes::new())).await?,
                _ => {}
            }
        }
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
///
/// # Errors
/// When there is no answer, or one that tells of an error.
pub async fn get(url: String) -> Result<String> {
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
#[must_use]
pub fn random_name() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
