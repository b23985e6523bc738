"""What of a file is made here before it is uploaded: voice and the look of a video at once,
the small video itself when its turn comes.

Nothing is decoded in this process: a ``Workshop`` (of ``console.media``, handed in by whoever
opens the station) has a limited child process for that.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from console.domain.photo_shapes import Shape
from console.store.outbox_upload import Upload
from console.sync.uploads import check_is_file

_POSTER = "480.jpg"
VIDEO_MIME = "video/mp4"


class Facts(Protocol):
    """What a workshop tells of what it made; ``file`` is its name in the target folder."""

    @property
    def mime(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def blurhash(self) -> str: ...
    @property
    def duration_ms(self) -> int: ...
    @property
    def waveform(self) -> str: ...
    @property
    def file(self) -> str: ...


class Workshop(Protocol):
    """Makes files small and tells about them; every method raises ``Refusal``."""

    async def take(self, source: Path, target: Path) -> Facts | None:
        """A voice message into ``target``; ``None``: it is a video."""
        ...

    async def look(self, source: Path, target: Path) -> Facts:
        """The poster of a video into ``target``, and what is known of it."""
        ...

    async def film(self, source: Path, target: Path, show: Callable[[float], None]) -> Facts:
        """A small video into ``target``; cancelling ends the work at once."""
        ...

    async def shape(self, source: Path, target: Path, shape: Shape, side: int) -> Facts:
        """A photo turned and cut, as a JPEG in ``target``, at most ``side`` pixels long."""
        ...

    async def close(self) -> None:
        """End the child processes."""
        ...


async def recording(workshop: Workshop, folder: Path, copy: Upload) -> Upload:
    """What becomes of a copied file that is no photo: a finished voice, or a video to be made.

    The copy is deleted when it is refused.  Raises ``Refusal`` and ``OSError``.
    """
    source = folder / copy.path
    try:
        async with _scratch(folder, copy.client_id) as target:
            facts = await workshop.take(source, target)
            if facts is None:
                return await _seen(workshop, source, target, copy)
            return await asyncio.to_thread(_adopted, copy, facts, target / facts.file, source)
    except BaseException:
        source.unlink(missing_ok=True)
        raise


async def _seen(workshop: Workshop, source: Path, target: Path, copy: Upload) -> Upload:
    facts = await workshop.look(source, target)
    poster = source.with_name(f"{copy.path}.jpg")
    (target / _POSTER).replace(poster)
    return msgspec.structs.replace(
        copy, mime=VIDEO_MIME, width=facts.width, height=facts.height, blurhash=facts.blurhash,
        duration_ms=facts.duration_ms, poster=poster.name, raw=True,
    )  # fmt: skip


async def preview(workshop: Workshop, folder: Path, source: Path) -> tuple[Facts, bytes]:
    """Facts of a photo or video that is not sent yet, and a small JPEG of it (b"" of a voice).

    ``folder`` is for what is made on the way; nothing stays there.  Raises ``Refusal`` (it could
    not be sent) and ``OSError``.
    """
    await asyncio.to_thread(check_is_file, source)
    async with _scratch(folder, f"look-{uuid.uuid4().hex}") as target:
        facts = await workshop.take(source, target)
        if facts is None:
            facts = await workshop.look(source, target)
        small = target / _POSTER
        return facts, await asyncio.to_thread(small.read_bytes) if small.exists() else b""


async def shaped(workshop: Workshop, folder: Path, source: Path, shape: Shape, side: int) -> bytes:
    """A JPEG of a photo turned and cut, at most ``side`` pixels long; nothing stays in ``folder``.

    Raises ``Refusal`` and ``OSError``.
    """
    await asyncio.to_thread(check_is_file, source)
    async with _scratch(folder, f"shape-{uuid.uuid4().hex}") as target:
        facts = await workshop.shape(source, target, shape, side)
        return await asyncio.to_thread((target / facts.file).read_bytes)


async def small(
    workshop: Workshop, folder: Path, upload: Upload, show: Callable[[float], None]
) -> Upload:
    """The small video of a raw one, beside it; ``show`` hears 0..1.

    Raises ``Refusal``, ``OSError`` and, when our copy is gone, ``FileNotFoundError``.
    """
    source = folder / upload.path
    if not source.exists():
        raise FileNotFoundError(source)
    made = folder / f"{upload.client_id}.mp4"
    async with _scratch(folder, upload.client_id) as target:
        facts = await workshop.film(source, target, show)
        upload = msgspec.structs.replace(upload, path=made.name, raw=False)
        return await asyncio.to_thread(_adopted, upload, facts, target / facts.file, made)


@asynccontextmanager
async def _scratch(folder: Path, name: str) -> AsyncIterator[Path]:
    """An empty folder that is gone afterwards, whatever an earlier attempt left in it."""
    target = folder / f"{name}.making"
    await asyncio.to_thread(shutil.rmtree, target, ignore_errors=True)
    target.mkdir(mode=0o700)
    try:
        yield target
    finally:
        await asyncio.to_thread(shutil.rmtree, target, ignore_errors=True)


def _adopted(upload: Upload, facts: Facts, made: Path, place: Path) -> Upload:
    os.replace(made, place)  # noqa: PTH105 - replaces on every system
    return msgspec.structs.replace(
        upload, mime=facts.mime, size=facts.size, width=facts.width, height=facts.height,
        duration_ms=facts.duration_ms, waveform=facts.waveform,
        blurhash=facts.blurhash or upload.blurhash,
    )  # fmt: skip
