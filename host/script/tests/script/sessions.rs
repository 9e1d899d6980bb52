//! Many sessions at once: they are independent, exact, and leave nothing behind.

use std::{thread, time::Duration};

use serde_json::json;

use crate::support::{Client, app, hub};

const SESSIONS: usize = 50;
const EVENTS: u64 = 40;

#[test]
fn many_sessions_on_many_threads_count_exactly() {
    let hub = hub(&app("handlers"));
    let values: Vec<_> = thread::scope(|scope| {
        let handles: Vec<_> = (0..SESSIONS)
            .map(|number| {
                let hub = &hub;
                scope.spawn(move || {
                    let mut client = Client::on(hub);
                    client.ok("Work.plain", json!([number]));
                    for _ in 0..EVENTS {
                        client.send("Work.increment", json!([]));
                    }
                    client.ok("Work.increment", json!([]));
                    assert_eq!(client.field("Work.steps"), json!([number.to_string()]));
                    assert_eq!(client.known(), client.told());
                    client.field("Work.value")
                })
            })
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().unwrap())
            .collect()
    });
    assert_eq!(values, vec![json!(EVENTS + 1); SESSIONS]);
}

#[test]
fn a_handler_that_blocks_does_not_hold_up_another_session() {
    let hub = hub(&app("handlers"));
    let (mut blocked, mut free) = (Client::on(&hub), Client::on(&hub));
    let event = blocked.send("Work.block", json!([]));
    // The gate opens only from the other session: were that one held up, the first would time out.
    while blocked.field("Work.value") != -1 {
        blocked.step();
    }
    free.ok("Work.increment", json!([]));
    free.ok("Work.open_gate", json!([]));
    assert_eq!(
        blocked.field("Work.value"),
        -1,
        "it still waits for its last frame"
    );
    blocked.finish(event);
    assert_eq!(blocked.field("Work.value"), -2);
}

#[test]
fn sessions_that_were_dropped_leave_no_objects() {
    let app = app("garbage");
    let mut witness = Client::on(&hub(&app));
    let live = |witness: &mut Client| {
        let reply = witness.ok("Counted.live", json!([]));
        reply.commands[0]["message"]
            .as_str()
            .unwrap()
            .parse::<usize>()
            .unwrap()
    };
    let before = live(&mut witness);
    for _ in 0..2_000 {
        let mut client = Client::on(&hub(&app));
        client.ok("Counted.fill", json!([]));
    }
    // The last ones are dropped by a thread of the app's, after this one has let go of them.
    let mut after = live(&mut witness);
    for _ in 0..100 {
        if after <= before {
            break;
        }
        thread::park_timeout(Duration::from_millis(20));
        after = live(&mut witness);
    }
    assert!(
        after <= before,
        "{before} state objects before, {after} after"
    );
}
