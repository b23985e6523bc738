"""``member.confirm`` and ``member.merge``: one member takes in another.

A guest whose number is vouched for becomes the known member of that number; two members who
are found to be one person become one, which ``handlers.unmerging`` can take back.
"""

from __future__ import annotations

from sqlalchemy import Table, select

from console.domain.consent import MARKETING
from console.domain.merging import TAKEABLE, UNDO_WITHIN, merged_facts
from console.relay import journal
from console.relay.actor import Actor
from console.relay.handlers import answers, grants, moving, tallies
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.conversations import direct_conversation, member_of_shop
from console.relay.journal import Journal
from console.store import reading, tables
from console.store.suppression_facts import ConsentSaid
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import ConfirmMember, MergeMembers
from console.wire.errors import Code, Refusal
from console.wire.rows import ConversationRow, MemberRow, MemberTagRow

FACTS = (tables.visit, tables.purchase, tables.enquiry, tables.hold, tables.waitlist,
         tables.consent, tables.fitting, tables.coupon)  # fmt: skip
"""Tables whose rows belong to a member and are handed over."""


def confirm(tx: Transaction, request: Request[ConfirmMember]) -> dict[str, int]:
    """Confirm a guest, merging her into the member who already has that number."""
    need_scope(request.actor, "members")
    guest = member_of_shop(tx, request.command.member_id)
    if guest.state != "guest":
        raise Refusal(Code.CONFLICT, field="member_id")
    write_line(tx, request.actor, "member.confirm", guest.id)
    member_id, conversation_id = take_in(tx, guest)
    return {"member_id": member_id, "conversation_id": conversation_id}


def take_in(tx: Transaction, guest: MemberRow) -> tuple[int, int]:
    """A guest's number is proven: who she is from now on, and her conversation."""
    known = _owner_of_number(tx, guest)
    if known is None:
        tx.change(tables.member, guest.id, state="confirmed")
        return guest.id, direct_conversation(tx, guest)
    merged = absorb(tx, known, guest, frozenset())
    return known.id, merged.thread.into


def _owner_of_number(tx: Transaction, guest: MemberRow) -> MemberRow | None:
    member = tables.member
    found = reading.fetch(
        tx.connection, member, member.c.phone == guest.phone, member.c.id != guest.id,
        member.c.state.in_(("known", "confirmed")),
    )  # fmt: skip
    return min(found, key=lambda row: row.id) if found else None


def merge(tx: Transaction, request: Request[MergeMembers]) -> dict[str, int]:
    """Make two members one, and keep what it takes to make them two again."""
    actor, command = request.actor, request.command
    need_scope(actor, "members")
    if command.keep_id == command.gone_id:
        raise Refusal(Code.MERGE_SAME, field="gone_id")
    if not set(command.take) <= set(TAKEABLE):
        raise Refusal(Code.COMMAND_INVALID, field="take")
    keep, gone = (
        _party(tx, actor, member_id, field)
        for member_id, field in ((command.keep_id, "keep_id"), (command.gone_id, "gone_id"))
    )
    journal.drop_older(tx, UNDO_WITHIN)
    write_line(tx, actor, "member.merge", keep.id, f"gone={gone.id}")
    moved = absorb(tx, keep, gone, frozenset(command.take))
    merge_id = tx.add(
        tables.member_merge, keep_id=keep.id, gone_id=gone.id, gone_name=gone.name,
        staff_id=actor.id, at=tx.now,
    )  # fmt: skip
    journal.write(tx, merge_id, moved)
    return {"merge_id": merge_id, "conversation_id": moved.thread.into}


def _party(tx: Transaction, actor: Actor, member_id: int, field: str) -> MemberRow:
    """One of the two, in a shop whose conversations are hers to see."""
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    if row is None or row.state == "erased" or not actor.may_chat(0, row.shop_id):
        raise missing(field)
    if row.state == "merged":
        raise Refusal(Code.MEMBER_MERGED, {"member_id": row.merged_into or 0}, field=field)
    return row


# --- the merge itself ---------------------------------------------------------------------------


def absorb(tx: Transaction, keep: MemberRow, gone: MemberRow, take: frozenset[str]) -> Journal:
    """Everything of ``gone`` becomes ``keep``'s; her own conversation ends."""
    with tallies.followed(tx, tallies.concerned(tx, (keep.id, gone.id))):
        return _absorb(tx, keep, gone, take)


def _absorb(tx: Transaction, keep: MemberRow, gone: MemberRow, take: frozenset[str]) -> Journal:
    old, held = conversation_of(tx, gone.id), held_scopes(tx, keep.id)
    made = conversation_of(tx, keep.id) is None
    new = moving.conversation(tx, direct_conversation(tx, keep))
    thread = moving.take_in(tx, old, new, (gone.id, keep.id), made=made)
    marketing, consent_id = _latest_marketing(tx, gone, keep)
    rows = {table.name: _hand_over(tx, table, gone.id, keep.id) for table in FACTS}
    rows["member_tag"], doubles = _move_tags(tx, gone.id, keep.id)
    answered = answers.hand_over(tx, gone.id, keep.id)
    devices = _move_devices(tx, gone.id, keep.id)
    uploads = _move_uploads(tx, gone.id, keep.id)
    taken = held_scopes(tx, gone.id)
    grants.take(tx, ("member", gone.id))
    wanted = [f"self/{keep.id}", f"chat/{new.id}"]
    grants.give(tx, ("member", keep.id), wanted)
    tx.change(
        tables.member, gone.id, state="merged", merged_into=keep.id, phone="", marketing=False
    )
    tx.change(tables.member, keep.id, marketing=marketing, **merged_facts(keep, gone, take))
    if not marketing:
        # Brought back from before the merge neither would know what the other said.
        suppress(tx, *(
            ConsentSaid(member_id=each.id, granted=False, channel="merge")
            for each in (keep, gone) if each.marketing
        ))  # fmt: skip
    return Journal(
        rev=tx.rev, was=keep, became=_member(tx, keep.id), gone=gone, thread=thread, rows=rows,
        doubles=doubles, devices=devices, uploads=uploads, consent_id=consent_id, taken=taken,
        granted=[scope for scope in wanted if scope not in held],
        answers=answered,
    )  # fmt: skip


def conversation_of(tx: Transaction, member_id: int) -> ConversationRow | None:
    """A member's conversation without its preview, or ``None``."""
    table = tables.conversation
    row = reading.one(tx.connection, table, table.c.member_id == member_id)
    return None if row is None else moving.conversation(tx, row.id)


def _member(tx: Transaction, member_id: int) -> MemberRow:
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    if row is None:
        raise missing("member_id")
    return row


def _latest_marketing(tx: Transaction, gone: MemberRow, keep: MemberRow) -> tuple[bool, int]:
    """What the newest line of both ledgers says, else the kept member's summary; that line."""
    consent = tables.consent
    lines = reading.fetch(tx.connection, consent, consent.c.member_id.in_((gone.id, keep.id)))
    # Ids grow with the commits; the clock may have jumped between them.
    lines.sort(key=lambda line: line.id)
    said = [line.granted for line in lines if line.purpose == MARKETING]
    return bool(said[-1] if said else keep.marketing), lines[-1].id if lines else 0


def _ids(tx: Transaction, table: Table, member_id: int) -> list[int]:
    return list(tx.connection.scalars(select(table.c.id).where(table.c.member_id == member_id)))


def _hand_over(tx: Transaction, table: Table, old: int, new: int) -> list[int]:
    ids = _ids(tx, table, old)
    tx.update(table, [{"id": row_id, "member_id": new} for row_id in ids])
    return ids


def _move_tags(tx: Transaction, old: int, new: int) -> tuple[list[int], list[MemberTagRow]]:
    """Ids of the tags that went along, and the rows of those both had."""
    tag = tables.member_tag
    known = set(tx.connection.scalars(select(tag.c.tag).where(tag.c.member_id == new)))
    theirs = reading.fetch(tx.connection, tag, tag.c.member_id == old)
    moved = [row.id for row in theirs if row.tag not in known]
    doubles = [row for row in theirs if row.tag in known]
    tx.update(tag, [{"id": row_id, "member_id": new} for row_id in moved])
    tx.delete(tag, [row.id for row in doubles], ["members"])
    return moved, doubles


def _move_devices(tx: Transaction, old: int, new: int) -> list[int]:
    ids = _hand_over(tx, tables.device, old, new)
    tx.effects.devices.update(ids)
    return ids


def _move_uploads(tx: Transaction, old: int, new: int) -> list[int]:
    media = tables.media
    query = select(media.c.id).where(media.c.owner_kind == "member", media.c.owner_id == old)
    ids = list(tx.connection.scalars(query))
    tx.update(media, [{"id": row_id, "owner_id": new} for row_id in ids])
    return ids


def held_scopes(tx: Transaction, member_id: int) -> list[str]:
    """What is granted to a member, in a lasting order."""
    grant = tables.grant
    query = select(grant.c.scope).where(
        grant.c.reader_kind == "member", grant.c.reader_id == member_id,
        grant.c.revoked_at.is_(None),
    )  # fmt: skip
    return list(tx.connection.scalars(query.order_by(grant.c.id)))
