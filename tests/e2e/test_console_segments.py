"""Segments at a real relay: saved at one console, counted at the other, refused with a reason."""

from __future__ import annotations

from console.desk.open import Desk
from console.desk.segments import SavedSegment
from console.domain import segments as s
from console.domain.segments import Group, Saved
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, relay, until  # noqa: F401 - fixtures

GOLD = s.Choice("tier", ("gold",))


async def settled(desk: Desk, name: str) -> SavedSegment:
    """The segment of that name once the relay knows it."""
    found: list[SavedSegment] = []

    async def here() -> bool:
        found[:] = [each for each in await desk.segments.saved()
                    if each.name == name and each.id and not each.waiting]  # fmt: skip
        return bool(found)

    await until(here)
    return found[0]


async def test_what_is_saved_here_is_used_there(two: Two) -> None:  # noqa: F811 - a fixture
    await join(two.process.info, "13812346022", "王芳")
    await two.counter.segments.save(name="金卡", rule=GOLD)
    gold = await settled(two.office, "金卡")
    await two.office.segments.save(name="金卡以外", rule=Group("none", (Saved(gold.id),)))
    rest = await settled(two.counter, "金卡以外")

    async def is_counted() -> bool:
        found = [await two.counter.segments.count(rule) for rule in (gold.rule, rest.rule)]
        return [each.members for each in found if each is not None] == [0, 1]

    await until(is_counted)
    assert (await settled(two.counter, "金卡")).used_by == ("金卡以外",)


async def test_a_refused_change_stays_with_its_reason(two: Two) -> None:  # noqa: F811 - a fixture
    key = await two.counter.segments.save(name="金卡", rule=GOLD)
    gold = await settled(two.counter, "金卡")
    await two.counter.segments.save(name="用金卡", rule=Saved(gold.id))
    await settled(two.counter, "用金卡")
    await two.counter.segments.remove(key)

    async def refused() -> bool:
        return any(each.failure for each in await two.counter.segments.saved())

    await until(refused)
    [item] = [each for each in await two.counter.segments.saved() if each.failure]
    assert (item.name, item.failure, item.parameters["by"]) == ("金卡", "segment.in_use", "用金卡")
    await two.counter.segments.discard(item.entry)
    assert not await refused()


async def test_a_list_of_phones_says_which_are_nobodys(two: Two) -> None:  # noqa: F811 - a fixture
    await join(two.process.info, "13812346021", "林小雨")
    phones = ["13900009999", "138 1234 6021"]
    found = await two.counter.segments.import_phones("名单", phones)
    assert found.unknown == (0,)
    listed = await settled(two.office, "名单")
    assert isinstance(listed.rule, s.Listed)

    async def is_named() -> bool:
        named = await two.office.segments.members(listed.rule)
        return [member.name for member in named] == ["林小雨"]

    await until(is_named)


async def test_who_read_what_longer_ago_than_a_console_keeps_is_asked_of_the_relay(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    await join(two.process.info, "13812346023", "陈晨")
    never = Group("none", (s.Noticed("read"),))

    async def is_named() -> bool:
        named = await two.counter.segments.members(never)
        return [member.name for member in named] == ["陈晨"]

    await until(is_named)
    counted = await two.counter.segments.count(never)
    assert counted is not None
    assert (counted.members, counted.whole) == (1, True)
