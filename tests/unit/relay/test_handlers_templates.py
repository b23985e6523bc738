"""Templates: what is kept for campaigns to come, and given up again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine

from console.store import reading, tables
from console.wire import commands
from console.wire.campaign_rows import QuestionTerms, TemplateRow, TemplateTerms
from console.wire.errors import Code, Refusal
from console.wire.offer_rows import OfferPlan
from tests.helpers.campaign_kit import variant
from tests.helpers.relay_kit import add_stock
from tests.unit.relay.campaign_shop import campaign
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_campaigns import upload

PLAN = OfferPlan(title="8 折券", quantity=20, ends_after_days=1, ends_minute=1_200, valid_days=7)
ASKED = QuestionTerms(text="想要什么", choices=["外套", "裙子"], free_text=True)


def _kept(shop: Shop) -> TemplateRow:
    """The only template, as every reader gets it."""
    engine = create_engine(f"sqlite:///{shop.path}")
    with engine.connect() as connection:
        [row] = reading.fetch(connection, tables.template)
    engine.dispose()
    found: TemplateRow = row
    return found


async def test_templates_are_kept_changed_and_removed_with_their_pictures(shop: Shop) -> None:
    await upload(shop, "one")
    save = commands.SaveTemplate(client_id="t", scenario="arrivals", title="上新", body="{name} 好",
                                 media=["one"], fields={"name": "您"})  # fmt: skip
    made = await shop.core.call(shop.clerk, save)
    [row] = shop.rows("select * from template")
    media = json.loads(row["media"])[0]["id"]
    again = commands.SaveTemplate(client_id="t", title="改", body="x", media=[f"media:{media}"])
    assert await shop.core.call(shop.owner, again) == made
    # A campaign made of it has a picture of its own.
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant(media=[f"media:{media}"])]))  # fmt: skip
    own = campaign(shop)["content"]["variants"][0]["media"][0]["id"]
    assert own != media
    await shop.core.call(shop.clerk, commands.RemoveTemplate(client_id="t"))
    alive = shop.rows("select id from media where erased_at is null")
    assert [row["id"] for row in alive] == [own]
    bad = commands.SaveTemplate(client_id="t", scenario="nonsense", body="x")
    assert await shop.refused(shop.clerk, bad) is Code.COMMAND_INVALID


async def test_a_template_keeps_prices_items_offer_and_question(shop: Shop) -> None:
    product_id, _ = await add_stock(shop.core)
    await upload(shop, "one")
    note = commands.PhotoNote(price=59_900, product_id=product_id, colour="红")
    await shop.core.call(shop.clerk, commands.SaveTemplate(
        client_id="t", title="周末", fields={"name": "您"}, media=["one"], captions=["红色风衣"],
        notes=[note], offer=PLAN, question=ASKED,
    ))  # fmt: skip
    row = _kept(shop)
    [photo] = row.media
    assert (photo.caption, photo.price, photo.product_id) == ("红色风衣", 59_900, product_id)
    assert (row.fallbacks, row.terms.offer, row.terms.question) == ({"name": "您"}, PLAN, ASKED)


async def test_a_template_of_an_older_program_offers_and_asks_nothing(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveTemplate(client_id="t", title="上新", body="好"))
    shop.write("update template set fields = ?", json.dumps({"name": "您"}))
    row = _kept(shop)
    assert (row.fallbacks, row.terms) == ({"name": "您"}, TemplateTerms())


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"body": ""}, Code.TEXT_EMPTY, "body"),
        ({"offer": replace(PLAN, ends_minute=1_440)}, Code.COMMAND_INVALID, "offer"),
        ({"offer": replace(PLAN, ends_after_days=-1)}, Code.COMMAND_INVALID, "offer"),
        ({"offer": replace(PLAN, valid_days=367)}, Code.COMMAND_INVALID, "offer"),
        ({"offer": replace(PLAN, title="x" * 41)}, Code.COMMAND_INVALID, "offer"),
        ({"question": QuestionTerms(choices=["a", "a"])}, Code.COMMAND_INVALID, "question"),
        ({"fields": {"terms": "x"}}, Code.COMMAND_INVALID, "fields"),
        ({"notes": [commands.PhotoNote(price=1)]}, Code.COMMAND_INVALID, "notes"),
        ({"notes": [commands.PhotoNote(product_id=9)]}, Code.NOT_FOUND, "product_id"),
    ],
)
async def test_a_template_that_no_campaign_could_use_is_refused(
    shop: Shop, facts: dict[str, Any], code: Code, field: str
) -> None:
    command = commands.SaveTemplate(**{"client_id": "t", "title": "周末", "body": "x", **facts})
    with pytest.raises(Refusal) as refused:
        await shop.core.call(shop.clerk, command)
    assert (refused.value.code, refused.value.field) == (code, field)


async def test_a_template_may_ask_without_other_words(shop: Shop) -> None:
    asks = commands.SaveTemplate(client_id="t", title="提问", question=ASKED)
    assert await shop.core.call(shop.clerk, asks)
