"""`VarData`: what JavaScript of the author's needs of the module that it stands in.

Not here: how it gets there, which native code knows.
"""

from reflex.utils.imports import merge_imports, parse_imports


class VarData:
    """The imports and React hooks that a Var's JavaScript relies on."""

    def __init__(
        self,
        state="",
        field_name="",
        imports=None,
        hooks=None,
        deps=None,
        position=None,
        components=(),
        **more,
    ):
        self.state = state
        self.field_name = field_name
        self.imports = parse_imports(_dictionary(imports))
        self.hooks = _texts(hooks)
        self.deps = deps or []
        self.position = position
        self.components = components

    @classmethod
    def merge(cls, *all):
        """What all of them need; None counts for nothing."""
        given = [data for data in all if data is not None]
        if not given:
            return None
        hooks = [hook for data in given for hook in data.hooks]
        imports = merge_imports(*(data.imports for data in given))
        state = next((data.state for data in given if data.state), "")
        field_name = next((data.field_name for data in given if data.field_name), "")
        return cls(state, field_name, imports, dict.fromkeys(hooks))

    def old_school_imports(self):
        """The imports as a dictionary of lists."""
        return {library: list(names) for library, names in self.imports.items()}

    def _fields(self):
        return self.state, self.field_name, self._import_rows(), list(self.hooks)

    def __bool__(self):
        return any((self.state, self.field_name, self.imports, self.hooks, self.components))

    def __eq__(self, other):
        return isinstance(other, VarData) and self._fields() == other._fields()

    def __hash__(self):
        return hash((self.state, self.field_name, *self.hooks))

    def _import_rows(self):
        """For native code: each import's library, name, alias, and whether it is the default."""
        return [
            (library, name.tag, name.alias, bool(name.is_default))
            for library, names in self.imports.items()
            for name in names
            if name.render is not False
        ]


def _dictionary(imports):
    # Reflex itself keeps them as pairs.
    return dict(imports or {})


def _texts(hooks):
    """Hooks as a list: they are given as one text, as several, or as a dictionary's keys."""
    if not hooks:
        return []
    return [hooks] if isinstance(hooks, str) else [str(hook) for hook in hooks]
