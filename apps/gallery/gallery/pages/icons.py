"""Icons by name, whether the name is written out, chosen, or in the state."""

import reflex as rx

from gallery.frame import page, sample


class IconsState(rx.State):
    name: str = "coffee"
    menu: list[dict] = [
        {"icon": "house", "label": "Home"},
        {"icon": "settings_2", "label": "Settings"},
        {"icon": "no_such_icon", "label": "Unknown"},
    ]
    happy: bool = True
    level: str = "high"

    @rx.event
    def turn(self):
        self.happy = not self.happy
        self.name = "cup_soda" if self.name == "coffee" else "coffee"


@rx.page(route="/icons", title="Icons")
def icons() -> rx.Component:
    """Lucide's icons."""
    return page(
        "Icons",
        sample(
            "icon",
            rx.hstack(
                rx.icon("calendar"),
                rx.icon("arrow_down_to_line", size=32),
                rx.icon(tag="heart", color=rx.color("red", 9)),
                rx.icon("star", size=40, stroke_width=1, color=rx.color("amber", 9)),
                rx.lucide.icon("leaf", color="green"),
                align="center",
            ),
        ),
        sample(
            "icon by a choice",
            rx.hstack(
                rx.icon(rx.cond(IconsState.happy, "smile", "frown")),
                rx.icon(rx.match(IconsState.level, ("high", "signal"), "signal_zero")),
                rx.icon(IconsState.name, size=28, color=rx.color("accent", 9)),
                rx.button("Turn", on_click=IconsState.turn),
                align="center",
            ),
        ),
        sample(
            "icon of an item",
            rx.vstack(
                rx.foreach(
                    IconsState.menu,
                    lambda entry: rx.hstack(rx.icon(entry["icon"]), rx.text(entry["label"])),
                )
            ),
        ),
        sample(
            "icon_button",
            rx.hstack(
                rx.icon_button("search", aria_label="Search"),
                rx.icon_button(rx.icon(IconsState.name), aria_label="Drink", variant="soft"),
            ),
        ),
    )
