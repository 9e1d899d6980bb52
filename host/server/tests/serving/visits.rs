//! Pages whose `on_load` runs before the first HTML: what is in it, and how the page goes on.

use std::sync::Arc;

use ferroflex_page::expr::Expr;
use ferroflex_page::{LoadItem, Names};
use ferroflex_server::Environment::Development;
use ferroflex_server::{Mount, Served};
use ferroflex_state::Value;
use serde_json::{Value as Json, json};

use crate::sockets::Client;
use crate::support::{Answer, BUILD, Counter, Running, ask, counter, get, start};

/// A handler that adds so much; it fails with what is no number.
fn add(argument: Expr) -> LoadItem {
    let (handler, args) = (0, vec![argument]);
    LoadItem::Handler { handler, args }
}

fn number(number: i64) -> Expr {
    Expr::literal(Value::Int(number))
}

fn command(name: &str, entry: &str, value: Expr) -> LoadItem {
    let name = ("c".to_owned(), Expr::text(name));
    LoadItem::Command(vec![name, (entry.to_owned(), value)])
}

fn redirect(to: &str) -> LoadItem {
    command("redirect", "to", Expr::text(to))
}

/// The app under `base` with pages that load something.
pub(crate) fn app(base: &str, change: impl FnOnce(&mut Mount<Counter>)) -> Served<Counter> {
    let Served::Live(mut mount) = counter("counter", base) else {
        panic!("the counter is not served");
    };
    let fields = vec![Arc::from("count"), Arc::from("text")];
    mount.names = Names::new(vec![("app.Counter".into(), fields)], vec![]);
    let text = |of: &str| Expr::text(of);
    let count = Expr::field(
        "app.Counter".into(),
        "count".into(),
        ferroflex_page::types::Type::Int,
    );
    let toast = || command("toast", "message", text("hello"));
    let pages = [
        ("/loads", vec![add(number(5)), add(count), toast()]),
        (
            "/partly",
            vec![add(number(1)), LoadItem::Browser, add(number(1))],
        ),
        (
            "/away",
            vec![add(number(7)), toast(), redirect("/partly?a=b")],
        ),
        ("/out", vec![redirect("https://other.example/")]),
        ("/gone", vec![command("status", "code", number(410))]),
        ("/nothing", vec![add(number(2)), redirect("/404")]),
        ("/fails", vec![add(text("x")), add(number(3))]),
        ("/404", vec![]),
    ];
    for (route, load) in pages {
        let mut page = mount.pages[0].clone();
        page.route = route.into();
        page.head.title = format!("At {route}");
        page.load = load;
        mount.pages.push(page);
    }
    change(&mut mount);
    Served::Live(mount)
}

pub(crate) async fn alone() -> Running {
    start(vec![app("", |_| ())], Development).await
}

/// What the page tells of itself.
pub(crate) fn description(answer: &Answer) -> Json {
    let (_, rest) = answer.body.split_once("id=\"ferroflex\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

async fn sessions(server: &Running) -> Json {
    let health = get(server.address, "/healthz", "").await.body;
    serde_json::from_str::<Json>(&health).unwrap()["apps"][0]["sessions"].clone()
}

fn cookie(token: &Json) -> String {
    let token = token.as_str().unwrap();
    format!("cookie: other=1; ferroflex_tab={token}\r\n")
}

/// The hello of the page that tells this of itself.
pub(crate) fn hello(page: &Json) -> Json {
    json!({
        "t": "hello", "v": 1, "build": BUILD, "client": page["client"], "token": page["token"],
        "seq": page["seq"], "event": page["event"], "base": null, "route": "/",
    })
}

#[tokio::test]
async fn the_first_html_has_what_on_load_made_and_the_page_goes_on_from_there() {
    let server = alone().await;
    let answer = get(server.address, "/loads", "").await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, Some("no-store"))
    );
    let page = description(&answer);
    // The second argument is the count before anything ran.
    assert_eq!(page["state"], json!([[5, "</script>"]]));
    assert_eq!((&page["loaded"], &page["event"]), (&json!(3), &json!(0)));
    assert_eq!(
        page["commands"],
        json!([{"c": "toast", "message": "hello"}])
    );
    assert!(page.get("continued").is_none() && page.get("errors").is_none());
    let mut client = Client::connect(&server, None).await;
    client.send(&hello(&page)).await;
    let state = client.next().await;
    let token = &page["token"];
    assert_eq!(
        state,
        json!({"t": "state", "seq": page["seq"], "token": token, "event": 0})
    );
    client
        .send(&json!({"t": "event", "id": 1, "handler": 0, "args": [1]}))
        .await;
    let seq = page["seq"].as_u64().unwrap() + 1;
    let patch = json!({"t": "patch", "seq": seq, "ops": [[0, ["s", [0], 6]]], "ack": [1]});
    assert_eq!(client.next().await, patch, "nothing was sent twice");
    server.stop().await;
}

#[tokio::test]
async fn what_only_the_browser_can_do_is_left_to_it_with_all_that_follows() {
    let server = alone().await;
    let page = description(&get(server.address, "/partly", "").await);
    assert_eq!(
        (&page["state"][0][0], &page["loaded"]),
        (&json!(1), &json!(1))
    );
    server.stop().await;
}

#[tokio::test]
async fn statuses_are_those_that_the_handlers_ask_for() {
    let server = alone().await;
    let cases = [
        ("/gone", 410, "At /gone", 0),
        ("/nothing", 404, "At /404", 2),
        ("/fails", 500, "At /fails", 3),
    ];
    for (path, status, title, count) in cases {
        let answer = get(server.address, path, "").await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.body.contains(&format!("<title>{title}</title>")),
            "{path}"
        );
        let page = description(&answer);
        assert_eq!(page["state"][0][0], count, "{path}");
        assert!(page.get("commands").is_none(), "{path}");
    }
    let failed = description(&get(server.address, "/fails", "").await);
    assert_eq!(failed["errors"][0]["code"], "handler_failed");
    assert_eq!(failed["errors"][0]["message"], "TypeError: no number");
    server.stop().await;
}

#[tokio::test]
async fn a_redirect_is_one_over_http_and_the_session_goes_with_it() {
    let server = start(vec![app("/counter", |_| ())], Development).await;
    let answer = get(server.address, "/counter/away", "").await;
    assert_eq!(answer.status, 307);
    assert_eq!(answer.header("location"), Some("/counter/partly?a=b"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let set = answer.header("set-cookie").unwrap();
    let (pair, rest) = set.split_once("; ").unwrap();
    assert_eq!(rest, "Path=/counter; Max-Age=5; SameSite=Lax");
    let next = get(
        server.address,
        "/counter/partly?a=b",
        &format!("cookie: {pair}\r\n"),
    )
    .await;
    let page = description(&next);
    assert_eq!(page["state"][0][0], 8);
    assert_eq!(
        page["commands"],
        json!([{"c": "toast", "message": "hello"}])
    );
    assert!(page.get("continued").is_none(), "no page has had it yet");
    assert_eq!(
        pair,
        format!("ferroflex_tab={}", page["token"].as_str().unwrap())
    );
    let forget = "ferroflex_tab=; Path=/counter; Max-Age=0; SameSite=Lax";
    assert_eq!(next.header("set-cookie"), Some(forget));
    let out = get(server.address, "/counter/out", "").await;
    assert_eq!(
        (out.status, out.header("location")),
        (307, Some("https://other.example/"))
    );
    assert_eq!(out.header("set-cookie"), None, "the token stays here");
    server.stop().await;
}

#[tokio::test]
async fn a_tab_that_loads_again_is_given_its_own_state_and_nobody_elses() {
    let server = alone().await;
    let first = description(&get(server.address, "/loads", "").await);
    let mut client = Client::connect(&server, None).await;
    client.send(&hello(&first)).await;
    client.next().await;
    for (path, count) in [("/items/3", 5), ("/partly", 6)] {
        let again = get(server.address, path, &cookie(&first["token"])).await;
        let page = description(&again);
        assert_eq!(
            (&page["token"], &page["state"][0][0]),
            (&first["token"], &json!(count))
        );
        assert_eq!(
            page["continued"],
            json!(true),
            "the shell has to look whose it is"
        );
        assert_ne!(page["client"], first["client"]);
    }
    for foreign in [json!("never-given"), json!("x".repeat(500)), json!("")] {
        let page = description(&get(server.address, "/partly", &cookie(&foreign)).await);
        assert_eq!(page["state"][0][0], 1);
        assert_ne!(page["token"], first["token"]);
        let plain = description(&get(server.address, "/items/3", &cookie(&foreign)).await);
        assert!(plain.get("token").is_none(), "{plain}");
    }
    // The tab's old socket has only heard of what changed: it is still the session's.
    client
        .send(&json!({"t": "event", "id": 1, "handler": 0, "args": [1]}))
        .await;
    assert_eq!(client.next().await["ops"][0][1], json!(["s", [0], 6]));
    assert_eq!(client.next().await["ack"], json!([1]));
    server.stop().await;
}

#[tokio::test]
async fn nothing_runs_for_whoever_does_not_look() {
    let server = alone().await;
    let head = ask(server.address, "HEAD", "/away", "", "").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let fetched = get(
        server.address,
        "/away",
        "sec-purpose: prefetch;prerender\r\n",
    )
    .await;
    let plain = get(server.address, "/", "").await;
    for answer in [&fetched, &plain] {
        assert_eq!(answer.status, 200);
        let page = description(answer);
        assert_eq!((page.get("token"), &page["state"][0][0]), (None, &json!(0)));
    }
    assert_eq!(sessions(&server).await, 0);
    server.stop().await;
}

#[tokio::test]
async fn what_an_app_needs_decides_which_pages_have_a_session() {
    let shows = app("", |mount| mount.shows_visitor = true);
    let server = start(vec![shows], Development).await;
    let page = description(&get(server.address, "/", "").await);
    assert_eq!((&page["loaded"], &page["seq"]), (&json!(0), &json!(1)));
    server.stop().await;
    let needs = app("", |mount| mount.needs_browser = true);
    let server = start(vec![needs], Development).await;
    let page = description(&get(server.address, "/loads", "").await);
    assert_eq!((page.get("token"), &page["state"][0][0]), (None, &json!(0)));
    assert_eq!(sessions(&server).await, 0);
    server.stop().await;
}
