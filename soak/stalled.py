"""Phones that stop reading while the others are served: bounded memory, nobody slowed."""

from __future__ import annotations

import statistics
from typing import Any

from bench.fanout import PHONES, Scene, scene
from soak.verdict import Verdict, timed

MAX_GROWTH_MB = 64.0
SLOWER = 1.5
"""How much the others' p95 may grow: what is left of it is the machine's own noise."""
ROUNDS = 12
WARM = 3
BULK = "这批春装我们最推荐米色风衣" * 200
"""Long enough that a stalled line's own buffers are full after the first rounds."""


async def run(count: int, seed: int, *, phones: int = PHONES) -> Verdict:
    """``count`` of ``phones`` stop reading; the others go on."""
    with timed() as watch:
        async with scene(phones) as made:
            await _rounds(made, "warm", 0, WARM)
            before = await _rounds(made, "before", 0, ROUNDS)
            memory_before = await made.host.ask("memory")
            await made.pool.ask("stall", count=count)
            await _rounds(made, "fill", count, WARM)
            after = await _rounds(made, "after", count, ROUNDS)
            memory_after = await made.host.ask("memory")
    growth = memory_after - memory_before
    wrong = []
    if growth >= MAX_GROWTH_MB:
        wrong.append(f"the relay grew by {growth:.1f} MB")
    if after > before * SLOWER:
        wrong.append(f"the others' p95 went from {before:.0f} to {after:.0f} ms")
    facts: dict[str, Any] = {
        "growth_mb": round(growth, 1), "p95_before_ms": round(before, 1),
        "p95_after_ms": round(after, 1), "phones": phones,
    }  # fmt: skip
    return Verdict(name="stalled", count=count, seed=seed, wrong=wrong, seconds=watch.seconds,
                   facts=facts)  # fmt: skip


async def _rounds(made: Scene, name: str, stalled: int, rounds: int) -> float:
    """The p95 over rounds of fan-outs of ms until the last phone that reads has it."""
    taken = []
    for number in range(rounds):
        tag = f"{name}{number}"
        await made.pool.ask("arm", wanted=tag, skip=stalled)
        given = await made.host.ask("notice", count=len(made.world.phones), tag=tag, body=BULK)
        taken.append((await made.pool.last_receipt() - float(given["start"])) * 1_000)
    return float(statistics.quantiles(taken, n=20)[18])
