"""Preferences of the visitor: how tables look, what is mailed, light or dark."""

import reflex as rx

from .layout import page, panel


class SettingsState(rx.State):
    """What was chosen; how tables look stays in the browser."""

    density: str = rx.LocalStorage("comfortable", name="kestrel_density", sync=True)
    name: str = "Mira Kessler"
    email: str = "mira@kestrel.example"
    mails: dict[str, bool] = {"Daily summary": True, "Large orders": True, "Refunds": False}

    @rx.var
    def is_compact(self) -> bool:
        return self.density == "compact"

    @rx.event
    def make_compact(self, is_compact: bool):
        self.density = "compact" if is_compact else "comfortable"

    @rx.event
    def toggle_mail(self, kind: str, wanted: bool):
        self.mails[kind] = wanted

    @rx.event
    def save(self, form: dict):
        if "@" not in form["email"]:
            return rx.toast.error("That is not an email address.")
        self.name, self.email = form["name"], form["email"]
        return rx.toast.success("Your profile is saved.")


@rx.page(route="/settings", title="Settings · Kestrel", description="Profile and preferences.")
def settings() -> rx.Component:
    return page(
        "Settings",
        rx.grid(
            panel("Profile", _profile(), note="Who you are to your colleagues"),
            rx.vstack(
                panel("Appearance", _appearance()),
                panel("Notifications", rx.foreach(SettingsState.mails, _mail)),
                spacing="4",
            ),
            columns=rx.breakpoints(initial="1", md="2"),
            gap="16px",
            width="100%",
            align_items="start",
        ),
    )


def _profile() -> rx.Component:
    return rx.form(
        rx.vstack(
            _field("name", "Name", SettingsState.name),
            _field("email", "Email", SettingsState.email),
            rx.button("Save", type="submit"),
            spacing="4",
            width="100%",
        ),
        on_submit=SettingsState.save,
        width="100%",
    )


def _field(name: str, label: str, value: rx.Var[str]) -> rx.Component:
    return rx.box(
        rx.el.label(label, html_for=name, font_size="14px", font_weight="500"),
        rx.input(id=name, name=name, default_value=value, size="3", margin_top="6px"),
        width="100%",
    )


def _appearance() -> rx.Component:
    return rx.vstack(
        _setting(
            "Compact tables",
            rx.switch(
                checked=SettingsState.is_compact,
                on_change=SettingsState.make_compact,
                aria_label="Compact tables",
            ),
        ),
        _setting("Dark mode", rx.color_mode.switch(aria_label="Dark mode")),
        spacing="4",
        width="100%",
    )


def _mail(mail: rx.Var[tuple[str, bool]]) -> rx.Component:
    return _setting(
        mail[0],
        rx.switch(
            checked=mail[1],
            on_change=lambda wanted: SettingsState.toggle_mail(mail[0], wanted),
            aria_label=mail[0],
        ),
    )


def _setting(label: str | rx.Var[str], control: rx.Component) -> rx.Component:
    return rx.flex(rx.text(label, size="2"), rx.spacer(), control, align="center", width="100%")
