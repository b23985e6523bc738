"""A relay's data copied elsewhere while it runs, and brought back while it does not.

A backup is a folder: the database, the media and the join key.  What must outlive any backup
(``relay.suppression_file``) is not part of it.  Blocking; knows no running relay but the lock
of its folder.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console.relay.lock import FolderLock
from console.relay.suppression_file import FOLDER, SuppressionFile
from console.store.migrate import COPY_MARK, copied, is_known
from console.wire.epochs import same_shop

DATABASE = "relay.sqlite3"
MEDIA = "media"
JOIN_KEY = "join.key"
_PARTIAL = ".partial"


class BackupRefused(Exception):  # noqa: N818 - an answer, not an error
    """It cannot be made or brought back; the sentence says why, and nothing was changed.

    Attributes:
        code: stable code of the refusal.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database says of itself.

    Attributes:
        epoch: its history and shop.
        as_of: time of its newest commit, ``None`` when it never had one.
        revision: its shape, which a newer program may have given it.
    """

    epoch: str
    as_of: datetime | None
    revision: str


def make(data: Path, target: Path) -> Facts:
    """Copy the relay's data in ``data`` to the folder ``target``, which must be new or empty.

    Raises ``BackupRefused`` and ``OSError``; then ``target`` is as it was.
    """
    database = data / DATABASE
    if not database.is_file():
        raise BackupRefused("backup.no_data", f"there is no shop in {data}.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupRefused("backup.taken", f"{target} is not an empty folder; name a new one.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{target.name}{_PARTIAL}-", dir=target.parent))
    try:
        copied(database, partial / DATABASE)
        facts = look(partial / DATABASE)
        _copy_media(data / MEDIA, partial / MEDIA)
        if (data / JOIN_KEY).exists():
            shutil.copy2(data / JOIN_KEY, partial / JOIN_KEY)
        if target.exists():
            target.rmdir()
        partial.replace(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return facts


def bring_back(data: Path, backup: Path) -> Facts:
    """Let the relay of ``data`` go on with what ``backup`` holds, from its next start.

    What stood there is kept beside it for two weeks.  Killed in the middle it leaves the old
    state or the new one.  Raises ``BackupRefused``, ``relay.lock.FolderTaken`` and ``OSError``.
    """
    facts = look(backup / DATABASE)
    if not is_known(facts.revision):
        raise BackupRefused("backup.too_new", f"{backup} was made by a newer version of the"
                            " program; update it first.")  # fmt: skip
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FolderLock(data):
        database = data / DATABASE
        # Named like the other copies: what a kill leaves of it goes when they go.
        fresh = database.with_name(f"{database.stem}{COPY_MARK}start.sqlite3")
        if database.exists():
            if not same_shop(look(database).epoch, facts.epoch):
                raise BackupRefused("backup.other_shop", f"{data} holds another shop's data.")
            _set_aside(database)
        try:
            _put_in_place(data, backup, fresh, facts.epoch)
        except BaseException:
            for left in (fresh, fresh.with_name(fresh.name + _PARTIAL)):
                left.unlink(missing_ok=True)
            raise
    return facts


def _put_in_place(data: Path, backup: Path, fresh: Path, epoch: str) -> None:
    """The media first, the database (through ``fresh``) as the last step."""
    database = data / DATABASE
    copied(backup / DATABASE, fresh)
    _copy_media(backup / MEDIA, data / MEDIA)
    if not (data / JOIN_KEY).exists() and (backup / JOIN_KEY).exists():
        shutil.copy2(backup / JOIN_KEY, data / JOIN_KEY)
    note = SuppressionFile(data / FOLDER, epoch)
    note.expect_restore()
    note.close()
    for ending in ("-wal", "-shm"):
        # Folded in above; beside another database they would spoil it.
        database.with_name(database.name + ending).unlink(missing_ok=True)
    fresh.replace(database)


def look(database: Path) -> Facts:
    """Whether it is a sound database of a relay, and of when.  Raises ``BackupRefused``."""
    refused = BackupRefused("backup.unsound", f"{database} is no sound copy of a shop's data.")
    if not database.is_file():
        raise BackupRefused("backup.missing", f"{database} is not there.")
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise refused
            [epoch] = db.execute("SELECT epoch FROM revision").fetchone() or ("",)
            [at] = db.execute("SELECT max(at) FROM commit_log").fetchone()
            [revision] = db.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    except sqlite3.Error as error:
        raise refused from error
    if not epoch or not revision:
        raise refused
    return Facts(epoch, None if at is None else datetime.fromtimestamp(at / 1000, UTC), revision)


def _set_aside(database: Path) -> None:
    """A copy of what stands, with what its journal still held; its journal is empty then."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copied(database, database.with_name(f"{database.stem}{COPY_MARK}restore-{stamp}.sqlite3"))
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_media(source: Path, target: Path) -> None:
    """Those that are not there yet: a file's name is the hash of what it shows."""
    for folder in sorted(source.glob("[0-9a-f][0-9a-f]/*")):
        place = target / folder.relative_to(source)
        if place.exists():
            continue
        partial = place.with_name(place.name + _PARTIAL)
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            shutil.copytree(folder, partial)
        except FileNotFoundError:
            # Erased while it was copied.
            shutil.rmtree(partial, ignore_errors=True)
        else:
            partial.replace(place)
