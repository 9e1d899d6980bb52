//! `ferroflex check`, called as people and programs call it: what it says of good and bad apps, and
//! with which status it ends.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value as Json, json};

const GOOD: &str = r#"
import reflex as rx

print("printed on import")
FOOTER = rx.badge("made outside")


def index():
    return rx.vstack(rx.select(["a", "b"]), rx.icon("no-such-icon-at-all"), FOOTER)


app = rx.App()
app.add_page(index)
app.add_page(lambda: rx.text("two"), route="/two")
"#;

/// Three pages that fail, each in its own way, and one that does not.
const BAD_PAGES: &str = r#"
import reflex as rx


def index():
    return rx.upload_of_tomorrow("x")


def broken():
    return rx.text(1 / 0)


def fine():
    return rx.text("fine")


def lacking():
    raise NotImplementedError("rx.asession is not in Ferroflex yet (the database)")


app = rx.App()
for page in (index, broken, fine, lacking):
    app.add_page(page)
app.add_page(index, route="fine")
"#;

/// Two components that are odd, and one with them that is not.
const ODD: &str = r#"
import reflex as rx


def index():
    return rx.text(
        rx.button("b", size="huge"),
        rx.box("in a paragraph"),
        rx.heading("h", size=rx.breakpoints(initial="1", sm="9")),
        as_="p",
    )


app = rx.App()
app.add_page(index)
"#;

/// A new folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{name}"));
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn check(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferroflex"));
    command.arg("check").args(arguments).output().unwrap()
}

/// The apps of the report, and the status.
fn report(arguments: &[&Path]) -> (Vec<Json>, i32) {
    let json = [Path::new("--json")];
    let output = check(&[&json, arguments].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let mut report: Json = serde_json::from_str(&text).unwrap_or_else(|error| {
        let log = String::from_utf8_lossy(&output.stderr);
        panic!("{error} in {text}\n{log}")
    });
    let Json::Array(apps) = report["apps"].take() else {
        panic!("no list of apps: {text}");
    };
    (apps, output.status.code().unwrap())
}

/// Kind, route, name, whether Reflex has it, and line of a failure.
fn outline(failure: &Json) -> Json {
    let keys = ["kind", "route", "name", "known_to_reflex", "line"];
    keys.map(|key| failure[key].clone()).into_iter().collect()
}

fn keys(object: &Json) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_good_app_is_told_with_its_pages_components_and_warnings() {
    let folder = folder("good", &[("good.py", GOOD)]);
    let (apps, status) = report(&[&folder.join("good.py")]);
    assert_eq!(status, 0);
    assert_eq!(apps.len(), 1);
    let app = &apps[0];
    assert_eq!(app["name"], "good");
    assert_eq!(app["path"], json!(folder.canonicalize().unwrap()));
    assert_eq!(app["status"], "ok");
    assert_eq!(app["failures"], json!([]));
    let routes: Vec<&Json> = app["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|page| &page["route"])
        .collect();
    assert_eq!(routes, ["/", "/two"]);
    let components = app["pages"][0]["components"].as_array().unwrap();
    // As they were called, and what came of the calls.
    for name in [
        "vstack",
        "select",
        "select.root",
        "select.item",
        "badge",
        "icon",
    ] {
        assert!(
            components.contains(&json!(name)),
            "{name} in {components:?}"
        );
    }
    assert!(!components.contains(&json!("text")), "{components:?}");
    assert_eq!(app["pages"][1]["components"], json!(["text"]));
    assert!(
        app["components"]
            .as_array()
            .unwrap()
            .contains(&json!("text"))
    );
    assert!(app["pages"][0]["javascript_bytes"].as_u64() > Some(100));
    let warning = &app["warnings"][0];
    assert_eq!(warning["route"], "/");
    assert!(
        warning["message"]
            .as_str()
            .unwrap()
            .contains("no-such-icon-at-all")
    );
}

#[test]
fn the_report_has_the_schema_that_is_documented() {
    let folder = folder("schema", &[("a.py", GOOD), ("b.py", BAD_PAGES)]);
    let (apps, _) = report(&[&folder]);
    let app = [
        "name",
        "path",
        "status",
        "pages",
        "components",
        "failures",
        "warnings",
    ];
    assert_eq!(keys(&apps[0]), app);
    let page = ["route", "components", "javascript_bytes", "css_bytes"];
    assert_eq!(keys(&apps[0]["pages"][0]), page);
    assert_eq!(keys(&apps[0]["warnings"][0]), ["route", "message"]);
    let failure = [
        "kind",
        "route",
        "known_to_reflex",
        "name",
        "message",
        "file",
        "line",
        "traceback",
    ];
    assert_eq!(keys(&apps[1]["failures"][0]), failure);
}

#[test]
fn a_failing_page_hides_neither_the_others_nor_their_failures() {
    let folder = folder("pages", &[("pages.py", BAD_PAGES)]);
    let (apps, status) = report(&[&folder.join("pages.py")]);
    assert_eq!(status, 1);
    assert_eq!(apps[0]["status"], "failed");
    assert_eq!(apps[0]["pages"][0]["route"], "/fine");
    let failures = apps[0]["failures"].as_array().unwrap();
    let outlines: Vec<Json> = failures.iter().map(outline).collect();
    assert_eq!(
        outlines,
        [
            // The route is taken; the place is the function's.
            json!(["page", "/fine", null, false, 5]),
            json!(["page", "/", "rx.upload_of_tomorrow", false, 6]),
            json!(["page", "/broken", null, false, 10]),
            json!(["page", "/lacking", "rx.asession", true, 18]),
        ]
    );
    let traceback = failures[2]["traceback"].as_str().unwrap();
    assert!(traceback.contains("return rx.text(1 / 0)"), "{traceback}");
    assert!(
        failures[0]["message"]
            .as_str()
            .unwrap()
            .contains("two pages have the same addresses")
    );
}

#[test]
fn each_step_of_loading_has_its_kind() {
    // A loop's variable outside of its loop: only generation sees it.
    let generates = "import reflex as rx\n\n\ndef index():\n    kept = []\n    \
                     rx.foreach(rx.Var.range(3), lambda item: kept.append(item) or rx.box())\n    \
                     return rx.text(kept[0])\n\n\napp = rx.App()\napp.add_page(index)\n";
    let cases = [
        (
            "syntax",
            "x = = 1\n",
            json!(["syntax", null, null, false, 1]),
        ),
        (
            "imports",
            "import no_such\n",
            json!(["import", null, "no_such", false, 1]),
        ),
        (
            "reflexes",
            "from reflex.testing import AppHarness\n",
            json!(["module", null, "reflex.testing.AppHarness", true, 1]),
        ),
        (
            "raises",
            "\n1 / 0\n",
            json!(["module", null, null, false, 2]),
        ),
        (
            "pageless",
            "import reflex as rx\n",
            json!(["pageless", null, null, false, null]),
        ),
        (
            "project/rxconfig",
            "import reflex as rx\nconfig = rx.Config()\n",
            json!(["config", null, null, false, null]),
        ),
        (
            "generates",
            generates,
            json!(["generate", "/", null, false, 4]),
        ),
    ];
    let files = cases
        .iter()
        .map(|(name, text, _)| (format!("{name}.py"), *text));
    let files: Vec<(String, &str)> = files.collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, *text)).collect();
    let (apps, status) = report(&[&folder("kinds", &files)]);
    assert_eq!(status, 1);
    for (name, _, expected) in &cases {
        let name = name.split('/').next().unwrap();
        let app = apps.iter().find(|app| app["name"] == name).unwrap();
        assert_eq!(
            outline(&app["failures"][0]),
            *expected,
            "{name}: {}",
            app["failures"]
        );
    }
}

#[test]
fn several_paths_are_checked_in_one_run_even_under_one_name() {
    let one = folder(
        "one",
        &[
            (
                "app/rxconfig.py",
                "import reflex as rx\nconfig = rx.Config(app_name=\"x\")\n",
            ),
            ("app/x/x.py", GOOD),
            ("app/x/__init__.py", ""),
        ],
    );
    let two = folder("two", &[("app.py", BAD_PAGES)]);
    let output = check(&[&one.join("app"), &two.join("app.py")]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("app: ok, pages / /two\n"), "{text}");
    assert!(text.contains("\napp: failed, pages /fine\n"), "{text}");
    assert!(text.ends_with("1 ok, 1 failed\n"), "{text}");
    // What an app prints is not in the report.
    assert!(!text.contains("printed on import"), "{text}");
}

#[test]
fn the_text_names_place_source_and_reason() {
    let folder = folder("text", &[("text.py", BAD_PAGES)]);
    let output = check(&[&folder.join("text.py")]);
    let text = String::from_utf8(output.stdout).unwrap();
    let file = folder.canonicalize().unwrap().join("text.py");
    let expected = format!(
        "  error in page broken (/broken)\n    {}:10\n    10 | return rx.text(1 / 0)\n    \
         ZeroDivisionError: division by zero\n",
        file.display()
    );
    assert!(text.contains(&expected), "{text}");
    assert!(
        text.contains("(the database)\n    Reflex has it, Ferroflex does not\n"),
        "{text}"
    );
}

#[test]
fn a_path_without_an_app_is_no_check() {
    let folder = folder("nothing", &[("notes.txt", "")]);
    let output = check(&[&folder]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is no app"));
}

#[test]
fn odd_values_and_elements_are_told_with_their_place() {
    let folder = folder("odd", &[("odd.py", ODD)]);
    let (apps, status) = report(&[&folder.join("odd.py")]);
    assert_eq!(status, 0);
    let file = folder.canonicalize().unwrap().join("odd.py");
    let told = apps[0]["warnings"].as_array().unwrap().iter();
    let told: Vec<&str> = told.map(|it| it["message"].as_str().unwrap()).collect();
    let value = "rx.button: size takes one of 1, 2, 3, 4, not 'huge'";
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], format!("{}:7: {value}", file.display()));
    let place = format!(
        "{}:6: rx.box (<div>) stands in rx.text (<p>)",
        file.display()
    );
    assert!(told[1].starts_with(&place), "{}", told[1]);
}
