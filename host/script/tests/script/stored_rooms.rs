//! `rx.SharedState` after the server has crashed: sessions are linked as before, and their rooms have
//! the values that they had.

use std::sync::Arc;

use ferroflex_script::App;
use ferroflex_session::{Hub, store::memory::Shared};
use serde_json::json;

use crate::{
    recording::Recording,
    support::{Client, app_alone, stored_hub},
};

/// A server of the app, with an interpreter of its own.
fn server(store: &Arc<Recording>) -> Arc<Hub<App>> {
    stored_hub(&app_alone("shared_state"), Arc::clone(store) as _)
}

/// The server that is started after another one has crashed.
fn after_crash(store: &Recording) -> Arc<Hub<App>> {
    server(&Arc::new(store.after_crash()))
}

fn wait_for_count(client: &mut Client, count: i32) {
    while client.field("Room.count") != json!(count) {
        client.step();
    }
}

#[test]
fn who_was_linked_sees_what_others_do_after_a_crash() {
    let store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let before = server(&store);
    let (mut one, mut other) = (Client::on(&before), Client::on(&before));
    one.ok("Room.join", json!(["lobby"]));
    other.ok("Room.join", json!(["lobby"]));
    one.ok("Room.add", json!([3]));
    wait_for_count(&mut other, 3);
    let after = after_crash(&store);
    // Both only come back; nobody links them.
    other.resume_on(&after);
    one.resume_on(&after);
    one.ok("Room.add", json!([4]));
    assert_eq!(one.field("Room.count"), 7);
    wait_for_count(&mut other, 7);
    other.ok("Room.add", json!([1]));
    wait_for_count(&mut one, 8);
    assert_eq!(one.field("Room.doubled"), 16);
}

#[test]
fn who_comes_first_does_not_decide_what_a_room_holds() {
    let store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let before = server(&store);
    let (mut one, mut other) = (Client::on(&before), Client::on(&before));
    one.ok("Room.join", json!(["lobby"]));
    other.ok("Room.join", json!(["lobby"]));
    // What the other session is told of it is lost with the server.
    one.ok("Room.add", json!([5]));
    let after = after_crash(&store);
    other.resume_on(&after);
    wait_for_count(&mut other, 5);
    let mut later = Client::on(&after);
    later.ok("Room.join", json!(["lobby"]));
    assert_eq!(later.field("Room.count"), 5);
    later.ok("Room.join", json!(["attic"]));
    assert_eq!(later.field("Room.count"), 0, "another room is another room");
}

#[test]
fn values_come_back_after_every_crash_and_can_be_left() {
    let mut store = Arc::new(Recording::new(&Arc::new(Shared::default())));
    let mut client = Client::on(&server(&store));
    client.ok("Room.join", json!(["lobby"]));
    for round in 1..=3 {
        client.ok("Room.add", json!([1]));
        store = Arc::new(store.after_crash());
        client.resume_on(&server(&store));
        client.ok("Room.add", json!([0]));
        assert_eq!(client.field("Room.count"), round);
        assert_eq!(client.field("Room.is_linked"), true);
        assert_eq!(client.field("Room.crowd"), 1);
    }
    client.ok("Room.leave", json!([]));
    assert_eq!(client.field("Room.count"), 0);
    client.ok("Room.join", json!(["lobby"]));
    assert_eq!(client.field("Room.count"), 3);
}

#[test]
fn sessions_of_two_instances_share_a_room() {
    let shared = Arc::new(Shared::default());
    let stores = [(); 2].map(|()| Arc::new(Recording::new(&shared)));
    let hubs = stores.each_ref().map(server);
    let mut clients = hubs.each_ref().map(Client::on);
    for client in &mut clients {
        client.ok("Room.join", json!(["lobby"]));
    }
    for round in 1..=3 {
        for number in [0, 1] {
            clients[number].ok("Room.add", json!([1]));
            let count = 2 * (round - 1) + i32::try_from(number).unwrap() + 1;
            assert_eq!(clients[number].field("Room.count"), count);
            wait_for_count(&mut clients[1 - number], count);
        }
    }
    // One of them goes on at the other instance.
    clients[0].resume_on(&hubs[1]);
    clients[0].ok("Room.add", json!([10]));
    wait_for_count(&mut clients[1], 16);
    stores[0].after_crash();
    clients[1].ok("Room.add", json!([1]));
    wait_for_count(&mut clients[0], 17);
}
