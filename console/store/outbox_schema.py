"""The tables of the outbox's file, and how its rows are read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from console.store import begun

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


def open_file(path: Path) -> sqlite3.Connection:
    """A connection without transactions of its own, the file made or brought up to date."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = 1"):
        db.execute(f"PRAGMA {pragma}")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    for step in _STEPS[version:]:
        db.executescript(f"BEGIN IMMEDIATE; {'; '.join(step)}; COMMIT")
    return db
