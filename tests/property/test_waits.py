"""Waits are what counting messages by hand gives, whatever happens in a conversation.

The recount knows only the messages as they stand, and when somebody was done with, reopened or
took back which of them; a mechanism taken out has to be noticed by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.hours import Hours
from console.relay.handlers import queue, recalls, waits
from console.relay.handlers.threads import Appender
from console.relay.handlers.waits import Waits
from console.store import past_waits
from console.store.engine import writer_engine
from console.wire import commands
from console.wire.errors import Refusal
from tests.helpers.relay_kit import text
from tests.unit.relay.shop import Shop

HOURS = Hours.daily("Asia/Shanghai", 600, 1290)
HALF_AN_HOUR = timedelta(minutes=30)
Wait = dict[str, Any]
Step = tuple[str, int]


# --- counted by hand ----------------------------------------------------------------------------


class Recount:
    """One conversation, event after event, without a database."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.waits: list[Wait] = []

    def waiting(self) -> Wait | None:
        return next((each for each in self.waits if each["ended_at"] is None), None)

    def asks(self, from_seq: int = 0) -> int | None:
        """When the first question was asked that stands and nobody answered."""
        last = max((m["seq"] for m in self.said if m["who"] == "staff"), default=0)
        found = [m["at"] for m in self.said
                 if m["who"] == "member" and m["seq"] > last and m["seq"] >= from_seq
                 and not m["gone"]]  # fmt: skip
        return found[0] if found else None

    def say(self, seq: int, who: str, by: int, at: int) -> None:
        self.said.append({"seq": seq, "who": who, "at": at, "gone": False})
        now = self.waiting()
        if who == "member" and now is None:
            self.begin(at)
        elif who == "staff" and now is not None:
            now.update(ended_at=at, staff_id=by, outcome="answered")

    def done(self, upto: int, by: int, at: int) -> None:
        now, since = self.waiting(), self.asks(upto + 1)
        if since is not None:
            # What somebody finished who had seen more stays finished.
            since = None if now is None else max(since, now["asked_at"])
        self.turn(since, ("closed", by, at))

    def reopen(self, at: int) -> None:
        self.turn(self.asks(), ("void", None, at))

    def take_back(self, seq: int, at: int) -> None:
        now = self.waiting()
        last = max((m["seq"] for m in self.said if m["who"] == "staff"), default=0)
        begun = min((m["seq"] for m in self.said if now and m["at"] == now["asked_at"]
                     and m["who"] == "member" and m["seq"] > last), default=0)  # fmt: skip
        self.said[seq - 1]["gone"] = True
        self.turn(self.asks(begun) if now else None, ("void", None, at))

    def turn(self, since: int | None, end: tuple[str, int | None, int]) -> None:
        now = self.waiting()
        if now is not None and now["asked_at"] != since:
            outcome, by, at = end
            now.update(ended_at=at, staff_id=by, outcome=outcome)
        if since is None or (now is not None and now["asked_at"] == since):
            return
        again = [each for each in self.waits if each["asked_at"] == since]
        if again:
            again[-1].update(ended_at=None, staff_id=None, outcome="")
        else:
            self.begin(since)

    def begin(self, at: int) -> None:
        self.waits.append({"asked_at": at, "ended_at": None, "staff_id": None, "outcome": ""})


# --- a conversation -----------------------------------------------------------------------------


class Talk:
    """One conversation of a shop, and what happened in it."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.count = shop, Recount()
        self.thread = shop.anna.conversation_id

    @property
    def ms(self) -> int:
        return round(self.shop.clock.now().timestamp() * 1_000)

    def messages(self) -> list[dict[str, Any]]:
        return self.shop.rows("select * from message order by seq")

    async def asks(self, _: int) -> None:
        await self.shop.core.call(self.shop.anna, text(self.thread))

    async def answers(self, number: int) -> None:
        by = self.shop.owner if number % 3 == 0 else self.shop.clerk
        await self.shop.core.call(by, text(self.thread))

    async def all_at_once(self, number: int) -> None:
        order = [self.shop.anna, self.shop.clerk, self.shop.anna, self.shop.owner][number % 3 :]
        await asyncio.gather(*(self.shop.core.call(by, text(self.thread)) for by in order))

    async def note(self, number: int) -> None:
        made = commands.AddNote(conversation_id=self.thread, client_id=f"n-{number}", body="!")
        await self.shop.core.call(self.shop.clerk, made)

    async def snooze(self, number: int) -> None:
        until = None if number % 2 else self.shop.clock.now() + HALF_AN_HOUR
        made = commands.SnoozeConversation(conversation_id=self.thread, until=until)
        await self.shop.core.call(self.shop.clerk, made)

    async def done(self, number: int) -> None:
        upto = max(0, len(self.messages()) - number % 3)
        made = commands.FinishConversation(conversation_id=self.thread, up_to_seq=upto)
        await self.shop.core.call(self.shop.clerk, made)
        self.count.done(upto, self.shop.clerk.id, self.ms)

    async def reopen(self, _: int) -> None:
        was = self.shop.conversation(self.shop.anna)["status"]
        made = commands.ReopenConversation(conversation_id=self.thread)
        await self.shop.core.call(self.shop.clerk, made)
        if was == "done":
            self.count.reopen(self.ms)

    async def takes_back(self, number: int) -> None:
        mine = [row for row in self.messages()
                if row["sender_kind"] == "member" and row["recalled_at"] is None]  # fmt: skip
        if mine:
            row = mine[-1 - number % len(mine)]
            made = commands.RecallMessage(client_id=row["client_id"])
            try:
                await self.shop.core.call(self.shop.anna, made)
            except Refusal:
                return
            self.count.take_back(row["seq"], self.ms)

    async def hours_pass(self, number: int) -> None:
        self.shop.clock.advance(number * 1_800)

    def check(self) -> None:
        for row in self.messages()[len(self.count.said) :]:
            self.count.say(row["seq"], row["sender_kind"], row["sender_id"], row["sent_at"])
        found = self.shop.rows("select asked_at, ended_at, staff_id, outcome from wait order by id")
        assert found == self.count.waits
        for row in self.shop.rows("select asked_at, in_hours from wait"):
            at = datetime.fromtimestamp(row["asked_at"] / 1_000, UTC)
            assert bool(row["in_hours"]) == HOURS.is_open(at)
        since = min((each["asked_at"] for each in found if each["ended_at"] is None), default=None)
        assert self.shop.conversation(self.shop.anna)["waiting_since"] == since


MOVES = ("asks", "answers", "all_at_once", "note", "snooze", "done", "reopen", "takes_back",
         "hours_pass")  # fmt: skip


async def spend(
    path: Path, steps: list[Step], before: Callable[[], None] = lambda: None,
    after: Callable[[Shop], Awaitable[None]] | None = None,
) -> None:  # fmt: skip
    shop = Shop(path)
    await shop.open()
    try:
        await shop.core.call(shop.owner, commands.SetSetting(key="auto_reply", value={"on": True}))
        talk = Talk(shop)
        before()
        for name, number in steps:
            shop.clock.advance(1 + number)
            await getattr(talk, name)(number)
            talk.check()
        if after is not None:
            await after(shop)
    finally:
        await shop.core.close()


steps = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 9)), min_size=5, max_size=30)


@settings(max_examples=max(12, settings().max_examples // 4), deadline=None)
@example([("asks", 0), ("asks", 0), ("asks", 0), ("done", 1), ("done", 2)])
@example([("asks", 0), ("asks", 0), ("done", 0), ("done", 1)])
@given(steps)
def test_waits_are_what_counting_messages_by_hand_gives(found: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(spend(Path(folder) / "relay.sqlite", found))


@settings(max_examples=max(6, settings().max_examples // 10), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("asks", "answers", "all_at_once", "note", "hours_pass")),
                          st.integers(0, 9)), min_size=5, max_size=30))  # fmt: skip
def test_an_upgrade_finds_in_the_messages_what_would_have_been_written(found: list[Step]) -> None:
    async def fill_anew(shop: Shop) -> None:
        names = "shop_id, conversation_id, asked_at, in_hours, ended_at, staff_id, outcome"
        before = shop.rows(f"select {names} from wait order by id")
        shop.write("delete from wait")
        engine = writer_engine(shop.path)
        with engine.begin() as connection:
            past_waits.fill(connection)
        engine.dispose()
        assert shop.rows(f"select {names} from wait order by id") == before

    with TemporaryDirectory() as folder:
        asyncio.run(spend(Path(folder) / "relay.sqlite", found, after=fill_anew))


# --- with a mechanism taken out -----------------------------------------------------------------


def nobody_begins_to_wait(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Waits, "begin", lambda *_: None)


def answers_end_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Waits, "answer", lambda *_: None)


def each_question_is_a_wait_of_its_own(patch: pytest.MonkeyPatch) -> None:
    whole = Appender.append

    def append(self: Appender, thread: Any, client_id: str, sender: Any, *given: Any) -> Any:
        if sender[0] == "member" and thread.waiting_since is not None:
            self.waits.begin(thread.row.shop_id, thread.row.id)
        return whole(self, thread, client_id, sender, *given)

    patch.setattr(Appender, "append", append)


def the_relay_answers_by_itself(patch: pytest.MonkeyPatch) -> None:
    whole = Appender.append_automatic

    def append(self: Appender, thread: Any, *given: Any) -> Any:
        self.waits.answer(thread.row.id, None)
        return whole(self, thread, *given)

    patch.setattr(Appender, "append_automatic", append)


def to_be_done_leaves_no_trace(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queue, "waits", _Without(waits))


def to_be_done_is_an_answer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waits, "CLOSED", waits.ANSWERED)


def what_is_taken_back_still_waits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recalls, "waits", _Without(waits))


def the_shop_never_shuts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waits.opening, "hours_by_shop", lambda _: {1: Hours.daily("UTC", 0, 1_440)})


class _Without:
    """A module whose ``settle`` does nothing."""

    def __init__(self, whole: Any) -> None:
        self.CLOSED = whole.CLOSED

    def settle(self, *_: Any) -> None:
        pass


BROKEN: dict[Callable[[pytest.MonkeyPatch], None], list[Step]] = {
    nobody_begins_to_wait: [("asks", 1)],
    answers_end_nothing: [("asks", 1), ("answers", 5)],
    each_question_is_a_wait_of_its_own: [("asks", 1), ("asks", 2)],
    the_relay_answers_by_itself: [("hours_pass", 9), ("hours_pass", 9), ("hours_pass", 9),
                                  ("asks", 1)],
    to_be_done_leaves_no_trace: [("asks", 1), ("done", 0)],
    to_be_done_is_an_answer: [("asks", 1), ("done", 0)],
    what_is_taken_back_still_waits: [("asks", 1), ("takes_back", 0)],
    the_shop_never_shuts: [("hours_pass", 9), ("hours_pass", 9), ("hours_pass", 9), ("asks", 1)],
}  # fmt: skip


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda found: found.__name__)
def test_a_mechanism_taken_out_is_noticed(
    break_it: Callable[[pytest.MonkeyPatch], None], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asyncio.run(spend(tmp_path / "sound.sqlite", BROKEN[break_it]))
    with pytest.raises(AssertionError):
        asyncio.run(
            spend(tmp_path / "relay.sqlite", BROKEN[break_it], lambda: break_it(monkeypatch))
        )
