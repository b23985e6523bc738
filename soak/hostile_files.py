"""Hostile files chosen for a campaign, one after the other, with honest photos between.

The real desk and its real limited child process, without a relay: what the composer does with
a file happens before anything is sent.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from console.desk.open import Desk, open_desk
from console.sync.devices import Credential
from console.wire.errors import Refusal
from soak import children
from soak.children import Meter
from soak.hostile import Hostile, differs, hostile_files
from soak.hostile_parts import honest
from soak.hostile_pictures import KINDS, TAKEN, UNREADABLE
from soak.verdict import Verdict, timed

MAX_CHILD_BYTES = 512_000_000
MAX_CHILD_S = 5.0
"""Processor seconds of a file; on a machine with nothing else to do, seconds."""
_TICK_S = 0.1
MAX_OWN_GROWTH_BYTES = 96_000_000
"""The file itself may be in memory; its picture may not."""
_HONEST_EVERY = 10
_NOBODY = "http://127.0.0.1:9"


@dataclass(slots=True)
class _Tally:
    """What came of all of them."""

    wrong: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    child_bytes: int = 0
    child_s: float = 0.0
    own_growth: int = 0
    slowest_s: float = 0.0
    slowest: str = ""
    largest: str = ""


async def run(count: int, seed: int, *, heavy: bool = True) -> Verdict:
    """Choose ``count`` hostile files; without ``heavy`` those that take seconds are left out."""
    tally = _Tally()
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        folder = Path(name)
        credential = Credential(relay=_NOBODY, staff_id=2, name="owner", role="owner", token="t")
        desk = await open_desk(folder / "console", _NOBODY, credential, first_rows_s=0.0)
        try:
            for number, file in enumerate(
                itertools.islice(hostile_files(seed, heavy=heavy), count)
            ):
                await _choose(desk, folder / file.name, file, tally)
                if number % _HONEST_EVERY == 0:
                    between = _honest(number)
                    await _choose(desk, folder / between.name, between, tally)
            tally.wrong += _left_over(desk)
        finally:
            await desk.close()
    return Verdict(
        name="hostile_files", count=count, seed=seed, wrong=tally.wrong, seconds=watch.seconds,
        facts={
            **tally.outcomes, "largest_child_mb": round(tally.child_bytes / 1e6),
            "largest": tally.largest, "most_child_s": round(tally.child_s, 2),
            "slowest_s": round(tally.slowest_s, 2), "slowest": tally.slowest,
            "own_growth_mb": round(tally.own_growth / 1e6),
        },
    )  # fmt: skip


def _honest(number: int) -> Hostile:
    kind = KINDS[number // _HONEST_EVERY % len(KINDS)]
    content = honest(kind, 600, 400)
    return Hostile(f"honest-{number}.{kind.lower()}", frozenset({TAKEN}), right=True,
                   put=lambda place: place.write_bytes(content))  # fmt: skip


async def _choose(desk: Desk, place: Path, file: Hostile, tally: _Tally) -> None:
    """Put a file into a folder, choose it, note what became of it."""
    await asyncio.to_thread(file.put, place)
    meter, start = Meter(), time.monotonic()
    if children.available():
        meter.begin()
    try:
        outcome, said = await _outcome(desk, place, right=file.right)
    finally:
        took_s = time.monotonic() - start
        if children.available():
            meter.end()
    tally.outcomes[outcome if not file.name.startswith("honest") else "honest"] += 1
    if outcome not in file.may:
        tally.wrong.append(f"{file.name}: {outcome} {said}, not {sorted(file.may)}")
    elif said:
        tally.wrong.append(f"{file.name}: {said}")
    _weigh(file.name, meter, took_s, tally)


async def _outcome(desk: Desk, place: Path, *, right: bool) -> tuple[str, str]:
    """What became of a file, and what is wrong with that beyond it."""
    try:
        photo = await desk.campaigns.add_photo(place)
    except Refusal as refusal:
        return refusal.code.value, ""
    except OSError:
        return UNREADABLE, ""
    except Exception as error:  # noqa: BLE001 - whatever else comes out is what is looked for
        return type(error).__name__, str(error)
    shown = Path(photo.item.path)
    if photo.item.width < 1 or photo.item.height < 1:
        return TAKEN, "it has no size"
    return TAKEN, await asyncio.to_thread(differs, shown) if right else ""


def _weigh(name: str, meter: Meter, took_s: float, tally: _Tally) -> None:
    if meter.child_peak > MAX_CHILD_BYTES:
        tally.wrong.append(f"{name}: the child took {meter.child_peak:,} bytes")
    if meter.child_s > MAX_CHILD_S + _TICK_S:
        tally.wrong.append(f"{name}: the child worked for {meter.child_s:.1f} s")
    if meter.own_growth > MAX_OWN_GROWTH_BYTES:
        tally.wrong.append(f"{name}: the console grew by {meter.own_growth:,} bytes")
    if meter.child_peak > tally.child_bytes:
        tally.child_bytes, tally.largest = meter.child_peak, name
    if took_s > tally.slowest_s:
        tally.slowest_s, tally.slowest = took_s, name
    tally.child_s = max(tally.child_s, meter.child_s)
    tally.own_growth = max(tally.own_growth, meter.own_growth)


def _left_over(desk: Desk) -> list[str]:
    """What refused files left beside the outbox."""
    names = [file.name for file in desk.station.outbox.folder.iterdir()]
    posters = {name for name in names if name.endswith(".jpg")}
    return [f"left over: {name}" for name in names
            if name not in posters and f"{name}.jpg" not in posters]  # fmt: skip
