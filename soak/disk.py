"""A disk that remembers which writes were still in its cache: for simulated power cuts.

Wraps the io methods of SQLite's own default VFS by ctypes, inside this process, so that
the very code that runs in a shop writes through it unchanged.  Needs a Python whose
``_sqlite3`` links the system's shared SQLite (``available()`` says so); Linux only.

Model: a write is in the cache until an ``xSync`` of its file returns; a power cut keeps
every synced write and, of the later ones, any subset, in any order, each whole or cut at
a 512-byte sector.  A truncation counts as a write.
"""

from __future__ import annotations

import ctypes as c
import random
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

SECTOR_BYTES = 512


class _Io(c.Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = [
        ("iVersion", c.c_int),
        *((name, c.c_void_p) for name in (
            "xClose", "xRead", "xWrite", "xTruncate", "xSync", "xFileSize", "xLock", "xUnlock",
            "xCheckReservedLock", "xFileControl", "xSectorSize", "xDeviceCharacteristics",
            "xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap", "xFetch", "xUnfetch",
        )),
    ]  # fmt: skip


class _File(c.Structure):
    """``sqlite3_file``."""

    _fields_ = [("pMethods", c.POINTER(_Io))]


class _Vfs(c.Structure):
    """``sqlite3_vfs``, version 3."""


_Vfs._fields_ = [
    ("iVersion", c.c_int), ("szOsFile", c.c_int), ("mxPathname", c.c_int),
    ("pNext", c.c_void_p), ("zName", c.c_char_p), ("pAppData", c.c_void_p),
    *((name, c.c_void_p) for name in (
        "xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym",
        "xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError",
        "xCurrentTimeInt64", "xSetSystemCall", "xGetSystemCall", "xNextSystemCall",
    )),
]  # fmt: skip

# The name travels as a bare pointer: SQLite keeps it for as long as the file is open.
_OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.POINTER(_File), c.c_int, c.POINTER(c.c_int))
_WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int)
_CLOSE = c.CFUNCTYPE(c.c_int, c.c_void_p)
_DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, c.c_int)


@dataclass(frozen=True, slots=True)
class Write:
    """``data`` at ``offset``; ``data`` None: the file was cut to ``offset`` bytes."""

    path: str
    offset: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything written to ``path`` before this is on the platter."""

    path: str


@dataclass(frozen=True, slots=True)
class Delete:
    """``path`` was removed; ``durable``: the folder was synced too."""

    path: str
    durable: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Something the world was told at this moment, such as an acknowledgement."""

    what: object


@dataclass(slots=True)
class Journal:
    """All that happened to the disk below ``folder``, in order."""

    folder: Path
    events: list[Write | Sync | Delete | Note] = field(default_factory=list)

    def note(self, what: object) -> None:
        """Record that the world was told ``what`` now."""
        self.events.append(Note(what))


def _library() -> str | None:
    import _sqlite3  # noqa: F401, PLC0415 - loads the library that is looked for below

    if not sys.platform.startswith("linux"):
        return None
    found = re.search(r"\S*libsqlite3\.so\S*", Path("/proc/self/maps").read_text())
    return found.group() if found else None


def available() -> bool:
    """True where SQLite's disk can be watched from inside this process."""
    return _library() is not None


class WatchedDisk:
    """While entered, every SQLite file opened below ``folder`` is journalled.

    Connections must be opened and closed inside the ``with`` block.
    """

    def __init__(self, folder: Path) -> None:
        library = _library()
        if library is None:
            raise RuntimeError("this Python does not link a shared SQLite library")
        self.journal = Journal(folder)
        self._lib = c.CDLL(library)
        self._lib.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
        self._lib.sqlite3_vfs_find.argtypes = [c.c_char_p]
        self._lib.sqlite3_vfs_register.argtypes = [c.POINTER(_Vfs), c.c_int]
        self._lib.sqlite3_vfs_unregister.argtypes = [c.POINTER(_Vfs)]
        self._paths: dict[int, str] = {}
        self._original = self._lib.sqlite3_vfs_find(None)
        self._vfs = _Vfs.from_buffer_copy(self._original.contents)
        self._vfs.zName = b"watched"
        self._open_real = _OPEN(self._vfs.xOpen)
        self._open_mine = _OPEN(self._open)
        self._vfs.xOpen = c.cast(self._open_mine, c.c_void_p)
        self._delete_real = _DELETE(self._vfs.xDelete)
        self._delete_mine = _DELETE(self._delete)
        self._vfs.xDelete = c.cast(self._delete_mine, c.c_void_p)
        self._tables: dict[int, tuple[_Io, tuple[object, ...]]] = {}

    def __enter__(self) -> Journal:
        self._lib.sqlite3_vfs_register(c.byref(self._vfs), 1)
        return self.journal

    def __exit__(self, *_exc: object) -> None:
        self._lib.sqlite3_vfs_register(self._original, 1)
        self._lib.sqlite3_vfs_unregister(c.byref(self._vfs))

    def _open(self, vfs: int, name: int | None, file: object, flags: int, out: object) -> int:
        result: int = self._open_real(vfs, name, file, flags, out)
        path = c.string_at(name).decode() if name else ""
        if result == 0 and path and Path(path).is_relative_to(self.journal.folder):
            opened = c.cast(file, c.POINTER(_File)).contents  # type: ignore[arg-type]
            self._paths[c.addressof(opened)] = path
            opened.pMethods = c.pointer(self._methods(opened.pMethods))
        return result

    def _delete(self, vfs: int, name: bytes, sync_folder: int) -> int:
        result: int = self._delete_real(vfs, name, sync_folder)
        if result == 0 and Path(name.decode()).is_relative_to(self.journal.folder):
            self.journal.events.append(Delete(name.decode(), bool(sync_folder)))
        return result

    def _methods(self, real: c._Pointer[_Io]) -> _Io:
        """Our copy of the file's methods, one per kind of file, kept alive with the disk."""
        key = c.addressof(real.contents)
        if key not in self._tables:
            mine = _Io.from_buffer_copy(real.contents)
            self._tables[key] = (mine, self._wrap(mine, real.contents))
        return self._tables[key][0]

    def _wrap(self, mine: _Io, real: _Io) -> tuple[object, ...]:
        write, truncate = _WRITE(real.xWrite), _TRUNCATE(real.xTruncate)
        sync, close = _SYNC(real.xSync), _CLOSE(real.xClose)
        events, paths = self.journal.events, self._paths

        def on_write(file: int, data: int, size: int, offset: int) -> int:
            events.append(Write(paths[file], offset, c.string_at(data, size)))
            return int(write(file, data, size, offset))

        def on_truncate(file: int, size: int) -> int:
            events.append(Write(paths[file], size, None))
            return int(truncate(file, size))

        def on_sync(file: int, flags: int) -> int:
            result = int(sync(file, flags))
            events.append(Sync(paths[file]))
            return result

        def on_close(file: int) -> int:
            paths.pop(file, None)
            return int(close(file))

        hooks = (_WRITE(on_write), _TRUNCATE(on_truncate), _SYNC(on_sync), _CLOSE(on_close))
        for name, hook in zip(("xWrite", "xTruncate", "xSync", "xClose"), hooks, strict=True):
            setattr(mine, name, c.cast(hook, c.c_void_p))
        return (*hooks, write, truncate, sync, close)


def cut(journal: Journal, at: int, rng: random.Random, target: Path) -> list[object]:
    """Write below ``target`` what a power cut after event ``at`` might leave; list the notes.

    A removal lasts once any file was synced after it (file systems journal names in order).
    """
    images: dict[str, bytearray] = {}
    cached: dict[str, list[Write]] = {}
    notes: list[object] = []
    unsure: list[str] = []
    for event in journal.events[:at]:
        if isinstance(event, Note):
            notes.append(event.what)
        elif isinstance(event, Write):
            cached.setdefault(event.path, []).append(event)
        elif isinstance(event, Delete):
            cached.pop(event.path, None)
            unsure.append(event.path)
            if event.durable:
                _settle(unsure, images)
        else:
            _settle(unsure, images)
            image = images.setdefault(event.path, bytearray())
            for write in cached.pop(event.path, ()):
                _put(image, write)
    _settle([path for path in unsure if rng.random() < 0.5], images)
    for path, writes in cached.items():
        kept = [write for write in writes if rng.random() < rng.choice((0.0, 0.5, 1.0))]
        rng.shuffle(kept)
        for write in kept:
            _put(images.setdefault(path, bytearray()), _torn(write, rng))
    for path, image in images.items():
        file = target / Path(path).relative_to(journal.folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(image)
    return notes


def _settle(removed: list[str], images: dict[str, bytearray]) -> None:
    for path in removed:
        images.pop(path, None)
    removed.clear()


def _torn(write: Write, rng: random.Random) -> Write:
    if write.data is None or rng.random() < 0.8:
        return write
    kept = rng.randrange(0, len(write.data) + 1, SECTOR_BYTES)
    return Write(write.path, write.offset, write.data[:kept])


def _put(image: bytearray, write: Write) -> None:
    if write.data is None:
        del image[write.offset :]
        return
    end = write.offset + len(write.data)
    if len(image) < end:
        image.extend(bytes(end - len(image)))
    image[write.offset : end] = write.data
