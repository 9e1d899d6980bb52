"""`ToastAction`: a button of a toast, with a name. A dictionary does the same.

Not here: toasts, which native code makes.
"""

import reflex

toast = reflex.toast


class ToastAction:
    """A button with its label and what happens when it is pressed, whatever a trigger takes."""

    def __init__(self, label, on_click):
        self.label = label
        self.on_click = on_click
