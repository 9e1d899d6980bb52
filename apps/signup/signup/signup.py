"""The page: the form, and the welcome that follows it."""

import reflex as rx

from .state import SignupState

NEW_PASSWORD = {"type": "password", "auto_complete": "new-password"}


def field(name: str, label: str, icon: str, **props) -> rx.Component:
    message = SignupState.messages[name]
    return rx.vstack(
        rx.el.label(label, html_for=name, font_size="0.9em", font_weight="500"),
        rx.input(
            rx.input.slot(rx.icon(icon, size=16)),
            id=name,
            value=SignupState.values[name],
            on_change=SignupState.change(name),
            color_scheme=rx.cond(message != "", "red", "violet"),
            variant=rx.cond(message != "", "soft", "surface"),
            size="3",
            width="100%",
            **props,
        ),
        rx.text(
            message,
            size="1",
            color=rx.color("red", 11),
            min_height="1.4em",
            custom_attrs={"data-testid": f"{name}-message"},
        ),
        spacing="1",
        width="100%",
    )


def terms() -> rx.Component:
    return rx.text(
        rx.hstack(
            rx.checkbox(checked=SignupState.accepted, on_change=SignupState.accept),
            "I accept the terms",
            align="center",
        ),
        as_="label",
        size="2",
    )


def form() -> rx.Component:
    return rx.form(
        rx.vstack(
            rx.heading("Create your account", size="6"),
            field("name", "Name", "user", auto_complete="name"),
            field("email", "Email", "mail", auto_complete="email"),
            field("password", "Password", "lock", **NEW_PASSWORD),
            field("repeat", "Repeat the password", "lock", **NEW_PASSWORD),
            terms(),
            rx.button("Sign up", type="submit", size="3", width="100%"),
            spacing="3",
        ),
        on_submit=SignupState.submit,
        width="100%",
    )


def welcome() -> rx.Component:
    return rx.vstack(
        rx.icon("circle-check", size=48, color=rx.color("grass", 9)),
        rx.heading("Welcome, ", SignupState.welcome, "!", size="6"),
        rx.text("Your account is ready.", color=rx.color("gray", 11)),
        rx.button("Sign someone else up", on_click=SignupState.start_over, variant="soft"),
        align="center",
        spacing="4",
        width="100%",
    )


@rx.page(route="/", title="Sign up", description="Create your account.")
def index() -> rx.Component:
    return rx.center(
        rx.color_mode.button(position="top-right", aria_label="Toggle dark mode"),
        rx.card(
            rx.cond(SignupState.welcome != "", welcome(), form()),
            size="4",
            width="26em",
            max_width="92vw",
        ),
        min_height="100vh",
        padding_y="2em",
        background=f"linear-gradient(160deg, {rx.color('violet', 3)}, {rx.color('cyan', 3)})",
    )


app = rx.App(theme=rx.theme(accent_color="violet", radius="large"))
