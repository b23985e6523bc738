"""A line that breaks, goes silent (half-open) or refuses, again and again."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

from bench.world import populate
from soak.kills import Traffic
from soak.ledger import differences
from soak.proxy import BadLine
from soak.relay import DATABASE, RelayUnderTest
from soak.verdict import Verdict, timed

KINDS = ("cut", "silent", "refusing")


async def run(count: int, seed: int, *, members: int = 40) -> Verdict:
    """Break the line ``count`` times under traffic: no gap, no double."""
    rng = random.Random(seed)
    struck = dict.fromkeys(KINDS, 0)
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        relay = RelayUnderTest(Path(name))
        world = populate(relay.folder / DATABASE, members)
        await relay.start()
        async with BadLine(relay.port).running() as line:
            traffic = Traffic(f"http://127.0.0.1:{line.listening}", world, rng)
            async with traffic.flowing(gap_s=0.01):
                for _ in range(count):
                    await asyncio.sleep(rng.uniform(0.1, 0.5))
                    kind = rng.choice(KINDS)
                    struck[kind] += 1
                    await _strike(line, kind, rng)
            await traffic.settle()
            wrong = differences(relay.database, traffic.readers, traffic.sent)
            await traffic.close()
        await relay.stop()
    return Verdict(
        name="line_flaps", count=count, seed=seed, wrong=wrong, seconds=watch.seconds,
        facts={"messages": len(traffic.sent), **struck,
               "connections": sum(reader.connections for reader in traffic.readers)},
    )  # fmt: skip


async def _strike(line: BadLine, kind: str, rng: random.Random) -> None:
    if kind == "silent":
        # Longer than the readers' heartbeat, so that they find out by themselves.
        line.silent = True
        await asyncio.sleep(rng.uniform(0.5, 4))
        line.silent = False
        line.cut()
        return
    line.refusing = kind == "refusing"
    line.cut()
    await asyncio.sleep(rng.uniform(0.0, 0.5))
    line.refusing = False
