"""The exclusive lock on a data folder: two relays on one database would lose rows.

The lock is the system's own, so it ends with its process however that dies; the file is
only its name.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType

LOCK_NAME = "relay.lock"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class FolderTaken(Exception):  # noqa: N818 - an answer, not an error
    """Another process works on this data folder."""


class FolderLock:
    """Holds ``relay.lock`` in a data folder from ``acquire`` (or ``with``) to ``release``.

    ``name``: another one, for what else may work in a folder only once.
    """

    def __init__(self, folder: Path, name: str = LOCK_NAME) -> None:
        self._file = folder / name
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock; raises ``FolderTaken`` at once when another process holds it."""
        while self._handle is None:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            if not _try_lock(handle):
                os.close(handle)
                raise FolderTaken(str(self._file.parent))
            if self._is_still_named(handle):
                self._handle = handle
            else:
                # The former holder removed the file between our open and our lock.
                os.close(handle)

    def _is_still_named(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._file.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give the folder back and take the lock's name away."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if sys.platform == "win32":
            # An open file cannot be removed there; one that stays behind locks nothing.
            os.close(handle)
            with contextlib.suppress(OSError):
                self._file.unlink()
        else:
            self._file.unlink(missing_ok=True)
            os.close(handle)

    def __enter__(self) -> FolderLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.release()


def is_taken(folder: Path) -> bool:
    """Whether some process holds the lock of ``folder`` right now."""
    if not (folder / LOCK_NAME).exists():
        return False
    try:
        with FolderLock(folder):
            return False
    except FolderTaken:
        return True
