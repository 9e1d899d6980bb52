"""Reading a file as asynchronous code does.

Not here: which file it is (`uploads.py`, `api/multipart.py`).
"""


class AsyncFile:
    """Reads what stands in `file`, a binary file of Python's. It does not wait: the file is here."""

    async def read(self, size=-1):
        """The next bytes; all that are left unless `size` says how many."""
        return self.file.read(size)

    async def seek(self, offset):
        """Goes on reading at that position."""
        self.file.seek(offset)

    async def close(self):
        """Ends reading; a file that was opened for it is gone then."""
        self.file.close()
