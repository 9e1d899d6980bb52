"""The types of imports of JavaScript, for annotations. Not here: components that import any."""

ImportDict = ParsedImportDict = dict


def __getattr__(name):
    if name == "ImportVar":
        # Says what it waits for.
        import reflex

        return reflex.ImportVar
    raise AttributeError(f"module 'reflex.utils.imports' has no attribute {name!r}")
