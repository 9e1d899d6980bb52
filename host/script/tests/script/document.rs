//! The three handlers of `apps/document.py`, frame by frame.

use serde_json::json;

use crate::{
    packages::{fetched_wheels_folder, json_server},
    support::{Client, app_path, hub, load_options, load_with},
};

fn client() -> Client {
    let mut options = load_options();
    options.packages = vec![fetched_wheels_folder()];
    match load_with(&app_path("document"), &options) {
        Ok(app) => Client::on(&hub(&app)),
        Err(failure) => panic!("{}\n{}", failure.message, failure.trace),
    }
}

#[test]
fn add_item_tells_twice() {
    let mut client = client();
    let event = client.send("Document.add_item", json!(["milk"]));
    while client.field("Document.saving") != true {
        client.step();
    }
    assert_eq!(client.field("Document.items"), json!([]));
    client.finish(event);
    assert_eq!(client.field("Document.items"), json!(["milk"]));
    assert_eq!(client.field("Document.saving"), false);
}

#[test]
fn load_data_waits_for_another_server() {
    let mut client = client();
    let event = client.send("Document.load_data", json!([json_server()]));
    while client.field("Document.loading") != true {
        client.step();
    }
    client.finish(event);
    assert_eq!(client.field("Document.data"), json!(["one", "two"]));
    assert_eq!(client.field("Document.loading"), false);
}

#[test]
fn process_upload_works_in_the_background() {
    let mut client = client();
    client.send("Document.process_upload", json!(["photo.png"]));
    client.send("Document.add_item", json!(["meanwhile"]));
    let mut seen = Vec::new();
    while client.field("Document.status") != "photo.png is done"
        || client.field("Document.items") != json!(["meanwhile"])
    {
        client.step();
        seen.push(client.field("Document.progress").as_u64().unwrap());
    }
    assert!(seen.is_sorted() && seen.contains(&10), "{seen:?}");
    assert_eq!(client.field("Document.progress"), 100);
}
