"""Two members who are one person: merging them, and taking it back."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from console.relay.actor import RELAY, Actor
from console.relay.internal import FireScheduled, PruneFeed
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock, new_member, text
from tests.unit.relay.shop import Shop

DAY_S = 86_400


async def merge(shop: Shop, *take: str) -> dict[str, int]:
    """Bea goes into Anna."""
    made: dict[str, int] = await shop.core.call(
        shop.clerk,
        commands.MergeMembers(keep_id=shop.anna.id, gone_id=shop.bea.id, take=list(take)),
    )
    return made


async def unmerge(shop: Shop, merge_id: int = 1) -> None:
    await shop.core.call(shop.clerk, commands.UnmergeMembers(merge_id=merge_id))


async def say(shop: Shop, actor: Actor, *bodies: str, about: Actor | None = None) -> None:
    for body in bodies:
        shop.clock.advance(60)
        await shop.core.call(actor, text((about or actor).conversation_id, body))


def thread(shop: Shop, conversation_id: int) -> list[tuple[int, str, str]]:
    found = shop.rows(
        "select seq, kind, body from message where conversation_id = ? order by seq",
        conversation_id,
    )  # fmt: skip
    return [(row["seq"], row["kind"], row["body"]) for row in found]


def one(shop: Shop, table: str, row_id: int) -> dict[str, Any]:
    return shop.rows(f"select * from {table} where id = ?", row_id)[0]


def everything(shop: Shop) -> dict[str, Any]:
    """Every row that belongs to either of the two, without revs and receipts."""
    kept: dict[str, Any] = {}
    for table in ("member", "member_tag", "consent", "visit", "purchase", "enquiry", "hold",
                  "conversation", "message", "note", "scheduled", "draft", "media", "device",
                  "grant"):  # fmt: skip
        for row in shop.rows(f'select * from "{table}" order by id'):
            for name in ("rev", "last_seq", "seen_at"):
                row.pop(name, None)
            if row.get("kind") != "moved":
                kept[f"{table}/{row['id']}"] = row
    return kept


async def whose(shop: Shop, phone: Actor) -> Actor:
    known = await shop.core.identity_of_device(phone.device_id)
    assert known is not None
    return known.actor


# --- merging ------------------------------------------------------------------------------------


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


async def later(shop: Shop, about: Actor, client_id: str = "s") -> None:
    await shop.core.call(
        shop.clerk,
        commands.ScheduleMessage(
            conversation_id=about.conversation_id, client_id=client_id, body="到货了",
            due_at=shop.clock.now() + timedelta(hours=3),
        ),
    )  # fmt: skip


# --- taking it back -----------------------------------------------------------------------------


async def busy(shop: Shop) -> None:
    """Both with a bit of everything."""
    await add_stock(shop.core)
    for who in (shop.anna, shop.bea):
        await say(shop, who, "在吗", "想问一下")
        await say(shop, shop.clerk, "在的", about=who)
        await shop.core.call(shop.clerk, commands.TagMember(
            member_id=who.id, add=["长裙", f"只有{who.id}"]))  # fmt: skip
        await shop.core.call(shop.clerk, commands.RecordVisit(member_id=who.id))
        await shop.core.call(
            shop.clerk,
            commands.RecordEnquiry(member_id=who.id, product_id=1, source="clerk"),
        )
        await shop.core.call(who, commands.AskHold(client_id=f"h{who.id}", variant_id=1))
        await shop.core.call(shop.clerk, commands.AddNote(
            conversation_id=who.conversation_id, client_id=f"n{who.id}", body="记一笔",
        ))  # fmt: skip
        await shop.core.call(
            shop.clerk, commands.SaveDraft(conversation_id=who.conversation_id, body="草稿")
        )
        await shop.core.call(
            shop.clerk,
            commands.UpdateMember(
                member_id=who.id, was={"remark": "", "sizes": {}},
                remark=f"备注{who.id}", sizes={"上装": "ML"[who is shop.anna]},
            ),
        )  # fmt: skip
        await later(shop, who, f"s{who.id}")
    await say(shop, shop.bea, "那条裙子呢")


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


# --- erasing ------------------------------------------------------------------------------------


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
