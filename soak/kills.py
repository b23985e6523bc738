"""``kill -9`` of the relay, again and again, while everybody writes."""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from bench.world import World, populate
from soak.ledger import differences
from soak.reader import Reader
from soak.relay import DATABASE, RelayUnderTest
from soak.verdict import Verdict, timed

SETTLE_S = 60.0
PATIENCE = 20
"""Unanswered messages at which a person stops writing until some are answered."""


async def run(count: int, seed: int, *, members: int = 200) -> Verdict:
    """Kill ``count`` times under the traffic of ``members`` phones and one console."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        relay = RelayUnderTest(Path(name))
        world = populate(relay.folder / DATABASE, members)
        await relay.start()
        traffic = Traffic(relay.base, world, rng)
        async with traffic.flowing():
            for _ in range(count):
                await asyncio.sleep(rng.uniform(0.05, 0.6))
                await relay.kill()
                await relay.start()
        await traffic.settle()
        wrong = differences(relay.database, traffic.readers, traffic.sent)
        await traffic.close()
        await relay.stop()
    return Verdict(
        name="relay_kills", count=count, seed=seed, wrong=wrong, seconds=watch.seconds,
        facts={"messages": len(traffic.sent), "lives": relay.lives,
               "connections": sum(reader.connections for reader in traffic.readers)},
    )  # fmt: skip


class Traffic:
    """Phones that write and a clerk who answers, each with an outbox that never gives up.

    Attributes:
        readers: the clerk first, then one per phone.
        sent: client ids of everything written so far.
    """

    def __init__(self, base: str, world: World, rng: random.Random) -> None:
        self._rng = rng
        self._world = world
        self.clerk = Reader.staff(base, world.clerk_tokens[0])
        self.phones = [Reader.member(base, phone.token) for phone in world.phones]
        self.readers = [self.clerk, *self.phones]
        self.sent: set[str] = set()
        self._lines = [asyncio.ensure_future(r.run(rng)) for r in self.readers]

    @contextlib.asynccontextmanager
    async def flowing(self, gap_s: float = 0.02) -> AsyncIterator[Traffic]:
        """Somebody writes every ``gap_s`` or so."""
        talk = asyncio.ensure_future(self._talk(gap_s))
        try:
            yield self
        finally:
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)

    async def _talk(self, gap_s: float) -> None:
        while True:
            number = self._rng.randrange(len(self.phones))
            writer = self.phones[number] if self._rng.random() < 0.7 else self.clerk
            if len(writer.sent) < PATIENCE:
                self.say(writer, self._world.phones[number].conversation_id)
            await asyncio.sleep(self._rng.expovariate(1 / gap_s))

    def say(self, reader: Reader, conversation_id: int) -> None:
        """One message, remembered until the end."""
        client_id = str(uuid.UUID(int=self._rng.getrandbits(128)))
        self.sent.add(client_id)
        body = {"conversation_id": conversation_id, "client_id": client_id,
                "body": f"消息 {len(self.sent)}"}  # fmt: skip
        reader.command("message.send", body)

    async def settle(self) -> None:
        """Until every outbox is empty and every reader has everything."""
        for reader in self.readers:
            await reader.until(lambda r=reader: not r.sent, SETTLE_S)  # type: ignore[misc]
        head = max(ack["rev"] for reader in self.readers for ack in reader.acked.values())
        await self.clerk.until(
            lambda: self.clerk.complete.is_set() and self.clerk.mark_rev >= head, SETTLE_S
        )
        for phone, reader in zip(self._world.phones, self.phones, strict=True):
            last = self._last_seq(phone.conversation_id)
            await reader.until(lambda r=reader, n=last: _count(r) >= n, SETTLE_S)  # type: ignore[misc]

    def _last_seq(self, conversation_id: int) -> int:
        rows = self.clerk.table("conversation")
        return int(rows[conversation_id].get("last_seq", 0))

    async def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)


def _count(reader: Reader) -> int:
    return len(reader.table("message"))
