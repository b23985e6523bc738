"""A coupon is redeemed once; a mistake is taken back for a day; all of it is logged."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from console.store import driver, replica_offers, replica_tables
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.helpers.campaign_kit import sent, variant
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in
from tests.unit.relay.offer_shop import TITLE, claim, coupons, offered, terms
from tests.unit.relay.shop import Shop

DAY = 86_400


@pytest.fixture
async def code(shop: Shop) -> str:
    """Of Anna's coupon, the first."""
    keep_in(shop, shop.anna)
    await offered(shop)
    return str((await claim(shop, shop.anna))["code"])


async def redeem(shop: Shop, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = await shop.core.call(shop.clerk, commands.RedeemCoupon(**fields))
    return found


async def refusal(shop: Shop, command: commands.Command) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.owner, command)
    return caught.value


def logged(shop: Shop) -> list[tuple[str, str]]:
    found = shop.rows("select what, detail from audit where what like 'coupon.%' order by id")
    return [(row["what"], row["detail"]) for row in found]


@pytest.mark.parametrize("typed", ["as it is", "lower", "spaced"])
async def test_it_is_redeemed_however_it_was_typed(shop: Shop, code: str, typed: str) -> None:
    said = {"as it is": code, "lower": code.lower(), "spaced": f" {code[:4]}-{code[4:]} "}[typed]
    found = await redeem(shop, code=said)
    assert found == {"coupon_id": 1, "member_id": shop.anna.id, "title": TITLE}
    [row] = coupons(shop)
    assert row["redeemed_by"] == shop.clerk.id
    assert row["redeemed_at"] == shop.clock.now().timestamp() * 1000
    assert campaign(shop)["counts"]["redeemed"] == 1
    assert logged(shop) == [("coupon.redeem", "")]


async def test_of_two_counters_one_redeems_it_and_the_other_is_told_who_did(
    shop: Shop, code: str
) -> None:
    both = [commands.RedeemCoupon(code=code), commands.RedeemCoupon(coupon_id=1)]
    made = await asyncio.gather(
        *(shop.core.call(actor, each)
          for actor, each in zip((shop.clerk, shop.owner), both, strict=True)),
        return_exceptions=True,
    )  # fmt: skip
    [told] = [each for each in made if isinstance(each, Refusal)]
    assert len([each for each in made if isinstance(each, dict)]) == 1
    assert told.code is Code.COUPON_REDEEMED
    assert told.parameters["at"] == "2026-11-23T02:00:00Z"
    assert told.parameters["local"] == "11-23 10:00"
    assert told.parameters["staff"] in {"小陈", "小李"}
    assert campaign(shop)["counts"]["redeemed"] == 1


async def test_what_is_no_code_is_unknown(shop: Shop, code: str) -> None:
    for fields in ({"code": "AAAAAAAA"}, {"coupon_id": 99}, {}):
        command = commands.RedeemCoupon(**fields)  # type: ignore[arg-type]
        assert await shop.refused(shop.clerk, command) is Code.COUPON_UNKNOWN
    shop.write("insert into shop (id, rev, name) values (2, 0, 'other')")
    shop.write("update coupon set shop_id = 2")
    command = commands.RedeemCoupon(code=code)
    assert await shop.refused(shop.clerk, command) is Code.COUPON_UNKNOWN


async def test_it_is_good_for_as_long_as_it_was_said(shop: Shop, code: str) -> None:
    shop.clock.advance(7 * DAY + 1)
    told = await refusal(shop, commands.RedeemCoupon(code=code))
    assert (told.code, told.parameters["local"]) == (Code.COUPON_EXPIRED, "11-30 10:00")
    shop.clock.advance(-1)
    await redeem(shop, code=code)


async def test_a_mistake_is_taken_back_within_a_day(shop: Shop, code: str) -> None:
    await redeem(shop, code=code)
    shop.clock.advance(DAY)
    for _ in range(2):
        await shop.core.call(shop.owner, commands.ReopenCoupon(coupon_id=1))
    [row] = coupons(shop)
    assert (row["redeemed_at"], row["redeemed_by"]) == (None, None)
    assert "redeemed" not in campaign(shop)["counts"]
    await redeem(shop, code=code)
    shop.clock.advance(DAY + 1)
    command = commands.ReopenCoupon(coupon_id=1)
    assert await shop.refused(shop.owner, command) is Code.COUPON_TOO_LATE
    assert logged(shop) == [
        ("coupon.redeem", ""), ("coupon.reopen", ""), ("coupon.redeem", "")]  # fmt: skip


async def test_a_voided_one_is_not_good_and_its_reason_is_kept(shop: Shop, code: str) -> None:
    for _ in range(2):
        await shop.core.call(shop.owner, commands.VoidCoupon(coupon_id=1, reason="发错了"))
    assert logged(shop) == [("coupon.void", "发错了")]
    command = commands.RedeemCoupon(code=code)
    assert await shop.refused(shop.clerk, command) is Code.COUPON_VOIDED
    assert (await claim(shop, shop.anna))["code"] == code


async def test_a_redeemed_one_is_not_voided_and_a_reason_is_needed(shop: Shop, code: str) -> None:
    for reason, expected in ((" ", Code.TEXT_EMPTY), ("x" * 201, Code.TEXT_TOO_LONG)):
        command = commands.VoidCoupon(coupon_id=1, reason=reason)
        assert await shop.refused(shop.owner, command) is expected
    await redeem(shop, code=code)
    command = commands.VoidCoupon(coupon_id=1, reason="发错了")
    assert await shop.refused(shop.owner, command) is Code.COUPON_REDEEMED


async def test_who_may_not_see_trade_redeems_nothing(shop: Shop, code: str) -> None:
    await shop.core.call(shop.owner, commands.SetGrant(
        staff_id=shop.clerk.id, scope="trade", granted=False))  # fmt: skip
    assert code
    for command in (commands.RedeemCoupon(coupon_id=1), commands.ReopenCoupon(coupon_id=1),
                    commands.VoidCoupon(coupon_id=1, reason="x")):  # fmt: skip
        assert await shop.refused(shop.clerk, command) is Code.COMMAND_DENIED


@pytest.mark.parametrize("number", [2**70, -(2**70)])
async def test_a_number_no_coupon_can_have_is_unknown(shop: Shop, number: int) -> None:
    for command in (commands.RedeemCoupon(coupon_id=number),
                    commands.ReopenCoupon(coupon_id=number)):  # fmt: skip
        assert await shop.refused(shop.clerk, command) is Code.COUPON_UNKNOWN


def previewed(shop: Shop) -> str:
    """What the console, which has the same rows, would put into the words."""
    copy = driver.connect(":memory:", isolation_level=None)
    for statement in replica_tables.schema():
        copy.execute(statement)
    for row in coupons(shop):
        names = [each[1] for each in copy.execute("PRAGMA table_info(coupon)") if each[1] in row]
        marks = ", ".join("?" * len(names))
        copy.execute(f"INSERT INTO coupon ({', '.join(names)}) VALUES ({marks})",
                     [row[name] for name in names])  # fmt: skip
    found = replica_offers.usable_title(copy, shop.anna.id, shop.clock.now())
    copy.close()
    return found


async def test_words_name_the_coupon_that_she_can_use_and_that_ends_first(shop: Shop) -> None:
    keep_in(shop, shop.anna)
    words = variant("{coupon}", fields={"coupon": "券"})
    for number, (title, days) in enumerate((("晚", 40), ("早", 30)), 1):
        offer = msgspec.structs.replace(terms(shop, days=days), title=title)
        await offered(shop, client_id=title, offer=offer)
        await claim(shop, shop.anna, number)
    told = []
    for after_days, redeemed in ((0, ""), (7, "早"), (7, ""), (40, "")):
        shop.clock.advance(after_days * DAY)
        for coupon in coupons(shop):
            if coupon["title"] == redeemed:
                await redeem(shop, coupon_id=coupon["id"])
        before = previewed(shop)
        await sent(shop.core, shop.clerk, f"words-{len(told)}", words)
        told.append((before, bodies(shop, shop.anna)[-1]))
    assert told == [("早", "早"), ("晚", "晚"), ("晚", "晚"), ("", "券")]
