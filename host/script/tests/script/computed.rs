//! Computed vars: what they show, and how often they run.

use serde_json::{Value as Json, json};

use crate::support::{Client, Reply, app_alone, hub};

/// How often each computed var has run so far. The counts are the app's.
fn runs(client: &mut Client) -> Json {
    let reply: Reply = client.ok("Cart.runs", json!([]));
    serde_json::from_str(reply.commands[0]["message"].as_str().unwrap()).unwrap()
}

/// A handler, and what it makes run: `(handler, arguments, [(computed var, runs)])`.
type Step = (&'static str, Json, &'static [(&'static str, u64)]);

#[test]
fn a_computed_var_runs_when_what_it_read_has_changed() {
    let mut client = Client::on(&hub(&app_alone("computed")));
    let steps: [Step; 12] = [
        ("Base.set_unread_to", json!([1]), &[]),
        ("Cart.keep", json!([3]), &[("slow", 1)]),
        ("Cart.add", json!([3]), &[("total", 1), ("label", 1)]),
        (
            "Base.set_rate_to",
            json!([3]),
            &[("total", 1), ("label", 1)],
        ),
        (
            "Base.set_rate_to",
            json!([3]),
            &[("total", 1), ("label", 1)],
        ),
        ("Cart.add_name", json!(["b"]), &[]),
        ("Cart.turn_on", json!([]), &[("branch", 1)]),
        ("Cart.add_name", json!(["c"]), &[("branch", 1)]),
        ("Cart.set_factor", json!([2]), &[("hidden", 1)]),
        ("Cart.log", json!([2]), &[("hidden", 1)]),
        ("Cart.add", json!([0]), &[("total", 1), ("label", 1)]),
        ("Cart.look_at_private", json!([]), &[("_private", 1)]),
    ];
    for (handler, args, expected) in steps {
        let before = runs(&mut client);
        client.ok(handler, args.clone());
        let after = runs(&mut client);
        for name in ["total", "label", "branch", "hidden", "slow", "_private"] {
            let expected = expected.iter().find(|(known, _)| *known == name);
            let expected = expected.map_or(0, |(_, runs)| *runs);
            let ran = after[name].as_u64().unwrap_or(0) - before[name].as_u64().unwrap_or(0);
            let least = expected.min(1);
            // What was in flux while the handler ran may be computed once more at its end.
            assert!(
                (least..=expected).contains(&ran),
                "{handler} {args}: {name} ran {ran} times"
            );
        }
    }
    assert_eq!(client.field("Cart.total"), 18);
    assert_eq!(client.field("Cart.label"), "18 in all");
    assert_eq!(client.field("Cart.branch"), 3);
    assert_eq!(client.field("Cart.hidden"), 21);
    assert_eq!(
        client.field("Cart.slow"),
        3,
        "an interval does not replace what it reads"
    );
    let (before, text) = (client.field("Cart.uncached"), client.field("Cart.timed"));
    client.ok("Cart.keep", json!([4]));
    assert!(
        client.field("Cart.uncached").as_u64() > before.as_u64(),
        "cache=False"
    );
    assert!(
        client.field("Cart.timed").as_u64() > text.as_u64(),
        "interval=0"
    );
}

#[test]
fn a_handler_reads_what_is_computed_from_what_it_just_wrote() {
    let mut client = Client::of("computed");
    client.ok("Cart.add_and_look", json!([10]));
    assert_eq!(client.field("Cart.seen"), json!([26, 26, 46]));
    assert_eq!(client.field("Cart.total"), 46);
}

#[test]
fn a_computed_var_without_a_new_value_is_not_sent() {
    let mut client = Client::of("computed");
    let reply = client.ok("Cart.same", json!([]));
    assert!(
        !reply.frames.concat().contains("in all"),
        "{:?}",
        reply.frames
    );
    client.ok("Base.set_rate_to", json!([0]));
    let reply = client.ok("Cart.add", json!([5]));
    assert!(
        !reply.frames.concat().contains("in all"),
        "{:?}",
        reply.frames
    );
}

#[test]
fn a_computed_var_that_raises_keeps_its_value_and_the_rest_is_sent() {
    let mut client = Client::of("computed");
    let reply = client.call("Cart.keep", json!([7]));
    assert!(
        reply.message().contains("ValueError: seven"),
        "{}",
        reply.message()
    );
    assert_eq!(client.field("Cart.kept"), 7);
    assert_eq!(client.field("Cart.fails_on_seven"), 0);
    client.ok("Cart.keep", json!([8]));
    assert_eq!(client.field("Cart.fails_on_seven"), 8);
}

#[test]
fn a_computed_var_cannot_be_assigned() {
    let mut client = Client::of("computed");
    let reply = client.call("Cart.assign", json!([]));
    assert!(
        reply
            .message()
            .contains("is computed and cannot be assigned"),
        "{}",
        reply.message()
    );
}

#[test]
fn an_async_computed_var_is_computed_before_the_page_is_told() {
    let mut client = Client::of("computed_async");
    assert_eq!(client.field("Reader.both"), json!([6, 4]));
    client.ok("Reader.set_factor", json!([5]));
    assert_eq!(client.field("Reader.product"), 10);
    assert_eq!(client.field("Reader.waited"), 6);
    // It read a field of a state that it asked for.
    client.ok("Source.set_base", json!([4]));
    assert_eq!(client.field("Reader.product"), 20);
    assert_eq!(client.field("Reader.both"), json!([20, 6]));
}

#[test]
fn an_async_handler_awaits_an_async_computed_var() {
    let mut client = Client::of("computed_async");
    client.ok("Reader.set_and_look", json!([10]));
    assert_eq!(client.field("Reader.seen"), json!([20, 11]));
    assert_eq!(client.field("Reader.both"), json!([20, 11]));
}

#[test]
fn an_async_computed_var_that_raises_keeps_its_value() {
    let mut client = Client::of("computed_async");
    let reply = client.call("Reader.set_factor", json!([7]));
    assert!(
        reply.message().contains("ValueError: seven"),
        "{}",
        reply.message()
    );
    assert_eq!(client.field("Reader.fails_on_seven"), 3);
    assert_eq!(client.field("Reader.product"), 14);
}
