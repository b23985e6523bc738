"""What was done on this computer and is not yet settled on the relay: a file of its own.

``synchronous=FULL``: once a method returned, its effect survives a power cut.  Commands are
numbered once (``n``, never reused) and their bytes never change after they were first sent.
Order within a lane is the order of ``position``.  An entry's way::

    queued → (sent) → acked(rev) → retired → pruned after 14 days
                    ↘ failed(code) → retry (new n) | discard
    anything → aside, when the relay turns out to be another shop's → pruned after 14 days

Methods may be called by one thread at a time; ``entries`` may be read from any thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

from console.domain.campaigns import is_late
from console.store import outbox_saves
from console.store.begun import BegunRow, BegunShelf
from console.store.outbox_schema import COLUMNS, LIVE, open_file
from console.store.outbox_upload import Upload, decoded, unlink
from console.store.row_codec import from_ms, to_ms
from console.wire.commands import SaveDraft

__all__ = ["KEEP", "Entry", "EntryState", "NewEntry", "Outbox", "Upload"]

KEEP = timedelta(days=14)
"""How long settled commands are kept, to be sent again should the relay be restored."""

EntryState = Literal["queued", "acked", "failed", "retired", "aside"]


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A command to be queued.

    Attributes:
        lane: commands of one lane are sent one after another.
        scope: scope the command acts in; losing it fails the command.
        key: ``client_id`` of the message or note it makes, else "".
        coalesce: an unsent last command of the lane with the same word is replaced.
    """

    name: str
    body: bytes
    lane: str
    scope: str = ""
    key: str = ""
    coalesce: str = ""
    uploads: tuple[Upload, ...] = ()


class Entry(NewEntry, frozen=True, kw_only=True):
    """A command in the outbox.

    Attributes:
        position: place in order, and the entry's name for screens.
        n: the device's number of the command.
        sent: it may have reached the relay; its bytes are final.
        rev: commit that holds its effect, once acked.
        code: reason code once failed; ``parameters`` fill its sentence.
    """

    position: int
    n: int
    state: EntryState = "queued"
    sent: bool = False
    rev: int = 0
    code: str = ""
    parameters: dict[str, Any] = {}
    created_at: datetime
    settled_at: datetime | None = None


_MAKING = frozenset({"message.send", "message.schedule", "note.add"})


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Outbox:
    """One outbox file, opened.

    Attributes:
        entries: all but those retired or set aside, in order; a new tuple after each change.
        folder: where copies of photos to be uploaded are kept.
        begun: what was begun and is in no command yet.
        unusable: where the file lies that could not be read when this one was opened.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = _utc_now) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = path.parent / "uploads"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._now = now
        self._lock = threading.Lock()
        self._db, self.unusable = open_file(path, now())
        self.begun = BegunShelf(path.parent / "begun", self._db, self._transaction)
        self.entries: tuple[Entry, ...] = ()
        marks = ", ".join("?" * len(outbox_saves.NAMES))
        revs = f"""SELECT lane, max(rev) FROM entry WHERE name IN ({marks}) AND state != 'aside'
                   GROUP BY lane"""  # noqa: S608 - question marks
        self.draft_revs: dict[str, int] = dict(self._db.execute(revs, outbox_saves.NAMES))
        """Lane of a draft or campaign → rev of this device's last save of it."""
        self._reload()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- adding and giving up ---

    def add(self, *new: NewEntry, begun: Sequence[BegunRow] = ()) -> list[Entry]:
        """Queue commands, and keep what is left begun, in one step; returns the entries."""
        based = [self._based(each) for each in new]
        with self._transaction() as db:
            positions = [self._replace(db, each) or self._insert(db, each) for each in based]
            self.begun.write(db, begun)
        self.begun.written(begun)
        self._reload()
        found = {entry.position: entry for entry in self.entries}
        return [found[position] for position in positions]

    def retry(self, position: int) -> None:
        """Queue a failed entry, and what waited for it, again under new numbers, in order."""
        with self._transaction() as db:
            for entry in self._failed_and_held(position):
                db.execute(
                    """UPDATE entry SET n = ?, state = 'queued', sent = 0, code = '',
                       parameters = '{}', settled_at = NULL WHERE position = ?""",
                    (self._next_n(db), entry.position),
                )
        self._reload()

    def discard(self, position: int) -> list[Entry]:
        """Delete a failed entry and what waited for it; returns them."""
        dropped = self._failed_and_held(position)
        self._delete(dropped)
        return dropped

    def supersede(self, position: int, new: NewEntry) -> Entry:
        """A failed entry, and what waited for it, give way to ``new``, which takes their files."""
        gone = self._failed_and_held(position)
        files = {upload.client_id: upload for each in gone for upload in each.uploads}
        files |= {upload.client_id: upload for upload in new.uploads}
        new = msgspec.structs.replace(self._based(new), uploads=tuple(files.values()))
        with self._transaction() as db:
            db.executemany("DELETE FROM entry WHERE position = ?", [(e.position,) for e in gone])
            made = self._insert(db, new)
        self._reload()
        return next(entry for entry in self.entries if entry.position == made)

    def withdraw(self, key: str) -> bool:
        """Delete the queued message or note ``key``; false when it may be on the relay."""
        found = [e for e in self.entries if e.key == key and e.name in _MAKING]
        if not found or found[0].state == "acked" or (found[0].sent and not found[0].code):
            return False
        self._delete(found)
        return True

    # --- on the way ---

    def mark_sent(self, positions: Collection[int]) -> None:
        """Make bytes final before they leave for the first time."""
        self._update("UPDATE entry SET sent = 1 WHERE position = ?", [(p,) for p in positions])

    def upload_done(self, position: int, client_id: str, *, done: bool = True) -> None:
        """Remember that a file is on the relay (or, after ``upload.missing``, is not)."""
        self._change_uploads(
            position,
            lambda u: msgspec.structs.replace(u, done=done) if u.client_id == client_id else u,
        )

    def upload_made(self, position: int, made: Upload) -> bool:
        """A video is small now and another file; false when its entry is gone."""
        return self._change_uploads(
            position, lambda u: made if u.client_id == made.client_id else u
        )

    def _change_uploads(self, position: int, change: Callable[[Upload], Upload]) -> bool:
        found = [entry for entry in self.entries if entry.position == position]
        changed = [(_json([change(u) for u in e.uploads]), e.position) for e in found]
        self._update("UPDATE entry SET uploads = ? WHERE position = ?", changed)
        return bool(found)

    def acked(self, n: int, rev: int) -> Entry | None:
        """The relay has it; later saves of the same draft are now based on that commit."""
        entry = self.by_number(n)
        if entry is None or entry.state == "acked":
            return None
        with self._transaction() as db:
            db.execute(
                """UPDATE entry SET state = 'acked', code = '', parameters = '{}', rev = ?,
                   settled_at = ? WHERE n = ?""",
                (rev, to_ms(self._now()), n),
            )
            if entry.name in outbox_saves.NAMES:
                self._rebase(db, entry.lane, rev)
                self.draft_revs[entry.lane] = max(rev, self.draft_revs.get(entry.lane, 0))
        self._reload()
        return entry

    def refused(self, n: int, code: str, parameters: dict[str, Any]) -> Entry | None:
        """A final refusal: the entry stays, its lane waits."""
        entry = self.by_number(n)
        if entry is None or entry.state != "queued":
            return None
        self._fail([entry], code, parameters)
        return entry

    def fail_scope(self, scope: str, code: str) -> None:
        """Fail what waits for a scope that was taken away."""
        waiting = [e for e in self.entries if e.scope == scope and e.state == "queued"]
        self._fail(waiting, code, {})

    def retire(self, positions: Collection[int]) -> None:
        """The effect is in the replica; the entry is kept only for a restore."""
        self._update("UPDATE entry SET state = 'retired' WHERE position = ? AND state = 'acked'",
                     [(p,) for p in positions])  # fmt: skip

    # --- long after ---

    def erase(self, keys: Collection[str]) -> None:
        """Forget the words and photos of what was taken back or deleted."""
        with self._transaction() as db:
            found = [
                row
                for key in keys
                for row in db.execute(
                    "SELECT position, uploads FROM entry WHERE key = ? "
                    "AND state IN ('acked', 'retired')",
                    (key,),
                )
            ]
            db.executemany("DELETE FROM entry WHERE position = ?", [(row[0],) for row in found])
        if found:
            self._unlink(upload for row in found for upload in decoded(row[1]))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._reload()

    def send_again(self) -> None:
        """The relay went back in time: everything it acked here is queued once more.

        Of each draft only the newest save; nothing that was erased; no sending of a campaign
        and no merge.
        """
        with self._transaction() as db:
            db.executemany("DELETE FROM entry WHERE name = ? AND state IN ('acked', 'retired')",
                           [(name,) for name in sorted(outbox_saves.ONCE)])  # fmt: skip
            db.execute("UPDATE entry SET rev = 0, state = 'queued', settled_at = NULL "
                       "WHERE state IN ('acked', 'retired')")  # fmt: skip
            db.execute("""DELETE FROM entry WHERE name = ?1 AND position NOT IN
                          (SELECT max(position) FROM entry WHERE name = ?1 GROUP BY lane)""",
                       (SaveDraft.name,))  # fmt: skip
        self.draft_revs.clear()
        self._reload()

    def set_aside(self) -> None:
        """The relay is another shop's now, where these ids mean other people: never send them."""
        self._update("UPDATE entry SET state = 'aside', settled_at = ?", [(to_ms(self._now()),)])
        self.draft_revs.clear()
        self.begun.forget({conversation_id for conversation_id, _ in self.begun.rows})

    def prune(self) -> None:
        """Forget what was settled more than ``KEEP`` ago, with its files."""
        before = to_ms(self._now() - KEEP)
        where = "state IN ('retired', 'aside') AND settled_at < ?"
        with self._transaction() as db:
            query = f"SELECT uploads FROM entry WHERE {where}"  # noqa: S608 - a constant
            files = [u for row in db.execute(query, (before,)) for u in decoded(row[0])]
            db.execute(f"DELETE FROM entry WHERE {where}", (before,))  # noqa: S608 - a constant
        self._unlink(files)

    def is_late(self, entry: Entry) -> bool:
        """Whether it would let messages go long after somebody asked for that."""
        return entry.name in outbox_saves.TIMELY and is_late(entry.created_at, self._now())

    def give_up(self, entry: Entry, code: str) -> None:
        """It will not be sent; what was asked for after it (to stop, say) goes on without it."""
        after = (e for e in self.entries if e.lane == entry.lane and e.position > entry.position)
        if any(e.state == "queued" for e in after):
            self._delete([entry])
        else:
            self._fail([entry], code, {})

    @property
    def confirmed(self) -> int:
        """Every number up to this will never be sent again."""
        with self._lock:
            lowest, following = self._db.execute(
                "SELECT (SELECT min(n) FROM entry), next_n FROM counter"
            ).fetchone()
        return int((following if lowest is None else lowest) - 1)

    def by_number(self, n: int) -> Entry | None:
        """The unretired entry of number ``n``."""
        return next((entry for entry in self.entries if entry.n == n), None)

    # --- inside ---

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def _update(self, statement: str, parameters: Sequence[tuple[Any, ...]]) -> None:
        if parameters:
            with self._transaction() as db:
                db.executemany(statement, parameters)
            self._reload()

    def _next_n(self, db: sqlite3.Connection) -> int:
        (n,) = db.execute("UPDATE counter SET next_n = next_n + 1 RETURNING next_n - 1").fetchone()
        return int(n)

    def _insert(self, db: sqlite3.Connection, new: NewEntry) -> int:
        cursor = db.execute(
            f"INSERT INTO entry ({COLUMNS}) "  # noqa: S608 - a constant
            "VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, '', '{}', ?, NULL)",
            (self._next_n(db), new.name, new.body, new.lane, new.scope, new.key, new.coalesce,
             _json(new.uploads), to_ms(self._now())),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def _replace(self, db: sqlite3.Connection, new: NewEntry) -> int:
        """Position of the unsent command that ``new`` took the place of, else 0."""
        if not new.coalesce:
            return 0
        last = db.execute(
            f"""SELECT position, coalesce, uploads, sent, state FROM entry
                WHERE lane = ? AND {LIVE} ORDER BY position DESC LIMIT 1""",  # noqa: S608
            (new.lane,),
        ).fetchone()
        if last is None or last[1] != new.coalesce or last[3] or last[4] != "queued":
            return 0
        files = {upload.client_id: upload for upload in decoded(last[2])}
        uploads = _json([*files.values(), *(u for u in new.uploads if u.client_id not in files)])
        db.execute("UPDATE entry SET body = ?, uploads = ? WHERE position = ?",
                   (new.body, uploads, last[0]))  # fmt: skip
        return int(last[0])

    def _based(self, new: NewEntry) -> NewEntry:
        """A save as it is based once it is here: an ack may have come since it was made."""
        rev = self.draft_revs.get(new.lane, 0) if new.name in outbox_saves.NAMES else 0
        body = outbox_saves.rebased(new.name, new.body, rev) if rev else None
        return new if body is None else msgspec.structs.replace(new, body=body)

    def _rebase(self, db: sqlite3.Connection, lane: str, rev: int) -> None:
        for entry in self.entries:
            if entry.lane == lane and entry.name in outbox_saves.NAMES and not entry.sent:
                body = outbox_saves.rebased(entry.name, entry.body, rev)
                if body is not None:
                    db.execute("UPDATE entry SET body = ? WHERE position = ?",
                               (body, entry.position))  # fmt: skip

    def _failed_and_held(self, position: int) -> list[Entry]:
        failed = next((e for e in self.entries if e.position == position), None)
        if failed is None or failed.state != "failed":
            return []
        return [
            entry
            for entry in self.entries
            if entry.lane == failed.lane
            and entry.position >= position
            and entry.state in {"failed", "queued"}
        ]

    def _fail(self, entries: Sequence[Entry], code: str, parameters: dict[str, Any]) -> None:
        self._update(
            """UPDATE entry SET state = 'failed', code = ?, parameters = ?, settled_at = ?
               WHERE position = ?""",
            [(code, _json(parameters), to_ms(self._now()), e.position) for e in entries],
        )

    def _delete(self, entries: Sequence[Entry]) -> None:
        self._update("DELETE FROM entry WHERE position = ?", [(e.position,) for e in entries])
        self._unlink(upload for entry in entries for upload in entry.uploads)

    def _unlink(self, uploads: Iterable[Upload]) -> None:
        unlink(self.folder, uploads)

    def _reload(self) -> None:
        query = f"SELECT {COLUMNS} FROM entry WHERE {LIVE} ORDER BY position"  # noqa: S608
        with self._lock:
            self.entries = tuple(_entry(row) for row in self._db.execute(query))


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(
        position=row[0], n=row[1], name=row[2], body=row[3], lane=row[4], scope=row[5], key=row[6],
        coalesce=row[7], uploads=decoded(row[8]), state=row[9], sent=bool(row[10]), rev=row[11],
        code=row[12], parameters=msgspec.json.decode(row[13]), created_at=from_ms(row[14]),
        settled_at=None if row[15] is None else from_ms(row[15]),
    )  # fmt: skip


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
