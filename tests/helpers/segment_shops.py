"""A random shop written into a relay's tables and into a replica's, and asked there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, insert

from console.domain.segment_matching import Deal, Facts
from console.domain.segments import Rule
from console.store import driver, replica_tables, segment_query, tables
from console.wire import rows
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from console.wire.offer_rows import CouponRow, OfferRow
from tests.helpers.segment_rules import CAMPAIGNS, OFFERING, PRODUCTS, TODAY, RandomShop

_LONG_AGO = datetime.combine(TODAY, time(), UTC)
_FILLED = ("coupon", "offer", "question_answer", "conversation", "member_tag", "visit", "purchase",
           "enquiry", "recipient", "campaign", "member", "product", "shop")  # fmt: skip
"""Children before parents."""


class Databases:
    """Both, in memory, emptied for each shop."""

    def __init__(self) -> None:
        self.engine: Engine = create_engine("sqlite://")
        tables.metadata.create_all(self.engine)
        self.replica = driver.connect(":memory:")
        for statement in replica_tables.schema():
            self.replica.execute(statement)

    def close(self) -> None:
        self.engine.dispose()
        self.replica.close()

    def fill(self, shop: RandomShop) -> None:
        """Only this shop is in them from now on."""
        self.put(_rows(shop))

    def put(self, found: Mapping[str, list[Any]]) -> None:
        """Only these rows are in them from now on."""
        with self.engine.begin() as connection:
            for name in _FILLED:
                connection.execute(tables.metadata.tables[name].delete())
                self.replica.execute(f"DELETE FROM {name}")
            for name in reversed(_FILLED):
                made = [_columns(row) for row in found.get(name, ())]
                if made:
                    connection.execute(insert(tables.metadata.tables[name]), made)
                codec = replica_tables.CODECS[name]
                self.replica.executemany(codec.upsert, codec.tuples(found.get(name, [])))

    def on_relay(self, rule: Rule, today: date, zone: tzinfo) -> list[int]:
        """Who is in the segment, by the relay's tables; the count agrees."""
        with self.engine.begin() as connection:
            found = list(connection.scalars(segment_query.ids(rule, today, zone)))
            assert connection.scalar(segment_query.count(rule, today, zone)) == len(found)
        return found

    def on_replica(self, rule: Rule, today: date, zone: tzinfo) -> list[int]:
        """Who is in the segment, by the replica's tables; the count agrees."""
        found = [row[0] for row in self._ask(segment_query.ids(rule, today, zone))]
        assert self._ask(segment_query.count(rule, today, zone)) == [(len(found),)]
        return found

    def _ask(self, statement: Any) -> list[Any]:
        return self.replica.execute(*segment_query.as_text(statement)).fetchall()


def _columns(row: Any) -> dict[str, Any]:
    values = msgspec.structs.asdict(row)
    return {**values, "content": {}} if "content" in values else values


def _rows(shop: RandomShop) -> dict[str, list[Any]]:
    """Rows by table; products that are asked about are all in the catalogue."""
    made: dict[str, list[Any]] = {name: [] for name in _FILLED}
    made["shop"] = [rows.ShopRow(id=1, rev=1, name="时光衣橱")]
    made["product"] = [
        rows.ProductRow(id=number, rev=1, shop_id=1, sku=f"P{number}", name=f"P{number}",
                        category=category, gender=wearer)
        for number, category, wearer in PRODUCTS
    ]  # fmt: skip
    made["campaign"] = [
        CampaignRow(id=number, rev=1, shop_id=1, client_id=f"c{number}", kind=kind,
                    parent_id=parent, content=CampaignContent(), at=_LONG_AGO)
        for number, kind, parent in CAMPAIGNS
    ]  # fmt: skip
    made["offer"] = [
        OfferRow(id=number + 10, rev=1, shop_id=1, campaign_id=number, quantity=9,
                 ends_at=_LONG_AGO, valid_until=_LONG_AGO, at=_LONG_AGO)
        for number in OFFERING
    ]  # fmt: skip
    ids = Counter[str]()
    for facts in shop.members:
        heir = shop.merged_into.get(facts.id)
        made["member"].append(msgspec.structs.replace(_member(facts), merged_into=heir))
        for name, row in _of_member(facts):
            ids[name] += 1
            made[name].append(msgspec.structs.replace(row, id=ids[name]))
    return made


def _member(facts: Facts) -> rows.MemberRow:
    return rows.MemberRow(
        id=facts.id, rev=1, shop_id=1, name=f"M{facts.id}", gender=facts.gender, tier=facts.tier,
        points=facts.points, birthday=facts.birthday, birthday_lunar=facts.birthday_lunar,
        sizes=dict(facts.sizes), marketing=facts.marketing, bucket=facts.bucket,
        state=facts.state, joined_at=facts.joined, created_at=facts.created,
        last_seen_at=facts.seen,
    )  # fmt: skip


def _of_member(facts: Facts) -> Iterator[tuple[str, Any]]:
    own: dict[str, Any] = {"id": 0, "rev": 1, "member_id": facts.id}
    for tag in sorted(facts.tags):
        yield "member_tag", rows.MemberTagRow(**own, tag=tag)
    for at in facts.visits:
        yield "visit", rows.VisitRow(**own, shop_id=1, at=at)
    for row in _recipients(own, facts):
        yield "recipient", row
    for reply in facts.replies:
        spoken = {} if reply.choice is not None else {"text": "毛衣", "message_id": 1}
        yield (
            "question_answer",
            rows.QuestionAnswerRow(
                **own, campaign_id=max(reply.campaigns), choice=reply.choice, at=_LONG_AGO, **spoken
            ),
        )
    for coupon in facts.coupons:
        offer_id = max(coupon.campaigns) + 10
        yield (
            "coupon",
            CouponRow(
                **own, shop_id=1, code=f"{facts.id}-{offer_id}", offer_id=offer_id,
                claimant_id=facts.id, issued_at=_LONG_AGO, expires_at=_LONG_AGO,
                redeemed_at=_LONG_AGO if coupon.redeemed else None,
            ),
        )  # fmt: skip
    for deal in facts.purchases:
        yield "purchase", _purchase(own, deal)
    for deal in facts.enquiries:
        assert deal.product is not None
        yield "enquiry", rows.EnquiryRow(**own, shop_id=1, product_id=deal.product, at=deal.at)


def _recipients(own: dict[str, Any], facts: Facts) -> Iterator[RecipientRow]:
    """Her notices, and what is none: a correction, one that is still to be written."""
    for notice in facts.notices:
        at = notice.at
        yield RecipientRow(
            **own, campaign_id=max(notice.campaigns), state="written", counted=True, at=at,
            written_at=at, read_at=at if notice.read else None,
            replied_at=at if notice.answered else None,
            recalled_at=at if notice.recalled else None,
        )  # fmt: skip
    if facts.notices:
        at = facts.notices[0].at
        yield RecipientRow(**own, campaign_id=3, state="written", written_at=at, read_at=at, at=at)
        waiting = {number for number, *_ in CAMPAIGNS} - {max(n.campaigns) for n in facts.notices}
        yield RecipientRow(**own, campaign_id=min(waiting - {3}), state="pending", at=at)


def _purchase(own: dict[str, Any], deal: Deal) -> rows.PurchaseRow:
    return rows.PurchaseRow(**own, shop_id=1, product_id=deal.product, quantity=deal.pieces,
                            amount=deal.amount, at=deal.at)  # fmt: skip
