"""Media as files: fetched once, the least recently shown go when the disk share is full.

What was taken back goes at once; files that could not be deleted (in use on Windows) stay
in the replica's trash and are tried again.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from pathlib import Path

from console.store import media_index
from console.store.replica import Replica
from console.sync.http import Offline, RelayHttp
from console.sync.workers import Workers
from console.wire.errors import Refusal

LIMIT_BYTES = 500_000_000
ORIGINAL = 0
"""Stands for a long side: the voice message or the video itself."""


class MediaCache:
    """Cached renditions of one station in ``folder``."""

    def __init__(
        self, folder: Path, http: RelayHttp, workers: Workers, limit_bytes: int = LIMIT_BYTES
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._http = http
        self._workers = workers
        self._limit_bytes = limit_bytes
        self._fetching: dict[tuple[int, int], asyncio.Task[Path | None]] = {}

    async def get(self, replica: Replica, media_id: int, long_side: int) -> Path | None:
        """A file of the medium, ``ORIGINAL`` or a rendition; ``None`` offline, refused or gone."""
        path = self._path(media_id, long_side)
        known = await self._workers.write(media_index.used, replica, media_id, long_side)
        if known and path.exists():
            return path
        key = (media_id, long_side)
        task = self._fetching.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(
                self._fetch(replica, media_id, long_side), name="media"
            )
            self._fetching[key] = task
            task.add_done_callback(lambda _task: self._fetching.pop(key, None))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Give up what is being fetched."""
        tasks = list(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def empty_trash(self, replica: Replica) -> None:
        """Delete files of media that were taken back (in the writer's thread)."""
        for media_id in media_index.trash(replica):
            try:
                self._unlink(media_id)
            except OSError:
                continue
            media_index.trashed(replica, media_id)

    def clear(self) -> None:
        """Delete every file: another history gives other photos the same numbers."""
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)

    def _path(self, media_id: int, long_side: int) -> Path:
        # Players look at the name too; both kinds are MP4.
        name = "0.mp4" if long_side == ORIGINAL else str(long_side)
        return self._folder / f"{media_id}-{name}"

    def _unlink(self, media_id: int) -> None:
        for path in self._folder.glob(f"{media_id}-*"):
            path.unlink(missing_ok=True)

    async def _fetch(self, replica: Replica, media_id: int, long_side: int) -> Path | None:
        try:
            if long_side == ORIGINAL:
                data = await self._http.media_file(media_id)
            else:
                data = await self._http.media(media_id, long_side)
        except (Offline, Refusal):
            return None
        return await self._workers.write(self._keep, replica, media_id, long_side, data)

    def _keep(self, replica: Replica, media_id: int, long_side: int, data: bytes) -> Path | None:
        if not media_index.wanted(replica, media_id):
            return None  # taken back while it was being fetched
        path = self._path(media_id, long_side)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - replaces on every system
        dropped = media_index.added(replica, media_id, long_side, len(data), self._limit_bytes)
        self._drop(dropped)
        return path

    def _drop(self, files: Collection[tuple[int, int]]) -> None:
        for media_id, side in files:
            self._path(media_id, side).unlink(missing_ok=True)
