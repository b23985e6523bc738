"""The tables of the outbox's file, and how its rows are read."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import datetime
from pathlib import Path

from console.log import get_logger
from console.store import begun
from console.store.row_codec import to_ms

_log = get_logger("store.outbox")
LIVE = "state NOT IN ('retired', 'aside')"
_FIRST = (
    """CREATE TABLE entry (position INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL UNIQUE,
       name TEXT NOT NULL, body BLOB NOT NULL, lane TEXT NOT NULL, scope TEXT NOT NULL,
       key TEXT NOT NULL, coalesce TEXT NOT NULL, uploads TEXT NOT NULL, state TEXT NOT NULL,
       sent INTEGER NOT NULL, rev INTEGER NOT NULL, code TEXT NOT NULL, parameters TEXT NOT NULL,
       created_at INTEGER NOT NULL, settled_at INTEGER)""",
    "CREATE INDEX entry_key ON entry (key) WHERE key != ''",
    f"CREATE INDEX entry_live ON entry (position) WHERE {LIVE}",
    "CREATE INDEX entry_settled ON entry (settled_at)",
    "CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 1), next_n INTEGER NOT NULL)",
    "INSERT INTO counter VALUES (1, 1)",
    "PRAGMA user_version = 1",
)
_SECOND = (begun.SCHEMA, "PRAGMA user_version = 2")
_STEPS = (_FIRST, _SECOND)
COLUMNS = (
    "position, n, name, body, lane, scope, key, coalesce, uploads, state, sent, rev, code, "
    "parameters, created_at, settled_at"
)


def open_file(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """A connection without transactions of its own, the file made or brought up to date.

    A broken file is put aside; then where it lies now is the second thing returned.  A new one
    counts from the milliseconds of ``now``, above every
    number that one before it, lost with its folder or broken, can have used: the relay takes a
    number that it knows for the command it had then.
    """
    try:
        return _opened(path, now), None
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise
        _log.error("outbox_damaged")
        aside = _put_aside(path)
        return _opened(path, now), aside


def _put_aside(path: Path) -> Path:
    """Give the file and its companions a name that none has yet."""
    names = (f"{path.stem}.unusable{f'-{n}' if n > 1 else ''}" for n in itertools.count(1))
    aside = next(file for name in names if not (file := path.with_name(name)).exists())
    for suffix in ("-shm", "-wal", ""):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.replace(aside.with_name(aside.name + suffix))
    return aside


def _opened(path: Path, now: datetime) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = 1"):
            db.execute(f"PRAGMA {pragma}")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        for step in _STEPS[version:]:
            db.executescript(f"BEGIN IMMEDIATE; {'; '.join(step)}; COMMIT")
        if version == 0:
            db.execute("UPDATE counter SET next_n = ?", (to_ms(now),))
        db.execute("SELECT count(*) FROM entry").fetchone()
    except BaseException:
        db.close()
        raise
    return db
