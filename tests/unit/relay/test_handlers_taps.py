"""What photos of a campaign show, and a tap on one: one enquiry for member, message and photo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.wire import commands
from console.wire.commands import PhotoNote, TapPhoto
from console.wire.errors import Code
from tests.helpers.campaign_kit import sent, settle, variant
from tests.helpers.relay_kit import add_stock
from tests.unit.relay.campaign_shop import keep_in
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_campaign_trials import own_phones, try_on
from tests.unit.relay.test_handlers_campaigns import upload

RED = PhotoNote(price=39_900, product_id=1, colour="红")


@pytest.fixture
async def photos(shop: Shop) -> list[int]:
    """Two photos of a campaign that anna has: a red coat, and one that shows no article."""
    await add_stock(shop.core)
    keep_in(shop, shop.anna, shop.bea)
    shop.write("update member set marketing = 1")
    ids = [await upload(shop, name) for name in ("one", "two")]
    both = variant(media=["one", "two"], captions=["红色风衣"], notes=[RED], layout="strip")
    await sent(shop.core, shop.clerk, "c", both)
    return ids


def message_of(shop: Shop, member_id: int) -> int:
    rows = shop.rows("select id from message where addressee_id = ?", member_id)
    return int(rows[0]["id"])


def enquiries(shop: Shop) -> list[dict[str, Any]]:
    return shop.rows("select member_id, product_id, colour, message_id, media_id, source "
                     "from enquiry order by id")  # fmt: skip


async def tap(shop: Shop, who: Any, message_id: int, media_id: int) -> int:
    found = await shop.core.call(who, TapPhoto(message_id=message_id, media_id=media_id))
    return int(found["id"])


async def test_price_article_and_colour_reach_the_member_with_the_photo(
    shop: Shop, photos: list[int]
) -> None:
    (row,) = shop.rows("select media from message where addressee_id = ?", shop.anna.id)
    first, second = json.loads(row["media"])
    told = (first["caption"], first["price"], first["product_id"], first["colour"])
    assert told == ("红色风衣", 39_900, 1, "红")
    assert not {"price", "product_id", "colour", "caption"} & second.keys()


async def test_taps_however_many_make_one_enquiry_for_each_photo_and_member(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    made = {await tap(shop, shop.anna, message, photos[0]) for _ in range(3)}
    assert len(made) == 1
    await tap(shop, shop.bea, message_of(shop, shop.bea.id), photos[0])
    mine, hers = enquiries(shop)
    assert mine == {"member_id": shop.anna.id, "product_id": 1, "colour": "红",
                    "message_id": message, "media_id": photos[0], "source": "tap"}  # fmt: skip
    assert hers["member_id"] == shop.bea.id


async def test_a_photo_that_shows_no_article_asks_about_nothing(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    assert await tap(shop, shop.anna, message, photos[1]) == 0
    assert await tap(shop, shop.anna, message, 77) == 0
    assert enquiries(shop) == []


async def test_nobody_taps_in_another_members_chat(shop: Shop, photos: list[int]) -> None:
    foreign = TapPhoto(message_id=message_of(shop, shop.bea.id), media_id=photos[0])
    assert await shop.refused(shop.anna, foreign) is Code.NOT_FOUND
    shop.block(shop.bea)
    assert await shop.refused(shop.bea, foreign) is Code.MEMBER_BLOCKED
    assert await shop.refused(shop.clerk, foreign) is Code.COMMAND_DENIED
    assert enquiries(shop) == []


async def test_a_photo_that_was_taken_back_asks_about_nothing(
    shop: Shop, photos: list[int]
) -> None:
    message = message_of(shop, shop.anna.id)
    (row,) = shop.rows("select client_id from message where id = ?", message)
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id=row["client_id"]))
    assert await tap(shop, shop.anna, message, photos[0]) == 0
    assert enquiries(shop) == []


async def test_what_the_shops_own_people_tap_in_a_trial_is_no_enquiry(shop: Shop) -> None:
    await add_stock(shop.core)
    await upload(shop, "one")
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant(media=["one"], notes=[RED])]))  # fmt: skip
    await own_phones(shop, shop.anna)
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    message = message_of(shop, shop.anna.id)
    (row,) = shop.rows("select media from message where id = ?", message)
    (shown,) = json.loads(row["media"])
    assert shown["product_id"] == 1
    assert await tap(shop, shop.anna, message, shown["id"]) == 0
    assert enquiries(shop) == []


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ([PhotoNote(price=-1)], Code.COMMAND_INVALID),
        ([PhotoNote(price=100_000_000)], Code.COMMAND_INVALID),
        ([PhotoNote(colour="红")], Code.COMMAND_INVALID),
        ([PhotoNote(product_id=1, colour="红" * 41)], Code.COMMAND_INVALID),
        ([RED, RED], Code.COMMAND_INVALID),
        ([PhotoNote(product_id=7)], Code.NOT_FOUND),
    ],
)
async def test_notes_that_cannot_be_are_refused(
    shop: Shop, notes: list[PhotoNote], code: Code
) -> None:
    await add_stock(shop.core)
    await upload(shop, "one")
    draft = commands.SaveCampaign(client_id="c", variants=[variant(media=["one"], notes=notes)])
    assert await shop.refused(shop.clerk, draft) is code


async def test_a_video_has_no_price(shop: Shop) -> None:
    await upload(shop, "film", "video/mp4")
    notes = [PhotoNote(price=1)]
    draft = commands.SaveCampaign(client_id="c", variants=[variant(media=["film"], notes=notes)])
    assert await shop.refused(shop.clerk, draft) is Code.COMMAND_INVALID
