"""The tables of the outbox's file, and how its rows are read."""

from __future__ import annotations

LIVE = "state NOT IN ('retired', 'aside')"
SCHEMA = (
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
COLUMNS = (
    "position, n, name, body, lane, scope, key, coalesce, uploads, state, sent, rev, code, "
    "parameters, created_at, settled_at"
)
