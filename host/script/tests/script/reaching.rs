//! `app.modify_state` for sessions that are elsewhere: at another instance, or in the store alone.

use std::sync::Arc;

use ferroflex_session::{identity::Identity, store::memory::Shared};
use serde_json::json;

use crate::{
    recording::Recording,
    support::{Client, app_alone, stored_hub},
};

/// A client at an instance of its own of the app.
fn client(store: &Arc<Recording>) -> Client {
    // Each instance is a process of its own, with an interpreter of its own.
    let app = app_alone("background");
    Client::on(&stored_hub(&app, Arc::clone(store) as _))
}

/// Reads frames until the page shows what visitors have added so often.
fn wait_for_visits(client: &mut Client, visits: usize) {
    while client.field("Work.count") != json!(100 * visits) {
        client.step();
    }
}

#[test]
fn a_session_of_another_instance_is_changed_and_its_page_told() {
    let shared = Arc::new(Shared::default());
    let stores = [(); 2].map(|()| Arc::new(Recording::new(&shared)));
    let (mut here, mut there) = (client(&stores[0]), client(&stores[1]));
    there.ok("Other.nothing", json!([]));
    for visits in 1..=2 {
        here.ok("Other.visit", json!([there.token()]));
        wait_for_visits(&mut there, visits);
    }
    there.ok("Other.visit", json!([here.token()]));
    wait_for_visits(&mut here, 1);
    assert_eq!(there.field("Work.log"), json!(["a visitor", "a visitor"]));
    there.ok("Other.nothing", json!([]));
    assert_eq!(
        there.field("Work.count"),
        200,
        "its own events go on from there"
    );
}

#[test]
fn a_session_that_only_the_store_has_is_changed() {
    let store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let mut left = client(&store);
    left.ok("Other.nothing", json!([]));
    let store = Arc::new(store.after_crash());
    let app = app_alone("background");
    let hub = stored_hub(&app, store as _);
    let mut here = Client::on(&hub);
    here.ok("Other.visit", json!([left.token()]));
    left.resume_on(&hub);
    assert_eq!(left.field("Work.count"), 100);
    assert_eq!(left.field("Work.log"), json!(["a visitor"]));
}

#[test]
fn a_token_that_no_instance_knows_is_an_error() {
    let store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let mut client = client(&store);
    let unknown = Identity::default().token("").unwrap();
    for token in [unknown.as_str(), "no such token"] {
        let reply = client.call("Other.visit", json!([token]));
        let message = reply.message();
        assert!(message.contains("no session has the token"), "{message}");
    }
}
