"""The page of figures and a campaign's report while 2,000 members read it.

``insights_live_p99``: how long the windows of two consoles took from one turn of their loop to
the next, frame by frame, while every phone reports within half a minute that its member read.
At the end figures and curves of both must say what the relay's tables do; such as never moved in
between, or end otherwise, are no figure but an error.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import statistics
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from bench.counter_console import Console, opened
from bench.fanout import PHONES, Scene, scene
from bench.report import Figure, figure

NAMES = ("insights_live_p99",)
FRAME_MS: Final = 16
READING_S: Final = 30.0
Moved = tuple[list[int], list[int]]
"""Readers in the figures, and at the end of the curve, again and again."""
_TAG: Final = "live"
_PATIENCE_S: Final = 30.0
_READ: Final = "select count(*) from recipient where state = 'written' and read_at is not null"


async def run(_wanted: set[str]) -> AsyncIterator[Figure]:
    """The one figure, of the worse of both consoles."""
    async with scene() as made:
        campaign_id = await _send(made)
        async with contextlib.AsyncExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            consoles = [
                await stack.enter_async_context(opened(home / token, made.host.base, token, number))
                for number, token in enumerate(made.world.clerk_tokens[:2], 2)
            ]
            await consoles[0].ask("insights")
            await consoles[1].ask("report", campaign_id=campaign_id)
            yield await _while_they_read(made, consoles)


async def _send(made: Scene) -> int:
    """A campaign that everybody gets; its id."""
    await made.host.ask("freeze", tag=_TAG)
    await made.host.ask("send_campaign", tag=_TAG, confirm=PHONES)
    await made.host.ask("campaign_done", tag=_TAG)
    return int(_rows(made, "select id from campaign where client_id = 'live'")[0][0])


async def _while_they_read(made: Scene, consoles: Sequence[Console]) -> Figure:
    watching = [asyncio.ensure_future(_watched(each)) for each in consoles]
    await made.pool.ask("send_over", frames=await _receipts(made), over_s=READING_S)
    frames, seen = zip(*await asyncio.gather(*watching), strict=True)
    for moved in (each for one in seen for each in one):
        if len(set(moved)) < 4:
            raise RuntimeError(f"the figures or the curve did not move: {moved}")
    async with asyncio.timeout(_PATIENCE_S):
        while _rows(made, _READ)[0][0] != PHONES:  # noqa: ASYNC110 - the last is on its way
            await asyncio.sleep(0.1)
    await asyncio.gather(*(_ends_at(each, PHONES) for each in consoles))
    late = [[each * 1_000 for each in one["frames"]] for one in frames]
    busy = max(_p99([each * 1_000 for each in one["busy"]]) for one in frames)
    longest = max(max(one) for one in late)
    return figure(
        NAMES[0], [max(_p99(one) for one in late)], "ms", FRAME_MS,
        note=f"two windows, {sum(map(len, late)):,} turns, figures moved {_times(seen, 0)} times,"
        f" curves {_times(seen, 1)}, and end equal to the database; longest {longest:.1f} ms;"
        f" processor time alone p99 {busy:.1f} ms",
    )  # fmt: skip


def _times(seen: Sequence[Moved], which: int) -> str:
    return " and ".join(str(len(set(moved[which]))) for moved in seen)


async def _watched(console: Console) -> tuple[dict[str, Any], Moved]:
    """How long each turn took, and how many readers were shown and drawn, again and again."""
    answer = await console.ask("watch", seconds=READING_S + 5)
    return answer, (answer["shown"], answer["drawn"])


async def _ends_at(console: Console, read: int) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        for verb in ("readers", "drawn"):
            while await console.ask(verb) != read:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)


async def _receipts(made: Scene) -> list[str]:
    """What each phone reports: first come first read, and many late ones."""
    seqs = {int(key): seq for key, seq in (await made.host.ask("last_seqs")).items()}
    return [
        json.dumps({"t": "seen", "conversation_id": phone.conversation_id,
                    "delivered": seqs[phone.conversation_id],
                    "read": seqs[phone.conversation_id]})
        for phone in made.world.phones
    ]  # fmt: skip


def _rows(made: Scene, query: str) -> list[Any]:
    with closing(sqlite3.connect(made.database)) as connection:
        return connection.execute(query).fetchall()


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98]
