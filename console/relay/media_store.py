"""Files of processed media, named by the hash of what they show.

``media/ab/abcd…/1600.webp`` and its siblings, ``voice.m4a`` or ``video.mp4`` beside them.
Knows no reader: who may see a file is decided by ``http_media`` from the database.  A folder
goes when no medium needs it.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from console.media.jobs import LONG_SIDES, ORIGINAL_NAMES, SUFFIXES

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FRESH = ".new"


class MediaStore:
    """The folder ``media`` of one relay.

    Attributes:
        lock: held between adopting files and committing the row that needs them, and while
            files are removed, so that neither undoes the other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.lock = asyncio.Lock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(folder / _FRESH, ignore_errors=True)
        (folder / _FRESH).mkdir(mode=0o700)

    def fresh_folder(self) -> Path:
        """An empty folder for the files of one medium."""
        folder = self._folder / _FRESH / uuid.uuid4().hex
        folder.mkdir(mode=0o700)
        return folder

    def place(self, sha256: str) -> Path:
        """Where the files of a hash lie."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / sha256

    def file(self, sha256: str, long_side: int, suffix: str) -> Path:
        """One rendition; it may be gone."""
        if long_side not in LONG_SIDES or suffix not in SUFFIXES:
            raise ValueError("no such rendition")
        return self.place(sha256) / f"{long_side}.{suffix}"

    def original(self, sha256: str, mime: str) -> Path | None:
        """The file of a voice message or video, ``None`` of a photo; it may be gone."""
        name = ORIGINAL_NAMES.get(mime)
        return None if name is None else self.place(sha256) / name

    async def adopt(self, fresh: Path, sha256: str) -> None:
        """Take finished renditions in, durably; call under ``lock``."""
        await asyncio.to_thread(self._adopt, fresh, sha256)

    def _adopt(self, fresh: Path, sha256: str) -> None:
        place = self.place(sha256)
        if place.exists():
            shutil.rmtree(fresh)
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(fresh)
        fresh.rename(place)
        _sync_folder(place.parent)
        _sync_folder(self._folder)

    async def remove(self, hashes: Iterable[str]) -> None:
        """Delete the files of these hashes; call under ``lock``."""
        for sha256 in hashes:
            await asyncio.to_thread(shutil.rmtree, self.place(sha256), ignore_errors=True)

    async def sweep(self, in_use: set[str]) -> int:
        """Delete every folder whose hash is not in use; how many.  Call under ``lock``."""
        stray = await asyncio.to_thread(lambda: [each for each in self._stored()
                                                 if each not in in_use])  # fmt: skip
        await self.remove(stray)
        return len(stray)

    def _stored(self) -> Iterator[str]:
        for group in self._folder.iterdir():
            if len(group.name) == 2:
                yield from (each.name for each in group.iterdir() if _SHA256.fullmatch(each.name))


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows does that by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
