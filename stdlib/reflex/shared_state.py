"""`rx.SharedState`: a state that sessions can share, each with those of its choice.

Not here: what is shared and how the sessions learn of it, which is native (`_ferroflex_rooms`).
"""

import _ferroflex_rooms
from _ferroflex_limits import ROOM_WAIT_MS_MAX
from reflex.state import State
from reflex.utils.exceptions import ReflexRuntimeError

# Less than what it is compared with: little is added to how long a link may wait.
TICK_S = ROOM_WAIT_MS_MAX / 1000 / 2


class SharedState(State, mixin=True):
    """The base of a state class that a session can link to a name: from then on its fields, and
    those of classes that inherit from it, are the same in all sessions linked to that name."""

    def __init_subclass__(cls, **kwargs):
        # Fields of each class, which the host sets: the name that the session is linked to, empty
        # when it is not, and the tokens of the sessions that are linked to the same name.
        cls._linked_to = ""
        cls._linked_from = set()
        super().__init_subclass__(**kwargs)

    async def _link_to(self, token):
        """Links the session to a name; gives the state, which has the shared values now."""
        full_name = self.__class__.get_full_name()
        if not token:
            raise ReflexRuntimeError(f"{full_name} cannot be linked to an empty name")
        if "_" in token:
            raise ReflexRuntimeError(
                f"{full_name} cannot be linked to {token!r}: a name may not contain an underscore"
            )
        if self._linked_to != token:
            await _to_the_end(*_ferroflex_rooms.link(self, token))
        return self

    async def _unlink(self):
        """Ends the link and gives the session the values back that it had before; gives the events
        that have to follow, which are none."""
        if not self._linked_to:
            raise ReflexRuntimeError(f"{self.__class__.get_full_name()} is not linked")
        await _to_the_end(*_ferroflex_rooms.unlink(self))
        return []


async def _to_the_end(future, tick):
    """Waits for what must not be left half done, also when the handler is cancelled meanwhile."""
    import asyncio

    ticking = asyncio.ensure_future(_tick(tick))
    cancelled = None
    try:
        while not future.done():
            try:
                await asyncio.shield(future)
            except asyncio.CancelledError as raised:
                cancelled = raised
    finally:
        ticking.cancel()
    if cancelled is not None:
        raise cancelled
    return future.result()


async def _tick(tick):
    """Tells a change of a link that time passes, which may wait for others no longer then."""
    import asyncio

    while True:
        await asyncio.sleep(TICK_S)
        tick()
