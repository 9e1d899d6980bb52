"""`reflex.utils.misc`: work beside the event loop."""


async def run_in_thread(func):
    """Runs a function that takes no arguments, and may block, in a thread, and gives its result."""
    import asyncio

    return await asyncio.to_thread(func)
