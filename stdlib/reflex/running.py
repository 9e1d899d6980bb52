"""What the host needs in Python to run handlers. Not for apps."""


async def step(generator):
    """The next value of an asynchronous generator, as a coroutine that a loop can run."""
    return await anext(generator)


class TimeBudgetExceeded(BaseException):
    """Raised by the host in Python that computes for too long.

    Not an `Exception`: `except Exception` is there for what an app expects, and must not keep a
    runaway handler running.
    """
