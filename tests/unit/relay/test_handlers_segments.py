"""Saved segments: made, changed, copied, kept from going round in circles, removed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.relay.handlers.audit import first_broken_line
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.unit.relay.shop import Shop

GOLD = {"leaf": "tier", "in": ["gold"]}


def segment(client_id: str = "s", **kw: Any) -> commands.SaveSegment:
    kw.setdefault("display_name", f"人群 {client_id}")
    kw.setdefault("rule", GOLD)
    return commands.SaveSegment(client_id=client_id, **kw)


def uses(*numbers: int) -> dict[str, Any]:
    return {"all": [{"leaf": "segment", "id": number} for number in numbers]}


def kept(shop: Shop) -> dict[str, dict[str, Any]]:
    return {row["client_id"]: row for row in shop.rows("select * from segment")}


def rule_of(shop: Shop, client_id: str = "s") -> Any:
    return json.loads(kept(shop)[client_id]["rule"])


async def test_any_staff_may_change_the_parts_she_names(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, segment(display_name=" 常买  女装 "))
    again = commands.SaveSegment(client_id="s", rule={"none": [GOLD]})
    assert (await shop.core.call(shop.owner, again))["id"] == made["id"]
    assert kept(shop)["s"]["name"] == "常买 女装"
    assert rule_of(shop) == {"none": [GOLD]}
    await shop.core.call(shop.owner, commands.SaveSegment(client_id="s", display_name="金卡"))
    assert (kept(shop)["s"]["name"], rule_of(shop)) == ("金卡", {"none": [GOLD]})
    assert kept(shop)["s"]["created_by"] == shop.clerk.id


async def test_what_another_console_changed_is_not_overwritten(shop: Shop) -> None:
    await shop.core.call(shop.clerk, segment())
    seen = kept(shop)["s"]["rev"]
    await shop.core.call(shop.owner, commands.SaveSegment(client_id="s", display_name="金卡"))
    late = segment(base_rev=seen)
    assert await shop.refused(shop.clerk, late) is Code.CONFLICT


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"display_name": " "}, Code.SEGMENT_NAME),
        ({"display_name": "长" * 41}, Code.SEGMENT_NAME),
        ({"display_name": "taken"}, Code.SEGMENT_NAME),
        ({"rule": {}}, Code.SEGMENT_RULE),
        ({"rule": {"leaf": "members", "phones": "all"}}, Code.SEGMENT_RULE),
        ({"rule": {"any": [GOLD] * 101}}, Code.SEGMENT_RULE),
        ({"rule": {"any": [{"any": [GOLD] * 99}, {"any": [GOLD] * 2}]}}, Code.SEGMENT_TOO_LARGE),
        ({"rule": uses(99)}, Code.SEGMENT_MISSING),
        ({"rule": {"leaf": "members", "phones": ["13900000000"]}}, Code.SEGMENT_PHONES),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    shop: Shop, fields: dict[str, Any], code: Code
) -> None:
    await shop.core.call(shop.owner, segment("other", display_name="taken"))
    assert await shop.refused(shop.clerk, segment(**fields)) is code
    assert await shop.refused(shop.anna, segment()) is Code.COMMAND_DENIED


async def test_a_refused_rule_says_where_it_is_wrong(shop: Shop) -> None:
    wrong = {"all": [GOLD, {"leaf": "points", "amount": {"from": "many"}}]}
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.clerk, segment(rule=wrong))
    assert caught.value.parameters == {"path": "all[1].amount.from"}


async def test_a_clerk_without_campaigns_has_no_segments(shop: Shop) -> None:
    await shop.core.call(shop.owner, commands.SetGrant(
        staff_id=shop.clerk.id, scope="campaigns", granted=False))  # fmt: skip
    copy = commands.DuplicateSegment(client_id="t", source="s", display_name="t")
    for command in (segment(), copy, commands.RemoveSegment(client_id="s")):
        assert await shop.refused(shop.clerk, command) is Code.COMMAND_DENIED


async def test_segments_never_use_themselves(shop: Shop) -> None:
    first = (await shop.core.call(shop.clerk, segment("a")))["id"]
    second = (await shop.core.call(shop.clerk, segment("b", rule=uses(first))))["id"]
    third = (await shop.core.call(shop.clerk, segment("c", rule=uses(second))))["id"]
    for number in (first, third):
        change = commands.SaveSegment(client_id="a", rule=uses(number))
        assert await shop.refused(shop.clerk, change) is Code.SEGMENT_CYCLE


async def test_a_segment_must_fit_into_those_that_use_it(shop: Shop) -> None:
    inside = (await shop.core.call(shop.clerk, segment("a")))["id"]
    for name in "bc":
        inside = (await shop.core.call(shop.clerk, segment(name, rule=uses(*[inside] * 5))))["id"]
    grown = commands.SaveSegment(client_id="a", rule={"any": [GOLD] * 50})
    assert await shop.refused(shop.clerk, grown) is Code.SEGMENT_TOO_LARGE


async def test_what_others_use_is_not_removed(shop: Shop) -> None:
    made = (await shop.core.call(shop.clerk, segment("a")))["id"]
    await shop.core.call(shop.clerk, segment("b", display_name="金卡以外", rule=uses(made)))
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.owner, commands.RemoveSegment(client_id="a"))
    assert caught.value.code is Code.SEGMENT_IN_USE
    assert caught.value.parameters == {"by": "金卡以外", "count": 1}
    await shop.core.call(shop.owner, commands.RemoveSegment(client_id="b"))
    await shop.core.call(shop.owner, commands.RemoveSegment(client_id="a"))
    assert kept(shop) == {}
    assert await shop.refused(shop.owner, commands.RemoveSegment(client_id="a")) is Code.NOT_FOUND


async def test_a_copy_has_the_same_rule_and_its_own_life(shop: Shop) -> None:
    await shop.core.call(shop.clerk, segment())
    copy = commands.DuplicateSegment(client_id="t", source="s", display_name="另一个")
    await shop.core.call(shop.clerk, copy)
    await shop.core.call(shop.clerk, commands.SaveSegment(client_id="s", rule={"all": []}))
    assert (rule_of(shop, "t"), rule_of(shop)) == (GOLD, {"all": []})
    again = commands.DuplicateSegment(client_id="u", source="gone", display_name="又一个")
    assert await shop.refused(shop.clerk, again) is Code.NOT_FOUND


async def test_an_imported_list_of_phones_becomes_members(shop: Shop) -> None:
    anna, bea = (shop.rows("select phone from member where id = ?", one.id)[0]["phone"]
                 for one in (shop.anna, shop.bea))  # fmt: skip
    spelled = f"+86 {anna[:3]}-{anna[3:]}"
    listed = {"leaf": "members", "phones": ["13900000000", spelled, "nonsense", bea, anna]}
    result = await shop.core.call(shop.clerk, segment(rule={"all": [listed, GOLD]}))
    assert result["unknown"] == [0, 2]
    members = {"leaf": "members", "ids": [shop.anna.id, shop.bea.id]}
    assert rule_of(shop) == {"all": [members, GOLD]}
    [line] = shop.rows("select * from audit where what = 'segment.import'")
    assert line["detail"] == "3 of 5"


async def test_whose_numbers_a_clerk_tried_out_stands_in_the_log(shop: Shop) -> None:
    anna = shop.rows("select phone from member where id = ?", shop.anna.id)[0]["phone"]
    tried = [f"{anna[:3]}{n:04}{anna[-4:]}" for n in range(int(anna[3:7]) - 9, int(anna[3:7]) + 9)]
    listed = {"leaf": "members", "phones": tried}
    await shop.core.call(shop.owner, segment(client_id="o", rule=listed, display_name="一"))
    assert shop.rows("select * from audit where what = 'access.search'") == []
    await shop.core.call(shop.clerk, segment(client_id="c", rule=listed, display_name="二"))
    [line] = shop.rows("select * from audit where what = 'access.search'")
    assert (line["actor"], line["subject_id"]) == (shop.clerk.label, shop.anna.id)
    assert await shop.core.read(first_broken_line) is None


async def test_only_staff_get_segments(shop: Shop, lines: Any) -> None:
    clerk, anna = lines(shop.clerk), lines(shop.anna)
    await clerk.hello()
    await clerk.page("campaigns")
    await anna.hello()
    await anna.page(f"self/{shop.anna.id}")
    await shop.core.call(shop.owner, segment(display_name="常买女装"))
    await shop.core.call(shop.owner, commands.UpdateShop(display_name="新店名"))
    for line, word in ((clerk, "常买女装"), (anna, "新店名")):
        await line.transport.until(lambda line=line, word=word: any(
            word.encode() in raw for raw in line.transport.raw))  # fmt: skip
    assert "常买女装" not in b"".join(anna.transport.raw).decode()
