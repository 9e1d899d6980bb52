//! One request under way: its body as it is asked for, its answer as it is made. Each side waits for
//! the other, so that neither a large upload nor a large download stands in memory.
//!
//! Not here: who answers (`api`).

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use ferroflex_session::Failure;
use futures_util::{StreamExt as _, stream};
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::limits::{API_ASKS_MAX, API_BODY_BYTES_MAX, API_GRACE_MS, API_PARTS_MAX};

/// What comes of asking for the next part of a request's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// A part, and whether more follow.
    Part {
        /// The bytes.
        bytes: Bytes,
        /// Whether more follow.
        more: bool,
    },
    /// The client left, or has its whole answer.
    Disconnected,
}

/// How an answer begins.
#[derive(Debug)]
pub(super) enum Head {
    Started {
        status: StatusCode,
        headers: HeaderMap,
    },
    Failed(Failure),
    TooLarge,
}

type HeadSender = Arc<Mutex<Option<oneshot::Sender<Head>>>>;

/// A request under way, in the hands of whoever answers it. What is given to its methods is called
/// once in any case, on any thread, and must not block.
pub struct Exchange {
    head: HeadSender,
    asks: mpsc::Sender<Ask>,
    /// None when the answer was cut.
    parts: Mutex<Option<mpsc::Sender<Part>>>,
    gone: CancellationToken,
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("is_gone", &self.is_gone())
            .finish_non_exhaustive()
    }
}

impl Exchange {
    /// Asks for the next part of the request's body. After the last one, tells when the client has
    /// left.
    pub fn receive(&self, give: impl FnOnce(Received) + Send + 'static) {
        // An ask that finds no place is told on its drop that there is nothing more.
        drop(self.asks.try_send(Ask(Some(Box::new(give)))));
    }

    /// Begins the answer. False when it has begun already.
    pub fn start(&self, status: u16, headers: Vec<(Vec<u8>, Vec<u8>)>) -> bool {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = headers.into_iter().filter_map(read_header).collect();
        self.begin(Head::Started { status, headers })
    }

    /// Sends a part of the answer's body. `taken` is told when the next may come, or `false` when
    /// nobody takes it.
    pub fn send(&self, bytes: Vec<u8>, more: bool, taken: impl FnOnce(bool) + Send + 'static) {
        let bytes = Bytes::from(bytes);
        let taken = Taken(Some(Box::new(taken)));
        let part = Part { bytes, more, taken };
        if let Some(parts) = &*self.parts.lock() {
            drop(parts.try_send(part));
        }
    }

    /// Tells of an exception. An answer that has begun is cut.
    pub fn fail(&self, failure: Failure) {
        self.begin(Head::Failed(failure));
        drop(self.parts.lock().take());
    }

    /// Whether the client has left, or has its whole answer.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.gone.is_cancelled()
    }

    fn begin(&self, head: Head) -> bool {
        begin_once(&self.head, head)
    }
}

fn begin_once(sender: &HeadSender, head: Head) -> bool {
    let sender = sender.lock().take();
    sender.is_some_and(|sender| sender.send(head).is_ok())
}

/// A header that the connection does not decide on itself.
fn read_header((name, value): (Vec<u8>, Vec<u8>)) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(&name).ok()?;
    let of_connection = [
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ];
    let value = HeaderValue::from_bytes(&value).ok()?;
    (!of_connection.contains(&name)).then_some((name, value))
}

/// Somebody waits for a part of the body.
struct Ask(Option<Box<dyn FnOnce(Received) + Send>>);

impl Ask {
    fn give(mut self, received: Received) {
        if let Some(give) = self.0.take() {
            give(received);
        }
    }
}

impl Drop for Ask {
    fn drop(&mut self) {
        if let Some(give) = self.0.take() {
            give(Received::Disconnected);
        }
    }
}

/// Somebody waits until a part of the answer is taken.
struct Taken(Option<Box<dyn FnOnce(bool) + Send>>);

impl Taken {
    fn tell(mut self) {
        if let Some(taken) = self.0.take() {
            taken(true);
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let Some(taken) = self.0.take() {
            taken(false);
        }
    }
}

struct Part {
    bytes: Bytes,
    more: bool,
    taken: Taken,
}

/// The body of an answer, as it comes. The exchange is over when it is dropped.
pub(super) struct Parts {
    queue: mpsc::Receiver<Part>,
    is_over: bool,
    _gone: DropGuard,
    _permit: OwnedSemaphorePermit,
}

impl Parts {
    pub(super) fn into_body(self) -> Body {
        Body::from_stream(stream::unfold(self, async move |mut parts| {
            let next = parts.next().await?;
            Some((next, parts))
        }))
    }

    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        while !self.is_over {
            let Some(part) = self.queue.recv().await else {
                self.is_over = true;
                return Some(Err(io::Error::other("the app did not finish its answer")));
            };
            self.is_over = !part.more;
            part.taken.tell();
            if !part.bytes.is_empty() {
                return Some(Ok(part.bytes));
            }
        }
        None
    }
}

/// A new exchange: the end for whoever answers, how the answer begins, and its body.
pub(super) fn begin(
    body: Body,
    stopping: &CancellationToken,
    permit: OwnedSemaphorePermit,
) -> (Exchange, oneshot::Receiver<Head>, Parts) {
    let (head, started) = oneshot::channel();
    let head = Arc::new(Mutex::new(Some(head)));
    let (asks, asked) = mpsc::channel(API_ASKS_MAX);
    let (sending, parts) = mpsc::channel(API_PARTS_MAX);
    let gone = CancellationToken::new();
    let feeder = Feeder {
        chunks: body.into_data_stream(),
        size: 0,
        is_over: false,
        head: Arc::clone(&head),
        gone: gone.clone(),
        stopping: stopping.clone(),
    };
    tokio::spawn(feeder.feed(asked));
    let parts = Parts {
        queue: parts,
        is_over: false,
        _gone: gone.clone().drop_guard(),
        _permit: permit,
    };
    let exchange = Exchange {
        head,
        asks,
        parts: Mutex::new(Some(sending)),
        gone,
    };
    (exchange, started, parts)
}

/// Gives a request's body to who asks for it.
struct Feeder {
    chunks: BodyDataStream,
    size: u64,
    is_over: bool,
    head: HeadSender,
    gone: CancellationToken,
    stopping: CancellationToken,
}

impl Feeder {
    async fn feed(mut self, mut asked: mpsc::Receiver<Ask>) {
        while let Some(ask) = asked.recv().await {
            let received = self.next().await;
            ask.give(received);
        }
    }

    async fn next(&mut self) -> Received {
        if self.is_over {
            ended(&self.gone, &self.stopping).await;
            return Received::Disconnected;
        }
        let chunk = tokio::select! {
            chunk = self.chunks.next() => chunk,
            () = self.gone.cancelled() => Some(Err(axum::Error::new("the client left"))),
        };
        self.is_over = !matches!(chunk, Some(Ok(_)));
        let bytes = match chunk {
            Some(Ok(bytes)) => bytes,
            None => Bytes::new(),
            Some(Err(_)) => return Received::Disconnected,
        };
        self.size += bytes.len() as u64;
        if self.size > API_BODY_BYTES_MAX {
            self.is_over = true;
            begin_once(&self.head, Head::TooLarge);
            return Received::Disconnected;
        }
        let more = !self.is_over;
        Received::Part { bytes, more }
    }
}

/// Waits until the client has left, or the server stops and has waited for what is short.
async fn ended(gone: &CancellationToken, stopping: &CancellationToken) {
    let stopped = async {
        stopping.cancelled().await;
        tokio::time::sleep(Duration::from_millis(API_GRACE_MS)).await;
    };
    tokio::select! {
        () = gone.cancelled() => {}
        () = stopped => {}
    }
}
