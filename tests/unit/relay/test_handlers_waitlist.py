"""Waiting for what is sold out: who is offered it, what she is told, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.domain.holds import can_reserve
from console.relay import shown
from console.relay.actor import RELAY, Actor
from console.relay.internal import PassOn
from console.wire import commands
from console.wire.commands import JoinWaitlist, LeaveWaitlist, VariantEdit
from console.wire.errors import Code
from tests.helpers.relay_kit import Line, new_member
from tests.unit.relay.merging import merge, unmerge
from tests.unit.relay.shop import Shop

HOUR_S = 3_600


@pytest.fixture
async def coat(shop: Shop) -> int:
    """A variant that is sold out; its id."""
    edit = VariantEdit(colour="红", colour_en="red", size="M", stock=0)
    made = await shop.core.call(shop.owner, commands.SaveProduct(
        sku="A1", display_name="风衣", name_en="Coat", variants=[edit]))  # fmt: skip
    return int(made["variants"][0])


async def join(shop: Shop, who: Actor, coat: int, name: str, by: Actor | None = None) -> Any:
    command = JoinWaitlist(client_id=name, member_id=who.id, variant_id=coat)
    return await shop.core.call(by or shop.clerk, command)


async def leave(shop: Shop, name: str, by: Actor | None = None) -> None:
    await shop.core.call(by or shop.clerk, LeaveWaitlist(client_id=name))


async def arrive(shop: Shop, coat: int, units: int = 1) -> None:
    await shop.core.call(shop.clerk, commands.MoveStock(
        variant_id=coat, delta=units, reason="arrived"))  # fmt: skip


def states(shop: Shop) -> dict[str, str]:
    return {row["client_id"]: row["state"] for row in shop.rows("select * from waitlist")}


def told(shop: Shop, who: Actor) -> list[str]:
    rows = shop.rows(
        "select body from message where conversation_id = ? and client_id like 'back-%'",
        who.conversation_id,
    )  # fmt: skip
    return [row["body"] for row in rows]


async def test_she_is_told_once_and_one_is_kept_for_a_day(shop: Shop, coat: int) -> None:
    assert (await join(shop, shop.anna, coat, "w"))["place"] == 1
    assert (await join(shop, shop.bea, coat, "v"))["place"] == 2
    await arrive(shop, coat)
    assert states(shop) == {"w": "offered", "v": "waiting"}
    (words,) = told(shop, shop.anna)
    assert words.startswith("您问过的“红风衣 M”到货了,给您留到周二(11 月 24 日)10:00。")
    assert told(shop, shop.bea) == []
    (hold,) = shop.rows("select member_id, variant_id, state, title, quantity from hold")
    assert hold == {"member_id": shop.anna.id, "variant_id": coat, "state": "confirmed",
                    "title": "红风衣 M", "quantity": 1}  # fmt: skip
    # The service message neither waits for an answer nor moves the conversation up.
    assert shop.conversation(shop.anna)["waiting_since"] is None
    assert shop.conversation(shop.anna)["last_message_at"] is None


async def test_in_the_shop_s_language(shop: Shop, coat: int) -> None:
    await shop.core.call(shop.owner, commands.SetSetting(
        key="auto_reply", value={"on": False, "lang": "en"}))  # fmt: skip
    await join(shop, shop.anna, coat, "w")
    await arrive(shop, coat)
    assert told(shop, shop.anna)[0].startswith(
        "What you asked about is back: Coat red M. We keep one for you until Tuesday, 24 November,"
    )


async def test_what_she_lets_pass_goes_to_the_next_and_what_was_sold_to_nobody(
    shop: Shop, coat: int
) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    await arrive(shop, coat)
    shop.clock.advance(24 * HOUR_S - 1)
    assert await shop.core.call(RELAY, PassOn()) == {"done": 0}
    shop.clock.advance(1)
    assert await shop.core.call(RELAY, PassOn()) == {"done": 1}
    assert states(shop) == {"w": "lapsed", "v": "offered"}
    assert (len(told(shop, shop.anna)), len(told(shop, shop.bea))) == (1, 1)
    await shop.core.call(shop.clerk, commands.CountStock(variant_id=coat, units=0))
    await join(shop, shop.anna, coat, "u")
    shop.clock.advance(24 * HOUR_S)
    await shop.core.call(RELAY, PassOn())
    # Nothing is on the shelf any more: nobody is offered it.
    assert states(shop) == {"w": "lapsed", "v": "lapsed", "u": "waiting"}
    assert shop.rows("select stock, held from variant") == [{"stock": 0, "held": 0}]


async def test_a_hold_made_longer_makes_the_offer_longer(shop: Shop, coat: int) -> None:
    await join(shop, shop.anna, coat, "w")
    await arrive(shop, coat)
    shop.write("update hold set expires_at = expires_at + 3600000")
    shop.clock.advance(24 * HOUR_S)
    assert await shop.core.call(RELAY, PassOn()) == {"done": 1}
    assert states(shop) == {"w": "offered"}
    shop.clock.advance(HOUR_S)
    await shop.core.call(RELAY, PassOn())
    assert states(shop) == {"w": "lapsed"}


async def test_at_night_nobody_is_woken_and_her_time_starts_in_the_morning(
    shop: Shop, coat: int
) -> None:
    await join(shop, shop.anna, coat, "w")
    shop.clock.advance(12 * HOUR_S)  # 22:00 where the shop stands
    await arrive(shop, coat)
    assert states(shop) == {"w": "waiting"}
    assert told(shop, shop.anna) == []
    shop.clock.advance(11 * HOUR_S - 1)
    assert await shop.core.call(RELAY, PassOn()) == {"done": 0}
    shop.clock.advance(1)
    assert await shop.core.call(RELAY, PassOn()) == {"done": 1}
    assert "周三(11 月 25 日)09:00" in told(shop, shop.anna)[0]


async def test_whoever_leaves_at_night_leaves_the_morning_to_the_next(
    shop: Shop, coat: int
) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    shop.clock.advance(12 * HOUR_S)
    await arrive(shop, coat)
    await leave(shop, "w", shop.anna)
    shop.clock.advance(11 * HOUR_S)
    await shop.core.call(RELAY, PassOn())
    assert states(shop) == {"w": "withdrawn", "v": "offered"}


async def test_letting_go_on_her_phone_passes_it_on_at_once(shop: Shop, coat: int) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    await arrive(shop, coat)
    (hold,) = shop.rows("select client_id from hold")
    await shop.core.call(shop.anna, commands.ReleaseHold(client_id=hold["client_id"]))
    assert states(shop) == {"w": "declined", "v": "offered"}
    await leave(shop, "v", shop.bea)
    assert states(shop) == {"w": "declined", "v": "declined"}
    assert shop.rows("select held from variant") == [{"held": 0}]


async def test_who_buys_one_waits_no_longer(shop: Shop, coat: int) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    await arrive(shop, coat)
    for who in (shop.anna, shop.bea):
        await shop.core.call(shop.clerk, commands.RecordPurchase(
            member_id=who.id, variant_id=coat, amount=1))  # fmt: skip
    assert states(shop) == {"w": "taken", "v": "taken"}
    assert shop.rows("select stock, held from variant") == [{"stock": 0, "held": 0}]
    assert told(shop, shop.bea) == []


async def test_she_has_one_place_however_often_she_asks_and_may_take_it_again(
    shop: Shop, coat: int
) -> None:
    first = await join(shop, shop.anna, coat, "w")
    assert await join(shop, shop.anna, coat, "w") == first
    again = await join(shop, shop.anna, coat, "other", shop.anna)
    assert (again["client_id"], again["place"]) == ("w", 1)
    await join(shop, shop.bea, coat, "v")
    await leave(shop, "w")
    assert (await join(shop, shop.anna, coat, "w"))["place"] == 1
    assert states(shop) == {"w": "waiting", "v": "waiting"}
    refused = JoinWaitlist(client_id="w", member_id=shop.bea.id, variant_id=coat)
    assert await shop.refused(shop.clerk, refused) is Code.CONFLICT


async def test_what_is_there_is_offered_at_once(shop: Shop, coat: int) -> None:
    """She was noted while it was sold out; it came back before the line did."""
    await arrive(shop, coat)
    made = await join(shop, shop.anna, coat, "w")
    assert (made["state"], made["place"]) == ("offered", 0)
    assert len(told(shop, shop.anna)) == 1


async def test_others_places_are_not_hers_to_give_up(shop: Shop, coat: int) -> None:
    await join(shop, shop.anna, coat, "w")
    command = LeaveWaitlist(client_id="w")
    assert await shop.refused(shop.bea, command) is Code.NOT_FOUND
    await leave(shop, "w", shop.anna)
    await leave(shop, "w", shop.anna)
    assert states(shop) == {"w": "withdrawn"}
    # Whose place it is says the sender, not what she wrote.
    made = await join(shop, shop.anna, coat, "x", shop.bea)
    assert shop.rows("select member_id from waitlist where id = ?", made["id"]) == [
        {"member_id": shop.bea.id}
    ]


async def test_a_blocked_member_is_passed_over_and_keeps_her_place(shop: Shop, coat: int) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    shop.block(shop.anna)
    refused = JoinWaitlist(client_id="y", variant_id=coat)
    assert await shop.refused(shop.anna, refused) is Code.MEMBER_BLOCKED
    await arrive(shop, coat)
    assert states(shop) == {"w": "waiting", "v": "offered"}


async def test_two_who_become_one_are_offered_one(shop: Shop, coat: int) -> None:
    third = await new_member(shop.core, phone="13900000003", name="C")
    for who, name in ((shop.bea, "b"), (shop.anna, "a"), (third, "c")):
        await join(shop, who, coat, name)
    await merge(shop)
    await arrive(shop, coat, 2)
    assert states(shop) == {"b": "offered", "a": "withdrawn", "c": "offered"}
    assert shop.rows("select count(*) as n from hold where state = 'confirmed'") == [{"n": 2}]


async def test_taking_a_merge_back_gives_each_her_place(shop: Shop, coat: int) -> None:
    for who, name in ((shop.bea, "b"), (shop.anna, "a")):
        await join(shop, who, coat, name)
    await merge(shop)
    await unmerge(shop)
    rows = shop.rows("select client_id, member_id, state from waitlist order by id")
    assert [tuple(row.values()) for row in rows] == [
        ("b", shop.bea.id, "waiting"), ("a", shop.anna.id, "waiting"),
    ]  # fmt: skip


async def test_who_is_erased_waits_for_nothing_and_frees_what_was_kept(
    shop: Shop, coat: int
) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    await arrive(shop, coat)
    await shop.core.call(shop.anna, commands.EraseMember())
    assert states(shop) == {"v": "offered"}
    (variant,) = shop.rows("select stock, held from variant")
    assert variant == {"stock": 1, "held": 1}
    assert not can_reserve(variant["stock"], variant["held"], 1)


async def test_her_phone_gets_her_own_rows_and_asks_for_her_places(shop: Shop, coat: int) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    places = [
        await shop.core.read(lambda each, who=who: shown.places(each, who))
        for who in (shop.anna, shop.bea)
    ]
    assert places == [{"w": 1}, {"v": 2}]
    await arrive(shop, coat)
    assert await shop.core.read(lambda each: shown.places(each, shop.anna)) == {}
    assert await shop.core.read(lambda each: shown.places(each, shop.bea)) == {"v": 1}


async def test_a_phone_sees_no_place_of_anybody_else(
    shop: Shop, coat: int, lines: Callable[[Any], Line]
) -> None:
    for who, name in ((shop.anna, "w"), (shop.bea, "v")):
        await join(shop, who, coat, name)
    line = lines(shop.bea)
    await line.hello()
    rows = (await line.page(f"self/{shop.bea.id}"))["waitlist"]
    assert [row["client_id"] for row in rows] == ["v"]
    assert "staff_id" not in rows[0]
