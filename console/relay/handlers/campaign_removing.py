"""``campaign.remove``: a draft, or what was called off before anybody got it, leaves for good."""

from __future__ import annotations

from sqlalchemy import select

from console.domain.campaigns import TRIAL, State
from console.relay.handlers.base import Request
from console.relay.handlers.campaigns import SCOPE, drop_recipients, known, pictures
from console.relay.handlers.offers import was_offered
from console.relay.handlers.recalls import erase_media
from console.store import tables
from console.store.suppression_facts import WordsRemoved
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.commands import RemoveCampaign
from console.wire.errors import Code, Refusal


def remove(tx: Transaction, request: Request[RemoveCampaign]) -> None:
    """What was never sent may go."""
    row = known(tx, request)
    left = row.counts.get("written") or row.counts.get("answered")
    unsent = row.state == State.CANCELLED and not left
    if row.state != State.DRAFT and not unsent:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    # An offer is made with the first message, though who got that may be erased since.
    if _has_children(tx, row.id) or was_offered(tx, row.id):
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    suppress(tx, WordsRemoved(of="campaign", client_id=row.client_id))
    erase(tx, row)


def erase(tx: Transaction, row: CampaignRow) -> None:
    """It is gone for good with its pictures."""
    erase_media(tx, pictures(tx, row.id))
    drop_recipients(tx, row.id)
    _leave_trials(tx, row.id)
    tx.delete(tables.campaign, [row.id], [SCOPE])
    tx.effects.erased = True


def _has_children(tx: Transaction, campaign_id: int) -> bool:
    table = tables.campaign
    query = select(table.c.id).where(table.c.parent_id == campaign_id, table.c.kind != TRIAL)
    return tx.connection.scalar(query.limit(1)) is not None


def _leave_trials(tx: Transaction, campaign_id: int) -> None:
    """Where it was tried out it stays, of nothing any more."""
    table = tables.campaign
    query = select(table.c.id).where(table.c.parent_id == campaign_id)
    tx.update(table, [{"id": row_id, "parent_id": None} for row_id in tx.connection.scalars(query)])
