"""Rows of ``question_answer``: how they are counted, and what takes them away or hands them over.

One row per campaign and member; ``counts["answered"]`` of the campaign is how many rows there
are, in every commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from console.domain import audiences
from console.relay.journal import Answers, NotedAnswer
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import QuestionAnswerRow


def count(tx: Transaction, steps: Mapping[int, int]) -> None:
    """So many answers more, by campaign."""
    rows = reading.by_ids(tx.connection, tables.campaign, list(steps))
    tx.update(tables.campaign, [
        {"id": row.id, "counts": audiences.moved(row.counts, {"answered": steps[row.id]})}
        for row in rows.values() if steps[row.id]
    ])  # fmt: skip


def withdraw(tx: Transaction, message_id: int) -> None:
    """Her words were taken back, and are no answer any more."""
    table = tables.question_answer
    drop(tx, reading.fetch(tx.connection, table, table.c.message_id == message_id))


def forget_member(tx: Transaction, member_id: int) -> None:
    """She is erased: what she answered is counted no more."""
    table = tables.question_answer
    drop(tx, reading.fetch(tx.connection, table, table.c.member_id == member_id))


def drop(tx: Transaction, rows: Sequence[QuestionAnswerRow]) -> None:
    """These answers are gone."""
    for row in rows:
        tx.delete(tables.question_answer, [row.id], ["campaigns", f"self/{row.member_id}"])
    lost = Counter(row.campaign_id for row in rows)
    count(tx, {campaign_id: -many for campaign_id, many in lost.items()})


# --- two members become one, and two again --------------------------------------------------------


def hand_over(tx: Transaction, gone: int, keep: int) -> Answers:
    """Give ``keep`` the other's answers; of two to one campaign the newer stands."""
    table = tables.question_answer
    theirs, hers = (
        reading.fetch(tx.connection, table, table.c.member_id == who) for who in (gone, keep)
    )
    there = {row.campaign_id: row for row in hers}
    moved: list[QuestionAnswerRow] = []
    lost: list[QuestionAnswerRow] = []
    for row in theirs:
        other = there.get(row.campaign_id)
        newer = other is None or (row.at, row.id) > (other.at, other.id)
        if newer:
            moved.append(row)
        if other is not None:
            lost.append(other if newer else row)
    drop(tx, lost)
    tx.update(table, [{"id": row.id, "member_id": keep} for row in moved])
    return Answers(moved=[_noted(row) for row in moved], lost=[_noted(row) for row in lost])


def _noted(row: QuestionAnswerRow) -> NotedAnswer:
    return NotedAnswer(
        id=row.id, campaign_id=row.campaign_id, member_id=row.member_id, choice=row.choice,
        message_id=row.message_id, bucket=row.bucket, at=row.at, revised=row.revised,
    )  # fmt: skip


def give_back(
    tx: Transaction, kept: Answers, later: Sequence[Answers], members: tuple[int, int]
) -> None:
    """Two again; ``members``: who had taken in whom.  What she answered since stays hers.

    ``later`` merges into the same member are told what they will have to give back instead.
    """
    keep, gone = members
    table = tables.question_answer
    noted = {one.id: one for one in kept.moved}
    still = reading.fetch(
        tx.connection, table, one_of(tx.connection, table.c.id, noted), table.c.member_id == keep
    )
    back = [row.id for row in still if _same(_noted(row), noted[row.id])]
    tx.update(table, [{"id": row_id, "member_id": gone} for row_id in back])
    tx.bury(table, back, [f"self/{keep}"])
    theirs = [
        replace(one, member_id=gone) for each in later for one in _taken_out(each, noted)
    ]  # fmt: skip
    _restore(tx, [*theirs, *kept.lost], later)


def _same(now: NotedAnswer, then: NotedAnswer) -> bool:
    """Whether she said nothing since."""
    return (now.at, now.choice, now.message_id) == (then.at, then.choice, then.message_id)


def _taken_out(later: Answers, noted: Collection[int]) -> list[NotedAnswer]:
    """Of those a later merge dropped, the ones that an earlier had brought; it forgets them."""
    found = [one for one in later.lost if one.id in noted]
    later.lost = [one for one in later.lost if one.id not in noted]
    return found


def _restore(tx: Transaction, lost: Sequence[NotedAnswer], later: Sequence[Answers]) -> None:
    """Those that had not stood, unless their words were taken back or others stand now."""
    table = tables.question_answer
    ids = [one.message_id for one in lost if one.message_id is not None]
    said = {
        row.id: row.body.strip()
        for row in reading.by_ids(tx.connection, tables.message, ids).values()
        if row.recalled_at is None
    }  # fmt: skip
    rows: list[dict[str, Any]] = []
    for one in lost:
        if one.choice is None and one.message_id not in said:
            continue
        stands = reading.one(
            tx.connection, table, table.c.campaign_id == one.campaign_id,
            table.c.member_id == one.member_id,
        )  # fmt: skip
        if stands is None:
            rows.append({**asdict(one), "text": said.get(one.message_id or 0, "")})
        elif after := next((each for each in later if _brought(each, stands.id)), None):
            after.lost.append(one)
    tx.insert(table, rows)
    count(tx, Counter(row["campaign_id"] for row in rows))


def _brought(later: Answers, row_id: int) -> bool:
    return any(one.id == row_id for one in later.moved)
