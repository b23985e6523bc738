"""Campaigns made of campaigns: what is sent again, each week's occurrence, what is tried out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import exists, select

from console.domain import campaigns
from console.domain.campaigns import State
from console.relay.handlers.base import Request
from console.relay.handlers.campaign_audience import audience_of, check_rules, timezone_of
from console.relay.handlers.campaign_contents import Cards, copy_of, media_of
from console.relay.handlers.campaigns import find, hash_of, known, write_recipients
from console.relay.handlers.offers import next_terms
from console.relay.internal import TurnBackSeries
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignRow, CampaignVariant
from console.wire.commands import ResendCampaign
from console.wire.errors import Code, Refusal

RESENT_TO = frozenset({"unreached", "unread"})
_WEEK: Final = timedelta(days=7)
_UNSENT = frozenset({State.DRAFT, State.FROZEN, State.SCHEDULED})


def resend(tx: Transaction, request: Request[ResendCampaign]) -> dict[str, int]:
    """A draft with the same words for those it did not reach, or who did not read it."""
    row, command = known(tx, request), request.command
    if command.to not in RESENT_TO:
        raise Refusal(Code.COMMAND_INVALID, field="to")
    if row.recalled_at is not None:
        raise Refusal(Code.CAMPAIGN_RECALLED)
    if row.state in _UNSENT or row.kind not in campaigns.MARKETING:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    before = find(tx, command.new_id)
    rule = {"campaign": row.id, "to": command.to}
    if before is not None:
        if (before.parent_id, before.kind) != (row.id, "resend"):
            raise Refusal(Code.CONFLICT, field="new_id")
        return {"id": before.id}
    row_id = tx.new_id(tables.campaign)
    content = copied(tx, row.content, row_id, row.shop_id)
    add_following(
        tx, row, row_id, kind="resend", client_id=command.new_id, content=content, rule=rule,
        state=State.DRAFT.value, due_at=None, created_by=request.actor.id,
    )  # fmt: skip
    return {"id": row_id}


def begin(tx: Transaction, row: CampaignRow, timezone: str) -> int:
    """This week's occurrence of a series: a campaign of its own with an audience of now.

    Slept over for weeks, only the newest is made; too late it asks first.
    """
    assert row.weekly is not None
    assert row.next_at is not None
    weekday, minute = row.weekly.weekday, row.weekly.minute
    slot = max(row.next_at, campaigns.last_slot(weekday, minute, tx.now, timezone))
    following = campaigns.next_slot(weekday, minute, max(slot, tx.now), timezone)
    table = tables.campaign
    try:
        check_rules(tx, row)
    except Refusal:
        # A segment it uses is gone: staff are asked.
        tx.change(table, row.id, state=State.LATE.value, next_at=None)
        return 1
    tx.change(table, row.id, next_at=following, due_at=following)
    done = select(table.c.id).where(
        table.c.parent_id == row.id, table.c.kind == "occurrence", table.c.due_at == slot
    )
    if tx.connection.scalar(done) is not None:
        return 1
    row_id = tx.new_id(table)
    ids = [variant.card.product_id for variant in row.content.variants if variant.card]
    fresh = Cards.load(tx, row.shop_id, ids).anew(row.content)
    fresh = replace(fresh, offer=next_terms(fresh.offer, slot, timezone))
    content = copied(tx, fresh, row_id, row.shop_id)
    late = campaigns.is_late(campaigns.allowed_from(slot, timezone), tx.now)
    state = State.LATE if late else State.SENDING
    add_following(
        tx, row, row_id, kind="occurrence", client_id=f"{row.client_id[:40]}-{row_id}",
        content=content, rule=row.rule, state=state.value, due_at=slot,
        created_by=row.created_by, next_at=None if late else tx.now,
        started_at=None if late else tx.now, frozen_at=tx.now,
        frozen_hash=hash_of(content, row.rule),
    )  # fmt: skip
    made = reading.one(tx.connection, table, table.c.id == row_id)
    assert made is not None
    audience = audience_of(tx, made)
    tx.change(table, row_id, counts=write_recipients(tx, row_id, audience))
    return max(1, len(audience.member_ids))


def turn_back(tx: Transaction, _request: Request[TurnBackSeries]) -> dict[str, int]:
    """Series whose next time a clock that was ahead put into weeks still to come go on now.

    What they began in such a week stays as it is: ``begin`` makes no second one for its time.
    """
    table, ahead = tables.campaign, tables.campaign.alias()
    begun = exists().where(
        ahead.c.parent_id == table.c.id, ahead.c.kind == "occurrence", ahead.c.due_at > tx.now
    )
    query = reading.rows_of(table).where(table.c.next_at > tx.now + _WEEK, begun)
    rows: list[CampaignRow] = reading.run(tx.connection, table, query)
    for row in rows:
        if row.weekly is not None:
            following = campaigns.next_slot(
                row.weekly.weekday, row.weekly.minute, tx.now, timezone_of(tx, row.shop_id)
            )
            tx.change(table, row.id, next_at=following, due_at=following)
    return {"done": len(rows)}


def add_following(tx: Transaction, parent: CampaignRow, row_id: int, **values: Any) -> None:
    """A campaign that follows another one."""
    same = {
        "shop_id": parent.shop_id, "parent_id": parent.id, "title": parent.title,
        "priority": parent.priority, "defer": parent.defer, "weekly": None, "counts": {},
        "beside": [], "at": tx.now,
    }  # fmt: skip
    tx.insert(tables.campaign, [{"id": row_id, **same, **values}])


def copied(
    tx: Transaction, content: CampaignContent, campaign_id: int, shop_id: int
) -> CampaignContent:
    """The same content with pictures of its own, so that each can be taken back alone."""
    ids = media_of(content)
    if not ids:
        return content
    media = tables.media
    found = tx.connection.execute(select(media).where(one_of(tx.connection, media.c.id, ids)))
    rows = {row.id: row for row in found}
    fresh = dict(zip(ids, tx.new_ids(media, len(ids)), strict=True))
    tx.insert(media, [
        copy_of(tx, rows[media_id], new_id, shop_id) | {"campaign_id": campaign_id}
        for media_id, new_id in fresh.items()
    ])  # fmt: skip
    return replace(content, variants=[_with_media(each, fresh) for each in content.variants])


def _with_media(variant: CampaignVariant, fresh: dict[int, int]) -> CampaignVariant:
    return replace(variant, media=[replace(item, id=fresh[item.id]) for item in variant.media])
