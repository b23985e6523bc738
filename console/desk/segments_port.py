"""What the screens may call about segments.  ``desk.segments.SegmentsDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from console.desk.segment_facts import SegmentChoices
from console.desk.segments import (
    ImportedList,
    SavedSegment,
    SegmentCount,
    SegmentMember,
)
from console.domain.segments import Rule


class SegmentsPort(Protocol):
    """Segments, kept, counted and said in words, also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after saved segments may have changed; returns what ends that."""
        ...

    def on_stale(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after something came in that a count may rest on."""
        ...

    async def saved(self) -> list[SavedSegment]:
        """All of them, by name."""
        ...

    async def save(
        self, *, client_id: str = "", name: str | None = None, rule: Rule | None = None,
        base_rev: int = 0,
    ) -> str:  # fmt: skip
        """Make one ("") or change what is named; returns its ``client_id``."""
        ...

    async def import_phones(self, name: str, phones: Sequence[str]) -> ImportedList:
        """Keep the members with these numbers as a segment."""
        ...

    async def duplicate(self, client_id: str, name: str) -> str:
        """The same rule under another name; returns the copy's ``client_id``."""
        ...

    async def remove(self, client_id: str) -> None:
        """Keep it no longer; refused while others use it."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        ...

    async def count(self, rule: Rule) -> SegmentCount | None:
        """How many members the rule means; ``None``: a newer question took this one's place."""
        ...

    async def members(
        self, rule: Rule, *, after: int = 0, limit: int = 50
    ) -> tuple[SegmentMember, ...]:
        """Who they are, page by page: those behind the member ``after``."""
        ...

    async def choices(self) -> SegmentChoices:
        """What rules may name here."""
        ...

    async def find(self, query: str) -> tuple[SegmentMember, ...]:
        """Members that a query may mean, at most 30."""
        ...

    async def sentence(self, rule: Rule, language: str) -> str:
        """The rule as one plain sentence, in ``zh`` or ``en``."""
        ...
