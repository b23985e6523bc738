"""Opening hours and what follows from them, changed on one console and seen by everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from console.desk.open import Desk, open_desk
from console.desk.opening import Opening
from console.domain.after_hours import AutoReply
from console.domain.hours import Hours
from console.sync.devices import Credential
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import owner, pair, relay, synced, until  # noqa: F401 - fixtures
from tests.helpers.reader import Reader, new_id

NEVER = Hours("Asia/Shanghai", ((),) * 7)
PAUSE = Hours(
    "Asia/Shanghai", (((600, 840), (1020, 60)), *[((600, 1290),)] * 5, ()),
    frozenset({date(2027, 2, 17)}),
)  # fmt: skip


class Two:
    """The owner's desks at the counter and in the office."""

    def __init__(self, process: RelayProcess, counter: Desk, office: Desk) -> None:
        self.process, self.counter, self.office = process, counter, office

    async def shows(self, desk: Desk, check: Callable[[Opening], bool]) -> Opening:
        async def holds() -> bool:
            found = await desk.opening.opening()
            return found is not None and check(found)

        await until(holds)
        found = await desk.opening.opening()
        assert found is not None
        return found


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


async def test_hours_with_a_pause_past_midnight_and_a_closed_date_reach_console_and_phone(
    two: Two,
) -> None:
    await two.counter.opening.save_hours(PAUSE, 0)
    here = await two.shows(two.counter, lambda found: found.hours == PAUSE)
    assert here.hours.value()["week"][0] == [[600, 840], [1020, 60]]
    there = await two.shows(two.office, lambda found: found.hours == PAUSE)
    assert not there.hours_edited.waiting
    facts = await two.office.shop.facts()
    assert facts is not None
    assert facts.hours == PAUSE
    async with Reader(two.process.base) as page:
        shop = await page.api("GET", "/api/shop")
    today = PAUSE.on(datetime.now(UTC))
    assert shop["today"] == [list(span) for span in today]
    assert shop["opens"] == (today[0][0] if today else None)


async def test_a_member_gets_the_answer_that_the_preview_showed(two: Two) -> None:
    reply = AutoReply(on=True, language="zh", words=("打烊啦,明天见", ""))
    await two.counter.opening.save_hours(NEVER, 0)
    await two.counter.opening.save_reply(reply, 0)
    there = await two.shows(two.office, lambda found: found.reply.on and found.hours == NEVER)
    async with Reader(two.process.base) as page:
        joined = await page.join("周雨桐", "13812346021")
        chat = int(joined["conversation_id"])
        await page.connect()
        await page.command("message.send", conversation_id=chat, client_id=new_id(), body="在吗")

        async def bodies() -> list[str]:
            return [item.body for item in (await two.office.inbox.timeline(chat)).items]

        async def holds() -> bool:
            return len(await bodies()) == 2

        await until(holds)
        answered = (await two.office.inbox.timeline(chat)).items[1]
    assert answered.body == there.answer(there.hours, there.reply, answered.at) == "打烊啦,明天见"


async def test_hours_that_were_changed_elsewhere_are_a_conflict_one_decides(two: Two) -> None:
    await two.counter.opening.save_hours(PAUSE, 0)
    await two.shows(two.office, lambda found: found.hours == PAUSE)
    seen = await two.shows(two.counter, lambda found: not found.hours_edited.waiting)
    await two.office.opening.save_hours(NEVER, seen.hours_edited.rev)
    await two.shows(two.counter, lambda found: found.hours == NEVER)
    mine = Hours.daily("Asia/Shanghai", 480, 1200)
    await two.counter.opening.save_hours(mine, seen.hours_edited.rev)
    refused = await two.shows(two.counter, lambda found: bool(found.hours_edited.failure))
    assert refused.hours_edited.failure == Code.CONFLICT
    assert (refused.hours, refused.stands) == (mine, NEVER)
    await two.counter.opening.discard(refused.hours_edited.entry)
    await two.shows(two.counter, lambda found: found.hours == NEVER)
    await two.counter.opening.save_hours(mine, refused.hours_edited.rev)
    await two.shows(two.office, lambda found: found.hours == mine)


async def test_the_promise_can_be_hidden_and_says_what_it_rests_on(two: Two) -> None:
    now = await two.counter.opening.promise()
    assert (now.reply_s, now.samples) == (None, 0)
    assert now.needed > 0
    await two.counter.opening.save_promise(on=False)
    await two.shows(two.office, lambda found: not found.promise)
    async with Reader(two.process.base) as page:
        assert "reply_s" not in await page.api("GET", "/api/shop")


async def test_only_an_owner_changes_them(two: Two) -> None:
    desk = two.counter
    desk.inbox._me = msgspec.structs.replace(desk.inbox.me, role="clerk")
    with pytest.raises(Refusal) as refused:
        await desk.opening.save_hours(PAUSE, 0)
    assert refused.value.code == Code.COMMAND_DENIED
    with pytest.raises(Refusal):
        await desk.shop.save_address("https://shop.example")
