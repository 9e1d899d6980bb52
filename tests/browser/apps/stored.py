"""What browsers keep: cookies, storages, a login, and state that no server hears of."""

import reflex as rx

count = rx._x.client_state("count", default=0)
text = rx._x.client_state(default="")
tags = rx._x.client_state("tags", default=["a", "b"])


class Kept(rx.State):
    theme: str = rx.Cookie("light", name="theme", max_age=3600, same_site="strict")
    name: str = rx.LocalStorage(name="name")
    shared: str = rx.LocalStorage("nothing", name="shared", sync=True)
    step: str = rx.SessionStorage(name="step")
    unnamed: str = rx.LocalStorage()
    heard: str = ""

    @rx.event
    def keep(self, value: str):
        self.theme = self.name = self.step = self.unnamed = value

    @rx.event
    def forget_name(self):
        return rx.remove_local_storage("name")

    @rx.event
    def forget_all(self):
        return [rx.clear_local_storage(), rx.remove_cookie("theme")]

    @rx.event
    def hear(self, value: int):
        self.heard = f"heard {value}"

    @rx.event
    def ask(self):
        return count.retrieve(Kept.hear)

    @rx.event
    def push(self):
        return [count.push(40), tags.push(["of", "a", "handler"])]


class Login(rx.State):
    token: str = rx.LocalStorage(name="token")
    seen: str = ""

    @rx.event
    def check(self):
        self.seen = self.token
        if not self.token:
            return rx.redirect("/login")

    @rx.event
    def log_in(self):
        self.token = "secret"
        return rx.redirect("/private")

    @rx.event
    def log_out(self):
        self.token = ""
        return rx.redirect("/login")


@rx.page(route="/")
def index():
    return rx.vstack(
        rx.text(Kept.theme, id="theme"),
        rx.text(Kept.name, id="name"),
        rx.text(Kept.shared, id="shared"),
        rx.text(Kept.step, id="step"),
        rx.text(Kept.unnamed, id="unnamed"),
        rx.text(rx.cond(Kept.is_hydrated, "hydrated", "not yet"), id="hydrated"),
        rx.button("keep dark", on_click=Kept.keep("dark; blue")),
        rx.button("forget name", on_click=Kept.forget_name),
        rx.button("forget all", on_click=Kept.forget_all),
        rx.input(value=Kept.shared, on_change=Kept.set_shared, id="share"),
    )


@rx.page(route="/login")
def login():
    return rx.vstack(rx.heading("Log in"), rx.button("log in", on_click=Login.log_in))


@rx.page(route="/private", on_load=Login.check)
def private():
    return rx.vstack(
        rx.heading("Private"),
        rx.text(Login.seen, id="seen"),
        rx.button("log out", on_click=Login.log_out),
    )


@rx.page(route="/client")
def client():
    return rx.vstack(
        count,
        rx.text(count.value, id="count"),
        rx.text(rx.cond(count.value > 2, "many", "few"), id="many"),
        rx.button("more", on_click=count.set_value(count.value + 1)),
        rx.button("none", on_click=[count.set_value(0), text.set_value("emptied")]),
        rx.input(value=text.value, on_change=text.set, id="text"),
        rx.text(text.value.upper(), id="upper"),
        rx.box(rx.foreach(tags.value, lambda tag: rx.text(tag, class_name="tag"))),
        rx.button("tag", on_click=tags.set_value(tags.value + [text.value])),
        rx.button("ask", on_click=Kept.ask),
        rx.button("push", on_click=Kept.push),
        rx.text(Kept.heard, id="heard"),
    )


app = rx.App()
