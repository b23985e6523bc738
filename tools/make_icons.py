"""Renders the program icon (PNG sizes and one ICO) from ``resources/icons/logo.svg``.

pip install resvg-py pillow
python tools/make_icons.py
"""

from __future__ import annotations

import io
from pathlib import Path

import resvg_py  # type: ignore[import-not-found,unused-ignore]
from PIL import Image

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
SIZES = (16, 32, 48, 64, 128, 256, 512)


def rendered(size: int) -> Image.Image:
    """The logo at one size."""
    svg = (ICONS / "logo.svg").read_text("utf-8")
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, skip_system_fonts=True))
    return Image.open(io.BytesIO(png)).convert("RGBA")


def main() -> None:
    """Writes every size next to the logo."""
    pictures = {size: rendered(size) for size in SIZES}
    for size, picture in pictures.items():
        picture.save(ICONS / f"hanger-{size}.png", optimize=True)
    small = [pictures[size] for size in SIZES if size <= 256]
    small[-1].save(
        ICONS / "hanger.ico", append_images=small[:-1], sizes=[picture.size for picture in small]
    )


if __name__ == "__main__":
    main()
