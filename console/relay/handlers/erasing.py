"""``member.erase``: words, media and facts of a person go; ids remain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, select

from console.relay import journal
from console.relay.handlers import answers, grants, restock, tallies, waits
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing
from console.relay.handlers.campaign_receipts import forget_member
from console.relay.handlers.recalls import erase_media
from console.relay.handlers.staff import revoke_devices
from console.relay.handlers.trade import free_units
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.suppression_facts import MemberErased
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import EraseMember
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow

_FACTS = (tables.visit, tables.purchase, tables.enquiry)
_BLANK: dict[str, Any] = {
    "name": "", "pinyin": "", "initials": "", "phone": "", "gender": "", "tier": "basic",
    "points": 0, "birthday": "", "birthday_lunar": False, "sizes": {}, "marketing": False,
    "state": "erased", "remark": "", "joined_at": None, "last_seen_at": None, "last_visit_at": None,
}  # fmt: skip


def erase(tx: Transaction, request: Request[EraseMember]) -> None:
    """Erase the sender herself, or (owner) the member named, with every guest merged into her."""
    actor, member_id = request.actor, request.command.member_id
    if actor.kind == "member":
        if member_id not in {0, actor.id}:
            raise Refusal(Code.COMMAND_DENIED)
        member_id = actor.id
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    if row is None or row.state == "merged":
        raise missing("member_id")
    if row.state == "erased":
        return
    write_line(tx, actor, "member.erase", member_id)
    suppress(tx, *(MemberErased(member_id=each) for each in erase_everything(tx, member_id)))


def erase_everything(tx: Transaction, member_id: int) -> list[int]:
    """Erase a member with every guest merged into her; all their ids."""
    everybody = tallies.taken_in(tx, [member_id])
    _erase_merges(tx, everybody)
    with tallies.followed(tx, tallies.concerned(tx, everybody)):
        for one_id in everybody:
            _erase_one(tx, one_id)
    tx.effects.erased = tx.effects.member_erased = True
    return everybody


def _erase_merges(tx: Transaction, member_ids: list[int]) -> None:
    """No merge of hers can be taken back any more, and none remembers a name."""
    merge = tables.member_merge
    journal.drop(tx, journal.merges_of(tx, member_ids))
    named = one_of(tx.connection, merge.c.gone_id, member_ids) & (merge.c.gone_name != "")
    ids = list(tx.connection.scalars(select(merge.c.id).where(named)))
    tx.update(merge, [{"id": merge_id, "gone_name": ""} for merge_id in ids])


def _erase_one(tx: Transaction, member_id: int) -> None:
    _erase_words(tx, member_id)
    forget_member(tx, member_id)
    answers.forget_member(tx, member_id)
    for table in _FACTS:
        tx.delete(table, _ids(tx, table, member_id), ["trade"])
    restock.forget_member(tx, member_id)
    _erase_holds(tx, member_id)
    for table in (tables.fitting, tables.coupon):
        tx.delete(table, _ids(tx, table, member_id), ["trade", f"self/{member_id}"])
    tx.delete(tables.member_tag, _ids(tx, tables.member_tag, member_id), ["members"])
    invite = tables.invite
    tx.connection.execute(invite.delete().where(invite.c.member_id == member_id))
    tx.note_write()
    revoke_devices(tx, _ids(tx, tables.device, member_id))
    grants.take(tx, ("member", member_id))
    tx.change(tables.member, member_id, **_BLANK)


def _ids(tx: Transaction, table: Table, member_id: int) -> list[int]:
    return list(tx.connection.scalars(select(table.c.id).where(table.c.member_id == member_id)))


def _erase_words(tx: Transaction, member_id: int) -> None:
    """Her conversation with all that hangs on it, and every photo she ever uploaded."""
    media = tables.media
    conversation = reading.one(
        tx.connection, tables.conversation, tables.conversation.c.member_id == member_id
    )
    hers = (media.c.owner_kind == "member") & (media.c.owner_id == member_id)
    if conversation is not None:
        hers |= media.c.conversation_id == conversation.id
    media_ids = list(tx.connection.scalars(select(media.c.id).where(hers)))
    erase_media(tx, media_ids)
    tx.update(media, [{"id": media_id, "conversation_id": None} for media_id in media_ids])
    if conversation is not None:
        _erase_conversation(tx, conversation.id, conversation.shop_id)


def _erase_conversation(tx: Transaction, conversation_id: int, shop_id: int) -> None:
    scopes = [f"chats/{shop_id}", f"chat/{conversation_id}"]
    for table in (tables.note, tables.scheduled):
        here = select(table.c.id).where(table.c.conversation_id == conversation_id)
        tx.delete(table, list(tx.connection.scalars(here)), [f"chats/{shop_id}"])
    waits.let_go(tx, conversation_id)
    draft = tables.draft
    for row in reading.fetch(tx.connection, draft, draft.c.conversation_id == conversation_id):
        tx.delete(draft, [row.id], [f"drafts/{row.staff_id}"])
    for table in (tables.message, tables.participant):
        here = select(table.c.id).where(table.c.conversation_id == conversation_id)
        tx.delete(table, list(tx.connection.scalars(here)), scopes)
    tx.delete(tables.conversation, [conversation_id], scopes)


def _erase_holds(tx: Transaction, member_id: int) -> None:
    hold = tables.hold
    rows = reading.fetch(tx.connection, hold, hold.c.member_id == member_id)
    for row in rows:
        if row.state == "confirmed":
            free_units(tx, row)
    tx.delete(hold, [row.id for row in rows], ["trade", f"self/{member_id}"])
