"""``campaign.recall``: a whole campaign is taken back, at once for new copies, then copy by copy.

The command stops it, erases its own words and media and notes when; ``campaign.advance``
erases the copies, some at a time.  A recipient whose copy is erased says so, so that a relay
that dies in the middle goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select

from console.domain import audiences
from console.domain.audiences import Audience, Fate
from console.domain.campaigns import SETTLED, TRIAL, State
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request
from console.relay.handlers.campaign_contents import media_of
from console.relay.handlers.campaigns import find, known, stop, write_recipients
from console.relay.handlers.contents import check_words, preview_of
from console.relay.handlers.offers import take_back
from console.relay.handlers.recalls import erase_media
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.suppression_facts import CampaignRecalled
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignRow, CampaignVariant, RecipientRow
from console.wire.commands import RecallCampaign
from console.wire.errors import Code, Refusal
from console.wire.rows import MessageRow

_UNSENT = frozenset({State.DRAFT, State.FROZEN, State.SCHEDULED})


def recall(tx: Transaction, request: Request[RecallCampaign]) -> None:
    """Nothing more of it leaves, and nobody gets its words or photos from here on."""
    row, command = known(tx, request), request.command
    if row.state in _UNSENT:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    if row.recalled_at is not None:
        return
    check_words(command.correction, alone=False)
    if command.correction.strip():
        if not command.correction_id or find(tx, command.correction_id) is not None:
            raise Refusal(Code.CONFLICT, field="correction_id")
        _plan_correction(tx, row, command, request.actor.id)
    write_line(tx, request.actor, "campaign.recall", row.id)
    suppress(tx, CampaignRecalled(client_id=row.client_id))
    take_back_all(tx, row)


def take_back_all(tx: Transaction, row: CampaignRow) -> None:
    """Its words and those of what followed it are gone; their copies follow, some at a time."""
    family = _family(tx, row)
    for each in family:
        _take_back(tx, each)
    take_back(tx, [each.id for each in family])
    tx.effects.erased = True


def _family(tx: Transaction, row: CampaignRow) -> list[CampaignRow]:
    """It, what was sent again of it and what tried these out: the same words."""
    table = tables.campaign
    found = [row]
    for one in found:
        again = reading.fetch(
            tx.connection, table, table.c.parent_id == one.id,
            table.c.kind.in_(("resend", TRIAL)), table.c.recalled_at.is_(None),
        )  # fmt: skip
        found.extend(again)
    return found


def _take_back(tx: Transaction, row: CampaignRow) -> None:
    versions = [row.content, *(version.content for version in row.beside)]
    media = list(dict.fromkeys(media_id for each in versions for media_id in media_of(each)))
    erase_media(tx, media)
    state = State(row.state) if row.state in SETTLED else State.CANCELLED
    variants = [_empty(each) for each in row.content.variants]
    empty = replace(row.content, variants=variants, question=None, offer=None)
    stop(tx, row, state, content=empty, beside=[], recalled_at=tx.now)
    # ``stop`` lets it rest; its copies are still to be erased.
    tx.change(tables.campaign, row.id, next_at=tx.now)


def _empty(variant: CampaignVariant) -> CampaignVariant:
    return CampaignVariant(name=variant.name, rule=variant.rule, share=variant.share)


def _plan_correction(
    tx: Transaction, row: CampaignRow, command: RecallCampaign, staff_id: int
) -> None:
    """It gets its recipients while the copies are erased, and is sent after the last one."""
    content = CampaignContent(variants=[CampaignVariant(name="", body=command.correction)],
                              language=row.content.language)  # fmt: skip
    tx.add(
        tables.campaign, shop_id=row.shop_id, client_id=command.correction_id, kind="correction",
        parent_id=row.id, title=row.title, content=content, rule=None, beside=[], counts={},
        state=State.FROZEN.value, frozen_at=tx.now, created_by=staff_id, at=tx.now,
    )  # fmt: skip


# --- copy by copy -------------------------------------------------------------------------------


def erase_some(tx: Transaction, row: CampaignRow, at_most: int) -> int:
    """Erase up to ``at_most`` copies; how many, at least one."""
    recipient = tables.recipient
    query = (
        reading.rows_of(recipient)
        .where(recipient.c.campaign_id == row.id, tables.RECIPIENT_WRITTEN,
               recipient.c.recalled_at.is_(None))
        .order_by(recipient.c.id)
        .limit(at_most)
    )  # fmt: skip
    found: list[RecipientRow] = reading.run(tx.connection, recipient, query)
    _erase_messages(tx, found)
    tx.update(recipient, [{"id": each.id, "recalled_at": tx.now} for each in found])
    read = [each for each in found if each.read_at is not None]
    steps = {"recalled_read": len(read), "recalled_unread": len(found) - len(read)}
    done = len(found) < at_most
    tx.change(
        tables.campaign, row.id, next_at=None if done else tx.now,
        counts=audiences.moved(row.counts, steps),
    )  # fmt: skip
    _correct(tx, row, read, done=done)
    return max(1, len(found))


def _erase_messages(tx: Transaction, found: Sequence[RecipientRow]) -> None:
    message = tables.message
    read = {each.message_id: each.read_at is not None for each in found}
    ids = [message_id for message_id in read if message_id is not None]
    rows = reading.by_ids(tx.connection, message, ids)
    standing: list[MessageRow] = [row for row in rows.values() if row.recalled_at is None]
    tx.update(message, [
        # Nobody saw an unread one: it leaves no trace on her screen.
        {"id": row.id, "kind": row.kind if read[row.id] else "moved", "body": "", "media": [],
         "layout": "", "card": None, "question": None, "offer": None, "recalled_at": tx.now}
        for row in standing
    ])  # fmt: skip
    _refresh_previews(tx, sorted({row.conversation_id for row in standing}))
    tx.effects.erased = True


def _refresh_previews(tx: Transaction, conversation_ids: Sequence[int]) -> None:
    """Let lists show the newest message that is left; who waits goes on waiting."""
    if not conversation_ids:
        return
    thread, message = tables.conversation, tables.message
    newest = (
        select(message.c.id)
        .where(message.c.conversation_id == thread.c.id, message.c.recalled_at.is_(None),
               ~message.c.automatic)
        .order_by(message.c.seq.desc())
        .limit(1)
        .correlate(thread)
        .scalar_subquery()
    )  # fmt: skip
    query = select(thread.c.id, newest).where(one_of(tx.connection, thread.c.id, conversation_ids))
    found = {row[0]: row[1] for row in tx.connection.execute(query)}
    rows = reading.by_ids(tx.connection, message, [each for each in found.values() if each])
    tx.update(thread, [_preview(key, rows.get(found[key] or 0)) for key in conversation_ids])


def _preview(conversation_id: int, row: MessageRow | None) -> dict[str, Any]:
    if row is None:
        kind = text = sender = ""
    else:
        kind, text, sender = row.kind, preview_of(row.body, row.card, row.question), row.sender_kind
    return {"id": conversation_id, "preview_kind": kind, "preview_text": text,
            "preview_sender": sender}  # fmt: skip


def _correct(
    tx: Transaction, row: CampaignRow, read: Sequence[RecipientRow], *, done: bool
) -> None:
    """Who read it is told; a correction leaves when every copy it is about is erased."""
    found = _corrections(tx, row)
    if found:
        _add_readers(tx, found[0], read)
    if not done:
        return
    for each in found:
        if not _more_to_erase(tx, each.parent_id or 0):
            started = {"state": State.SENDING.value, "next_at": tx.now, "started_at": tx.now}
            tx.change(tables.campaign, each.id, **started)


def _add_readers(tx: Transaction, correction: CampaignRow, read: Sequence[RecipientRow]) -> None:
    recipient, ids = tables.recipient, [each.member_id for each in read]
    told = select(recipient.c.member_id).where(
        recipient.c.campaign_id == correction.id, one_of(tx.connection, recipient.c.member_id, ids)
    )
    known_ids = set(tx.connection.scalars(told)) if ids else set()
    fresh = [member_id for member_id in ids if member_id not in known_ids]
    steps = write_recipients(tx, correction.id, Audience.alike(fresh, Fate("pending")))
    counts = audiences.moved(correction.counts, steps)
    tx.change(tables.campaign, correction.id, counts=counts)


def _corrections(tx: Transaction, row: CampaignRow) -> list[CampaignRow]:
    """Those that wait for it: its own, then of what it was sent again of and was taken back, too.

    A resend may have been taken back before its campaign was, with words of its own.
    """
    table = tables.campaign
    found: list[CampaignRow] = []
    each: CampaignRow | None = row
    while each is not None and each.recalled_at is not None:
        found += reading.fetch(
            tx.connection, table, table.c.parent_id == each.id, table.c.kind == "correction",
            table.c.state == State.FROZEN.value,
        )  # fmt: skip
        parent = each.parent_id if each.kind == "resend" else None
        each = reading.one(tx.connection, table, table.c.id == parent) if parent else None
    return found


def _more_to_erase(tx: Transaction, root: int) -> bool:
    """Whether copies of it, or of what was sent again, still stand."""
    table = tables.campaign
    family = [root]
    for one in family:
        query = select(table.c.id).where(table.c.parent_id == one, table.c.kind == "resend")
        family.extend(tx.connection.scalars(query))
    waiting = select(func.count()).where(
        table.c.id.in_(family), table.c.recalled_at.is_not(None), table.c.next_at.is_not(None)
    )
    return bool(tx.connection.scalar(waiting))
