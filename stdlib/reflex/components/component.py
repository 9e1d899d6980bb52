"""`reflex.components.component`: the class of components, and `rx.memo`."""

from _ferroflex_ui import Component


def memo(function=None, **options):
    """A component function that is run for each use.

    Pages are split into memoised parts by their Vars, so that there is nothing left to memoise.
    """
    if function is None:
        return lambda function: function
    return function
