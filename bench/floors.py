"""Floors: the same work by the barest means of this machine (asyncio sockets, plain sqlite3)."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from bench.pool import PhonePool

PAYLOAD_BYTES = 400
"""Size of one personal message with its envelope, as the relay sends it."""


def sqlite_rows(count: int, runs: int) -> list[float]:
    """Milliseconds to commit ``count`` message-like rows in one transaction, FULL, per run."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "floor.sqlite", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE message(id INTEGER PRIMARY KEY, member INTEGER, body TEXT)")
        body = "x" * 120
        taken = []
        for _ in range(runs):
            rows = [(n, body) for n in range(count)]
            start = time.perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO message(member, body) VALUES(?, ?)", rows)
            db.execute("COMMIT")
            taken.append((time.perf_counter() - start) * 1_000)
        db.close()
        return taken


async def socket_fanout(count: int, runs: int) -> list[float]:
    """Milliseconds from the first write to the last client's receipt, raw asyncio, per run.

    The server writes one individually made payload to each of ``count`` connections; the
    clients are the same process pool that stands for phones in every other figure.
    """
    writers: list[asyncio.StreamWriter] = []
    ready = asyncio.Event()

    def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        if len(writers) == count:
            ready.set()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, backlog=4_096)
    port = server.sockets[0].getsockname()[1]
    taken = []
    async with PhonePool.raw(port, count, PAYLOAD_BYTES) as phones:
        await ready.wait()
        for _ in range(runs):
            await phones.arm(PAYLOAD_BYTES)
            start = time.monotonic()
            for number, writer in enumerate(writers):
                writer.write(f"{number:0{PAYLOAD_BYTES}}".encode())
            taken.append((await phones.last_receipt() - start) * 1_000)
    for writer in writers:
        writer.close()
    server.close()
    await server.wait_closed()
    return taken
