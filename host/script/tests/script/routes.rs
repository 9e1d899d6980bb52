//! Routes: their arguments in handlers, computed vars and pages, what `self.router` tells, the
//! heads of pages, and the faults of routes.

use std::fs;

use serde_json::json;

use crate::support::{Client, app, load_at, load_options, load_with};

fn client_at(route: &str) -> Client {
    let mut client = Client::of("routes");
    let event = client.send_from("Blog.arguments", &json!([]), &json!(route));
    assert_eq!(client.finish(event).error, None, "{route}");
    client
}

#[test]
fn arguments_of_the_shown_route_are_fields_of_every_state() {
    for (route, given, heading) in [
        ("/post/7?post_id=q", "('7', [], '')", "7/"),
        ("/post/a%20b/", "('a b', [], '')", "a b/"),
        ("/docs/a/b%2Fc#top", "('', ['a', 'b/c'], '')", "/a+b/c"),
        ("/docs", "('', [], '')", "/"),
        ("/tabs/x", "('', [], 'x')", "/"),
        ("/nowhere", "('', [], '')", "/"),
    ] {
        let mut client = client_at(route);
        assert_eq!(client.field("Blog.given"), given, "{route}");
        assert_eq!(client.field("Blog.heading"), heading, "{route}");
        assert_eq!(client.known(), client.told_at(route), "{route}");
    }
}

#[test]
fn pages_are_told_of_the_arguments_that_they_show() {
    let client = client_at("/post/7");
    assert_eq!(client.field("State.post_id"), "7");
    let client = client_at("/docs/a/b");
    assert_eq!(client.field("State.splat"), json!(["a", "b"]));
    // No page shows it.
    let client = client_at("/tabs/x");
    assert_eq!(client.field("State.tab"), "");
}

#[test]
fn another_address_changes_what_was_computed() {
    let mut client = client_at("/post/7");
    let event = client.send_from("Own.note_tab", &json!([]), &json!("/post/8"));
    assert_eq!(client.finish(event).error, None);
    assert_eq!(client.field("Blog.heading"), "8/");
    assert_eq!(client.field("State.post_id"), "8");
    assert_eq!(client.field("Own.tab"), "own!");
}

#[test]
fn an_argument_cannot_be_assigned() {
    let reply = client_at("/post/7").call("Blog.assign", json!([]));
    let message = reply.message();
    assert!(message.contains("post_id is computed"), "{message}");
}

#[test]
fn the_router_is_reflexs() {
    let mut client = client_at("/post/7?q=x&q=y&e=#frag");
    client.ok("Blog.where", json!([]));
    let raw = "/post/7?q=x&q=y&e=#frag";
    let origin = client.field("State.router")["url"]["origin"].clone();
    let origin = origin.as_str().unwrap();
    let expected = format!(
        "('/post/[post_id]', '{raw}', '{origin}{raw}', \
         {{'q': 'y', 'e': '', 'post_id': '7'}}, '/post/[post_id]')"
    );
    assert_eq!(client.field("Blog.given"), expected);
    client.ok("Blog.address", json!([]));
    let host = origin.strip_prefix("http://").unwrap();
    let expected = format!(
        "(True, True, 'http', '{host}', '{origin}', '/post/7', 'q=x&q=y&e=', \
         {{'q': 'y'}}, 'frag', 'HTTP')"
    );
    assert_eq!(client.field("Blog.given"), expected);
    let told = client.field("State.router");
    assert_eq!(told["page"]["path"], "/post/[post_id]");
    assert_eq!(
        told["page"]["params"],
        json!({"q": "y", "e": "", "post_id": "7"})
    );
    assert_eq!(told["url"]["query_parameters"], json!({"q": "y"}));
    assert_eq!(told["url"]["href"], format!("{origin}{raw}"));
    assert_eq!(told["headers"]["user_agent"], "test");
    assert_eq!(told["headers"]["cookie"], "");
    let front = client_at("/").field("State.router");
    assert_eq!(
        (&front["page"]["path"], &front["route_id"]),
        (&json!("/"), &json!("/index"))
    );
    let lost = client_at("/nowhere").field("State.router");
    assert_eq!(
        (&lost["page"]["path"], &lost["route_id"]),
        (&json!("/404"), &json!("/404"))
    );
}

#[test]
fn the_routers_vars_are_typed() {
    let app = app("routes");
    let page = app
        .pages
        .iter()
        .find(|page| page.route == "/post/[post_id]");
    let javascript = &page.unwrap().module.javascript;
    for part in [
        "?.url?.href",
        "?.url?.path",
        "?.url?.query_parameters",
        "?.headers?.user_agent",
    ] {
        assert!(javascript.contains(part), "{part}: {javascript}");
    }
    assert!(app.shows_visitor);
}

#[test]
fn pages_have_routes_and_heads() {
    let app = app("routes");
    let routes: Vec<_> = app.pages.iter().map(|page| page.route.as_str()).collect();
    let expected = [
        "/docs/[[...splat]]",
        "/about-us",
        "/tabs/[[tab]]",
        "/404",
        "/",
        "/post/[post_id]",
    ];
    assert_eq!(routes, expected);
    let head = |route: &str| {
        let page = app.pages.iter().find(|page| page.route == route).unwrap();
        (&page.initial_head, &page.module.javascript)
    };
    let (front, _) = head("/");
    assert_eq!(front.title.as_deref(), Some("Front"));
    assert_eq!(front.description.as_deref(), Some("The front page"));
    assert_eq!(head("/404").0.title.as_deref(), Some("404 - Not Found"));
    assert!(head("/tabs/[[tab]]").1.contains("go()"));
    let (post, javascript) = head("/post/[post_id]");
    assert_eq!(post.title.as_deref(), Some("Nothing yet · Blog"));
    let elements = post
        .elements
        .iter()
        .map(|element| format!("{:?}", element.attributes));
    assert_eq!(
        elements.collect::<Vec<_>>(),
        [
            r#"[("property", "og:image"), ("content", "/card.png")]"#,
            r##"[("name", "theme-color"), ("content", "#abc")]"##,
            r#"[("property", "og:title"), ("content", "Nothing yet")]"#,
            r#"[("name", "robots"), ("content", "noindex")]"#,
        ]
    );
    assert!(javascript.contains("export const head = [[1], ($) => ({ title: `${$[1]["));
    let loads = javascript.split("export function onLoad").nth(1).unwrap();
    assert_eq!(loads.matches("send(").count(), 3, "{loads}");
    assert!(!head("/").1.contains("export const head"));
}

const TWO_PAGES: &str = "import reflex as rx\n\ndef one():\n    return rx.text(1)\n\n\
    def two():\n    return rx.text(2)\n\napp = rx.App()\n\
    app.add_page(one, route='/post/[id]')\napp.add_page(two, route='/post/[slug]')\n";

#[test]
fn what_cannot_stand_in_a_head_is_a_fault_of_the_page() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("routes_head.py");
    let source = "import reflex as rx\n\n@rx.page('/', meta=[rx.text('x')])\ndef index():\n    \
        return rx.text(1)\n\napp = rx.App()\n";
    fs::write(&path, source).unwrap();
    let failure = load_at(&path).expect_err("a text");
    assert!(
        failure.message.contains("is no element of a head"),
        "{failure:?}"
    );
    assert_eq!(failure.title(), "error in page index (/)");
}

/// A route for a page function in line 3, and what is said of it.
const FAULTS: [(&str, &str); 5] = [
    ("/[...x]", "[[...splat]]"),
    ("/a b", "letters, digits"),
    ("/[a-b]", "no identifier"),
    ("/[id]/[id]", "twice"),
    (
        "/x/[router]",
        "the argument router of the route /x/[router]",
    ),
];

#[test]
fn faults_of_routes_name_the_page_with_file_and_line() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("routes-faults");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("faulty.py");
    for (route, problem) in FAULTS {
        let page = "import reflex as rx\n\ndef wrong():\n    return rx.text(1)\n\napp = rx.App()\n";
        fs::write(
            &path,
            format!("{page}app.add_page(wrong, route={route:?})\n"),
        )
        .unwrap();
        let failure = load_at(&path).expect_err(route);
        assert!(failure.message.contains(problem), "{route}: {failure:?}");
        assert_eq!(failure.page.unwrap().function, "wrong", "{route}");
        let origin = failure.origin.expect(route);
        assert!(
            origin.file.ends_with("faulty.py") && origin.line == 3,
            "{route}"
        );
    }
    fs::write(&path, TWO_PAGES).unwrap();
    let failure = load_at(&path).expect_err("two pages");
    for part in [
        "one at /post/[id] (",
        "faulty.py:3)",
        "two at /post/[slug] (",
        "faulty.py:6)",
    ] {
        assert!(
            failure.message.contains(part),
            "{part}: {}",
            failure.message
        );
    }
}

#[test]
fn a_site_has_its_prefix_and_its_sitemap() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("routes-site");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("shop")).unwrap();
    let config = "import reflex as rx\nconfig = rx.Config(app_name='shop', \
        frontend_path='/v2/', deploy_url='https://shop.example/', \
        plugins=[rx.plugins.SitemapPlugin(trailing_slash='always')])\n";
    fs::write(folder.join("rxconfig.py"), config).unwrap();
    let source = "import datetime\nimport reflex as rx\n\n@rx.page('/')\ndef index():\n    \
        return rx.link('x', href='/about')\n\n\
        def about():\n    return rx.text(rx.State.router.url)\n\n\
        app = rx.App()\napp.add_all_routes_endpoint()\n\
        changed = datetime.datetime(2024, 5, 6)\n\
        app.add_page(about, context={'sitemap': {'lastmod': changed, 'priority': 7}})\n\
        app.add_page(about, route='/hidden', context={'sitemap': None})\n\
        first = {'loc': '/first', 'changefreq': 'daily'}\n\
        app.add_page(about, route='/[x]', context={'sitemap': first})\n\
        app.add_page(about, route='404')\n";
    fs::write(folder.join("shop/shop.py"), source).unwrap();
    let mut options = load_options();
    options.base = "/place".to_owned();
    let app = load_with(&folder, &options).unwrap();
    assert_eq!(
        (app.base.as_str(), app.site.prefix.as_str()),
        ("/place/v2", "/v2")
    );
    assert_eq!(app.site.deploy_url.as_deref(), Some("https://shop.example"));
    assert!(app.site.tells_routes);
    let entries = app.site.sitemap.iter().flatten().map(|entry| {
        let (changed, priority) = (entry.last_modified.as_deref(), entry.priority.as_deref());
        let frequency = entry.change_frequency.as_deref();
        (entry.location.as_str(), changed, frequency, priority)
    });
    assert_eq!(
        entries.collect::<Vec<_>>(),
        [
            ("/v2/about/", Some("2024-05-06T00:00:00"), None, Some("1.0")),
            ("/first/", None, Some("daily"), None),
            ("/v2/", None, None, None),
        ]
    );
    let front = app.pages.iter().find(|page| page.route == "/").unwrap();
    let javascript = &front.module.javascript;
    assert!(javascript.contains("/place/v2/about"), "{javascript}");
}

/// A configuration with an environment of its own: the process has one for all tests.
const OVERRIDDEN: &str = r#"
import reflex as rx
from reflex import overrides

class Environment:
    pathsep = ":"
    environ = {
        "REFLEX_FRONTEND_PATH": "/v3",
        "REFLEX_DEPLOY_URL": " https://new.example ",
        "REFLEX_BACKEND_PORT": "8001",
        "REFLEX_TELEMETRY_ENABLED": "No",
        "REFLEX_CORS_ALLOWED_ORIGINS": "https://a.example, https://b.example",
        "REFLEX_DISABLE_PLUGINS": "reflex.plugins.SitemapPlugin",
        "REFLEX_DEFAULT_COLOR_MODE": "dark",
        "REFLEX_API_URL": "",
    }

overrides.os = Environment
config = rx.Config(
    app_name="shop", frontend_path="/v2", deploy_url="https://old.example", api_url="kept"
)
told = (
    config.backend_port, config.telemetry_enabled, config.cors_allowed_origins, config.api_url
)
assert told == (8001, False, ["https://a.example", "https://b.example"], "kept"), told

def refused(name, text):
    Environment.environ = {name: text}
    try:
        rx.Config(app_name="wrong")
    except ValueError as error:
        return str(error)

problem = refused("REFLEX_BACKEND_PORT", "many")
assert problem == "REFLEX_BACKEND_PORT is 'many'; a whole number is expected", problem
problem = refused("REFLEX_STATE_AUTO_SETTERS", "maybe")
assert problem == "REFLEX_STATE_AUTO_SETTERS is 'maybe'; true or false is expected", problem
problem = refused("REFLEX_DEFAULT_COLOR_MODE", "Dark")
assert problem.endswith("one of system, light, dark is expected"), problem
problem = refused("REFLEX_PLUGINS", "reflex.plugins.Nothing")
assert "expected" in problem, problem
"#;

#[test]
fn the_environment_wins_over_the_configuration() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("routes-environment");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("shop")).unwrap();
    fs::write(folder.join("rxconfig.py"), OVERRIDDEN).unwrap();
    let source = "import reflex as rx\n\n@rx.page('/')\ndef index():\n    \
        return rx.text('x')\n\napp = rx.App()\n";
    fs::write(folder.join("shop/shop.py"), source).unwrap();
    let app = load_with(&folder, &load_options()).unwrap();
    assert_eq!((app.base.as_str(), app.color_mode.as_str()), ("/v3", "dark"));
    assert_eq!(app.site.deploy_url.as_deref(), Some("https://new.example"));
    assert_eq!(app.site.sitemap.as_ref().map(Vec::len), None);
}
