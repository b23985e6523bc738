"""Facts staff keep about a member: changes, tags, blocking, and who saw her number."""

from __future__ import annotations

from typing import Any

import pytest

from console.relay.actor import RELAY, Actor
from console.relay.internal import Notice, SendNotices
from console.wire import commands
from console.wire.errors import Code, Refusal
from console.wire.frames import ChangesFrame
from tests.helpers.relay_kit import new_member, text
from tests.unit.relay.shop import Shop


def member(shop: Shop, actor: Actor) -> dict[str, Any]:
    return shop.rows("select * from member where id = ?", actor.id)[0]


def audited(shop: Shop) -> list[tuple[Any, ...]]:
    lines = shop.rows("select actor, what, subject_id, detail from audit order by id")
    return [tuple(line.values()) for line in lines]


async def change(shop: Shop, actor: Actor, was: dict[str, Any], **fields: Any) -> None:
    await shop.core.call(
        actor, commands.UpdateMember(member_id=shop.anna.id, was=was, **fields)
    )  # fmt: skip


async def refusal(shop: Shop, actor: Actor, was: dict[str, Any], **fields: Any) -> Refusal:
    head = shop.core.head
    with pytest.raises(Refusal) as caught:
        await change(shop, actor, was, **fields)
    assert shop.core.head == head
    return caught.value


# --- changing -----------------------------------------------------------------------------------


async def test_a_new_name_is_spelled_anew_and_the_log_names_the_field(shop: Shop) -> None:
    await change(shop, shop.clerk, {"display_name": "林晓雯"}, display_name="  沈 秋萍 ")
    found = member(shop, shop.anna)
    assert (found["name"], found["pinyin"], found["initials"]) == ("沈 秋萍", "shenqiuping", "sqp")
    assert audited(shop)[-1] == (
        shop.clerk.label, "member.update", shop.anna.id, "display_name"
    )  # fmt: skip


async def test_two_clerks_changing_different_fields_both_have_their_way(shop: Shop) -> None:
    await change(shop, shop.clerk, {"remark": ""}, remark="喜欢宽松的版型")
    await change(
        shop, shop.owner, {"birthday": "", "birthday_lunar": False},
        birthday="08-15", birthday_lunar=True,
    )  # fmt: skip
    found = member(shop, shop.anna)
    assert (found["remark"], found["birthday"], found["birthday_lunar"]) == (
        "喜欢宽松的版型", "08-15", 1,
    )  # fmt: skip


async def test_a_field_somebody_else_changed_is_a_conflict_that_names_it(shop: Shop) -> None:
    await change(shop, shop.owner, {"remark": ""}, remark="先")
    refused = await refusal(
        shop, shop.clerk, {"remark": "", "gender": ""}, remark="后", gender="f"
    )  # fmt: skip
    assert (refused.code, refused.field) == (Code.CONFLICT, "remark")
    assert (member(shop, shop.anna)["remark"], member(shop, shop.anna)["gender"]) == ("先", "")


async def test_saying_what_stands_there_already_writes_nothing(shop: Shop) -> None:
    await change(shop, shop.owner, {"remark": ""}, remark="一样")
    head = shop.core.head
    await change(shop, shop.clerk, {"remark": ""}, remark="一样")
    assert shop.core.head == head


async def test_only_an_owner_moves_a_tier(shop: Shop) -> None:
    refused = await refusal(shop, shop.clerk, {"tier": "basic"}, tier="gold")
    assert (refused.code, refused.field) == (Code.COMMAND_DENIED, "tier")
    await change(shop, shop.owner, {"tier": "basic"}, tier="gold")
    assert member(shop, shop.anna)["tier"] == "gold"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"display_name": " "}, Code.JOIN_NAME),
        ({"birthday": "02-30"}, Code.JOIN_BIRTHDAY),
        ({"birthday": "13-01", "birthday_lunar": True}, Code.JOIN_BIRTHDAY),
        ({"birthday": "01-31", "birthday_lunar": True}, Code.JOIN_BIRTHDAY),
        ({"remark": "长" * 501}, Code.TEXT_TOO_LONG),
        ({"sizes": {str(n): "M" for n in range(11)}}, Code.COMMAND_INVALID),
        ({"sizes": {"上装": "M" * 21}}, Code.COMMAND_INVALID),
        ({"sizes": {"": "M"}}, Code.COMMAND_INVALID),
        ({"gender": "x"}, Code.COMMAND_INVALID),
        ({"tier": "platinum"}, Code.COMMAND_INVALID),
    ],
)
async def test_facts_must_be_sound(shop: Shop, fields: dict[str, Any], code: Code) -> None:
    was = {"display_name": "林晓雯", "birthday": "", "birthday_lunar": False, "remark": "",
           "sizes": {}, "gender": "", "tier": "basic"}  # fmt: skip
    assert (await refusal(shop, shop.owner, was, **fields)).code is code


async def test_a_day_that_only_the_lunar_calendar_has_needs_its_mark(shop: Shop) -> None:
    lunar = {"birthday": "", "birthday_lunar": False}
    await change(shop, shop.clerk, lunar, birthday="02-30", birthday_lunar=True)
    refused = await refusal(shop, shop.clerk, {"birthday_lunar": True}, birthday_lunar=False)
    assert refused.code is Code.JOIN_BIRTHDAY


async def test_a_change_that_does_not_say_what_stood_there_is_not_taken(shop: Shop) -> None:
    refused = await refusal(shop, shop.clerk, {}, remark="盲改")
    assert (refused.code, refused.field) == (Code.COMMAND_INVALID, "was")


async def test_ten_sizes_fit_and_empty_ones_are_left_out(shop: Shop) -> None:
    sizes = {f"第{n}": "M" for n in range(10)} | {"鞋": " "}
    await change(shop, shop.clerk, {"sizes": {}}, sizes=sizes)
    assert member(shop, shop.anna)["sizes"].count('"M"') == 10


async def test_who_may_not_see_members_changes_none(shop: Shop) -> None:
    for scope in ("members",):
        await shop.core.call(
            shop.owner, commands.SetGrant(staff_id=shop.clerk.id, scope=scope, granted=False)
        )
    who = shop.anna.id
    for command in (
        commands.UpdateMember(member_id=who, was={"remark": ""}, remark="x"),
        commands.TagMember(member_id=who, add=["x"]),
        commands.SetBlocked(member_id=who, blocked=True),
        commands.RevealPhone(member_id=who, reason="送货"),
    ):
        assert await shop.refused(shop.clerk, command) is Code.COMMAND_DENIED


# --- tags ---------------------------------------------------------------------------------------


def tags(shop: Shop) -> list[str]:
    found = shop.rows("select tag from member_tag where member_id = ? order by id", shop.anna.id)
    return [row["tag"] for row in found]


async def tag(shop: Shop, *add: str, remove: tuple[str, ...] = ()) -> None:
    await shop.core.call(
        shop.clerk,
        commands.TagMember(member_id=shop.anna.id, add=list(add), remove=list(remove)),
    )


async def test_tags_are_added_and_taken_off_never_replaced(shop: Shop) -> None:
    await tag(shop, "长裙", "VIP")
    await tag(shop, "上班族", remove=("VIP",))
    assert sorted(tags(shop)) == ["上班族", "长裙"]


async def test_one_tag_has_one_spelling(shop: Shop) -> None:
    await tag(shop, " ＶＩＰ  会员 ", "VIP 会员")
    assert tags(shop) == ["VIP 会员"]
    await tag(shop, remove=("ＶＩＰ 会员",))
    assert tags(shop) == []


async def test_a_tag_taken_off_is_gone_on_every_console(shop: Shop, lines: Any) -> None:
    await tag(shop, "长裙")
    line = lines(shop.owner)
    await line.hello()
    (row,) = (await line.page("members"))["member_tag"]
    await tag(shop, remove=("长裙",))

    def gone(frame: Any) -> bool:
        part = frame.scopes.get("members")
        return part is not None and row["id"] in part.gone.get("member_tag", [])

    await line.transport.next(ChangesFrame, gone)


@pytest.mark.parametrize("add", [[f"标签{n}" for n in range(31)], ["长" * 21], ["  "], ["a\nb\0"]])
async def test_tags_have_limits(shop: Shop, add: list[str]) -> None:
    command = commands.TagMember(member_id=shop.anna.id, add=add)
    assert await shop.refused(shop.clerk, command) is Code.TAGS_LIMIT


async def test_a_full_member_may_swap_a_tag(shop: Shop) -> None:
    await tag(shop, *(f"标签{n}" for n in range(30)))
    command = commands.TagMember(member_id=shop.anna.id, add=["多"])
    assert await shop.refused(shop.clerk, command) is Code.TAGS_LIMIT
    await tag(shop, "多", remove=("标签0",))
    assert len(tags(shop)) == 30


# --- blocking -----------------------------------------------------------------------------------


async def block(shop: Shop, *, blocked: bool, reason: str = "") -> None:
    await shop.core.call(
        shop.clerk,
        commands.SetBlocked(member_id=shop.anna.id, blocked=blocked, reason=reason),
    )


async def test_a_blocked_member_is_not_heard_until_she_is_again(shop: Shop) -> None:
    await block(shop, blocked=True, reason="骂人")
    words = text(shop.anna.conversation_id)
    assert await shop.refused(shop.anna, words) is Code.MEMBER_BLOCKED
    head = shop.core.head
    await block(shop, blocked=True)
    assert shop.core.head == head
    await block(shop, blocked=False)
    await shop.core.call(shop.anna, words)
    assert audited(shop)[-2:] == [
        (shop.clerk.label, "member.block", shop.anna.id, "骂人"),
        (shop.clerk.label, "member.unblock", shop.anna.id, ""),
    ]


async def test_marketing_passes_the_blocked_by_and_service_does_not(shop: Shop) -> None:
    await block(shop, blocked=True)

    def notices(name: str, *, marketing: bool) -> SendNotices:
        return SendNotices(marketing=marketing, notices=[
            Notice(member_id=shop.anna.id, client_id=name, body="新款到店")])  # fmt: skip

    made = await shop.core.call(RELAY, notices("a", marketing=True))
    assert (made["written"], made["skipped"]) == ([], {str(shop.anna.id): "blocked"})
    made = await shop.core.call(RELAY, notices("b", marketing=False))
    assert len(made["written"]) == 1


# --- her number -----------------------------------------------------------------------------------


async def test_the_whole_number_is_given_for_a_reason_and_never_stored(shop: Shop) -> None:
    lost = await new_member(shop.core, phone="13877776666")
    reveal = commands.RevealPhone(member_id=lost.id, reason=" 送货上门 ")
    assert await shop.core.call(shop.clerk, reveal) == {"phone": "13877776666"}
    assert audited(shop)[-1] == (shop.clerk.label, "access.reveal", lost.id, "送货上门")
    body = b'{"member_id": %d, "reason": "x"}' % lost.id
    first = await shop.core.submit(shop.clerk, 1, "member.reveal", body)
    assert first.result == {"phone": "13877776666"}
    stored = shop.rows("select answer from command")
    assert all(b"7777" not in row["answer"] for row in stored)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
async def test_no_number_without_a_reason(shop: Shop, reason: str) -> None:
    command = commands.RevealPhone(member_id=shop.anna.id, reason=reason)
    assert await shop.refused(shop.clerk, command) is Code.COMMAND_INVALID


async def test_nobody_is_revealed_who_is_not_there(shop: Shop) -> None:
    command = commands.RevealPhone(member_id=999, reason="送货")
    assert await shop.refused(shop.clerk, command) is Code.NOT_FOUND
