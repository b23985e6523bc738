"""Figures of the console on a large shop: start, scrolling, finding, stalls, memory, first copy.

The relay is never started by the console: a real one runs beside it on a copy of the shop.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from itertools import chain
from pathlib import Path

from bench import large
from bench.counter_console import Console, opened
from bench.host import Host, hosted
from bench.pool import PhonePool
from bench.report import RUNS, Figure, figure
from bench.world import words
from console import paths
from console.desk.open import staff_folder
from console.sync.devices import Credential, CredentialStore

NAMES = (
    "snapshot_usable", "snapshot_100k", "cold_start", "scroll_p99", "search_p95",
    "loop_stall_p999", "console_rss",
)  # fmt: skip
PHONES = 200
MOVES = 45
COPIES = 3
_GAP_S = 0.1
_STACKS = 8


async def run(wanted: set[str]) -> AsyncIterator[Figure]:
    """Every figure that is wanted; one relay for all."""
    shop = await asyncio.to_thread(large.large)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await asyncio.to_thread(large.copy_of, shop, folder / "relay")
        async with hosted(folder / "relay") as host:
            home = folder / "home"
            async for item in _copying(host, home, wanted):
                yield item
            if "cold_start" in wanted:
                yield await _cold_start(home)
            if wanted & set(NAMES[3:]):
                async for item in _shift(host, home, wanted):
                    yield item


# --- the first copy -----------------------------------------------------------------------


async def _copying(host: Host, home: Path, wanted: set[str]) -> AsyncIterator[Figure]:
    """An empty console copies the shop; a copy made before serves figures that need only one."""
    if not wanted.intersection(NAMES[:2]) and large.recall(_files(host, home)):
        _remember(host, home)
        return
    usable: list[float] = []
    whole: list[float] = []
    for _ in range(COPIES if wanted.intersection(NAMES[:2]) else 1):
        shutil.rmtree(home, ignore_errors=True)
        _remember(host, home)
        async with opened(home / "data", host.base, large.READER_TOKEN, large.READER) as console:
            usable.append(console.usable_s * 1_000)
            whole.append(console.whole_s * 1_000)
    large.keep(_files(host, home))
    note = f"{COPIES} copies"
    if "snapshot_usable" in wanted:
        yield figure(
            "snapshot_usable",
            usable,
            "ms",
            3_000,
            note=f"{note}; the queue with names, a talk with words",
        )
    if "snapshot_100k" in wanted:
        yield figure("snapshot_100k", whole, "ms", 60_000, note=note)


def _files(host: Host, home: Path) -> Path:
    return staff_folder(home / "data", host.base, large.READER)


def _remember(host: Host, home: Path) -> None:
    """The clerk signed in here before."""
    places = paths.under(home).create()
    places.config_file.write_text(f'[console]\nrelay = "{host.base}"\nlanguage = "zh"\n')
    CredentialStore(places.data).remember(
        Credential(relay=host.base, staff_id=large.READER, name=large.READER_TOKEN, role="clerk",
                   token=large.READER_TOKEN)
    )  # fmt: skip


# --- a start ------------------------------------------------------------------------------


async def _cold_start(home: Path) -> Figure:
    """A fresh process each time, from its start to the painted list."""
    taken = [await _start(home) for _ in range(RUNS + 1)]
    # The first one has the compiled modules and the database read into the system's cache.
    return figure(
        "cold_start",
        taken[1:],
        "ms",
        1_500,
        note="hanger open, offscreen, relay running, files in the system's cache",
    )


async def _start(home: Path) -> float:
    # An installed program has its modules compiled, whatever this environment keeps of ours.
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.opening", str(home),
        stdout=asyncio.subprocess.PIPE, env=compiled,
    )  # fmt: skip
    assert process.stdout is not None
    (painted,) = json.loads(await process.stdout.readline())
    process.terminate()
    await process.wait()
    return float(painted - begun) * 1_000


# --- a shift ------------------------------------------------------------------------------


async def _shift(host: Host, home: Path, wanted: set[str]) -> AsyncIterator[Figure]:
    """One console for scrolling, finding and working, in this order."""
    async with opened(home / "data", host.base, large.READER_TOKEN, large.READER) as console:
        if "scroll_p99" in wanted:
            runs = [await console.ask("scroll", seed=seed) for seed in range(RUNS + 1)][1:]
            longest = max(max(run) for run in runs) * 1_000
            yield figure(
                "scroll_p99",
                [_part(run, 0.99) for run in runs],
                "ms",
                8,
                note=f"wheel, fling and thumb; longest frame {longest:.1f} ms",
            )
        if "search_p95" in wanted:
            runs = [await console.ask("search") for _ in range(RUNS + 1)][1:]
            longest = max(max(run) for run in runs) * 1_000
            yield figure(
                "search_p95",
                [_part(run, 0.95) for run in runs],
                "ms",
                60,
                note=f"members, groups and the newest messages; longest {longest:.1f} ms",
            )
        if wanted.intersection(NAMES[5:]):
            async for item in _work(host, console):
                if item.name in wanted:
                    yield item


async def _work(host: Host, console: Console) -> AsyncIterator[Figure]:
    """A clerk types, switches, searches and scrolls while phones write and are written to."""
    pool = await PhonePool.start()
    cookies = [f"phone-{n:06}" for n in range(1, PHONES + 1)]
    await pool.ask("phones", port=host.port, cookies=cookies)
    await pool.ask("subscribe")
    traffic = asyncio.ensure_future(_traffic(pool))
    shifts = [await console.ask("work", seed=seed, moves=MOVES) for seed in range(RUNS)]
    traffic.cancel()
    await asyncio.gather(traffic, return_exceptions=True)
    await pool.close()
    longest = max(max(shift["late"]) for shift in shifts) * 1_000
    beats = sum(len(shift["late"]) for shift in shifts)
    busy = _part(list(chain.from_iterable(shift["busy"] for shift in shifts)), 0.999)
    for stack, times in shifts[-1]["stalls"][:_STACKS]:
        print(f"  met {times} times in a stall: {stack}", file=sys.stderr)
    yield figure(
        "loop_stall_p999",
        [_part(shift["late"], 0.999) for shift in shifts],
        "ms",
        50,
        note=f"{1 / _GAP_S:.0f} messages/s in; longest {longest:.1f} ms of {beats} turns; "
        f"p99.9 of the window's processor time between two turns {busy:.1f} ms",
    )
    peak = await console.ask("memory")
    yield figure(
        "console_rss",
        [shift["resident"] for shift in shifts],
        "MB",
        350,
        note=f"peak of a shift after scrolling and searching; of the process {peak:.0f}",
    )


async def _traffic(pool: PhonePool) -> None:
    everybody = list(range(1, PHONES + 1))
    while True:
        await pool.ask("chat", conversation_ids=everybody, gap_s=_GAP_S, body=words(len(everybody)))


def _part(values: list[float], share: float) -> float:
    """Milliseconds that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] * 1_000
