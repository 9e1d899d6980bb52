"""`socket.socket.recvmsg_into`, which RustPython 0.6.0 lacks.

trio cannot be imported without it, nor then what imports trio if it is there (httpcore, httpx).
"""


def mend(socket):
    """Adds the method to `socket.socket`, if `recvmsg` is there and it is not."""
    if hasattr(socket.socket, "recvmsg") and not hasattr(socket.socket, "recvmsg_into"):
        socket.socket.recvmsg_into = recvmsg_into


def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
    """Receives into `buffers`; the number of bytes, ancillary data, flags and address."""
    views = [memoryview(buffer).cast("B") for buffer in buffers]
    if any(view.readonly for view in views):
        raise TypeError("recvmsg_into() argument 1 must be an iterable of read-write buffers")
    length = sum(len(view) for view in views)
    data, ancillary, message_flags, address = self.recvmsg(length, ancbufsize, flags)
    start = 0
    for view in views:
        part = data[start : start + len(view)]
        view[: len(part)] = part
        start += len(part)
    return len(data), ancillary, message_flags, address
