"""What members did with campaigns, for ``segment_query``: sets of their ids, and conditions.

Builds expressions only.  What was sent again of a campaign shares its question and its offer; a
weekly occurrence has its own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from console.domain.segments import Answered, Noticed, Offered
from console.store import tables
from console.store.segment_terms import Condition, numbers, one_of

_campaign = tables.campaign
_recipient = tables.recipient
_DID: dict[str, tuple[Condition, ...]] = {
    "received": (),
    "read": (_recipient.c.read_at.is_not(None),),
    "unread": (_recipient.c.read_at.is_(None), _recipient.c.recalled_at.is_(None)),
    "answered": (_recipient.c.replied_at.is_not(None),),
}


def notices(leaf: Noticed) -> list[Condition]:
    """Which rows of ``recipient`` a leaf means: they count for the cap, a correction does not."""
    found: list[Condition] = [tables.RECIPIENT_COUNTED, *_DID[leaf.did]]
    if leaf.campaigns:
        root = select(_campaign.c.id).where(numbers(_campaign.c.id, leaf.campaigns))
        found.append(_sent_of(root, "resend", "occurrence"))
    return found


def answers(leaf: Answered) -> Select[Any]:
    """Who gave such an answer."""
    answer = tables.question_answer
    rows = select(answer.c.member_id).where(_of(leaf.campaign, answer.c.campaign_id))
    return rows.where(numbers(answer.c.choice, leaf.choices)) if leaf.choices else rows


def coupons(leaf: Offered) -> Select[Any]:
    """Who holds a coupon of the offer; of ``redeemed``, one that was."""
    coupon, offer = tables.coupon, tables.offer
    made = select(offer.c.id).where(_of(leaf.campaign, offer.c.campaign_id))
    rows = select(coupon.c.member_id).where(coupon.c.offer_id.in_(made))
    return rows.where(coupon.c.redeemed_at.is_not(None)) if leaf.did == "redeemed" else rows


def offered(leaf: Offered) -> Select[Any]:
    """To whom the offer was written; not who never saw it before it was taken back."""
    offer = tables.offer
    root = select(offer.c.campaign_id.label("id")).where(_of(leaf.campaign, offer.c.campaign_id))
    saw = or_(_recipient.c.read_at.is_not(None), _recipient.c.recalled_at.is_(None))
    return select(_recipient.c.member_id).where(
        tables.RECIPIENT_COUNTED, saw, _sent_of(root, "resend")
    )


def _of(number: int, column: ColumnElement[Any]) -> Condition:
    """The column is a campaign's id, or that of a weekly occurrence of it."""
    weekly = select(_campaign.c.id).where(
        numbers(_campaign.c.parent_id, [number]), one_of(_campaign.c.kind, ["occurrence"])
    )
    return or_(numbers(column, [number]), column.in_(weekly))


def _sent_of(root: Select[Any], *kinds: str) -> Condition:
    """A row of ``recipient`` is of the campaigns of ``root``, or of later ones of these kinds."""
    family = root.cte(recursive=True)
    later = select(_campaign.c.id).where(
        _campaign.c.parent_id == family.c.id, one_of(_campaign.c.kind, kinds)
    )
    every = family.union(later)
    return _recipient.c.campaign_id.in_(select(every.c.id))
