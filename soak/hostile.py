"""Three hundred hostile files, all different, in an order whose beginning has every kind."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from soak import hostile_disguises, hostile_pictures
from soak.hostile_disguises import NO_FILES
from soak.hostile_parts import MARKS
from soak.hostile_pictures import Family

_FAMILIES = (*hostile_disguises.FAMILIES, *hostile_pictures.FAMILIES)
_HEAVY: frozenset[Family] = frozenset({
    hostile_pictures.png_at_the_limit, hostile_pictures.png_long_pixels,
    hostile_pictures.png_long_words, hostile_pictures.webp_at_the_limit,
    hostile_pictures.gif_at_the_limit, hostile_pictures.jpeg_progressive_large,
    hostile_pictures.jpeg_of_many_scans, hostile_disguises.bombs_of_other_kinds,
    hostile_disguises.noise_without_end,
})  # fmt: skip
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file that can be put anywhere.

    Attributes:
        name: with a suffix that may lie; no two are alike.
        may: what may become of it: ``taken``, ``unreadable`` or the code of a refusal.
        right: when it is taken it must show ``hostile_parts.quarters``.
        put: makes it at a path.
    """

    name: str
    may: frozenset[str]
    right: bool
    put: Callable[[Path], object]


def hostile_files(seed: int, *, heavy: bool = True) -> Iterator[Hostile]:
    """Every hostile file of a seed, one of each family in turn; made when it is asked for.

    Without ``heavy`` those are left out that take seconds to make or to judge.
    """
    for name, (put, may) in NO_FILES.items():
        yield Hostile(f"{name}.jpg", may, False, put)
    seen: set[bytes] = set()
    for n in range(max(most for _, most in _FAMILIES)):
        for family, most in _FAMILIES:
            if n >= most or (family in _HEAVY and not heavy):
                continue
            chance = random.Random(f"{seed} {family.__name__} {n}")
            made = family(chance, n)
            digest = hashlib.sha256(made.content).digest()
            if digest not in seen:
                seen.add(digest)
                name = f"{family.__name__}-{n}.{made.suffix}"
                yield Hostile(name, made.may, made.right, _writer(made.content))


def _writer(content: bytes) -> Callable[[Path], object]:
    return lambda place: place.write_bytes(content)


def differs(shown: Path) -> str:
    """What is wrong with a picture that should be ``hostile_parts.quarters``; "": nothing."""
    with Image.open(shown) as image:
        image.load()
        for (x, y), wanted in MARKS.items():
            found = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))
            assert isinstance(found, tuple)
            if any(abs(a - b) > _NEAR for a, b in zip(found, wanted, strict=True)):
                return f"{found} instead of {wanted} at {x}, {y}"
    return ""
