"""The rules of the form, as plain functions: each returns what is wrong, or nothing."""

PASSWORD_LENGTH_MIN = 10


def check_name(name: str) -> str:
    return "" if name.strip() else "Please tell us your name."


def check_email(email: str) -> str:
    local, at, domain = email.strip().partition("@")
    if local and at and "." in domain.strip("."):
        return ""
    return "This does not look like an email address."


def check_password(password: str) -> str:
    if len(password) < PASSWORD_LENGTH_MIN:
        return f"At least {PASSWORD_LENGTH_MIN} characters, please."
    if password.isalpha() or password.isdigit():
        return "Mix letters with digits or signs."
    return ""


def check_repeat(repeat: str, password: str) -> str:
    return "" if repeat == password else "The two passwords differ."
