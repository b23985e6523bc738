"""Figures of the relay with 2,000 phones: fan-out, chat beside it, receipts, reconnects."""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import floors
from bench.host import Host, hosted
from bench.pool import PhonePool
from bench.report import RUNS, Figure, figure
from bench.world import World, open_at_noon, populate
from console.relay.backups import DATABASE
from soak.reader import Reader

PHONES = 2_000
CHATS = 200


@dataclass(slots=True)
class Scene:
    """A relay, its phones, and how often each was used.

    Attributes:
        host: the relay.
        pool: the phones' process.
        world: who they are; ``phones`` only of those connected.
        database: the relay's.
        empty_mb: the relay's memory before the first connection.
        full_mb: its memory with all of them.
    """

    host: Host
    pool: PhonePool
    world: World
    database: Path
    empty_mb: float = 0.0
    full_mb: float = 0.0


@contextlib.asynccontextmanager
async def scene(members: int = PHONES, *, every: int = 1) -> AsyncIterator[Scene]:
    """A relay and its members; of each ``every`` the first is connected."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = await asyncio.to_thread(populate, folder / DATABASE, members, messages_each=2)
        await asyncio.to_thread(open_at_noon, folder / DATABASE)
        world = replace(world, phones=world.phones[::every])
        async with hosted(folder) as host:
            pool = await PhonePool.start()
            made = Scene(host, pool, world, folder / DATABASE)
            made.empty_mb = await host.ask("memory")
            await connect(made)
            made.full_mb = await host.ask("memory")
            await pool.ask("subscribe")
            yield made
            await pool.close()


async def connect(made: Scene, wanted: str = "") -> dict[str, Any]:
    """Connect every phone; raises ``RuntimeError`` when one fails."""
    cookies = [phone.token for phone in made.world.phones]
    answer = await made.pool.ask("phones", port=made.host.port, cookies=cookies, wanted=wanted)
    if answer["failed"]:
        raise RuntimeError(f"{answer['failed']} phones could not connect: {answer['why']}")
    return dict(answer)


async def run(wanted: set[str]) -> AsyncIterator[Figure]:
    """Every figure of this module that is wanted, one scene for all."""
    async with scene() as made:
        if "fanout_2000_durable" in wanted:
            yield await _fanout(made)
        if "chat_during_fanout_p99" in wanted:
            yield await _chat_during_fanout(made)
        if "receipts_2000" in wanted:
            yield await _receipts(made)
        if "memory_per_connection" in wanted:
            yield await _memory(made)
        if "reconnect_2000" in wanted:
            yield await _reconnect(made)


NAMES = (
    "fanout_2000_durable", "chat_during_fanout_p99", "receipts_2000", "memory_per_connection",
    "reconnect_2000",
)  # fmt: skip


async def _fanout(made: Scene) -> Figure:
    taken = [await _one_fanout(made, f"fan{number}") for number in range(RUNS + 2)]
    sockets = await floors.socket_fanout(PHONES, RUNS)
    rows = await asyncio.to_thread(floors.sqlite_rows, PHONES, RUNS)
    sums = [a + b for a, b in zip(sockets, rows, strict=True)]
    # The first runs warm the caches of both processes.
    return figure("fanout_2000_durable", taken[2:], "ms", 3, floors=sums, goal_is_ratio=True,
                  note="floor: raw asyncio sockets + plain sqlite3")  # fmt: skip


async def _one_fanout(made: Scene, tag: str) -> float:
    """Milliseconds from the command to the last phone's socket."""
    await made.pool.ask("arm", wanted=tag)
    given = await made.host.ask("notice", count=PHONES, tag=tag)
    return (await made.pool.last_receipt() - float(given["start"])) * 1_000


async def _chat_during_fanout(made: Scene) -> Figure:
    """Phone → relay → console's socket, while 2,000 notices leave again and again."""
    clerk = Reader.staff(made.host.base, made.world.clerk_tokens[0])
    arrived: dict[str, float] = {}

    def note(table: str, row: dict[str, Any]) -> None:
        if table == "message":
            arrived.setdefault(row["client_id"], time.monotonic())

    line = asyncio.ensure_future(clerk.run())
    await clerk.until(clerk.complete.is_set)
    clerk.on_row = note
    p99s = [await _chat_once(made, arrived, number) for number in range(RUNS)]
    line.cancel()
    await asyncio.gather(line, return_exceptions=True)
    return figure("chat_during_fanout_p99", p99s, "ms", 25, note=f"{CHATS} messages a run")


async def _chat_once(made: Scene, arrived: dict[str, float], number: int) -> float:
    chats = made.pool.ask(
        "chat", conversation_ids=list(range(1, CHATS + 1)), gap_s=0.005, body="在吗"
    )
    noise = asyncio.ensure_future(_noise(made.host, number))
    sent = await chats
    await noise
    async with asyncio.timeout(20):
        while any(client_id not in arrived for client_id, _ in sent):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    latencies = [(arrived[client_id] - at) * 1_000 for client_id, at in sent]
    return float(statistics.quantiles(latencies, n=100)[98])


async def _noise(host: Host, number: int) -> None:
    for turn in range(4):
        await host.ask("notice", count=PHONES, tag=f"noise{number}-{turn}")


async def _receipts(made: Scene) -> Figure:
    """2,000 phones report at once what they read, until each has her own row back."""
    taken = []
    for number in range(RUNS):
        await _one_fanout(made, f"read{number}")
        seqs = await _last_seqs(made)
        frames = [
            json.dumps({"t": "seen", "conversation_id": phone.conversation_id,
                        "delivered": seqs[phone.conversation_id],
                        "read": seqs[phone.conversation_id]})
            for phone in made.world.phones
        ]  # fmt: skip
        await made.pool.ask("arm", wanted='"participant"')
        start = await made.pool.ask("send_all", frames=frames)
        taken.append((await made.pool.last_receipt() - start) * 1_000)
    return figure("receipts_2000", taken, "ms", 250, note="until each phone has her row back")


async def _last_seqs(made: Scene) -> dict[int, int]:
    return {int(key): seq for key, seq in (await made.host.ask("last_seqs")).items()}


async def _memory(made: Scene) -> Figure:
    """What each of 2,000 connections costs a relay that has just started, in five relays."""
    each = [_each_kb(made)]
    while len(each) < RUNS:
        async with scene() as another:
            each.append(_each_kb(another))
    return figure("memory_per_connection", each, "KB", 25)


def _each_kb(made: Scene) -> float:
    return (made.full_mb - made.empty_mb) * 1_024 / PHONES


async def _reconnect(made: Scene) -> Figure:
    """Every line breaks, everybody misses a message, all come back at once."""
    taken = []
    for number in range(RUNS):
        await made.pool.ask("drop")
        tag = f"missed{number}"
        await made.host.ask("notice", count=PHONES, tag=tag)
        start = time.monotonic()
        await connect(made, wanted=tag)
        taken.append((await made.pool.last_receipt() - start) * 1_000)
    return figure("reconnect_2000", taken, "ms", 1_500,
                  note="tickets and the missed message included, none failed")  # fmt: skip
