"""Phones of the shop's own people, for screens over a memory desk."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.segments import SegmentMember


class MemoryTrials:
    """``TrialsPort``; ``sent`` is what went where, ``failure`` is raised instead."""

    def __init__(self) -> None:
        self.may_choose = True
        self.own: list[int] = []
        self.sent: list[tuple[str, tuple[int, ...]]] = []
        self.failure: Exception | None = None

    async def phones(self) -> tuple[SegmentMember, ...]:
        return tuple(SegmentMember(member_id=each, name=f"会员{each}") for each in self.own)

    async def choose(self, member_ids: Sequence[int]) -> None:
        if self.failure is not None:
            raise self.failure
        self.own = list(member_ids)

    async def send(self, client_id: str, member_ids: Sequence[int]) -> int:
        if self.failure is not None:
            raise self.failure
        self.sent.append((client_id, tuple(member_ids)))
        return len(member_ids)
