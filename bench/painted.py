"""From a phone through the relay to pixels: chat latency with 2,000 idle connections."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator

from bench.fanout import Scene, scene
from bench.report import RUNS, STALL, Figure, figure

NAMES = ("chat_p99",)
MESSAGES = 150
SHOWN = 1
"""The conversation the console shows; the first phone writes into it."""


async def run(_wanted: set[str]) -> AsyncIterator[Figure]:
    """``chat_p99``."""
    async with scene() as made:
        with tempfile.TemporaryDirectory() as home:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.console", home, made.host.base,
                made.world.clerk_tokens[0], str(SHOWN),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            painted, taken = await _measure(made, process)
            await process.wait()
    middle = statistics.median(each[0] for each in taken)
    note = f"{MESSAGES} messages a run, offscreen window; median {middle:.1f} ms, "
    note += f"longest stall of the window's loop {painted[STALL] * 1_000:.1f} ms"
    yield figure("chat_p99", [each[1] for each in taken], "ms", 50, note=note)


async def _measure(
    made: Scene, process: asyncio.subprocess.Process
) -> tuple[dict[str, float], list[tuple[float, float]]]:
    """What the console said, and of each run the median and the 99th percentile."""
    painted: dict[str, float] = {}
    assert process.stdout is not None
    assert process.stdin is not None
    assert json.loads(await process.stdout.readline()) == "ready"
    listening = asyncio.ensure_future(_listen(process.stdout, painted))
    taken = [await _once(made, painted) for _ in range(RUNS + 1)]
    process.stdin.close()
    await listening
    # The first run fills the caches of fonts and text layouts.
    return painted, taken[1:]


async def _listen(stream: asyncio.StreamReader, painted: dict[str, float]) -> None:
    while line := await stream.readline():
        key, value = json.loads(line)
        painted[key] = value


async def _once(made: Scene, painted: dict[str, float]) -> tuple[float, float]:
    sent = []
    for _ in range(MESSAGES // 10):
        # Ten at a time: a person's phone may not write faster than the relay lets it.
        sent += await made.pool.ask("write", conversation_id=SHOWN, count=10, gap_s=0.06)
    async with asyncio.timeout(20):
        while any(client_id not in painted for client_id, _ in sent):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    parts = statistics.quantiles([(painted[key] - at) * 1_000 for key, at in sent], n=100)
    return float(parts[49]), float(parts[98])
