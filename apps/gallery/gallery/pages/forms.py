"""Forms: their controls, what they send, what they say of a wrong field."""

import reflex as rx

from gallery.frame import page, sample


class FormState(rx.State):
    """What the forms sent last, and what one of them is typed into."""

    sent: dict[str, str] = {}
    name: str = "Ada"

    @rx.event
    def send(self, data: dict):
        self.sent = {name: str(value) for name, value in data.items()}

    @rx.event
    def set_name(self, name: str):
        self.name = name


@rx.page(route="/forms", title="Forms")
def forms() -> rx.Component:
    """Forms and what stands in them."""
    return page(
        "Forms",
        sample("form", _text_fields()),
        sample("form: choices", _choices()),
        sample("form: elements of HTML", _elements()),
        sample("form: held by the state", _held()),
        sample("form: what was sent", _sent()),
    )


def _labelled(label: str, control: rx.Component) -> rx.Component:
    return rx.el.label(
        rx.vstack(rx.text(label, as_="span", size="2", weight="medium"), control, spacing="1"),
        width="100%",
    )


def _text_fields() -> rx.Component:
    return rx.form(
        rx.grid(
            _labelled("Name", rx.input(name="name", placeholder="Ada Lovelace", width="100%")),
            _labelled(
                "Mail",
                rx.input(
                    rx.input.slot(rx.icon("mail", size=16)),
                    name="mail",
                    type="email",
                    auto_complete=True,
                    width="100%",
                ),
            ),
            _labelled("Password", rx.input(name="password", type="password", width="100%")),
            _labelled(
                "Guests",
                rx.input(name="guests", type="number", default_value="2", width="100%"),
            ),
            _labelled(
                "Day",
                rx.input(name="day", type="date", default_value="2026-02-03", width="100%"),
            ),
            _labelled("Note", rx.text_area(name="note", rows="2", width="100%")),
            columns=rx.breakpoints(initial="1", sm="2"),
            spacing="3",
            width="100%",
        ),
        rx.hstack(
            rx.button("Send", type="submit"),
            rx.button("Empty", type="reset", variant="soft"),
            margin_top="12px",
        ),
        on_submit=FormState.send,
        reset_on_submit=True,
        width="100%",
    )


def _choices() -> rx.Component:
    return rx.form(
        rx.vstack(
            rx.checkbox("Vegetarian", name="vegetarian", default_checked=True),
            rx.text(
                rx.hstack(rx.switch(name="newsletter"), "Newsletter", align="center"),
                as_="label",
                size="2",
            ),
            _labelled(
                "Dessert",
                rx.select(["Cake", "Fruit", "Cheese"], name="dessert", default_value="Fruit"),
            ),
            rx.radio(["Small", "Medium", "Large"], name="size", default_value="Medium"),
            rx.box(
                rx.text("Price", size="2", weight="medium", margin_bottom="8px"),
                rx.slider(name="price", default_value=[20, 60]),
                width="100%",
            ),
            rx.button("Order", type="submit"),
            spacing="3",
        ),
        on_submit=FormState.send,
        width="100%",
    )


# Elements of HTML have no look of their own.
FRAMED = {
    "border": f"1px solid {rx.color('gray', 7)}",
    "border_radius": "4px",
    "padding": "2px 6px",
}


def _elements() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("Delivery"),
            rx.vstack(
                rx.el.label("Street ", rx.el.input(name="street", required=True, **FRAMED)),
                rx.el.label(
                    "Country ",
                    rx.el.select(
                        *[rx.el.option(name, value=name) for name in ("Chile", "Kenya", "Nepal")],
                        name="country",
                        default_value="Kenya",
                        **FRAMED,
                    ),
                ),
                rx.el.label(rx.el.input(type="checkbox", name="gift"), " As a gift"),
                rx.el.label(
                    "Colour ",
                    rx.el.input(type="color", name="colour", default_value="#0090ff"),
                ),
                rx.el.label("Remarks ", rx.el.textarea(name="remarks", rows=2, **FRAMED)),
                spacing="2",
            ),
            padding="12px",
            border=f"1px solid {rx.color('gray', 6)}",
            border_radius="6px",
        ),
        rx.el.input(type="hidden", name="version", value="2"),
        rx.button("Deliver", type="submit", margin_top="12px"),
        on_submit=FormState.send,
        width="100%",
    )


def _held() -> rx.Component:
    return rx.form(
        _labelled(
            "Name",
            rx.input(value=FormState.name, on_change=FormState.set_name, name="held"),
        ),
        rx.text("Hello ", FormState.name, "!", size="2", margin_top="8px"),
        width="100%",
    )


def _sent() -> rx.Component:
    return rx.cond(
        FormState.sent,
        rx.vstack(
            rx.foreach(FormState.sent, lambda entry: rx.code(f"{entry[0]}: {entry[1]}")),
            spacing="2",
        ),
        rx.text("Nothing was sent yet.", size="2"),
    )
