"""Media on their way: our own copy of each file, and its resumable upload.

A file is copied beside the outbox before its message is queued, so the original may vanish.
Nothing is decoded here beyond a photo's header for the bubble's size; what a file really is
the relay decides.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import stat
import struct
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from console.store.outbox import Upload
from console.sync.http import HttpRefusal, Offline, RelayHttp
from console.wire.errors import Code, Refusal

CHUNK_BYTES = 1024 * 1024
MAX_BYTES = 200_000_000
"""Largest file that is copied at all: a video as it was filmed."""
ASK_EVERY_S = 1.0
"""How often the relay is asked about a video that it is making."""
_ON_THE_LINE = 0.7
"""Share of a video's progress that is the way to the relay; the rest is the relay's work."""
_UNKNOWN_MIME = "application/octet-stream"
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""Whose headers are read here; HEIC is told by its first bytes, the rest is no photo."""
_UNREADABLE = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, RuntimeError,
    ArithmeticError, MemoryError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


def keep_copies(
    folder: Path, files: Sequence[Path | bytes], new_id: Callable[[], str]
) -> tuple[Upload, ...]:
    """Copy files into ``folder`` durably; all of them or none.

    Raises ``OSError`` and ``Refusal`` (``upload.too_large``).
    """
    kept: list[Upload] = []
    try:
        for file in files:
            client_id = new_id()
            kept.append(Upload(client_id=client_id, path=client_id, mime="", size=0))
            size = copy_durably(folder / client_id, file)
            mime, width, height = _look(folder / client_id)
            kept[-1] = Upload(client_id=client_id, path=client_id, mime=mime, size=size,
                              width=width, height=height)  # fmt: skip
    except BaseException:
        for upload in kept:
            (folder / upload.path).unlink(missing_ok=True)
        raise
    return tuple(kept)


def is_recording(upload: Upload) -> bool:
    """Whether a kept copy is no photo, as far as its header tells."""
    return not upload.mime.startswith("image/")


def too_large() -> Refusal:
    """No file of that size is sent at all."""
    limits = {"megabytes": MAX_BYTES // 1_000_000, "megapixels": 50}
    return Refusal(Code.UPLOAD_TOO_LARGE, limits)


def copy_durably(place: Path, content: Path | bytes) -> int:
    """Write a copy that survives a power cut; returns its size in bytes.

    Raises ``OSError`` (also of what is no file: a pipe would be waited for) and ``Refusal``
    (``upload.too_large``).
    """
    if isinstance(content, Path):
        check_is_file(content)
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > MAX_BYTES:
        raise too_large()
    with place.open("wb") as copy:
        if isinstance(content, bytes):
            copy.write(content)
        else:
            with content.open("rb") as original:
                shutil.copyfileobj(original, copy, CHUNK_BYTES)
        copy.flush()
        os.fsync(copy.fileno())
    return place.stat().st_size


def check_is_file(place: Path) -> None:
    """Raises ``OSError`` when it is missing, or a folder, a pipe, a socket or a device."""
    if not stat.S_ISREG(place.stat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(place))


def _look(file: Path) -> tuple[str, int, int]:
    """Type and size as the header tells; zeros when it cannot be read here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _header(file)
    except _UNREADABLE:
        with file.open("rb") as stream:
            head = stream.read(12)
        is_heic = head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"msf1"}
        return ("image/heic" if is_heic else _UNKNOWN_MIME), 0, 0


def _header(file: Path) -> tuple[str, int, int]:
    with Image.open(file, formats=_FORMATS) as image:
        width, height = image.size
        # A PNG's own method would decode all of it to look behind the pixels.
        if Image.Image.getexif(image).get(0x0112, 1) in {5, 6, 7, 8}:
            width, height = height, width
        return Image.MIME.get(image.format or "", _UNKNOWN_MIME), width, height


class _Answer(msgspec.Struct, frozen=True):
    """Of the relay about an upload; ``progress``: every byte is there, it makes the video."""

    offset: int = 0
    progress: float | None = None
    media: dict[str, Any] | None = None


async def send(
    http: RelayHttp, folder: Path, upload: Upload, on_progress: Callable[[float], None]
) -> None:
    """Bring a file to the relay, going on where an earlier attempt stopped, until it is a medium.

    Raises ``Offline`` (go on later), ``Refusal`` (the relay does not want it) and
    ``FileNotFoundError``.
    """
    data = await asyncio.to_thread((folder / upload.path).read_bytes)
    line = _ON_THE_LINE if upload.mime.startswith("video/") else 1.0
    description = {"client_id": upload.client_id, "size": upload.size, "mime": upload.mime}
    answer = _understood(await http.json("POST", "/api/uploads", description))
    while answer.media is None:
        if answer.progress is not None:
            on_progress(line + (1.0 - line) * answer.progress)
            await asyncio.sleep(ASK_EVERY_S)
            answer = _understood(await http.json("GET", f"/api/uploads/{upload.client_id}"))
            continue
        chunk = data[answer.offset : answer.offset + CHUNK_BYTES]
        answer = await _send_chunk(http, upload, answer.offset, chunk)
        on_progress(line * answer.offset / upload.size if upload.size else 1.0)


def _understood(answer: object) -> _Answer:
    try:
        return msgspec.convert(answer, _Answer)
    except msgspec.ValidationError as error:
        raise Offline("not a relay's answer") from error


async def _send_chunk(http: RelayHttp, upload: Upload, offset: int, chunk: bytes) -> _Answer:
    """What the relay answers; where to go on when it knows better."""
    path = f"/api/uploads/{upload.client_id}"
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    try:
        _, answer = await http.request("PATCH", path, chunk, headers)
    except HttpRefusal as refusal:
        if refusal.text_code != "upload.offset":
            raise
        known, _ = await http.request("HEAD", path)
        there = int(known.get("Upload-Offset", "0"))
        if there == offset:
            raise
        return _Answer(offset=there)
    try:
        return msgspec.json.decode(answer, type=_Answer)
    except msgspec.DecodeError as error:
        raise Offline("not a relay's answer") from error
