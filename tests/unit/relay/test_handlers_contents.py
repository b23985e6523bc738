"""What a message may carry: photos, a voice, a video, a card; and who may say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.relay.actor import RELAY, Actor
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock, text
from tests.unit.relay.shop import Shop


async def upload(shop: Shop, actor: Actor, client_id: str, mime: str = "image/webp") -> int:
    facts: dict[str, Any] = {} if mime.startswith("image/") else {"duration_ms": 3_200}
    if mime.startswith("audio/"):
        facts["waveform"] = "0af0"
    made = await shop.core.call(RELAY, commands.FinishUpload(
        client_id=client_id, owner_kind=actor.kind, owner_id=actor.id, sha256=client_id,
        mime=mime, width=4, height=3, size=9, **facts))  # fmt: skip
    return int(made["media_id"])


async def sent(shop: Shop, actor: Actor, body: str = "", **kw: Any) -> dict[str, Any]:
    made = await shop.core.call(actor, text(shop.anna.conversation_id, body, **kw))
    return shop.rows("select * from message where id = ?", made["id"])[0]


@pytest.mark.parametrize(
    ("mime", "kind", "extra"),
    [
        ("image/webp", "photo", set()),
        ("audio/mp4", "voice", {"duration_ms", "waveform"}),
        ("video/mp4", "video", {"duration_ms"}),
    ],
)
async def test_the_media_decide_the_kind(shop: Shop, mime: str, kind: str, extra: set[str]) -> None:
    await upload(shop, shop.anna, "a", mime)
    row = await sent(shop, shop.anna, uploads=["a"])
    [medium] = json.loads(row["media"])
    assert row["kind"] == kind
    assert {"duration_ms", "waveform"} & set(medium) == extra
    assert shop.conversation(shop.anna)["preview_kind"] == kind


@pytest.mark.parametrize(
    "mimes",
    [
        ["image/webp", "audio/mp4"], ["audio/mp4", "audio/mp4"], ["video/mp4", "video/mp4"],
        ["text/plain"],
    ],
)  # fmt: skip
async def test_kinds_are_not_mixed_and_only_photos_come_in_numbers(
    shop: Shop, mimes: list[str]
) -> None:
    names = [f"u{place}" for place in range(len(mimes))]
    for name, mime in zip(names, mimes, strict=True):
        await upload(shop, shop.anna, name, mime)
    command = text(shop.anna.conversation_id, "", uploads=names)
    assert await shop.refused(shop.anna, command) is Code.COMMAND_INVALID


async def test_captions_stay_with_their_photos_in_order(shop: Shop) -> None:
    ids = [await upload(shop, shop.clerk, name) for name in "abc"]
    row = await sent(shop, shop.clerk, uploads=["c", "a", "b"], captions=["丙", " 甲  一 "],
                     layout="strip")  # fmt: skip
    media = json.loads(row["media"])
    assert [item["id"] for item in media] == [ids[2], ids[0], ids[1]]
    assert [item.get("caption", "") for item in media] == ["丙", "甲 一", ""]
    assert row["layout"] == "strip"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"captions": ["一", "二"]}, Code.COMMAND_INVALID),
        ({"captions": ["长" * 61]}, Code.COMMAND_INVALID),
        ({"layout": "heap"}, Code.COMMAND_INVALID),
        ({"uploads": ["a", "a"]}, Code.COMMAND_INVALID),
        ({"uploads": ["a"] + [f"x{n}" for n in range(9)]}, Code.COMMAND_INVALID),
        ({"product_id": 1}, Code.COMMAND_INVALID),
        ({"uploads": [], "layout": "strip", "body": "词"}, Code.COMMAND_INVALID),
    ],
)
async def test_what_does_not_fit_is_refused(shop: Shop, fields: dict[str, Any], code: Code) -> None:
    await add_stock(shop.core)
    await upload(shop, shop.clerk, "a")
    command = text(shop.anna.conversation_id, **{"body": "", "uploads": ["a"], **fields})
    assert await shop.refused(shop.clerk, command) is code


async def test_members_lay_out_nothing_and_show_no_articles(shop: Shop) -> None:
    await add_stock(shop.core)
    await upload(shop, shop.anna, "a")
    strip = text(shop.anna.conversation_id, "", uploads=["a"], layout="strip")
    card = text(shop.anna.conversation_id, "", product_id=1)
    assert await shop.refused(shop.anna, strip) is Code.COMMAND_DENIED
    assert await shop.refused(shop.anna, card) is Code.COMMAND_DENIED


async def test_a_card_is_made_of_the_shops_own_rows(shop: Shop) -> None:
    product_id, variant_id = await add_stock(shop.core, stock=2)
    row = await sent(shop, shop.clerk, product_id=product_id, variant_id=variant_id)
    card = json.loads(row["card"])
    assert (row["kind"], card["name"], card["price"]) == ("product", "风衣", 39900)
    assert (card["colour"], card["size"], card["sizes"]) == ("红", "L", ["L"])
    assert shop.conversation(shop.anna)["preview_text"] == "风衣"
    missing = text(shop.anna.conversation_id, "", product_id=99)
    other = text(shop.anna.conversation_id, "", product_id=product_id, variant_id=99)
    assert await shop.refused(shop.clerk, missing) is Code.NOT_FOUND
    assert await shop.refused(shop.clerk, other) is Code.NOT_FOUND


async def test_a_card_names_the_sizes_that_are_on_the_shelf(shop: Shop) -> None:
    product_id, _ = await add_stock(shop.core, stock=0)
    row = await sent(shop, shop.clerk, "看看这件", product_id=product_id)
    card = json.loads(row["card"])
    assert card["sizes"] == []
    assert "size" not in card
    assert shop.conversation(shop.anna)["preview_text"] == "看看这件"


async def test_a_recalled_card_is_gone(shop: Shop) -> None:
    await add_stock(shop.core)
    await sent(shop, shop.clerk, product_id=1, client_id="card")
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id="card"))
    assert shop.rows("select card from message") == [{"card": None}]
    assert shop.conversation(shop.anna)["preview_text"] == ""


async def test_a_quick_replys_picture_is_sent_as_a_medium_of_its_own(shop: Shop) -> None:
    kept = await upload(shop, shop.clerk, "a")
    await shop.core.call(shop.clerk, commands.SaveQuickReply(
        client_id="q", body="新款", uploads=["a"]))  # fmt: skip
    row = await sent(shop, shop.owner, "新款", uploads=[f"media:{kept}"])
    [medium] = json.loads(row["media"])
    assert medium["id"] != kept
    [copy] = shop.rows("select * from media where id = ?", medium["id"])
    assert (copy["sha256"], copy["internal"], copy["conversation_id"]) == (
        "a", 0, shop.anna.conversation_id)  # fmt: skip
    assert shop.rows("select internal from media where id = ?", kept) == [{"internal": 1}]
    theft = text(shop.anna.conversation_id, "", uploads=[f"media:{kept}"])
    assert await shop.refused(shop.anna, theft) is Code.UPLOAD_MISSING


async def test_a_colleagues_own_picture_cannot_be_sent(shop: Shop) -> None:
    kept = await upload(shop, shop.clerk, "a")
    await shop.core.call(shop.clerk, commands.SaveQuickReply(
        client_id="q", body="新款", uploads=["a"], shared=False))  # fmt: skip
    command = text(shop.anna.conversation_id, "", uploads=[f"media:{kept}"])
    assert await shop.refused(shop.owner, command) is Code.UPLOAD_MISSING
    await shop.core.call(shop.clerk, command)
