"""What tests of campaigns look at in a shop's database."""

from __future__ import annotations

import json
from typing import Any

from console.relay.actor import Actor
from tests.helpers.relay_kit import new_member
from tests.unit.relay.shop import Shop


def campaign(shop: Shop, client_id: str = "c") -> dict[str, Any]:
    row = shop.rows("select * from campaign where client_id = ?", client_id)[0]
    for name in ("content", "counts", "beside"):
        row[name] = json.loads(row[name])
    return row


def recipients(shop: Shop, client_id: str = "c") -> dict[int, dict[str, Any]]:
    found = shop.rows(
        "select r.* from recipient r join campaign c on c.id = r.campaign_id"
        " where c.client_id = ?", client_id,
    )  # fmt: skip
    return {row["member_id"]: row for row in found}


def bodies(shop: Shop, actor: Actor) -> list[str]:
    found = shop.rows(
        "select body from message where conversation_id = ? order by seq", actor.conversation_id
    )
    return [row["body"] for row in found]


async def willing(shop: Shop, count: int = 1, **fields: Any) -> list[Actor]:
    """More members who take marketing and are never held out."""
    found = [await new_member(shop.core, marketing=True, **fields) for _ in range(count)]
    keep_in(shop, *found)
    return found


def keep_in(shop: Shop, *actors: Actor) -> None:
    """Out of this quarter's holdout."""
    for actor in actors:
        shop.write("update member set bucket = 9999 where id = ?", actor.id)
