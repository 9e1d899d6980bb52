"""The event loop of an app's async handlers: the standard library's, on the host's poller.

All of asyncio works as usual. What differs is where the loop waits: in native code, for work that
the host has for it as well as for files and timers. Not here: handlers (`running.py`).
"""

import asyncio
import selectors
import time

# How long a loop that something escaped from rests, in seconds: one that is broken for good does not
# keep a processor busy.
_REST_S = 0.01


class _Selector(selectors.BaseSelector):
    """Says which files are ready, by the host's poller."""

    def __init__(self, poller):
        self._poller = poller
        self._keys = {}

    def register(self, fileobj, events, data=None):
        descriptor = _descriptor(fileobj)
        if descriptor in self._keys:
            raise KeyError(f"{fileobj!r} (descriptor {descriptor}) is already registered")
        self._poller.add(descriptor, events)
        key = selectors.SelectorKey(fileobj, descriptor, events, data)
        self._keys[descriptor] = key
        return key

    def modify(self, fileobj, events, data=None):
        descriptor = _descriptor(fileobj)
        if self._keys[descriptor].events != events:
            self._poller.modify(descriptor, events)
        key = self._keys[descriptor]._replace(events=events, data=data)
        self._keys[descriptor] = key
        return key

    def unregister(self, fileobj):
        descriptor = _descriptor(fileobj)
        key = self._keys.pop(descriptor)
        self._poller.remove(descriptor)
        return key

    def select(self, timeout=None):
        ready = self._poller.wait(timeout)
        if not ready:
            return ready
        found = [(self._keys.get(descriptor), events) for descriptor, events in ready]
        return [(key, events & key.events) for key, events in found if key and events & key.events]

    def get_map(self):
        return self._keys


def _descriptor(fileobj):
    return fileobj if isinstance(fileobj, int) else int(fileobj.fileno())


class Loop(asyncio.SelectorEventLoop):
    """A loop whose waiting the host can end at any time, without a pipe to itself."""

    def __init__(self, poller):
        self._poller = poller
        super().__init__(_Selector(poller))

    def _make_self_pipe(self):
        self._ssock = self._csock = None

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        self._poller.wake()


def run(poller):
    """Runs a loop on this thread until the process ends, or the host gives the thread up. What
    escapes from it, such as the interruption of a callback that computed for too long, does not
    end it."""
    loop = Loop(poller)
    asyncio.set_event_loop(loop)
    poller.attach(loop)
    while True:
        try:
            loop.run_forever()
        except BaseException as raised:
            if poller.is_lost():
                return
            loop.call_exception_handler({"message": "the event loop goes on", "exception": raised})
            time.sleep(_REST_S)
