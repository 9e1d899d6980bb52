"""What the form holds, and what is wrong with it."""

import reflex as rx

from . import validation

FIELDS = ["name", "email", "password", "repeat"]


class SignupState(rx.State):
    """One visitor's form."""

    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    touched: dict[str, bool] = dict.fromkeys(FIELDS, False)
    accepted: bool = False
    submitted: bool = False
    welcome: str = ""

    @rx.var
    def problems(self) -> dict[str, str]:
        """What is wrong with each field, whether the visitor has been there or not."""
        values = self.values
        return {
            "name": validation.check_name(values["name"]),
            "email": validation.check_email(values["email"]),
            "password": validation.check_password(values["password"]),
            "repeat": validation.check_repeat(values["repeat"], values["password"]),
        }

    @rx.var
    def messages(self) -> dict[str, str]:
        """What is shown: the problems of the fields that the visitor has filled in."""
        return {
            field: problem if self.submitted or self.touched[field] else ""
            for field, problem in self.problems.items()
        }

    @rx.event
    def change(self, field: str, value: str):
        self.values[field] = value
        self.touched[field] = True

    @rx.event
    def accept(self, accepted: bool):
        self.accepted = accepted

    @rx.event
    def submit(self):
        self.submitted = True
        if any(self.problems.values()):
            return rx.toast.error("Some fields need another look.")
        if not self.accepted:
            return rx.toast.error("Please accept the terms.")
        name = self.values["name"].strip()
        self.reset()
        self.welcome = name

    @rx.event
    def start_over(self):
        self.reset()
