//! Who asks: the browser's name and what it is worth, and what proxies may say of it.

use ferroflex_server::Environment::Development;
use ferroflex_server::Options;
use serde_json::{Value as Json, json};

use crate::sockets::{Client, hello};
use crate::support::{Answer, BROWSER, Running, ask_as_stranger, get, options, start_with};
use crate::visits::{alone, app, description, hello as hello_of};

async fn visit(server: &Running, path: &str, headers: &str) -> Answer {
    ask_as_stranger(server.address, "GET", path, headers, "").await
}

/// The name in a `set-cookie` header, which must have these flags.
fn name<'a>(set: Option<&'a str>, flags: &str) -> &'a str {
    let (pair, rest) = set.unwrap().split_once("; ").unwrap();
    assert_eq!(rest, flags);
    let name = pair.strip_prefix("ferroflex_browser=").unwrap();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    assert!(name.len() == 22 && name.bytes().all(is_plain), "{name}");
    name
}

const FLAGS: &str = "Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";

#[tokio::test]
async fn a_browser_is_given_a_name_once() {
    let server = alone().await;
    let mut names = vec![];
    for path in ["/", "/loads", "/nowhere", "/out"] {
        let answer = visit(&server, path, "").await;
        names.push(name(answer.header("set-cookie"), FLAGS).to_owned());
    }
    let (_, set) = Client::connect_with(&server, None, None).await;
    names.push(name(set.as_deref(), FLAGS).to_owned());
    let fetched = visit(&server, "/loads", "sec-purpose: prefetch\r\n").await;
    names.push(name(fetched.header("set-cookie"), FLAGS).to_owned());
    for (at, one) in names.iter().enumerate() {
        assert!(!names[..at].contains(one), "{names:?}");
        let cookie = format!("cookie: a=b; ferroflex_browser={one}\r\n");
        let again = visit(&server, "/loads", &cookie).await;
        assert_eq!(again.header("set-cookie"), None);
    }
    let cookie = format!("ferroflex_browser={BROWSER}");
    let (_, set) = Client::connect_with(&server, None, Some(&cookie)).await;
    assert_eq!(set, None);
    for path in ["/note.txt", "/_app/names.json", "/healthz"] {
        let answer = visit(&server, path, "").await;
        assert_eq!(
            (answer.status, answer.header("set-cookie")),
            (200, None),
            "{path}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn a_name_that_was_never_given_is_replaced() {
    let server = alone().await;
    for odd in [
        "",
        "short",
        "x\"y",
        "the-browser-of-tests-12",
        "the browser of tests1",
    ] {
        let answer = visit(
            &server,
            "/",
            &format!("cookie: ferroflex_browser={odd}\r\n"),
        )
        .await;
        assert_ne!(name(answer.header("set-cookie"), FLAGS), odd);
        let cookie = format!("ferroflex_browser={odd}");
        let (_, set) = Client::connect_with(&server, None, Some(&cookie)).await;
        assert_ne!(name(set.as_deref(), FLAGS), odd);
    }
    server.stop().await;
}

/// The token of the session that a client has which says this.
async fn token(server: &Running, cookie: Option<&str>, hello: &Json) -> Json {
    let (mut client, _) = Client::connect_with(server, None, cookie).await;
    client.send(hello).await;
    client.next().await["token"].clone()
}

#[tokio::test]
async fn the_session_of_a_first_page_is_the_browsers_that_was_named_with_it() {
    let server = alone().await;
    let answer = visit(&server, "/loads", "").await;
    let page = description(&answer);
    let given = name(answer.header("set-cookie"), FLAGS);
    let cookie = format!("ferroflex_browser={given}");
    let known = token(&server, Some(&cookie), &hello_of(&page)).await;
    assert_eq!(known, page["token"]);
    server.stop().await;
}

#[tokio::test]
async fn a_stolen_token_without_the_cookie_is_worth_nothing() {
    let server = alone().await;
    let (client, stolen) = Client::with_token(&server).await;
    drop(client);
    let mut resumed = hello();
    (resumed["token"], resumed["seq"]) = (json!(stolen), json!(1));
    let other = "ferroflex_browser=another-browsers-name1";
    for cookie in [None, Some(other)] {
        assert_ne!(token(&server, cookie, &resumed).await, json!(stolen));
    }
    let tab = format!("cookie: ferroflex_tab={stolen}\r\n");
    let page = description(&visit(&server, "/loads", &tab).await);
    assert_ne!(page["token"], json!(stolen));
    let own = format!("ferroflex_browser={BROWSER}");
    assert_eq!(token(&server, Some(&own), &resumed).await, json!(stolen));
    server.stop().await;
}

/// A server behind so many proxies.
async fn behind(trusted_hops: usize) -> Running {
    let options = Options {
        trusted_hops,
        ..options(Development)
    };
    start_with(vec![app("", |_| ())], options).await
}

const PROXIED: &str = "x-forwarded-for: 1.2.3.4\r\nx-forwarded-proto: https\r\n\
    x-forwarded-host: app.example\r\n";

#[tokio::test]
async fn what_a_trusted_proxy_says_is_believed() {
    let server = behind(1).await;
    let page = visit(&server, "/", PROXIED).await;
    name(page.header("set-cookie"), &format!("{FLAGS}; Secure"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("wss://app.example "), "{policy}");
    let map = get(server.address, "/sitemap.xml", PROXIED).await.body;
    assert!(map.contains("<loc>https://app.example/</loc>"), "{map}");
    server.stop().await;
}

#[tokio::test]
async fn what_an_untrusted_proxy_says_is_not() {
    let server = behind(0).await;
    let page = visit(&server, "/", PROXIED).await;
    name(page.header("set-cookie"), FLAGS);
    let policy = page.header("content-security-policy").unwrap();
    assert!(!policy.contains("app.example"), "{policy}");
    let map = get(server.address, "/sitemap.xml", PROXIED).await.body;
    assert!(
        map.contains(&format!("<loc>http://{}/</loc>", server.address)),
        "{map}"
    );
    server.stop().await;
}

#[tokio::test]
async fn pages_of_the_host_that_the_proxy_names_may_connect() {
    for (hops, opens) in [(1, true), (0, false)] {
        let server = behind(hops).await;
        let told = [
            ("origin", Some("https://app.example")),
            ("x-forwarded-host", Some("app.example")),
        ];
        let (mut client, _) = Client::connect_asking(&server, &told).await;
        client.send(&hello()).await;
        if opens {
            assert_eq!(client.next().await["t"], "state");
        } else {
            assert_eq!(client.closed().await.0, 1008);
        }
        server.stop().await;
    }
}
