"""Bringing a relay's database to this program's shape: create, upgrade, or refuse.

An older database is backed up beside itself before it is touched; a newer one is refused
untouched.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select

from console.store import tables
from console.store.engine import writer_engine
from console.store.unit_of_work import mint_epoch

BACKUP_KEPT_S = 14 * 24 * 3600.0
"""So long may somebody go back to the older program; then erased words must be gone there."""
COPY_MARK = "-before-"
"""In the names of copies that somebody may go back to."""
_SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(Exception):
    """A newer program wrote this database; this one must not touch it.

    Attributes:
        code: stable code of the refusal.
        revision: the revision found.
    """

    code = "database.too_new"

    def __init__(self, revision: str) -> None:
        super().__init__("This data was written by a newer version of the program.")
        self.revision = revision


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this program knows that shape of a database; a newer one has others."""
    scripts = ScriptDirectory.from_config(_config())
    return revision in {script.revision for script in scripts.walk_revisions()}


def upgrade(path: Path) -> Path | None:
    """Create or upgrade the database at ``path``; where the backup of an older one is, if any.

    Raises ``DatabaseTooNewError`` for one written by a newer program.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    engine = writer_engine(path)
    try:
        with engine.connect() as connection:
            current = _current(connection)
        if current is not None and not is_known(current):
            raise DatabaseTooNewError(current)
        if current == newest:
            return None
        backup = None if current is None else _back_up(path, current)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _begin_history(connection)
        return backup
    finally:
        engine.dispose()


def _begin_history(connection: Connection) -> None:
    """A fresh database gets its epoch; an upgraded one keeps what its migrations left."""
    if connection.scalar(select(tables.revision.c.epoch)) is None:
        mint_epoch(connection)


def _back_up(path: Path, revision: str) -> Path:
    """A whole copy of the database beside it, named after the revision it has."""
    return copied(path, path.with_name(f"{path.stem}{COPY_MARK}upgrade-of-{revision}{path.suffix}"))


def copied(path: Path, target: Path) -> Path:
    """A whole copy of a database that may be in use, durable or not there at all; ``target``."""
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
        # One file: whoever carries it elsewhere carries all of it.
        copy.execute("PRAGMA journal_mode=DELETE")
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    return target


def forget_backups(path: Path, kept_s: float = 0.0) -> list[Path]:
    """Remove copies made before upgrades and restores, or only those older than ``kept_s``.

    Which went.  Raises ``OSError`` when one cannot be removed.
    """
    before = time.time() - kept_s
    found = path.parent.glob(f"{path.stem}{COPY_MARK}*")
    gone = [copy for copy in found if not kept_s or copy.stat().st_mtime < before]
    for copy in gone:
        copy.unlink(missing_ok=True)
    return gone
