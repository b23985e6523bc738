"""Two counters and the phones want 5 units 200 times at once while the relay is killed in it."""

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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.world import World, open_at_noon, populate, token_hash
from console.relay.core import RelayCore
from console.wire.commands import (
    AskHold,
    CollectHold,
    ConfirmHold,
    SaveProduct,
    VariantEdit,
)
from soak.offer_relay import POINTS
from soak.reader import Reader, Row
from soak.relay import RelayUnderTest
from soak.verdict import Verdict, timed

HOLDS, UNITS = 200, 5
PATIENCE_S = 120.0


async def run(count: int, seed: int, *, holds: int = HOLDS, units: int = UNITS) -> Verdict:
    """Kill ``count`` times, over as many rushes as that takes; the last one nobody disturbs."""
    rng = random.Random(seed)
    wrong: list[str] = []
    facts: dict[str, Any] = {"kills": dict.fromkeys(POINTS, 0), "rushes": 0, "holds": holds,
                             "kept": 0, "refused": 0, "collected": 0}  # fmt: skip
    killed = 0
    with timed() as watch:
        while killed < count:
            points = rng.choices(POINTS, k=min(rng.randint(1, 2), count - killed))
            killed += len(await _one_rush(rng, (holds, units), points, wrong, facts))
        await _one_rush(rng, (holds, units), [], wrong, facts)
    facts["killed"] = killed
    return Verdict(name="hold_rush", count=count, seed=seed, wrong=wrong, facts=facts,
                   seconds=watch.seconds)  # fmt: skip


async def _one_rush(
    rng: random.Random, size: tuple[int, int], points: list[str], wrong: list[str],
    facts: dict[str, Any],
) -> list[str]:  # fmt: skip
    """One rush at a fresh shop; the points at which the relay did die."""
    holds, units = size
    with tempfile.TemporaryDirectory() as name:
        async with counters(Path(name), holds, units) as shop:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await shop.ask()
                    await shop.rush(rng, points)
                    wrong += shop.differences()
                    await shop.collect()
                    wrong += shop.after_collecting()
            except TimeoutError:
                wrong.append(f"{shop.waiting()} had no answer after {PATIENCE_S:.0f} s")
            _note(facts, shop)
    return shop.died


def _note(facts: dict[str, Any], shop: Rush) -> None:
    for point in shop.died:
        facts["kills"][point] += 1
    facts["rushes"] += 1
    facts["kept"] += len(shop.kept())
    facts["refused"] += shop.refusals()["stock.none"]
    facts["collected"] += len(shop.collected)


@dataclass(slots=True)
class Rush:
    """Many who want the same few units.

    Attributes:
        relay: whose process keeps the units.
        units: how many there are.
        counters: two consoles; each wants every hold kept.
        phones: of the members, who ask for half of the holds; the counters ask for the others.
        confirming: by counter, the number of its command for each hold.
        collecting: the same of taking them home.
        died: where the relay was killed so far.
    """

    relay: RelayUnderTest
    units: int
    counters: list[Reader]
    phones: list[Reader]
    holds: list[str]
    confirming: list[dict[str, int]] = field(default_factory=list)
    collecting: list[dict[str, int]] = field(default_factory=list)
    died: list[str] = field(default_factory=list)

    async def ask(self) -> None:
        """Each member asks for a unit, every other one at a counter."""
        for number, (name, phone) in enumerate(zip(self.holds, self.phones, strict=True)):
            body: Row = {"client_id": name, "variant_id": 1}
            if number % 2:
                phone.command(AskHold.name, body)
            else:
                self.counters[number // 2 % 2].command(
                    AskHold.name, body | {"member_id": number + 1}
                )
        await self._answered()

    async def rush(self, rng: random.Random, points: list[str]) -> None:
        """Both counters want to keep every one of them, each in an order of its own."""
        await self.relay.stop()
        fuse = self._fuse(rng, points)
        await self.relay.start(fuse=fuse)
        lives = asyncio.create_task(self._live_on(rng, points))
        try:
            self.confirming = [
                {
                    name: counter.command(ConfirmHold.name, {"client_id": name})
                    for name in rng.sample(self.holds, len(self.holds))
                }
                for counter in self.counters
            ]
            await self._answered()
        finally:
            lives.cancel()
            await asyncio.gather(lives, return_exceptions=True)

    def _fuse(self, rng: random.Random, points: list[str]) -> tuple[str, ...]:
        """For the next life; none when it is to die no more."""
        if len(self.died) == len(points):
            return ()
        # Early in what is left: few of them are kept at all.
        count = rng.randint(1, max(1, len(self.holds) // 2 // (1 + len(self.died))))
        return points[len(self.died)], str(count)

    async def _live_on(self, rng: random.Random, points: list[str]) -> None:
        """Start the relay again whenever it has died, with the next fuse while there is one."""
        while await self.relay.ended() == -signal.SIGKILL:
            self.died.append(points[len(self.died)])
            await self.relay.start(fuse=self._fuse(rng, points))

    async def collect(self) -> None:
        """Who has one comes for it, and both counters take it down."""
        kept = sorted(self.kept())
        self.collecting = [
            {name: counter.command(CollectHold.name, {"client_id": name}) for name in kept}
            for counter in self.counters
        ]
        await self._answered()

    async def _answered(self) -> None:
        for reader in (*self.counters, *self.phones):
            await reader.until(lambda one=reader: not one.sent, PATIENCE_S)  # type: ignore[misc]

    def waiting(self) -> int:
        """How many commands have no answer yet."""
        return sum(len(reader.sent) for reader in (*self.counters, *self.phones))

    # --- what was told, and what is there -----------------------------------------------------

    def kept(self) -> dict[str, int]:
        """Holds that a counter was told are kept, and how many were told so."""
        return self._told(self.confirming)

    @property
    def collected(self) -> dict[str, int]:
        """Holds that a counter was told are collected, and how many were told so."""
        return self._told(self.collecting)

    def _told(self, numbers: list[dict[str, int]]) -> dict[str, int]:
        return Counter(
            name
            for counter, given in zip(self.counters, numbers, strict=False)
            for name, n in given.items()
            if n in counter.acked
        )

    def refusals(self) -> Counter[str]:
        """Why holds were not kept."""
        return Counter(
            str(counter.nacked[n]["code"])
            for counter, given in zip(self.counters, self.confirming, strict=False)
            for n in given.values()
            if n in counter.nacked
        )

    def differences(self) -> list[str]:
        """What was told and what the database holds, where they are not the same."""
        told, refused = self.kept(), self.refusals()
        there = {name for (name,) in self._rows(
            "select client_id from hold where state = 'confirmed'")}  # fmt: skip
        wrong = []
        if set(told) != there:
            wrong.append(f"{len(told)} were told that theirs is kept, {len(there)} are")
        if set(told.values()) != {1}:
            wrong.append("both counters were told that they keep the same")
        if len(there) != self.units or self._stock() != (self.units, self.units):
            wrong.append(f"{len(there)} kept of {self.units}; stock and held {self._stock()}")
        each_lost = {"stock.none": 2 * (len(self.holds) - self.units), "hold.state": self.units}
        if refused != each_lost:
            wrong.append(f"refused with {dict(refused)}")
        left = {counter.nacked[n]["parameters"]["left"]
                for counter, given in zip(self.counters, self.confirming, strict=True)
                for n in given.values()
                if n in counter.nacked and counter.nacked[n]["code"] == "stock.none"}  # fmt: skip
        return wrong if left == {0} else [*wrong, f"refused with {left} left"]

    def after_collecting(self) -> list[str]:
        """The same once everything was taken home."""
        wrong = []
        if self.collected != dict.fromkeys(self.kept(), 1):
            wrong.append(f"collected: {dict(self.collected)}")
        if self._stock() != (0, 0):
            wrong.append(f"stock and held {self._stock()} when all are gone")
        [(moved, lines)] = self._rows("select sum(delta), count(*) from stock_movement"
                                      " where reason = 'sold'")  # fmt: skip
        [(sold,)] = self._rows("select count(*) from purchase")
        if (moved, lines, sold) != (-self.units, self.units, self.units):
            wrong.append(f"{moved} units in {lines} lines of the ledger, {sold} sales")
        return wrong

    def _stock(self) -> tuple[int, int]:
        [(stock, held)] = self._rows("select stock, held from variant")
        return stock, held

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.relay.database)) as connection:
            return connection.execute(sql).fetchall()


@contextlib.asynccontextmanager
async def counters(folder: Path, holds: int, units: int) -> AsyncIterator[Rush]:
    """A shop with so many units of one size, two consoles and as many phones as holds."""
    relay = RelayUnderTest(folder)
    world = populate(relay.database, holds)
    open_at_noon(relay.database)
    await _stock_up(relay.database, units)
    await relay.start()
    shop = _shop(relay, world, units)
    readers = (*shop.counters, *shop.phones)
    lines = [asyncio.create_task(reader.run()) for reader in readers]
    try:
        for reader in readers:
            await reader.until(reader.complete.is_set, PATIENCE_S)
        yield shop
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await relay.stop()


def _shop(relay: RelayUnderTest, world: World, units: int) -> Rush:
    return Rush(
        relay, units, [Reader.staff(relay.base, token) for token in world.clerk_tokens],
        [Reader.member(relay.base, phone.token) for phone in world.phones],
        [f"hold-{phone.member_id}" for phone in world.phones],
    )  # fmt: skip


async def _stock_up(database: Path, units: int) -> None:
    core = await RelayCore.open(database)
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    edit = VariantEdit(size="L", stock=units)
    await core.call(owner, SaveProduct(sku="A1", display_name="风衣", variants=[edit]))
    await core.close()
