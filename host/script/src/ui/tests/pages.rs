//! Pages of an app: what its module declares, in which ways, and what is wrong with it.

use std::sync::Arc;

use ferroflex_page::expr::Expr;

use super::{print, with_python, written_message};
use crate::ui::{CollectedApp, collect_pages};

fn collected<T: Send + 'static>(
    source: &str,
    check: impl FnOnce(CollectedApp, &rustpython_vm::VirtualMachine) -> T + Send + 'static,
) -> T {
    with_python(source, |vm, _scope| match collect_pages(vm) {
        Ok(app) => check(app, vm),
        Err(raised) => panic!("{}", written_message(&raised, vm)),
    })
}

#[test]
fn pages_of_add_page_and_of_the_decorator() {
    let source = r#"
class S(State):
    def load(self): ...

def index(): return rx.el.p("home")

@rx.page(route="/about", title="About", description="Us", on_load=S.load,
         meta=[{"name": "robots", "content": "noindex"}])
def about(): return "about"

@rx.page()
def contact_us(): return rx.el.p("c"), rx.el.p("d")

app = rx.App()
app.add_page(index)
app.add_page(rx.el.b("x"), route="/posts/[id]/")
"#;
    collected(source, |app, _vm| {
        let pages: Vec<String> = app
            .pages
            .iter()
            .map(|page| {
                format!(
                    "{} {} {}",
                    page.function,
                    page.route,
                    print::node(&page.node)
                )
            })
            .collect();
        assert_eq!(
            pages,
            [
                "index / <el.p>\"home\"",
                "Component /posts/[id] <el.b>\"x\"",
                "about /about \"about\"",
                "contact_us /contact-us <><el.p>\"c\" <el.p>\"d\"</>",
            ]
        );
        let about = &app.pages[2];
        let text = |expr: &Option<Expr>| {
            expr.as_ref()
                .and_then(Expr::constant_text)
                .map(str::to_owned)
        };
        assert_eq!(text(&about.head.title).as_deref(), Some("About"));
        assert_eq!(text(&about.head.description).as_deref(), Some("Us"));
        assert_eq!(about.head.meta.len(), 1);
        assert_eq!(print::trigger(&about.on_load), "[app.S.load()]");
        assert!(app.failures.is_empty());
    });
}

#[test]
fn a_page_added_twice_counts_once_and_a_failing_one_spares_the_others() {
    let source = r#"
@rx.page(route="/")
def index(): return rx.el.p()

def broken(): return rx.el.p(undefined)
def other(): return rx.el.p()

app = rx.App()
app.add_page(index, route="/")
app.add_page(broken)
app.add_page(other, route="/")
"#;
    collected(source, |app, vm| {
        let routes: Vec<&str> = app.pages.iter().map(|page| page.route.as_str()).collect();
        assert_eq!(routes, ["/"]);
        let failures: Vec<String> = app
            .failures
            .iter()
            .map(|failure| {
                format!(
                    "{} {}: {}",
                    failure.function,
                    failure.route,
                    written_message(&failure.exception, vm)
                )
            })
            .collect();
        assert_eq!(
            failures,
            [
                "other /: ValueError: two pages have the same addresses: index at / (app.py:16), and \
                 other at / (app.py:20); give one of them another route",
                "broken /broken: NameError: name 'undefined' is not defined",
            ]
        );
    });
}

#[test]
fn theme_style_and_stylesheets() {
    let source = r#"
app = rx.App(
    theme=rx.theme(appearance="dark", accent_color="grass", radius=None),
    style={"font_family": "Inter", "::selection": {"color": "red"}, rx.text: {"margin": "0"}},
    stylesheets=["https://fonts.example/inter.css"],
    head_components=[rx.el.link(rel="icon", href="/x.png")],
    enable_state=True,
    html_lang="de",
    html_custom_attrs={"data_x": 1},
    reset_style=False,
    overlay_component=lambda: rx.el.p("over"),
)
app.add_page(lambda: rx.el.p("page"), route="/")
"#;
    collected(source, |app, _vm| {
        let names = |list: &[(String, _)]| {
            list.iter()
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        };
        let theme = app.theme.expect("a theme");
        let theme: Vec<&str> = theme.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(theme, ["appearance", "accent_color"]);
        assert_eq!(names(&app.style), ["font_family", "::selection"]);
        assert_eq!(names(&app.component_styles), ["text"]);
        assert_eq!(app.stylesheets, ["https://fonts.example/inter.css"]);
        assert_eq!(app.head.len(), 1);
        let attributes: Vec<String> = app
            .root_attributes
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(attributes, ["lang=de", "data-x=1"]);
        assert!(!app.reset);
        assert!(
            matches!(&app.around, Some(ferroflex_page::node::Node::Fragment(nodes)) if nodes.len() == 2)
        );
    });
}

#[test]
fn themes_and_styles_by_the_names_of_libraries_and_classes() {
    let source = r#"
app = rx.App(
    theme=rx.radix.themes.theme(accent_color="grass"),
    style={rx.Button: {"margin": "0"}, rx.el.Div: {"margin": "0"}},
)
app.add_page(lambda: rx.el.p("page"), route="/")
"#;
    collected(source, |app, _vm| {
        let theme = app.theme.expect("a theme");
        assert_eq!(theme.len(), 1);
        assert_eq!(theme[0].0, "accent_color");
        let names: Vec<_> = app.component_styles.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["button", "el.div"]);
    });
}

#[test]
fn a_module_without_an_app_has_the_decorated_pages() {
    collected(
        "@rx.page(route='/')\ndef index(): return 'x'",
        |app, _vm| {
            assert_eq!(app.pages.len(), 1);
            assert_eq!(app.theme.unwrap()[0].0, "accent_color");
        },
    );
}

#[test]
fn names_that_apps_use_around_pages() {
    let source = r#"
config = rx.Config(app_name="x", plugins=[rx.plugins.SitemapPlugin(), rx.plugins.TailwindV4Plugin({})],
                   env=rx.Env.DEV, tailwind={})
assert rx.config.get_config() is config and config.app_name == "x" and config.tailwind == {}
from reflex.event import EventSpec, EventType
from reflex.utils.exceptions import VarTypeError
from reflex.components.component import Component
from reflex.vars import Var
from reflex.constants.colors import ColorType
from reflex.components.radix.themes.base import LiteralAccentColor
assert rx.components.component.Component is rx.Component
from reflex import color_mode, style
import reflex.page
assert EventSpec is rx.EventSpec and Component is rx.Component and Var is rx.Var
assert EventType[int] is not None
assert issubclass(VarTypeError, TypeError)
assert rx.page.get_decorated_pages() == []
assert rx.App().compile() is None and rx.App()._compile() is None
assert rx.style.toggle_color_mode is not None
@rx.memo
def card(title): return rx.el.p(title)
assert isinstance(card(title="x"), rx.Component)
assert isinstance(rx.color_mode.button(), rx.Component)
"#;
    with_python(source, |_vm, _scope| ());
}

#[test]
fn modules_that_apps_import_from() {
    let source = r#"
import sys
large = "typing" in sys.modules
from reflex.components.radix.themes import base, button, theme
from reflex.components.radix.themes.base import LiteralAccentColor
import typing
assert "red" in typing.get_args(LiteralAccentColor) and not large
assert theme is rx.theme
assert isinstance(button("x"), rx.Component)
from reflex.components import el
from reflex.components.el import div, h1
assert isinstance(div(h1("x"), el.p()), rx.Component)
from reflex.constants.colors import Color
assert Color("red", 3) == rx.color("red", 3)
from reflex.utils.serializers import serializer
assert serializer is rx.serializer
try:
    serializer(lambda value: "")
    raise AssertionError("a serializer was taken without its class")
except ValueError:
    pass
from reflex.utils.imports import ImportDict
assert ImportDict is dict
from reflex.vars.number import BooleanVar, NumberVar
from reflex.vars.sequence import ArrayVar, StringVar
assert isinstance(rx.Var.create(1), NumberVar)
assert not isinstance(rx.Var.create("x"), (NumberVar, BooleanVar, ArrayVar))
assert isinstance(rx.Var.create("x"), StringVar) and issubclass(StringVar, rx.Var)
from reflex.plugins.sitemap import SitemapPlugin
assert SitemapPlugin is rx.plugins.SitemapPlugin
key, modifiers = rx.event.key_event(rx.Var("e"))
assert isinstance(key, rx.Var)
assert isinstance(modifiers.alt_key, rx.Var)
"#;
    with_python(source, |_vm, _scope| ());
}

/// An app as its author writes it, on the real state classes.
#[test]
fn an_app_with_real_state_classes() {
    let source = r#"
import dataclasses

@dataclasses.dataclass
class Todo:
    text: str
    done: bool = False

class TodoState(rx.State):
    items: list[Todo] = []
    draft: str = ""
    filter = "all"

    @rx.var
    def open_count(self) -> int:
        return len([item for item in self.items if not item.done])

    @rx.event
    def add(self, form: dict):
        self.items.append(Todo(form["text"]))

    @rx.event(prevent_default=True, debounce=50)
    def toggle(self, index: int):
        self.items[index].done = not self.items[index].done

def row(item: Todo, index: int) -> rx.Component:
    return rx.hstack(
        rx.checkbox(item.text, checked=item.done, on_change=lambda _: TodoState.toggle(index)),
        rx.button("x", on_click=TodoState.toggle(index), color_scheme="red"),
        opacity=rx.cond(item.done, 0.5, 1.0),
    )

@rx.page(route="/", title="Todo", on_load=TodoState.set_filter("open"))
def index() -> rx.Component:
    return rx.container(
        rx.heading(f"{TodoState.open_count} left", size="7"),
        rx.form(rx.input(value=TodoState.draft, on_change=TodoState.set_draft, name="text"),
                on_submit=TodoState.add),
        rx.cond(TodoState.items.length() > 0, rx.foreach(TodoState.items, row), rx.text("nothing")),
        rx.select(["all", "open"], value=TodoState.filter, on_change=TodoState.set_filter),
    )

app = rx.App(theme=rx.theme(accent_color="grass"))
"#;
    let page = collected(source, |app, vm| {
        let failures = app
            .failures
            .iter()
            .map(|failure| written_message(&failure.exception, vm));
        assert_eq!(failures.collect::<Vec<_>>(), Vec::<String>::new());
        let page = &app.pages[0];
        assert_eq!(
            print::trigger(&page.on_load),
            "[__main__.TodoState.set_filter(\"open\")]"
        );
        assert_generates(page.node.clone());
        print::node(&page.node)
    });
    for part in [
        "<heading size=\"7\">format(open_count, \" left\")",
        "on_submit=[__main__.TodoState.add(event0)]",
        "value=draft",
        "on_change=[__main__.TodoState.set_draft(event0)]",
        "(items.length() > 0) ? each items <hstack",
        "on_click=[__main__.TodoState.toggle(local)] prevent debounce=50",
        "opacity: cond(local.done, 0.5, 1.0)",
        "on_change=[__main__.TodoState.set_filter(event0)]",
    ] {
        assert!(page.contains(part), "{part}\nis not in\n{page}");
    }
}

/// The tree is one that a module can be generated of.
fn assert_generates(root: ferroflex_page::node::Node) {
    let all = |prefix: &str, names: &[&str]| -> Vec<Arc<str>> {
        names
            .iter()
            .map(|name| format!("{prefix}{name}").into())
            .collect()
    };
    let fields = all("", &["items", "draft", "filter", "open_count"]);
    let handlers = ["add", "toggle", "set_draft", "set_filter"];
    let names = ferroflex_page::Names::new(
        vec![("__main__.TodoState".into(), fields)],
        all("__main__.TodoState.", &handlers),
    );
    let page = ferroflex_page::Page {
        route: "/".to_owned(),
        head: ferroflex_page::PageHead::default(),
        root,
        around: None,
        has_toaster: true,
        theme: None,
        style: std::sync::Arc::default(),
        on_load: ferroflex_page::node::Trigger::default(),
        base: String::new(),
    };
    let module = ferroflex_page::generate(&page, &names, &ferroflex_page::Icons::default());
    let module = module.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        module.javascript.contains("send(1, ["),
        "{}",
        module.javascript
    );
}
