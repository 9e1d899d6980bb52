//! `rx.ComponentState`: each component that is made has a state class of its own.

use serde_json::json;

use crate::support::{Client, app, app_alone};

#[test]
fn each_component_has_a_state_of_its_own() {
    let mut client = Client::of("component_state");
    client.ok("Counter_n1.increment", json!([]));
    client.ok("Counter_n2.add", json!(["7"]));
    client.ok("Counter_n4.increment", json!([]));
    client.ok("Started_n1.increment", json!([]));
    for (field, expected) in [
        ("Counter_n1.count", 1),
        ("Counter_n1.doubled", 2),
        ("Counter_n2.count", 7),
        ("Counter_n3.count", 0),
        ("Counter_n4.count", 1),
        ("Started_n1.count", 11),
    ] {
        assert_eq!(client.field(field), expected, "{field}");
    }
    client.ok("Started_n1.restart", json!([]));
    assert_eq!(client.field("Started_n1.count"), 10);
    assert_eq!(client.field("Texts_n1.text"), "bare");
    assert_eq!(client.known(), client.told());
}

#[test]
fn the_state_of_a_component_is_reached_through_it() {
    let mut client = Client::of("component_state");
    client.ok("Outside.look", json!([]));
    assert_eq!(client.field("Outside.seen"), "100 200");
    client.ok("Outside.send", json!([]));
    assert_eq!(client.field("Counter_n1.count"), 106);
}

#[test]
fn its_names_and_numbers_are_the_same_each_time_that_the_app_is_loaded() {
    let (one, two) = (app("component_state"), app_alone("component_state"));
    assert_eq!(one.build, two.build);
    assert_eq!(one.names.states(), two.names.states());
    assert_eq!(one.names.handlers(), two.names.handlers());
    let states: Vec<&str> = one.names.states().iter().map(|(name, _)| &**name).collect();
    let expected = [
        "reflex.state.State",
        "component_state.Counter_n1",
        "component_state.Outside",
        "component_state.Counter_n2",
        "component_state.Started_n1",
        "component_state.Texts_n1",
        "component_state.Named_n1",
        "component_state.Named_n2",
        "component_state.Counter_n3",
        "component_state.Counter_n4",
    ];
    // The class that has no component was made before that was known.
    assert_eq!(states[..expected.len()], expected);
}

#[test]
fn it_may_set_what_its_fields_start_with() {
    let client = Client::of("component_state");
    assert_eq!(client.field("Named_n1.name"), "Ann");
    assert_eq!(client.field("Named_n2.name"), "Bob");
}

#[test]
fn one_without_a_component_says_so() {
    let app = app("component_state");
    let page = &app.pages[2].module.javascript;
    assert!(page.contains("Nothing_n1 has no get_component"), "{page}");
}
