"""Every special event of Reflex, once bound in a page and once returned by a handler."""

import reflex as rx


class State(rx.State):
    """What callbacks brought, and values for the pages' events."""

    text: str = "Grüße"
    number: int = 7
    table: dict[str, list[int]] = {"a": [1, 2]}
    got: list[str] = []

    @rx.event
    def take(self, value):
        self.got.append(repr(value))

    @rx.event
    def take_two(self, first, second):
        self.got.append(f"{first!r} and {second!r}")

    @rx.event
    def press(self, label: str):
        self.got.append(label)

    @rx.event
    def perform(self, name: str):
        return EVENTS[name]()

    @rx.event
    def download_much(self):
        return rx.download(data=b"x" * (8 << 20), filename="much.bin")

    @rx.event
    def one_after_the_other(self):
        yield rx.toast.info("first")
        self.got.append("between")
        yield [rx.toast.info("second"), State.press("third")]


def many_toast_options():
    return rx.toast.warning(
        "message",
        title="title",
        id="many",
        position="top-center",
        duration=600_000,
        close_button=True,
        class_name="marked",
        style={"background_color": "rgb(1, 2, 3)"},
        action={"label": "Undo", "on_click": State.press("undone")},
        cancel={"label": "Never mind", "on_click": State.press("cancelled")},
        on_dismiss=lambda toast: State.take(toast["id"]),
    )


EVENTS = {
    "redirect": lambda: rx.redirect("/second"),
    "redirect and replace": lambda: rx.redirect("/second", replace=True),
    "redirect outside": lambda: rx.redirect("/second", is_external=True),
    "popup": lambda: rx.redirect("/second", is_external=True, popup=True),
    "alert": lambda: rx.window_alert("Look"),
    "log": lambda: rx.console_log({"here": [1, None]}),
    "value": lambda: rx.set_value("field", "written"),
    "focus": lambda: rx.set_focus("field"),
    "blur": lambda: rx.event.blur_focus("field"),
    "scroll": lambda: rx.scroll_to("far"),
    "scroll to the bottom": lambda: rx.scroll_to("far", align_to_top=False),
    "copy": lambda: rx.set_clipboard("copied"),
    "dark": lambda: rx.style.set_color_mode("dark"),
    "toggle": lambda: rx.toggle_color_mode,
    "download an address": lambda: rx.download("/_app/names.json"),
    "download text": lambda: rx.download(data="Grüße\n", filename="a.txt"),
    "download bytes": lambda: rx.download(data=bytes(range(256)), filename="b.bin"),
    "download JSON": lambda: rx.download(data={"a": [1, None]}, filename="c.json"),
    "forget a cookie": lambda: rx.remove_cookie("mine"),
    "forget a cookie below": lambda: rx.remove_cookie("mine", {"path": "/commands"}),
    "forget one": lambda: rx.remove_local_storage("mine"),
    "forget all": lambda: rx.clear_local_storage(),
    "forget one of the session": lambda: rx.remove_session_storage("mine"),
    "forget the session": lambda: rx.clear_session_storage(),
    "forget the token": lambda: rx.remove_session_storage("ferroflex:token:/commands"),
    "toast": lambda: rx.toast("plain"),
    "toast success": lambda: rx.toast.success("good"),
    "toast error": lambda: rx.toast.error("bad"),
    "toast loading": lambda: rx.toast.loading("slow", id="slow"),
    "toast level": lambda: rx.toast("leveled", level="info"),
    "toast with all": many_toast_options,
    "toast that goes": lambda: rx.toast("brief", duration=50, on_auto_close=State.press("gone")),
    "dismiss": lambda: rx.toast.dismiss("slow"),
    "dismiss all": lambda: rx.toast.dismiss(),
    "expression": lambda: rx.call_script("1 + 1;", callback=State.take),
    "statements": lambda: rx.call_script(
        "const words = ['a; b'];\nlet n = 0; // counts; slowly\nfor (const word of words) n += 1;\n"
        "[n, words[0]]",
        callback=State.take,
    ),
    "no value": lambda: rx.call_script("if (true) { window.ran = 1; }", callback=State.take),
    "promise": lambda: rx.call_script(
        "new Promise((done) => setTimeout(done, 20, { deep: [5] }))",
        callback=lambda result: State.take_two("now", result["deep"][0]),
    ),
    "further arguments": lambda: rx.run_script("'r'", callback=State.take_two("given")),
    "several callbacks": lambda: rx.run_script(
        "`it's ${6 * 7}`", callback=lambda r: [State.take(r), rx.toast(r), rx.set_value("field", r)]
    ),
    "scripts in turn": lambda: rx.call_script(
        "1", callback=lambda _: rx.call_script("'inner'", callback=State.take)
    ),
    "function": lambda: rx.call_function("() => document.title", callback=State.take),
    "script that fails": lambda: rx.call_script("no.such.thing", callback=State.take),
    "script that rejects": lambda: rx.call_script(
        "Promise.reject(new Error('refused'))", callback=State.take
    ),
    "no script": lambda: rx.call_script("this is (no script"),
    "nothing": lambda: rx.noop(),
    "several": lambda: [rx.console_log("one"), rx.console_log("two")],
}


def buttons():
    rows = []
    for name, make in EVENTS.items():
        page = rx.el.button(f"page: {name}", on_click=make())
        handler = rx.el.button(f"handler: {name}", on_click=State.perform(name))
        rows.append(rx.el.div(page, handler))
    return rows


def events_of_values():
    """Events whose arguments are Vars, or what a trigger gives."""
    return rx.el.div(
        rx.el.button("copy a Var", on_click=rx.set_clipboard(State.text)),
        rx.el.button("toast a Var", on_click=rx.toast(f"{State.text}, {State.number}")),
        rx.el.button(
            "download a Var", on_click=rx.download(data=State.table, filename="table.json")
        ),
        rx.el.button(
            "script of a Var",
            on_click=rx.run_script(f"{State.text} + {State.number}", callback=State.take),
        ),
        rx.el.button(
            "call a Var",
            on_click=rx.call_function(rx.Var("Date.now"), callback=State.press("called")),
        ),
        rx.el.input(
            id="typed",
            on_change=lambda value: rx.call_script(
                "'result'", callback=lambda result: State.take_two(value, result)
            ),
        ),
        rx.el.input(id="logged", on_change=rx.console_log),
        rx.el.input(id="address", on_change=lambda address: rx.redirect(address)),
        rx.el.button("download much", on_click=State.download_much),
        rx.el.button("yields", on_click=State.one_after_the_other),
        rx.el.div(
            rx.el.button("stopped", on_click=[State.press("inner"), rx.stop_propagation]),
            on_click=State.press("outer"),
        ),
        rx.el.a("prevented", href="/second", on_click=[State.press("stayed"), rx.prevent_default]),
    )


def index():
    return rx.el.div(
        rx.el.input(id="field"),
        rx.el.ul(rx.foreach(State.got, lambda entry: rx.el.li(entry, class_name="got"))),
        events_of_values(),
        *buttons(),
        rx.el.div(style={"height": "3000px"}),
        rx.el.p("far away", id="far"),
        rx.el.div(style={"height": "3000px"}),
    )


def second():
    return rx.el.div(rx.el.h1("The second page"), rx.el.button("back", on_click=rx.event.back()))


app = rx.App()
app.add_page(index, route="/", title="Commands")
app.add_page(second, route="/second")
