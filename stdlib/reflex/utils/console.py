"""Messages of an app to its log, under Reflex's names. Not here: where the log goes."""

import sys


def _write(level, message):
    sys.stderr.write(f"{level}: {message}\n")


def debug(message, **kwargs):
    """Writes a message for developers."""
    _write("debug", message)


def info(message, **kwargs):
    """Writes a message."""
    _write("info", message)


log = print = success = info


def warn(message, **kwargs):
    """Writes a warning."""
    _write("warning", message)


def error(message, **kwargs):
    """Writes an error."""
    _write("error", message)
