"""A staff member's copy of the relay's rows: the file, its connections and its state.

One connection writes, from one thread at a time; ``READERS`` others read beside it (WAL).
What a frame changes is in ``store.replica_apply``, what screens ask is in
``store.replica_queries``.  ``synchronous=NORMAL``: a copy may lose its newest commits in a
power cut, its cursors go back with its rows.  ``secure_delete``: words taken back are
overwritten, not only unlinked.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import msgspec

from console.store import driver, replica_tables
from console.store.driver import DatabaseError, OperationalError
from console.wire.client_session import ScopeState

Connection: TypeAlias = driver.Connection

READERS = 2
_BUSY_S = 30.0
_PAGE_BYTES = 8_192
"""Twice SQLite's own: a first copy writes its indexes' pages over and over, now half as many."""
_CACHE_KIB, _LOG_PAGES = 16_000, 500
_COPYING = (32_000, 4_000)
"""Cache and log while the first copy is on its way."""


class ReplicaState(msgspec.Struct, frozen=True, kw_only=True):
    """What the next ``hello`` says: whose copy, proved where, and each scope's state.

    Attributes:
        applied_rev: ``rev`` of the last ``changes`` applied.
        reader_id: the staff member this is a copy for, 0 before the first welcome.
    """

    epoch: str = ""
    mark_rev: int = 0
    mark: str = ""
    applied_rev: int = 0
    reader_id: int = 0
    scopes: dict[str, ScopeState] = {}

    @property
    def whole(self) -> bool:
        """Every known scope has been copied to its end."""
        return bool(self.scopes) and all(scope.complete for scope in self.scopes.values())


class ReplicaClosed(Exception):  # noqa: N818 - not an error: ask the newer replica
    """This file was closed, most likely because another took its place."""


class Replica:
    """One replica file, opened.  Raises ``DatabaseError`` when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = _connect(path)
        _prepare(self.writer)
        self._free: queue.SimpleQueue[Connection | None] = queue.SimpleQueue()
        for _ in range(READERS):
            reader = _connect(path)
            reader.execute("PRAGMA query_only = 1")
            self._free.put(reader)
        self.state = _load_state(self.writer)
        self.tune()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection with one consistent view of the data, for one thread.

        Raises ``ReplicaClosed``.
        """
        reader = self._free.get()
        if reader is None:
            self._free.put(None)
            raise ReplicaClosed
        try:
            reader.execute("BEGIN")
            try:
                yield reader
            finally:
                reader.execute("COMMIT")
        finally:
            self._free.put(reader)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the writer: all of it or, on an error, nothing."""
        self.writer.execute("BEGIN IMMEDIATE")
        try:
            yield self.writer
            self.writer.execute("COMMIT")
        except BaseException:
            self.writer.execute("ROLLBACK")
            raise

    def save_state(self, db: Connection, state: ReplicaState) -> None:
        """Write what changed of ``state`` within the open transaction."""
        mark = (state.epoch, state.mark_rev, state.mark, state.applied_rev, state.reader_id)
        db.execute("INSERT OR REPLACE INTO mark VALUES (1, ?, ?, ?, ?, ?)", mark)
        for name in self.state.scopes.keys() - state.scopes.keys():
            db.execute("DELETE FROM scope_state WHERE scope = ?", (name,))
        for name, scope in state.scopes.items():
            if self.state.scopes.get(name) != scope:
                values = (name, scope.cursor, scope.head, scope.after, scope.complete)
                db.execute("INSERT OR REPLACE INTO scope_state VALUES (?, ?, ?, ?, ?)", values)

    def tune(self) -> None:
        """More room for the writer while a shop is being copied: its indexes change all over.

        To be called again when the copy is whole.
        """
        cache, log = (_CACHE_KIB, _LOG_PAGES) if self.state.whole else _COPYING
        self.writer.execute(f"PRAGMA cache_size = -{cache}")
        self.writer.execute(f"PRAGMA wal_autocheckpoint = {log}")

    def scrub(self) -> None:
        """Empty the write-ahead log, where words taken back may still stand."""
        with suppress(OperationalError):  # a reader is busy: the next scrub gets it
            self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Wait for readers and close every connection."""
        for _ in range(READERS):
            reader = self._free.get()
            if reader is not None:
                reader.close()
        self._free.put(None)
        self.writer.close()


def _connect(path: Path) -> Connection:
    db = driver.connect(
        path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA secure_delete = 1")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _prepare(db: Connection) -> None:
    """Make the tables in an empty file; refuse one that another program version made."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == 0:
        db.execute("BEGIN IMMEDIATE")
        for statement in replica_tables.schema():
            db.execute(statement)
        db.execute("COMMIT")
    elif version != replica_tables.REPLICA_VERSION:
        db.close()
        raise DatabaseError("replica of another version")


def _load_state(db: Connection) -> ReplicaState:
    mark = db.execute(
        "SELECT epoch, mark_rev, mark, applied_rev, reader_id FROM mark"
    ).fetchone() or ("", 0, "", 0, 0)
    scopes = {
        name: ScopeState(cursor=cursor, head=head, after=after, complete=bool(complete))
        for name, cursor, head, after, complete in db.execute(
            "SELECT scope, cursor, head, after, complete FROM scope_state"
        )
    }
    return ReplicaState(epoch=mark[0], mark_rev=mark[1], mark=mark[2], applied_rev=mark[3],
                        reader_id=mark[4], scopes=scopes)  # fmt: skip


def open_newest(folder: Path) -> Replica:
    """The newest usable replica of ``folder``, else a new empty one.

    Older ones are deleted once the newest is whole; an unusable one is put aside.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in reversed(_files(folder)):
        try:
            replica = Replica(path)
        except DatabaseError:
            path.rename(path.with_suffix(".unusable"))
            continue
        if replica.state.whole:
            drop_others(replica)
        return replica
    return open_next(folder)


def open_next(folder: Path) -> Replica:
    """A new empty replica; earlier ones stay beside it until ``drop_others``."""
    numbers = [int(path.stem.rpartition("-")[2]) for path in _files(folder)]
    return Replica(folder / f"replica-{max(numbers, default=0) + 1:06}.sqlite")


def drop_others(replica: Replica) -> None:
    """Delete the replicas that ``replica`` replaces, with their logs."""
    keep = replica.path.name
    for path in replica.path.parent.glob("replica-*"):
        if not path.name.startswith(keep):
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("replica-*.sqlite"))
