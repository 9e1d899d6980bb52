//! State that sessions share: who sees what, and that nothing is lost when many change it at once.

use std::{sync::Arc, thread};

use ferroflex_script::App;
use ferroflex_session::{Hello, Hub, Visit};
use serde_json::{Value as Json, json};

use crate::support::{Client, app_alone, hub};

const CLIENTS: usize = 10;
const EVENTS: usize = 50;

/// Applies frames until the page shows `expected`.
fn wait(client: &mut Client, field: &str, expected: &Json) {
    while client.field(field) != *expected {
        let (text, frame) = client.step();
        assert_ne!(frame["t"], "error", "{text}");
    }
}

/// A hub whose sessions the app can reach.
fn sessions() -> Arc<Hub<App>> {
    hub(&app_alone("shared_state"))
}

fn joined(hub: &Arc<Hub<App>>, name: &str) -> Client {
    let mut client = Client::on(hub);
    client.ok("Room.join", json!([name]));
    client
}

fn pair(hub: &Arc<Hub<App>>) -> (Client, Client) {
    (joined(hub, "lobby"), joined(hub, "lobby"))
}

/// What a session says of its link.
fn look(client: &mut Client) -> String {
    client.ok("Private.look", json!([]));
    client.field("Private.seen").as_str().unwrap().to_owned()
}

fn assert_told_right(client: &mut Client) {
    let known = client.known();
    assert_eq!(known, client.told());
}

#[test]
fn linked_sessions_see_the_same_and_computed_vars_and_substates_follow() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    let mut apart = Client::on(&hub);
    one.ok("Room.add", json!([5]));
    for client in [&mut one, &mut two] {
        wait(client, "Room.doubled", &json!(10));
        assert_eq!(client.field("Room.count"), 5);
        assert_eq!(client.field("Corner.both"), 5);
    }
    two.ok("Corner.add_inner", json!([]));
    wait(&mut one, "Corner.both", &json!(7));
    assert_eq!(one.field("Corner.inner"), 1);
    two.ok("Room.keep", json!(["sesame"]));
    assert_eq!(look(&mut one), "6 'lobby' 2 sesame");
    assert_eq!(look(&mut apart), "0 '' 0 none");
    assert_told_right(&mut one);
    assert_told_right(&mut two);
}

#[test]
fn who_comes_later_gets_what_is_there() {
    let hub = sessions();
    let mut one = joined(&hub, "lobby");
    one.ok("Room.put", json!(["apple"]));
    one.ok("Room.add", json!([3]));
    let mut two = Client::on(&hub);
    two.ok("Room.put", json!(["mine"]));
    two.ok("Room.join_and_count", json!(["lobby"]));
    assert_eq!(two.field("Room.count"), 4);
    assert_eq!(two.field("Room.items"), one.field("Room.items"));
    wait(&mut one, "Room.count", &json!(4));
}

#[test]
fn containers_are_changed_by_all() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    one.ok("Room.put", json!(["apple"]));
    two.ok("Room.put", json!(["pear"]));
    one.ok("Room.edit", json!(["apple"]));
    two.ok("Room.edit", json!(["pear"]));
    one.ok("Room.edit", json!(["kiwi"]));
    wait(&mut two, "Room.total", &json!(8));
    for client in [&mut one, &mut two] {
        let tags = json!(["apple", "pear", "kiwi"]);
        assert_eq!(client.field("Room.items")[0]["tags"], tags);
        assert_eq!(client.field("Room.items")[1]["tags"], tags);
        let scores = client.field("Room.scores");
        assert_eq!(scores, json!({"apple": 11, "pear": 12, "kiwi": 10}));
        let cards = client.field("Room.cards").to_string();
        assert!(cards.contains(r#"["apple","pear","kiwi"]"#), "{cards}");
        assert_told_right(client);
    }
    one.ok("Room.clear", json!([]));
    wait(&mut two, "Room.items", &json!([]));
    assert_eq!(two.field("Room.scores"), json!({}));
}

#[test]
fn what_a_handler_yields_is_seen_by_the_others_when_it_ends() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    one.ok("Room.add_twice", json!([]));
    wait(&mut two, "Room.count", &json!(2));
}

#[test]
fn a_failing_handler_has_changed_what_it_changed() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    let reply = one.call("Room.fails", json!([]));
    assert_eq!(reply.message(), "ValueError: in a linked state");
    wait(&mut two, "Room.count", &json!(1));
    two.ok("Room.add", json!([1]));
    wait(&mut one, "Room.count", &json!(2));
}

#[test]
fn unlinking_gives_a_session_its_own_values_back() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    let mut late = Client::on(&hub);
    late.ok("Room.add", json!([7]));
    late.ok("Room.put", json!(["own"]));
    let own = late.field("Room.items");
    late.ok("Room.join", json!(["lobby"]));
    assert_eq!(late.field("Room.count"), 0);
    one.ok("Room.add", json!([1]));
    wait(&mut late, "Room.count", &json!(1));
    late.ok("Room.leave", json!([]));
    assert_eq!(late.field("Room.count"), 7);
    assert_eq!(late.field("Room.doubled"), 14);
    assert_eq!(late.field("Room.items"), own);
    late.ok("Room.put", json!(["another"]));
    late.ok("Room.add", json!([1]));
    one.ok("Room.add", json!([1]));
    wait(&mut two, "Room.count", &json!(2));
    assert_eq!(late.field("Room.count"), 8);
    assert_eq!(look(&mut one), "2 'lobby' 2 none");
    assert_eq!(look(&mut late), "8 '' 0 none");
    assert_told_right(&mut late);
}

#[test]
fn a_session_can_go_from_room_to_room() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    one.ok("Room.add", json!([1]));
    one.ok("Room.join", json!(["kitchen"]));
    assert_eq!(one.field("Room.count"), 0);
    one.ok("Room.add", json!([10]));
    wait(&mut two, "Room.count", &json!(1));
    one.ok("Room.join", json!(["lobby"]));
    assert_eq!(
        one.field("Room.count"),
        1,
        "the lobby was kept by the other"
    );
    one.ok("Room.join", json!(["kitchen"]));
    assert_eq!(
        one.field("Room.count"),
        0,
        "nobody had stayed in the kitchen"
    );
    one.ok("Room.leave", json!([]));
    assert_eq!(one.field("Room.count"), 0, "its own");
    assert_eq!(look(&mut two), "1 'lobby' 1 none");
}

#[test]
fn computed_vars_follow_who_is_linked() {
    let hub = sessions();
    let mut one = joined(&hub, "lobby");
    assert_eq!(one.field("Room.is_linked"), true);
    assert_eq!(one.field("Corner.is_corner_linked"), false);
    let mut two = joined(&hub, "lobby");
    assert_eq!(two.field("Room.crowd"), 2);
    wait(&mut one, "Room.crowd", &json!(2));
    two.ok("Room.join", json!(["kitchen"]));
    assert_eq!(two.field("Room.crowd"), 1);
    wait(&mut one, "Room.crowd", &json!(1));
    two.ok("Room.leave", json!([]));
    assert_eq!(two.field("Room.is_linked"), false);
    assert_eq!(two.field("Room.crowd"), 0);
    two.ok("Corner.join_corner", json!(["lobby"]));
    assert_eq!(two.field("Corner.is_corner_linked"), true);
    assert_eq!(two.field("Room.is_linked"), false);
    assert_told_right(&mut two);
}

#[test]
fn a_session_that_ends_is_unlinked() {
    let hub = sessions();
    let mut stays = joined(&hub, "lobby");
    // One that never took a frame cannot come back, so that it ends with its connection.
    let mut ends = hub.connect(hello(&hub), Visit::default()).unwrap();
    let handlers = hub.script().names.handlers();
    let is_join = |name: &Arc<str>| name.ends_with("Room.join_and_count");
    let join = handlers.iter().position(is_join).unwrap();
    let event = json!({"t": "event", "id": 1, "handler": join, "args": ["lobby"]}).to_string();
    let received = async { ends.inbox.receive(&event).await };
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(received)
        .unwrap();
    wait(&mut stays, "Room.count", &json!(1));
    assert_eq!(look(&mut stays), "1 'lobby' 2 none");
    wait(&mut stays, "Room.crowd", &json!(2));
    drop(ends);
    wait(&mut stays, "Room.crowd", &json!(1));
    assert_eq!(look(&mut stays), "1 'lobby' 1 none");
    stays.ok("Room.add", json!([1]));
    assert_eq!(stays.field("Room.count"), 2);
}

fn hello(hub: &Hub<App>) -> Hello {
    Hello {
        build: hub.build().to_owned(),
        client: "another-page".into(),
        token: None,
        seq: 0,
        event: 0,
        base: None,
        route: "/".into(),
        storage: None,
        previous: None,
    }
}

#[test]
fn background_tasks_share_as_well() {
    let hub = sessions();
    let (mut one, mut two) = pair(&hub);
    one.ok("Room.add_behind", json!([20]));
    two.ok("Room.add_behind", json!([20]));
    for client in [&mut one, &mut two] {
        wait(client, "Room.doubled", &json!(80));
    }
    let mut late = Client::on(&hub);
    late.ok("Room.join_behind", json!(["lobby"]));
    wait(&mut late, "Room.count", &json!(41));
    wait(&mut one, "Room.count", &json!(41));
}

#[test]
fn a_background_task_links_only_inside_a_section() {
    let hub = sessions();
    let mut client = Client::on(&hub);
    client.ok("Room.join_outside", json!(["lobby"]));
    let (text, frame) = client.step();
    let message = frame["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("ImmutableStateError: Room"), "{text}");
}

#[test]
fn a_linked_session_is_changed_through_its_token() {
    let hub = sessions();
    let (one, mut two) = pair(&hub);
    let mut apart = Client::on(&hub);
    apart.ok("Private.visit", json!([one.token()]));
    wait(&mut two, "Room.count", &json!(100));
    assert_eq!(apart.field("Room.count"), 0);
}

#[test]
fn what_cannot_be_linked_is_refused() {
    let hub = sessions();
    let mut client = Client::on(&hub);
    for (name, expected) in [
        (
            "",
            "ReflexRuntimeError: shared_state.Room cannot be linked to an empty name",
        ),
        ("a_b", "may not contain an underscore"),
        (&*"x".repeat(257), "has 257 bytes; it may have 256"),
    ] {
        let reply = client.call("Room.link_badly", json!([name]));
        assert!(reply.message().contains(expected), "{}", reply.message());
    }
    let reply = client.call("Room.leave", json!([]));
    assert!(
        reply.message().ends_with("Room is not linked"),
        "{}",
        reply.message()
    );
    client.ok("Corner.join_corner", json!(["lobby"]));
    let reply = client.call("Room.join", json!(["lobby"]));
    assert!(
        reply.message().contains("unlink that first"),
        "{}",
        reply.message()
    );
    assert_eq!(look(&mut client), "0 '' 0 none");
}

#[test]
fn only_what_changes_something_waits_for_a_handler_in_the_room() {
    let hub = sessions();
    let (mut holds, mut waits) = pair(&hub);
    let held = holds.send("Room.hold", json!([]));
    wait(&mut holds, "Room.count", &json!(1));
    // The full state comes as the session knows it, and another room is another room.
    assert_told_right(&mut waits);
    let queued = waits.send("Room.add", json!([10]));
    let (mut apart, mut other) = (joined(&hub, "kitchen"), joined(&hub, "kitchen"));
    other.ok("Room.add", json!([1]));
    wait(&mut apart, "Room.count", &json!(1));
    apart.ok("Gate.open", json!([]));
    holds.finish(held);
    waits.finish(queued);
    assert_eq!(waits.field("Room.count"), 12);
    wait(&mut holds, "Room.count", &json!(12));
}

#[test]
fn a_link_that_is_cancelled_is_not_left_half_done() {
    let hub = sessions();
    let (mut holds, mut other) = pair(&hub);
    let held = holds.send("Room.hold", json!([]));
    wait(&mut holds, "Room.count", &json!(1));
    let mut late = Client::on(&hub);
    let events: Vec<u64> = (0..3)
        .map(|_| late.send("Room.join_latest", json!(["lobby"])))
        .collect();
    Client::on(&hub).ok("Gate.open", json!([]));
    holds.finish(held);
    for event in events {
        late.finish(event);
    }
    // The first may have run before it was superseded; the last has in any case.
    let count = late.field("Room.count").as_i64().unwrap();
    assert!((3..=5).contains(&count), "{count}");
    wait(&mut other, "Room.count", &json!(count));
    other.ok("Room.add", json!([100]));
    wait(&mut late, "Room.count", &json!(count + 100));
}

#[test]
fn two_links_at_once_are_made_one_after_the_other() {
    let hub = sessions();
    let (mut one, mut two) = (Client::on(&hub), Client::on(&hub));
    for round in 0..20 {
        let name = format!("room{round}");
        let events =
            [&mut one, &mut two].map(|client| client.send("Private.link_two", json!([name])));
        one.finish(events[0]);
        two.finish(events[1]);
        one.ok("Room.add", json!([round + 1]));
        wait(&mut two, "Room.count", &json!(round + 1));
    }
}

#[test]
fn nobody_gets_what_a_handler_has_changed_before_it_has_ended() {
    for handler in ["Room.count_and_go", "Room.count_and_leave"] {
        let hub = sessions();
        let (mut goes, mut waits) = pair(&hub);
        let held = goes.send(handler, json!(["salon"]));
        wait(&mut goes, "Room.count", &json!(1));
        let queued = waits.send("Room.mark", json!([]));
        let mut apart = joined(&hub, "kitchen");
        for _ in 0..10 {
            apart.ok("Room.add_slowly", json!([]));
        }
        apart.ok("Gate.open", json!([]));
        goes.finish(held);
        waits.finish(queued);
        assert_eq!(waits.field("Room.count"), 11, "{handler}");
        assert_eq!(goes.field("Room.count"), 0, "{handler}");
    }
}

#[test]
fn what_a_handler_has_not_changed_is_let_go_when_it_goes_elsewhere() {
    let hub = sessions();
    let (mut goes, mut stays) = pair(&hub);
    let held = goes.send("Room.go", json!(["salon"]));
    stays.ok("Room.add", json!([5]));
    stays.ok("Gate.open", json!([]));
    goes.finish(held);
    assert_eq!(goes.field("Room.count"), 0);
}

#[test]
fn two_that_want_each_others_rooms_get_them() {
    let hub = sessions();
    let mut clients = ["attic", "cellar"].map(|name| joined(&hub, name));
    let others = ["cellar", "attic"].into_iter();
    let clients = clients.iter_mut().zip(others);
    let sent = clients.map(|(client, name)| {
        let event = client.send("Room.meet_and_go", json!([name]));
        (client, event)
    });
    for (client, event) in sent.collect::<Vec<_>>() {
        assert_eq!(client.finish(event).error, None);
        wait(client, "Room.count", &json!(11));
    }
}

/// Has each client, on a thread of its own, send its events at once and wait for all.
fn all_send(clients: Vec<Client>, event: impl Fn(usize) -> (&'static str, Json)) -> Vec<Client> {
    let threads: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let events: Vec<_> = (0..EVENTS).map(&event).collect();
            thread::spawn(move || {
                let sent: Vec<u64> = events
                    .into_iter()
                    .map(|(handler, args)| client.send(handler, args))
                    .collect();
                for event in sent {
                    assert_eq!(client.finish(event).error, None);
                }
                client
            })
        })
        .collect();
    let joined = threads.into_iter().map(|thread| thread.join().unwrap());
    joined.collect()
}

#[test]
fn no_increment_is_lost_when_many_sessions_make_them_at_once() {
    let hub = sessions();
    let clients: Vec<Client> = (0..CLIENTS).map(|_| joined(&hub, "lobby")).collect();
    // Handlers of each kind: on a worker, on the loop, with a flush within, in the background.
    let clients = all_send(clients, |number| match number % 4 {
        0 => ("Room.add", json!([1])),
        1 => ("Room.add_slowly", json!([])),
        2 => ("Room.add_twice", json!([])),
        _ => ("Room.add_behind", json!([1])),
    });
    let twice = (0..EVENTS).filter(|number| number % 4 == 2).count();
    let expected = CLIENTS * (EVENTS + twice);
    for mut client in clients {
        wait(&mut client, "Room.doubled", &json!(expected * 2));
        assert_eq!(client.field("Room.count"), expected);
        assert_told_right(&mut client);
    }
}

#[test]
fn sessions_that_come_and_go_in_several_rooms_do_not_wait_for_each_other() {
    let hub = sessions();
    let mut watch = Client::on(&hub);
    watch.ok("Room.join", json!(["arena"]));
    watch.ok("Board.join_board", json!(["arena"]));
    let clients: Vec<Client> = (0..CLIENTS).map(|_| Client::on(&hub)).collect();
    all_send(clients, |number| match number % 2 {
        0 => ("Private.room_then_board", json!(["arena"])),
        _ => ("Private.board_then_room", json!(["arena"])),
    });
    wait(&mut watch, "Room.count", &json!(CLIENTS * EVENTS * 2));
    wait(&mut watch, "Board.moves", &json!(CLIENTS * EVENTS));
    assert_eq!(
        look(&mut watch),
        format!("{} 'arena' 1 none", CLIENTS * EVENTS * 2)
    );
}
