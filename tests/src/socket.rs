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

/// The cookie that names a browser.
const BROWSER_COOKIE: &str = "ferroflex_browser";

/// A WebSocket that carries text.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    browser: Option<String>,
}

impl Socket {
    /// Connects as a page of `origin` would, in a browser that has never been here.
    ///
    /// # Errors
    /// When the server does not answer or does not want a WebSocket.
    pub async fn connect(url: &str, origin: &str) -> Result<Self> {
        Self::connect_as(url, origin, None).await
    }

    /// Connects as a page of `origin` would, in the browser that was given this name: the only one
    /// in which the tokens are worth something that it was given.
    ///
    /// # Errors
    /// When the server does not answer or does not want a WebSocket.
    pub async fn connect_as(url: &str, origin: &str, browser: Option<&str>) -> Result<Self> {
        let mut request = url.into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(origin)?);
        if let Some(name) = browser {
            let cookie = format!("{BROWSER_COOKIE}={name}");
            headers.insert("cookie", HeaderValue::try_from(cookie)?);
        }
        // Without Nagle's algorithm, as in browsers.
        let connecting = connect_async_with_config(request, None, true);
        let connected = timeout(REPLY_TIMEOUT, connecting)
            .await
            .with_context(|| format!("{url} did not answer for {REPLY_TIMEOUT:?}"))?;
        let (stream, answer) = connected.with_context(|| format!("cannot connect to {url}"))?;
        let set = answer.headers().get_all("set-cookie").iter();
        let given = set
            .filter_map(|cookie| cookie.to_str().ok())
            .find_map(given_name);
        let browser = given.or(browser).map(str::to_owned);
        Ok(Self { stream, browser })
    }

    /// The name of the browser, as it is to be said when it connects again.
    #[must_use]
    pub fn browser(&self) -> Option<&str> {
        self.browser.as_deref()
    }

    /// The WebSocket itself, for a client that reads and writes at the same time.
    #[must_use]
    pub fn into_inner(self) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
        self.stream
    }

    /// Sends one text frame.
    ///
    /// # Errors
    /// When the socket was lost.
    pub async fn send(&mut self, text: String) -> Result<()> {
        self.stream
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
            match self
                .stream
                .next()
                .await
                .context("the connection was cut")??
            {
                Message::Close(frame) => return frame.context("closed without a code"),
                Message::Ping(_) => self.stream.send(Message::Pong(Bytes::new())).await?,
                _ => {}
            }
        }
    }

    async fn next_text(&mut self) -> Result<Utf8Bytes> {
        loop {
            match self
                .stream
                .next()
                .await
                .context("the server ended the connection")??
            {
                Message::Text(text) => return Ok(text),
                Message::Close(reason) => bail!("the server closed the socket: {reason:?}"),
                Message::Ping(_) => self.stream.send(Message::Pong(Bytes::new())).await?,
                _ => {}
            }
        }
    }
}

/// The name that a `set-cookie` header gives the browser.
fn given_name(cookie: &str) -> Option<&str> {
    let (name, value) = cookie.split(';').next()?.split_once('=')?;
    (name == BROWSER_COOKIE).then_some(value)
}

/// The text at an HTTP address.
///
/// # Errors
/// When there is no answer, or one that tells of an error.
pub async fn get(url: String) -> Result<String> {
    Ok(get_as_browser(url).await?.0)
}

/// The text at an HTTP address, and the name that the browser is given with it.
///
/// # Errors
/// When there is no answer, or one that tells of an error.
pub async fn get_as_browser(url: String) -> Result<(String, Option<String>)> {
    spawn_blocking(move || {
        let request = ureq::get(&url)
            .config()
            .timeout_global(Some(REPLY_TIMEOUT))
            .build();
        let mut response = request.call().with_context(|| format!("GET {url}"))?;
        let set = response.headers().get_all("set-cookie").iter();
        let given = set
            .filter_map(|cookie| cookie.to_str().ok())
            .find_map(given_name);
        let browser = given.map(str::to_owned);
        let text = response.body_mut().read_to_string();
        Ok((text.with_context(|| format!("GET {url}"))?, browser))
    })
    .await?
}

/// A random name, as a page load or a browser tab gives itself one.
#[must_use]
pub fn random_name() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
