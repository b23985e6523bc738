"""Engines for one database file: durable, with honest transactions.

pysqlite's own transaction control breaks SAVEPOINT and BEGIN IMMEDIATE, so the driver's is
switched off (``isolation_level=None``) and BEGIN is emitted here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from console.store import binding

BUSY_MS = 10_000
_CACHE_KIB = 32 * 1024

binding.quicken(sqlite3.register_adapter)


def _encode_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _engine(path: Path, *, begin: str, pool_size: int, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        json_serializer=_encode_json,
        json_deserializer=msgspec.json.decode,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def writer_engine(path: Path, *, synchronous: str = "FULL") -> Engine:
    """One writing connection.  ``synchronous`` below FULL loses acknowledged rows."""
    return _engine(
        path,
        begin="BEGIN IMMEDIATE",
        pool_size=1,
        pragmas=(
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"cache_size=-{_CACHE_KIB}",
            "temp_store=MEMORY",
        ),
    )


def reader_engine(path: Path, *, pool_size: int = 4) -> Engine:
    """Several reading connections that cannot write."""
    return _engine(
        path,
        begin="BEGIN",
        pool_size=pool_size,
        pragmas=("query_only=ON", f"cache_size=-{_CACHE_KIB}", "temp_store=MEMORY"),
    )


def truncate_journal(engine: Engine) -> bool:
    """Fold the write-ahead log into the file and empty it, so that erased words leave the disk.

    False when a reader still needs it or the disk has no room; try again later.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            return False
        raw.execute("PRAGMA busy_timeout=50")
        try:
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            # What was committed stays committed; folding it in only waits for a better time.
            return False
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    return not busy
