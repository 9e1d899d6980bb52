//! What `rxconfig.py` says of Tailwind, in every form that there was, and the words of an app.

use std::{fs, path::PathBuf, sync::Arc};

use ferroflex_script::{App, Tailwind};
use serde_json::{Value, json};

use crate::support::{load_at, load_options};

/// A new project with that text in `rx.Config(…)` and that page.
fn project(name: &str, config: &str, page: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tailwind-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("shop")).unwrap();
    let config = format!("import reflex as rx\nconfig = rx.Config(app_name='shop', {config})\n");
    fs::write(folder.join("rxconfig.py"), config).unwrap();
    fs::write(folder.join("shop/__init__.py"), "").unwrap();
    fs::write(folder.join("shop/shop.py"), page).unwrap();
    folder
}

fn loaded(name: &str, config: &str, page: &str) -> Arc<App> {
    match load_at(&project(name, config, page)) {
        Ok(app) => app,
        Err(failure) => panic!("{name}: {}\n{}", failure.message, failure.trace),
    }
}

fn said(name: &str, config: &str, page: &str) -> Option<Tailwind> {
    loaded(name, config, page).frame.tailwind.clone()
}

const PLAIN: &str = "import reflex as rx
app = rx.App()
app.add_page(lambda: rx.text('hidden'), route='/')
";

const CLASSES: &str = r#"import reflex as rx
class State(rx.State):
    """Not a flex of words."""
    look: str = "p-1 from-state"
    def handler(self):
        self.look = f"p-2 {'p-3' if self.look else 'p-4'}"
def index():
    return rx.box(
        rx.text("Prose", class_name=["p-5", "hover:p-6"]),
        rx.text("More", class_name=rx.cond(State.look == "", "p-7", State.look)),
        rx.html('<b class="p-8">x</b>'),
        class_name="my-card before:content-['x']",
    )
app = rx.App()
app.add_page(index, route="/")
"#;

#[test]
fn plugins_and_former_keywords_bring_their_configurations() {
    let theme = json!({ "theme": { "colors": { "a": { "500": "#123" } } } });
    let reflex = json!({ "plugins": ["@tailwindcss/typography"] });
    let plugin = |name: &str, config: &str| format!("plugins=[rx.plugins.{name}({config})]");
    let written = "{'theme': {'colors': {'a': {500: '#123'}}}}";
    let former = format!("tailwind={written}");
    let both = format!("tailwind={written}, {}", plugin("TailwindV3Plugin", "{}"));
    let cases: [(&str, String, u8, &Value); 7] = [
        ("v4", plugin("TailwindV4Plugin", written), 4, &theme),
        ("v3", plugin("TailwindV3Plugin", written), 3, &theme),
        ("bare", plugin("TailwindV4Plugin", ""), 4, &reflex),
        ("empty", plugin("TailwindV3Plugin", "{}"), 3, &json!({})),
        (
            "class",
            "plugins=[rx.plugins.TailwindV3Plugin]".into(),
            3,
            &reflex,
        ),
        ("former", former, 3, &theme),
        ("both", both, 3, &theme),
    ];
    for (name, config, version, expected) in cases {
        let said = said(name, &config, PLAIN).unwrap();
        let found: Value = serde_json::from_str(&said.config_json).unwrap();
        assert_eq!((said.version, &found), (version, expected), "{name}");
        assert!(said.asked_for, "{name}");
    }
}

#[test]
fn it_is_off_when_the_author_says_so_or_uses_no_class() {
    for (name, config) in [
        ("none", "tailwind=None"),
        ("others", "plugins=[rx.plugins.SitemapPlugin()]"),
        ("no-plugins", "plugins=[]"),
    ] {
        assert!(said(name, config, CLASSES).is_none(), "{name}");
    }
    assert!(said("unsaid", "", PLAIN).is_none());
}

#[test]
fn it_is_on_for_classes_when_nothing_is_said() {
    let said = said("words", "", CLASSES).unwrap();
    assert_eq!((said.version, said.asked_for), (4, false));
    for word in [
        "p-1",
        "p-2",
        "p-3",
        "p-4",
        "p-5",
        "hover:p-6",
        "p-7",
        "p-8",
        "my-card",
        "before:content-['x']",
    ] {
        assert!(said.words.iter().any(|it| it == word), "{word}");
    }
    assert!(!said.words.iter().any(|it| it == "flex"), "{said:?}");
    let decides = |word: &str| said.deciding.iter().any(|it| it == word);
    assert!(decides("my-card") && decides("p-1") && !decides("Prose"));
}

#[test]
fn a_configuration_that_is_no_dictionary_is_a_fault_of_rxconfig() {
    let folder = project("fault", "tailwind='x'", CLASSES);
    let failure = load_at(&folder).unwrap_err();
    assert_eq!(failure.title(), "error in rxconfig.py");
    assert!(
        failure.message.contains("must be a dictionary"),
        "{failure:?}"
    );
}

#[test]
fn stylesheets_in_tailwinds_language_are_handed_on() {
    let page = CLASSES.replace("rx.App()", "rx.App(stylesheets=['a.css', 'b.css'])");
    let folder = project("sheets", "tailwind={}", &page);
    fs::create_dir(folder.join("assets")).unwrap();
    fs::write(folder.join("assets/a.css"), ".a { color: red }").unwrap();
    fs::write(folder.join("assets/b.css"), ".b { @apply p-4; }").unwrap();
    let app = load_at(&folder).unwrap();
    let said = app.frame.tailwind.clone().unwrap();
    assert_eq!(said.stylesheets, [".b { @apply p-4; }"]);
    let survey = ferroflex_script::survey(
        &ferroflex_script::discover(&folder).unwrap()[0],
        &load_options(),
    );
    assert_eq!(survey.unwrap().tailwind.unwrap().words, said.words);
}
