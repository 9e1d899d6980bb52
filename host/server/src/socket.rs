//! A socket's task: hello, then reading and writing at the same time until one of them ends.
//!
//! Not here: what frames mean (`ferroflex_session`), and which end has which close code (`error`).

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use ferroflex_session::limits::{MALFORMED_IN_ROW_MAX, SLOW_CLIENT_MS_MAX};
use ferroflex_session::{Connection, Hello, Inbox, Outbox, Script, SessionError, Visit, frame};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite;
use tokio_util::task::task_tracker::TaskTrackerToken;

use ferroflex_session::metric::{SOCKETS_CLOSED, SOCKETS_OPENED};
use metrics::counter;
use tracing::Instrument as _;

use crate::app::App;
use crate::caller::Caller;
use crate::error::SocketEnd;
use crate::limits::{
    CLOSE_MS_MAX, HELLO_MS_MAX, LAST_FRAMES_MAX, READ_BUFFER_BYTES, SILENCE_MS_MAX,
    SLOW_CLIENT_BYTES_PER_MS, SLOW_CLIENT_LOOK_MS, SOCKET_MESSAGE_BYTES_MAX, WRITE_BATCH_BYTES_MAX,
    WRITE_BUFFER_BYTES,
};
use crate::origin;
use crate::progress::{Peer, Taken};

/// The writing half of a socket, and what its client took of what was written.
struct Sink {
    socket: SplitSink<WebSocket, Message>,
    taken: Taken,
}
type Stream = SplitStream<WebSocket>;

/// What is known when a socket is asked for.
struct Arrival<S: Script> {
    app: Arc<App<S>>,
    /// The foreign origin that it comes from.
    refused: Option<String>,
    visit: Box<Visit>,
    taken: Taken,
    /// The server waits for it when it stops.
    open: TaskTrackerToken,
}

/// Takes a socket. A foreign origin is told so in the close frame, which a page can read, unlike
/// the status of a failed handshake.
pub(crate) async fn socket<S: Script>(
    State(app): State<Arc<App<S>>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let allowed = &app.options.allowed_origins;
    let refused = origin::check(&headers, caller.host.as_deref(), allowed).err();
    let span = tracing::info_span!("socket", app = app.name, address = %caller.address);
    // In one piece: the task that lives as long as the socket has room for it more than once.
    let arrival = Box::new(Arrival {
        refused,
        visit: Box::new(caller.visit(&headers)),
        taken: peer.taken,
        open: app.life.sockets.token(),
        app,
    });
    upgrade
        .max_message_size(SOCKET_MESSAGE_BYTES_MAX)
        .max_frame_size(SOCKET_MESSAGE_BYTES_MAX)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| serve(arrival, socket).instrument(span))
}

/// A socket's life.
async fn serve<S: Script>(arrival: Box<Arrival<S>>, socket: WebSocket) {
    let Arrival {
        app,
        refused,
        visit,
        taken,
        open,
    } = *arrival;
    counter!(SOCKETS_OPENED).increment(1);
    let (socket, mut stream) = socket.split();
    let mut sink = Sink { socket, taken };
    let end = match refused {
        Some(origin) => SocketEnd::ForeignOrigin { origin },
        None => converse(&app, &mut sink, &mut stream, visit).await,
    };
    note_end(&end);
    Box::pin(close(sink, stream, &end)).await;
    drop(open);
}

/// Counts a socket's end, and tells the log of it.
fn note_end(end: &SocketEnd) {
    let code = end
        .close_code()
        .map_or("none".into(), |code| code.to_string());
    counter!(SOCKETS_CLOSED, "code" => code).increment(1);
    if end.is_ordinary() {
        tracing::debug!(%end, "socket closed");
    } else {
        tracing::warn!(%end, "socket closed");
    }
}

/// Lives through the socket's life and says how it ended.
async fn converse<S: Script>(
    app: &App<S>,
    sink: &mut Sink,
    stream: &mut Stream,
    visit: Box<Visit>,
) -> SocketEnd {
    let stopping = &app.life.stopping;
    // What is needed for a moment takes no memory for the rest of the socket's life.
    let greeting = timeout(
        Duration::from_millis(HELLO_MS_MAX),
        Box::pin(greet(app, sink, stream, visit)),
    );
    let Connection {
        mut inbox,
        mut outbox,
    } = tokio::select! {
        greeted = greeting => match greeted {
            Ok(Ok(connection)) => connection,
            Ok(Err(end)) => return end,
            Err(_) => return SocketEnd::NoHello,
        },
        () = stopping.cancelled() => return SocketEnd::Restart,
    };
    let end = tokio::select! {
        end = read(stream, &mut inbox) => end,
        end = write(sink, &mut outbox) => end,
        () = stopping.cancelled() => SocketEnd::Restart,
    };
    if matches!(end, SocketEnd::Session(_)) {
        Box::pin(last_words(sink, &mut outbox)).await;
    }
    end
}

/// Waits for hello and answers it.
async fn greet<S: Script>(
    app: &App<S>,
    sink: &mut Sink,
    stream: &mut Stream,
    visit: Box<Visit>,
) -> Result<Connection<S>, SocketEnd> {
    for _ in 0..MALFORMED_IN_ROW_MAX {
        let error = match next_text(stream)
            .await?
            .and_then(|text| Hello::parse(&text))
        {
            Ok(hello) => match app.hub.join(hello, Visit::clone(&visit)).await {
                Ok(connection) => return Ok(connection),
                Err(error @ SessionError::OtherBuild { .. }) => {
                    send(sink, frame::reload("build")).await?;
                    return Err(error.into());
                }
                Err(error) => error,
            },
            Err(error) => error,
        };
        send(sink, error_frame(&error)).await?;
        if !matches!(error, SessionError::Malformed { .. }) {
            return Err(error.into());
        }
    }
    Err(SessionError::TooManyMalformed {
        count: MALFORMED_IN_ROW_MAX,
    }
    .into())
}

/// The frame that tells of an error behind which there is no session.
fn error_frame(error: &SessionError) -> Bytes {
    let (code, message) = (error.code(), error.to_string());
    let (sequence, event, trace) = (None, None, None);
    frame::error(&frame::Error {
        sequence,
        event,
        code,
        message: &message,
        trace,
    })
}

/// Hands the client's frames to the session until the socket ends.
async fn read<S: Script>(stream: &mut Stream, inbox: &mut Inbox<S>) -> SocketEnd {
    loop {
        let taken = match next_text(stream).await {
            Ok(Ok(text)) => Box::pin(inbox.receive(&text)).await,
            Ok(Err(error)) => inbox.refuse(error),
            Err(end) => return end,
        };
        if let Err(error) = taken {
            return error.into();
        }
    }
}

/// The client's next text, or what is wrong with the frame that came instead.
async fn next_text(stream: &mut Stream) -> Result<Result<Utf8Bytes, SessionError>, SocketEnd> {
    loop {
        let next = timeout(Duration::from_millis(SILENCE_MS_MAX), stream.next()).await;
        match next.map_err(|_| SocketEnd::Silent)? {
            Some(Ok(Message::Text(text))) => return Ok(Ok(text)),
            Some(Ok(Message::Binary(_))) => {
                let reason = "a frame must be text, not binary".to_owned();
                return Ok(Err(SessionError::Malformed { reason }));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Close(_))) | None => return Err(SocketEnd::Left),
            Some(Err(error)) => return Err(broken(error)),
        }
    }
}

/// What the end of a socket means that the WebSocket library reports.
fn broken(error: axum::Error) -> SocketEnd {
    match error.into_inner().downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => SocketEnd::TooLarge,
        _ => SocketEnd::Left,
    }
}

/// Writes the session's frames until the socket ends.
async fn write<S: Script>(sink: &mut Sink, outbox: &mut Outbox<S>) -> SocketEnd {
    loop {
        let written = match outbox.next_frame().await {
            Ok(frame) => Box::pin(write_batch(sink, outbox, frame)).await,
            Err(error) => Err(error.into()),
        };
        if let Err(end) = written {
            return end;
        }
    }
}

/// Writes a frame together with those that are ready by then.
async fn write_batch<S: Script>(
    sink: &mut Sink,
    outbox: &mut Outbox<S>,
    first: Bytes,
) -> Result<(), SocketEnd> {
    let (mut next, mut bytes) = (Some(first), 0);
    while let Some(frame) = next {
        bytes += frame.len();
        in_time(&sink.taken, frame.len(), sink.socket.feed(message(frame)?)).await?;
        next = if bytes < WRITE_BATCH_BYTES_MAX {
            outbox.ready_frame()?
        } else {
            None
        };
    }
    in_time(&sink.taken, bytes, sink.socket.flush()).await
}

/// Writes what the client has still to be told, why it is closed among it.
async fn last_words<S: Script>(sink: &mut Sink, outbox: &mut Outbox<S>) {
    for _ in 0..LAST_FRAMES_MAX {
        let Ok(Some(frame)) = outbox.ready_frame() else {
            return;
        };
        if send(sink, frame).await.is_err() {
            return;
        }
    }
}

async fn send(sink: &mut Sink, frame: Bytes) -> Result<(), SocketEnd> {
    in_time(&sink.taken, frame.len(), sink.socket.send(message(frame)?)).await
}

fn message(frame: Bytes) -> Result<Message, SocketEnd> {
    Utf8Bytes::try_from(frame)
        .map(Message::Text)
        .map_err(|error| {
            tracing::error!(%error, "a frame of ours is not UTF-8");
            SocketEnd::Session(SessionError::StateUnavailable)
        })
}

/// Waits for a write, as long as a client may take for so many bytes, and unless it takes nothing
/// for too long.
async fn in_time(
    taken: &Taken,
    bytes: usize,
    write: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), SocketEnd> {
    let stall = Duration::from_millis(SLOW_CLIENT_MS_MAX);
    let patience = stall + Duration::from_millis((bytes / SLOW_CLIENT_BYTES_PER_MS) as u64);
    let mut write = pin!(write);
    let began = Instant::now();
    let (mut before, mut since) = (taken.bytes(), began);
    loop {
        let look = Duration::from_millis(SLOW_CLIENT_LOOK_MS);
        if let Ok(written) = timeout(look, &mut write).await {
            return written.map_err(broken);
        }
        if taken.bytes() > before {
            (before, since) = (taken.bytes(), Instant::now());
        }
        if since.elapsed() >= stall || began.elapsed() >= patience {
            return Err(SocketEnd::Slow);
        }
    }
}

/// Closes the socket and waits for the client's answer.
async fn close(mut sink: Sink, mut stream: Stream, end: &SocketEnd) {
    let Some(frame) = end.close_frame() else {
        return;
    };
    let handshake = async {
        // What fails here ends the socket too.
        if sink.socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = stream.next().await {}
        }
        if matches!(end, SocketEnd::TooLarge) {
            // With the rest of the frame unread, the end of the connection is a reset, which may
            // overtake the reason; so the client is left the time to read it.
            std::future::pending::<()>().await;
        }
    };
    let _cut = timeout(Duration::from_millis(CLOSE_MS_MAX), handshake).await;
}
