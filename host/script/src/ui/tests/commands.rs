//! Special events: their arguments, their callbacks, and what becomes of both in a page and in a
//! message to the browser.

use super::{check_table, evaluate, with_python, written_message};
use crate::ui::{Returned, resolve_callbacks, returned_events};

const SOURCE: &str = r"
import functools

class S(State):
    n: int
    s: str
    d: dict[str, int]
    def plain(self): ...
    def one(self, value): ...
    def two(self, first, second): ...

def clicked(event):
    return rx.el.div(on_click=event)

def changed(event):
    return rx.el.input(on_change=event)

from reflex.components.sonner.toast import ToastAction
";

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn special_events_are_commands_with_their_values() {
    check_table(
        SOURCE,
        &[
            (
                "clicked(rx.redirect('/x', is_external=True))",
                "<el.div on_click=[{c: \"redirect\", to: \"/x\", external: true, replace: false}]>",
            ),
            (
                "clicked(rx.redirect(f'/u/{S.n}', is_external=True, popup=True))",
                "<el.div on_click=[{c: \"redirect\", to: format(\"/u/\", n), external: true, \
                 popup: true, replace: false}]>",
            ),
            (
                "clicked(rx.event.back())",
                "<el.div on_click=[{c: \"back\"}]>",
            ),
            (
                "clicked(rx.window_alert(S.s))",
                "<el.div on_click=[{c: \"alert\", message: s}]>",
            ),
            (
                "changed(lambda value: rx.console_log(value))",
                "<el.input on_change=[{c: \"console\", message: event0}]>",
            ),
            (
                "changed(rx.console_log)",
                "<el.input on_change=[{c: \"console\", message: event0}]>",
            ),
            (
                "clicked(rx.set_value('name', S.d))",
                "<el.div on_click=[{c: \"set_value\", id: \"name\", value: d}]>",
            ),
            (
                "clicked([rx.set_focus('name'), rx.event.blur_focus('name')])",
                "<el.div on_click=[{c: \"focus\", id: \"name\"}, {c: \"blur\", id: \"name\"}]>",
            ),
            (
                "clicked(rx.scroll_to('end'))",
                "<el.div on_click=[{c: \"scroll\", id: \"end\", top: true}]>",
            ),
            (
                "clicked(rx.scroll_to('end', align_to_top=False))",
                "<el.div on_click=[{c: \"scroll\", id: \"end\", top: false}]>",
            ),
            (
                "clicked(rx.set_clipboard(S.s))",
                "<el.div on_click=[{c: \"clipboard\", text: s}]>",
            ),
            (
                "clicked(rx.style.set_color_mode('dark'))",
                "<el.div on_click=[{c: \"color_mode\", mode: \"dark\"}]>",
            ),
            (
                "clicked(rx.remove_cookie('k', {'domain': 'x.org'}))",
                "<el.div on_click=[{c: \"remove_cookie\", key: \"k\", options: {Str(\"domain\"): \
                 \"x.org\"}}]>",
            ),
            (
                "clicked([rx.clear_local_storage(), rx.remove_session_storage('k')])",
                "<el.div on_click=[{c: \"clear_storage\", area: \"local\"}, \
                 {c: \"remove_storage\", key: \"k\", area: \"session\"}]>",
            ),
            (
                "clicked(rx.clear_session_storage)",
                "<el.div on_click=[{c: \"clear_storage\", area: \"session\"}]>",
            ),
            ("rx.event.redirect('/x')", "<EventSpec redirect>"),
            ("rx.redirect()", "TypeError: rx.redirect() needs path"),
            (
                "rx.redirect('/x', 1, 2, 3, 4)",
                "TypeError: rx.redirect() was given too many arguments",
            ),
            (
                "rx.redirect('/x', extrenal=True)",
                "TypeError: rx.redirect() has no argument \"extrenal\"",
            ),
            ("rx.cancel_upload('x')", "<EventSpec cancel_upload>"),
            ("rx.clear_selected_files('x')", "<EventSpec clear_files>"),
        ],
    );
}

#[test]
fn downloads_are_an_address_or_data() {
    check_table(
        SOURCE,
        &[
            (
                "clicked(rx.download('/files/a.csv'))",
                "<el.div on_click=[{c: \"download\", url: \"/files/a.csv\", filename: \"a.csv\"}]>",
            ),
            (
                "clicked(rx.download(url=S.s, filename='b'))",
                "<el.div on_click=[{c: \"download\", url: s, filename: \"b\"}]>",
            ),
            (
                "clicked(rx.download(data=S.d, filename='d.json', mime_type='application/json'))",
                "<el.div on_click=[{c: \"download\", filename: \"d.json\", data: d, \
                 mime_type: \"application/json\"}]>",
            ),
            (
                "rx.download('x')",
                "ValueError: rx.download() needs a url that starts with a slash",
            ),
            (
                "rx.download('/x', data='y')",
                "ValueError: rx.download() takes either url or data, not both",
            ),
            (
                "rx.download()",
                "ValueError: rx.download() needs url or data",
            ),
            (
                "rx.download(data=3)",
                "ValueError: rx.download() takes str, bytes, a Var, a dict or a list as data, not int",
            ),
            (
                "rx.download(data=b'x' * (16 * 2**20 + 1))",
                "ValueError: rx.download() takes at most 16777216 bytes of data, not 16777217; \
                 give the url of a file instead",
            ),
        ],
    );
}

#[test]
fn toasts_have_levels_looks_and_buttons() {
    check_table(
        SOURCE,
        &[
            (
                "clicked(rx.toast('x', duration=10))",
                "<el.div on_click=[{c: \"toast\", message: \"x\", level: \"default\", duration: 10}]>",
            ),
            (
                "clicked(rx.toast('x', level='error', fallback_to_alert=True))",
                "<el.div on_click=[{c: \"toast\", message: \"x\", level: \"error\"}]>",
            ),
            (
                "clicked(rx.toast.info(title=S.s, close_button=True, class_name='c'))",
                "<el.div on_click=[{c: \"toast\", message: \"\", level: \"info\", title: s, \
                 close_button: true, class_name: \"c\"}]>",
            ),
            (
                "clicked(rx.toast('x', action={'label': S.s, 'on_click': S.one(1)}))",
                "<el.div on_click=[{c: \"toast\", message: \"x\", level: \"default\", action: s, \
                 on_action: () => [app.S.one(1)]}]>",
            ),
            (
                "clicked(rx.toast('x', cancel=ToastAction('Undo', S.plain), on_dismiss=lambda toast: S.one(toast['id'])))",
                "<el.div on_click=[{c: \"toast\", message: \"x\", level: \"default\", \
                 cancel: \"Undo\", on_dismiss: (result) => [app.S.one(js`result`[\"id\"])], \
                 on_cancel: () => [app.S.plain()]}]>",
            ),
            (
                "clicked([rx.toast.dismiss(), rx.toast.dismiss('a')])",
                "<el.div on_click=[{c: \"toast_dismiss\"}, {c: \"toast_dismiss\", id: \"a\"}]>",
            ),
            (
                "rx.toast.error()",
                "ValueError: rx.toast() needs a message, a title or a description",
            ),
            (
                "rx.toast('x', action={'label': 'y'})",
                "TypeError: rx.toast(): action needs label and on_click, and has no on_click",
            ),
            (
                "rx.toast('x', colour='red')",
                "TypeError: rx.toast() has no argument \"colour\"",
            ),
        ],
    );
}

#[test]
fn scripts_have_callbacks() {
    check_table(
        SOURCE,
        &[
            (
                "clicked(rx.call_script('f()', callback=S.one))",
                "<el.div on_click=[{c: \"call_script\", code: \"f()\", \
                 callback: (result) => [app.S.one(js`result`)]}]>",
            ),
            (
                "clicked(rx.call_script(f'f({S.n})', callback=S.two(S.s)))",
                "<el.div on_click=[{c: \"call_script\", code: format(\"f(\", n, \")\"), \
                 callback: (result) => [app.S.two(s, js`result`)]}]>",
            ),
            (
                "clicked(rx.run_script(f'f({S.n}, {rx.Var(\"x\")}, {S.s})'))",
                "<el.div on_click=[{c: \"call_script\", code: \"f($0, x, $1)\", values: [n, s]}]>",
            ),
            (
                "clicked(rx.call_function(rx.Var('window.f'), callback=S.plain))",
                "<el.div on_click=[{c: \"call_function\", code: \"window.f\", \
                 callback: (result) => [app.S.plain()]}]>",
            ),
            (
                "clicked(rx.call_script('f()', callback=functools.partial(lambda a, r: S.two(a, r), 1)))",
                "<el.div on_click=[{c: \"call_script\", code: \"f()\", \
                 callback: (result) => [app.S.two(1, js`result`)]}]>",
            ),
            (
                "changed(lambda v: rx.call_script('f()', callback=lambda r: [S.two(v, r), rx.toast(r)]))",
                "<el.input on_change=[{c: \"call_script\", code: \"f()\", callback: (result) => \
                 [app.S.two(event0, js`result`), {c: \"toast\", message: js`result`, \
                 level: \"default\"}]}]>",
            ),
            (
                "clicked(rx.call_script('f()', callback=lambda a: rx.run_script('g()', \
                 callback=lambda b: S.two(a, b))))",
                "<el.div on_click=[{c: \"call_script\", code: \"f()\", callback: (result) => \
                 [{c: \"call_script\", code: \"g()\", callback: (result1) => \
                 [app.S.two(js`result`, js`result1`)]}]}]>",
            ),
            (
                "clicked(rx.call_script('f()', callback=S.two))",
                "TypeError: rx.call_script: callback gives app.S.two 1 arguments, which takes \
                 2 arguments",
            ),
            (
                "clicked(rx.call_script('f()', callback=3))",
                "TypeError: rx.call_script: callback must be an event handler, an event, a lambda \
                 or a list, not int",
            ),
            (
                "rx.run_script(3)",
                "TypeError: a script is a str or a Var, not int",
            ),
        ],
    );
}

#[test]
fn returned_commands_are_data_with_numbered_callbacks() {
    let cases = [
        (
            "rx.call_script('f()', callback=S.one)",
            r#"{"c":"call_script","code":"f()","callback":[{"handler":1,"args":[{"$":["result"]}]}]}"#,
        ),
        (
            "rx.run_script('f()', callback=lambda r: [S.two({'$': 1}, r['x'][0].y), rx.toast(r)])",
            r#"{"c":"call_script","code":"f()","callback":[{"handler":2,"args":[{"$":["dict",{"$":1}]},{"$":["result","x",0,"y"]}]},{"c":"toast","message":{"$":["result"]},"level":"default"}]}"#,
        ),
        (
            "rx.run_script('f()', callback=lambda r: rx.run_script('g()', callback=S.two(1)))",
            r#"{"c":"call_script","code":"f()","callback":[{"c":"call_script","code":"g()","callback":[{"handler":2,"args":[1,{"$":["result"]}]}]}]}"#,
        ),
        (
            "rx.toast('x', action={'label': 'Undo', 'on_click': [S.plain, rx.toggle_color_mode]})",
            r#"{"c":"toast","message":"x","level":"default","action":"Undo","on_action":[{"handler":0,"args":[]},{"c":"color_mode","mode":"toggle"}]}"#,
        ),
        (
            "rx.download(data=b'\\x00\\xff', filename='f')",
            r#"{"c":"download","filename":"f","data":{"$":["bytes","AP8="]}}"#,
        ),
        (
            "rx.console_log({'handler': 'app.S.one', 'callback': [{'handler': 'x'}]})",
            r#"{"c":"console","message":{"handler":"app.S.one","callback":[{"handler":"x"}]}}"#,
        ),
        (
            "rx.call_script('f()', callback=lambda r: S.one(f'got {r}'))",
            "TypeError: a callback of an event that a handler returns can be given values, the \
             result and parts of it; compute the rest in the handler that it calls",
        ),
        (
            "rx.call_script(S.s)",
            "TypeError: a Var has no value here; read it from `self` inside an event handler",
        ),
    ];
    with_python(SOURCE, move |vm, scope| {
        for (expression, expected) in cases {
            let returned = evaluate(expression, vm, &scope).expect(expression);
            let written = match returned_events(&returned, vm) {
                Ok(mut events) => match events.pop() {
                    Some(Returned::Command(mut command)) => {
                        resolve_callbacks(&mut command, &number, vm).expect(expression);
                        command.to_string()
                    }
                    other => panic!("{other:?}"),
                },
                Err(raised) => written_message(&raised, vm),
            };
            assert_eq!(written, expected, "{expression}");
        }
        let returned = evaluate("rx.call_script('', callback=S.plain)", vm, &scope).expect("one");
        let event = returned_events(&returned, vm).expect("one").pop();
        let Some(Returned::Command(mut command)) = event else {
            panic!("{event:?}");
        };
        let raised = resolve_callbacks(&mut command, &|_| None, vm).expect_err("unknown");
        let message = written_message(&raised, vm);
        assert_eq!(message, "LookupError: there is no handler app.S.plain");
    });
}

fn number(full_name: &str) -> Option<u32> {
    let names = ["app.S.plain", "app.S.one", "app.S.two"];
    let position = names.iter().position(|name| *name == full_name)?;
    u32::try_from(position).ok()
}
