"""Answers to a campaign's question, grouped by what the shop sells and corrected by hand.

Everything is answered by the replica, also offline.  Sorting shows at once and waits in the
outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from console.desk.answer_types import Answer, AnswerGroup, AnswersReport
from console.domain import answers as domain
from console.domain import questions
from console.store import overlay_answers, replica_answers
from console.store.outbox import Entry
from console.store.overlay_answers import Sorting
from console.store.replica import Connection
from console.store.replica_answers import AnswerFacts
from console.wire.campaign_rows import CampaignRow
from console.wire.commands import RenameBucket, SortAnswers

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

SCOPE: Final = "campaigns"
_TABLES: Final = frozenset({"question_answer", "campaign", "member", "product", "outbox"})
_AT_ONCE: Final = 64
"""How many answers one command may name."""


class AnswersDesk:
    """``AnswersPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after answers may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def report(self, campaign_id: int) -> AnswersReport | None:
        """How its question stands; ``None``: it asks nothing."""
        entries = self._station.outbox.entries
        return await self._station.read(report_of, campaign_id, entries)

    async def move(self, client_id: str, ids: Sequence[int], bucket: str) -> None:
        """Put answers of a campaign into a bucket; "": where their words belong."""
        name = questions.tidy(bucket)[: questions.MAX_BUCKET_CHARS]
        for some in _in_parts(ids):
            await self._queue(SortAnswers(client_id=client_id, ids=some, bucket=name))

    async def rename(self, client_id: str, bucket: str, to: str) -> None:
        """Give a bucket another name; one that is there takes it in."""
        name = questions.tidy(to)[: questions.MAX_BUCKET_CHARS]
        if name and name != bucket:
            await self._queue(RenameBucket(client_id=client_id, bucket=bucket, to=name))

    async def discard(self, entry: int) -> None:
        """Give up a refused step and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    async def _queue(self, command: SortAnswers | RenameBucket) -> None:
        key = command.client_id
        lane = overlay_answers.lane(key)
        await self._inbox.outgoing.queue(command, lane=lane, scope=SCOPE, key=key)


def _in_parts(ids: Sequence[int]) -> list[list[int]]:
    return [list(ids[first : first + _AT_ONCE]) for first in range(0, len(ids), _AT_ONCE)]


def report_of(db: Connection, campaign_id: int, entries: Sequence[Entry]) -> AnswersReport | None:
    """How the question of a campaign stands; ``None``: it asks nothing."""
    first = replica_answers.first_of(db, campaign_id)
    if first is None:
        return None
    found = replica_answers.of_campaign(db, first.id)
    if first.content.question is None and not found:
        return None
    vocabulary = domain.Vocabulary.of(replica_answers.categories(db))
    return made(first, found, vocabulary, entries, replica_answers.reached(db, first))


def made(
    first: CampaignRow, found: Sequence[AnswerFacts], vocabulary: domain.Vocabulary,
    entries: Sequence[Entry], asked: int,
) -> AnswersReport:  # fmt: skip
    """The report out of rows and what waits for them."""
    rows = [each.row for each in found]
    sorting = overlay_answers.laid_over(first.client_id, rows, first.buckets, first.rev, entries)
    spoken = [each for each in found if each.row.choice is None]
    said = [(each.row.text, sorting.buckets[each.row.id]) for each in spoken]
    grouped = domain.sort_answers(said, vocabulary, sorting.names)
    question, failed = first.content.question, sorting.failed
    return AnswersReport(
        client_id=first.client_id, campaign_id=first.id, title=first.title, asked=asked,
        text=question.text if question is not None else "", answered=len(found),
        free_text=bool(spoken) or (question is not None and question.free_text),
        choices=_choices(question.choices if question is not None else (), found),
        buckets=tuple(_bucket(f"bucket/{name}", name, spoken, places, sorting)
                      for name, places in grouped.buckets),
        unsorted=_bucket("unsorted", "", spoken, grouped.unsorted, sorting),
        recalled=first.recalled_at is not None, waiting=sorting.waiting,
        failure=failed.code if failed is not None else "",
        parameters=failed.parameters if failed is not None else {},
        entry=failed.position if failed is not None else 0,
    )  # fmt: skip


def _choices(labels: Sequence[str], found: Sequence[AnswerFacts]) -> tuple[AnswerGroup, ...]:
    """In the question's order; once it was taken back only those that somebody chose."""
    chosen: dict[int, list[Answer]] = {place: [] for place in range(len(labels))}
    for each in found:
        if each.row.choice is not None:
            chosen.setdefault(each.row.choice, []).append(_answer(each))
    return tuple(
        AnswerGroup(key=f"choice/{place}", name=labels[place] if place < len(labels) else "",
                    answers=tuple(chosen[place]))
        for place in sorted(chosen)
    )  # fmt: skip


def _bucket(
    key: str, name: str, spoken: Sequence[AnswerFacts], places: Sequence[int], sorting: Sorting
) -> AnswerGroup:
    answers = (spoken[place] for place in places)
    return AnswerGroup(
        key=key, name=name,
        answers=tuple(_answer(each, by_hand=bool(sorting.buckets[each.row.id]))
                      for each in answers),
    )  # fmt: skip


def _answer(facts: AnswerFacts, *, by_hand: bool = False) -> Answer:
    row = facts.row
    return Answer(
        id=row.id, member_id=row.member_id, name=facts.name, phone=facts.phone, tier=facts.tier,
        text=row.text, at=row.at, revised=row.revised, by_hand=by_hand,
    )  # fmt: skip
