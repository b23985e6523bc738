"""2,000 members claim 20 units at once while the relay is killed in the middle of it."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sqlite3
import statistics
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.world import Phone, open_at_noon, populate, token_hash
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.internal import AdvanceCampaigns
from console.wire import commands
from console.wire.commands import VariantDraft
from console.wire.offer_rows import OfferTerms
from soak.claimants import Claimant, crowd
from soak.offer_relay import POINTS
from soak.relay import RelayUnderTest
from soak.verdict import Verdict, timed

MEMBERS, UNITS = 2_000, 20
OFFER = 1
PATIENCE_S = 120.0


async def run(count: int, seed: int, *, members: int = MEMBERS, units: int = UNITS) -> Verdict:
    """Kill ``count`` times, over as many rushes as that takes; the last one nobody disturbs."""
    rng = random.Random(seed)
    wrong: list[str] = []
    facts: dict[str, Any] = {"kills": dict.fromkeys(POINTS, 0), "rushes": 0, "members": members,
                             "winners": 0, "gone": 0, "reconnections": 0}  # fmt: skip
    killed = 0
    with timed() as watch:
        while killed < count:
            points = rng.choices(POINTS, k=min(rng.randint(1, 2), count - killed))
            killed += len(await _one_rush(rng, members, units, points, wrong, facts))
        await _one_rush(rng, members, units, [], wrong, facts)
    facts["killed"] = killed
    return Verdict(name="offer_rush", count=count, seed=seed, wrong=wrong, facts=facts,
                   seconds=watch.seconds)  # fmt: skip


async def _one_rush(
    rng: random.Random, members: int, units: int, points: list[str], wrong: list[str],
    facts: dict[str, Any],
) -> list[str]:  # fmt: skip
    """One offer on a fresh shop; the points at which the relay did die."""
    with tempfile.TemporaryDirectory() as name:
        fuse = (points[0], str(rng.randint(1, members))) if points else ()
        async with offered(Path(name), members, units, fuse) as shop:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    wrong += await shop.rush(rng, points)
            except TimeoutError:
                wrong.append(f"{shop.waiting()} had no answer after {PATIENCE_S:.0f} s")
            else:
                wrong += shop.differences()
                _note(facts, shop)
    return shop.died


def _note(facts: dict[str, Any], shop: Rush) -> None:
    for point in shop.died:
        facts["kills"][point] += 1
    facts["rushes"] += 1
    facts["winners"] += len(shop.winners())
    facts["gone"] += len(shop.claimants) - len(shop.winners())
    facts["reconnections"] += sum(each.connections - 1 for each in shop.claimants)
    facts["disturbed" if shop.died else "undisturbed"] = shop.times()


@dataclass(slots=True)
class Rush:
    """An offer before a crowd.

    Attributes:
        relay: whose process gives the units away.
        units: how many there are.
        claimants: all of them, connected.
        died: where the relay was killed so far.
    """

    relay: RelayUnderTest
    units: int
    claimants: list[Claimant]
    died: list[str] = field(default_factory=list)

    async def rush(self, rng: random.Random, points: list[str]) -> list[str]:
        """Everybody claims at once, winners twice; what was wrong."""
        lives = asyncio.create_task(self._live_on(rng, points))
        try:
            await asyncio.gather(*(each.claim(1, OFFER) for each in self.claimants))
            winners = self.winners()
            await asyncio.gather(*(each.claim(2, OFFER) for each in winners))
        finally:
            lives.cancel()
            await asyncio.gather(lives, return_exceptions=True)
        return [
            f"member {each.phone.member_id} claimed again and got another answer"
            for each in winners
            if each.answers[2].get("result") != each.answers[1]["result"]
        ]

    async def _live_on(self, rng: random.Random, points: list[str]) -> None:
        """Start the relay again whenever it has died, with the next fuse while there is one."""
        while await self.relay.ended() == -signal.SIGKILL:
            self.died.append(points[len(self.died)])
            fuse: tuple[str, ...] = ()
            if len(self.died) < len(points):
                claims = rng.randint(1, max(1, self.waiting() // 2))
                fuse = (points[len(self.died)], str(claims))
            await self.relay.start(fuse=fuse)

    def waiting(self) -> int:
        """How many have no answer yet."""
        return sum(1 not in each.answers for each in self.claimants)

    def winners(self) -> list[Claimant]:
        """Those who were told that they have one."""
        return [each for each in self.claimants if each.answers[1]["t"] == "ack"]

    def times(self) -> dict[str, float]:
        """Of the rush in seconds: first claim to last answer, and how long one waited."""
        waited = sorted(each.answered_at - each.asked_at for each in self.claimants)
        first = min(each.asked_at for each in self.claimants)
        last = max(each.answered_at for each in self.claimants)
        return {"rush_s": round(last - first, 2), "median_s": round(statistics.median(waited), 2),
                "p99_s": round(waited[len(waited) * 99 // 100], 2)}  # fmt: skip

    def differences(self) -> list[str]:
        """What was told and what the database holds, where they are not the same."""
        winners = self.winners()
        told = {each.phone.member_id: each.answers[1]["result"]["code"] for each in winners}
        kept = dict(_rows(self.relay.database, "select member_id, code from coupon"))
        [(claimed,)] = _rows(self.relay.database, "select claimed from offer")
        refused = Counter(
            each.answers[1]["code"] for each in self.claimants if each.answers[1]["t"] == "nack"
        )
        wrong = []
        if told != kept:
            wrong.append(f"{len(told)} were told of a coupon, {len(kept)} are kept")
        if {len(told), len(set(told.values())), claimed} != {self.units}:
            wrong.append(f"{len(told)} winners and {claimed} claimed of {self.units}")
        if refused != {"offer.gone": len(self.claimants) - self.units}:
            wrong.append(f"refused with {dict(refused)}")
        return wrong + [
            f"member {each.phone.member_id} was told that nothing is left and saw {each.left}"
            for each in self.claimants
            if each.answers[1]["t"] == "nack" and each.left != 0
        ]


def _rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


@contextlib.asynccontextmanager
async def offered(
    folder: Path, members: int, units: int, fuse: tuple[str, ...] = ()
) -> AsyncIterator[Rush]:
    """A shop whose members all look at an offer that was just sent to them."""
    relay = RelayUnderTest(folder)
    phones = populate(relay.database, members).phones
    open_at_noon(relay.database)
    await _send(relay.database, phones, units)
    await relay.start(fuse=fuse)
    try:
        async with crowd(relay.base, phones) as claimants:
            yield Rush(relay, units, claimants)
    finally:
        await relay.stop()


async def _send(database: Path, phones: list[Phone], units: int) -> None:
    """To everybody, also to those who would be held out."""
    core = await RelayCore.open(database)
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    await core.call(owner, commands.SetSetting(key="holdout_percent", value=0))
    ends_at = datetime.now(UTC) + timedelta(hours=2)
    terms = OfferTerms(title="周末 8 折券", quantity=units, ends_at=ends_at,
                       valid_until=ends_at + timedelta(days=7))  # fmt: skip
    variants = [VariantDraft(name="a", body="{name},周六见")]
    await core.call(owner, commands.SaveCampaign(client_id="c", variants=variants, offer=terms))
    await core.call(owner, commands.FreezeCampaign(client_id="c"))
    await core.call(owner, commands.SendCampaignNow(client_id="c", confirm=len(phones)))
    while (await core.call(RELAY, AdvanceCampaigns(at_most=5_000)))["done"]:
        pass
    await core.close()
