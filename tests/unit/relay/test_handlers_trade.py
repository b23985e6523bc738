"""Holds, purchases, visits, enquiries, settings and personal notices."""

from __future__ import annotations

import pytest

from console.relay.actor import RELAY
from console.relay.internal import Notice, SendNotices
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock, text
from tests.unit.relay.shop import Shop


async def ask(shop: Shop, client_id: str, quantity: int = 1) -> None:
    await shop.core.call(shop.anna, commands.AskHold(
        client_id=client_id, variant_id=1, quantity=quantity))  # fmt: skip


async def test_exactly_the_units_on_the_shelf_can_be_kept(shop: Shop) -> None:
    await add_stock(shop.core, stock=3)
    for name, quantity in (("a", 2), ("b", 2), ("c", 1)):
        await ask(shop, name, quantity)
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id="a"))
    assert await shop.refused(shop.clerk, commands.ConfirmHold(client_id="b")) is Code.STOCK_NONE
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id="c"))
    assert shop.rows("select stock, held from variant") == [{"stock": 3, "held": 3}]
    await shop.core.call(shop.anna, commands.ReleaseHold(client_id="a"))
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id="b"))
    assert shop.rows("select stock, held from variant") == [{"stock": 3, "held": 3}]


async def test_a_hold_says_in_words_what_is_kept(shop: Shop) -> None:
    await add_stock(shop.core)
    await ask(shop, "a")
    assert shop.rows("select title, title_en from hold") == [
        {"title": "红风衣 L", "title_en": "风衣 L"}
    ]


async def test_a_hold_moves_only_forward(shop: Shop) -> None:
    await add_stock(shop.core)
    await ask(shop, "a")
    confirm, release = commands.ConfirmHold(client_id="a"), commands.ReleaseHold(client_id="a")
    await shop.core.call(shop.clerk, confirm)
    assert await shop.refused(shop.clerk, confirm) is Code.HOLD_STATE
    await shop.core.call(shop.clerk, release)
    assert await shop.refused(shop.clerk, release) is Code.HOLD_STATE
    assert await shop.refused(shop.clerk, confirm) is Code.HOLD_STATE


async def test_a_hold_is_hers_alone(shop: Shop) -> None:
    await add_stock(shop.core)
    await ask(shop, "a")
    assert await shop.refused(shop.bea, commands.ReleaseHold(client_id="a")) is Code.NOT_FOUND
    copied = commands.AskHold(client_id="a", variant_id=1)
    assert await shop.refused(shop.bea, copied) is Code.CONFLICT


async def test_a_blocked_member_asks_for_nothing(shop: Shop) -> None:
    _, variant_id = await add_stock(shop.core)
    shop.block(shop.anna)
    hold = commands.AskHold(client_id="a", variant_id=variant_id)
    enquiry = commands.RecordEnquiry(product_id=1, source="tap")
    for command in (hold, enquiry):
        assert await shop.refused(shop.anna, command) is Code.MEMBER_BLOCKED
    await shop.core.call(shop.clerk, commands.RecordEnquiry(member_id=shop.anna.id, product_id=1))


@pytest.mark.parametrize("quantity", [0, -1, 21])
async def test_a_hold_asks_for_some_units(shop: Shop, quantity: int) -> None:
    await add_stock(shop.core)
    asked = commands.AskHold(client_id="a", variant_id=1, quantity=quantity)
    assert await shop.refused(shop.anna, asked) is Code.COMMAND_INVALID


async def test_a_sale_takes_units_and_what_was_kept_for_her(shop: Shop) -> None:
    await add_stock(shop.core, stock=3)
    await ask(shop, "a")
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id="a"))
    await shop.core.call(shop.clerk, commands.RecordPurchase(
        member_id=shop.anna.id, variant_id=1, amount=39_900))  # fmt: skip
    assert shop.rows("select stock, held from variant") == [{"stock": 2, "held": 0}]
    assert shop.rows("select state from hold") == [{"state": "collected"}]


async def test_a_member_asks_for_herself_whatever_she_sends(shop: Shop) -> None:
    await add_stock(shop.core)
    await shop.core.call(shop.anna, commands.RecordEnquiry(
        member_id=shop.bea.id, product_id=1, source="tap"))  # fmt: skip
    assert shop.rows("select member_id from enquiry") == [{"member_id": shop.anna.id}]


async def test_an_enquiry_names_only_messages_she_may_see(shop: Shop) -> None:
    await add_stock(shop.core)
    sent = await shop.core.call(shop.anna, text(shop.anna.conversation_id))
    asked = commands.RecordEnquiry(product_id=1, message_id=sent["id"], source="tap")
    assert await shop.refused(shop.bea, asked) is Code.NOT_FOUND


async def test_visits_are_never_in_the_future(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.RecordVisit(
        member_id=shop.anna.id, at=shop.clock.now().replace(year=2099)))  # fmt: skip
    now = int(shop.clock.now().timestamp() * 1000)
    assert shop.rows("select at from visit") == [{"at": now}]
    found = shop.rows("select last_visit_at from member where id = ?", shop.anna.id)
    assert found == [{"last_visit_at": now}]


async def test_a_setting_typed_over_an_older_one_is_a_conflict(shop: Shop) -> None:
    await shop.core.call(shop.owner, commands.SetSetting(key="quiet", value=[1, {"a": None}]))
    rev = shop.core.head
    await shop.core.call(shop.owner, commands.SetSetting(key="quiet", value=7, base_rev=rev))
    stale = commands.SetSetting(key="quiet", value=8, base_rev=rev)
    assert await shop.refused(shop.owner, stale) is Code.CONFLICT


async def test_the_shop_keeps_what_is_not_named(shop: Shop) -> None:
    await shop.core.call(shop.owner, commands.UpdateShop(display_name="时光衣橱", opens=540))
    await shop.core.call(shop.owner, commands.UpdateShop(greeting="您好"))
    found = shop.rows("select name, opens, greeting from shop")
    assert found == [{"name": "时光衣橱", "opens": 540, "greeting": "您好"}]
    assert await shop.refused(shop.owner, commands.UpdateShop(opens=1441)) is Code.COMMAND_INVALID
    assert await shop.refused(shop.owner, commands.UpdateShop(shop_id=5)) is Code.NOT_FOUND


async def test_weekly_caps_are_one_to_three(shop: Shop) -> None:
    await shop.core.call(shop.anna, commands.SetWeeklyCap(cap=1))
    assert await shop.refused(shop.anna, commands.SetWeeklyCap(cap=4)) is Code.COMMAND_INVALID


def notices(shop: Shop, *, marketing: bool = False) -> SendNotices:
    return SendNotices(marketing=marketing, notices=[
        Notice(member_id=member_id, client_id=f"n-{member_id}", body="您的风衣到了")
        for member_id in (shop.anna.id, shop.bea.id, 999)
    ])  # fmt: skip


async def test_each_notice_is_a_row_of_its_members_conversation(shop: Shop) -> None:
    made = await shop.core.call(RELAY, notices(shop))
    assert len(made["written"]) == 2
    assert made["skipped"] == {"999": "not_joined"}
    assert shop.conversation(shop.anna)["last_seq"] == 1
    assert shop.conversation(shop.anna)["waiting_since"] is None
    again = await shop.core.call(RELAY, notices(shop))
    assert again["written"] == []


async def test_marketing_skips_who_takes_none(shop: Shop) -> None:
    made = await shop.core.call(RELAY, notices(shop, marketing=True))
    assert made["skipped"] == {str(shop.bea.id): "opted_out", "999": "not_joined"}


async def test_discarding_leaves_what_a_message_carries(shop: Shop) -> None:
    ids = []
    for name in ("kept", "orphan"):
        made = await shop.core.call(RELAY, commands.FinishUpload(
            client_id=name, owner_kind="member", owner_id=shop.anna.id, sha256="a",
            mime="image/webp", width=1, height=1, size=1))  # fmt: skip
        ids.append(made["media_id"])
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "", uploads=["kept"]))
    gone: list[int] = []
    shop.core.on_erased(lambda effects: gone.extend(effects.erased_media))
    await shop.core.call(RELAY, commands.DiscardMedia(media_ids=ids))
    assert gone == [ids[1]]


async def show(shop: Shop, variant_id: int | None) -> int:
    """A card in Anna's conversation; the message's id."""
    card = text(shop.anna.conversation_id, "", product_id=1, variant_id=variant_id)
    return int((await shop.core.call(shop.clerk, card))["id"])


async def test_a_member_asks_for_a_size_of_the_card_that_she_was_shown(shop: Shop) -> None:
    _, variant_id = await add_stock(shop.core)
    message_id = await show(shop, variant_id)
    wish = commands.AskHold(client_id="w", message_id=message_id, size="L")
    first = await shop.core.call(shop.anna, wish)
    assert await shop.core.call(shop.anna, wish) == first
    assert shop.rows("select member_id, variant_id, state from hold") == [
        {"member_id": shop.anna.id, "variant_id": variant_id, "state": "asked"}
    ]


async def test_what_was_not_shown_to_her_in_one_colour_cannot_be_asked_for(shop: Shop) -> None:
    _, variant_id = await add_stock(shop.core)
    shown, colourless = await show(shop, variant_id), await show(shop, None)
    for who, message_id, size in (
        (shop.bea, shown, "L"),  # of another's conversation
        (shop.anna, colourless, "L"),  # in which colour is not said
        (shop.anna, shown, "XXS"),
        (shop.anna, 0, "L"),
    ):
        wish = commands.AskHold(client_id="w", message_id=message_id, size=size)
        assert await shop.refused(who, wish) is Code.NOT_FOUND
    assert shop.rows("select 1 from hold") == []
