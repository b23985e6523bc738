"""Finding members, groups and words on a real replica: what is found, where it fits, who looked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.desk.find import FindDesk
from console.desk.inbox import InboxDesk
from console.desk.types import Me
from console.sync import pump
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import NOW, ModelRelay
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")


class Shop:
    """A relay, a console on it, and its search."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = FindDesk(console.here, self.inbox)
        self.lin = self.joins("林小雨", "linxiaoyu", "lxy", "138****6021", "风衣", "常客")
        self.zhou = self.joins("周雨桐", "zhouyutong", "zyt", "139****7777", "复古")

    def joins(self, name: str, pinyin: str, initials: str, phone: str, *tags: str) -> int:
        """A member with her conversation; returns the conversation's id."""
        chat = self.relay.add_member(name)
        member = self.relay.rows["conversation"][chat].member_id

        def change(rev: int) -> None:
            self.relay.put("member", rev, member, pinyin=pinyin, initials=initials, phone=phone)
            for tag in tags:
                self.relay.put("member_tag", rev, member_id=member, tag=tag)

        self.relay.commit(change)
        return chat

    async def settle(self) -> None:
        await settle(self.console, self.relay)

    async def names(self, query: str) -> list[str]:
        return [member.name for member in (await self.desk.find(query)).members]

    async def bodies(self, query: str) -> list[str]:
        return [message.body for message in (await self.desk.find(query)).page.messages]

    def looks(self) -> list[str]:
        return [entry.name for entry in self.console.here.outbox.entries]


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    shop = Shop(relay, console)
    await shop.settle()
    yield shop
    await shop.inbox.close()
    await console.close()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("林小", ["林小雨"]),
        ("zyt", ["周雨桐"]),
        ("zhouyu", ["周雨桐"]),
        ("6021", ["林小雨"]),
        ("风衣", ["林小雨"]),
        ("复", ["周雨桐"]),
        ("雨", ["林小雨", "周雨桐"]),
        ("龙", []),
        ("", []),
    ],
)
async def test_members_are_found_by_name_pinyin_initials_phone_end_and_tag(
    shop: Shop, query: str, names: list[str]
) -> None:
    assert await shop.names(query) == names


async def test_who_wrote_last_comes_first(shop: Shop) -> None:
    for chat in (shop.zhou, shop.lin, shop.zhou):
        shop.relay.member_says(chat, "在吗")
        await shop.settle()
        last = shop.relay.rows["conversation"][chat].last_message_at
        assert last is not None
    rows = shop.relay.rows["conversation"]
    newest = sorted(rows.values(), key=lambda row: row.last_message_at, reverse=True)
    names = {row.id: shop.relay.rows["member"][row.member_id].name for row in rows.values()}
    assert (await shop.names("雨"))[0] == names[newest[0].id]


async def test_hits_name_the_characters_that_fit(shop: Shop) -> None:
    (member,) = (await shop.desk.find("zy")).members
    assert (member.name, member.name_hits) == ("周雨桐", ((0, 2),))
    (member,) = (await shop.desk.find("6021")).members
    assert member.phone[slice(*member.phone_hits[0])] == "6021"
    (member,) = (await shop.desk.find("复古")).members
    assert (member.tags, member.name_hits) == (("复古",), ())


async def test_a_group_is_found_by_its_name(shop: Shop) -> None:
    shop.relay.commit(
        lambda rev: shop.relay.put("conversation", rev, shop_id=1, kind="group",
                                   title="时光衣橱穿搭群", last_message_at=NOW)
    )  # fmt: skip
    await shop.settle()
    (group,) = (await shop.desk.find("穿搭")).groups
    assert group.title[slice(*group.hits[0])] == "穿搭"


async def test_words_are_found_newest_first_with_their_places(shop: Shop) -> None:
    for body in ("那件风衣还有吗", "在吗", "风衣要 L 码的"):
        shop.relay.member_says(shop.lin, body)
    await shop.settle()
    page = (await shop.desk.find("风衣")).page
    assert [message.body for message in page.messages] == ["风衣要 L 码的", "那件风衣还有吗"]
    assert {message.body[slice(*message.hits[0])] for message in page.messages} == {"风衣"}
    assert {message.title for message in page.messages} == {"林小雨"}
    assert await shop.bodies("l码 风") == ["风衣要 L 码的"]


async def test_pages_go_on_to_the_oldest_without_repeating(shop: Shop) -> None:
    for number in range(75):
        shop.relay.member_says(shop.lin, f"第 {number} 件风衣")
    await shop.settle()
    page = (await shop.desk.find("风衣")).page
    seqs = [message.seq for message in page.messages]
    while page.before:
        page = await shop.desk.more_messages("风衣", page.before)
        seqs += [message.seq for message in page.messages]
    assert seqs == list(range(75, 0, -1))


async def test_a_recalled_message_is_found_no_more(shop: Shop) -> None:
    row = shop.relay.member_says(shop.lin, "我的地址是花园路")
    await shop.settle()
    assert await shop.bodies("花园") == ["我的地址是花园路"]
    shop.relay.commit(lambda rev: shop.relay.put("message", rev, row.id, body="", recalled_at=NOW))
    await shop.settle()
    assert await shop.bodies("花园") == []


async def test_it_finds_without_a_line(shop: Shop) -> None:
    shop.relay.member_says(shop.lin, "风衣")
    await shop.settle()
    await shop.console.hang_up()
    assert await shop.bodies("风衣") == ["风衣"]
    assert await shop.names("lxy") == ["林小雨"]


async def test_looking_up_a_number_is_recorded_once_and_other_searches_are_not(shop: Shop) -> None:
    await shop.console.hang_up()
    for query in ("lxy", "风衣", "0000"):
        await shop.desk.find(query)
    assert shop.looks() == []
    for again in ("6021", "6021", " 60 21"):
        await shop.desk.find(again)
    assert shop.looks() == ["access.report"]
