"""Forms with files (`multipart/form-data`), as browsers send them.

Not here: where the body comes from, and how large it may be (`requests.py`).
"""

import io

from reflex.api.responses import HTTPException
from reflex.async_file import AsyncFile


class UploadFile(AsyncFile):
    """A file of a form, held in memory."""

    def __init__(self, filename, content, headers):
        self.filename = filename
        self.file = io.BytesIO(content)
        self.size = len(content)
        self.headers = headers
        self.content_type = headers.get("content-type", "")


def parts(body, content_type):
    """The names and values of a form: texts, and `UploadFile`s for what has a file name."""
    options = _options(content_type)
    boundary = options.get("boundary")
    if not boundary:
        raise _malformed("its content type names no boundary")
    # The first boundary may stand at the very beginning.
    first, *found = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1"))
    if not found or not found[-1].startswith(b"--"):
        raise _malformed("its end is missing")
    return [_part(part) for part in found[:-1]]


def _part(part):
    head, separator, content = part.partition(b"\r\n\r\n")
    if not separator:
        raise _malformed("a part has no content")
    headers = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    options = _options(headers.get("content-disposition", ""))
    if "name" not in options:
        raise _malformed("a part has no name")
    if "filename" in options:
        return options["name"], UploadFile(options["filename"], content, headers)
    return options["name"], content.decode("utf-8", "replace")


def _options(header):
    """What a header says behind its first part: `a; b="c"` is `{"b": "c"}`."""
    options = {}
    rest = header.partition(";")[2]
    while rest:
        name, _, rest = rest.partition("=")
        value, rest = _quoted(rest[1:]) if rest.startswith('"') else _plain(rest)
        options[name.strip().lower()] = value
    return options


def _quoted(rest):
    value = []
    letters = iter(enumerate(rest))
    for place, letter in letters:
        if letter == '"':
            return _unescaped("".join(value)), rest[place + 1 :].partition(";")[2]
        if letter == "\\" and rest[place + 1 : place + 2] in ('"', "\\"):
            letter = next(letters)[1]
        value.append(letter)
    raise _malformed("a quotation mark is missing")


def _plain(rest):
    value, _, rest = rest.partition(";")
    return value.strip(), rest


def _unescaped(text):
    # Browsers write so what would end the value or its line.
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def _malformed(problem):
    return HTTPException(400, f"the form cannot be read: {problem}")
