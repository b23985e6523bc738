"""Hostile files that are no photos, are two things at once, or are no files at all."""

from __future__ import annotations

import os
import random
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from soak import hostile_parts as parts
from soak.hostile_parts import honest, segment, with_segments
from soak.hostile_pictures import (
    BROKEN,
    KINDS,
    LARGE,
    REFUSED,
    TAKEN,
    TYPE,
    UNREADABLE,
    Family,
    Made,
)

_PAGE = b"<html><script>alert(document.cookie)</script></html>"


def photo_and_another(chance: random.Random, n: int) -> Made:
    """A photo that also opens as an archive, a page or a document."""
    words = str(chance.getrandbits(60)).encode()
    photo = honest(KINDS[n // 5 % 4])
    made = (
        photo + parts.archive("page.html", _PAGE + words),
        with_segments(honest("JPEG"), segment(0xFE, _PAGE + words)),
        with_segments(honest("JPEG"), segment(0xFE, b"%PDF-1.7\n" + words)),
        b"GIF89a/*" + words + b"*/=1;alert(1)//" + honest("GIF")[13:] + _PAGE,
        with_segments(honest("JPEG"), segment(0xFE, b"<?php system($_GET['c']); ?>" + words)),
    )[n % 5]
    may = {TYPE, BROKEN, LARGE} if n % 5 == 3 else {TYPE}
    return Made("jpg", made, frozenset(may))


def photo_with_a_tail(chance: random.Random, n: int) -> Made:
    """A right photo with a script or a program behind it: only its pixels are taken."""
    kind = ("JPEG", "PNG", "GIF", "WEBP")[n % 4]
    tail = (_PAGE, b"MZ" + chance.randbytes(4_000), b"%PDF-1.7\n%%EOF")[n // 4 % 3]
    words = str(chance.getrandbits(60)).encode()
    return Made(kind.lower(), honest(kind) + tail + words, frozenset({TAKEN, TYPE}), right=True)


def wrong_name(chance: random.Random, n: int) -> Made:
    """A right photo under the name of another kind."""
    kind = KINDS[n % len(KINDS)]
    suffix = chance.choice([k.lower() for k in KINDS if k != kind] + ["exe", "txt", "mp4", "zip"])
    return Made(suffix, parts.encoded(parts.quarters(200 + n, 150), kind),
                frozenset({TAKEN}), right=True)  # fmt: skip


def no_photo(chance: random.Random, n: int) -> Made:
    """Drawings, programs, documents and words under the name of a photo."""
    words = str(chance.getrandbits(60)).encode()
    made = (
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/>%s</svg>",
        b"%%!PS-Adobe-3.0 EPSF-3.0\n%%%%BoundingBox: 0 0 99999 99999\n(%s) run\n",
        b"MZ\x90\0" + bytes(200) + b"%s", b"\x7fELF\x02\x01" + bytes(200) + b"%s",
        b"#!/bin/sh\nrm -rf ~ # %s\n", b"%%PDF-1.7\n%s", b"<!doctype html><h1>%s</h1>",
        b"#EXTM3U\n#EXTINF:1,%s\nfile:///etc/passwd\n", b"push graphic-context\n%s",
        "\ufeff今天到的新款 %s".encode(), b"{\"a\": \"%s\"}", b"\x1f\x8b\x08%s",
        b"\x80\x02cos\nsystem\n(S'%s'\ntR.", b"SQLite format 3\0%s",
    )[n % 14] % words  # fmt: skip
    return Made("jpg", made, frozenset({TYPE}))


def other_pictures(chance: random.Random, n: int) -> Made:
    """Pictures of kinds that are not taken: TIFF, BMP, JPEG 2000, icons and others."""
    kind = ("TIFF", "BMP", "JPEG2000", "ICO", "TGA", "PCX", "PPM", "DDS", "SGI")[n % 9]
    image = Image.new("RGB", (64, 64), tuple(chance.randbytes(3)))
    return Made(("jpg", "tif", "heic")[n % 3], parts.encoded(image, kind), frozenset({TYPE}))


def bombs_of_other_kinds(chance: random.Random, n: int) -> Made:
    """TIFF strips, BMP runs and a JPEG 2000 header that unpack into gigabytes."""
    side = 60_000 - chance.randrange(999)
    runs = b"\xff\x00" * 50_000
    bmp = b"BM" + struct.pack("<IIIIiiHHII", len(runs) + 54, 0, 54, 40, side, side, 1, 8, 1, 0)
    jp2 = b"\0\0\0\x0cjP  \r\n\x87\n" + parts.box(
        b"jp2h", parts.box(b"ihdr", struct.pack(">IIHBBBB", side, side, 3, 7, 7, 0, 0))
    )
    made = (
        parts.tiff(side, side, 8, parts.packed_zeros(64 << 20), 2**31),
        parts.tiff(side, side, 32773, runs, 2**32 - 1),
        bmp + bytes(16) + runs,
        jp2,
        parts.archive("bomb", bytes(50 << 20)),
    )[n % 5]
    return Made(("tif", "jpg", "bmp", "jp2", "png")[n % 5], made, frozenset({TYPE}))


def recording(chance: random.Random, n: int) -> Made:
    """A film or a voice under the name of a photo, whole, cut short or of noise.

    A film is taken as what it is, cut short as far as it goes.
    """
    mp4, webm = parts.film(5 + n % 7), parts.film(5 + n % 7, "webm")
    made = (
        mp4, webm, parts.sound(1 + n), mp4[: int(len(mp4) * chance.uniform(0.1, 0.9))],
        webm[: int(len(webm) * chance.uniform(0.1, 0.9))],
        parts.box(b"ftyp", b"isom", bytes(4)) + parts.box(b"moov", chance.randbytes(5_000)),
        b"\x1aE\xdf\xa3" + chance.randbytes(5_000), b"OggS" + chance.randbytes(5_000),
        b"ID3\x04\0\0" + chance.randbytes(5_000), b"fLaC" + chance.randbytes(5_000),
    )[n % 10]  # fmt: skip
    films = {TAKEN} if n % 10 in {0, 1, 3, 4} else set()
    return Made("jpg", made, frozenset({TYPE, BROKEN, LARGE} | films))


def nothing(chance: random.Random, n: int) -> Made:
    """No bytes at all, or nothing but zeros or noise."""
    made = (b"", bytes(1 + 1_000 * n), chance.randbytes(1_000 + n), b"\xff" * n, b"\xff\xd8")[n % 5]
    return Made("jpg", made, frozenset({TYPE}))


def noise_without_end(chance: random.Random, n: int) -> Made:
    """A photo's first bytes and 26 megabytes of noise."""
    made = honest("JPEG")[: 300 + n] + chance.randbytes(26_000_000 if n % 2 else 20_000_000)
    return Made("jpg", made, REFUSED)


FAMILIES: tuple[tuple[Family, int], ...] = (
    (photo_and_another, 15), (photo_with_a_tail, 8), (wrong_name, 9), (no_photo, 14),
    (other_pictures, 9), (bombs_of_other_kinds, 5), (recording, 12), (nothing, 5),
    (noise_without_end, 2),
)  # fmt: skip

# --- what is no file --------------------------------------------------------------------------


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(place))


def _sparse(place: Path) -> None:
    with place.open("wb") as stream:
        stream.truncate(1 << 40)


def _links_in_a_ring(place: Path) -> None:
    place.symlink_to(place.name)


NO_FILES: dict[str, tuple[Callable[[Path], None], frozenset[str]]] = {
    "folder": (Path.mkdir, frozenset({UNREADABLE})),
    "pipe": (os.mkfifo, frozenset({UNREADABLE})),
    "socket": (_socket, frozenset({UNREADABLE})),
    "link_to_nothing": (lambda place: place.symlink_to("gone.jpg"), frozenset({UNREADABLE})),
    "link_in_a_ring": (_links_in_a_ring, frozenset({UNREADABLE})),
    "device_without_end": (lambda place: place.symlink_to("/dev/zero"), frozenset({UNREADABLE})),
    "missing": (lambda _place: None, frozenset({UNREADABLE})),
    "terabyte": (_sparse, frozenset({LARGE})),
}
"""What a folder may hold under a photo's name, how it is made, and what may become of it."""
