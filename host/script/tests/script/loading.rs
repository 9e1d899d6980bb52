//! Apps that do not load: what kind of fault, which file, which line.

use std::{fs, path::PathBuf, time::Duration};

use ferroflex_script::{LoadFailure, LoadOptions, Survey, discover, survey};

use crate::support::{load_at, load_options, load_with};

/// A new folder for an app.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("loading-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn failure(name: &str, source: &str) -> LoadFailure {
    let path = folder(name).join(format!("{name}.py"));
    fs::write(&path, source).unwrap();
    *load_at(&path).expect_err(name)
}

const PAGE: &str = "import reflex as rx\n\ndef index():\n    return rx.text(1 / 0)\n\n\
                    app = rx.App()\napp.add_page(index)\n";

/// A name, the app, and its fault: kind, part of the message, line.
const FAULTS: [(&str, &str, &str, &str, usize); 9] = [
    (
        "no_return",
        "import reflex as rx\n\n\n@rx.page(route=\"/\")\ndef index():\n    rx.text(\"hi\")\n\n\napp = rx.App()\n",
        "error in page index (/)",
        "index() gives None instead of a component; does it lack its `return`?",
        4,
    ),
    (
        "circle",
        "import reflex as rx\n\n\nclass S(rx.State):\n    @rx.var\n    def first(self) -> int:\n        \
         return self.second\n\n    @rx.var\n    def second(self) -> int:\n        return \
         self.first\n\n\n@rx.page(route=\"/\")\ndef index():\n    return rx.text(S.first)\n\n\napp = rx.App()\n",
        "error in a state's defaults",
        "the computed var circle.S.first needs its own value",
        11,
    ),
    (
        "syntax",
        "import reflex as rx\n\nx = = 1\n",
        "syntax error",
        "SyntaxError",
        3,
    ),
    (
        "missing",
        "import reflex as rx\nimport no_such_thing\n",
        "import error",
        "no_such_thing",
        2,
    ),
    (
        "raises",
        "import reflex as rx\n\n\nraise KeyError('why')\n",
        "error on import",
        "KeyError",
        4,
    ),
    (
        "inside",
        "def f():\n    return [][1]\n\nf()\n",
        "error on import",
        "IndexError",
        2,
    ),
    (
        "page",
        PAGE,
        "error in page index (/)",
        "ZeroDivisionError",
        4,
    ),
    ("indent", "if True:\nx = 1\n", "syntax error", "Error", 2),
    (
        "default",
        "import reflex as rx\n\nclass S(rx.State):\n    x: int = undefined\n",
        "error on import",
        "NameError",
        4,
    ),
];

#[test]
fn a_fault_is_named_with_its_file_line_and_source() {
    for (name, source, kind, message, line) in FAULTS {
        let failure = failure(name, source);
        assert_eq!(failure.title(), kind, "{name}: {failure:?}");
        assert!(failure.message.contains(message), "{name}: {failure:?}");
        let origin = failure.origin.unwrap_or_else(|| panic!("{name}: no place"));
        assert!(
            origin.file.ends_with(&format!("{name}.py")),
            "{name}: {}",
            origin.file
        );
        assert_eq!(origin.line, line, "{name}");
        let shown = origin.source.iter().find(|(number, _)| *number == line);
        let written = source.lines().nth(line - 1).map(str::to_owned);
        assert_eq!(shown.map(|(_, text)| text.clone()), written, "{name}");
    }
}

#[test]
fn a_fault_in_an_imported_module_is_named_there() {
    let folder = folder("two_files");
    fs::write(folder.join("two_files.py"), "import helper_of_two_files\n").unwrap();
    fs::write(
        folder.join("helper_of_two_files.py"),
        "\n\nundefined_name\n",
    )
    .unwrap();
    let failure = load_at(&folder).expect_err("two_files");
    let origin = failure.origin.clone().expect("a place");
    assert!(
        origin.file.ends_with("helper_of_two_files.py"),
        "{failure:?}"
    );
    assert_eq!(origin.line, 3);
    assert!(failure.trace.contains("two_files.py"), "{}", failure.trace);
}

#[test]
fn a_project_without_an_app_name_says_so() {
    let folder = folder("nameless");
    fs::write(
        folder.join("rxconfig.py"),
        "import reflex as rx\n\nconfig = rx.Config()\n",
    )
    .unwrap();
    let failure = load_at(&folder).expect_err("nameless");
    assert!(failure.message.contains("app_name"), "{failure:?}");
    assert_eq!(failure.title(), "error in rxconfig.py", "{failure:?}");
}

#[test]
fn an_app_without_a_page_is_said_to_have_none() {
    let failure = failure(
        "pageless",
        "import reflex as rx\n\n\nclass S(rx.State):\n    n: int = 0\n",
    );
    assert_eq!(failure.title(), "no page");
    assert!(
        failure.message.contains("app.add_page"),
        "{}",
        failure.message
    );
}

#[test]
fn an_app_may_be_called_like_a_module_of_the_standard_library() {
    let path = folder("calendar").join("calendar.py");
    let app = "import calendar\nimport http.cookies\nimport reflex as rx\n\n\n\
               class Month(rx.State):\n    days: int = calendar.monthrange(2026, 2)[1]\n\n\n\
               @rx.page()\ndef index():\n    return rx.text(Month.days)\n";
    fs::write(&path, app).unwrap();
    let app = load_at(&path).unwrap_or_else(|failure| panic!("{}", failure.trace));
    assert_eq!(app.names.states()[1].0.as_ref(), "calendar_app.Month");
}

#[test]
fn a_default_that_cannot_be_copied_says_what_to_write() {
    let source = "import itertools\nimport reflex as rx\n\n\nclass S(rx.State):\n    \
                  _ring = itertools.cycle([1])\n\n\ndef index():\n    return rx.text('a')\n\n\n\
                  app = rx.App()\napp.add_page(index)\n";
    let failure = failure("uncopied", source);
    let expected = "the default of _ring cannot be copied for each session (TypeError: cannot \
                    pickle 'cycle' object); have each make its own: _ring = \
                    rx.field(default_factory=…)";
    assert!(failure.message.contains(expected), "{failure:?}");
    let mended = source.replace(
        "itertools.cycle([1])",
        "rx.field(default_factory=lambda: itertools.cycle([1]))",
    );
    let path = folder("copied").join("copied.py");
    fs::write(&path, mended).unwrap();
    load_at(&path).expect("a factory makes one for each session");
}

const ENDLESS_IMPORT: &str = "import reflex as rx\n\nn = 0\nwhile True:\n    n += 1\n";

const ENDLESS_PAGE: &str = "import reflex as rx\n\n\n@rx.page(route=\"/\")\ndef index():\n    \
                            while True:\n        pass\n\n\napp = rx.App()\n";

#[test]
fn an_app_that_computes_without_an_end_is_interrupted_where_it_stands() {
    let options = LoadOptions {
        time_budget: Duration::from_millis(300),
        ..load_options()
    };
    for (name, source, lines) in [
        ("endless_import", ENDLESS_IMPORT, 4..=5),
        ("endless_page", ENDLESS_PAGE, 6..=7),
    ] {
        let path = folder(name).join(format!("{name}.py"));
        fs::write(&path, source).unwrap();
        let failure = load_with(&path, &options).expect_err(name);
        assert!(failure.message.contains("without an end"), "{failure:?}");
        let origin = failure.origin.clone().expect("a place");
        assert!(lines.contains(&origin.line), "{failure:?}");
    }
}

const NEEDS_VISIT: &str = "import reflex as rx\n\n\nclass S(rx.State):\n    @rx.var\n    \
                           def post(self) -> str:\n        \
                           return self.router.page.params[\"slug\"]\n\n\n\
                           @rx.page(route=\"/[slug]\")\ndef index():\n    \
                           return rx.text(S.post)\n\n\napp = rx.App()\n";

#[test]
fn a_computed_var_that_needs_a_visit_keeps_no_app_from_being_served() {
    let path = folder("needs_visit").join("needs_visit.py");
    fs::write(&path, NEEDS_VISIT).unwrap();
    let source = &discover(&path).unwrap()[0];
    let Survey {
        failures, warnings, ..
    } = survey(source, &load_options()).unwrap();
    assert!(failures.is_empty(), "{failures:?}");
    let messages: Vec<&str> = warnings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("KeyError: 'slug'"), "{messages:?}");
    assert!(messages[0].contains("needs_visit.py:7"), "{messages:?}");
}
