"""Beside the database: the file of suppressions, and how far the database had come.

A backup of the database leaves the folder ``journal`` out, so a database older than what
stands there was restored.  Both files are named after the shop's lineage; another shop's
database finds nothing.  Written by the writer's thread, after each commit and before its
answers: what these files say is always in the database that wrote them.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from console.log import get_logger
from console.store import feed, suppressions
from console.store.suppression_facts import Suppression
from console.store.unit_of_work import read_head
from console.wire.epochs import lineage_of

FOLDER = "journal"
_HEAD = re.compile(rb" *(\d{1,19}) ([0-9a-f]{16}) +(\d{1,19})\n")
_NEVER = 10**18
"""A revision that no database has."""
_HEAD_BYTES = 57
"""Always as long, so that one write in place is never half an older one."""

log = get_logger("suppressions")


class SuppressionFile:
    """The two files of one database.

    Attributes:
        known: what the first file held when it was opened; nothing any more after ``since``.
        head: revision and mark of the newest commit that was noted; ``None``: of none.
        top_id: the greatest id ever given, also in histories that a restore ended.
    """

    def __init__(self, folder: Path, epoch: str, *, durable: bool = True) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = lineage_of(epoch)
        self._durable = durable
        self._lines = _opened(folder / f"{name}.jsonl")
        self._place = _opened(folder / f"{name}.head")
        if durable:
            _sync_folder(folder)
        self.known = self._read()
        self.head, self.top_id = self._read_head()
        self._marks = {each.mark for each in self.known}
        self._owed: list[Suppression] = []
        self._torn = False
        """Half a line may stand at the end: the next one must not join it."""

    def since(self, connection: Connection) -> list[Suppression] | None:
        """What happened after the state of this database; ``None`` when it was not restored.

        What it tells and the file does not is appended: a crash came between the two, or the
        file was lost.  Raises ``OSError``.
        """
        # Marks alone: of hundreds of thousands only those that one of the two lacks are read.
        marks = suppressions.marks(connection)
        here = set(marks)
        lost = [each for each in self.known if each.mark not in here]
        self.known = []
        if fresh := [mark for mark in marks if mark not in self._marks]:
            self.complete(suppressions.told(connection, fresh))
        return lost if lost or not self._is_known(connection) else None

    def _is_known(self, connection: Connection) -> bool:
        """Whether the database has the newest commit that was noted."""
        if self.head is None:
            return True
        rev, mark = self.head
        return rev < read_head(connection).horizon or feed.known_mark(connection, rev, mark)

    def committed(
        self, fresh: Sequence[Suppression], moved: tuple[int, str] | None, top_id: int
    ) -> None:
        """A commit stands: append its suppressions; ``moved``: where the database is now.

        What cannot be written is owed and comes with the next commit; until then the database
        alone has it.
        """
        try:
            self.complete(fresh)
            if moved is not None:
                self.top_id = max(self.top_id, top_id)
                self._note(*moved)
        except OSError as error:
            log.error("suppressions_not_written", waiting=len(self._owed), exc_info=error)

    def complete(self, told: Iterable[Suppression]) -> None:
        """Append those of ``told`` that the file does not have.  Raises ``OSError``."""
        fresh = [each for each in told if each.mark not in self._marks]
        self._marks.update(each.mark for each in fresh)
        self._owed.extend(fresh)
        self._append()

    def expect_restore(self) -> None:
        """Whatever database is opened next was brought back on purpose: none has this commit."""
        self._note(_NEVER, "0" * 16)
        self.flush()

    def flush(self) -> None:
        """Let what is noted survive a power cut: else an older note would be believed again."""
        if self._durable:
            os.fsync(self._place)

    def close(self) -> None:
        """Release the files."""
        os.close(self._lines)
        os.close(self._place)

    # --- inside ---

    def _note(self, rev: int, mark: str) -> None:
        os.lseek(self._place, 0, os.SEEK_SET)
        os.write(self._place, f"{rev:>19} {mark} {self.top_id:>19}\n".encode())

    def _append(self) -> None:
        if not self._owed:
            return
        lines = b"".join(msgspec.json.encode(each) + b"\n" for each in self._owed)
        end = os.lseek(self._lines, 0, os.SEEK_END)
        if self._torn:
            lines = b"\n" + lines
        try:
            written = os.write(self._lines, lines)
            if written < len(lines):
                raise OSError("the disk took only a part")
            if self._durable:
                os.fsync(self._lines)
        except OSError:
            self._torn = True
            with contextlib.suppress(OSError):
                os.ftruncate(self._lines, end)
            raise
        self._torn = False
        self._owed.clear()

    def _read(self) -> list[Suppression]:
        """Every whole line; what a power cut left of the last one is cut off."""
        os.lseek(self._lines, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._lines), "rb") as file:
            data = file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            os.ftruncate(self._lines, whole)
        found: dict[str, Suppression] = {}
        for number, line in enumerate(data[:whole].splitlines(), 1):
            try:
                each = msgspec.json.decode(line, type=Suppression)
            except msgspec.MsgspecError:
                log.error("suppression_unreadable", line=number)
            else:
                found.setdefault(each.mark, each)
        return list(found.values())

    def _read_head(self) -> tuple[tuple[int, str] | None, int]:
        os.lseek(self._place, 0, os.SEEK_SET)
        found = _HEAD.fullmatch(os.read(self._place, _HEAD_BYTES))
        return ((int(found[1]), found[2].decode()), int(found[3])) if found else (None, 0)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)


def _sync_folder(folder: Path) -> None:
    """Let the files' names survive a power cut, where a folder can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
