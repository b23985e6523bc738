"""Two members who are one person: merging them, and erasing her who was kept."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from console.relay.actor import RELAY
from console.relay.internal import PruneFeed
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock, new_member, text
from tests.unit.relay.merging import busy, later, merge, one, say, thread, unmerge, whose
from tests.unit.relay.shop import Shop


async def test_everything_of_the_one_becomes_the_others(shop: Shop) -> None:
    await add_stock(shop.core)
    await say(shop, shop.anna, "旧一", "旧二")
    await say(shop, shop.bea, "新一", "新二")
    await shop.core.call(shop.clerk, commands.AddNote(
        conversation_id=shop.bea.conversation_id, client_id="n", body="常来"))  # fmt: skip
    await shop.core.call(shop.clerk, commands.TagMember(member_id=shop.anna.id, add=["长裙"]))
    await shop.core.call(
        shop.clerk, commands.TagMember(member_id=shop.bea.id, add=["长裙", "上班族"])
    )
    await shop.core.call(shop.clerk, commands.RecordVisit(member_id=shop.bea.id))
    made = await merge(shop)
    kept = shop.anna.conversation_id
    assert made == {"merge_id": 1, "conversation_id": kept}
    assert thread(shop, kept) == [
        (1, "text", "旧一"), (2, "text", "旧二"), (3, "text", "新一"), (4, "text", "新二"),
    ]  # fmt: skip
    assert {row["sender_id"] for row in shop.rows("select sender_id from message")} == {
        shop.anna.id
    }
    (note,) = shop.rows("select conversation_id, after_seq from note")
    assert note == {"conversation_id": kept, "after_seq": 4}
    tags = shop.rows("select member_id, tag from member_tag order by tag")
    assert tags == [{"member_id": shop.anna.id, "tag": tag} for tag in ("上班族", "长裙")]
    assert shop.rows("select member_id from visit") == [{"member_id": shop.anna.id}]
    gone = one(shop, "member", shop.bea.id)
    assert (gone["state"], gone["merged_into"], gone["phone"]) == ("merged", shop.anna.id, "")
    assert shop.rows("select * from conversation where id = ?", shop.bea.conversation_id) == []
    (row,) = shop.rows("select keep_id, gone_id, gone_name, undone_at from member_merge")
    assert row == {
        "keep_id": shop.anna.id, "gone_id": shop.bea.id, "gone_name": "Bea", "undone_at": None,
    }  # fmt: skip
    lines = shop.rows("select what, subject_id, detail from audit order by id desc limit 1")
    assert lines == [
        {"what": "member.merge", "subject_id": shop.anna.id, "detail": f"gone={shop.bea.id}"}
    ]


async def test_her_phone_goes_on_in_the_conversation_that_stays(shop: Shop) -> None:
    await say(shop, shop.bea, "是我")
    await merge(shop)
    now = await whose(shop, shop.bea)
    assert (now.id, now.conversation_id) == (shop.anna.id, shop.anna.conversation_id)
    await shop.core.call(shop.bea, text(shop.anna.conversation_id, "还是我"))
    assert thread(shop, shop.anna.conversation_id)[-1] == (2, "text", "还是我")


async def test_the_fields_one_takes_are_the_others(shop: Shop) -> None:
    phone = one(shop, "member", shop.bea.id)["phone"]
    for who, remark in ((shop.anna, "甲"), (shop.bea, "乙")):
        await shop.core.call(
            shop.clerk,
            commands.UpdateMember(member_id=who.id, was={"remark": ""}, remark=remark),
        )
    await merge(shop, "display_name", "phone")
    kept = one(shop, "member", shop.anna.id)
    assert (kept["name"], kept["pinyin"], kept["initials"]) == ("Bea", "bea", "b")
    assert (kept["phone"], kept["remark"]) == (phone, "甲")


async def test_a_question_that_waits_still_waits_though_the_other_was_answered(shop: Shop) -> None:
    await say(shop, shop.anna, "还有吗?")
    await say(shop, shop.bea, "你好")
    await say(shop, shop.clerk, "你好呀", about=shop.bea)
    before = shop.conversation(shop.anna)["waiting_since"]
    await merge(shop)
    assert shop.conversation(shop.anna)["waiting_since"] == before


async def test_what_was_read_is_not_unread_after_the_merge(shop: Shop) -> None:
    await say(shop, shop.anna, "一", "二")
    await say(shop, shop.bea, "三", "四", "五")
    for who, seq in ((shop.anna, 2), (shop.bea, 2)):
        await shop.core.call(
            shop.clerk, commands.MarkRead(conversation_id=who.conversation_id, seq=seq)
        )
    await shop.core.call(
        shop.owner, commands.MarkRead(conversation_id=shop.bea.conversation_id, seq=3)
    )
    await merge(shop)
    positions = shop.rows("select staff_id, read_seq from participant where staff_id is not null")
    assert positions == [{"staff_id": shop.clerk.id, "read_seq": 4}]


async def test_only_two_members_who_are_there_are_merged(shop: Shop) -> None:
    def merging(keep: int, gone: int, **fields: Any) -> commands.MergeMembers:
        return commands.MergeMembers(keep_id=keep, gone_id=gone, **fields)

    anna, bea = shop.anna.id, shop.bea.id
    assert await shop.refused(shop.clerk, merging(anna, anna)) is Code.MERGE_SAME
    assert await shop.refused(shop.clerk, merging(anna, 999)) is Code.NOT_FOUND
    assert (
        await shop.refused(shop.clerk, merging(anna, bea, take=["points"])) is Code.COMMAND_INVALID
    )
    await merge(shop)
    assert await shop.refused(shop.clerk, merging(anna, bea)) is Code.MEMBER_MERGED
    assert await shop.refused(shop.clerk, merging(bea, anna)) is Code.MEMBER_MERGED
    cara = await new_member(shop.core, name="Cara")
    await shop.core.call(shop.owner, commands.EraseMember(member_id=cara.id))
    assert await shop.refused(shop.clerk, merging(anna, cara.id)) is Code.NOT_FOUND


async def test_who_may_not_see_members_merges_none(shop: Shop) -> None:
    await shop.core.call(
        shop.owner, commands.SetGrant(staff_id=shop.clerk.id, scope="members", granted=False)
    )
    command = commands.MergeMembers(keep_id=shop.anna.id, gone_id=shop.bea.id)
    assert await shop.refused(shop.clerk, command) is Code.COMMAND_DENIED
    undo = commands.UnmergeMembers(merge_id=1)
    assert await shop.refused(shop.clerk, undo) is Code.COMMAND_DENIED


async def test_a_confirmed_guests_notes_and_plans_come_along(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=shop.anna.id))
    guest = await shop.guest(one(shop, "member", shop.anna.id)["phone"])
    await shop.core.call(shop.clerk, commands.AddNote(
        conversation_id=guest.conversation_id, client_id="n", body="新来的"))  # fmt: skip
    await later(shop, guest)
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    for table in ("note", "scheduled"):
        assert shop.rows(f"select conversation_id from {table}") == [
            {"conversation_id": shop.anna.conversation_id}
        ]


async def test_erasing_her_who_was_kept_erases_every_part_of_her(shop: Shop) -> None:
    await busy(shop)
    cara = await new_member(shop.core, name="卡拉", phone="13811112222")
    await say(shop, cara, "卡拉的话")
    await merge(shop)
    outer = commands.MergeMembers(keep_id=cara.id, gone_id=shop.anna.id, take=["display_name"])
    made = await shop.core.call(shop.clerk, outer)
    await shop.core.call(shop.owner, commands.EraseMember(member_id=cara.id))
    members = shop.rows("select state, name, phone, remark from member")
    assert members == [{"state": "erased", "name": "", "phone": "", "remark": ""}] * 3
    for table in ("message", "note", "scheduled", "draft", "member_tag", "merge_journal"):
        assert shop.rows(f"select * from {table}") == [], table
    assert {row["gone_name"] for row in shop.rows("select gone_name from member_merge")} == {""}
    undo = commands.UnmergeMembers(merge_id=made["merge_id"])
    assert await shop.refused(shop.clerk, undo) is Code.NOT_FOUND


async def test_no_file_of_the_database_remembers_the_erased(shop: Shop) -> None:
    await busy(shop)
    phone = one(shop, "member", shop.bea.id)["phone"]
    await merge(shop, "remark")
    await unmerge(shop)
    await merge(shop)
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    words = (phone, "那条裙子呢", "记一笔", "到货了", "草稿", f"备注{shop.bea.id}",
             f"备注{shop.anna.id}", f"只有{shop.bea.id}", "林晓雯")  # fmt: skip
    async with asyncio.timeout(10):
        while left := traces(shop, words):
            # The journal is folded in between two commands, once no reader needs it.
            assert all("-wal" in name for name, _ in left), left
            await shop.core.call(RELAY, PruneFeed())


def traces(shop: Shop, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Files that hold one of the words, as they are or as JSON escapes them."""
    return [
        (file.name, word)
        for file in shop.path.parent.glob(f"{shop.path.name}*")
        for word in words
        if word.encode() in (raw := file.read_bytes()) or json.dumps(word)[1:-1].encode() in raw
    ]
