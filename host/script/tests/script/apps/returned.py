"""What handlers return and yield, and the options of `@rx.event`."""

import functools

import reflex as rx


def named_otherwise(method):
    def wrapper(self):
        return method(self)

    return wrapper


class Root(rx.State):
    steps: list[str] = []

    def step(self, name: str):
        self.steps.append(name)

    def inherited(self):
        self.steps.append("inherited")


class Work(Root):
    value: int = 0

    def one(self):
        self.steps.append("one")

    @named_otherwise
    def renamed(self):
        self.steps.append("renamed")

    def gives(self):
        return "plain"

    async def gives_later(self):
        return "awaited"

    def counts(self, count: int):
        for number in range(count):
            self.steps.append(str(number))
            yield

    async def counts_async(self, count: int):
        for number in range(count):
            yield number

    @rx.event(background=True)
    async def task(self):
        async with self:
            self.reset()
            self.setvar("value", await self.get_var_value(Work.value) + 1)
            self.steps = [f"value {self.value}"]
        return self.one

    def starts_task(self):
        self.value = 41
        return self.task

    def class_handler(self):
        return Work.one

    def by_type(self):
        return type(self).step("typed")

    def bound(self):
        return self.one

    def bound_renamed(self):
        return self.renamed

    def bound_inherited(self):
        return self.inherited

    def lists(self):
        return [Work.one, (Work.step("two"), [None, [self.inherited]])]

    def by_keyword(self):
        return Work.step(name="named")

    def plain_call(self):
        self.steps.append(self.gives())
        self.one()

    async def awaited_call(self):
        self.steps.append(await self.gives_later())

    def yield_from(self):
        yield from self.counts(2)
        self.steps.append("end")

    def for_loop(self):
        for _ in self.counts(2):
            self.steps.append("-")
            yield

    async def async_for(self):
        async for number in self.counts_async(2):
            self.steps.append(str(number))

    def generator_returns(self):
        yield
        return Work.step("returned")

    def number(self):
        return 42

    def text(self):
        return "Work.one"

    def function(self):
        return lambda: None

    def partial(self):
        return functools.partial(Work.step, "x")

    def in_a_list(self):
        return [Work.one, 42]

    def coroutine(self):
        return [self.gives_later()]

    def generator(self):
        return [self.counts(1)]

    def helper_method(self):
        return self._hidden

    def _hidden(self):
        pass

    def holds_itself(self):
        events = [Work.one]
        events.append(events)
        return events

    def var_argument(self):
        return Work.step(Work.value)

    def too_few(self):
        return Work.step

    def calls_task(self):
        self.task()


class Options(rx.State):
    @rx.event
    def bare(self):
        pass

    @rx.event()
    def called(self):
        pass

    @rx.event(
        stop_propagation=True, prevent_default=True, throttle=100, debounce=200, temporal=True
    )
    def all_options(self):
        pass

    @rx.event(supersedes=True, throttle=300)
    async def with_argument(self, value: int):
        pass

    @rx.background
    async def old_name(self):
        pass


def index():
    return rx.box(
        rx.button("a", on_click=Options.bare, on_double_click=Options.called),
        rx.button("b", on_click=Options.all_options),
        rx.button("c", on_click=Options.with_argument(1)),
        rx.button("d", on_click=Options.with_argument(2).throttle(5).stop_propagation),
        rx.button(
            "e",
            on_click=Options.bare.stop_propagation.prevent_default.throttle(6).debounce(7).temporal,
        ),
        rx.button("f", on_click=functools.partial(Options.with_argument, 8)),
        rx.button("g", on_click=Options.old_name),
    )


app = rx.App()
app.add_page(index)
