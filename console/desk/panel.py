"""Makes the member panel from the replica.  Runs in a reading thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec.structs import replace

from console.desk.offers import coupon_item
from console.desk.types import FieldConflict, MemberPanel, TradeLine
from console.desk.waitlist import waits_of
from console.store import (
    overlay_members,
    overlay_trade,
    replica_offers,
    replica_talk,
    replica_waitlist,
)
from console.store import replica_queries as queries
from console.store.outbox import Entry
from console.store.replica import Connection
from console.store.row_codec import to_ms
from console.wire.rows import (
    EnquiryRow,
    HoldRow,
    MemberRow,
    ProductRow,
    PurchaseRow,
    VariantRow,
    WaitlistRow,
)

TradeRow: TypeAlias = EnquiryRow | HoldRow | PurchaseRow | WaitlistRow

ONLINE_WITHIN = timedelta(minutes=2)
_LINES = 10
_LOOKED_AT = 60
_MONTH = timedelta(days=30)
_YEAR = timedelta(days=365)


def member_panel(
    db: Connection, member_id: int, now: datetime, entries: Sequence[Entry] = ()
) -> MemberPanel | None:
    """Everything about a member that the replica has with what is in the outbox laid over.

    ``None`` when she has not arrived.
    """
    row: MemberRow | None = queries.one(db, "member", member_id)
    if row is None:
        return None
    member = overlay_members.with_facts(row, entries)
    heir: MemberRow | None = queries.one(db, "member", member.merged_into or 0)
    visits, bought, spent = queries.sums_of_member(
        db, member_id, to_ms(now - _MONTH), to_ms(now - _YEAR)
    )
    rows: dict[str, list[TradeRow]] = {
        table: queries.newest_of_member(db, table, member_id, _LOOKED_AT)
        for table in ("enquiry", "purchase", "hold")
    }
    known = [overlay_trade.with_steps(row, entries) for row in rows["hold"]
             if isinstance(row, HoldRow)]  # fmt: skip
    rows["hold"] = [*_asked_here(entries, member_id, known, now), *known]
    waits = waits_of(db, member_id, entries, now)
    trade = TradeBook(db, [*(line for lines in rows.values() for line in lines), *waits])
    seen = member.last_seen_at
    return MemberPanel(
        member_id=member.id, name=member.name, phone=member.phone, tier=member.tier,
        points=member.points, birthday=member.birthday, birthday_lunar=member.birthday_lunar,
        state=member.state, joined_at=member.joined_at, created_at=member.created_at,
        last_seen_at=seen, last_visit_at=member.last_visit_at, visits_30d=visits,
        purchases_12m=bought, spent_12m=spent, marketing=member.marketing,
        weekly_cap=member.weekly_cap, online=seen is not None and now - seen < ONLINE_WITHIN,
        tags=overlay_members.with_tags(queries.tags_of(db, member_id), member_id, entries),
        sizes=dict(member.sizes), gender=member.gender, remark=member.remark,
        blocked=member.blocked, merged_into=member.merged_into or 0,
        merged_name=heir.name if heir else "", conflicts=conflicts(row, entries),
        asked=_once(trade.lines(rows["enquiry"])), bought=trade.lines(rows["purchase"])[:_LINES],
        holds=tuple(
            replace(line, unsent=overlay_trade.unsent(line.hold, entries))
            for line in trade.lines(rows["hold"])[:_LINES]
        ),
        waits=_waits(db, trade, waits),
        coupons=tuple(coupon_item(facts, entries)
                      for facts in replica_offers.of_member(db, member_id, to_ms(now))),
    )  # fmt: skip


def conflicts(row: MemberRow, entries: Sequence[Entry]) -> tuple[FieldConflict, ...]:
    """What was entered here and refused, beside what stands there."""
    refused = overlay_members.refused_facts(entries, row.id)
    if refused is None:
        return ()
    found = {
        name: FieldConflict(
            field=name, mine=mine, theirs=getattr(row, overlay_members.COLUMNS[name]),
            code=refused.code,
        )
        for name, mine in refused.values.items()
    }  # fmt: skip
    both = [each for name, each in found.items() if each.theirs not in (
        each.mine, refused.was.get(name))]  # fmt: skip
    return tuple(both or found.values())


def _asked_here(
    entries: Sequence[Entry], member_id: int, known: Sequence[TradeRow], now: datetime
) -> list[TradeRow]:
    """Holds that wait here for the line."""
    names = {row.client_id for row in known if isinstance(row, HoldRow)}
    return [
        HoldRow(id=0, rev=0, shop_id=0, client_id=ask.client_id, member_id=member_id,
                variant_id=ask.variant_id, quantity=ask.quantity, at=now)
        for ask in overlay_trade.asked_holds(entries)
        if ask.member_id == member_id and ask.client_id not in names
    ]  # fmt: skip


def _waits(db: Connection, trade: TradeBook, rows: Sequence[WaitlistRow]) -> tuple[TradeLine, ...]:
    """What she waits for, each with her place."""
    places = replica_waitlist.places(db, rows)
    made = ((row, trade.line(row)) for row in rows)
    return tuple(
        replace(line, place=places.get(row.id, 0)) for row, line in made if line is not None
    )


def _once(lines: tuple[TradeLine, ...]) -> tuple[TradeLine, ...]:
    """Each product in each colour and size once, where it stands first."""
    found: dict[tuple[int, str, str], TradeLine] = {}
    for line in lines:
        found.setdefault((line.product_id, line.colour, line.size), line)
    return tuple(found.values())[:_LINES]


class TradeBook:
    """Rows about members with the products they name."""

    def __init__(self, db: Connection, rows: Sequence[TradeRow]) -> None:
        variants = {row.variant_id for row in rows if row.variant_id}
        self._variants: dict[int, VariantRow] = {
            row.id: row for row in queries.by_ids(db, "variant", sorted(variants))
        }
        products = {getattr(row, "product_id", None) for row in rows}
        products |= {variant.product_id for variant in self._variants.values()}
        self._products: dict[int, ProductRow] = {
            row.id: row for row in queries.by_ids(db, "product", sorted(p for p in products if p))
        }
        tapped = {(row.product_id, row.colour) for row in rows
                  if isinstance(row, EnquiryRow) and row.colour and not row.variant_id}  # fmt: skip
        self._shades = replica_talk.in_colours(db, tapped) if tapped else {}

    def lines(self, rows: Sequence[TradeRow]) -> tuple[TradeLine, ...]:
        """In the same order; rows whose product has not arrived are left out."""
        made = (self.line(row) for row in rows)
        return tuple(line for line in made if line is not None)

    def line(self, row: TradeRow) -> TradeLine | None:
        """The row with its product, ``None`` when that has not arrived."""
        variant = self._variants.get(row.variant_id or 0)
        product_id = getattr(row, "product_id", None) or (variant.product_id if variant else 0)
        product = self._products.get(product_id)
        if product is None:
            return None
        amount = getattr(row, "amount", None)
        colour = variant.colour if variant else getattr(row, "colour", "")
        meant = [variant] if variant else self._shades.get((product.id, colour), [])
        first = meant[0] if meant else None
        return TradeLine(
            product_id=product.id, name=product.name, name_en=product.name_en, colour=colour,
            colour_en=first.colour_en if first else "", size=variant.size if variant else "",
            picture=(first.picture if first else "") or product.picture,
            price=product.price if amount is None else amount,
            promo_price=product.promo_price if amount is None else None,
            stock=sum(max(0, each.stock - each.held) for each in meant),
            state=getattr(row, "state", ""),
            at=row.asked_at if isinstance(row, WaitlistRow) else row.at,
            hold=row.client_id if isinstance(row, HoldRow | WaitlistRow) else "",
            quantity=getattr(row, "quantity", 1), until=getattr(row, "expires_at", None),
            shelf=variant.shelf if variant else "",
        )  # fmt: skip
