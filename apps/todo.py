"""To-do list: add, edit in place, tick off, remove and filter; with a thousand rows on demand."""

from typing import TypedDict

import reflex as rx

FILTERS = ["all", "active", "done"]
TITLE_LENGTH_MAX = 200


class Todo(TypedDict):
    """One thing to do."""

    id: int
    title: str
    done: bool


class TodoState(rx.State):
    """One visitor's list."""

    todos: list[Todo] = [
        {"id": 1, "title": "Drop a Python file into apps/", "done": True},
        {"id": 2, "title": "Open it in the browser", "done": True},
        {"id": 3, "title": "Change something and watch it happen", "done": False},
    ]
    draft: str = ""
    filter: str = "all"
    editing_id: int = 0

    _last_id: int = 3

    @rx.var
    def visible(self) -> list[Todo]:
        """The rows that the filter lets through."""
        if self.filter == "all":
            return self.todos
        return [todo for todo in self.todos if todo["done"] == (self.filter == "done")]

    @rx.var
    def open_count(self) -> int:
        return sum(not todo["done"] for todo in self.todos)

    @rx.event
    def set_draft(self, draft: str):
        self.draft = draft

    @rx.event
    def set_filter(self, name: str):
        self.filter = name

    @rx.event
    def add(self):
        title = self.draft.strip()[:TITLE_LENGTH_MAX]
        if title:
            self._append(title)
        self.draft = ""

    @rx.event
    def add_thousand(self):
        for number in range(1, 1001):
            self._append(f"Row {number}")

    @rx.event
    def toggle(self, todo_id: int):
        todo = self._find(todo_id)
        if todo is not None:
            todo["done"] = not todo["done"]

    @rx.event
    def edit(self, todo_id: int):
        self.editing_id = todo_id

    @rx.event
    def rename(self, todo_id: int, form: dict):
        todo = self._find(todo_id)
        title = form["title"].strip()[:TITLE_LENGTH_MAX]
        if todo is not None and title:
            todo["title"] = title
        self.editing_id = 0

    @rx.event
    def remove(self, todo_id: int):
        self.todos = [todo for todo in self.todos if todo["id"] != todo_id]

    @rx.event
    def remove_done(self):
        self.todos = [todo for todo in self.todos if not todo["done"]]

    def _append(self, title: str):
        self._last_id += 1
        self.todos.append({"id": self._last_id, "title": title, "done": False})

    def _find(self, todo_id: int) -> Todo | None:
        return next((todo for todo in self.todos if todo["id"] == todo_id), None)


def new_todo() -> rx.Component:
    return rx.form(
        rx.hstack(
            rx.input(
                value=TodoState.draft,
                on_change=TodoState.set_draft,
                placeholder="What needs doing?",
                size="3",
                flex="1",
                aria_label="New to-do",
            ),
            rx.button(rx.icon("plus", size=18), "Add", type="submit", size="3"),
            width="100%",
        ),
        on_submit=TodoState.add,
        width="100%",
    )


def title_editor(todo: rx.Var[Todo]) -> rx.Component:
    return rx.form(
        rx.hstack(
            rx.input(
                name="title",
                default_value=todo["title"],
                auto_focus=True,
                flex="1",
                aria_label="Title",
            ),
            rx.icon_button(
                rx.icon("check", size=16), type="submit", variant="soft", aria_label="Save"
            ),
            width="100%",
        ),
        on_submit=TodoState.rename(todo["id"]),
        flex="1",
    )


def title(todo: rx.Var[Todo]) -> rx.Component:
    return rx.text(
        todo["title"],
        on_double_click=TodoState.edit(todo["id"]),
        flex="1",
        color=rx.cond(todo["done"], rx.color("gray", 9), rx.color("gray", 12)),
        text_decoration=rx.cond(todo["done"], "line-through", "none"),
        overflow_wrap="anywhere",
    )


def todo_row(todo: rx.Var[Todo]) -> rx.Component:
    return rx.hstack(
        rx.checkbox(
            checked=todo["done"],
            on_change=TodoState.toggle(todo["id"]),
            aria_label="Done",
        ),
        rx.cond(TodoState.editing_id == todo["id"], title_editor(todo), title(todo)),
        rx.icon_button(
            rx.icon("pencil", size=16),
            on_click=TodoState.edit(todo["id"]),
            variant="ghost",
            color_scheme="gray",
            aria_label="Edit",
        ),
        rx.icon_button(
            rx.icon("trash-2", size=16),
            on_click=TodoState.remove(todo["id"]),
            variant="ghost",
            color_scheme="red",
            aria_label="Remove",
        ),
        align="center",
        spacing="4",
        width="100%",
        padding="0.6em 0.75em",
        border_radius="var(--radius-3)",
        _hover={"background": rx.color("gray", 3)},
        custom_attrs={"data-testid": "todo"},
    )


def filter_button(name: str) -> rx.Component:
    return rx.button(
        name.capitalize(),
        on_click=TodoState.set_filter(name),
        variant=rx.cond(TodoState.filter == name, "solid", "soft"),
        size="1",
    )


def toolbar() -> rx.Component:
    return rx.hstack(
        rx.text(
            TodoState.open_count, " open", size="2", color=rx.color("gray", 11), role="status"
        ),
        rx.spacer(),
        *[filter_button(name) for name in FILTERS],
        align="center",
        width="100%",
    )


def bulk_actions() -> rx.Component:
    return rx.hstack(
        rx.button("Add 1,000 rows", on_click=TodoState.add_thousand, variant="ghost", size="1"),
        rx.spacer(),
        rx.button(
            "Clear done",
            on_click=TodoState.remove_done,
            variant="ghost",
            color_scheme="gray",
            size="1",
        ),
        width="100%",
        padding_x="0.5em",
    )


def index() -> rx.Component:
    return rx.container(
        rx.color_mode.button(position="top-right", aria_label="Toggle dark mode"),
        rx.vstack(
            rx.heading("To do", size="8"),
            rx.card(
                rx.vstack(
                    new_todo(),
                    toolbar(),
                    rx.divider(),
                    rx.cond(
                        TodoState.visible.length() > 0,
                        rx.vstack(
                            rx.foreach(TodoState.visible, todo_row), spacing="1", width="100%"
                        ),
                        rx.text("Nothing here.", color=rx.color("gray", 10), padding="1em"),
                    ),
                    rx.divider(),
                    bulk_actions(),
                    spacing="4",
                ),
                size="3",
                width="100%",
            ),
            spacing="5",
            padding_y="4em",
        ),
        size="2",
    )


app = rx.App(theme=rx.theme(accent_color="teal", radius="large"))
app.add_page(index, title="To do", description="A list of what there is to do.")
