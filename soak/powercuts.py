"""Power cuts at any write: no acknowledged row may be missing afterwards.

The real core runs in this process on a watched disk; every acknowledgement is noted in
the disk's journal.  Then the disk is rebuilt as a cut at a random moment might leave it,
opened by SQLite, and searched for everything acknowledged before that moment.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from bench.world import FIRST_MEMBER_DEVICE, World, populate
from console.relay.core import Actor, RelayCore
from soak.disk import Journal, Sync, WatchedDisk, Write, cut
from soak.relay import DATABASE
from soak.verdict import Verdict, timed

COMMANDS = 400
BURST = 12


async def run(count: int, seed: int, *, synchronous: str = "FULL") -> Verdict:
    """Cut the power ``count`` times at random moments of one recorded run."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        folder = Path(await asyncio.to_thread(os.path.realpath, name))
        world = await asyncio.to_thread(populate, folder / "live" / DATABASE, 20)
        with WatchedDisk(folder / "live") as journal:
            _remember_what_is_there(journal, folder / "live" / DATABASE)
            start = len(journal.events)
            await _write(folder / "live" / DATABASE, world, rng, journal, synchronous)
        wrong = await asyncio.to_thread(_cut_often, journal, start, count, rng, folder / "cut")
    return Verdict(
        name=f"power_cuts_{synchronous.lower()}", count=count, seed=seed, wrong=wrong,
        seconds=watch.seconds, facts={"disk_events": len(journal.events)},
    )  # fmt: skip


def _remember_what_is_there(journal: Journal, database: Path) -> None:
    """The database as it was made before counts as long safe."""
    journal.events += [Write(str(database), 0, database.read_bytes()), Sync(str(database))]


async def _write(
    database: Path, world: World, rng: random.Random, journal: Journal, synchronous: str
) -> None:
    """Bursts of messages; each acknowledgement is noted the moment it arrives."""
    core = await RelayCore.open(database, synchronous=synchronous)
    sent = 0
    while sent < COMMANDS:
        burst = rng.randint(1, BURST)
        await asyncio.gather(*(_send(core, world, rng, journal, sent + n) for n in range(burst)))
        sent += burst
    await core.close()


async def _send(
    core: RelayCore, world: World, rng: random.Random, journal: Journal, number: int
) -> None:
    phone = rng.choice(world.phones)
    actor = Actor(
        kind="member", id=phone.member_id, device_id=FIRST_MEMBER_DEVICE + phone.member_id,
        conversation_id=phone.conversation_id, scopes=(f"chat/{phone.conversation_id}",),
    )  # fmt: skip
    client_id = f"cut-{number}"
    body = {"conversation_id": phone.conversation_id, "client_id": client_id, "body": "在吗" * 20}
    outcome = await core.submit(actor, number + 1, "message.send", json.dumps(body).encode(), 0)
    if outcome.refusal is None:
        journal.note(client_id)


def _cut_often(
    journal: Journal, start: int, count: int, rng: random.Random, scratch: Path
) -> list[str]:
    wrong = []
    for number in range(count):
        at = rng.randrange(start, len(journal.events) + 1)
        acknowledged = cut(journal, at, rng, scratch)
        wrong += [f"cut {number} at {at}: {each}" for each in _missing(scratch, acknowledged)]
        shutil.rmtree(scratch)
    return wrong


def _missing(folder: Path, acknowledged: list[object]) -> list[str]:
    try:
        connection = sqlite3.connect(folder / DATABASE)
        try:
            kept = {row[0] for row in connection.execute("SELECT client_id FROM message")}
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return [f"the database is broken: {error}"]
    lost = set(acknowledged) - kept
    whole = [] if found == "ok" else [f"the database is broken: {found}"]
    return whole + ([f"{len(lost)} acknowledged messages are gone"] if lost else [])
