"""Two members who were merged: taking it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.relay.internal import FireScheduled
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import new_member, text
from tests.unit.relay.merging import busy, later, merge, one, say, thread, unmerge, whose
from tests.unit.relay.shop import Shop

DAY_S = 86_400


def everything(shop: Shop) -> dict[str, Any]:
    """Every row that belongs to either of the two, without revs and receipts."""
    kept: dict[str, Any] = {}
    for table in ("member", "member_tag", "consent", "visit", "purchase", "enquiry", "hold",
                  "coupon", "conversation", "message", "note", "scheduled", "draft", "media",
                  "device", "grant", "wait"):  # fmt: skip
        for row in shop.rows(f'select * from "{table}" order by id'):
            for name in ("rev", "last_seq", "seen_at"):
                row.pop(name, None)
            if row.get("kind") != "moved":
                kept[f"{table}/{row['id']}"] = row
    return kept


@pytest.mark.parametrize("take", [(), ("display_name", "phone", "birthday", "sizes", "remark")])
async def test_taking_it_back_at_once_leaves_both_as_they_were(
    shop: Shop, take: tuple[str, ...]
) -> None:
    await busy(shop)
    before = everything(shop)
    await merge(shop, *take)
    await unmerge(shop)
    assert everything(shop) == before
    assert (await whose(shop, shop.bea)) == shop.bea
    places = [row for row in thread(shop, shop.anna.conversation_id) if row[1] == "moved"]
    assert [(seq, body) for seq, _, body in places] == [(4, ""), (5, ""), (6, ""), (7, "")]
    assert thread(shop, shop.bea.conversation_id)[-1] == (4, "text", "那条裙子呢")
    assert shop.rows("select * from merge_journal") == []
    lines = shop.rows("select what, subject_id from audit order by id desc limit 1")
    assert lines == [{"what": "member.unmerge", "subject_id": shop.anna.id}]


async def test_what_happened_since_stays_with_her_who_was_kept(shop: Shop) -> None:
    await say(shop, shop.anna, "我是安娜")
    await say(shop, shop.bea, "我是贝亚")
    await merge(shop)
    kept = shop.anna.conversation_id
    shop.clock.advance(60)
    await shop.core.call(shop.bea, text(kept, "合并之后"))
    await shop.core.call(shop.clerk, commands.UpdateMember(
        member_id=shop.anna.id, was={"remark": ""}, remark="合并后写的"))  # fmt: skip
    await shop.core.call(shop.clerk, commands.TagMember(member_id=shop.anna.id, add=["新"]))
    await unmerge(shop)
    assert thread(shop, kept) == [
        (1, "text", "我是安娜"), (2, "moved", ""), (3, "text", "合并之后"),
    ]  # fmt: skip
    assert thread(shop, shop.bea.conversation_id) == [(1, "text", "我是贝亚")]
    assert one(shop, "member", shop.anna.id)["remark"] == "合并后写的"
    assert shop.rows("select member_id from member_tag") == [{"member_id": shop.anna.id}]
    found = shop.conversation(shop.anna)
    assert (found["last_seq"], found["preview_text"]) == (3, "合并之后")
    assert found["last_message_at"] == round(shop.clock.now().timestamp() * 1_000)


async def test_she_sees_her_own_again_and_nothing_of_the_other(shop: Shop, lines: Any) -> None:
    await say(shop, shop.anna, "安娜的秘密")
    await say(shop, shop.bea, "贝亚的话")
    await merge(shop)
    line = lines(await whose(shop, shop.bea))
    await line.hello()
    await line.page(f"chat/{shop.anna.conversation_id}")
    await unmerge(shop)
    again = lines(await whose(shop, shop.bea))
    welcome = await again.hello()
    assert set(welcome.scopes) == {f"self/{shop.bea.id}", f"chat/{shop.bea.conversation_id}"}
    rows = await again.page(f"chat/{shop.bea.conversation_id}")
    assert [row["body"] for row in rows["message"]] == ["贝亚的话"]
    assert await shop.refused(shop.bea, text(shop.anna.conversation_id)) is Code.NOT_FOUND


async def test_an_answer_to_her_quotes_nothing_once_she_is_gone(shop: Shop) -> None:
    await say(shop, shop.bea, "有 M 码吗")
    await merge(shop)
    (asked,) = shop.rows("select id from message")
    kept = shop.anna.conversation_id
    await shop.core.call(shop.clerk, text(kept, "有的", client_id="a", reply_to=asked["id"]))
    await unmerge(shop)
    assert shop.rows("select reply_to from message where client_id = 'a'") == [{"reply_to": None}]


async def test_what_was_recalled_since_stays_recalled(shop: Shop) -> None:
    await say(shop, shop.bea, "第一句")
    secret = text(shop.bea.conversation_id, "说错了的话", client_id="x")
    await shop.core.call(shop.bea, secret)
    await merge(shop)
    await shop.core.call(shop.bea, commands.RecallMessage(client_id="x"))
    await unmerge(shop)
    assert thread(shop, shop.bea.conversation_id) == [(1, "text", "第一句"), (2, "text", "")]
    assert shop.conversation(shop.bea)["preview_text"] == "第一句"
    names = shop.rows("select name from sqlite_master where type = 'table'")
    dump = "".join(repr(shop.rows(f'select * from "{row["name"]}"')) for row in names)
    assert "说错了的话" not in dump


async def test_whoever_opted_out_meanwhile_stays_out(shop: Shop) -> None:
    await shop.core.call(shop.bea, commands.SetConsent(purpose="marketing", granted=True))
    await merge(shop)
    await shop.core.call(shop.bea, text(shop.anna.conversation_id, "退订"))
    await unmerge(shop)
    said = shop.rows("select id, marketing from member order by id")
    assert [row["marketing"] for row in said] == [0, 0]
    newest = shop.rows(
        "select granted, channel from consent where member_id = ? order by id desc limit 1",
        shop.bea.id,
    )  # fmt: skip
    assert newest == [{"granted": 0, "channel": "unmerge"}]


async def test_a_planned_message_that_went_out_since_stays_where_it_was_sent(shop: Shop) -> None:
    await say(shop, shop.bea, "好了叫我")
    await later(shop, shop.bea, "sent")
    await merge(shop)
    shop.clock.advance(3 * 3_600 + 1)
    await fire(shop)
    await unmerge(shop)
    (row,) = shop.rows("select conversation_id, state from scheduled")
    assert row == {"conversation_id": shop.anna.conversation_id, "state": "sent"}
    assert (2, "text", "到货了") in thread(shop, shop.anna.conversation_id)


async def fire(shop: Shop) -> None:
    await shop.core.call(RELAY, FireScheduled())


async def test_two_merges_are_taken_back_in_any_order(shop: Shop) -> None:
    cara = await new_member(shop.core, name="Cara")
    for who in (shop.anna, shop.bea, cara):
        await say(shop, who, f"我是{who.name}")
    before = everything(shop)
    first = await merge(shop, "display_name")
    second = await shop.core.call(
        shop.clerk,
        commands.MergeMembers(keep_id=shop.anna.id, gone_id=cara.id, take=["phone"]),
    )
    await unmerge(shop, first["merge_id"])
    assert one(shop, "member", shop.anna.id)["name"] == shop.anna.name
    await unmerge(shop, second["merge_id"])
    assert everything(shop) == before


async def test_a_merge_within_a_merge_is_taken_back_from_the_outside(shop: Shop) -> None:
    cara = await new_member(shop.core, name="Cara")
    for who in (shop.anna, shop.bea, cara):
        await say(shop, who, f"我是{who.name}")
    before = everything(shop)
    inner = await merge(shop)
    outer = await shop.core.call(
        shop.clerk, commands.MergeMembers(keep_id=cara.id, gone_id=shop.anna.id)
    )
    assert [body for _, _, body in thread(shop, cara.conversation_id)] == [
        "我是Cara", "我是林晓雯", "我是Bea",
    ]  # fmt: skip
    undo = commands.UnmergeMembers(merge_id=inner["merge_id"])
    assert await shop.refused(shop.clerk, undo) is Code.MEMBER_MERGED
    await unmerge(shop, outer["merge_id"])
    await unmerge(shop, inner["merge_id"])
    assert everything(shop) == before


async def test_she_who_had_no_conversation_has_none_again(shop: Shop) -> None:
    await say(shop, shop.bea, "你好")
    known = add_known(shop)
    before = everything(shop)
    made = await shop.core.call(
        shop.clerk, commands.MergeMembers(keep_id=known, gone_id=shop.bea.id)
    )
    assert one(shop, "member", known)["state"] == "confirmed"
    assert made["conversation_id"] != shop.bea.conversation_id
    await unmerge(shop)
    after = everything(shop)
    grants = [key for key in after if key not in before]
    assert all(after[key]["revoked_at"] for key in grants)
    assert {key: row for key, row in after.items() if key not in grants} == before


def add_known(shop: Shop) -> int:
    """Somebody of the shop's old database, without a phone page."""
    with closing(sqlite3.connect(shop.path)) as connection, connection:
        connection.execute(
            "insert into member (id, rev, shop_id, name, phone, state, points)"
            " values (900, 0, 1, '老会员', '13700000000', 'known', 120)"
        )
    return 900


async def test_it_is_taken_back_once_and_within_thirty_days(shop: Shop) -> None:
    assert (
        await shop.refused(shop.clerk, commands.UnmergeMembers(merge_id=1)) is Code.NOT_FOUND
    )  # fmt: skip
    await merge(shop)
    shop.clock.advance(30 * DAY_S)
    await unmerge(shop)
    undo = commands.UnmergeMembers(merge_id=1)
    assert await shop.refused(shop.clerk, undo) is Code.MERGE_UNDONE
    await merge(shop)
    shop.clock.advance(30 * DAY_S + 1)
    undo = commands.UnmergeMembers(merge_id=2)
    assert await shop.refused(shop.clerk, undo) is Code.MERGE_TOO_LATE


async def test_what_can_no_longer_be_taken_back_is_not_kept(shop: Shop) -> None:
    await merge(shop)
    shop.clock.advance(31 * DAY_S)
    cara = await new_member(shop.core, name="Cara")
    await shop.core.call(
        shop.clerk, commands.MergeMembers(keep_id=shop.anna.id, gone_id=cara.id)
    )  # fmt: skip
    assert shop.rows("select merge_id from merge_journal") == [{"merge_id": 2}]


async def test_merging_again_after_it_was_taken_back_uses_no_seq_twice(shop: Shop) -> None:
    await say(shop, shop.anna, "甲")
    await say(shop, shop.bea, "乙")
    await merge(shop)
    await unmerge(shop)
    await merge(shop)
    assert thread(shop, shop.anna.conversation_id) == [
        (1, "text", "甲"), (2, "moved", ""), (3, "text", "乙"),
    ]  # fmt: skip
