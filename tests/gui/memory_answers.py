"""Answers of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from console.desk.answer_types import AnswersReport
from console.desk.answers import made
from console.domain.answers import Vocabulary
from console.store.overlay_answers import renamed
from console.store.replica_answers import AnswerFacts
from console.wire.campaign_rows import (
    CampaignContent,
    CampaignRow,
    QuestionAnswerRow,
    QuestionTerms,
)

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)


class MemoryAnswers:
    """``AnswersPort`` over rows; ``asked`` ``None``: the campaign asks nothing."""

    def __init__(self) -> None:
        self.asked: QuestionTerms | None = None
        self.categories = ["外套", "连衣裙", "裤子"]
        self.rows: dict[int, QuestionAnswerRow] = {}
        self.names: dict[str, str] = {}
        self.members: dict[int, str] = {}
        self.calls: list[tuple[object, ...]] = []
        self._listeners: list[Callable[[], None]] = []

    def answer(self, member: str, said: str | int) -> int:
        """Somebody answers."""
        number = len(self.rows) + 1
        fact: dict[str, object] = {"choice": said} if isinstance(said, int) else {"text": said}
        self.rows[number] = QuestionAnswerRow(
            id=number,
            rev=number,
            campaign_id=1,
            member_id=number,
            at=AT + timedelta(minutes=number),
            **fact,  # type: ignore[arg-type]
        )
        self.members[number] = member
        self.tell()
        return number

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    async def report(self, campaign_id: int) -> AnswersReport | None:
        await asyncio.sleep(0)
        if self.asked is None:
            return None
        content = CampaignContent(question=self.asked)
        row = CampaignRow(id=campaign_id, rev=1, shop_id=1, client_id="asks", title="周三提问",
                          content=content, buckets=self.names, at=AT)  # fmt: skip
        facts = [
            AnswerFacts(row=each, name=self.members[each.member_id], phone="138****6021",
                        tier="gold")
            for each in sorted(self.rows.values(), key=lambda row: -row.id)
        ]  # fmt: skip
        return made(row, facts, Vocabulary.of(self.categories), [], 120)

    async def move(self, client_id: str, ids: Sequence[int], bucket: str) -> None:
        await asyncio.sleep(0)
        self.calls.append(("move", tuple(sorted(ids)), bucket))
        for key in ids:
            self._put(key, bucket)
        self.tell()

    async def rename(self, client_id: str, bucket: str, to: str) -> None:
        await asyncio.sleep(0)
        self.calls.append(("rename", bucket, to))
        self.names = renamed(self.names, bucket, to)
        for key, row in self.rows.items():
            if row.bucket == bucket:
                self._put(key, to)
        self.tell()

    def _put(self, key: int, bucket: str) -> None:
        self.rows[key] = msgspec.structs.replace(self.rows[key], bucket=bucket)

    async def discard(self, entry: int) -> None:
        self.calls.append(("discard", entry))
