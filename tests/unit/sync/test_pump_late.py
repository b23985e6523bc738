"""What lets a campaign go is not sent long after somebody asked for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from console.store.outbox import NewEntry, Outbox
from console.sync.pump import OutboxPump
from console.wire import commands
from console.wire.commands import Command
from console.wire.errors import Code
from tests.unit.sync.memory_line import InlineWorkers

ASKED = datetime(2026, 11, 27, 10, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


class Line:
    """A line that keeps what is sent over it."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.used = asyncio.Event()

    async def send_command(self, _n: int, name: str, _body: bytes, _confirmed: int) -> None:
        self.sent.append(name)
        self.used.set()


class Case:
    """An outbox whose clock is set, and a line that comes back."""

    def __init__(self, folder: Path) -> None:
        self.now = ASKED
        self.outbox = Outbox(folder / "outbox.sqlite", lambda: self.now)
        self.pump = OutboxPump(self.outbox, InlineWorkers(), None)  # type: ignore[arg-type]

    def ask(self, command: Command, lane: str = "campaign/c") -> None:
        body = msgspec.json.encode(command)
        self.outbox.add(NewEntry(name=command.name, body=body, lane=lane))

    async def back_after(self, away: timedelta) -> list[str]:
        """What is sent first when the line is back."""
        self.now = ASKED + away
        line = Line()
        self.pump.line_up(line)
        self.pump.start()
        async with asyncio.timeout(5):
            await line.used.wait()
        await self.pump.close()
        return line.sent


@pytest.fixture
def case(tmp_path: Path):
    made = Case(tmp_path)
    yield made
    made.outbox.close()


SENDING = [commands.ScheduleCampaign(client_id="c"), commands.SendCampaignNow(client_id="c"),
           commands.ResumeCampaign(client_id="c")]  # fmt: skip


@pytest.mark.parametrize("command", SENDING, ids=lambda each: each.name)
async def test_what_was_asked_within_two_hours_is_sent(case: Case, command: Command) -> None:
    case.ask(command)
    assert await case.back_after(TWO_HOURS) == [command.name]


@pytest.mark.parametrize("command", SENDING, ids=lambda each: each.name)
async def test_later_it_stays_here_with_its_reason(case: Case, command: Command) -> None:
    case.ask(command)
    case.ask(commands.PauseCampaign(client_id="d"), lane="campaign/d")
    away = TWO_HOURS + timedelta(milliseconds=1)
    assert await case.back_after(away) == [commands.PauseCampaign.name]
    found = {e.name: (e.state, e.code) for e in case.outbox.entries}
    assert found[command.name] == ("failed", Code.CAMPAIGN_UNANSWERED)


async def test_what_it_had_reached_the_relay_with_is_not_sent_again_either(case: Case) -> None:
    case.ask(commands.SendCampaignNow(client_id="c"))
    case.outbox.mark_sent([case.outbox.entries[0].position])
    case.ask(commands.PauseCampaign(client_id="d"), lane="campaign/d")
    assert await case.back_after(timedelta(days=1)) == [commands.PauseCampaign.name]


async def test_whoever_stopped_it_meanwhile_is_obeyed(case: Case) -> None:
    """The relay may have got the first one all the same."""
    case.ask(commands.SendCampaignNow(client_id="c"))
    case.ask(commands.CancelCampaign(client_id="c"))
    assert await case.back_after(timedelta(days=1)) == [commands.CancelCampaign.name]
    assert [e.name for e in case.outbox.entries] == [commands.CancelCampaign.name]
