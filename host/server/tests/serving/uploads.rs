//! Files that pages send: who may, what becomes of them, what is refused.

use std::fs;

use ferroflex_server::Environment::Development;
use ferroflex_session::uploads::{TOKEN_HEADER, UPLOAD_BYTES_MAX, waiting};
use serde_json::Value as Json;

use crate::sockets::Client;
use crate::support::{ask, counter, start};

#[tokio::test]
async fn a_file_waits_under_its_key() {
    let server = start(vec![counter("counter", "")], Development).await;
    let (client, token) = Client::with_token(&server).await;
    let headers = format!("{TOKEN_HEADER}: {token}\r\n");
    let answer = ask(server.address, "POST", "/_upload", &headers, "content").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json: Json = serde_json::from_str(&answer.body).unwrap();
    let path = waiting(json["key"].as_str().unwrap()).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "content");
    drop(client);
    server.stop().await;
}

#[tokio::test]
async fn only_pages_of_a_session_may_send_files() {
    let server = start(vec![counter("counter", "")], Development).await;
    let (client, token) = Client::with_token(&server).await;
    let foreign = format!("{TOKEN_HEADER}: {token}\r\norigin: https://evil.example\r\n");
    for headers in ["", "x-ferroflex-token: nobody\r\n", &foreign] {
        let answer = ask(server.address, "POST", "/_upload", headers, "content").await;
        assert_eq!(answer.status, 403, "{headers}: {}", answer.body);
    }
    drop(client);
    server.stop().await;
}

#[tokio::test]
async fn a_file_that_says_it_is_too_large_is_refused_at_once() {
    let server = start(vec![counter("counter", "")], Development).await;
    let (client, token) = Client::with_token(&server).await;
    let length = UPLOAD_BYTES_MAX + 1;
    let headers = format!("{TOKEN_HEADER}: {token}\r\ncontent-length: {length}\r\n");
    let answer = ask(server.address, "POST", "/_upload", &headers, "").await;
    assert_eq!(answer.status, 413, "{}", answer.body);
    drop(client);
    server.stop().await;
}
