"""A campaign with a photo through a real relay: who got it sees it, nobody else ever does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.helpers.pictures import corners, encoded
from tests.helpers.reader import Reader, Refused, new_id


def stand_where_it_is_noon(shop: Any) -> None:
    """So that it is never night there, whenever the tests run."""
    ahead = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    [database] = shop.relay.folder.glob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update shop set timezone = ?", (zone,))


async def willing(member: Reader) -> int:
    """Connected, and she takes notices; her id."""
    await member.connect()
    await member.sync()
    await member.command("consent.set", purpose="marketing", granted=True)
    return int(member.table("member")[0]["id"])


async def photo_of(member: Reader, media_id: int) -> int:
    """What the relay answers her who asks for it."""
    status, _, _ = await member.request("GET", f"/media/{media_id}/480")
    return int(status)


async def test_a_campaigns_photo_is_for_those_who_got_it_until_it_is_recalled(shop, phone):
    stand_where_it_is_noon(shop)
    anna, bea = await phone("安娜", "13800137001"), await phone("贝", "13800137002")
    ids = [await willing(anna), await willing(bea)]
    owner = shop.owner
    await owner.connect()
    await owner.sync()
    await owner.command("setting.set", key="holdout_percent", value=0)
    upload = await owner.upload(encoded(corners(300, 200), "PNG"))
    name = new_id()
    first = {"leaf": "members", "ids": ids[:1]}
    await owner.command(
        "campaign.save", client_id=name, rule={"leaf": "members", "ids": ids},
        variants=[
            {"name": "w", "body": "{name},新款", "media": [upload], "rule": first},
            {"name": "m", "body": "男装"},
        ],
    )  # fmt: skip
    await owner.command("campaign.freeze", client_id=name)
    await owner.command("campaign.send_now", client_id=name)
    await anna.until(lambda: anna.table("message"))
    await bea.until(lambda: bea.table("message"))
    [hers] = anna.table("message")
    assert (hers["body"], hers["kind"]) == ("安娜,新款", "photo")
    assert [row["body"] for row in bea.table("message")] == ["男装"]
    media_id = hers["media"][0]["id"]
    assert [await photo_of(each, media_id) for each in (anna, bea, owner)] == [200, 404, 200]
    await owner.command("campaign.recall", client_id=name)
    await anna.until(lambda: anna.table("message")[0].get("recalled_at"))
    assert await photo_of(anna, media_id) == 410
    assert "body" not in anna.table("message")[0]
    with pytest.raises(Refused):
        await owner.command("campaign.resend", client_id=name, new_id=new_id())
