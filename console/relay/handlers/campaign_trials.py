"""``campaign.try``: a draft on the phones of the shop's own people, before anybody else sees it.

Each version is a small campaign of its own, of kind ``trial``: what the phones get is what
members will get, and it is taken back with the campaign it tried out.  It may go only to those
whom the owner named, so that nobody is written to past her consent and her weekly cap.
"""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import select

from console.domain import trials
from console.domain.audiences import JOINED, Audience, Fate
from console.domain.campaigns import TRIAL, State
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.campaign_contents import Cards
from console.relay.handlers.campaign_series import add_following, copied
from console.relay.handlers.campaigns import check_ready, find, hash_of, known, write_recipients
from console.relay.handlers.offers import next_terms
from console.store import opening, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignRow
from console.wire.commands import TryCampaign
from console.wire.errors import Code, Refusal
from console.wire.rows import TRIAL_SETTING


def try_out(tx: Transaction, request: Request[TryCampaign]) -> dict[str, int]:
    """Every version to every phone that is named; they leave with the next batch."""
    row, command = known(tx, request), request.command
    if row.recalled_at is not None:
        raise Refusal(Code.CAMPAIGN_RECALLED)
    check_ready(tx, row)
    phones = _reachable(tx, _allowed(tx, command.members), row.shop_id)
    if not phones:
        raise Refusal(Code.CAMPAIGN_EMPTY, field="members")
    ids = [variant.card.product_id for variant in row.content.variants if variant.card]
    content = Cards.load(tx, row.shop_id, ids).anew(row.content)
    if row.weekly is not None:
        # As an occurrence of now would have it.
        timezone = timezone_of(tx, row.shop_id)
        content = replace(content, offer=next_terms(content.offer, tx.now, timezone))
    for place, variant in enumerate(content.variants):
        alone = replace(content, variants=[replace(variant, rule=None, share=100)])
        _add(tx, row, f"{command.trial_id[:40]}-{place}", alone, phones, request.actor.id)
    write_line(tx, request.actor, "campaign.try", row.id)
    return {"written": len(phones) * len(content.variants)}


def _allowed(tx: Transaction, members: list[int]) -> list[int]:
    """Those asked for; one whom the owner did not name is refused."""
    named = trials.read(opening.setting(tx.connection, TRIAL_SETTING))
    if not set(members) <= set(named):
        raise Refusal(Code.COMMAND_DENIED, field="members")
    return list(dict.fromkeys(members))


def _reachable(tx: Transaction, members: list[int], shop_id: int) -> list[int]:
    """Those with a phone page in this shop who take notices, in the order they were asked for."""
    member, thread = tables.member, tables.conversation
    query = (
        select(member.c.id)
        .join(thread, thread.c.member_id == member.c.id)
        .where(one_of(tx.connection, member.c.id, members), thread.c.shop_id == shop_id,
               member.c.marketing, ~member.c.blocked, member.c.state.in_(sorted(JOINED)))
    )  # fmt: skip
    there = set(tx.connection.scalars(query))
    return [member_id for member_id in members if member_id in there]


def _add(
    tx: Transaction, row: CampaignRow, client_id: str, content: CampaignContent,
    phones: list[int], staff_id: int,
) -> None:  # fmt: skip
    if find(tx, client_id) is not None:
        raise Refusal(Code.CONFLICT, field="trial_id")
    row_id = tx.new_id(tables.campaign)
    own = copied(tx, content, row_id, row.shop_id)
    add_following(
        tx, row, row_id, kind=TRIAL, client_id=client_id, content=own, rule=None,
        state=State.SENDING.value, due_at=tx.now, next_at=tx.now, started_at=tx.now,
        frozen_at=tx.now, frozen_hash=hash_of(own, None), created_by=staff_id,
    )  # fmt: skip
    audience = Audience.alike(phones, Fate("pending", variant=own.variants[0].name))
    counts = write_recipients(tx, row_id, audience)
    tx.change(tables.campaign, row_id, counts=counts)
