"""What went wrong, as a code that the screens have a sentence for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from console.sync.http import Offline

T = TypeVar("T")


class NoLine(Exception):  # noqa: N818 - a state, not an error
    """The relay cannot be reached just now."""

    code = "offline"


async def coded(work: Awaitable[T]) -> T:
    """Await something; a missing line comes out with a code."""
    try:
        return await work
    except Offline as missing:
        raise NoLine from missing
