"""Counts in every way in which a handler may count, so that lost and double events can be told apart.

`begun` counts handlers that started, `count` those that went on, `ids` has what each was given.
"""

import asyncio

import reflex as rx


class Tally(rx.State):
    begun: int = 0
    count: int = 0
    ids: list[int] = []

    @rx.event
    def add(self, number: int):
        self.begun += 1
        self.count += 1
        self.ids.append(number)

    @rx.event
    def add_in_steps(self, number: int):
        self.begun += 1
        yield
        self.count += 1
        yield
        self.ids.append(number)

    @rx.event
    async def add_slowly(self, number: int):
        self.begun += 1
        yield
        await asyncio.sleep(0.02)
        self.count += 1
        self.ids.append(number)

    @rx.event
    def add_and_tell(self, number: int):
        self.begun += 1
        self.count += 1
        self.ids.append(number)
        return rx.toast(f"added {number}")

    @rx.event
    def add_through_another(self, number: int):
        self.begun += 1
        return Tally.follow(number)

    @rx.event
    def follow(self, number: int):
        self.count += 1
        self.ids.append(number)

    @rx.event
    def click(self):
        self.begun += 1
        self.count += 1
        self.ids.append(self.count)


def index():
    return rx.el.main(
        rx.el.button("Add", on_click=Tally.click),
        rx.el.p(Tally.count, custom_attrs={"data-testid": "count"}),
        rx.el.p(Tally.ids.length(), custom_attrs={"data-testid": "length"}),
        rx.el.p(Tally.begun, custom_attrs={"data-testid": "begun"}),
    )


app = rx.App()
app.add_page(index, title="Tally")
