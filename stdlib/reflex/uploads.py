"""`rx.selected_files`: the files that the user chose and that are not sent yet.

Not here: the place to drop them on (`rx.upload`), which is a component, and what clears them
(`rx.clear_selected_files`), which is an event.
"""

import _ferroflex_ui as _ui

DEFAULT_UPLOAD_ID = "default"


def selected_files(id_=DEFAULT_UPLOAD_ID):
    """The names of the files chosen for the upload of that id, as a Var of a list."""
    chosen = _ui.field_var("(browser)", "files", dict[str, list[str]])
    return chosen.get(id_, []).to(list[str])
