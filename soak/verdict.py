"""What a campaign of faults found."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one campaign.

    Attributes:
        name: of the fault.
        count: how often it struck.
        seed: repeats the campaign's choices (the machine's timing stays its own).
        wrong: one sentence per thing lost, doubled or told differently; empty is good.
        facts: figures beside it.
        seconds: how long it took.
    """

    name: str
    count: int
    seed: int
    wrong: list[str]
    facts: dict[str, Any] = {}
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Nothing was wrong."""
        return not self.wrong


@dataclass(slots=True)
class Watch:
    """A stopwatch; ``seconds`` stands once its block is left."""

    seconds: float = 0.0


@contextlib.contextmanager
def timed() -> Iterator[Watch]:
    """Time a block."""
    watch, start = Watch(), time.monotonic()
    try:
        yield watch
    finally:
        watch.seconds = round(time.monotonic() - start, 1)
