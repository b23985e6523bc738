"""Limited offers: made when their campaign is sent, claimed by members, ended by staff.

Claims come in bursts and are handled set-wise.  How many are left is decided here, inside the
writer's transaction; coupon and counter are in one commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from console.domain import audiences, campaigns, offers
from console.domain.offers import Fault, Standing
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, Result, missing, need_scope
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.campaign_people import family
from console.store import reading, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.unit_of_work import Transaction, as_kept
from console.wire.campaign_rows import CampaignRow
from console.wire.commands import ClaimOffer, CloseOffer
from console.wire.errors import Code, Refusal
from console.wire.offer_rows import CouponRow, OfferRef, OfferRow, OfferTerms
from console.wire.rows import MemberRow

FIELD = "offer"
"""The field of a campaign that terms are told wrong by."""
_CODES = {Fault.TITLE_LONG: Code.TEXT_TOO_LONG, Fault.TITLE_EMPTY: Code.TEXT_EMPTY,
          Fault.TOO_FAR: Code.SCHEDULE_TOO_FAR}  # fmt: skip

# --- as a campaign's terms ----------------------------------------------------------------------


def terms_of(
    tx: Transaction, row: CampaignRow | None, terms: OfferTerms | None
) -> OfferTerms | None:
    """A draft's terms as they are written; ``check_terms`` asks whether they are ready.

    Raises ``text.too_long`` and ``command.invalid``.
    """
    if terms is None:
        return None
    if not offers.can_keep(terms):
        fault = offers.fault_of(terms, tx.now)
        raise _refusal(fault if fault is Fault.TITLE_LONG else Fault.QUANTITY)
    kept = replace(terms, title=" ".join(terms.title.split()), ends_at=as_kept(terms.ends_at),
                   valid_until=as_kept(terms.valid_until))  # fmt: skip
    if row is not None and row.kind == "resend" and kept != _root(tx, row).content.offer:
        raise Refusal(Code.COMMAND_INVALID, field=FIELD)
    return kept


def check_terms(tx: Transaction, terms: OfferTerms | None) -> None:
    """Raise for what cannot be sent: ``text.empty``, ``schedule.too_far``, ``command.invalid``."""
    fault = offers.fault_of(terms, tx.now) if terms is not None else None
    if fault is not None:
        raise _refusal(fault)


def _refusal(fault: Fault) -> Refusal:
    limit = {"limit": offers.MAX_TITLE_CHARS} if fault is Fault.TITLE_LONG else {}
    return Refusal(_CODES.get(fault, Code.COMMAND_INVALID), limit, field=FIELD)


def check_deadline(tx: Transaction, row: CampaignRow, at: datetime) -> None:
    """Raise ``offer.over`` when what leaves at ``at`` would offer what has ended."""
    if is_over(tx, row, campaigns.allowed_from(at, timezone_of(tx, row.shop_id))):
        raise Refusal(Code.OFFER_OVER, field=FIELD)


def is_over(tx: Transaction, row: CampaignRow, at: datetime) -> bool:
    """Whether the offer of a campaign, if it has one, can be claimed no more at ``at``."""
    terms = row.content.offer
    if terms is None or row.weekly is not None:
        return False
    made = _made(tx, _root(tx, row).id)
    return terms.ends_at <= at or (made is not None and made.closed_at is not None)


def _root(tx: Transaction, row: CampaignRow) -> CampaignRow:
    """The campaign of which this one was sent again: they share one offer."""
    while row.kind == "resend" and row.parent_id is not None:
        row = reading.by_ids(tx.connection, tables.campaign, [row.parent_id])[row.parent_id]
    return row


def _made(tx: Transaction, root_id: int) -> OfferRow | None:
    return reading.by_ids(tx.connection, tables.offer, [root_id], "campaign_id").get(root_id)


def was_offered(tx: Transaction, campaign_id: int) -> bool:
    """Whether something went out with an offer of this campaign."""
    return _made(tx, campaign_id) is not None


def begin(tx: Transaction, row: CampaignRow) -> OfferRef | None:
    """What a campaign's messages carry; its offer is made with the first of them."""
    terms = row.content.offer
    if terms is None:
        return None
    root = _root(tx, row)
    made = _made(tx, root.id)
    offer_id = made.id if made is not None else tx.add(
        tables.offer, shop_id=row.shop_id, campaign_id=root.id, title=terms.title,
        quantity=terms.quantity, ends_at=terms.ends_at, valid_until=terms.valid_until, at=tx.now,
    )  # fmt: skip
    return OfferRef(id=offer_id, title=terms.title, valid_until=terms.valid_until)


def next_terms(terms: OfferTerms | None, slot: datetime, timezone: str) -> OfferTerms | None:
    """Those of a weekly occurrence."""
    if terms is None:
        return None
    first = campaigns.allowed_from(slot, timezone)
    ends_at, valid_until = offers.moved_past(terms.ends_at, terms.valid_until, first, timezone)
    return replace(terms, ends_at=ends_at, valid_until=valid_until)


# --- it ends ------------------------------------------------------------------------------------


def close(tx: Transaction, request: Request[CloseOffer]) -> None:
    """Nobody claims it any more."""
    actor, offer_id = request.actor, request.command.offer_id
    need_scope(actor, "campaigns")
    row = reading.by_ids(tx.connection, tables.offer, [offer_id]).get(offer_id)
    if row is None or row.shop_id != actor.shop_id:
        raise missing("offer_id")
    if row.closed_at is None:
        write_line(tx, actor, "offer.close", row.id)
        tx.change(tables.offer, row.id, closed_at=tx.now)


def take_back(tx: Transaction, campaign_ids: Sequence[int]) -> None:
    """Their campaigns are recalled: the words go, too.  Coupons are a promise and stay."""
    rows = reading.by_ids(tx.connection, tables.offer, campaign_ids, "campaign_id")
    tx.update(tables.offer, [
        {"id": row.id, "title": "", "closed_at": row.closed_at or tx.now} for row in rows.values()
    ])  # fmt: skip


# --- claims -------------------------------------------------------------------------------------


def claim(tx: Transaction, requests: Sequence[Request[ClaimOffer]]) -> list[Result]:
    """Whoever is first, as long as there are some."""
    counter = _Counter.open(tx, requests)
    results = [counter.serve(request.actor.id, request.command.offer_id) for request in requests]
    counter.write()
    return results


_Key = tuple[int, int]
"""Offer and member."""


@dataclass(slots=True)
class _Counter:
    """Adjacent claims, decided one after the other on what one look at the database told."""

    tx: Transaction
    members: dict[int, MemberRow]
    offers: dict[int, OfferRow]
    told: set[_Key]
    """Who has a message of which offer."""
    held: dict[_Key, CouponRow]
    fresh: list[CouponRow] = field(default_factory=list)

    @classmethod
    def open(cls, tx: Transaction, requests: Sequence[Request[ClaimOffer]]) -> _Counter:
        """All that these claims ask about."""
        ids = sorted({request.actor.id for request in requests})
        named = sorted({request.command.offer_id for request in requests})
        rows = reading.by_ids(tx.connection, tables.offer, named)
        told = {(key, member_id) for key, row in rows.items() for member_id in _told(tx, row, ids)}
        members = reading.by_ids(tx.connection, tables.member, ids)
        return cls(tx, members, rows, told, _coupons(tx, list(rows), ids))

    def serve(self, member_id: int, offer_id: int) -> Result:
        """The coupon she has or gets, or why she gets none."""
        key = offer_id, member_id
        member = self.members.get(member_id)
        if member is None or member.blocked or key not in self.told:
            return missing("offer_id")
        if key not in self.held:
            state = offers.standing(self.offers[offer_id], self.tx.now)
            if state is not Standing.OPEN:
                return Refusal(Code.OFFER_OVER if state is Standing.OVER else Code.OFFER_GONE)
            self._issue(member, offer_id)
        coupon = self.held[key]
        return {"coupon_id": coupon.id, "code": coupon.code, "expires_at": coupon.expires_at}

    def _issue(self, member: MemberRow, offer_id: int) -> None:
        offer = self.offers[offer_id]
        coupon = CouponRow(
            id=self.tx.new_id(tables.coupon), rev=self.tx.rev, shop_id=offer.shop_id,
            member_id=member.id, code=self._code(), title=offer.title, offer_id=offer_id,
            claimant_id=member.id, issued_at=self.tx.now, expires_at=offer.valid_until,
        )  # fmt: skip
        self.held[offer_id, member.id] = coupon
        self.fresh.append(coupon)
        self.offers[offer_id] = replace(offer, claimed=offer.claimed + 1)

    def _code(self) -> str:
        """One that no coupon has."""
        coupon = tables.coupon
        while True:
            code = offers.new_code()
            known = select(coupon.c.id).where(coupon.c.code == code)
            if (self.tx.connection.scalar(known) is None
                    and all(other.code != code for other in self.fresh)):  # fmt: skip
                return code

    def write(self) -> None:
        """Coupons and counters, in one commit."""
        self.tx.insert_whole(tables.coupon, self.fresh, _COLUMNS)
        for offer_id in dict.fromkeys(coupon.offer_id for coupon in self.fresh):
            assert offer_id is not None
            offer = self.offers[offer_id]
            self.tx.change(tables.offer, offer_id, claimed=offer.claimed)
            taken = sum(coupon.offer_id == offer_id for coupon in self.fresh)
            count(self.tx, offer.campaign_id, "claimed", taken)


_COLUMNS = ("id", "shop_id", "member_id", "code", "title", "offer_id", "claimant_id", "issued_at",
            "expires_at")  # fmt: skip


def _coupons(tx: Transaction, offer_ids: list[int], member_ids: list[int]) -> dict[_Key, CouponRow]:
    """The coupons that these members have of these offers; of two the one she claimed herself."""
    name, coupon = tx.connection.dialect.name, tables.coupon
    query = (
        reading.rows_of(coupon)
        .where(one_of_named(name, coupon.c.member_id, "members"),
               one_of_named(name, coupon.c.offer_id, "offers"))
        .order_by(coupon.c.claimant_id == coupon.c.member_id, coupon.c.id.desc())
    )  # fmt: skip
    values = {"members": listed(name, member_ids), "offers": listed(name, offer_ids)}
    found: list[CouponRow] = reading.run(tx.connection, coupon, query, **values)
    return {(row.offer_id or 0, row.member_id): row for row in found}


def _told(tx: Transaction, offer: OfferRow, member_ids: list[int]) -> set[int]:
    """Which of these members have a message of the offer; taken back ones tell that it is over."""
    closed, message = offer.closed_at is not None, tables.message
    named = family(tx, offer.campaign_id, also_recalled=closed)
    stands = [] if closed else [message.c.recalled_at.is_(None)]
    query = select(message.c.addressee_id).where(
        message.c.campaign_id.in_(named),
        one_of(tx.connection, message.c.addressee_id, member_ids),
        *stands,
    )  # fmt: skip
    told = set(tx.connection.scalars(query))
    others = [member_id for member_id in member_ids if member_id not in told]
    return told | (_told_before(tx, named, others, stands) if others else set())


def _told_before(
    tx: Transaction, named: list[int], member_ids: list[int], stands: list[Any]
) -> set[int]:
    """Those whom it reached as somebody who was merged into them since."""
    message, thread = tables.message, tables.conversation
    # The sum keeps the planner from an index by campaign: her conversation has fewer of them.
    ours = (message.c.campaign_id + 0).in_(named) & message.c.campaign_id.is_not(None)
    query = (
        select(thread.c.member_id)
        .join(message, message.c.conversation_id == thread.c.id)
        .where(one_of(tx.connection, thread.c.member_id, member_ids), ours, *stands)
    )
    return set(tx.connection.scalars(query))


def count(tx: Transaction, campaign_id: int, what: str, by: int) -> None:
    """So many more (or fewer) of its offer's coupons are claimed or redeemed."""
    table = tables.campaign
    row = reading.by_ids(tx.connection, table, [campaign_id]).get(campaign_id)
    if row is not None:
        tx.change(table, campaign_id, counts=audiences.moved(row.counts, {what: by}))
