"""The state of `standalone.py`, whose handlers stand in another module."""

import reflex as rx


class Shop(rx.State):
    items: list[str] = []
    total: int = 0

    def pay(self):
        self.total = 0


class Basket(rx.State, mixin=True):
    count: int = 0
