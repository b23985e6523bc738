"""A real desk at a real relay: the queue and what is done about members, also without a line."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.desk.open import Desk, open_desk
from console.desk.queue import QueueDesk
from console.desk.refusals import StepRefused
from console.desk.types import ConversationItem, MemberPanel
from console.relay.backups import DATABASE
from console.sync.devices import Credential
from console.sync.http import Offline
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import owner, relay, synced, until  # noqa: F401 - fixtures
from tests.helpers.reader import Reader, new_id


@dataclass
class Counter:
    """The owner's desk, and members' phones at the same relay."""

    desk: Desk
    process: RelayProcess
    chats: dict[str, int]
    members: dict[str, int]

    async def writes(self, name: str, phone: str, *bodies: str) -> int:
        """A member joins and writes; her conversation's id once the desk has it all."""
        async with Reader(self.process.base) as page:
            joined = await page.join(name, phone)
            chat = self.chats[name] = int(joined["conversation_id"])
            self.members[name] = int(joined["member_id"])
            await page.connect()
            for body in bodies:
                await page.command("message.send", conversation_id=chat, client_id=new_id(),
                                   body=body)  # fmt: skip
        await self.shows(chat, lambda item: item.last_seq >= len(bodies))
        return chat

    async def item(self, chat: int) -> ConversationItem:
        (found,) = await self.desk.inbox.conversations([chat])
        return found

    async def panel(self, name: str) -> MemberPanel:
        found = await self.desk.inbox.panel(self.members[name])
        assert found is not None
        return found

    async def shows(self, chat: int, condition: Callable[[ConversationItem], bool]) -> None:
        async def holds() -> bool:
            found = await self.desk.inbox.conversations([chat])
            return bool(found) and condition(found[0])

        await until(holds)

    async def tells(self, name: str, condition: Callable[[MemberPanel], bool]) -> None:
        async def holds() -> bool:
            return condition(await self.panel(name))

        await until(holds)

    async def goes_offline(self) -> None:
        self.process.stop()

        async def is_off() -> bool:
            return not self.desk.inbox.outgoing.is_up

        await until(is_off)

    async def comes_back(self) -> None:
        self.process.start()
        self.desk.station.http.base = self.process.base
        self.desk.wake()
        await synced(self.desk)

    def logged(self, what: str) -> list[tuple[str, str]]:
        """Actor and reason of the log's lines."""
        with closing(sqlite3.connect(self.process.folder / DATABASE)) as db:
            query = "SELECT actor, detail FROM audit WHERE what = ? ORDER BY id"
            return [(str(actor), str(detail)) for actor, detail in db.execute(query, (what,))]


@pytest.fixture
async def counter(
    relay_process: RelayProcess, owner: Credential, tmp_path: Path  # noqa: F811
) -> AsyncIterator[Counter]:  # fmt: skip
    desk = await open_desk(tmp_path / "home", relay_process.base, owner)
    try:
        await synced(desk)
        yield Counter(desk, relay_process, {}, {})
    finally:
        await desk.close()


async def in_list(desk: Desk, which: str, wanted: list[int]) -> bool:
    return await desk.inbox.conversation_ids(which) == wanted  # type: ignore[arg-type]


async def test_what_is_put_off_leaves_the_queue_at_once_and_comes_back_by_its_time(
    counter: Counter,
) -> None:
    first = await counter.writes("林小雨", "13812346021", "在吗")
    second = await counter.writes("王芳", "13812346022", "有 L 码吗")
    desk, queue = counter.desk, counter.desk.queue
    # Whole seconds: rows keep milliseconds, and either the outbox or the row may answer first.
    until_then = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    await queue.snooze(first, until_then)
    assert await in_list(desk, "waiting", [second])
    assert await in_list(desk, "snoozed", [first])
    counts = await desk.inbox.counts()
    assert (counts.waiting, counts.snoozed, counts.next_wake) == (1, 1, until_then)
    await synced(desk)
    assert await in_list(desk, "snoozed", [first])

    async def back() -> bool:
        return await in_list(desk, "waiting", [first, second])

    await until(back)
    assert (await counter.item(first)).reminds(datetime.now(UTC))
    await counter.shows(first, lambda item: item.woken_at is not None)


async def test_steps_without_a_line_show_at_once_and_reach_the_relay_later(
    counter: Counter, tmp_path: Path
) -> None:
    done = await counter.writes("林小雨", "13812346021", "谢谢")
    mine = await counter.writes("王芳", "13812346022", "有 L 码吗")
    me = counter.desk.inbox.me.staff_id
    await counter.goes_offline()
    await counter.desk.queue.finish(done, (await counter.item(done)).last_seq)
    await counter.desk.queue.assign(mine, me)
    assert await in_list(counter.desk, "waiting", [mine])
    assert await in_list(counter.desk, "mine", [mine])
    assert (await counter.item(done)).done
    counts = await counter.desk.inbox.counts()
    assert (counts.waiting, counts.mine) == (1, 1)
    await counter.comes_back()
    with closing(sqlite3.connect(counter.process.folder / DATABASE)) as db:
        query = "SELECT status, assignee_id, waiting_since IS NULL FROM conversation ORDER BY id"
        assert db.execute(query).fetchall() == [("done", None, 1), ("open", me, 0)]


async def test_a_member_who_wrote_meanwhile_goes_on_waiting(counter: Counter) -> None:
    chat = await counter.writes("林小雨", "13812346021", "谢谢", "还有一件事")
    await counter.desk.queue.finish(chat, 1)
    await synced(counter.desk)
    assert await in_list(counter.desk, "waiting", [chat])
    assert not (await counter.item(chat)).done


async def test_reopening_waits_since_the_message_nobody_answered(counter: Counter) -> None:
    chat = await counter.writes("林小雨", "13812346021", "在吗")
    since = (await counter.item(chat)).waiting_since
    await counter.desk.queue.finish(chat, 1)
    await synced(counter.desk)
    assert (await counter.item(chat)).waiting_since is None
    await counter.desk.queue.reopen(chat)
    assert (await counter.item(chat)).waiting_since == since
    await synced(counter.desk)
    assert (await counter.item(chat)).waiting_since == since


async def test_a_refused_step_is_told_and_undone_and_what_followed_it_is_done(
    counter: Counter,
) -> None:
    chat = await counter.writes("林小雨", "13812346021", "在吗")
    told: list[StepRefused] = []
    counter.desk.queue.on_refused(told.append)
    await counter.goes_offline()
    await counter.desk.queue.assign(chat, 4711)
    await counter.desk.queue.finish(chat, 1)
    assert (await counter.item(chat)).assignee_id == 4711
    await counter.comes_back()
    await counter.shows(chat, lambda item: item.done and item.assignee_id == 0)
    assert [(each.name, each.conversation_id, each.code) for each in told] == [
        ("conversation.assign", chat, "not_found")
    ]


async def test_a_past_time_is_refused_and_a_time_chosen_by_hand_is_offered_again(
    counter: Counter,
) -> None:
    chat = await counter.writes("林小雨", "13812346021", "在吗")
    queue = counter.desk.queue
    with pytest.raises(Refusal) as refused:
        await queue.snooze(chat, datetime.now(UTC) - timedelta(minutes=1))
    assert refused.value.code == Code.SNOOZE_PAST
    by_hand = (datetime.now(UTC) + timedelta(days=2)).replace(second=0, microsecond=0)
    await queue.snooze(chat, by_hand, by_hand=True)
    again = QueueDesk(counter.desk.station, counter.desk.inbox)
    try:
        offered = await again.snooze_choices(datetime.now(UTC))
    finally:
        await again.close()
    assert [each.until for each in offered if each.kind == "used"] == [by_hand]


async def test_colleagues_who_are_here_come_first(counter: Counter) -> None:
    await counter.desk.team.add("露露", "clerk", "135-2468-9")
    await counter.desk.team.add("阿珍", "clerk", "135-2468-9")

    async def three() -> bool:
        return len(await counter.desk.queue.colleagues()) == 3

    await until(three)
    found = await counter.desk.queue.colleagues()
    assert [(each.name, each.here, each.me) for each in found] == [
        ("阿珍", False, False), ("露露", False, False), ("小李", True, True),
    ]  # fmt: skip
    lulu = next(each.staff_id for each in found if each.name == "露露")
    async with Reader(counter.process.base) as console:
        answer = await console.api(
            "POST", "/api/staff/login",
            {"staff": lulu, "secret": "135-2468-9", "device_name": "till"},
        )  # fmt: skip
        console.bearer = str(answer["device_token"])
        await console.connect()

        async def comes_first() -> bool:
            first = (await counter.desk.queue.colleagues())[0]
            return (first.name, first.here) == ("露露", True)

        await until(comes_first)


async def test_facts_and_tags_change_at_once_without_a_line_and_stay(counter: Counter) -> None:
    await counter.writes("林小雨", "13812346021")
    who = counter.members["林小雨"]
    await counter.goes_offline()
    await counter.desk.members.update(who, {"remark": "", "display_name": "林小雨"},
                                      {"remark": "喜欢宽松", "display_name": "林晓雨"})  # fmt: skip
    await counter.desk.members.tag(who, add=["风衣", " L  码 "])
    await counter.desk.members.tag(who, remove=["风衣"])
    panel = await counter.panel("林小雨")
    assert (panel.name, panel.remark, panel.tags) == ("林晓雨", "喜欢宽松", ("L 码",))
    assert (await counter.item(counter.chats["林小雨"])).title == "林晓雨"
    await counter.comes_back()
    await counter.tells("林小雨", lambda p: (p.name, p.tags) == ("林晓雨", ("L 码",)))
    assert await counter.desk.members.tags_in_use() == ["L 码"]


async def test_a_collision_keeps_both_values_until_one_is_chosen(counter: Counter) -> None:
    await counter.writes("林小雨", "13812346021")
    who, members = counter.members["林小雨"], counter.desk.members
    was = {"remark": "", "display_name": "林小雨"}
    await members.update(who, {"remark": ""}, {"remark": "theirs"})
    await synced(counter.desk)
    await members.update(who, was, {"remark": "mine", "display_name": "林晓雨"})
    await counter.tells("林小雨", lambda panel: bool(panel.conflicts))
    panel = await counter.panel("林小雨")
    (conflict,) = panel.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("remark", "mine", "theirs")
    assert panel.remark == "theirs"
    await members.decide(who, ["remark"])
    await synced(counter.desk)
    await counter.tells("林小雨", lambda p: not p.conflicts and p.remark == "mine")
    assert (await counter.panel("林小雨")).name == "林晓雨"


async def test_what_stands_can_be_kept_and_the_rest_of_the_change_is_made(
    counter: Counter,
) -> None:
    await counter.writes("林小雨", "13812346021")
    who, members = counter.members["林小雨"], counter.desk.members
    await members.update(who, {"remark": ""}, {"remark": "theirs"})
    await synced(counter.desk)
    await members.update(who, {"remark": "", "gender": ""}, {"remark": "mine", "gender": "f"})
    await counter.tells("林小雨", lambda panel: bool(panel.conflicts))
    await members.decide(who, [])
    await synced(counter.desk)
    await counter.tells("林小雨", lambda p: (p.remark, p.gender) == ("theirs", "f"))


async def test_blocking_shows_in_list_and_panel_and_is_logged_with_its_reason(
    counter: Counter,
) -> None:
    chat = await counter.writes("林小雨", "13812346021", "在吗")
    who = counter.members["林小雨"]
    await counter.desk.members.set_blocked(who, blocked=True, reason="Advertising")
    assert (await counter.panel("林小雨")).blocked
    assert (await counter.item(chat)).blocked
    await synced(counter.desk)
    assert counter.logged("member.block")[-1][1] == "Advertising"
    await counter.desk.members.set_blocked(who, blocked=False)
    await synced(counter.desk)
    await counter.shows(chat, lambda item: not item.blocked)


async def test_a_number_is_revealed_for_a_reason_and_only_with_a_line(counter: Counter) -> None:
    await counter.writes("林小雨", "13812346021")
    who = counter.members["林小雨"]
    assert await counter.desk.members.reveal(who, "asked to be called") == "13812346021"
    assert counter.logged("access.reveal")[-1][1] == "asked to be called"
    await counter.goes_offline()
    with pytest.raises(Offline):
        await counter.desk.members.reveal(who, "asked to be called")


async def test_two_entries_of_one_person_are_merged_as_shown_and_taken_back(
    counter: Counter,
) -> None:
    kept = await counter.writes("林小雨", "13812346021", "在吗")
    await counter.writes("林晓雨", "13812346022", "是我", "换了号码")
    keep, gone = counter.members["林小雨"], counter.members["林晓雨"]
    members = counter.desk.members
    await members.tag(gone, add=["风衣"])
    await synced(counter.desk)
    assert [each.member_id for each in await members.find("林晓", keep)] == [gone]
    preview = await members.merge_preview(keep, gone, ["phone"])
    assert preview is not None
    assert (preview.gone.amounts["message"], preview.tags) == (2, 1)
    assert set(preview.differ) == {"display_name", "phone"}
    merge_id = await members.merge(keep, gone, ["phone"])
    assert merge_id
    await counter.shows(kept, lambda item: item.last_seq == 3)
    panel = await counter.panel("林小雨")
    assert (panel.name, panel.phone) == (preview.result["display_name"], preview.result["phone"])
    assert panel.tags == ("风衣",)
    away = await counter.panel("林晓雨")
    assert (away.state, away.merged_into, away.merged_name) == ("merged", keep, "林小雨")
    (line,) = (await members.history(keep, "member_merge")).lines
    assert (line.id, line.name, line.staff, line.undoable) == (merge_id, "林晓雨", "小李", True)
    await members.unmerge(merge_id)
    await counter.tells("林晓雨", lambda back: back.state != "merged" and back.tags == ("风衣",))
    (line,) = (await members.history(keep, "member_merge")).lines
    assert line.undone_at is not None
    assert not line.undoable


async def test_history_is_read_page_by_page(counter: Counter) -> None:
    await counter.writes("林小雨", "13812346021")
    who = counter.members["林小雨"]
    (line,) = (await counter.desk.members.history(who, "consent")).lines
    assert (line.purpose, line.granted) == ("privacy", True)
    for kind in ("purchase", "visit", "enquiry", "member_merge"):
        page = await counter.desk.members.history(who, kind)
        assert (page.lines, page.before) == ((), None)
