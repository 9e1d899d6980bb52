"""Uploads: the files that the user chose (`rx.selected_files`), sending them to a handler
(`rx.upload_files`), and what the handler gets (`rx.UploadFile`).

Not here: the place to drop files on (`rx.upload`), which is a component; what clears the choice
(`rx.clear_selected_files`) or stops the sending (`rx.cancel_upload`), which are events.
"""

import dataclasses
import os
from pathlib import Path, PurePosixPath

import _ferroflex_ui as _ui
from reflex.async_file import AsyncFile
from reflex.ignored import warn_once

DEFAULT_UPLOAD_ID = "default"

# Where files stand that an app keeps, below the working directory; the server knows it too.
_KEPT = Path("uploaded_files")


def selected_files(id_=DEFAULT_UPLOAD_ID):
    """The names of the files chosen for the upload of that id, as a Var of a list."""
    chosen = _ui.field_var("(browser)", "files", dict[str, list[str]])
    return chosen.get(id_, []).to(list[str])


def upload_files(upload_id=None, on_upload_progress=None, extra_headers=None):
    """Stands for the files chosen for an upload among the arguments of a handler's event."""
    if extra_headers:
        warn_once("rx.upload_files(extra_headers=…)", "the headers are not sent")
    return _Files(DEFAULT_UPLOAD_ID if upload_id is None else upload_id, on_upload_progress)


def get_upload_dir():
    """The folder for files that the app keeps; it is made when it is missing."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    return _KEPT


def get_upload_url(file_path):
    """The address of a file in `get_upload_dir()`, for the prop of an image or a link."""
    return f"/_upload/{file_path}"


def on_drop_of(on_drop, upload_id):
    """The events of a drop: handlers and functions are given the files dropped."""
    events = on_drop if isinstance(on_drop, (list, tuple)) else [on_drop]
    files = upload_files(upload_id)
    return [_with_files(event, files) for event in events]


def _with_files(event, files):
    code = getattr(event, "__code__", None)
    takes_them = code is not None and code.co_argcount > 0
    return event(files) if takes_them or isinstance(event, _ui.EventHandler) else event


class _Files:
    """Files that are sent before the event that they are an argument of."""

    def __init__(self, upload_id, on_upload_progress):
        self.upload_id = upload_id
        self.on_upload_progress = on_upload_progress
        # What the handler is given, made of the list of the files that were sent.
        self.given = lambda sent: sent

    def sent_for(self, handler, args, position):
        """The event that sends the files and then runs the handler."""

        def then(sent):
            return handler(*args[:position], self.given(sent), *args[position + 1 :])

        send = _ui.special_event("_send_files")
        return send(self.upload_id, then, self.on_upload_progress)


@dataclasses.dataclass
class UploadFile(AsyncFile):
    """A file that a browser sent, open for reading. It is gone once it is closed."""

    key: str
    path: str
    size: int
    content_type: str = ""

    def __post_init__(self):
        waiting = _ui.waiting_upload(self.key)
        if waiting is None:
            raise ValueError(f"{self.key!r} is no upload")
        try:
            self.file = open(waiting, "rb")
        except FileNotFoundError:
            raise ValueError(f"the upload of {self.path!r} was taken before, or has expired") from None
        # The open file keeps its content until it is closed, whoever closes it.
        os.unlink(waiting)
        self.size = os.fstat(self.file.fileno()).st_size
        self.path = _safe(self.path)

    @property
    def name(self):
        """The file's name, without folders."""
        return self.path.name

    @property
    def filename(self):
        """The same."""
        return self.path.name

    @property
    def headers(self):
        """What the browser said of the file."""
        return {"content-type": self.content_type}


def _safe(path):
    """The path as one that leads nowhere but down."""
    parts = path.replace("\\", "/").split("/")
    safe = [part for part in parts if part.strip(". ") and ":" not in part]
    return PurePosixPath(*safe or ["upload"])
