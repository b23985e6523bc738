"""100 members want one fitting room at one time while the relay is killed in the middle of it."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sqlite3
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.world import populate, token_hash
from console.domain.hours import Hours
from console.relay.core import RelayCore
from console.wire import commands
from console.wire.rows import HOURS_SETTING
from soak.claimants import Claimant, crowd
from soak.offer_relay import POINTS
from soak.relay import RelayUnderTest
from soak.verdict import Verdict, timed

MEMBERS = 100
PATIENCE_S = 60.0


async def run(count: int, seed: int, *, members: int = MEMBERS) -> Verdict:
    """Kill ``count`` times, once in each rush; the last one nobody disturbs."""
    rng = random.Random(seed)
    wrong: list[str] = []
    facts: dict[str, Any] = {"kills": dict.fromkeys(POINTS, 0), "rushes": 0, "members": members}
    with timed() as watch:
        while sum(facts["kills"].values()) < count:
            await _one_rush(rng, members, rng.choice(POINTS), wrong, facts)
        await _one_rush(rng, members, "", wrong, facts)
    return Verdict(name="fitting_rush", count=count, seed=seed, wrong=wrong, facts=facts,
                   seconds=watch.seconds)  # fmt: skip


async def _one_rush(
    rng: random.Random, members: int, point: str, wrong: list[str], facts: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        fuse = (point, str(rng.randint(1, members))) if point else ()
        async with wanted(Path(name), members, fuse) as shop:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    wrong += await shop.rush()
            except TimeoutError:
                wrong.append(f"no answer after {PATIENCE_S:.0f} s")
            wrong += shop.differences()
            facts["rushes"] += 1
            if shop.died:
                facts["kills"][point] += 1


@dataclass(slots=True)
class Rush:
    """One room at one time before a crowd.

    Attributes:
        relay: whose process gives it away.
        at: when it begins.
        claimants: all of them, connected, with the name of her booking.
        died: whether the relay was killed.
    """

    relay: RelayUnderTest
    at: datetime
    claimants: dict[str, Claimant]
    died: bool = False

    async def rush(self) -> list[str]:
        """Everybody books at once, whoever got it once more; what was wrong."""
        lives = asyncio.create_task(self._live_on())
        try:
            await asyncio.gather(*(self._book(1, name) for name in self.claimants))
            again = {name: await self._book(2, name) for name in self.winners()}
        finally:
            lives.cancel()
            await asyncio.gather(lives, return_exceptions=True)
        return [
            f"{name} booked again and got another answer" for name, answer in again.items()
            if answer.get("result") != self.claimants[name].answers[1]["result"]
        ]  # fmt: skip

    async def _book(self, n: int, name: str) -> dict[str, Any]:
        body = {"client_id": name, "starts_at": self.at.isoformat()}
        return await self.claimants[name].ask(n, "fitting.book", body)

    async def _live_on(self) -> None:
        while await self.relay.ended() == -signal.SIGKILL:
            self.died = True
            await self.relay.start()

    def winners(self) -> list[str]:
        """Those who were told that it is theirs, by the names of their bookings."""
        return [name for name, each in self.claimants.items()
                if each.answers.get(1, {}).get("t") == "ack"]  # fmt: skip

    def differences(self) -> list[str]:
        """What was told and what the database holds, where they are not the same."""
        with closing(sqlite3.connect(self.relay.database)) as connection:
            kept = [row[0] for row in connection.execute("select client_id from fitting")]
        told = self.winners()
        refused = Counter(
            each.answers[1]["code"] for each in self.claimants.values()
            if each.answers.get(1, {}).get("t") == "nack"
        )  # fmt: skip
        wrong = [] if len(told) == 1 and told == kept else [f"told {told}, kept {kept}"]
        if refused != {"fitting.taken": len(self.claimants) - 1}:
            wrong.append(f"refused with {dict(refused)}")
        return wrong


@contextlib.asynccontextmanager
async def wanted(folder: Path, members: int, fuse: tuple[str, ...] = ()) -> AsyncIterator[Rush]:
    """A shop that is always open and has one room."""
    relay = RelayUnderTest(folder)
    phones = populate(relay.database, members).phones
    await _open(relay.database)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    await relay.start(fuse=fuse)
    try:
        async with crowd(relay.base, phones) as claimants:
            yield Rush(relay, tomorrow, {uuid4().hex: each for each in claimants})
    finally:
        await relay.stop()


async def _open(database: Path) -> None:
    core = await RelayCore.open(database)
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    always = Hours.daily("UTC", 0, 0).value()
    await core.call(owner, commands.SetSetting(key=HOURS_SETTING, value=always))
    await core.call(owner, commands.SaveFittingRoom(client_id="room", display_name="1"))
    await core.close()
