"""Turns an uploaded photo into what phones and consoles are shown.

Runs in the media worker only, since it decodes what strangers sent: no network, no
database.  Whatever a camera wrote beside the pixels (place, time, device, thumbnail) is
left behind, because every rendition is encoded from bare pixels.
"""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import blurhash
import pillow_heif
from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, ImageOps

from console.media.jobs import (
    LONG_SIDES,
    MAX_MEGAPIXELS,
    SUFFIXES,
    MediaFacts,
    too_large,
)
from console.media.kinds import HEAD_BYTES, is_also_something_else, picture_format
from console.wire.errors import Code, Refusal

MAX_PIXELS = MAX_MEGAPIXELS * 1_000_000
"""Largest picture that must be decoded whole; a phone's 48-megapixel photo is below it."""
_MAX_PIXELS = {"JPEG": 210_000_000, "WEBP": 25_000_000, "GIF": 25_000_000}
"""A plain JPEG can be decoded at a fraction of its size; these others need several copies of it."""
MAX_SIDE = 30_000
_BLURHASH_SIDE = 32
ENCODERS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
"""How Pillow writes each kind of rendition, by its suffix."""
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError,
           OverflowError, RuntimeError, ArithmeticError)  # fmt: skip

Result = TypeVar("Result")

ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = max(_MAX_PIXELS.values())
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def process_photo(source: Path, target: Path) -> MediaFacts:
    """Write every rendition of ``source`` into the empty folder ``target``.

    Raises ``Refusal``: ``media.type`` (no photo, or a photo that is also something else),
    ``media.broken`` (damaged or incomplete), ``upload.too_large`` (too many pixels).
    """
    kind = format_of(source)
    pixels = guarded(lambda: upright_pixels(source, kind, LONG_SIDES[0] * 2))
    return guarded(lambda: write_renditions(pixels, target))


def format_of(source: Path) -> str:
    """As what Pillow shall open it.  Raises ``Refusal`` (``media.type``)."""
    with source.open("rb") as stream:
        kind = picture_format(stream.read(HEAD_BYTES))
    if kind is None or is_also_something_else(source):
        raise Refusal(Code.MEDIA_TYPE)
    return kind


def guarded(step: Callable[[], Result]) -> Result:
    """Whatever a decoder complains of is one answer: this photo is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return step()
    except (Image.DecompressionBombError, MemoryError) as error:
        raise too_large() from error
    except _BROKEN as error:
        raise Refusal(Code.MEDIA_BROKEN) from error


def upright_pixels(source: Path, kind: str, side: int) -> Image.Image:
    """The first frame in sRGB, turned as the camera was held, at most ``side`` pixels long."""
    with Image.open(source, formats=[kind]) as opened:
        _check_size(opened, kind)
        if opened.info.get("primary") is False:
            raise ValueError("the picture itself is damaged, what was opened is a part of it")
        # A quarter of the decoder's work for a large photo.
        opened.draft("RGB", _in_its_shape(opened, side))
        opened.load()
        image = _eight_bits(opened)
        image.thumbnail((side, side), Image.Resampling.BOX)
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
    return _bare(_to_srgb(upright, profile))


def _in_its_shape(image: Image.Image, side: int) -> tuple[int, int]:
    """In the photo's own shape: of a square no side may fall short, so that less is saved."""
    factor = side / max(image.size)
    return max(1, int(image.width * factor)), max(1, int(image.height * factor))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scans have greys of 16 bits, which would be cut at 255 instead of divided."""
    if not image.mode.startswith("I"):
        return image
    grey = image.convert("I").point(lambda value: value / 256).convert("L")
    grey.info = image.info
    return grey


def _check_size(image: Image.Image, kind: str) -> None:
    """Read from the header, so that a bomb is refused before a pixel of it exists."""
    # Of a progressive JPEG a decoder keeps every coefficient, whatever size is wanted.
    whole = bool(image.info.get("progressive"))
    most = MAX_PIXELS if whole else _MAX_PIXELS.get(kind, MAX_PIXELS)
    if image.width * image.height > most or max(image.size) > MAX_SIDE:
        raise Image.DecompressionBombError


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the screens of members expect them; on white where it was transparent."""
    if "A" in image.getbands() or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError):
            # A damaged profile says nothing about the pixels.
            return image.convert("RGB")
        return converted if converted is not None else image
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, (255, 255, 255))
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: encoders copy comments and profiles out of an image's ``info``."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def write_renditions(pixels: Image.Image, target: Path) -> MediaFacts:
    """Every rendition of bare pixels, upright and in sRGB, into ``target``.

    Largest first; each smaller one is scaled from the pixels, never from an encoded one.
    """
    largest = b""
    shown = pixels.size
    for side in LONG_SIDES:
        scaled = pixels.copy()
        scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
        for suffix in SUFFIXES:
            encoded = io.BytesIO()
            scaled.save(encoded, **ENCODERS[suffix])
            write_durably(target / f"{side}.{suffix}", encoded.getvalue())
            if not largest:
                largest, shown = encoded.getvalue(), scaled.size
    return MediaFacts(
        sha256=hashlib.sha256(largest).hexdigest(),
        mime="image/webp",
        width=shown[0],
        height=shown[1],
        size=len(largest),
        blurhash=blur(pixels),
        file=f"{LONG_SIDES[0]}.{SUFFIXES[0]}",
    )


def write_durably(file: Path, content: bytes) -> None:
    """On the disk before anybody is told that it is."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def blur(image: Image.Image) -> str:
    """A blurhash of 4 × 3 components."""
    small = image.copy()
    small.thumbnail((_BLURHASH_SIDE, _BLURHASH_SIDE), Image.Resampling.BOX)
    width, height = small.size
    flat = small.tobytes()
    rows = [
        [[flat[at], flat[at + 1], flat[at + 2]] for at in range(start, start + width * 3, 3)]
        for start in range(0, height * width * 3, width * 3)
    ]
    return str(blurhash.encode(rows, components_x=4, components_y=3))
