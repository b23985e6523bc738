"""What has been begun with conversations and not sent: rows in the outbox's file, and files.

In that file, so that it is gone in the very step that queues what is made of it.  What a row
says is its writer's business; here it is bytes and the names of the files that belong to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

import msgspec

Part = Literal["note", "reply"]
SCHEMA = """CREATE TABLE begun (conversation_id INTEGER NOT NULL, part TEXT NOT NULL,
            kind TEXT NOT NULL, body BLOB NOT NULL, files TEXT NOT NULL,
            PRIMARY KEY (conversation_id, part))"""


class BegunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing begun; an empty ``body`` says that it is begun no more.

    Attributes:
        part: a note's words and what goes with a reply are kept apart.
        kind: for the list of conversations: ``note`` or a message's kind.
        files: names in the shelf's folder.
    """

    conversation_id: int
    part: Part
    kind: str = ""
    body: bytes = b""
    files: tuple[str, ...] = ()


class BegunShelf:
    """All that is begun.  Written by the outbox's thread; ``rows`` may be read from any.

    Attributes:
        folder: where the files are.
        rows: a new mapping after each change.
    """

    def __init__(
        self, folder: Path, db: sqlite3.Connection,
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:  # fmt: skip
        self.folder = folder
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._db, self._transaction = db, transaction
        found = db.execute("SELECT conversation_id, part, kind, body, files FROM begun")
        self.rows: Mapping[tuple[int, str], BegunRow] = {
            (each[0], each[1]): BegunRow(
                conversation_id=each[0], part=each[1], kind=each[2], body=each[3],
                files=tuple(msgspec.json.decode(each[4], type=list[str])),
            )
            for each in found
        }  # fmt: skip
        self._sweep()

    def body(self, conversation_id: int, part: Part) -> bytes:
        """What was kept; empty when nothing is begun."""
        row = self.rows.get((conversation_id, part))
        return row.body if row is not None else b""

    def kind(self, conversation_id: int) -> str:
        """What is begun there, "" when nothing is; a reply goes before a note."""
        rows = (self.rows.get((conversation_id, part)) for part in ("reply", "note"))
        return next((row.kind for row in rows if row is not None and row.kind), "")

    def put(self, *rows: BegunRow) -> None:
        """Keep these instead of what was kept; durable when this returns."""
        with self._transaction() as db:
            self.write(db, rows)
        self.written(rows)

    def write(self, db: sqlite3.Connection, rows: Iterable[BegunRow]) -> None:
        """The same as a part of somebody's transaction; tell ``written`` after its commit."""
        for row in rows:
            key = (row.conversation_id, row.part)
            db.execute("DELETE FROM begun WHERE conversation_id = ? AND part = ?", key)
            if row.body:
                files = msgspec.json.encode(row.files).decode()
                db.execute("INSERT INTO begun VALUES (?, ?, ?, ?, ?)",
                           (*key, row.kind, row.body, files))  # fmt: skip

    def written(self, rows: Sequence[BegunRow]) -> None:
        """``rows`` stand in the file now; what nothing names any more is deleted."""
        changed = {(row.conversation_id, row.part): row for row in rows}
        gone = [old for key, row in changed.items() if (old := self.rows.get(key)) != row and old]
        after = dict(self.rows) | changed
        self.rows = {key: row for key, row in after.items() if row.body}
        named = {name for row in self.rows.values() for name in row.files}
        for name in {name for row in gone for name in row.files} - named:
            (self.folder / name).unlink(missing_ok=True)

    def forget(self, conversation_ids: Collection[int]) -> None:
        """Everything begun there goes, also out of the file's own log."""
        gone = [
            BegunRow(conversation_id=key[0], part=row.part)
            for key, row in self.rows.items()
            if key[0] in conversation_ids
        ]
        if gone:
            self.put(*gone)
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _sweep(self) -> None:
        """Copies that were made in the moment the program died belong to nothing."""
        named = {name for row in self.rows.values() for name in row.files}
        for file in self.folder.iterdir():
            if file.name not in named:
                file.unlink(missing_ok=True)
