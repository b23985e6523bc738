"""What a merge of two members moved and changed, kept until it can no longer be taken back.

Ids and places, the rows the merge deleted, and the facts it changed; no message's words and
no preview, so that recalling a message reaches everything there is of it.  Drafts that were
joined and the members' facts do stand here: erasing a member drops her journals.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
from sqlalchemy import or_, select

from console.store import tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.rows import (
    ConversationRow,
    DraftRow,
    MemberMergeRow,
    MemberRow,
    MemberTagRow,
    ParticipantRow,
)


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a message stood: its seq and who its sender was."""

    id: int
    seq: int
    sender_id: int | None = None


class JoinedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose words went beside another one of the same staff member."""

    gone: DraftRow
    into: int
    beside: str
    """What stood beside that one before."""


class NotedAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer to a campaign's question as it was, without its words.

    Those stand in message ``message_id``, as long as she does not take it back.
    """

    id: int
    campaign_id: int
    member_id: int
    choice: int | None = None
    message_id: int | None = None
    bucket: str = ""
    at: datetime
    revised: bool = False


class Answers(msgspec.Struct, kw_only=True):
    """Answers to questions: which went along, and which, of either member, did not stand."""

    moved: list[NotedAnswer] = []
    lost: list[NotedAnswer] = []


class Thread(msgspec.Struct, kw_only=True):
    """The conversation that ended, and what of it went where.

    Attributes:
        into: the conversation that took it in; ``made``: only the merge made it.
        start: its last seq before; what was moved stands behind.
        was, became: it without its preview, before and after.
        gone: the row of the one that ended, without its preview.
    """

    into: int
    made: bool
    start: int
    was: ConversationRow
    became: ConversationRow
    gone: ConversationRow | None = None
    participants: list[ParticipantRow] = []
    messages: list[Place] = []
    notes: list[tuple[int, int]] = []
    """Id and ``after_seq``."""
    scheduled: list[tuple[int, str]] = []
    """Id and state."""
    waits: list[int] = []
    media: list[int] = []
    drafts: list[int] = []
    joined: list[JoinedDraft] = []


class Journal(msgspec.Struct, kw_only=True):
    """One merge.

    Attributes:
        rev: its commit; a draft that has it still stands as the merge left it.
        was, became: the member who was kept, before and after.
        gone: the other, before.
        rows: ids by table of the facts that were handed over.
        doubles: tags that both had.
        uploads: media the other owned.
        consent_id: the newest line of both ledgers then.
        granted: scopes that only the merge gave; ``taken``: those it took from the other.
    """

    rev: int
    was: MemberRow
    became: MemberRow
    gone: MemberRow
    thread: Thread
    rows: dict[str, list[int]]
    doubles: list[MemberTagRow]
    devices: list[int]
    uploads: list[int]
    consent_id: int
    granted: list[str]
    taken: list[str]
    answers: Answers = msgspec.field(default_factory=Answers)


def write(tx: Transaction, merge_id: int, journal: Journal) -> None:
    """Keep it."""
    tx.insert(tables.merge_journal, [{"merge_id": merge_id, "moved": msgspec.to_builtins(journal)}])


def read(tx: Transaction, merge_id: int) -> Journal | None:
    """The journal of a merge, ``None`` when it was dropped."""
    table = tables.merge_journal
    query = select(table.c.moved).where(table.c.merge_id == merge_id)
    moved = tx.connection.execute(query).scalar_one_or_none()
    return None if moved is None else msgspec.convert(moved, Journal)


def rewrite(tx: Transaction, merge_id: int, journal: Journal) -> None:
    """An earlier merge was taken back: this one's member was another one before."""
    table = tables.merge_journal
    tx.connection.execute(
        table.update()
        .where(table.c.merge_id == merge_id)
        .values(moved=msgspec.to_builtins(journal))
    )  # fmt: skip
    tx.note_write()


def drop(tx: Transaction, merge_ids: Collection[int]) -> None:
    """Keep nothing of these."""
    table = tables.merge_journal
    if merge_ids:
        tx.connection.execute(
            table.delete().where(one_of(tx.connection, table.c.merge_id, merge_ids))
        )
        tx.note_write()


def drop_older(tx: Transaction, kept: timedelta) -> None:
    """Forget what can no longer be taken back."""
    merge = tables.member_merge
    before: datetime = tx.now - kept
    query = select(merge.c.id).where(merge.c.at < before, merge.c.undone_at.is_(None))
    drop(tx, list(tx.connection.scalars(query)))


def merges_of(tx: Transaction, member_ids: Collection[int]) -> list[int]:
    """Every merge in which one of these members took part."""
    merge = tables.member_merge
    query = select(merge.c.id).where(
        or_(
            one_of(tx.connection, merge.c.keep_id, member_ids),
            one_of(tx.connection, merge.c.gone_id, member_ids),
        )
    )
    return list(tx.connection.scalars(query))


def later(tx: Transaction, row: MemberMergeRow) -> list[int]:
    """Standing merges into the same member after that one, in their order."""
    merge = tables.member_merge
    query = (
        select(merge.c.id)
        .where(merge.c.keep_id == row.keep_id, merge.c.id > row.id, merge.c.undone_at.is_(None))
        .order_by(merge.c.id)
    )
    return list(tx.connection.scalars(query))


# --- what a member or a conversation was before ---------------------------------------------------


class Changed(Protocol):
    """A row a merge changed: how it ``was`` and what it ``became``."""

    was: Any
    became: Any


def restored(
    changed: Changed, now: Any, groups: Sequence[Sequence[str]], kept: Collection[str],
    later: Sequence[Changed],
) -> dict[str, Any]:  # fmt: skip
    """Columns and the values they get back: those that stand as the merge left them.

    ``groups`` of columns only make sense together; those of ``kept`` stay.  A ``later`` merge
    that began with what this one made is changed to have begun with what was before, so that
    nothing of this one is left when that is taken back as well.
    """
    values: dict[str, Any] = {}
    for group in groups:
        before, made = _values(changed.was, group), _values(changed.became, group)
        if before == made or set(kept) & set(group):
            continue
        if _handed_on(later, group, before, made) and _values(now, group) == made:
            values.update(zip(group, before, strict=True))
    return values


def _handed_on(
    later: Sequence[Changed], group: Sequence[str], before: tuple[Any, ...], made: tuple[Any, ...]
) -> bool:
    """Put ``before`` in place of ``made`` in later merges; whether it went through them all."""
    for one in later:
        if _values(one.was, group) != made:
            return False
        follows = _values(one.became, group) == made
        one.was = _put(one.was, group, before)
        if not follows:
            return False
        one.became = _put(one.became, group, before)
    return True


def _values(row: Any, group: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in group)


def _put(row: Any, group: Sequence[str], values: tuple[Any, ...]) -> Any:
    return msgspec.structs.replace(row, **dict(zip(group, values, strict=True)))
