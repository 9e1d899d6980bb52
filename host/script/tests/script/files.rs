//! `rx.asset`: addresses with their content's hash, and files that packages bring.

use std::{path::PathBuf, sync::Arc};

use ferroflex_script::App;
use serde_json::json;

use crate::support::{Client, app_path, hub, load_at};

fn folder() -> PathBuf {
    app_path("files").with_extension("")
}

fn files() -> Arc<App> {
    load_at(&folder()).unwrap_or_else(|failure| panic!("{}", failure.message))
}

#[test]
fn addresses_name_their_content() {
    let app = files();
    let mut client = Client::on(&hub(&app));
    let addresses = client.field("Files.addresses");
    // The first digits of each file's SHA-256.
    let expected = json!([
        "/logo.svg?v=fb91f9a0",
        "/external/files/kit/swatch.js?v=bef09d10",
        "/external/files/kit/sounds/sound.txt?v=bfe6b7ad",
        "$/public/logo.svg",
    ]);
    assert_eq!(addresses, expected);
    client.ok("Files.ask", json!(["nothing.png"]));
    let problem = client.field("Files.problem");
    assert!(
        problem.as_str().unwrap().contains("there is no file"),
        "{problem}"
    );
}

#[test]
fn files_beside_a_module_are_served_and_imported() {
    let app = files();
    let shared: Vec<_> = app
        .shared_assets
        .iter()
        .map(|(path, file)| (path.as_str(), file))
        .collect();
    let kit = folder().join("files/kit");
    assert_eq!(
        shared,
        [
            ("/external/files/kit/swatch.js", &kit.join("swatch.js")),
            (
                "/external/files/kit/sounds/sound.txt",
                &kit.join("sound.txt")
            ),
        ]
    );
    let page = &app.pages[0].module.javascript;
    assert!(page.contains("\"/external/files/kit/swatch.js\""), "{page}");
}
