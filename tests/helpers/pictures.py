"""Photos made on the spot, with what cameras (and attackers) put into them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

PLACE = b"GPS-31.2304-121.4737"
"""A place that must be found in no byte that is served."""
_GPS, _ORIENTATION, _DESCRIPTION = 0x8825, 0x0112, 0x010E


def corners(width: int = 400, height: int = 300) -> Image.Image:
    """Red, green, blue and white quarters: turned or mirrored, it looks different."""
    image = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    image.paste((220, 20, 20), (0, 0, *half))
    image.paste((20, 200, 20), (half[0], 0, width, half[1]))
    image.paste((20, 20, 220), (0, half[1], half[0], height))
    return image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The image's bytes in one of Pillow's formats."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def camera_photo(
    kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (400, 300)
) -> bytes:
    """A photo with orientation, a place, a description and a comment, as a phone makes it."""
    extra: dict[str, Any] = {"comment": PLACE} if kind == "JPEG" else {}
    return encoded(corners(*size), kind, exif=exif(orientation), **extra)


def exif(orientation: int) -> bytes:
    """Orientation, a description and a place, as a phone writes them down."""
    facts = Image.Exif()
    facts[_ORIENTATION] = orientation
    facts[_DESCRIPTION] = PLACE.decode()
    facts[_GPS] = {1: "N", 2: (31.0, 13.0, 49.0), 29: PLACE.decode()}
    return facts.tobytes()


_AS_HELD = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}  # fmt: skip
"""EXIF orientation → how an upright picture lay on the sensor of a camera held that way."""


def phone_photo(
    kind: str, mark: tuple[int, int, int], orientation: int = 1, size: tuple[int, int] = (300, 400)
) -> bytes:
    """A photo that shown upright has ``size``, ``corners`` and ``mark`` in its middle.

    It carries a place in EXIF, XMP and, where the format has one, in a comment.
    """
    upright = corners(*size)
    box = tuple(side * part // 8 for part in (3, 5) for side in size)
    upright.paste(mark, box)
    lying = upright.transpose(_AS_HELD[orientation]) if orientation in _AS_HELD else upright
    extra: dict[str, Any] = {"xmp": b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"}
    if kind == "JPEG":
        extra["comment"] = PLACE
    if kind == "PNG":
        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_text("Comment", PLACE.decode())
        del extra["xmp"]
    return encoded(lying, kind, exif=exif(orientation), **extra)


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small file that says it is an enormous picture, and is."""
    row = zlib.compress(b"\0" * (width + 1) * 64)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def photo_and_archive() -> bytes:
    """A JPEG that also opens as a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("page.html", "<script>alert(1)</script>")
    return encoded(corners(), "JPEG") + stream.getvalue()


def photo_and_page() -> bytes:
    """A GIF that a careless browser would run as a page."""
    gif = encoded(corners(40, 30).convert("P"), "GIF")
    note = b"<html><script>alert(1)</script>"
    return (
        gif[:13] + gif[13 : 13 + 768] + b"\x21\xfe" + bytes((len(note),)) + note + b"\0" + gif[781:]
    )
