"""What kind of picture or recording some bytes are, told by the bytes alone, never by a name.

Pure functions.  A file that is two things at once (a picture that is also an archive, a
document or a page) is no picture here: somebody made it to be taken for the other thing.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

HEAD_BYTES = 1024
"""So much of a file must be known to tell its kind."""

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php", b"<?xml", b"%pdf-")
_METADATA = (b"<?xpacket", b"<x:xmpmeta")
_MOVIE_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_RECORDINGS = (
    (b"\x1aE\xdf\xa3", "matroska"), (b"OggS", "ogg"), (b"#!AMR", "amr"), (b"fLaC", "flac"),
    (b"caff", "caf"), (b"ID3", "mp3"), (b"\xff\xfb", "mp3"), (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"), (b"\xff\xf1", "aac"), (b"\xff\xf9", "aac"),
)  # fmt: skip


def picture_format(head: bytes) -> str | None:
    """Pillow's name of the format that ``head`` begins, or ``None`` when it is no photo."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _container_format(head)
    return None


def _container_format(head: bytes) -> str | None:
    """HEIF and AVIF share a container; its brands say which of them it is."""
    size = min(int.from_bytes(head[:4], "big"), HEAD_BYTES)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def recording_format(head: bytes) -> str | None:
    """libav's name of the container that ``head`` begins, or ``None`` when it is no recording.

    Only containers whose readers open no second file: a playlist would name others.
    """
    if head[:4] == b"RIFF":
        return "wav" if head[8:12] == b"WAVE" else None
    if head[4:8] in _MOVIE_BOXES and _container_format(head) is None:
        return "mov"
    for mark, name in _RECORDINGS:
        if head.startswith(mark):
            return name
    return None


def is_also_something_else(file: Path) -> bool:
    """Whether a picture or recording would also open as an archive, a document or a page."""
    with file.open("rb") as stream:
        head = stream.read(HEAD_BYTES).lower()
    # Cameras and editors put XMP, which is XML, into honest pictures.
    honest = any(mark in head for mark in _METADATA)
    if any(mark in head for mark in _MARKUP) and not honest:
        return True
    return zipfile.is_zipfile(file)
