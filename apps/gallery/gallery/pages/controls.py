"""What users press, tick, type into and choose from."""

import reflex as rx

from gallery.frame import page, sample


class Controls(rx.State):
    """Values that the page shows beside their controls."""

    fruit: str = "Apple"
    level: list[float] = [30]
    chosen: list[str] = ["b"]

    @rx.event
    def set_fruit(self, fruit: str):
        self.fruit = fruit

    @rx.event
    def set_level(self, level: list[float]):
        self.level = level

    @rx.event
    def set_chosen(self, chosen: list[str]):
        self.chosen = chosen


@rx.page(route="/controls", title="Controls")
def controls() -> rx.Component:
    """Buttons, fields, choices."""
    return page(
        "Controls",
        sample("button", _buttons()),
        sample("button: size, colour, radius, loading, disabled", _more_buttons()),
        sample("icon_button", _icon_buttons()),
        sample("color_mode", _color_mode()),
        sample("input, input.slot", _inputs()),
        sample("text_area", _text_areas()),
        sample("checkbox", _checkboxes()),
        sample("switch", _switches()),
        sample("radio, radio_group", _radios()),
        sample("select", _select()),
        sample("select.root and its parts", _select_parts()),
        sample("slider", _sliders()),
        sample("checkbox_group", _checkbox_group()),
        sample("checkbox_cards", _checkbox_cards()),
        sample("radio_cards", _radio_cards()),
        sample("form with checked fields", _form()),
    )


def _buttons() -> rx.Component:
    variants = ("classic", "solid", "soft", "surface", "outline", "ghost")
    return rx.hstack(
        *[rx.button(variant, variant=variant) for variant in variants],
        align="center",
        spacing="4",
        wrap="wrap",
    )


def _more_buttons() -> rx.Component:
    return rx.hstack(
        *[rx.button(f"Size {size}", size=size) for size in ("1", "2", "3", "4")],
        rx.button("Ruby", color_scheme="ruby"),
        rx.button("Round", radius="full"),
        rx.button("Contrast", high_contrast=True),
        rx.button("Loading", loading=True),
        rx.button("Disabled", disabled=True),
        align="center",
        wrap="wrap",
    )


def _icon_buttons() -> rx.Component:
    return rx.hstack(
        *[
            rx.icon_button("search", size=size, aria_label=f"Search, size {size}")
            for size in ("1", "2", "3", "4")
        ],
        rx.icon_button(rx.icon("plus"), variant="soft", radius="full", aria_label="Add"),
        align="center",
    )


def _color_mode() -> rx.Component:
    return rx.hstack(
        rx.color_mode.button(aria_label="Light or dark"),
        rx.color_mode.switch(aria_label="Dark"),
        rx.color_mode.icon(),
        align="center",
    )


def _inputs() -> rx.Component:
    return rx.vstack(
        rx.input(placeholder="Your name", aria_label="Name", width="280px"),
        rx.input(
            rx.input.slot(rx.icon("search", size=16)),
            placeholder="Search",
            type="search",
            variant="soft",
            aria_label="Search",
            width="280px",
        ),
        rx.input(
            default_value="wrong@",
            color_scheme="red",
            radius="full",
            size="3",
            type="email",
            aria_label="Address",
        ),
        rx.input(value="read only", read_only=True, aria_label="Read only"),
        rx.input(placeholder="disabled", disabled=True, aria_label="Disabled"),
    )


def _text_areas() -> rx.Component:
    return rx.hstack(
        rx.text_area(placeholder="Your message", aria_label="Message", rows="3"),
        rx.text_area(default_value="soft", variant="soft", aria_label="Soft", resize="both"),
        wrap="wrap",
    )


def _checkboxes() -> rx.Component:
    return rx.hstack(
        rx.checkbox("Surface", default_checked=True),
        rx.checkbox("Soft", variant="soft", default_checked=True, color_scheme="grass"),
        rx.checkbox("Classic", variant="classic", size="3"),
        rx.checkbox("Disabled", disabled=True),
        rx.checkbox(aria_label="Without a text"),
        spacing="5",
        wrap="wrap",
    )


def _switches() -> rx.Component:
    return rx.hstack(
        rx.switch(aria_label="Off"),
        rx.switch(default_checked=True, aria_label="On"),
        rx.switch(default_checked=True, variant="soft", size="3", aria_label="Soft"),
        rx.switch(disabled=True, aria_label="Disabled"),
        align="center",
    )


def _radios() -> rx.Component:
    return rx.vstack(
        rx.radio(["1", "2", "3"], default_value="2", aria_label="In a row"),
        rx.radio_group(
            ["soft", "in a column"],
            default_value="soft",
            direction="column",
            variant="soft",
            color_scheme="ruby",
            aria_label="In a column",
        ),
        rx.radio_group.root(
            rx.hstack(
                rx.text(rx.hstack(rx.radio_group.item(value="a"), "a"), as_="label"),
                rx.text(rx.hstack(rx.radio_group.item(value="b"), "b"), as_="label"),
            ),
            default_value="a",
            aria_label="Of parts",
        ),
    )


def _select() -> rx.Component:
    return rx.hstack(
        rx.select(
            ["Apple", "Orange", "Grape"],
            value=Controls.fruit,
            on_change=Controls.set_fruit,
            label="Fruits",
            aria_label="Fruit",
        ),
        rx.text("chosen: ", Controls.fruit),
        rx.select(["S", "M"], placeholder="Size", variant="soft", radius="full", aria_label="Size"),
        rx.select(["x"], disabled=True, placeholder="disabled", aria_label="Disabled"),
        align="center",
        wrap="wrap",
    )


def _select_parts() -> rx.Component:
    return rx.select.root(
        rx.select.trigger(placeholder="A town", variant="surface", aria_label="Town"),
        rx.select.content(
            rx.select.group(
                rx.select.label("North"),
                rx.select.item("Bergen", value="bergen"),
                rx.select.item("Oslo", value="oslo", disabled=True),
            ),
            rx.select.separator(),
            rx.select.group(
                rx.select.label("South"),
                rx.select.item("Napoli", value="napoli"),
            ),
            position="popper",
        ),
        default_value="napoli",
    )


def _sliders() -> rx.Component:
    return rx.vstack(
        rx.slider(value=Controls.level, on_change=Controls.set_level, aria_label="Level"),
        rx.text("level: ", Controls.level[0]),
        rx.slider(default_value=[20, 70], variant="soft", size="3", aria_label="From, to"),
        rx.slider(default_value=40, color_scheme="grass", disabled=True, aria_label="Disabled"),
        width="100%",
    )


def _checkbox_group() -> rx.Component:
    return rx.hstack(
        rx.checkbox_group.root(
            *[rx.checkbox_group.item(f"Choice {name}", value=name) for name in "abc"],
            value=Controls.chosen,
            on_value_change=Controls.set_chosen,
        ),
        rx.text("chosen: ", Controls.chosen.join(", ")),
        spacing="6",
    )


def _checkbox_cards() -> rx.Component:
    return rx.checkbox_cards.root(
        rx.checkbox_cards.item(rx.text("Breakfast"), value="breakfast"),
        rx.checkbox_cards.item(rx.text("Lunch"), value="lunch"),
        rx.checkbox_cards.item(rx.text("Dinner"), value="dinner", disabled=True),
        default_value=["lunch"],
        columns="3",
        gap="3",
    )


def _radio_cards() -> rx.Component:
    return rx.radio_cards.root(
        rx.radio_cards.item(rx.text("By train"), value="train"),
        rx.radio_cards.item(rx.text("On foot"), value="foot"),
        default_value="train",
        columns="2",
        color_scheme="grass",
        aria_label="How",
    )


def _form() -> rx.Component:
    return rx.form(
        rx.form.field(
            rx.form.label("Address"),
            rx.form.control(
                rx.input(placeholder="name@example.org", type="email", required=True),
                as_child=True,
            ),
            rx.form.message("An address is needed", match="valueMissing"),
            rx.form.message("This is no address", match="typeMismatch"),
            rx.form.validity_state(rx.text("Checked when it is sent", size="1")),
            name="address",
        ),
        rx.form.submit(rx.button("Send", type="submit"), as_child=True),
        max_width="320px",
    )
