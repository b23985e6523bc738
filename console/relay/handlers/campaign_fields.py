"""What is known of members for the fields of a campaign's words; set-wise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table, func, select

from console.domain import templates
from console.domain.templates import Facts, fields_in
from console.store import opening, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.rows import MemberRow


def facts_of(
    tx: Transaction, row: CampaignRow, members: Sequence[MemberRow]
) -> Callable[[MemberRow], Facts]:
    """How a member's facts are found; only what the words use is asked for."""
    used = frozenset(name for variant in row.content.variants for name in fields_in(variant.body))
    language = row.content.language
    ids = [member.id for member in members]
    asked = _newest(tx, tables.enquiry, ids, language) if "last_asked" in used else {}
    bought = _newest(tx, tables.purchase, ids, language) if "last_bought" in used else {}
    coupons = _coupons(tx, ids) if "coupon" in used else {}
    each, shop = templates.COUPON_POINTS, ""
    if "points_to_coupon" in used:
        each = templates.coupon_points(opening.setting(tx.connection, templates.COUPON_SETTING))
    if "shop" in used:
        query = select(tables.shop.c.name).where(tables.shop.c.id == row.shop_id)
        shop = tx.connection.scalar(query) or ""

    def facts(member: MemberRow) -> Facts:
        return templates.facts_of(
            member, language, each, asked=asked.get(member.id, ""),
            bought=bought.get(member.id, ""), coupon=coupons.get(member.id, ""), shop=shop,
            only=used,
        )  # fmt: skip

    return facts


def _newest(
    tx: Transaction, table: Table, member_ids: Sequence[int], language: str
) -> dict[int, str]:
    """The name of the product of each member's newest row."""
    product = tables.product
    place = func.row_number().over(
        partition_by=table.c.member_id, order_by=(table.c.at.desc(), table.c.id.desc())
    )
    ours = (
        select(table.c.member_id, table.c.product_id, place.label("place"))
        .where(one_of(tx.connection, table.c.member_id, member_ids),
               table.c.product_id.is_not(None))
        .subquery()
    )  # fmt: skip
    query = (
        select(ours.c.member_id, product.c.name, product.c.name_en)
        .join(product, product.c.id == ours.c.product_id)
        .where(ours.c.place == 1)
    )
    found: dict[int, Any] = {}
    for member_id, name, name_en in tx.connection.execute(query):
        found[member_id] = (name_en or name) if language == "en" else name
    return found


def _coupons(tx: Transaction, member_ids: Sequence[int]) -> dict[int, str]:
    """What each member's coupon is called that she can use and that ends first."""
    coupon = tables.coupon
    query = (
        select(coupon.c.member_id, coupon.c.title)
        .where(one_of(tx.connection, coupon.c.member_id, member_ids),
               coupon.c.redeemed_at.is_(None), coupon.c.voided_at.is_(None),
               coupon.c.expires_at >= tx.now)
        .order_by(coupon.c.expires_at.desc(), coupon.c.id.desc())
    )  # fmt: skip
    return {each.member_id: each.title for each in tx.connection.execute(query)}
