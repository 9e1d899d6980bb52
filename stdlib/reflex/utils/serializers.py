"""`reflex.utils.serializers`: what apps import of it. Not here: how values reach the browser."""


def serializer(*args, **options):
    """Says that values of an app's own classes have no form of its own in the browser yet."""
    raise NotImplementedError(
        "rx.serializer is not in Ferroflex yet; keep a dataclass or a dictionary in the state"
    )
