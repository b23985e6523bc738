"""Asking to keep what a campaign's photo shows: in which sizes, and the hold that comes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.relay import shown
from console.relay.actor import Actor
from console.wire import commands
from console.wire.commands import AskHold, PhotoNote
from console.wire.errors import Code, Refusal
from tests.helpers.campaign_kit import sent, variant
from tests.helpers.relay_kit import add_stock, text
from tests.unit.relay.campaign_shop import keep_in
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_campaigns import upload
from tests.unit.relay.test_handlers_taps import message_of

RED = PhotoNote(price=39_900, product_id=1, colour="红")
ANY = PhotoNote(product_id=1)


@pytest.fixture
async def photos(shop: Shop) -> list[int]:
    """A red coat, the coat as such, and nothing of the shop; as media ids."""
    await add_stock(shop.core)
    others = [("红", "M", 0, 0), ("米", "L", 2, 2), ("米", "S", 1, 0)]
    for number, (colour, size, stock, held) in enumerate(others, 2):
        shop.write(
            "insert into variant (id, rev, shop_id, product_id, colour, size, stock, held)"
            " values (?, 0, 1, 1, ?, ?, ?, ?)", number, colour, size, stock, held,
        )  # fmt: skip
    keep_in(shop, shop.anna, shop.bea)
    shop.write("update member set marketing = 1")
    ids = [await upload(shop, name) for name in ("one", "two", "three")]
    await sent(shop.core, shop.clerk, "c",
               variant(media=["one", "two", "three"], notes=[RED, ANY]))  # fmt: skip
    return ids


def wish(message: int, media: int, size: str = "L", **more: Any) -> AskHold:
    return AskHold(client_id="w", message_id=message, media_id=media, size=size, **more)


async def choices(shop: Shop, who: Actor, message: int, media: int) -> list[shown.Choice]:
    return await shop.core.read(lambda each: shown.choices(each, who, message, media))


def holds(shop: Shop) -> list[dict[str, Any]]:
    return shop.rows("select member_id, variant_id, state, title, quantity from hold")


async def test_what_a_photo_shows_is_asked_for_once_however_often_it_is_said(
    shop: Shop, photos: list[int]
) -> None:
    said = wish(message_of(shop, shop.anna.id), photos[0])
    first = await shop.core.call(shop.anna, said)
    assert await shop.core.call(shop.anna, said) == first
    assert holds(shop) == [{"member_id": shop.anna.id, "variant_id": 1, "state": "asked",
                            "title": "红风衣 L", "quantity": 1}]  # fmt: skip


async def test_of_a_photo_in_several_colours_one_is_said_with_the_size(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    assert await shop.refused(shop.anna, wish(message, photos[1])) is Code.NOT_FOUND
    await shop.core.call(shop.anna, wish(message, photos[1], colour="米"))
    # Only one colour comes in that size.
    await shop.core.call(shop.anna, AskHold(
        client_id="s", message_id=message, media_id=photos[1], size="S"))  # fmt: skip
    assert [row["variant_id"] for row in holds(shop)] == [3, 4]


async def test_only_what_her_own_message_shows_can_be_asked_for(
    shop: Shop, photos: list[int]
) -> None:
    mine, hers = message_of(shop, shop.anna.id), message_of(shop, shop.bea.id)
    words = await shop.core.call(shop.clerk, text(shop.anna.conversation_id))
    for said in (
        wish(hers, photos[0]),
        wish(0, photos[0]),
        wish(9_999, photos[0]),
        wish(int(words["id"]), photos[0]),
        wish(mine, photos[2]),  # shows no article
        wish(mine, 9_999),
        wish(mine, -1),
        wish(mine, photos[0], "XXL"),
        wish(mine, photos[0], ""),
        wish(mine, photos[0], "S"),  # in another colour only
        wish(mine, photos[0], colour="米"),  # the photo is of the red one
    ):
        assert await shop.refused(shop.anna, said) is Code.NOT_FOUND, said
    # Staff have a catalogue, and no message that is theirs.
    by_staff = wish(mine, photos[0], member_id=shop.anna.id)
    assert await shop.refused(shop.clerk, by_staff) is Code.NOT_FOUND
    assert holds(shop) == []


@pytest.mark.parametrize("quantity", [0, 21])
async def test_a_photo_gives_no_more_than_a_card(
    shop: Shop, photos: list[int], quantity: int
) -> None:
    said = wish(message_of(shop, shop.anna.id), photos[0], quantity=quantity)
    assert await shop.refused(shop.anna, said) is Code.COMMAND_INVALID


async def test_a_blocked_member_asks_for_nothing(shop: Shop, photos: list[int]) -> None:
    message = message_of(shop, shop.anna.id)
    shop.block(shop.anna)
    assert await shop.refused(shop.anna, wish(message, photos[0])) is Code.MEMBER_BLOCKED


async def test_a_name_that_meant_another_size_is_not_taken_for_this_one(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    await shop.core.call(shop.anna, wish(message, photos[0]))
    assert await shop.refused(shop.anna, wish(message, photos[0], "M")) is Code.CONFLICT


async def _taken_back(shop: Shop, message: int, how: str) -> None:
    """The message, its campaign before the message had its turn, article or colour is gone."""
    if how == "message":
        (row,) = shop.rows("select client_id from message where id = ?", message)
        await shop.core.call(shop.clerk, commands.RecallMessage(client_id=row["client_id"]))
    elif how == "campaign":
        await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="c"))
        (row,) = shop.rows("select recalled_at from message where id = ?", message)
        assert row["recalled_at"] is None
    elif how == "colour":
        shop.write("update variant set colour = '米'")
    else:
        shop.write("update variant set product_id = 2")
        shop.write("delete from product")


@pytest.mark.parametrize("how", ["message", "campaign", "article", "colour"])
async def test_what_was_taken_back_is_neither_offered_nor_kept(
    shop: Shop, photos: list[int], how: str
) -> None:
    message = message_of(shop, shop.anna.id)
    await _taken_back(shop, message, how)
    assert await shop.refused(shop.anna, wish(message, photos[0])) is Code.NOT_FOUND
    with pytest.raises(Refusal):
        await choices(shop, shop.anna, message, photos[0])
    assert holds(shop) == []


async def test_a_photo_is_offered_in_its_colour_what_is_left_first(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    red = await choices(shop, shop.anna, message, photos[0])
    assert [(each.size, each.left, each.title) for each in red] == [
        ("L", True, "红风衣 L"), ("M", False, "红风衣 M"),
    ]  # fmt: skip
    both = await choices(shop, shop.anna, message, photos[1])
    assert [(each.colour, each.size, each.left) for each in both] == [
        ("红", "L", True), ("米", "S", True), ("红", "M", False), ("米", "L", False),
    ]  # fmt: skip


async def test_nothing_of_the_shop_is_told_about_another_photo(
    shop: Shop, photos: list[int]
) -> None:
    mine, hers = message_of(shop, shop.anna.id), message_of(shop, shop.bea.id)
    for message, media in ((hers, photos[0]), (0, photos[0]), (mine, photos[2]), (mine, 0)):
        with pytest.raises(Refusal) as caught:
            await choices(shop, shop.anna, message, media)
        assert caught.value.code is Code.NOT_FOUND


async def test_the_messages_of_a_campaign_carry_no_sizes(shop: Shop, photos: list[int]) -> None:
    rows = shop.rows("select media from message where campaign_id is not null")
    found = {key for row in rows for ref in json.loads(row["media"]) for key in ref}
    of_a_photo = {"id", "mime", "width", "height", "size", "blurhash"}
    assert found - of_a_photo == {"price", "product_id", "colour"}
