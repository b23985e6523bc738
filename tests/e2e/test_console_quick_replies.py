"""Quick replies at a real relay, seen by a second console, and made without a line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from console.desk.open import Desk, open_desk
from console.desk.quick_replies import QuickReplyItem
from console.sync.devices import Credential
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import owner, pair, relay, synced, until  # noqa: F401 - fixtures
from tests.helpers.pictures import camera_photo


class Two:
    """The owner's desks at the counter and in the office."""

    def __init__(self, process: RelayProcess, counter: Desk, office: Desk) -> None:
        self.process, self.counter, self.office = process, counter, office

    async def shows(self, desk: Desk, check: Callable[[list[QuickReplyItem]], bool]) -> None:
        async def holds() -> bool:
            return check(await desk.quick_replies.find())

        await until(holds)

    async def goes_offline(self) -> None:
        self.process.stop()

        async def is_off() -> bool:
            return not self.counter.inbox.outgoing.is_up

        await until(is_off)

    async def comes_back(self) -> None:
        self.process.start()
        for desk in (self.counter, self.office):
            desk.station.http.base = self.process.base
            desk.wake()
        await asyncio.gather(synced(self.counter), synced(self.office))


@pytest.fixture
async def two(
    relay_process: RelayProcess, owner: Credential, tmp_path: Path  # noqa: F811 - a fixture
) -> AsyncIterator[Two]:  # fmt: skip
    counter = await open_desk(tmp_path / "home", relay_process.base, owner)
    office = await open_desk(tmp_path / "other", relay_process.base,
                             await pair(relay_process.info))  # fmt: skip
    try:
        await asyncio.gather(synced(counter), synced(office))
        yield Two(relay_process, counter, office)
    finally:
        await counter.close()
        await office.close()


def one(found: list[QuickReplyItem], title: str) -> QuickReplyItem | None:
    return next((each for each in found if each.title == title), None)


async def keep(desk: Desk, title: str, body: str, **more: Any) -> str:
    """Make or change one."""
    facts: dict[str, Any] = {"shared": True, "shortcut": "", **more}
    return await desk.quick_replies.save(title=title, body=body, **facts)


def words(found: list[QuickReplyItem], key: str) -> list[tuple[str, str]]:
    """Body and reason of failure of one of them."""
    return [(each.body, each.failure) for each in found if each.client_id == key]


async def test_a_quick_reply_with_pictures_is_seen_counted_changed_and_removed_elsewhere(
    two: Two,
) -> None:
    pictures = (camera_photo(), camera_photo(size=(300, 200)))
    key = await keep(two.counter, "到店路线", "地铁口出来就是", shortcut="/LX", pictures=pictures)
    here = one(await two.counter.quick_replies.find(), "到店路线")
    assert here is not None
    assert here.waiting
    paths = [Path(each.path) for each in here.photos]
    assert [await asyncio.to_thread(path.is_file) for path in paths] == [True, True]
    await two.shows(two.office, lambda found: one(found, "到店路线") is not None)
    (there,) = await two.office.quick_replies.find("lx")
    assert (there.client_id, there.shortcut, len(there.photos)) == (key, "lx", 2)
    await two.office.quick_replies.use(key)
    await two.shows(two.counter, lambda found: [i.uses for i in found if i.client_id == key] == [1])
    last = there.photos[1:]
    await keep(two.office, "到店路线", "2 号口", client_id=key, shortcut="lx",
               media_ids=[each.media_id for each in last])  # fmt: skip
    await two.shows(two.counter, lambda found: words(found, key) == [("2 号口", "")])
    (changed,) = await two.counter.quick_replies.find("lx")
    assert changed.photos == last
    await two.counter.quick_replies.remove(key)
    await two.shows(two.office, lambda found: one(found, "到店路线") is None)


async def test_ones_own_becomes_the_shops_with_its_name_kept(two: Two) -> None:
    key = await keep(two.counter, "自用", "加我微信", shared=False)
    await synced(two.counter)
    (mine,) = await two.counter.quick_replies.find("自用")
    assert not mine.shared
    await keep(two.counter, "自用", "加我微信", client_id=key, base_rev=mine.rev)
    for desk in (two.office, two.counter):
        await two.shows(
            desk, lambda found: [i.shared for i in found if i.title == "自用"] == [True]
        )


async def test_what_is_made_and_changed_without_a_line_waits_and_arrives_once(two: Two) -> None:
    await two.goes_offline()
    key = await keep(two.counter, "断网写的", "第一稿")
    await keep(two.counter, "断网写的", "第二稿", client_id=key, pictures=(camera_photo(),))
    await two.counter.quick_replies.use(key)
    (here,) = await two.counter.quick_replies.find("断网")
    assert (here.body, here.uses, here.waiting, len(here.photos)) == ("第二稿", 1, True, 1)
    gone = await keep(two.counter, "不要了", "x")
    await two.counter.quick_replies.remove(gone)
    await two.comes_back()
    await two.shows(two.office, lambda found: [
        (i.body, i.uses, len(i.photos)) for i in found if i.title == "断网写的"
    ] == [("第二稿", 1, 1)])  # fmt: skip
    assert one(await two.office.quick_replies.find(), "不要了") is None
    await two.shows(two.counter, lambda found: not any(i.waiting for i in found))


async def test_what_was_changed_elsewhere_meanwhile_is_kept_with_its_reason(two: Two) -> None:
    key = await keep(two.counter, "秋促价", "打九折")
    await two.shows(two.office, lambda found: words(found, key) == [("打九折", "")])
    await synced(two.counter)
    (seen,) = await two.counter.quick_replies.find("秋促价")
    await keep(two.office, "秋促价", "打八折", client_id=key, base_rev=seen.rev)
    await two.shows(two.counter, lambda found: words(found, key) == [("打八折", "")])
    await keep(two.counter, "秋促价", "打七折", client_id=key, base_rev=seen.rev)
    await two.shows(two.counter, lambda found: words(found, key) == [("打七折", Code.CONFLICT)])
    (mine,) = await two.counter.quick_replies.find("秋促价")
    await keep(two.counter, "秋促价", "打七五折", client_id=key, base_rev=mine.rev)
    await two.shows(two.office, lambda found: words(found, key) == [("打七五折", "")])


async def test_of_two_that_want_one_shortcut_the_later_is_refused_and_given_up(two: Two) -> None:
    await two.goes_offline()
    for desk, title in ((two.counter, "甲"), (two.office, "乙")):
        await keep(desk, title, title, shortcut="zz9")
    await two.comes_back()
    taken = Code.QUICK_REPLY_SHORTCUT

    async def refused() -> list[tuple[Desk, QuickReplyItem]]:
        desks = (two.counter, two.office)
        return [
            (desk, item)
            for desk in desks
            for item in await desk.quick_replies.find("zz9")
            if item.failure == taken
        ]

    async def holds() -> bool:
        return bool(await refused())

    await until(holds)
    ((desk, item),) = await refused()
    await desk.quick_replies.discard(item.entry)
    await two.shows(desk, lambda found: len([i for i in found if i.shortcut == "zz9"]) == 1)


async def test_the_starter_set_offers_only_what_is_missing(two: Two) -> None:
    desk = two.counter.quick_replies
    assert await desk.starters("zh") == []
    english = await desk.starters("en")
    assert len(english) > 5
    for each in english[:2]:
        await keep(two.counter, each.title, each.body, shortcut=each.shortcut)
    assert len(await desk.starters("en")) == len(english) - 2
    with pytest.raises(Refusal):
        await keep(two.counter, "x", " ")
