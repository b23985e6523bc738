"""Renders the sample shop's product pictures into ``resources/artwork``.

Run by developers after a change to a cutting pattern or the catalogue; the
pictures are committed, so the program itself needs no SVG renderer:

    pip install resvg-py pillow
    python tools/make_artwork.py [SKU …]
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import resvg_py  # type: ignore[import-not-found,unused-ignore]
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from console.demo.artwork import ARTWORK
from console.demo.catalogue import HEROES, Product, products

NORMAL, LARGE = 440, 1100


def render(svg: str, width: int, quality: int) -> bytes:
    """The drawing as WebP of this width."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
    packed = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(packed, "WEBP", quality=quality, method=6)
    return packed.getvalue()


def make(item: Product) -> int:
    """Renders every colour of one product; returns the bytes written."""
    total = 0
    for colour in item.colours:
        svg = item.svg(colour)
        sizes = [(NORMAL, False)] + ([(LARGE, True)] if item.sku in HEROES else [])
        for width, large in sizes:
            data = render(svg, width, 84 if not large else 80)
            (ARTWORK / item.picture(colour, large=large)).write_bytes(data)
            total += len(data)
    return total


def main(wanted: list[str]) -> None:
    """Renders the wanted products, or all of them."""
    total = sum(make(item) for item in products() if not wanted or item.sku in wanted)
    sys.stdout.write(f"{total / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
