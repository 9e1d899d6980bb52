//! `hybrid_property`: a property in handlers, a Var on pages.

use serde_json::json;

use crate::support::{Client, app};

#[test]
fn a_hybrid_property_is_a_property_of_the_instance() {
    let mut client = Client::of("hybrid");
    client.ok("Person.rename", json!(["Ann Lee"]));
    assert_eq!(client.field("Person.seen"), "Ann Lee: Hello Ann");
    assert_eq!(client.field("Person.last"), "Lee");
}

#[test]
fn a_page_shows_what_a_hybrid_property_gives_for_vars() {
    let page = app("hybrid").pages[0].module.javascript.clone();
    assert!(page.contains("Hello "), "{page}");
    assert!(!page.contains("Jane"), "{page}");
}
