"""What hostile files are put together from: chunks, boxes, segments and honest pictures."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import av
import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

MARKS = {(0.25, 0.25): (220, 20, 20), (0.75, 0.25): (20, 200, 20),
         (0.25, 0.75): (20, 20, 220), (0.75, 0.75): (255, 255, 255)}  # fmt: skip
"""Colour of each quarter of ``quarters``, by where its middle is."""


def quarters(width: int = 400, height: int = 300) -> Image.Image:
    """Red, green, blue and white quarters: a wrong picture is told from the right one."""
    image = Image.new("RGB", (width, height), "white")
    for (x, y), colour in MARKS.items():
        left, top = int((x - 0.25) * width), int((y - 0.25) * height)
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The image's bytes in one of Pillow's formats."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@functools.cache
def honest(kind: str, width: int = 400, height: int = 300) -> bytes:
    """``quarters`` in one of Pillow's formats."""
    return encoded(quarters(width, height), kind)


# --- PNG --------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, pixels: bytes, *, depth: int = 8, colour: int = 0,
        interlaced: int = 0, extra: bytes = b"") -> bytes:  # fmt: skip
    """A PNG with any header; ``pixels`` are packed already, ``extra`` stands before them."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    parts = (chunk(b"IHDR", header), extra, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed_zeros(size: int) -> bytes:
    """So many zeros as zlib packs them, made without having them all at once."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(size >> 20)]
    parts += [packer.compress(bytes(size & 0xFFFFF)), packer.flush()]
    return b"".join(parts)


# --- JPEG, RIFF and TIFF ----------------------------------------------------------------------


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """A JPEG with more segments right behind its beginning."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def icc(profile: bytes) -> bytes:
    """The segment that holds a colour profile."""
    return segment(0xE2, b"ICC_PROFILE\0\x01\x01" + profile)


def scans(jpeg: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the first scan of a progressive JPEG, and its scans."""
    parts = jpeg[:-2].split(b"\xff\xda")
    return parts[0], [b"\xff\xda" + part for part in parts[1:]]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP container."""
    body = b"WEBP"
    for name, content in chunks:
        body += name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff(width: int, height: int, packing: int, strip: bytes, size: int) -> bytes:
    """A grey TIFF of one strip that says it has ``size`` bytes."""
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, packing), (262, 3, 1),
               (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, size)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    head = b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip
    return head + struct.pack("<H", len(entries)) + table + bytes(4)


# --- HEIF -------------------------------------------------------------------------------------


def box(kind: bytes, *parts: bytes) -> bytes:
    """One box of a HEIF or MP4 file."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """A HEIC of equal tiles; all are the same bytes, so that a huge one is small.

    Attributes:
        columns: of tiles, as ``rows``; both at most 256.
        says: the size that its header tells; ``None``: what the tiles come to.
        missing: so many tiles less than the header tells.
        depth: so many grids around the grid.
        loop: the outermost grid names itself as its tile.
    """

    columns: int
    rows: int
    says: tuple[int, int] | None = None
    missing: int = 0
    depth: int = 0
    loop: bool = False


@functools.cache
def _tile(side: int) -> tuple[bytes, bytes]:
    """The decoder's settings and the coded picture of one tile of quarters."""
    whole = encoded(quarters(side, side), "HEIF")
    at = whole.index(b"hvcC") - 4
    settings = whole[at : at + struct.unpack(">I", whole[at : at + 4])[0]]
    at = whole.rindex(b"mdat") - 4
    return settings, whole[at + 8 : at + struct.unpack(">I", whole[at : at + 4])[0]]


def grid_heic(grid: Grid, side: int = 512) -> bytes:
    """A HEIC as phones write large photos: tiles, and an item that puts them together."""
    settings, coded = _tile(side)
    count = grid.columns * grid.rows - grid.missing
    width, height = grid.says or (grid.columns * side, grid.rows * side)
    plan = struct.pack(">BBBBII", 0, 1, grid.rows - 1, grid.columns - 1, width, height)
    outer = struct.pack(">BBBBII", 0, 1, 0, 0, width, height)
    tiles = list(range(1, count + 1))
    grids = list(range(count + 1, count + 2 + grid.depth))
    inside = {grids[0]: tiles, **{each: [each - 1] for each in grids[1:]}}
    if grid.loop:
        inside[grids[-1]] = [grids[-1]]
    return _heic(
        {**dict.fromkeys(tiles, coded), grids[0]: plan, **dict.fromkeys(grids[1:], outer)},
        inside,
        [settings, full_box(b"ispe", struct.pack(">II", side, side)),
         full_box(b"ispe", struct.pack(">II", width, height))],
    )  # fmt: skip


def _heic(contents: dict[int, bytes], inside: dict[int, list[int]], facts: list[bytes]) -> bytes:
    """Items by number, what each grid is made of, and the properties (tile's two, grid's one)."""
    entries = [
        full_box(b"infe", struct.pack(">HH", each, 0), b"grid" if each in inside else b"hvc1",
                 b"\0", version=2)
        for each in contents
    ]  # fmt: skip
    references = [
        box(b"dimg", struct.pack(f">HH{len(parts)}H", each, len(parts), *parts))
        for each, parts in inside.items()
    ]
    known = b"".join(
        struct.pack(">HBB", each, 1, 3) if each in inside else struct.pack(">HBBB", each, 2, 129, 2)
        for each in contents
    )
    places: dict[bytes, int] = {}
    data = b""
    for content in contents.values():
        if content not in places:
            places[content] = len(data)
            data += content

    def made(start: int) -> bytes:
        rows = b"".join(
            struct.pack(">HHHII", each, 0, 1, start + places[content], len(content))
            for each, content in contents.items()
        )
        return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + full_box(
            b"meta",
            full_box(b"hdlr", bytes(4), b"pict", bytes(13)),
            full_box(b"pitm", struct.pack(">H", max(inside))),
            full_box(b"iloc", b"\x44\0", struct.pack(">H", len(contents)), rows),
            full_box(b"iinf", struct.pack(">H", len(contents)), *entries),
            full_box(b"iref", *references),
            box(b"iprp", box(b"ipco", *facts),
                full_box(b"ipma", struct.pack(">I", len(contents)), known)),
        )  # fmt: skip

    head = made(len(made(0)) + 8)
    return head + box(b"mdat", data)


# --- other files ------------------------------------------------------------------------------


def archive(name: str, content: bytes) -> bytes:
    """A zip archive of one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@functools.cache
def film(frames: int, container: str = "mp4") -> bytes:
    """A short honest video."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container) as output:
        track = output.add_stream("libx264" if container == "mp4" else "libvpx", rate=10)
        track.width, track.height, track.pix_fmt = 160, 120, "yuv420p"
        for number in range(frames):
            shown = av.VideoFrame(160, 120, "yuv420p")
            for plane in shown.planes:
                plane.update(bytes((number * 20 % 256,)) * plane.buffer_size)
            output.mux(track.encode(shown))
        output.mux(track.encode(None))
    return stream.getvalue()


@functools.cache
def sound(seconds: int) -> bytes:
    """A short honest WAV of silence."""
    data = bytes(8_000 * seconds * 2)
    layout = struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + layout + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data
