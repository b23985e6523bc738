"""Sending a personalised campaign, and freezing whom it is for, on the relay.

``campaign_2000``: from the owner's command to the socket of the last of 2,000 phones, every
recipient and every message a durable row.  ``campaign_20000``: ten times as many members, a
tenth of them connected; the growth must be linear.  ``audience_freeze``: who of 100,000
members gets it and why the others do not, written down.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from bench import floors
from bench.fanout import Scene, scene
from bench.report import RUNS, Figure, figure
from bench.world import open_at_noon, populate, token_hash
from console.relay.backups import DATABASE
from console.relay.core import RelayCore
from console.relay.lanes import BUSY_S
from console.wire import commands
from console.wire.commands import VariantDraft

NAMES = ("campaign_2000", "campaign_20000", "audience_freeze")
FEW: Final = 2_000
MANY: Final = 20_000
SHOP: Final = 100_000
LINEAR: Final = 1.25
"""How much more than its share a tenfold campaign may take."""


async def run(wanted: set[str]) -> AsyncIterator[Figure]:
    """What is wanted; the larger campaign is measured against the smaller one."""
    if wanted & {"campaign_2000", "campaign_20000"}:
        few = await _sent(FEW, every=1)
        if "campaign_2000" in wanted:
            yield await _against_the_floor(few)
        if "campaign_20000" in wanted:
            many = await _sent(MANY, every=MANY // FEW)
            share = [taken * MANY / FEW for taken in few]
            yield figure("campaign_20000", many, "ms", LINEAR, floors=share, goal_is_ratio=True,
                         note="floor: ten times campaign_2000; 2,000 connected")  # fmt: skip
    if "audience_freeze" in wanted:
        yield figure("audience_freeze", await _frozen(), "ms", 1_000,
                     note=f"{SHOP:,} members, every one a durable row")  # fmt: skip


async def _against_the_floor(taken: list[float]) -> Figure:
    sockets = await floors.socket_fanout(FEW, RUNS)
    rows = await asyncio.to_thread(floors.sqlite_rows, 2 * FEW, RUNS)
    sums = [a + b for a, b in zip(sockets, rows, strict=True)]
    return figure("campaign_2000", taken, "ms", 4, floors=sums, goal_is_ratio=True,
                  note="floor: raw asyncio sockets + two plain sqlite3 rows each")  # fmt: skip


async def _sent(members: int, every: int) -> list[float]:
    """Milliseconds to the last phone, per run after one that warms the caches."""
    async with scene(members, every=every) as made:
        return [await _one(made, f"camp{number}", members) for number in range(RUNS + 1)][1:]


async def _one(made: Scene, tag: str, members: int) -> float:
    frozen = await made.host.ask("freeze", tag=tag)
    if frozen["pending"] != members:
        raise RuntimeError(f"not everybody is meant: {frozen}")
    await made.pool.ask("arm", wanted=tag)
    # The owner reads the number and types it; by then nothing else is being written.
    await asyncio.sleep(2 * BUSY_S)
    given = await made.host.ask("send_campaign", tag=tag, confirm=members)
    taken = (await made.pool.last_receipt() - float(given["start"])) * 1_000
    await made.host.ask("campaign_done", tag=tag)
    return taken


async def _frozen() -> list[float]:
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / DATABASE
        await asyncio.to_thread(populate, database, SHOP)
        await asyncio.to_thread(open_at_noon, database)
        core = await RelayCore.open(database)
        owner = await core.actor_of_token(token_hash("owner"))
        assert owner is not None
        taken = []
        for number in range(RUNS):
            client_id = f"freeze-{number}"
            variants = [VariantDraft(name="a", body="{name},周六见")]
            await core.call(owner, commands.SaveCampaign(client_id=client_id, variants=variants))
            start = time.monotonic()
            answer = await core.call(owner, commands.FreezeCampaign(client_id=client_id))
            taken.append((time.monotonic() - start) * 1_000)
            assert sum(answer["counts"].values()) == SHOP
        await core.close()
        return taken
