"""Source that annotates a name under `if`, `for`, `try`, … in a class within a class.

RustPython 0.6.0 refuses it with a SyntaxError, since it takes the hidden variable that notes which
of these annotations were reached for one of the outer class as well. Told that this variable is
global, it compiles the class as it should: the declaration has no other effect. Not for source
that is compiled with `compile()` or `exec()`.
"""

import ast

HIDDEN = "__conditional_annotations__"


def source_to_code(_loader, data, path, *, _optimize=-1):
    """The code of a source file, as `importlib.abc.SourceLoader.source_to_code` gives it."""
    tree = ast.parse(data, path)
    _declare_in_classes(tree, within_class=False)
    return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)


def _declare_in_classes(node, *, within_class):
    for child in ast.iter_child_nodes(node):
        is_class = isinstance(child, ast.ClassDef)
        if is_class and within_class:
            _declare(child)
        _declare_in_classes(child, within_class=within_class or is_class)


def _declare(definition):
    # Behind the docstring, which must stay the first statement.
    index = 0 if ast.get_docstring(definition, clean=False) is None else 1
    declaration = ast.copy_location(ast.Global(names=[HIDDEN]), definition.body[0])
    definition.body.insert(index, declaration)
