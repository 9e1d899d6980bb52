"""What the host needs in Python to run handlers. Not for apps."""


async def step(generator):
    """The next value of an asynchronous generator, as a coroutine that a loop can run."""
    return await anext(generator)
