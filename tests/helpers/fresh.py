"""Empty databases of a relay for tests: copied, since migrating is the slow part."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from console.store.migrate import upgrade
from console.store.unit_of_work import next_epoch


@cache
def _template() -> bytes:
    """What a database holds that was made a moment ago."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        upgrade(path)
        return path.read_bytes()


def fresh_database(path: Path) -> Path:
    """A database without a row at ``path``, with a history of its own; one there is kept."""
    if path.exists():
        return path
    path.write_bytes(_template())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma synchronous=off")
        connection.execute(
            "update revision set epoch = ?, mark = lower(hex(randomblob(8)))", (next_epoch(""),)
        )
    return path
