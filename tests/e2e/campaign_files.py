"""Ten photos as they lie on an owner's computer, and what may be left of them when served."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image

from tests.helpers.pictures import PLACE, corners, encoded, exif, phone_photo

Colour = tuple[int, int, int]
CORNERS: Final[dict[tuple[float, float], Colour]] = {
    (0.2, 0.2): (220, 20, 20), (0.8, 0.2): (20, 200, 20),
    (0.2, 0.8): (20, 20, 220), (0.8, 0.8): (255, 255, 255),
}  # fmt: skip
"""Where which colour is in a photo that stands upright."""
SIDES: Final = (1600, 480)
TRACES: Final = (PLACE, b"Exif", b"EXIF", b"GPS", b"xmpmeta", b"XMP ", b"http://ns.adobe.com")
"""What no byte that is served may hold."""
NEAR: Final = 24


@dataclass(frozen=True, slots=True)
class File:
    """One photo: ``size`` and ``mark`` (the colour in its middle) as it stands upright."""

    name: str
    kind: str
    mark: Colour
    orientation: int
    size: tuple[int, int]
    clear: bool = False
    """Its last quarter is transparent."""

    @property
    def data(self) -> bytes:
        """Its bytes, with a place in them."""
        if not self.clear:
            return phone_photo(self.kind, self.mark, self.orientation, self.size)
        image = corners(*self.size)
        image.paste(self.mark, tuple(side * part // 8 for part in (3, 5) for side in self.size))
        image.putalpha(255)
        image.paste((0, 0, 0, 0), (self.size[0] * 5 // 8, self.size[1] * 5 // 8, *self.size))
        return encoded(image, self.kind, exif=exif(self.orientation))

    def shown(self, side: int = SIDES[0]) -> tuple[int, int]:
        """How large it is where its long side is at most ``side``."""
        shrink = min(1.0, side / max(self.size))
        return (round(self.size[0] * shrink), round(self.size[1] * shrink))

    @property
    def points(self) -> dict[tuple[float, float], Colour]:
        """Colours by place: where it stands in any other way, one of them is another."""
        return {**CORNERS, (0.5, 0.5): self.mark}


FILES: Final = (
    File("IMG_4021.HEIC", "HEIF", (200, 40, 240), 6, (300, 400)),
    File("IMG_4022.JPG", "JPEG", (250, 120, 0), 8, (3024, 4032)),
    File("IMG_4023.jpg", "JPEG", (40, 200, 240), 1, (400, 300)),
    File("透明 吊牌.png", "PNG", (120, 60, 20), 1, (360, 480), clear=True),
    File("店内.webp", "WEBP", (20, 120, 60), 3, (400, 300)),
    File("新款.avif", "AVIF", (60, 20, 120), 6, (300, 400)),
    File("mirror.jpeg", "JPEG", (240, 200, 40), 5, (300, 400)),
    File("衣架 一.PNG", "PNG", (180, 20, 120), 8, (400, 300)),
    File("IMG_4029.heic", "HEIF", (120, 250, 0), 1, (640, 480)),
    File("turned.JPEG", "JPEG", (0, 120, 250), 7, (1200, 1600)),
)


def copied(folder: Path) -> list[Path]:
    """They were copied from phones into a folder."""
    folder.mkdir()
    made = []
    for file in FILES:
        data = file.data
        assert PLACE in data, file.name
        made.append(folder / file.name)
        made[-1].write_bytes(data)
    return made


def check(file: File, served: bytes, kind: str, side: int) -> None:
    """It stands upright, is the one that is meant, and is nothing but a picture."""
    assert not [trace for trace in TRACES if trace in served], file.name
    with Image.open(io.BytesIO(served)) as shown:
        assert (shown.format, shown.size) == (kind, file.shown(side)), file.name
        assert not dict(shown.getexif()), file.name
        assert not {"exif", "xmp", "comment", "icc_profile"} & shown.info.keys(), file.name
        plain = shown.convert("RGB")
    width, height = plain.size
    seen: list[Any] = [plain.getpixel((int(x * width), int(y * height))) for x, y in file.points]
    assert alike(seen, file.points.values()), file.name


def alike(seen: Iterable[Iterable[int]], meant: Iterable[Colour]) -> bool:
    """Whether colours are those, as far as a lossy picture keeps them."""
    return all(
        abs(one - other) < NEAR
        for found, wanted in zip(seen, meant, strict=True)
        for one, other in zip(found, wanted, strict=True)
    )
