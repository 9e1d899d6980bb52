//! Events: handlers, triggers, special events, and what handlers return.

use rustpython_vm::VirtualMachine;

use super::{check_table, evaluate, print, with_python, written_message};
use crate::ui::returned_events;

const SOURCE: &str = r#"
import functools

class S(State):
    n: int
    s: str
    def plain(self): return "called"
    def one(self, value): ...
    def two(self, first, second): ...
    def optional(self, first, second=2): ...
    def variadic(self, *values): ...
    def other(self): return self.plain
    def slow(self, value): ...
    def scalar(self, value: int): ...
    def scalar_default(self, name: str, price: "int | None" = 1): ...
    def details(self, value: dict): ...
    def by_name(self, first, second=2, *, third, fourth=(4, 5)): ...
    async def background(self): ...
    background.actions = {"background": True}

instance = S()
"#;

#[test]
fn a_handler_is_a_method_on_an_instance_and_an_event_on_the_class() {
    check_table(
        SOURCE,
        &[
            ("S.plain", "<EventHandler app.S.plain>"),
            ("S.plain.full_name", "'app.S.plain'"),
            ("S.two.parameters", "['first', 'second']"),
            ("instance.plain()", "'called'"),
            ("S.plain.fn(instance)", "'called'"),
            ("S.one(1)", "event app.S.one/1"),
            ("S.two(second=2, first=1).args", "(1, 2)"),
            (
                "S.one(1, 2)",
                "TypeError: app.S.one takes 1 argument, not 2",
            ),
            (
                "S.optional(1, 2, 3)",
                "TypeError: app.S.optional takes 1 to 2 arguments, not 3",
            ),
            (
                "S.one(valeu=1)",
                "TypeError: app.S.one has no argument \"valeu\" after the 0 given",
            ),
            (
                "isinstance(S.one, rx.EventHandler), isinstance(S.one(1), rx.EventSpec)",
                "(True, True)",
            ),
            ("rx.event.EventSpec is rx.EventSpec", "True"),
            (
                "S.by_name.parameters",
                "['first', 'second', 'third', 'fourth']",
            ),
            ("S.by_name(1, third=3).args", "(1, 2, 3)"),
            ("S.by_name(third=3, first=1, fourth=9).args", "(1, 2, 3, 9)"),
            (
                "S.by_name(1, fourth=3)",
                "TypeError: app.S.by_name lacks the argument \"third\"",
            ),
            (
                "S.two(second=1)",
                "TypeError: app.S.two lacks the argument \"first\"",
            ),
            (
                "S.one(1, value=1)",
                "TypeError: app.S.one has no argument \"value\" after the 1 given",
            ),
            ("S.variadic(1, 2, 3).args", "(1, 2, 3)"),
            ("S.background", "<EventHandler app.S.background>"),
            ("instance.background", "<background task app.S.background>"),
            (
                "instance.background()",
                "RuntimeError: background is a background task and cannot be called; `return` or \
                 `yield` it, such as `return S.background`",
            ),
        ],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn triggers_bind_handlers_events_lambdas_and_lists() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.div(on_mount=S.plain)",
                "<el.div on_mount=[app.S.plain()]>",
            ),
            (
                "rx.el.div(on_click=S.plain)",
                "<el.div on_click=[app.S.plain()]>",
            ),
            (
                "rx.el.div(on_click=S.one)",
                "<el.div on_click=[app.S.one(event0)]>",
            ),
            (
                "rx.el.div(on_click=S.one(S.n))",
                "<el.div on_click=[app.S.one(n)]>",
            ),
            (
                "rx.el.input(on_change=S.one)",
                "<el.input on_change=[app.S.one(event0)]>",
            ),
            (
                "rx.el.input(on_change=S.two(3))",
                "<el.input on_change=[app.S.two(3, event0)]>",
            ),
            (
                "rx.el.input(on_change=S.variadic)",
                "<el.input on_change=[app.S.variadic(event0)]>",
            ),
            (
                "rx.el.input(on_change=lambda v: S.two(1, v.upper()))",
                "<el.input on_change=[app.S.two(1, event0.upper())]>",
            ),
            (
                "rx.el.input(on_change=lambda: S.plain)",
                "<el.input on_change=[app.S.plain()]>",
            ),
            (
                "rx.el.input(on_change=lambda v, extra=1: [S.plain, S.one(v)])",
                "<el.input on_change=[app.S.plain(), app.S.one(event0)]>",
            ),
            (
                "rx.el.input(on_change=functools.partial(lambda a, v: S.two(a, v), 9))",
                "<el.input on_change=[app.S.two(9, event0)]>",
            ),
            (
                "rx.el.div(on_click=[S.plain, S.one(1), rx.toast.success('done')])",
                "<el.div on_click=[app.S.plain(), app.S.one(1), {c: \"toast\", message: \"done\", level: \"success\"}]>",
            ),
            (
                "rx.el.input(on_change=functools.partial(S.two, 9))",
                "<el.input on_change=[app.S.two(9, event0)]>",
            ),
            (
                "rx.el.input(on_change=S.by_name(1, 2))",
                "<el.input on_change=[app.S.by_name(1, 2, event0)]>",
            ),
            (
                "rx.el.div(on_click=S.background)",
                "<el.div on_click=[app.S.background()]>",
            ),
            ("rx.el.div(on_click=None)", "<el.div>"),
            (
                "rx.el.div(on_click=S.plain.prevent_default.stop_propagation)",
                "<el.div on_click=[app.S.plain()] stop prevent>",
            ),
            (
                "rx.el.div(on_click=S.one(1).throttle(200))",
                "<el.div on_click=[app.S.one(1)] throttle=200>",
            ),
            (
                "rx.el.div(on_click=S.plain.debounce(300).temporal)",
                "<el.div on_click=[app.S.plain()] temporal debounce=300>",
            ),
            (
                "rx.el.div(on_click=[S.plain, rx.stop_propagation])",
                "<el.div on_click=[app.S.plain()] stop>",
            ),
            (
                "rx.el.div(on_click=rx.toggle_color_mode)",
                "<el.div on_click=[toggle]>",
            ),
            (
                "rx.el.div(on_click=rx.toggle_color_mode())",
                "<el.div on_click=[toggle]>",
            ),
            ("rx.el.div(on_click=rx.noop())", "<el.div on_click=[]>"),
        ],
    );
}

#[test]
fn cond_chooses_between_events_when_they_fire() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.div(on_click=rx.cond(S.n > 3, S.one(1), rx.noop()))",
                "<el.div on_click=[(n > 3) ? [app.S.one(1)] : []]>",
            ),
            (
                "rx.el.div(on_click=rx.cond(S.n > 3, S.plain, S.one))",
                "<el.div on_click=[(n > 3) ? [app.S.plain()] : [app.S.one(event0)]]>",
            ),
            (
                "rx.el.div(on_click=rx.cond(S.n, S.plain))",
                "<el.div on_click=[n ? [app.S.plain()] : []]>",
            ),
            (
                "rx.el.div(on_click=rx.cond(S.n, [S.plain, rx.redirect('/x')], None))",
                "<el.div on_click=[n ? [app.S.plain(), {c: \"redirect\", to: \"/x\", external: false, \
                 replace: false}] : []]>",
            ),
            (
                "rx.el.div(on_click=[S.plain, rx.cond(S.n, rx.cond(S.s, S.plain), S.two(1, 2))])",
                "<el.div on_click=[app.S.plain(), n ? [s ? [app.S.plain()] : []] : [app.S.two(1, 2)]]>",
            ),
            (
                "rx.el.div(on_click=rx.cond(S.n, S.plain.prevent_default, lambda: S.plain))",
                "<el.div on_click=[n ? [app.S.plain()] : [app.S.plain()]] prevent>",
            ),
            ("rx.cond(True, S.one(1), S.plain)", "event app.S.one/1"),
            (
                "rx.cond(S.n, S.plain, S.plain)",
                "<EventChoice <EventHandler app.S.plain> or <EventHandler app.S.plain>>",
            ),
            (
                "rx.el.div(on_mount=rx.cond(S.n, S.one, None))",
                "TypeError: rx.el.div: on_mount gives app.S.one 0 arguments, which takes 1 argument",
            ),
            (
                "rx.el.div(color=S.one(1))",
                "TypeError: rx.el.div: color is given an event and is no trigger; those begin with on_",
            ),
            (
                "rx.el.div(onClick=S.plain)",
                "TypeError: rx.el.div: onClick is given an event and is no trigger; did you mean \
                 on_click?",
            ),
            (
                "rx.button(onclick=S.one(1))",
                "TypeError: rx.button: onclick is given an event and is no trigger; did you mean \
                 on_click?",
            ),
        ],
    );
}

#[test]
fn what_does_not_fit_a_trigger_names_component_and_trigger() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.div(on_mount=S.one)",
                "TypeError: rx.el.div: on_mount gives app.S.one 0 arguments, which takes 1 argument",
            ),
            (
                "rx.el.input(on_change=lambda a, b: S.plain)",
                "TypeError: rx.el.input: on_change gives 1 arguments, the function takes 2 arguments",
            ),
            (
                "rx.el.div(on_click=3)",
                "TypeError: rx.el.div: on_click must be an event handler, an event, a lambda or a list, not int",
            ),
            (
                "rx.el.div(on_click=S.n)",
                "TypeError: rx.el.div: on_click must be an event handler, an event, a lambda or a list, \
                 not a Var of int",
            ),
            (
                "rx.el.div(on_click=lambda: None)",
                "TypeError: rx.el.div: on_click is given a function that returns None; it runs once, \
                 when the page is built, and has to return State.handler, State.handler(arguments) \
                 or a list of them",
            ),
            (
                "rx.el.div(on_click=lambda: rx.el.div())",
                "TypeError: rx.el.div: on_click must be an event handler, an event, a lambda or a list, not Component",
            ),
            (
                "rx.el.div(on_click=S.scalar)",
                "TypeError: rx.el.div: on_click gives a dict[str, Any] for value, which app.S.scalar \
                 annotates as int; name it with a lambda or give the argument",
            ),
            (
                "rx.el.div(on_click=S.scalar_default('x'))",
                "<el.div on_click=[app.S.scalar_default(\"x\")]>",
            ),
            (
                "rx.el.input(on_change=S.scalar_default)",
                "<el.input on_change=[app.S.scalar_default(event0)]>",
            ),
            (
                "rx.el.div(on_click=S.details)",
                "<el.div on_click=[app.S.details(event0)]>",
            ),
            (
                "rx.el.div(on_clik=S.plain)",
                "ValueError: rx.el.div has no event trigger \"on_clik\"; did you mean on_click?",
            ),
        ],
    );
}

#[test]
fn returned_events_of_handlers() {
    let cases = [
        ("None", "[]"),
        ("S.plain", "[app.S.plain/0]"),
        ("S.one(5)", "[app.S.one/1]"),
        (
            "[S.plain, rx.redirect('/x')]",
            "[app.S.plain/0, {\"c\":\"redirect\",\"to\":\"/x\",\"external\":false,\"replace\":false}]",
        ),
        (
            "(S.plain, [S.one(1), None])",
            "[app.S.plain/0, app.S.one/1]",
        ),
        ("instance.other()", "[app.S.plain/0]"),
        (
            "rx.toast.error('no')",
            "[{\"c\":\"toast\",\"message\":\"no\",\"level\":\"error\"}]",
        ),
        ("rx.noop()", "[]"),
        ("S.one", "TypeError: app.S.one takes 1 argument, not 0"),
        (
            "rx.window_alert(S.s)",
            "TypeError: a Var has no value here; read it from `self` inside an event handler",
        ),
        (
            "3",
            "TypeError: event handlers must only return or yield events: None, State.handler, \
          State.handler(arguments), rx.redirect(…) and its like, or lists of them, not int 3",
        ),
        ("S.background", "[app.S.background/0]"),
        ("instance.background", "[app.S.background/0]"),
        (
            "instance.one",
            "TypeError: app.S.one takes 1 argument, not 0",
        ),
        (
            "S.one(S.n)",
            "TypeError: app.S.one: a Var has no value here; read it from `self` inside an event handler",
        ),
        (
            "functools.partial(S.one, 1)",
            "TypeError: event handlers must only return or yield events: None, State.handler, \
             State.handler(arguments), rx.redirect(…) and its like, or lists of them, not partial",
        ),
        (
            "rx.cond(S.n, S.plain, S.plain)",
            "TypeError: event handlers must only return or yield events: None, State.handler, \
             State.handler(arguments), rx.redirect(…) and its like, or lists of them, not EventChoice",
        ),
    ];
    with_python(SOURCE, move |vm, scope| {
        for (expression, expected) in cases {
            let returned = evaluate(expression, vm, &scope).expect(expression);
            assert_eq!(written_returned(&returned, vm), expected, "{expression}");
        }
    });
}

fn written_returned(returned: &rustpython_vm::PyObject, vm: &VirtualMachine) -> String {
    match returned_events(returned, vm) {
        Ok(events) => {
            let events: Vec<String> = events.iter().map(print::returned).collect();
            format!("[{}]", events.join(", "))
        }
        Err(raised) => written_message(&raised, vm),
    }
}
