"""Quick replies: whose they are, what they keep, and the first ones of a shop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console import paths
from console.relay import lookups
from console.relay.actor import RELAY
from console.relay.http_media import may_see
from console.relay.internal import AddStarterReplies
from console.wire import commands
from console.wire.errors import Code
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_contents import upload


def reply(client_id: str = "q", **kw: Any) -> commands.SaveQuickReply:
    kw.setdefault("body", "有的,{name}")
    return commands.SaveQuickReply(client_id=client_id, **kw)


def rows(shop: Shop) -> list[dict[str, Any]]:
    return shop.rows("select * from quick_reply order by id")


async def test_the_shops_are_changed_by_any_staff(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, reply(title=" 有 货 ", shortcut="/YH"))
    assert await shop.core.call(shop.owner, reply(body="有的")) == made
    [row] = rows(shop)
    assert (row["body"], row["staff_id"], row["shortcut"]) == ("有的", None, "")


async def test_ones_own_are_nobody_elses(shop: Shop) -> None:
    await shop.core.call(shop.clerk, reply(shared=False, shortcut="yh"))
    for command in (reply(), commands.RemoveQuickReply(client_id="q"),
                    commands.UseQuickReply(client_id="q")):  # fmt: skip
        assert await shop.refused(shop.owner, command) is Code.NOT_FOUND
    await shop.core.call(shop.owner, reply("other", shared=False, shortcut="yh"))
    assert [row["staff_id"] for row in rows(shop)] == [shop.clerk.id, shop.owner.id]


async def test_a_colleague_never_gets_anothers_own(shop: Shop, lines: Any) -> None:
    owner, clerk = lines(shop.owner), lines(shop.clerk)
    for line in (owner, clerk):
        await line.hello()
        await line.page("shop")
    await clerk.page(f"drafts/{shop.clerk.id}")
    await shop.core.call(shop.clerk, reply("mine", body="只有我用的话", shared=False))
    await shop.core.call(shop.clerk, reply("ours", body="大家用的话"))
    for line in (owner, clerk):
        await line.transport.until(lambda line=line: any(
            "大家用的话".encode() in raw for raw in line.transport.raw))  # fmt: skip
    assert "只有我用的话" in b"".join(clerk.transport.raw).decode()
    assert "只有我用的话" not in b"".join(owner.transport.raw).decode()


async def test_a_shortcut_belongs_to_one_of_an_owners(shop: Shop) -> None:
    await shop.core.call(shop.clerk, reply(shortcut="/YH "))
    again = reply("two", shortcut="yh")
    assert await shop.refused(shop.owner, again) is Code.QUICK_REPLY_SHORTCUT
    await shop.core.call(shop.owner, reply("two", shortcut="yh", shared=False))
    await shop.core.call(shop.clerk, reply(shortcut="yh"))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": " "}, Code.TEXT_EMPTY),
        ({"body": "长" * 4001}, Code.TEXT_TOO_LONG),
        ({"title": "长" * 61}, Code.COMMAND_INVALID),
        ({"shortcut": "two words"}, Code.COMMAND_INVALID),
        ({"shortcut": "x" * 21}, Code.COMMAND_INVALID),
        ({"media_ids": [1]}, Code.COMMAND_INVALID),
        ({"uploads": ["none"]}, Code.UPLOAD_MISSING),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    shop: Shop, fields: dict[str, Any], code: Code
) -> None:
    assert await shop.refused(shop.clerk, reply(**fields)) is code
    assert await shop.refused(shop.anna, reply()) is Code.COMMAND_DENIED


async def test_what_another_console_changed_is_not_overwritten(shop: Shop) -> None:
    await shop.core.call(shop.clerk, reply())
    base_rev = rows(shop)[0]["rev"]
    await shop.core.call(shop.owner, reply(body="新的", base_rev=base_rev))
    late = reply(body="旧的", base_rev=base_rev)
    assert await shop.refused(shop.clerk, late) is Code.CONFLICT


async def medium(shop: Shop, media_id: int) -> Any:
    return await shop.core.read(lambda connection: lookups.medium(connection, media_id))


async def test_its_pictures_are_for_staff_and_kept_in_order(shop: Shop) -> None:
    ids = [await upload(shop, shop.clerk, name) for name in "abc"]
    await shop.core.call(shop.clerk, reply(body="", uploads=["a", "b"]))
    await shop.core.call(RELAY, commands.DiscardMedia(media_ids=ids[:2]))
    await shop.core.call(shop.clerk, reply(media_ids=[ids[1]], uploads=["c"]))
    assert [item["id"] for item in json.loads(rows(shop)[0]["media"])] == [ids[1], ids[2]]
    kept, dropped = await medium(shop, ids[1]), await medium(shop, ids[0])
    assert (kept.erased_at, dropped.erased_at is None) == (None, False)
    assert [may_see(who, kept) for who in (shop.owner, shop.clerk, shop.anna)] == [
        True, True, False]  # fmt: skip


async def test_pictures_of_ones_own_are_seen_by_nobody_else(shop: Shop) -> None:
    media_id = await upload(shop, shop.clerk, "a")
    await shop.core.call(shop.clerk, reply(uploads=["a"], shared=False))
    fact = await medium(shop, media_id)
    assert [may_see(who, fact) for who in (shop.owner, shop.clerk)] == [False, True]
    await shop.core.call(shop.clerk, reply(media_ids=[media_id]))
    fact = await medium(shop, media_id)
    assert [may_see(who, fact) for who in (shop.owner, shop.clerk)] == [True, True]


async def test_giving_ones_own_to_the_shop_moves_it_between_scopes(shop: Shop) -> None:
    first = await shop.core.call(shop.clerk, reply(shared=False))
    await shop.core.call(shop.clerk, commands.UseQuickReply(client_id="q"))
    second = await shop.core.call(shop.clerk, reply())
    [row] = rows(shop)
    assert (row["id"], row["staff_id"], row["uses"]) == (second["id"], None, 1)
    assert shop.rows("select scope, row_id from tombstone") == [
        {"scope": f"drafts/{shop.clerk.id}", "row_id": first["id"]}
    ]


async def test_removed_it_leaves_a_tombstone_and_no_picture(shop: Shop) -> None:
    media_id = await upload(shop, shop.clerk, "a")
    made = await shop.core.call(shop.clerk, reply(uploads=["a"]))
    await shop.core.call(shop.owner, commands.RemoveQuickReply(client_id="q"))
    assert rows(shop) == []
    assert shop.rows("select scope, row_id from tombstone") == [
        {"scope": "shop", "row_id": made["id"]}
    ]
    assert (await medium(shop, media_id)).erased_at is not None


async def test_uses_are_counted(shop: Shop) -> None:
    await shop.core.call(shop.clerk, reply())
    for _ in range(2):
        await shop.core.call(shop.owner, commands.UseQuickReply(client_id="q"))
    [row] = rows(shop)
    assert (row["uses"], row["used_at"]) == (2, int(shop.clock.now().timestamp() * 1000))


# --- the first ones -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_ones_are_whole_and_can_be_told_apart(language: str) -> None:
    file = Path(paths.resources()) / "text" / f"quick_replies.{language}.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    assert len(found) == 16
    assert len({item["shortcut"] for item in found}) == len({item["title"] for item in found}) == 16
    for item in found:
        assert set(item) == {"title", "shortcut", "body"}
        assert item["shortcut"].isascii()
        assert item["body"].count("[") == item["body"].count("]")
        blanks = item["body"].replace("{name}", "").replace("{staff}", "").replace("{shop}", "")
        assert "{" not in blanks.replace("{points}", "")


async def test_a_shop_gets_its_first_ones_once(shop: Shop) -> None:
    start = AddStarterReplies(language="zh")
    assert await shop.core.call(RELAY, start) == {"added": 16}
    assert await shop.core.call(RELAY, start) == {"added": 0}
    assert {row["staff_id"] for row in rows(shop)} == {None}
    for row in rows(shop):
        await shop.core.call(shop.clerk, commands.RemoveQuickReply(client_id=row["client_id"]))
    assert await shop.core.call(RELAY, start) == {"added": 0}


@pytest.mark.parametrize(("name", "title"), [("时光衣橱", "欢迎"), ("Time Wardrobe", "Welcome")])
async def test_an_older_shop_gets_them_in_its_own_language(
    shop: Shop, name: str, title: str
) -> None:
    await shop.core.call(RELAY, commands.UpdateShop(display_name=name, greeting=""))
    await shop.core.call(RELAY, AddStarterReplies())
    assert rows(shop)[0]["title"] == title


async def test_who_has_some_gets_none(shop: Shop) -> None:
    await shop.core.call(shop.clerk, reply())
    assert await shop.core.call(RELAY, AddStarterReplies()) == {"added": 0}
