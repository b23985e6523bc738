"""Turns and cuts a photo, out of its original.

Runs in the media worker only, like ``console.media.photos``.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Final

from PIL import Image

from console.domain.photo_shapes import Shape
from console.media.jobs import MediaFacts
from console.media.photos import format_of, guarded, upright_pixels, write_durably

FILE: Final = "shaped.jpg"
_MOST: Final = 4800
"""Long side of the picture a small part is cut out of: four copies of it fit into a worker."""
_TURNS: Final = {
    1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""Quarters clockwise → what Pillow, which counts the other way, calls them."""


def shape_photo(source: Path, target: Path, shape: Shape, side: int) -> MediaFacts:
    """A JPEG ``FILE`` in ``target``: at most ``side`` pixels long, good enough to go on from.

    Raises ``Refusal`` as ``process_photo``.
    """
    kind = format_of(source)
    longest = max(shape.part.width, shape.part.height, side / _MOST)
    whole = guarded(lambda: upright_pixels(source, kind, round(side / longest)))
    return guarded(lambda: _write(_shaped(whole, shape, side), target / FILE))


def _shaped(image: Image.Image, shape: Shape, side: int) -> Image.Image:
    turn = _TURNS.get(shape.quarters % 4)
    turned = image if turn is None else image.transpose(turn)
    cut = turned.crop(shape.part.pixels(*turned.size))
    cut.thumbnail((side, side), Image.Resampling.LANCZOS)
    return cut


def _write(image: Image.Image, file: Path) -> MediaFacts:
    encoded = io.BytesIO()
    image.save(encoded, format="JPEG", quality=95, subsampling=0)
    write_durably(file, encoded.getvalue())
    return MediaFacts(
        sha256=hashlib.sha256(encoded.getvalue()).hexdigest(), mime="image/jpeg",
        width=image.width, height=image.height, size=len(encoded.getvalue()), blurhash="",
        file=file.name,
    )  # fmt: skip
