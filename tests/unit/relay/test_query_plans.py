"""However much was sent before, a slice of a campaign finds its rows by index."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Engine, event

from console.wire import commands
from tests.helpers.campaign_kit import advance, frozen, settle
from tests.unit.relay.campaign_shop import campaign, willing
from tests.unit.relay.merging import merge
from tests.unit.relay.offer_shop import claim, coupons, offered
from tests.unit.relay.shop import Shop

LARGE = (
    "recipient", "message", "member", "conversation", "participant", "enquiry", "purchase",
    "coupon", "campaign", "offer",
)  # fmt: skip


@contextmanager
def heard() -> Iterator[dict[str, Any]]:
    """Every statement that any engine is given meanwhile, with its (first) values."""
    seen: dict[str, Any] = {}

    def note(
        _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool
    ) -> None:
        seen.setdefault(statement, values[0] if many else values)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def walks(shop: Shop, seen: dict[str, Any]) -> list[str]:
    """Steps of the statements' plans that go through a large table from end to end."""
    found = []
    with closing(sqlite3.connect(shop.path)) as database:
        for statement, values in seen.items():
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                plan = database.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
                scans = {f"SCAN {table}" for table in LARGE}
                found += [f"{row[3]}: {statement}" for row in plan if row[3] in scans]
    return found


async def test_sending_recalling_and_cancelling_walk_through_no_large_table(shop: Shop) -> None:
    await willing(shop, 5)
    for client_id in ("sent", "cancelled"):
        made = await frozen(shop.core, shop.clerk, client_id, language="zh")
    with heard() as seen:
        for client_id in ("sent", "cancelled"):
            await shop.core.call(shop.clerk, commands.SendCampaignNow(
                client_id=client_id, confirm=made["counts"]["pending"]))  # fmt: skip
            await advance(shop.core, 2)
        await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="cancelled"))
        await settle(shop.core)
        await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="sent"))
        await settle(shop.core)
    assert campaign(shop, "sent")["recalled_at"]
    assert campaign(shop, "cancelled")["state"] == "cancelled"
    assert any("UPDATE recipient" in statement for statement in seen)
    assert walks(shop, seen) == []


async def test_claims_of_one_and_of_many_walk_through_no_table(shop: Shop) -> None:
    many = await willing(shop, 12)
    await offered(shop, 5)
    with heard() as seen:
        await claim(shop, many[0])
        await asyncio.gather(*(claim(shop, each) for each in many), return_exceptions=True)
        await merge(shop)
        code = coupons(shop)[0]["code"]
        await shop.core.call(shop.clerk, commands.RedeemCoupon(code=code))
        await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1))
    assert len(coupons(shop)) == 5
    assert any("FROM coupon" in statement for statement in seen)
    assert walks(shop, seen) == []
