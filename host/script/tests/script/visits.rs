//! Pages that are opened before there is a socket: their `on_load` handlers, and what the pages
//! show of the visit.

use std::{sync::Arc, time::Duration};

use ferroflex_page::{LoadStep, StateValues, load_steps};
use ferroflex_script::App;
use ferroflex_session::{Connection, Hello, Hub, Item, PageLoad, PageRequest, Visit, write_state};
use serde_json::{Value as Json, json};

use crate::support::{app, hub};

/// Far more than handlers take that do not wait.
const BUDGET: Duration = Duration::from_mins(1);

/// How long a frame may take.
const FRAME_WAIT: Duration = Duration::from_mins(1);

/// Opens a page of the app at that address.
async fn open(
    hub: &Arc<Hub<App>>,
    page: &str,
    route: &str,
    token: Option<&str>,
    budget: Duration,
) -> PageLoad {
    let app = hub.script();
    let mut pages = app.pages.iter();
    let load = &pages.find(|known| known.route == page).unwrap().module.load;
    let names = &app.names;
    let step = |step| match step {
        LoadStep::Event { handler, args } => Item::Event { handler, args },
        LoadStep::Command(command) => Item::Command(command),
    };
    let items = |values: &[_]| {
        let steps = load_steps(load, &StateValues { names, values });
        let items = steps.into_iter();
        items
            .map(|steps| steps.into_iter().map(step).collect())
            .collect()
    };
    let visit = Visit {
        route: route.to_owned(),
        origin: "http://shop.test".to_owned(),
        ..Visit::default()
    };
    let token = token.map(str::to_owned);
    let request = PageRequest {
        visit,
        token,
        ..PageRequest::default()
    };
    hub.open_page(request, items, budget).await.unwrap()
}

/// A field of the state that a page is delivered with.
fn field(hub: &Hub<App>, load: &PageLoad, state: &str, name: &str) -> Json {
    let mut states = hub.script().names.states().iter();
    let number = states
        .position(|(known, _)| known.ends_with(state))
        .unwrap();
    let mut fields = hub.script().names.states()[number].1.iter();
    let field = fields.position(|known| &**known == name).unwrap();
    let text = write_state(&load.state);
    serde_json::from_slice::<Json>(&text).unwrap()[number][field].clone()
}

fn claim(hub: &Arc<Hub<App>>, load: &PageLoad, route: &str) -> Connection<App> {
    let hello = Hello {
        build: hub.build().to_owned(),
        client: load.client.clone(),
        token: Some(load.token.to_string()),
        seq: load.sequence,
        event: load.event,
        base: None,
        route: route.to_owned(),
        storage: None,
        previous: None,
    };
    hub.connect(hello, Visit::default()).unwrap()
}

async fn next(connection: &mut Connection<App>) -> Json {
    let frame = tokio::time::timeout(FRAME_WAIT, connection.outbox.next_frame());
    serde_json::from_slice(&frame.await.unwrap().unwrap()).unwrap()
}

#[tokio::test]
async fn handlers_run_before_the_page_with_its_address() {
    let hub = hub(&app("visits"));
    let load = open(&hub, "/", "/?product=7", None, BUDGET).await;
    assert_eq!((load.loaded, load.finished), (1, true));
    assert_eq!(
        field(&hub, &load, "Shop", "headline"),
        "/?product=7 for guest 1"
    );
    let router = field(&hub, &load, "State", "router");
    assert_eq!(router["page"]["raw_path"], "/?product=7");
    // The tab loads another page: its arguments are made of the state that it has by then.
    let again = open(&hub, "/", "/other", Some(&load.token), BUDGET).await;
    assert_eq!(
        field(&hub, &again, "Shop", "headline"),
        "/other for guest 1 2"
    );
    assert_eq!(
        field(&hub, &again, "State", "router")["page"]["raw_path"],
        "/other"
    );
}

#[tokio::test]
async fn commands_and_failures_are_given_to_the_page() {
    let hub = hub(&app("visits"));
    let guarded = open(&hub, "/guarded", "/guarded", None, BUDGET).await;
    let names: Vec<_> = guarded
        .commands
        .iter()
        .map(|command| &command["c"])
        .collect();
    assert_eq!(names, ["toast", "redirect", "status"]);
    assert_eq!(guarded.commands[2]["code"], 403);
    let failed = open(&hub, "/fails", "/fails", None, BUDGET).await;
    let error: Json = serde_json::from_slice(&failed.errors[0]).unwrap();
    assert_eq!(error["message"], "ValueError: no such product");
    assert!(
        error["trace"].as_str().unwrap().contains("visits.py"),
        "{error}"
    );
    assert_eq!(
        (failed.errors.len(), field(&hub, &failed, "Shop", "loads")),
        (1, json!(0))
    );
    let partly = open(&hub, "/partly", "/partly", None, BUDGET).await;
    assert_eq!(
        (partly.loaded, field(&hub, &partly, "Shop", "loads")),
        (1, json!(1))
    );
}

#[tokio::test]
async fn what_takes_too_long_arrives_in_the_page() {
    let hub = hub(&app("visits"));
    let load = open(&hub, "/slow", "/slow", None, Duration::from_secs(2)).await;
    assert_eq!((load.loaded, load.finished), (2, false));
    assert_eq!(field(&hub, &load, "Shop", "steps"), json!(["begun"]));
    let mut page = claim(&hub, &load, "/slow");
    assert!(next(&mut page).await.get("state").is_none());
    let (mut seq, mut seen) = (load.sequence, String::new());
    while !(seen.contains("late") && seen.contains("after 1")) {
        let frame = next(&mut page).await;
        seq += 1;
        assert_eq!(frame["seq"], seq, "{frame}");
        seen += &frame.to_string();
    }
}

#[tokio::test]
async fn another_address_changes_what_is_shown_of_it() {
    let hub = hub(&app("visits"));
    let load = open(&hub, "/guarded", "/guarded", None, BUDGET).await;
    let mut page = claim(&hub, &load, "/guarded");
    next(&mut page).await;
    let moved = json!({"t": "route", "route": "/elsewhere?x=1"}).to_string();
    page.inbox.receive(&moved).await.unwrap();
    let mut text = String::new();
    while !text.contains("/elsewhere?x=1") {
        let patch = next(&mut page).await;
        assert_eq!((&patch["t"], patch.get("ack")), (&json!("patch"), None));
        text = patch.to_string();
    }
}
