"""The files that go before a command in the outbox, as they are written down there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes before its message; ``path`` is our own copy of it.

    Attributes:
        raw: a video as it was filmed; it is made small here before it goes.
        poster: a JPEG to show of a video meanwhile, beside ``path``; "" of anything else.
        done: it is on the relay.
    """

    client_id: str
    path: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    waveform: str = ""
    blurhash: str = ""
    poster: str = ""
    raw: bool = False
    done: bool = False


def decoded(text: str) -> tuple[Upload, ...]:
    """From the outbox's column."""
    return msgspec.json.decode(text, type=tuple[Upload, ...])


def unlink(folder: Path, uploads: Iterable[Upload]) -> None:
    """Delete their files."""
    for upload in uploads:
        for name in (upload.path, upload.poster):
            if name:
                (folder / name).unlink(missing_ok=True)
