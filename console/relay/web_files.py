"""Files of the phone page, kept in memory as they travel: compressed, with their hash.

Knows folders, not readers: everything here is public.  A file that changed on disk is read
again, so that a page can be worked on while the relay runs.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_COMPRESSIBLE = frozenset({".html", ".js", ".css", ".json", ".svg", ".webmanifest", ".txt"})
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_HIDDEN_SUFFIXES = frozenset({".xml", ".py", ".md", ".map"})


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file, ready to be sent.

    Attributes:
        body: its bytes.
        packed: the same compressed with gzip, or ``None`` where that does not help.
        etag: hash of its bytes.
    """

    body: bytes
    packed: bytes | None
    content_type: str
    etag: str


class WebFiles:
    """Read-only folders below which files may be asked for by name."""

    def __init__(self) -> None:
        self._cache: dict[Path, tuple[tuple[int, int], WebFile]] = {}

    def get(self, folder: Path, name: str) -> WebFile | None:
        """``name`` below ``folder``, or ``None``; never anything outside of it."""
        file = inside(folder, name)
        if file is None:
            return None
        state = file.stat()
        version = (state.st_mtime_ns, state.st_size)
        known = self._cache.get(file)
        if known is not None and known[0] == version:
            return known[1]
        loaded = _load(file)
        self._cache[file] = (version, loaded)
        return loaded


def inside(folder: Path, name: str) -> Path | None:
    """The existing file ``name`` below ``folder``, if it is one that may be given out."""
    wanted = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in wanted.parts)
    if hidden or "\\" in name or "\0" in name or wanted.suffix in _HIDDEN_SUFFIXES:
        return None
    try:
        file = (folder / wanted).resolve()
        found = file.is_relative_to(folder.resolve()) and file.is_file()
    except (OSError, ValueError):
        # Longer than any name may be, or no name at all.
        return None
    return file if found else None


def content_type(file: Path) -> str:
    """By suffix; these are our own files."""
    guessed = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    return guessed or "application/octet-stream"


def _load(file: Path) -> WebFile:
    body = file.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if file.suffix in _COMPRESSIBLE else None
    if packed is not None and len(packed) >= len(body):
        packed = None
    return WebFile(body, packed, content_type(file), hashlib.sha256(body).hexdigest()[:20])
