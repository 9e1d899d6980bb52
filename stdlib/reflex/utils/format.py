"""`reflex.utils.format`: names in one writing or another. Not here: names of React's props."""

import re

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|\d+")


def to_snake_case(text):
    """`words_like_this`."""
    return "_".join(word.lower() for word in _WORDS.findall(text))


def to_kebab_case(text):
    """`words-like-this`."""
    return to_snake_case(text).replace("_", "-")


def to_camel_case(text, treat_hyphens_as_underscores=True):
    """`wordsLikeThis`; a leading underscore stays."""
    separators = "[-_]" if treat_hyphens_as_underscores else "_"
    first, *others = re.split(f"(?<=.){separators}", text)
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def to_title_case(text, sep=""):
    """`WordsLikeThis`, with a separator between them if one is given."""
    return sep.join(word[:1].upper() + word[1:] for word in text.split("_"))


def json_dumps(obj, **options):
    """JSON of anything that the browser can be sent."""
    import json

    from reflex.utils.serializers import serialize

    return json.dumps(obj, ensure_ascii=False, default=serialize, **options)
