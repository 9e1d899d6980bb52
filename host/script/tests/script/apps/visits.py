"""Pages that load what they show, before anything of them is shown."""

import asyncio

import reflex as rx


class Shop(rx.State):
    loads: int = 0
    place: str = ""
    user: str = "guest"
    steps: list[str] = []

    @rx.var
    def headline(self) -> str:
        return f"{self.place} for {self.user}"

    @rx.event
    def load(self, user: str):
        self.loads += 1
        self.place = self.router.page.raw_path
        self.user = f"{user} {self.loads}"

    @rx.event
    async def slowly(self):
        self.steps.append("begun")
        yield
        await asyncio.sleep(4)
        self.steps.append("done")
        yield rx.toast("late")

    @rx.event
    def guarded(self):
        return [rx.toast("log in first"), rx.redirect("/login"), rx.status(403)]

    @rx.event
    def fails(self):
        self.loads = -1
        raise ValueError("no such product")


def content():
    return rx.text(Shop.headline, Shop.router.page.raw_path)


@rx.page(route="/", on_load=Shop.load(Shop.user))
def index():
    return content()


@rx.page(route="/slow", on_load=[Shop.slowly, Shop.load("after")])
def slow():
    return content()


@rx.page(route="/guarded", on_load=[Shop.guarded])
def guarded():
    return content()


@rx.page(route="/fails", on_load=[Shop.fails, Shop.load("after")])
def fails():
    return content()


@rx.page(route="/partly", on_load=[Shop.load("first"), rx.call_script("1", Shop.load), Shop.fails])
def partly():
    return content()


app = rx.App()
