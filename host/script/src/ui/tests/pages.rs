//! Pages of an app: what its module declares, in which ways, and what is wrong with it.

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
            .map(|page| format!("{} {} {}", page.function, page.route, print::node(&page.node)))
            .collect();
        assert_eq!(pages, [
            "index / <el.p>\"home\"",
            "Component /posts/[id] <el.b>\"x\"",
            "about /about \"about\"",
            "contact_us /contact-us <><el.p>\"c\" <el.p>\"d\"</>",
        ]);
        let about = &app.pages[2];
        assert_eq!(about.title.as_deref(), Some("About"));
        assert_eq!(about.description.as_deref(), Some("Us"));
        assert_eq!(about.meta.len(), 1);
        assert_eq!(about.on_load.iter().map(print::returned).collect::<Vec<_>>(), ["app.S.load/0"]);
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
                format!("{} {}: {}", failure.function, failure.route, written_message(&failure.exception, vm))
            })
            .collect();
        assert_eq!(failures, [
            "broken /broken: NameError: name 'undefined' is not defined",
            "other /: ValueError: the route / is used by another page",
        ]);
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
)
"#;
    collected(source, |app, _vm| {
        let names = |list: &[(String, _)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let theme = app.theme.expect("a theme");
        let theme: Vec<&str> = theme.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(theme, ["appearance", "accent_color"]);
        assert_eq!(names(&app.style), ["font_family", "::selection"]);
        assert_eq!(names(&app.component_styles), ["text"]);
        assert_eq!(app.stylesheets, ["https://fonts.example/inter.css"]);
        assert_eq!(app.head.len(), 1);
    });
}

#[test]
fn a_module_without_an_app_has_the_decorated_pages() {
    collected("@rx.page(route='/')\ndef index(): return 'x'", |app, _vm| {
        assert_eq!(app.pages.len(), 1);
        assert!(app.theme.is_none());
    });
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
from reflex import color_mode, style
import reflex.page
assert EventSpec is rx.EventSpec and Component is rx.Component and Var is rx.Var
assert EventType[int] is not None
assert issubclass(VarTypeError, TypeError)
assert rx.page.get_decorated_pages() == []
assert rx.asset("x.png") == "/x.png"
assert rx.style.toggle_color_mode is not None
@rx.memo
def card(title): return rx.el.p(title)
assert isinstance(card(title="x"), rx.Component)
assert isinstance(rx.color_mode.button(), rx.Component)
"#;
    with_python(source, |_vm, _scope| ());
}
