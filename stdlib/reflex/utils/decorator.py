"""`reflex.utils.decorator`: functions that compute once."""


def once(function):
    """Calls a function without arguments once, and gives what it gave then."""
    results = []

    def call():
        if not results:
            results.append(function())
        return results[0]

    return call



