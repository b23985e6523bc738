"""Notes that were begun and not added, on this computer only.

They are no drafts: a draft stands in the reply box of the other console, ready to be sent to
the member.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec


class BegunNotes:
    """Words by conversation, in one small file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._words: dict[int, str] | None = None
        self._lock = asyncio.Lock()

    async def read(self, conversation_id: int) -> str:
        """What was begun there, "" when nothing was."""
        async with self._lock:
            return (await self._known()).get(conversation_id, "")

    async def keep(self, conversation_id: int, words: str) -> None:
        """Keep it until it is added; "" forgets it.  Raises ``OSError``."""
        async with self._lock:
            known = await self._known()
            if known.get(conversation_id, "") == words:
                return
            changed = {**known, conversation_id: words}
            self._words = {each: text for each, text in changed.items() if text}
            await asyncio.to_thread(_save, self._file, self._words)

    async def forget_gone(self, existing: Callable[[list[int]], Awaitable[set[int]]]) -> None:
        """Forget what was begun about conversations that ``existing`` no longer names."""
        async with self._lock:
            known = await self._known()
            gone = set(known) - await existing(list(known)) if known else set()
            if gone:
                self._words = {each: text for each, text in known.items() if each not in gone}
                await asyncio.to_thread(_save, self._file, self._words)

    async def _known(self) -> dict[int, str]:
        if self._words is None:
            self._words = await asyncio.to_thread(_load, self._file)
        return self._words


def _load(file: Path) -> dict[int, str]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[int, str])
    except (OSError, msgspec.DecodeError):
        return {}


def _save(file: Path, words: dict[int, str]) -> None:
    beside = file.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(words))
    beside.replace(file)
