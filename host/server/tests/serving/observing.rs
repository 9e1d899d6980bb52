//! What an operator sees from outside: readiness, metrics, and how a server ends.

use std::sync::Arc;
use std::time::Duration;

use ferroflex_server::Environment::Development;
use ferroflex_server::{Audience, Mount, Options, record};
use ferroflex_session::identity::Identity;
use ferroflex_session::store::memory::Shared;
use ferroflex_session::store::{Claim, Store};
use ferroflex_session::{Hub, Settings};
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use crate::faulty::{Fault, Faulty};
use crate::sockets::{Client, hello};
use crate::support::{
    BROWSER, BUILD, Counter, Running, ask_as_stranger, get, options, start, start_with,
};
use crate::visits::app;

/// How long what has to come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The settings of an app whose sessions are kept in a store.
fn kept_in(store: Arc<dyn Store>) -> impl FnOnce(&mut Mount<Counter>) {
    move |mount| {
        let settings = Settings {
            build: BUILD.into(),
            store: Some(store),
            ..Settings::default()
        };
        mount.hub = Hub::new(Arc::new(Counter), settings);
    }
}

async fn with_fault(fault: Fault) -> Running {
    let store = Arc::new(Faulty::new(fault));
    start(vec![app("", kept_in(store))], Development).await
}

async fn readiness(server: &Running) -> (u16, Json) {
    let answer = get(server.address, "/readyz", "").await;
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

#[tokio::test]
async fn a_server_whose_stores_answer_is_ready() {
    for fault in [None, Some(Fault::None)] {
        let server = match fault {
            Some(fault) => with_fault(fault).await,
            None => start(vec![app("", |_| ())], Development).await,
        };
        assert_eq!(readiness(&server).await, (200, json!({"status": "ready"})));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_server_says_why_it_is_not_ready() {
    for (fault, reason) in [
        (
            Fault::Unreachable,
            "the faulty store cannot be reached: pulled out",
        ),
        (Fault::Silent, "the faulty store did not answer for 1000 ms"),
    ] {
        let server = with_fault(fault).await;
        let (status, told) = timeout(PATIENCE, readiness(&server)).await.unwrap();
        let reasons = json!([{"app": "counter", "reason": reason}]);
        assert_eq!((status, &told["reasons"]), (503, &reasons));
        assert_eq!(get(server.address, "/healthz", "").await.status, 200);
        server.stop().await;
    }
    let dead = |mount: &mut Mount<Counter>| {
        mount.health = Some(Arc::new(|| json!({"status": "dead"})));
    };
    let server = start(vec![app("", dead)], Development).await;
    let (status, told) = readiness(&server).await;
    assert_eq!(status, 503);
    assert_eq!(
        told["reasons"][0]["reason"],
        "the threads that run Python are dead"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_hello_that_needs_a_store_which_does_not_answer_is_told_to_come_again() {
    let identity = Identity::default();
    let token = identity.token(BROWSER).unwrap();
    let settings = Settings {
        build: BUILD.into(),
        store: Some(Arc::new(Faulty::new(Fault::Unreachable))),
        identity,
        ..Settings::default()
    };
    let hub = Hub::new(Arc::new(Counter), settings);
    let server = start(vec![app("", |mount| mount.hub = hub)], Development).await;
    let mut client = Client::connect(&server, None).await;
    let mut again = hello();
    again["token"] = json!(token);
    client.send(&again).await;
    let (code, reason) = client.closed().await;
    assert_eq!(code, 1013);
    // Where the store stands is for the log.
    assert_eq!(reason, "the store does not answer");
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_is_asked_to_stop_gives_notice() {
    let notice = Duration::from_secs(2);
    let options = Options {
        notice,
        ..options(Development)
    };
    let server = start_with(vec![app("", |_| ())], options).await;
    let address = server.address;
    assert_eq!(get(address, "/readyz", "").await.status, 200);
    let stopping = tokio::spawn(server.stop());
    let told = async {
        loop {
            let answer = get(address, "/readyz", "").await;
            if answer.status == 503 {
                return answer.body;
            }
        }
    };
    let told = timeout(notice, told).await.unwrap();
    assert!(told.contains("the server is stopping"), "{told}");
    assert_eq!(
        get(address, "/", "").await.status,
        200,
        "pages are served until the end"
    );
    timeout(PATIENCE, stopping).await.unwrap().unwrap();
}

#[tokio::test]
async fn sessions_are_stored_and_free_when_the_server_has_ended() {
    let shared = Arc::new(Shared::default());
    let store: Arc<dyn Store> = Arc::new(shared.instance());
    let server = start(vec![app("", kept_in(store))], Development).await;
    let (mut client, token) = Client::with_token(&server).await;
    let event = json!({"t": "event", "id": 1, "handler": 0, "args": [5]});
    client.send(&event).await;
    assert_eq!(client.next().await["ack"], json!([1]));
    server.stop().await;
    assert_eq!(client.closed().await.0, 1012);
    let claim = shared.instance().claim(&token, None).await.unwrap();
    let Claim::Given(record) = claim else {
        panic!("the session is not free: {claim:?}");
    };
    assert!(record.was_released);
}

#[tokio::test]
async fn what_is_measured_is_told_in_the_text_form() {
    record().unwrap();
    record().unwrap();
    let server = start(
        vec![app("", |mount| mount.name = "measured".into())],
        Development,
    )
    .await;
    let mut client = Client::with_token(&server).await.0;
    for (id, argument) in [(1, json!(5)), (2, json!("x"))] {
        client
            .send(&json!({"t": "event", "id": id, "handler": 0, "args": [argument]}))
            .await;
        client.next().await;
    }
    let answer = get(server.address, "/metrics", "").await;
    assert_eq!(answer.status, 200);
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("text/plain; version=0.0.4; charset=utf-8"));
    for part in [
        "# HELP ferroflex_events_total events whose handling has ended, by outcome",
        "# TYPE ferroflex_handler_seconds histogram",
        "ferroflex_handler_seconds_bucket{le=\"0.0005\"} ",
        "ferroflex_events_total{outcome=\"done\"} ",
        "ferroflex_events_total{outcome=\"failed\"} ",
        "ferroflex_patch_bytes_sum ",
        "ferroflex_sessions{app=\"measured\",state=\"live\"} 1",
        "ferroflex_sessions{app=\"measured\",state=\"connected\"} 1",
        "ferroflex_queued{app=\"measured\",queue=\"events\"} 0",
        "ferroflex_sockets 1",
        "ferroflex_sockets_opened_total ",
        "ferroflex_http_requests_total{class=\"1xx\"} ",
    ] {
        assert!(answer.body.contains(part), "no {part} in\n{}", answer.body);
    }
    assert!(!answer.body.contains(BROWSER), "metrics name nobody");
    server.stop().await;
}

#[tokio::test]
async fn metrics_are_for_those_who_may_see_them() {
    record().unwrap();
    let forwarded = "x-forwarded-for: 127.0.0.1\r\n";
    for (audience, direct, proxied) in [
        (Audience::Nobody, 404, 404),
        (Audience::Local, 200, 404),
        (Audience::Anyone, 200, 200),
    ] {
        let options = Options {
            metrics_for: audience,
            ..options(Development)
        };
        let server = start_with(vec![app("", |_| ())], options).await;
        for (headers, status) in [("", direct), (forwarded, proxied)] {
            let answer = ask_as_stranger(server.address, "GET", "/metrics", headers, "").await;
            assert_eq!(answer.status, status, "{audience:?} {headers}");
        }
        server.stop().await;
    }
}
