"""``member.unmerge``: two members who were made one are two again.

What the journal names goes back to where it stood; what happened since stays with the member
who was kept.  Each place that a message leaves in her conversation is filled by a ``moved``
one that shows nothing, since a seq is never used twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from console.domain.consent import MARKETING
from console.domain.merging import UNDO_WITHIN
from console.relay import journal
from console.relay.actor import Actor
from console.relay.handlers import answers, grants, marketing, returning, tallies
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.merging import FACTS
from console.relay.journal import Journal
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.suppression_facts import ConsentSaid, MergeUndone
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import UnmergeMembers
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberMergeRow, MemberRow

_GROUPS = (
    ("name", "pinyin", "initials"), ("birthday", "birthday_lunar"), ("phone",), ("gender",),
    ("tier",), ("sizes",), ("remark",), ("state",), ("blocked",), ("marketing",), ("weekly_cap",),
    ("joined_at",), ("last_seen_at",), ("last_visit_at",), ("created_at",),
)  # fmt: skip
"""Columns that only make sense together."""


def unmerge(tx: Transaction, request: Request[UnmergeMembers]) -> None:
    """Take a merge back."""
    need_scope(request.actor, "members")
    row, keep, gone, moved = _checked(tx, request)
    write_line(tx, request.actor, "member.unmerge", keep.id, f"gone={gone.id}")
    take_apart(tx, row, keep, gone, moved)
    suppress(tx, MergeUndone(merge_id=row.id))
    for member_id in (keep.id, gone.id):
        # What the two say from now on, whatever was said while they were one.
        says = _living(tx, request.actor, member_id).marketing
        suppress(tx, ConsentSaid(member_id=member_id, granted=says, channel="unmerge"))


def take_apart(
    tx: Transaction, row: MemberMergeRow, keep: MemberRow, gone: MemberRow, moved: Journal
) -> None:
    """Give back what the journal names."""
    with tallies.followed(tx, tallies.concerned(tx, [keep.id])):
        _take_apart(tx, row, keep, gone, moved)


def _take_apart(
    tx: Transaction, row: MemberMergeRow, keep: MemberRow, gone: MemberRow, moved: Journal
) -> None:
    later = [(one, found) for one in journal.later(tx, row) if (found := journal.read(tx, one))]
    since = [found for _, found in later]
    _return_devices(tx, moved, keep.id, gone.id)
    going = returning.give_back(tx, row, moved, since, has_phone=_has_phone(tx, keep.id))
    _return_rows(tx, moved, keep.id, gone.id)
    answers.give_back(tx, moved.answers, [one.answers for one in since], (keep.id, gone.id))
    _return_uploads(tx, moved, going, gone.id)
    _return_facts(tx, moved, keep, since)
    _return_grants(tx, moved, keep.id, gone.id)
    for merge_id, changed in later:
        journal.rewrite(tx, merge_id, changed)
    journal.drop(tx, [row.id])
    tx.change(tables.member_merge, row.id, undone_at=tx.now)


def _checked(
    tx: Transaction, request: Request[UnmergeMembers]
) -> tuple[MemberMergeRow, MemberRow, MemberRow, Journal]:
    merge = tables.member_merge
    row: MemberMergeRow | None = reading.one(
        tx.connection, merge, merge.c.id == request.command.merge_id
    )
    if row is None:
        raise missing("merge_id")
    if row.undone_at is not None:
        raise Refusal(Code.MERGE_UNDONE)
    keep, gone = (_living(tx, request.actor, member_id) for member_id in (row.keep_id, row.gone_id))
    if keep.state == "merged" or gone.merged_into != keep.id:
        raise Refusal(Code.MEMBER_MERGED, {"member_id": keep.merged_into or 0}, field="merge_id")
    moved = journal.read(tx, row.id)
    if moved is None or tx.now - row.at > UNDO_WITHIN:
        raise Refusal(Code.MERGE_TOO_LATE)
    return row, keep, gone, moved


def _living(tx: Transaction, actor: Actor, member_id: int) -> MemberRow:
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    if row is None or row.state == "erased" or not actor.may_chat(0, row.shop_id):
        raise missing("merge_id")
    return row


# --- what belongs to a member -------------------------------------------------------------------


def _return_rows(tx: Transaction, moved: Journal, keep: int, gone: int) -> None:
    """Facts and tags that still stand go back; tags that both had are hers again."""
    for table in (*FACTS, tables.member_tag):
        still = one_of(tx.connection, table.c.id, moved.rows.get(table.name, []))
        query = select(table.c.id).where(still, table.c.member_id == keep)
        ids = list(tx.connection.scalars(query))
        tx.update(table, [{"id": row_id, "member_id": gone} for row_id in ids])
        if table in (tables.hold, tables.waitlist, tables.fitting, tables.coupon):
            # A phone of the member who was kept may hear nothing of these any more.
            tx.bury(table, ids, [f"self/{keep}"])
    tx.insert(tables.member_tag, [
        {"id": row.id, "member_id": gone, "tag": row.tag} for row in moved.doubles
    ])  # fmt: skip


def _return_uploads(tx: Transaction, moved: Journal, going: set[int], gone: int) -> None:
    """Media are hers again, but for those that were sent since."""
    media = tables.media
    query = select(media.c.id, media.c.conversation_id).where(
        one_of(tx.connection, media.c.id, moved.uploads)
    )
    hers = [
        row.id for row in tx.connection.execute(query)
        if row.conversation_id is None or row.id in going
    ]  # fmt: skip
    tx.update(media, [{"id": row_id, "owner_id": gone} for row_id in hers])


def _return_devices(tx: Transaction, moved: Journal, keep: int, gone: int) -> None:
    device = tables.device
    still = one_of(tx.connection, device.c.id, moved.devices)
    ids = list(tx.connection.scalars(select(device.c.id).where(still, device.c.member_id == keep)))
    tx.update(device, [{"id": row_id, "member_id": gone} for row_id in ids])
    tx.effects.devices.update(ids)


def _return_grants(tx: Transaction, moved: Journal, keep: int, gone: int) -> None:
    grants.give(tx, ("member", gone), moved.taken)
    if not _has_phone(tx, keep):
        grants.take(tx, ("member", keep), moved.granted)


def _has_phone(tx: Transaction, member_id: int) -> bool:
    device = tables.device
    mine = (device.c.member_id == member_id) & device.c.revoked_at.is_(None)
    return tx.connection.scalar(select(device.c.id).where(mine).limit(1)) is not None


# --- facts --------------------------------------------------------------------------------------


def _return_facts(
    tx: Transaction, moved: Journal, keep: MemberRow, later: Sequence[Journal]
) -> None:
    """Each fact as it was before, unless somebody changed it since."""
    withdrawn = _marketing_since(tx, moved, keep.id)
    kept = {"marketing"} if withdrawn is not None else set()
    if _has_phone(tx, keep.id):
        # Her own phone joined, before or since: she stays who she proved to be.
        kept |= {"state", "joined_at"} if moved.was.state == "known" else set()
    values = journal.restored(moved, keep, _GROUPS, kept, later)
    values["points"] = keep.points - moved.gone.points
    tx.change(tables.member, keep.id, **values)
    was = moved.gone
    tx.change(
        tables.member, was.id, state=was.state, merged_into=was.merged_into, phone=was.phone,
        marketing=was.marketing and withdrawn is not True,
    )  # fmt: skip
    if was.marketing and withdrawn:
        # She said so while the two were one; her own ledger says it from now on too.
        marketing.record(tx, was.id, MARKETING, granted=False, channel="unmerge")


def _marketing_since(tx: Transaction, moved: Journal, keep: int) -> bool | None:
    """Whether marketing was ever refused since the merge; ``None``: nobody said anything."""
    consent = tables.consent
    since = reading.fetch(
        tx.connection, consent, consent.c.member_id == keep, consent.c.purpose == MARKETING,
        consent.c.id > moved.consent_id,
    )  # fmt: skip
    return any(not line.granted for line in since) if since else None
