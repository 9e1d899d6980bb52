"""What stands above the page for a while: the samples show what opens it."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/overlays", title="Overlays")
def overlays() -> rx.Component:
    """Dialogs, menus, popovers, drawers."""
    return page(
        "Overlays",
        sample("dialog", _dialog()),
        sample("alert_dialog", _alert_dialog()),
        sample("dropdown_menu, menu", _dropdown_menu()),
        sample("context_menu", _context_menu()),
        sample("popover", _popover()),
        sample("hover_card", _hover_card()),
        sample("tooltip", _tooltip()),
        sample("drawer", rx.hstack(*[_drawer(side) for side in ("bottom", "right")])),
        sample("radix.primitives.dialog", _primitive_dialog()),
        sample("toast, toast.provider", _toast()),
    )


def _dialog() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.trigger(rx.button("Open the dialog")),
        rx.dialog.content(
            rx.dialog.title("A dialog"),
            rx.dialog.description("It keeps the rest of the page out of reach."),
            rx.flex(rx.dialog.close(rx.button("Close")), justify="end", margin_top="16px"),
            size="3",
        ),
    )


def _alert_dialog() -> rx.Component:
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(rx.button("Delete", color_scheme="red")),
        rx.alert_dialog.content(
            rx.alert_dialog.title("Delete it?"),
            rx.alert_dialog.description("This cannot be undone."),
            rx.hstack(
                rx.alert_dialog.cancel(rx.button("Keep it", variant="soft")),
                rx.alert_dialog.action(rx.button("Delete it", color_scheme="red")),
                justify="end",
                margin_top="16px",
            ),
        ),
    )


def _dropdown_menu() -> rx.Component:
    return rx.hstack(
        rx.dropdown_menu.root(
            rx.dropdown_menu.trigger(rx.button("Edit", variant="soft")),
            rx.dropdown_menu.content(
                rx.dropdown_menu.item("Copy", shortcut="Ctrl C"),
                rx.dropdown_menu.item("Paste", shortcut="Ctrl V", disabled=True),
                rx.dropdown_menu.separator(),
                rx.dropdown_menu.sub(
                    rx.dropdown_menu.sub_trigger("More"),
                    rx.dropdown_menu.sub_content(
                        rx.dropdown_menu.item("Duplicate"),
                        rx.dropdown_menu.item("Archive"),
                    ),
                ),
                rx.dropdown_menu.item("Delete", color_scheme="red"),
            ),
        ),
        rx.menu.root(
            rx.menu.trigger(rx.button("Under its old name", variant="soft")),
            rx.menu.content(
                rx.menu.item("One"), rx.menu.separator(), rx.menu.item("Two"), variant="soft"
            ),
        ),
    )


def _context_menu() -> rx.Component:
    return rx.context_menu.root(
        rx.context_menu.trigger(
            rx.center(
                rx.text("Press the right button here"),
                border=f"1px dashed {rx.color('gray', 8)}",
                border_radius="8px",
                padding="24px",
            )
        ),
        rx.context_menu.content(
            rx.context_menu.group(
                rx.context_menu.label("Clipboard"),
                rx.context_menu.item("Copy", shortcut="Ctrl C"),
            ),
            rx.context_menu.separator(),
            rx.context_menu.checkbox("Bold", checked=True, shortcut="Ctrl B"),
            rx.context_menu.separator(),
            rx.context_menu.radio_group(
                rx.context_menu.radio("Left", value="left"),
                rx.context_menu.radio("Right", value="right"),
                value="left",
            ),
            rx.context_menu.sub(
                rx.context_menu.sub_trigger("More"),
                rx.context_menu.sub_content(rx.context_menu.item("Archive")),
            ),
        ),
    )


def _popover() -> rx.Component:
    return rx.popover.root(
        rx.popover.trigger(rx.button("Open the popover", variant="soft")),
        rx.popover.content(
            rx.vstack(
                rx.text("A popover stands beside what opened it."),
                rx.popover.close(rx.button("Close", size="1")),
            ),
            side="bottom",
        ),
    )


def _hover_card() -> rx.Component:
    return rx.text(
        "Put the pointer on ",
        rx.hover_card.root(
            rx.hover_card.trigger(rx.link("this link", href="/overlays", underline="always")),
            rx.hover_card.content(rx.text("More about where it leads.")),
        ),
        ".",
    )


def _tooltip() -> rx.Component:
    return rx.tooltip(rx.button("Put the pointer here", variant="soft"), content="A short hint")


def _drawer(side: str) -> rx.Component:
    edge = {
        "bottom": {"top": "auto", "height": "200px"},
        "right": {"left": "auto", "width": "300px"},
    }
    return rx.drawer.root(
        rx.drawer.trigger(rx.button(f"Open the drawer: {side}", variant="soft")),
        rx.drawer.portal(
            rx.drawer.overlay(),
            rx.drawer.content(
                rx.vstack(
                    rx.drawer.handle(),
                    rx.drawer.title("A drawer"),
                    rx.drawer.description("It comes in from an edge of the window."),
                    rx.drawer.close(rx.button("Close")),
                    spacing="4",
                ),
                padding="24px",
                background=rx.color("gray", 2),
                **edge[side],
            ),
        ),
        direction=side,
    )


def _primitive_dialog() -> rx.Component:
    dialog = rx.radix.primitives.dialog
    return dialog.root(
        dialog.trigger(rx.button("Open the plain dialog", variant="soft"), as_child=True),
        dialog.portal(
            dialog.overlay(position="fixed", inset="0", background="rgba(0, 0, 0, 0.5)"),
            dialog.content(
                dialog.title("Without looks of its own"),
                dialog.description("The page says how it looks."),
                dialog.close("Close"),
                position="fixed",
                top="40%",
                left="50%",
                transform="translate(-50%, -50%)",
                padding="24px",
                background="white",
                color="black",
                font_family="sans-serif",
            ),
        ),
    )


def _toast() -> rx.Component:
    return rx.fragment(
        rx.toast.provider(position="top-right", close_button=False),
        rx.button("Show a message", variant="soft", on_click=rx.toast.success("Saved")),
    )
