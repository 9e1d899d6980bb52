//! Sockets: hello, events, bad frames, and how they end.

use ferroflex_server::Environment::Development;
use ferroflex_session::limits::{MALFORMED_IN_ROW_MAX, MESSAGE_BYTES_MAX};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::support::{BROWSER, BUILD, Running, counter, get, start};

pub(crate) struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// Connects as the browser of the tests.
    pub(crate) async fn connect(server: &Running, origin: Option<&str>) -> Self {
        let cookie = format!("ferroflex_browser={BROWSER}");
        Self::connect_with(server, origin, Some(&cookie)).await.0
    }

    /// Connects with these cookies; gives the one that the answer sets.
    pub(crate) async fn connect_with(
        server: &Running,
        origin: Option<&str>,
        cookie: Option<&str>,
    ) -> (Self, Option<String>) {
        let headers = [("origin", origin), ("cookie", cookie)];
        Self::connect_asking(server, &headers).await
    }

    /// Connects with these headers, as far as they have a value.
    pub(crate) async fn connect_asking(
        server: &Running,
        headers: &[(&'static str, Option<&str>)],
    ) -> (Self, Option<String>) {
        let stream = TcpStream::connect(server.address).await.unwrap();
        let address = format!("ws://{}/_socket", server.address);
        let mut request = address.into_client_request().unwrap();
        for (name, value) in headers {
            let value = value.map(|value| value.parse().unwrap());
            value.and_then(|value| request.headers_mut().insert(*name, value));
        }
        let (socket, answer) = client_async(request, stream).await.unwrap();
        let set = answer.headers().get("set-cookie");
        (
            Self(socket),
            set.map(|set| set.to_str().unwrap().to_owned()),
        )
    }

    /// A client that has said hello, and its session's token.
    pub(crate) async fn with_token(server: &Running) -> (Self, String) {
        let mut client = Self::connect(server, None).await;
        client.send(&hello()).await;
        let state = client.next().await;
        (client, state["token"].as_str().unwrap().to_owned())
    }

    async fn greeted(server: &Running) -> Self {
        let mut client = Self::connect(server, None).await;
        client.send(&hello()).await;
        assert_eq!(client.next().await["t"], "state");
        client
    }

    pub(crate) async fn send(&mut self, message: &Json) {
        self.send_text(message.to_string()).await;
    }

    async fn send_text(&mut self, text: impl Into<String>) {
        self.0.send(Message::text(text.into())).await.unwrap();
    }

    pub(crate) async fn message(&mut self) -> Message {
        let wait = std::time::Duration::from_secs(10);
        tokio::time::timeout(wait, self.0.next())
            .await
            .unwrap()
            .unwrap()
            .unwrap()
    }

    pub(crate) async fn next(&mut self) -> Json {
        serde_json::from_str(self.message().await.to_text().unwrap()).unwrap()
    }

    /// The code and reason with which the socket is closed, after any number of frames.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.message().await {
                let frame = frame.unwrap();
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }
}

pub(crate) fn hello() -> Json {
    json!({
        "t": "hello", "v": 1, "build": BUILD, "client": "page-one", "token": null, "seq": 0,
        "event": 0, "base": null, "route": "/",
    })
}

async fn alone() -> Running {
    start(vec![counter("counter", "")], Development).await
}

#[tokio::test]
async fn hello_event_patch() {
    let server = alone().await;
    let mut client = Client::connect(&server, None).await;
    client.send(&hello()).await;
    let state = client.next().await;
    assert_eq!(state["state"], json!([[0, "</script>"]]));
    assert_eq!((&state["seq"], &state["event"]), (&json!(1), &json!(0)));
    client
        .send(&json!({"t": "event", "id": 1, "handler": 0, "args": [5]}))
        .await;
    let patch = json!({"t": "patch", "seq": 2, "ops": [[0, ["s", [0], 5]]], "ack": [1]});
    assert_eq!(client.next().await, patch);
    client.send(&json!({"t": "ping"})).await;
    assert_eq!(client.next().await, json!({"t": "pong"}));
    let health: Json =
        serde_json::from_str(&get(server.address, "/healthz", "").await.body).unwrap();
    assert_eq!(health["apps"][0]["sessions"], 1);
    server.stop().await;
}

#[tokio::test]
async fn a_session_goes_on_after_a_lost_socket() {
    let server = alone().await;
    let mut client = Client::connect(&server, None).await;
    client.send(&hello()).await;
    let token = client.next().await["token"].clone();
    client
        .send(&json!({"t": "event", "id": 1, "handler": 0, "args": [5]}))
        .await;
    client.next().await;
    drop(client);
    let mut client = Client::connect(&server, None).await;
    let mut again = hello();
    again["token"] = token.clone();
    again["seq"] = json!(2);
    again["event"] = json!(2);
    client.send(&again).await;
    let answer = json!({"t": "state", "seq": 2, "token": token, "event": 1});
    assert_eq!(client.next().await, answer);
    client
        .send(&json!({"t": "event", "id": 2, "handler": 0, "args": [1]}))
        .await;
    assert_eq!(client.next().await["ops"], json!([[0, ["s", [0], 6]]]));
    server.stop().await;
}

#[tokio::test]
async fn bad_frames_get_an_error_and_leave_the_session_whole() {
    let server = alone().await;
    let mut client = Client::greeted(&server).await;
    let frames = [
        ("no json", "malformed"),
        ("[1, 2]", "malformed"),
        ("{}", "malformed"),
        (
            r#"{"t": "event", "id": "1", "handler": 0, "args": [1]}"#,
            "malformed",
        ),
        (r#"{"t": "sing"}"#, "unknown_kind"),
        (
            r#"{"t": "event", "id": 1, "handler": 9, "args": [1]}"#,
            "unknown_handler",
        ),
        (
            r#"{"t": "event", "id": 2, "handler": 0, "args": []}"#,
            "wrong_argument_count",
        ),
        (
            r#"{"t": "event", "id": 9, "handler": 0, "args": [1]}"#,
            "event_gap",
        ),
    ];
    for (frame, code) in frames {
        client.send_text(frame).await;
        let error = client.next().await;
        assert_eq!(
            (&error["t"], &error["code"]),
            (&json!("error"), &json!(code)),
            "{error}"
        );
    }
    client.0.send(Message::binary(vec![1, 2])).await.unwrap();
    assert_eq!(
        client.next().await["message"],
        "a frame must be text, not binary"
    );
    client
        .send(&json!({"t": "event", "id": 3, "handler": 0, "args": [1]}))
        .await;
    assert_eq!(client.next().await["ack"], json!([3]));
    server.stop().await;
}

#[tokio::test]
async fn too_many_bad_frames_close_the_socket() {
    let server = alone().await;
    let mut client = Client::greeted(&server).await;
    for _ in 0..MALFORMED_IN_ROW_MAX {
        client.send_text("?").await;
    }
    for _ in 0..MALFORMED_IN_ROW_MAX {
        assert_eq!(client.next().await["code"], "malformed");
    }
    assert_eq!(client.closed().await.0, 4002);
    server.stop().await;
}

#[tokio::test]
async fn the_first_frame_must_be_a_hello_that_is_understood() {
    let server = alone().await;
    let mut version = hello();
    version["v"] = json!(2);
    let mut build = hello();
    build["build"] = json!("older");
    let cases = [
        (json!({"t": "ping"}), json!("expected_hello"), 4000),
        (version, json!("unsupported_version"), 4000),
        (build, Json::Null, 1000),
    ];
    for (frame, code, close) in cases {
        let mut client = Client::connect(&server, None).await;
        client.send(&frame).await;
        let answer = client.next().await;
        assert_eq!(
            answer.get("code").cloned().unwrap_or_default(),
            code,
            "{answer}"
        );
        assert!(code != Json::Null || answer == json!({"t": "reload", "reason": "build"}));
        assert_eq!(client.closed().await.0, close);
    }
    let mut client = Client::connect(&server, None).await;
    client.send_text("{").await;
    assert_eq!(client.next().await["code"], "malformed");
    client.send(&hello()).await;
    assert_eq!(client.next().await["t"], "state");
    server.stop().await;
}

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let server = alone().await;
    let own = format!("http://{}", server.address);
    for origin in [own.as_str(), "https://friend.example"] {
        let mut client = Client::connect(&server, Some(origin)).await;
        client.send(&hello()).await;
        assert_eq!(client.next().await["t"], "state", "{origin}");
    }
    let mut client = Client::connect(&server, Some("http://evil.example")).await;
    let closed = client.closed().await;
    assert_eq!(
        closed,
        (
            1008,
            "pages of http://evil.example may not connect".to_owned()
        )
    );
    server.stop().await;
}

#[tokio::test]
async fn a_frame_over_the_limit_closes_the_socket() {
    let server = alone().await;
    for size in [MESSAGE_BYTES_MAX + 1, 3 * MESSAGE_BYTES_MAX] {
        let (mut sink, mut stream) = Client::greeted(&server).await.0.split();
        // What is far over the limit is not read to its end: writing it may fail or take long.
        let write = tokio::spawn(async move { sink.send(Message::text("x".repeat(size))).await });
        let closed = loop {
            if let Message::Close(frame) = stream.next().await.unwrap().unwrap() {
                break frame.unwrap();
            }
        };
        assert_eq!(u16::from(closed.code), 1009, "{size}");
        write.abort();
    }
    server.stop().await;
}

#[tokio::test]
async fn another_socket_of_the_page_takes_over() {
    let server = alone().await;
    let mut old = Client::connect(&server, None).await;
    old.send(&hello()).await;
    let mut again = hello();
    again["token"] = old.next().await["token"].clone();
    again["seq"] = json!(1);
    let mut new = Client::connect(&server, None).await;
    new.send(&again).await;
    assert_eq!(new.next().await["t"], "state");
    assert_eq!(old.closed().await.0, 4001);
    server.stop().await;
}

#[tokio::test]
async fn stopping_tells_the_sockets() {
    let server = alone().await;
    let mut client = Client::greeted(&server).await;
    let stopping = tokio::spawn(server.stop());
    assert_eq!(client.closed().await.0, 1012);
    stopping.await.unwrap();
}
