"""The page of figures and a report over ten million recipients, and what keeping sums costs.

``insights_open``: from the wish to see the last thirty days to all that the page shows of them
(tiles, curves, heat map, table), out of a console's copy with a million recipients that keeps
sums of what is over; ``insights_first``: the same right after the copy was made, which keeps none
yet; ``insights_period``: the slowest of the other periods; ``report_open``: the report of a
campaign to 50,000.  Times are those of a reading thread.  ``hover_p99``: from a move of the
pointer to the painted read-out.  ``rollup_overhead``: what a receipt costs the relay more because
sums go along, in hundredths of what it costs anyway.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest import mock

from bench import hover
from bench.insight_shop import PHONES, fill_replica, relay_database
from bench.report import RUNS, Figure, figure
from bench.world import token_hash
from console.desk import insight_facts, insight_making, report_making
from console.domain.attribution import WINDOW
from console.domain.periods import Period
from console.relay.backups import DATABASE
from console.relay.core import RELAY, RelayCore
from console.relay.handlers import tallies
from console.relay.internal import AdvanceCampaigns
from console.store import (
    replica_insights,
    replica_keeping,
    replica_reports,
    replica_rollups,
)
from console.store.driver import Connection
from console.store.replica import open_next
from console.wire import commands
from console.wire.commands import VariantDraft

NAMES = ("insights_open", "insights_first", "insights_period", "report_open", "hover_p99",
         "rollup_overhead")  # fmt: skip
_TAG: Final = "receipts"


async def run(wanted: set[str]) -> AsyncIterator[Figure]:
    """What is wanted, of one shop; making it takes minutes the first time in a week."""
    if "hover_p99" in wanted:
        moves = [(await hover.measured())["hover"] for _ in range(RUNS)]
        yield figure(
            "hover_p99",
            [statistics.quantiles(each, n=100)[98] for each in moves],
            "ms",
            8,
            note=f"{hover.LINES} curves of {hover.POINTS:,} points, and the heat map",
        )
    if not wanted & {*NAMES} - {"hover_p99"}:
        return
    database = await asyncio.to_thread(relay_database)
    with tempfile.TemporaryDirectory() as name:
        if wanted & {*NAMES[:4]}:
            for made in await asyncio.to_thread(_on_a_console, database, Path(name), wanted):
                yield made
        if "rollup_overhead" in wanted:
            yield await _overhead(database, Path(name))


# --- on a console -------------------------------------------------------------------------------


def _on_a_console(database: Path, folder: Path, wanted: set[str]) -> list[Figure]:
    replica = open_next(folder)
    (copy,) = folder.glob("*.sqlite")
    try:
        fill_replica(database, copy)
        with replica.reading() as db:
            found = list(_first(db, wanted))
        with replica.writing() as db:
            _keep(db)
        with replica.reading() as db:
            return [*found, *_figures(db, wanted)]
    finally:
        replica.close()


def _first(db: Connection, wanted: set[str]) -> Iterator[Figure]:
    if "insights_first" in wanted:
        yield _timed("insights_first", lambda: _open(db), 1_000,
                     "a fresh copy that keeps no sums yet")  # fmt: skip


def _keep(db: Connection) -> None:
    """All sums of what is over, as the console puts them there once the page was opened."""
    now, zone = datetime.now(UTC), _zone(db)
    while replica_keeping.keep_more(db, now, zone, WINDOW):
        pass


def _figures(db: Connection, wanted: set[str]) -> Iterator[Figure]:
    (rows,) = db.execute("SELECT count(*) FROM recipient").fetchone()
    note = f"{rows:,} recipients in the copy"
    if "insights_open" in wanted:
        yield _timed("insights_open", lambda: _open(db), 300, note)
    if "insights_period" in wanted:
        others = (_timed("insights_period", partial(_period, db, each), 150, f"{each}; {note}")
                  for each in (Period.WEEK, Period.YEAR))  # fmt: skip
        yield max(others, key=lambda found: found.value)
    if "report_open" in wanted:
        (number,) = db.execute("SELECT max(id) - 3 FROM campaign").fetchone()
        yield _timed("report_open", lambda: _report(db, number), 200, note)


def _timed(name: str, work: Callable[[], Any], goal: float, note: str) -> Figure:
    """Milliseconds of each run after one that warms the caches; what others take of the processor
    meanwhile is in it, in the note it is not.
    """
    taken, spent = [], []
    for _ in range(RUNS + 1):
        begun, begun_cpu = time.perf_counter(), time.thread_time()
        work()
        taken.append((time.perf_counter() - begun) * 1_000)
        spent.append((time.thread_time() - begun_cpu) * 1_000)
    note += f"; {statistics.median(spent[1:]):.0f} ms of a processor"
    return figure(name, taken[1:], "ms", goal, note=note)


def _open(db: Connection) -> None:
    replica_insights.newest(db)
    _period(db, Period.MONTH)
    zone = _zone(db)
    days = insight_making.watched(datetime.now(UTC), zone)
    insight_making.looks(replica_rollups.hours(db, 1, *days), days, zone)


def _zone(db: Connection) -> str:
    return str(db.execute("SELECT timezone FROM shop").fetchone()[0])


def _period(db: Connection, period: Period) -> None:
    now = datetime.now(UTC)
    moment = insight_facts.Moment(period=period, at=now, shop_id=1, timezone=_zone(db))
    insight_making.made(insight_facts.facts_of(db, moment), moment)


def _report(db: Connection, number: int) -> None:
    facts = replica_reports.facts_of(db, number, WINDOW)
    assert facts is not None
    report_making.made(facts, datetime.now(UTC))


# --- on the relay -------------------------------------------------------------------------------


async def _overhead(database: Path, folder: Path) -> Figure:
    """Each run: every phone reads a campaign of its own, all at once."""
    copy = folder / DATABASE
    await asyncio.to_thread(shutil.copyfile, database, copy)
    core = await RelayCore.open(copy)
    try:
        taken = [await _read_by_all(core, number) for number in range(RUNS + 1)]
    finally:
        await core.close()
    note = f"{PHONES:,} receipts at once cost {sum(own for own, _ in taken) / len(taken):.0f} ms"
    return figure("rollup_overhead", [100 * more / own for own, more in taken[1:]], "%", 20,
                  note=note)  # fmt: skip


async def _read_by_all(core: RelayCore, number: int) -> tuple[float, float]:
    """Milliseconds of processor time of the receipts alone, and of the sums beside them."""
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    tag = f"{_TAG}-{number}"
    rule = {"leaf": "members", "ids": list(range(1, PHONES + 1))}
    words = [VariantDraft(name="a", body="{name},周六见")]
    await core.call(owner, commands.SaveCampaign(client_id=tag, rule=rule, variants=words))
    await core.call(owner, commands.SetSetting(key="holdout_percent", value=0))
    await core.call(owner, commands.FreezeCampaign(client_id=tag))
    await core.call(owner, commands.SendCampaignNow(client_id=tag, confirm=PHONES))
    await core.call(RELAY, AdvanceCampaigns())
    phones = [await core.actor_of_token(token_hash(f"phone-{n:06}")) for n in range(1, PHONES + 1)]
    spent: list[float] = []
    with _stopwatch(spent):
        begun = time.process_time()
        await asyncio.gather(*(
            core.call(phone, commands.Seen(conversation_id=phone.conversation_id,
                                           delivered=number + 1, read=number + 1))
            for phone in phones if phone is not None
        ))  # fmt: skip
        whole = (time.process_time() - begun) * 1_000
    return whole - sum(spent), sum(spent)


@contextmanager
def _stopwatch(spent: list[float]) -> Iterator[None]:
    """How long the sums take, call by call, in milliseconds."""
    note_reads = tallies.note_reads

    def timed(*given: Any) -> None:
        begun = time.thread_time()
        note_reads(*given)
        spent.append((time.thread_time() - begun) * 1_000)

    with mock.patch.object(tallies, "note_reads", timed):
        yield
