"""Imports of JavaScript that an app's own components ask for. Not here: where libraries are found."""


class ImportVar:
    """A name imported from a library."""

    def __init__(
        self,
        tag=None,
        is_default=False,
        alias=None,
        install=True,
        render=True,
        package_path="/",
        transpile=None,
    ):
        self.tag = tag
        self.is_default = is_default
        self.alias = alias
        self.install = install
        self.render = render
        self.package_path = package_path

    @property
    def name(self):
        """The name as an import statement has it."""
        if not self.alias:
            return self.tag or ""
        if self.tag is None or (self.is_default and self.tag != "*"):
            return self.alias
        return f"{self.tag} as {self.alias}"

    def _fields(self):
        return self.tag, self.is_default, self.alias, self.install, self.render

    def __eq__(self, other):
        return isinstance(other, ImportVar) and self._fields() == other._fields()

    def __hash__(self):
        return hash(self._fields())

    def __repr__(self):
        return f"ImportVar({self.name!r})"


# For annotations.
ImportTypes = ImportDict = ParsedImportDict = dict


def parse_imports(imports):
    """Each library with a list of the names imported from it."""
    parsed = {}
    for library, names in dict(imports).items():
        given = names if isinstance(names, (list, tuple, set, frozenset)) else [names]
        made = [name if isinstance(name, ImportVar) else ImportVar(name) for name in given]
        parsed.setdefault(library, []).extend(made)
    return parsed


def merge_imports(*imports):
    """All imports in one dictionary, each name once."""
    merged = {}
    for given in imports:
        for library, names in parse_imports(given).items():
            kept = merged.setdefault(library, [])
            kept.extend(name for name in names if name not in kept)
    return merged


merge_parsed_imports = collapse_imports = merge_imports
