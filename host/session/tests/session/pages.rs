//! Page loads: what runs before the first HTML, and how the page goes on from there.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::support::{
    APPEND, HOLD, Log, Page, RAISE, REFUSE, ROUTE, SHOW, SLOW, STREAM, hub, next_json,
};
use ferroflex_session::limits::{PAGE_UNCLAIMED_S_MAX, PAGES_UNCLAIMED_MAX};
use ferroflex_session::{
    Connection, Hub, Item, PageLoad, PageRequest, SessionError, Visit, write_state,
};
use serde_json::{Value as Json, json};

/// Far more than any item here takes.
const BUDGET: Duration = Duration::from_secs(10);

fn event(handler: u32, argument: impl Into<Json>) -> Vec<Item> {
    let args = vec![argument.into()];
    vec![Item::Event { handler, args }]
}

async fn open(
    hub: &Arc<Hub<Log>>,
    token: Option<&str>,
    items: Vec<Vec<Item>>,
    budget: Duration,
) -> Result<PageLoad, SessionError> {
    let visit = Visit {
        route: "/opened".into(),
        ..Visit::default()
    };
    let token = token.map(str::to_owned);
    let request = PageRequest {
        visit,
        token,
        ..PageRequest::default()
    };
    hub.open_page(request, |_| items, budget).await
}

/// The log that the page's HTML shows.
fn shown(load: &PageLoad) -> Vec<String> {
    let state: Json = serde_json::from_slice(&write_state(&load.state)).unwrap();
    serde_json::from_value(state[0][0].clone()).unwrap()
}

/// The page that was delivered so, before it says hello.
fn delivered(load: &PageLoad) -> Page {
    let mut page = Page::new(&load.client);
    page.token = Some(load.token.to_string());
    page.sequence = load.sequence;
    page.log = shown(load);
    page.sent = load.event;
    page
}

/// Says hello and reads the answer, which must not bring the state again.
async fn claim(page: &mut Page, hub: &Arc<Hub<Log>>) -> Connection<Log> {
    let mut connection = page.connect(hub);
    let answer = next_json(&mut connection).await;
    assert_eq!(answer.get("state"), None, "the page has the state");
    page.apply(answer.to_string().as_bytes());
    connection
}

fn error_codes(load: &PageLoad) -> Vec<Json> {
    let parsed = |error| serde_json::from_slice::<Json>(error).unwrap();
    load.errors
        .iter()
        .map(|error| parsed(error)["code"].clone())
        .collect()
}

/// What a page's items leave: the items, the log of the HTML, commands and the errors' codes.
type Case = (
    Vec<Vec<Item>>,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

#[tokio::test]
async fn items_run_once_in_their_order_before_the_page() {
    let toast = |text: &str| json!({"c": "toast", "message": text});
    let cases: Vec<Case> = vec![
        (vec![], &[], &[], &[]),
        (
            vec![event(APPEND, "a"), event(SLOW, 20), event(APPEND, "b")],
            &["a", "20", "b"],
            &[],
            &[],
        ),
        (vec![event(STREAM, 3)], &["0", "1", "2", "3"], &[], &[]),
        (
            vec![
                event(SHOW, "late"),
                vec![Item::Command(toast("early"))],
                event(APPEND, "x"),
            ],
            &["x"],
            &["early", "late"],
            &[],
        ),
        (
            vec![event(RAISE, "x"), event(APPEND, "after")],
            &["raised", "after"],
            &[],
            &["handler_failed"],
        ),
        (
            vec![event(REFUSE, "x"), event(99, 1)],
            &[],
            &[],
            &["wrong_argument", "unknown_handler"],
        ),
        (vec![event(ROUTE, 0)], &["/opened"], &[], &[]),
    ];
    for (items, log, messages, codes) in cases {
        for script in [Log::here(), Log::on_thread()] {
            let hub = hub(Arc::clone(&script));
            let (name, count) = (format!("{items:?}"), items.len());
            let load = open(&hub, None, items.clone(), BUDGET).await.unwrap();
            assert_eq!((load.loaded, load.finished), (count, true), "{name}");
            assert_eq!(shown(&load), log, "{name}");
            let told: Vec<_> = load.commands.iter().map(|c| c["message"].clone()).collect();
            assert_eq!(told, messages, "{name}");
            assert_eq!(error_codes(&load), codes, "{name}");

            let mut page = delivered(&load);
            let mut connection = claim(&mut page, &hub).await;
            let next = page.event(APPEND, "clicked");
            connection.inbox.receive(&next).await.unwrap();
            page.settle(&mut connection).await;
            let expected: Vec<_> = log.iter().copied().chain(["clicked"]).collect();
            assert_eq!(page.log, expected, "{name}");
            assert!(
                page.errors.is_empty() && page.commands.is_empty(),
                "{name}: told twice"
            );
            assert_eq!(
                (page.full_states, script.opened.load(Ordering::SeqCst)),
                (0, 1),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn what_takes_longer_than_the_budget_follows_as_frames() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let items = vec![
        event(APPEND, "a"),
        event(HOLD, 0),
        event(SHOW, "late"),
        event(RAISE, 0),
    ];
    let load = open(&hub, None, items, Duration::from_millis(30))
        .await
        .unwrap();
    assert_eq!((load.loaded, load.finished), (4, false));
    assert_eq!(shown(&load), ["a"]);
    let mut page = delivered(&load);
    let mut connection = claim(&mut page, &hub).await;
    script.release();
    while page.errors.is_empty() {
        page.take(&mut connection).await;
    }
    assert_eq!(page.log, ["a", "held", "raised"]);
    assert_eq!(page.commands, [json!({"c": "toast", "message": "late"})]);
    assert_eq!(
        page.errors[0].get("event"),
        None,
        "the client sent no such event"
    );
    assert_eq!(page.full_states, 0);
}

#[tokio::test]
async fn items_are_made_of_the_state_before_any_of_them() {
    let hub = hub(Log::here());
    let items = |state: &[_]| {
        let before = serde_json::from_slice::<Json>(&write_state(state)).unwrap();
        vec![event(APPEND, "a"), event(APPEND, before.to_string())]
    };
    let load = hub
        .open_page(PageRequest::default(), items, BUDGET)
        .await
        .unwrap();
    assert_eq!(shown(&load), ["a", "[[[]]]"]);
}

#[tokio::test]
async fn a_page_goes_on_where_a_redirect_left_the_session() {
    let script = Log::on_thread();
    let hub = hub(Arc::clone(&script));
    let first = open(&hub, None, vec![event(APPEND, "kept")], BUDGET)
        .await
        .unwrap();
    let second = open(
        &hub,
        Some(&first.token),
        vec![event(APPEND, "more")],
        BUDGET,
    )
    .await
    .unwrap();
    assert!(
        !second.continued && !first.continued,
        "nobody has had it yet"
    );
    assert_eq!(
        (&second.token, shown(&second)),
        (&first.token, vec!["kept".into(), "more".into()])
    );
    let mut page = delivered(&second);
    claim(&mut page, &hub).await;
    assert_eq!(
        (hub.session_count(), script.opened.load(Ordering::SeqCst)),
        (1, 1)
    );
}

#[tokio::test]
async fn what_a_page_was_to_show_is_handed_on_to_the_next() {
    let hub = hub(Log::on_thread());
    let first = open(&hub, None, vec![event(SHOW, "a")], BUDGET)
        .await
        .unwrap();
    hub.hand_on(&first.token, first.commands);
    hub.hand_on("never-given", vec![json!({"c": "back"})]);
    let second = open(&hub, Some(&first.token), vec![event(SHOW, "b")], BUDGET);
    let told: Vec<_> = second.await.unwrap().commands;
    assert_eq!(
        told.iter().map(|c| &c["message"]).collect::<Vec<_>>(),
        ["a", "b"]
    );
    let third = open(&hub, Some(&first.token), vec![], BUDGET)
        .await
        .unwrap();
    assert_eq!(third.commands, Vec::<Json>::new());
}

#[tokio::test]
async fn tokens_that_name_no_session_count_as_none() {
    let hub = hub(Log::on_thread());
    for token in ["", "never-given", "../../etc/passwd"] {
        let load = open(&hub, Some(token), vec![], BUDGET).await.unwrap();
        assert!(!load.continued && &*load.token != token, "{token}");
    }
}

#[tokio::test]
async fn a_tab_that_reloads_is_given_its_state_and_takes_over_with_hello() {
    let hub = hub(Log::on_thread());
    let mut old = Page::new("page-one");
    let mut socket = old.connect(&hub);
    let before = old.event(APPEND, "before");
    socket.inbox.receive(&before).await.unwrap();
    old.settle(&mut socket).await;
    let items = vec![event(APPEND, "again"), event(SHOW, "only once")];
    let load = open(&hub, old.token.as_deref(), items, BUDGET)
        .await
        .unwrap();
    assert_eq!(
        (shown(&load), load.event),
        (vec!["before".into(), "again".into()], 1)
    );
    assert_eq!(load.commands.len(), 1);

    let mut new = delivered(&load);
    let mut connection = claim(&mut new, &hub).await;
    let end = loop {
        match socket.outbox.next_frame().await {
            Ok(frame) => drop(old.apply(&frame)),
            Err(end) => break end,
        }
    };
    assert!(matches!(end, SessionError::TakenOver), "{end}");
    assert!(
        old.commands.is_empty(),
        "commands are for the page that opens"
    );
    let after = new.event(APPEND, "after");
    connection.inbox.receive(&after).await.unwrap();
    new.settle(&mut connection).await;
    assert_eq!(new.log, ["before", "again", "after"]);
}

#[tokio::test]
async fn a_tab_whose_page_never_arrives_keeps_its_session() {
    let hub = hub(Log::on_thread());
    let mut tab = Page::new("page-one");
    let mut socket = tab.connect(&hub);
    tab.take(&mut socket).await;
    let items = vec![event(APPEND, "opened"), event(ROUTE, 0)];
    let load = open(&hub, tab.token.as_deref(), items, BUDGET)
        .await
        .unwrap();
    assert!(load.continued);
    for handler in [ROUTE, APPEND] {
        let event = tab.event(handler, "mine");
        socket.inbox.receive(&event).await.unwrap();
    }
    tab.settle(&mut socket).await;
    assert_eq!(
        tab.log,
        ["opened", "/opened", "/", "mine"],
        "its own visit, its own ids"
    );
    assert!(tab.errors.is_empty(), "{:?}", tab.errors);
}

#[tokio::test]
async fn a_duplicated_tab_takes_nothing_from_the_first() {
    let hub = hub(Log::on_thread());
    let mut tab = Page::new("page-one");
    let mut socket = tab.connect(&hub);
    tab.take(&mut socket).await;
    let load = open(&hub, tab.token.as_deref(), vec![], BUDGET)
        .await
        .unwrap();
    // The shell of a tab that did not leave this page says hello under a name of its own.
    let mut twin = Page::new("page-two");
    twin.token = Some(load.token.to_string());
    let mut other = twin.connect(&hub);
    twin.take(&mut other).await;
    assert_ne!(twin.token, tab.token);
    let event = tab.event(APPEND, "still here");
    socket.inbox.receive(&event).await.unwrap();
    tab.settle(&mut socket).await;
    assert_eq!(tab.log, ["still here"]);
}

#[tokio::test]
async fn a_page_that_is_claimed_twice_has_one_socket() {
    let hub = hub(Log::on_thread());
    let load = open(&hub, None, vec![event(APPEND, "a")], BUDGET)
        .await
        .unwrap();
    let mut page = delivered(&load);
    let mut first = claim(&mut page, &hub).await;
    let _second = claim(&mut delivered(&load), &hub).await;
    let end = first.outbox.next_frame().await;
    assert!(matches!(end, Err(SessionError::TakenOver)), "{end:?}");
}

#[tokio::test]
async fn a_newer_load_of_a_tab_takes_the_place_of_an_older_one() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let first = open(&hub, None, vec![], BUDGET).await.unwrap();
    let of_older = Arc::clone(&hub);
    let token = first.token.to_string();
    let older = tokio::spawn(async move {
        open(&of_older, Some(&token), vec![event(HOLD, 0)], BUDGET)
            .await
            .err()
    });
    while script.held.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let newer = open(&hub, Some(&first.token), vec![], Duration::from_millis(20))
        .await
        .err();
    assert!(
        matches!(newer, Some(SessionError::StateUnavailable)),
        "the session is busy: {newer:?}"
    );
    let older = older.await.unwrap();
    assert!(
        matches!(older, Some(SessionError::StateUnavailable)),
        "{older:?}"
    );
    script.release();
    let load = open(&hub, Some(&first.token), vec![], BUDGET)
        .await
        .unwrap();
    assert_eq!(shown(&load), ["held"]);
}

#[tokio::test]
async fn sessions_that_no_page_claims_end_and_are_limited() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let first = open(&hub, None, vec![], BUDGET).await.unwrap();
    for _ in 1..PAGES_UNCLAIMED_MAX {
        open(&hub, None, vec![], BUDGET).await.unwrap();
    }
    let refused = open(&hub, None, vec![], BUDGET).await.err();
    assert!(
        matches!(refused, Some(SessionError::TooManyPages { .. })),
        "{refused:?}"
    );
    // A page that arrives makes room, and its session stays.
    let mut page = delivered(&first);
    let _connection = claim(&mut page, &hub).await;
    open(&hub, None, vec![], BUDGET).await.unwrap();
    let later = |seconds| Instant::now() + Duration::from_secs(seconds);
    assert_eq!(hub.sweep_at(later(PAGE_UNCLAIMED_S_MAX - 20)), 0);
    assert_eq!(
        hub.sweep_at(later(PAGE_UNCLAIMED_S_MAX + 5)),
        PAGES_UNCLAIMED_MAX
    );
    assert_eq!(script.ended.lock().unwrap().len(), PAGES_UNCLAIMED_MAX);
    assert_eq!(hub.session_count(), 1);
    open(&hub, None, vec![], BUDGET).await.unwrap();
}

#[tokio::test]
async fn a_page_without_a_state_leaves_no_session() {
    let script = Log::on_thread();
    script.broken.store(true, Ordering::SeqCst);
    let hub = hub(Arc::clone(&script));
    let refused = open(&hub, None, vec![], BUDGET).await.err();
    assert!(
        matches!(refused, Some(SessionError::StateUnavailable)),
        "{refused:?}"
    );
    assert_eq!(hub.session_count(), 0);
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_no_session() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let loading = open(&hub, None, vec![event(HOLD, 0)], BUDGET);
    assert!(
        tokio::time::timeout(Duration::from_millis(20), loading)
            .await
            .is_err()
    );
    assert_eq!(hub.session_count(), 0);
    script.release();
}

#[tokio::test]
async fn another_address_is_taken_over_after_the_events_before_it() {
    let script = Log::on_thread();
    let hub = hub(Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let routes = ["/a", "/b?x=1#y"];
    for route in routes {
        let before = page.event(SLOW, 10);
        connection.inbox.receive(&before).await.unwrap();
        let moved = json!({"t": "route", "route": route}).to_string();
        connection.inbox.receive(&moved).await.unwrap();
        let after = page.event(ROUTE, 0);
        connection.inbox.receive(&after).await.unwrap();
    }
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["10", "/a", "10", "/b?x=1#y"]);
    let moves = script.moves.lock().unwrap().clone();
    assert_eq!(moves.last().map(String::as_str), Some("/b?x=1#y"));
    for refused in [json!({"t": "route"}), json!({"t": "route", "route": "x"})] {
        connection
            .inbox
            .receive(&refused.to_string())
            .await
            .unwrap();
        page.take(&mut connection).await;
    }
    let codes: Vec<_> = page.errors.iter().map(|error| &error["code"]).collect();
    assert_eq!(codes, ["malformed", "malformed"]);
}
