"""What a wait says, who gets it, and what merging and erasing do to it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from console.wire import commands
from console.wire.commands import EraseMember
from tests.helpers.relay_kit import text
from tests.unit.relay.merging import merge, say, unmerge
from tests.unit.relay.shop import Shop

NAMES = "conversation_id, asked_at, in_hours, ended_at, staff_id, outcome"
MINUTE = 60_000


def waits(shop: Shop) -> list[tuple[Any, ...]]:
    """Minutes since the shop's clock began to run stand for the times."""
    start = shop.rows("select min(asked_at) as at from wait")[0]["at"]
    return [
        (row["conversation_id"], (row["asked_at"] - start) // MINUTE, row["outcome"],
         row["ended_at"] and (row["ended_at"] - start) // MINUTE, row["staff_id"])
        for row in shop.rows(f"select {NAMES} from wait order by id")
    ]  # fmt: skip


async def test_a_wait_says_when_it_was_asked_how_it_ended_and_who_ended_it(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await say(shop, shop.anna, "在吗", "还有吗")
    await say(shop, shop.clerk, "有的", "要试试吗", about=shop.anna)
    await say(shop, shop.anna, "谢谢")
    await shop.core.call(
        shop.owner, commands.FinishConversation(conversation_id=thread, up_to_seq=9)
    )
    assert waits(shop) == [
        (thread, 0, "answered", 2, shop.clerk.id), (thread, 4, "closed", 4, shop.owner.id),
    ]  # fmt: skip


async def test_staff_get_waits_and_members_do_not(shop: Shop, lines: Any) -> None:
    await say(shop, shop.anna, "在吗")
    phone, console = lines(shop.anna), lines(shop.clerk)
    for line in (phone, console):
        await line.hello()
    assert len((await console.page("chats/1"))["wait"]) == 1
    assert "wait" not in await phone.page(f"chat/{shop.anna.conversation_id}")
    assert "wait" not in await phone.page(f"self/{shop.anna.id}")


async def test_two_who_become_one_keep_a_wait_each_which_one_answer_ends(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await say(shop, shop.bea, "在吗")
    await say(shop, shop.anna, "您好")
    await merge(shop)
    await say(shop, shop.clerk, "在的", about=shop.anna)
    assert waits(shop) == [
        (thread, 0, "answered", 2, shop.clerk.id), (thread, 1, "answered", 2, shop.clerk.id),
    ]  # fmt: skip


async def test_each_has_her_own_again_when_the_merge_is_taken_back(shop: Shop) -> None:
    await say(shop, shop.bea, "在吗")
    await say(shop, shop.anna, "您好")
    before = waits(shop)
    await merge(shop)
    assert {row[0] for row in waits(shop)} == {shop.anna.conversation_id}
    await unmerge(shop)
    assert waits(shop) == before


async def test_what_was_answered_meanwhile_waits_again_where_it_goes_back_to(shop: Shop) -> None:
    gone = shop.conversation(shop.bea)["id"]
    await say(shop, shop.bea, "在吗")
    await merge(shop)
    await say(shop, shop.clerk, "在的", about=shop.anna)
    await unmerge(shop)
    assert waits(shop) == [(gone, 0, "", None, None)]
    assert shop.conversation(shop.bea)["waiting_since"] is not None


async def test_what_an_erased_member_waited_names_nobody(shop: Shop) -> None:
    await say(shop, shop.anna, "在吗")
    await say(shop, shop.clerk, "在的", about=shop.anna)
    await say(shop, shop.anna, "好")
    await say(shop, shop.bea, "在吗")
    await shop.core.call(shop.owner, EraseMember(member_id=shop.anna.id))
    assert waits(shop) == [
        (None, 0, "answered", 1, shop.clerk.id), (None, 2, "void", 3, None),
        (shop.bea.conversation_id, 3, "", None, None),
    ]  # fmt: skip


async def test_it_is_remembered_whether_the_shop_was_open(shop: Shop) -> None:
    await say(shop, shop.anna, "在吗")
    await say(shop, shop.clerk, "在的", about=shop.anna)
    shop.clock.advance(timedelta(hours=14).total_seconds())
    await shop.core.call(shop.anna, text(shop.anna.conversation_id))
    await shop.core.call(shop.owner, commands.SetSetting(
        key="hours", value={"week": [[0, 1440]] * 7}))  # fmt: skip
    assert [row["in_hours"] for row in shop.rows("select in_hours from wait")] == [1, 0]


async def test_who_asks_again_in_the_commit_of_the_answer_waits_anew(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await say(shop, shop.anna, "在吗")
    await asyncio.gather(
        shop.core.call(shop.clerk, text(thread, "在的")),
        shop.core.call(shop.anna, text(thread, "还有吗")),
    )
    assert [row[2] for row in waits(shop)] == ["answered", ""]
    assert shop.conversation(shop.anna)["waiting_since"] is not None
