"""Source in which a comment within a call has the word "for".

RustPython 0.6.0 looks for misplaced comprehensions in the text of a call, and does not know its
comments: `f(a=1  # for b` on a line is a SyntaxError. Without any comments it compiles the source
as it should. Not for source that is compiled with `compile()` or `exec()`.
"""

import io
import tokenize
from importlib.util import decode_source


def source_to_code(_loader, data, path, *, _optimize=-1):
    """The code of a source file, as `importlib.abc.SourceLoader.source_to_code` gives it."""
    source = without_comments(decode_source(data))
    return compile(source, path, "exec", dont_inherit=True, optimize=_optimize)


def without_comments(source):
    """The source with nothing in the place of its comments; all else stays where it is."""
    lines = list(io.StringIO(source))
    for token in tokenize.generate_tokens(iter(lines).__next__):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column] + "\n"
    return "".join(lines)
