//! Pages, files, health: what is served over HTTP.

use ferroflex_server::Environment::{Development, Production};
use ferroflex_server::ServerError;
use ferroflex_session::state_hash;
use serde_json::Value as Json;

use crate::support::{BUILD, Counter, Running, counter, failed, get, options, start};

async fn alone() -> Running {
    start(vec![counter("counter", "")], Development).await
}

async fn several() -> Running {
    let apps = vec![counter("counter", "/counter"), failed("broken", "/broken")];
    start(apps, Development).await
}

#[tokio::test]
async fn a_page_holds_what_the_shell_needs() {
    let server = several().await;
    let page = get(server.address, "/counter/", "").await;
    assert_eq!(page.status, 200);
    for part in [
        "<title>Counter</title>",
        r#"<meta name="description" content="Counts &lt;up&gt;">"#,
        r#"<script type="importmap">{"imports":{"@ferroflex/boot":"/_shell/boot-1.js"}}</script>"#,
        r#"<link rel="modulepreload" href="/_shell/radix-1.js" nonce=""#,
        r#"<link rel="modulepreload" href="/counter/_app/index-1.js" nonce=""#,
        r#"" data-default="system"></script>"#,
        r#"<script src="/_shell/early-1.js" nonce=""#,
        r#"<html lang="de" data-x="&quot;1&quot;"><head>"#,
        concat!(
            r#"<link rel="stylesheet" href="/_shell/reset-1.css">"#,
            r#"<link rel="stylesheet" href="/counter/_app/radix-1.css">"#,
            r#"<link rel="stylesheet" href="/counter/_app/tailwind-1.css">"#,
            r#"<link rel="stylesheet" href="https://fonts.example/inter.css">"#,
            r#"<link rel="stylesheet" href="/counter/_app/index-1.css">"#,
            r#"<link rel="preload" href="/x?a&amp;b"><script nonce=""#,
        ),
        r#"">if (1 < 2) go('<\/script>')</script></head>"#,
        r#"<div id="root"></div>"#,
        r#"<script type="module" src="/_shell/boot-1.js" nonce=""#,
    ] {
        assert!(page.body.contains(part), "{part} is not in {}", page.body);
    }
    server.stop().await;
}

#[tokio::test]
async fn a_page_with_scripts_of_the_author_reaches_as_far_as_they_do() {
    let server = several().await;
    let page = get(server.address, "/counter/", "").await;
    let policy = page.header("content-security-policy").unwrap();
    for part in ["'strict-dynamic';", "style-src * ", "connect-src * "] {
        assert!(policy.contains(part), "{part} is not in {policy}");
    }
    assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    let sheet = get(server.address, "/counter/_app/radix-1.css", "").await;
    assert_eq!((sheet.status, sheet.body.as_str()), (200, ".rt-Box{}"));
    let sheet = get(server.address, "/counter/_app/tailwind-1.css", "").await;
    assert_eq!((sheet.status, sheet.body.as_str()), (200, ".p-4{}"));
    server.stop().await;
}

#[tokio::test]
async fn what_is_packed_beforehand_is_sent_as_it_is() {
    let server = several().await;
    for (accepts, body, coding) in [
        ("accept-encoding: gzip, br\r\n", "packed", Some("br")),
        ("accept-encoding: br;q=0.5\r\n", "packed", Some("br")),
        ("accept-encoding: br;q=0\r\n", "start()", None),
        ("", "start()", None),
    ] {
        let file = get(server.address, "/_shell/boot-1.js", accepts).await;
        assert_eq!((file.status, file.body.as_str()), (200, body), "{accepts}");
        assert_eq!(file.header("content-encoding"), coding, "{accepts}");
        assert_eq!(file.header("vary"), Some("accept-encoding"), "{accepts}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_description_of_a_page_cannot_end_its_script() {
    let server = several().await;
    let page = get(server.address, "/counter/", "").await;
    let opening = r#"<script type="application/json" id="ferroflex">"#;
    let rest = page.body.split_once(opening).unwrap().1;
    let mut json: Json = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let hash = state_hash(br#"[[0,"</script>"]]"#);
    let table = json["pages"].take();
    assert!(table.as_str().unwrap().starts_with("/counter/_app/pages-"));
    let expected = serde_json::json!({
        "base": "/counter", "build": BUILD, "module": "/counter/_app/index-1.js",
        "state": [[0, "</script>"]], "hash": hash, "env": "dev", "color_mode": "system",
        "pages": null,
        "storage": [[0, 1, {"in": "local", "name": "</script>"}]],
    });
    assert_eq!(json, expected);
    server.stop().await;
}

#[tokio::test]
async fn the_table_of_pages_says_what_each_needs() {
    let server = several().await;
    let page = get(server.address, "/counter/", "").await;
    let rest = page.body.split_once(r#""pages":""#).unwrap().1;
    let file = get(server.address, rest.split_once('"').unwrap().0, "").await;
    assert_eq!(file.header("content-type"), Some("application/json"));
    assert!(file.header("cache-control").unwrap().contains("immutable"));
    let table: Json = serde_json::from_str(&file.body).unwrap();
    assert_eq!(table["not_found"], Json::Null);
    let expected = |route: &str, title: &str| {
        serde_json::json!({
            "route": route, "module": "/counter/_app/index-1.js", "preload": ["/_shell/radix-1.js"],
            "styles": [
                "/_shell/reset-1.css", "/counter/_app/radix-1.css",
                "/counter/_app/tailwind-1.css", "https://fonts.example/inter.css", "/counter/_app/index-1.css",
            ],
            "title": title, "description": "Counts <up>",
            "head": [["meta", {"name": "theme-color", "content": "#fff"}, ""]], "plain": true,
        })
    };
    let pages = [expected("/", "Counter"), expected("/items/[id]", "Item")];
    assert_eq!(table["pages"], Json::from(pages.to_vec()));
    server.stop().await;
}

#[tokio::test]
async fn pages_carry_a_strict_policy_and_are_not_kept() {
    let server = alone().await;
    let page = get(server.address, "/", "").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self' 'sha256-"), "{policy}");
    assert!(
        policy.contains(&format!("ws://{}", server.address)),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    server.stop().await;
}

#[tokio::test]
async fn every_response_has_a_nonce_of_its_own() {
    let server = alone().await;
    let mut nonces = vec![];
    for _ in 0..2 {
        let page = get(server.address, "/", "").await;
        let (_, rest) = page.body.split_once("nonce=\"").unwrap();
        let nonce = rest.split_once('"').unwrap().0.to_owned();
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains(&format!("'nonce-{nonce}'")), "{policy}");
        assert_eq!(page.body.matches("{nonce}").count(), 0, "{}", page.body);
        nonces.push(nonce);
    }
    assert_eq!(nonces[0].len(), 22);
    assert_ne!(nonces[0], nonces[1]);
    server.stop().await;
}

#[tokio::test]
async fn generated_files_are_kept_forever_and_compressed() {
    let server = several().await;
    let module = get(server.address, "/counter/_app/index-1.js", "").await;
    assert_eq!(
        (module.status, module.body.as_str()),
        (200, "export default 1;")
    );
    assert_eq!(
        module.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(
        module.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let names = get(server.address, "/counter/_app/names.json", "").await;
    assert_eq!(names.body, r#"{"build":"1"}"#);
    let page = get(server.address, "/counter/", "accept-encoding: br\r\n").await;
    assert_eq!(page.header("content-encoding"), Some("br"));
    assert_eq!(
        get(server.address, "/counter/_app/other.js", "")
            .await
            .status,
        404
    );
    server.stop().await;
}

#[tokio::test]
async fn shell_files_are_not_sent_to_those_who_have_them() {
    let server = alone().await;
    let file = get(server.address, "/_shell/boot-1.js", "").await;
    assert_eq!((file.status, file.body.as_str()), (200, "start()"));
    let again = get(
        server.address,
        "/_shell/boot-1.js",
        "if-none-match: \"one\"\r\n",
    )
    .await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(get(server.address, "/_shell/none.js", "").await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn routes_with_parts_are_pages_and_unknown_ones_are_404() {
    let server = alone().await;
    for path in ["/", "/?page=2", "/items/7", "/items/7/"] {
        assert_eq!(get(server.address, path, "").await.status, 200, "{path}");
    }
    let missing = get(server.address, "/nowhere", "").await;
    assert_eq!(missing.status, 404);
    assert!(
        missing.body.contains("<code>/nowhere</code>"),
        "{}",
        missing.body
    );
    server.stop().await;
}

#[tokio::test]
async fn assets_are_served_and_nothing_beside_them() {
    let server = several().await;
    let asset = get(server.address, "/counter/note.txt", "").await;
    assert_eq!(
        (asset.status, asset.body.as_str()),
        (200, "an asset of the author's\n")
    );
    let known = format!(
        "if-modified-since: {}\r\n",
        asset.header("last-modified").unwrap()
    );
    assert_eq!(
        get(server.address, "/counter/note.txt", &known)
            .await
            .status,
        304
    );
    for path in [
        "/counter/../../Cargo.toml",
        "/counter/..%2f..%2fCargo.toml",
        "/counter/%2e%2e/%2e%2e/Cargo.toml",
        "/counter//etc/passwd",
        "/counter/note.txt%00",
    ] {
        assert_eq!(get(server.address, path, "").await.status, 404, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn assets_are_known_by_their_content_and_kept_where_the_address_names_it() {
    let server = several().await;
    let plain = get(server.address, "/counter/note.txt", "").await;
    assert_eq!(plain.header("cache-control"), Some("no-cache"));
    assert_eq!(
        plain.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let etag = plain.header("etag").unwrap();
    let known = format!("if-none-match: {etag}\r\n");
    let again = get(server.address, "/counter/note.txt", &known).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let versioned = format!("/counter/note.txt?v={}", &etag[1..9]);
    for path in [
        &versioned,
        &versioned.replace("/note", "/external/kit/note"),
    ] {
        let kept = get(server.address, path, "").await;
        let cache = kept.header("cache-control").unwrap();
        assert!(cache.contains("immutable"), "{path}: {cache}");
    }
    let old = get(server.address, "/counter/note.txt?v=00000000", "").await;
    assert_eq!(old.header("cache-control"), Some("no-cache"));
    let part = get(server.address, &versioned, "range: bytes=3-7\r\n").await;
    assert_eq!((part.status, part.body.as_str()), (206, "asset"));
    server.stop().await;
}

#[tokio::test]
async fn files_come_packed_in_the_best_way_that_a_client_takes() {
    let server = alone().await;
    for (accepted, coding) in [
        ("br, gzip", Some("br")),
        ("gzip", Some("gzip")),
        ("x", None),
    ] {
        let header = format!("accept-encoding: {accepted}\r\n");
        let style = get(server.address, "/long.txt", &header).await;
        assert_eq!(style.header("content-encoding"), coding, "{accepted}");
        assert_eq!(style.header("vary"), Some("accept-encoding"));
    }
    server.stop().await;
}

#[tokio::test]
async fn the_index_lists_apps_and_why_one_failed() {
    let server = several().await;
    let index = get(server.address, "/", "").await;
    assert_eq!(index.status, 200);
    for part in [
        r#"href="/counter/""#,
        "The counter",
        "running",
        r#"href="/broken/""#,
    ] {
        assert!(index.body.contains(part), "{part}");
    }
    assert!(index.body.contains("syntax error") && index.body.contains("apps/broken.py:2"));
    assert_eq!(
        get(server.address, "/counter", "").await.header("location"),
        Some("/counter/")
    );
    assert_eq!(get(server.address, "/favicon.ico", "").await.status, 200);
    assert_eq!(
        get(server.address, "/counter/favicon.ico", "").await.status,
        200
    );
    assert_eq!(get(server.address, "/nobody/", "").await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn a_failed_app_shows_its_source_to_its_author_alone() {
    let server = several().await;
    let page = get(server.address, "/broken/any/page", "").await;
    assert_eq!(page.status, 500);
    for part in [
        "syntax error",
        "&#39;(&#39; was never closed",
        "apps/broken.py:2",
        "Traceback",
    ] {
        let plain = part.replace("&#39;", "'");
        assert!(
            page.body.contains(part) || page.body.contains(&plain),
            "{part}: {}",
            page.body
        );
    }
    assert!(
        page.body
            .contains(r#"<span class="here"><b class="number">2</b>print(</span>"#)
    );
    assert!(page.body.contains("&lt;module&gt;"));
    server.stop().await;

    let server = start(vec![failed("broken", "")], Production).await;
    let page = get(server.address, "/", "").await;
    assert_eq!(page.status, 500);
    assert!(!page.body.contains("broken.py") && !page.body.contains("never closed"));
    server.stop().await;
}

#[tokio::test]
async fn health_tells_which_apps_live() {
    let server = several().await;
    let health = get(server.address, "/healthz", "").await;
    let health: Json = serde_json::from_str(&health.body).unwrap();
    assert_eq!(health["status"], "degraded");
    assert_eq!(health["apps"][0]["status"], "live");
    assert_eq!(health["apps"][0]["sessions"], 0);
    assert_eq!(health["apps"][0]["script"]["workers"], 2);
    assert_eq!(health["apps"][1]["status"], "failed");
    server.stop().await;
}

#[tokio::test]
async fn apps_that_cannot_stand_beside_each_other_are_refused() {
    let refuse = async |apps| {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = ferroflex_server::serve::<Counter>(
            listener,
            apps,
            options(Development),
            std::future::pending(),
        );
        served.await.unwrap_err()
    };
    let twins = vec![counter("a", "/a"), counter("b", "/a")];
    assert!(matches!(
        refuse(twins).await,
        ServerError::DuplicateBase { .. }
    ));
    let shell = vec![counter("a", "/_shell"), counter("b", "/b")];
    assert!(matches!(
        refuse(shell).await,
        ServerError::ReservedBase { .. }
    ));
    let mut app = counter("a", "");
    if let ferroflex_server::Served::Live(mount) = &mut app {
        mount.pages[1].route = "/".into();
    }
    let error = refuse(vec![app]).await;
    assert!(
        matches!(&error, ServerError::Routes { app, .. } if app == "a"),
        "{error}"
    );
}
