"""`rx.upload_files_chunk`: files that a background handler reads piece by piece.

The server has the files as a whole before the handler begins; what is saved is the memory for them.
Not here: files as a whole (`uploads.py`).
"""

import dataclasses

from reflex.uploads import UploadFile, upload_files

# How much of a file a piece has, in bytes.
_PIECE_BYTES = 1 << 18


def upload_files_chunk(upload_id=None, on_upload_progress=None, extra_headers=None):
    """Stands for the pieces of the files chosen for an upload among a handler's arguments."""
    files = upload_files(upload_id, on_upload_progress, extra_headers)
    files.given = lambda sent: {"files": sent}
    return files


@dataclasses.dataclass(frozen=True, kw_only=True)
class UploadChunk:
    """A piece of a file, and where in the file it begins."""

    filename: str
    offset: int
    content_type: str
    data: bytes


@dataclasses.dataclass
class UploadChunkIterator:
    """The pieces of some files, one file after the other: `async for chunk in chunks`."""

    files: list[UploadFile]

    def __post_init__(self):
        self._pieces = _pieces(self.files)

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self._pieces.__anext__()


async def _pieces(files):
    for file in files:
        offset = 0
        while data := await file.read(_PIECE_BYTES):
            yield UploadChunk(
                filename=file.filename,
                offset=offset,
                content_type=file.content_type,
                data=data,
            )
            offset += len(data)
        await file.close()
