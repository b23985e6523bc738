"""Draws the sample shop's garments as SVG from cutting patterns and cloth.

A cutting pattern (``resources/artwork/patterns/*.xml``) lists the pieces of a
garment from back to front.  Elements:

``cloth``   a piece of fabric: gets colour, weave and rounded shading
``flat``    a filled piece without weave (inside of a neck, a buckle)
``fold``    a soft crease, ``shine`` a soft light; both clipped to the cloth before
``seam``    a thin line, ``stitch`` a dashed one
``button``  a round button
``include`` the pieces of another cutting pattern

A shape is ``d`` (ordinary path data) or ``half`` (the left half from the top
centre to the bottom centre, absolute M L C Q only, mirrored to the right).
``mirror="1"`` repeats an element on the right.  ``tone`` names a colour derived
from the cloth's own: body, light, shade, deep, ink, trim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.etree import ElementTree

from console.demo.cloth import Palette, palette, weave_defs
from console.paths import resources

WIDTH, HEIGHT = 440, 480
ARTWORK = resources() / "artwork"
PATTERNS = ARTWORK / "patterns"

_TOKEN = re.compile(r"[MLCQ]|-?\d+(?:\.\d+)?")
_POINTS = {"M": 1, "L": 1, "C": 3, "Q": 2}
_FLIP = f'transform="matrix(-1 0 0 1 {WIDTH} 0)"'

Point = tuple[float, float]


def silhouettes() -> tuple[str, ...]:
    """Names of every garment that can be drawn (parts of garments left out)."""
    return tuple(
        sorted(path.stem for path in PATTERNS.glob("*.xml") if not path.stem.startswith("part-"))
    )


def svg_for(
    silhouette: str,
    colour: str,
    pattern: str = "plain",
    details: tuple[str, ...] = (),
    trim: str | None = None,
) -> str:
    """A finished picture of one garment on its soft background.

    ``colour`` and ``trim`` are ``#RRGGBB``; ``details`` are names of parts such
    as ``patch-pocket`` that are sewn on top.
    """
    tones = palette(colour, trim)
    sheet = _Sheet(tones, pattern)
    for element in _pieces(silhouette):
        sheet.add(element)
    for detail in details:
        for element in _pieces(f"part-{detail}"):
            sheet.add(element)
    return sheet.svg()


def picture_name(sku: str, colour_key: str, *, large: bool = False) -> str:
    """File name, inside :data:`ARTWORK`, of a product's picture in one colour."""
    return f"{sku.lower()}-{colour_key}{'-large' if large else ''}.webp"


@cache
def _pieces(name: str) -> tuple[ElementTree.Element, ...]:
    root = ElementTree.parse(PATTERNS / f"{name}.xml").getroot()
    return tuple(_expanded(root))


def _expanded(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for element in root:
        if element.tag == "include":
            yield from _pieces(f"part-{element.attrib['part']}")
        else:
            yield element


def whole_outline(half: str) -> str:
    """Closes a left half, drawn from top centre to bottom centre, to a whole outline."""
    segments = list(_segments(half))
    forward = [f"M{_pair(segments[0][1][0])}"]
    backward: list[str] = []
    at = segments[0][1][0]
    for command, points in segments[1:]:
        forward.append(command + " ".join(_pair(p) for p in points))
        path = [at, *points]
        backward.append(command + " ".join(_pair(_flipped(p)) for p in reversed(path[:-1])))
        at = points[-1]
    return " ".join([*forward, "L" + _pair(_flipped(at)), *reversed(backward), "Z"])


def _segments(data: str) -> Iterator[tuple[str, list[Point]]]:
    tokens = _TOKEN.findall(data)
    index = 0
    command = "M"
    while index < len(tokens):
        if tokens[index] in _POINTS:
            command = tokens[index]
            index += 1
        count = 2 * _POINTS[command]
        numbers = [float(token) for token in tokens[index : index + count]]
        index += count
        yield command, list(zip(numbers[::2], numbers[1::2], strict=True))


def _flipped(point: Point) -> Point:
    return WIDTH - point[0], point[1]


def _pair(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


@dataclass(slots=True)
class _Sheet:
    """Collects the drawing of one garment."""

    tones: Palette
    pattern: str
    parts: list[str] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)
    outline: list[Point] = field(default_factory=list)
    turns: set[int] = field(default_factory=set)

    def add(self, element: ElementTree.Element) -> None:
        shape = element.attrib.get("d") or (
            whole_outline(element.attrib["half"]) if "half" in element.attrib else ""
        )
        if element.tag == "cloth":
            both = element.attrib.get("mirror") == "1"
            if both:
                self._cloth(element, shape, _FLIP)
            self._cloth(element, shape, "")
            self._measure(shape, both=both)
            return
        if element.tag == "seam" and float(element.attrib.get("w", "0")) > 3.5:
            self._measure(shape, both=element.attrib.get("mirror") == "1")  # straps
        drawn = self._drawn(element, shape)
        self.parts.append(drawn)
        if element.attrib.get("mirror") == "1":
            self.parts.append(f"<g {_FLIP}>{drawn}</g>")

    def _measure(self, shape: str, *, both: bool) -> None:
        if re.search("[a-z]", shape):
            return  # relative data: small pieces that never reach the rim
        points = [point for _, part in _segments(shape.replace("Z", "")) for point in part]
        self.outline += points + ([_flipped(point) for point in points] if both else [])

    def _fit(self) -> str:
        """Scales the garment so that every picture is filled alike."""
        left, right = min(x for x, _ in self.outline), max(x for x, _ in self.outline)
        top, bottom = min(y for _, y in self.outline), max(y for _, y in self.outline)
        scale = min(330 / (right - left), 392 / (bottom - top), 1.28)
        x = WIDTH / 2 - scale * (left + right) / 2
        y = HEIGHT / 2 - scale * (top + bottom) / 2
        return f"translate({x:.1f} {y:.1f}) scale({scale:.3f})"

    def _cloth(self, element: ElementTree.Element, shape: str, flip: str) -> None:
        clip = f"c{len(self.clips)}"
        self.clips.append(f'<clipPath id="{clip}"><path d="{shape}"/></clipPath>')
        fill = self._tone(element, "body")
        woven = self.pattern != "plain" and element.attrib.get("weave") != "no"
        turn = int(element.attrib.get("turn", "0"))
        if woven:
            self.turns.add(turn)
        inner = "".join(self._drawn(child, _shape(child)) for child in element)
        self.parts.append(
            f'<g {flip}><path d="{shape}" fill="{fill}"/><g clip-path="url(#{clip})">'
            + (f'<path d="{shape}" fill="url(#weave{turn})"/>' if woven else "")
            + f'<path d="{shape}" fill="url(#round)"/>'
            f'<path d="{shape}" fill="none" stroke="{self.tones.deep}" stroke-width="22" '
            f'opacity=".34" filter="url(#soft9)"/>'
            f'<path d="{shape}" fill="none" stroke="#fff" stroke-width="5" opacity=".30" '
            f'transform="translate(2.5 3)" filter="url(#soft2)"/>{inner}</g>'
            f'<path d="{shape}" fill="none" stroke="{self.tones.ink}" stroke-width="1.1" '
            f'stroke-linejoin="round" opacity=".42"/></g>'
        )

    def _drawn(self, element: ElementTree.Element, shape: str) -> str:
        tones, get = self.tones, element.attrib.get
        if element.tag == "fold":
            return (
                f'<path d="{shape}" fill="none" stroke="{tones.deep}" stroke-linecap="round" '
                f'stroke-width="{get("w", "7")}" opacity="{get("o", ".34")}" '
                f'filter="url(#soft3)"/>'
            )
        if element.tag == "shine":
            return (
                f'<path d="{shape}" fill="none" stroke="#fff" stroke-linecap="round" '
                f'stroke-width="{get("w", "9")}" opacity="{get("o", ".16")}" '
                f'filter="url(#soft5)"/>'
            )
        if element.tag in ("seam", "stitch"):
            dash = ' stroke-dasharray="4 3"' if element.tag == "stitch" else ""
            width = get("w", "1.6" if element.tag == "seam" else "1.1")
            return (
                f'<path d="{shape}" fill="none" stroke="{self._tone(element, "ink")}" '
                f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
                f'{dash} opacity="{get("o", ".62")}"/>'
            )
        if element.tag == "button":
            return self._button(element)
        if element.tag == "flat":
            return (
                f'<path d="{shape}" fill="{self._tone(element, "deep")}" '
                f'opacity="{get("o", "1")}"/>'
            )
        raise ValueError(f"unknown piece {element.tag!r}")

    def _button(self, element: ElementTree.Element) -> str:
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        r = float(element.attrib.get("r", "4.2"))
        fill = self._tone(element, "button")
        return (
            f'<circle cx="{x:g}" cy="{y + 1.2:g}" r="{r:g}" fill="#000" opacity=".22"/>'
            f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'
            f'<circle cx="{x - r * 0.2:g}" cy="{y - r * 0.25:g}" r="{r * 0.45:g}" fill="#fff" '
            f'opacity=".28"/>'
        )

    def _tone(self, element: ElementTree.Element, default: str) -> str:
        tone = element.attrib.get("tone", default)
        return tone if tone.startswith("#") else str(getattr(self.tones, tone))

    def svg(self) -> str:
        tones = self.tones
        weaves_used = "".join(weave_defs(self.pattern, tones, turn) for turn in sorted(self.turns))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}"><defs>{_DEFS}'
            f'<radialGradient id="wall" cx=".5" cy=".45" r=".8">'
            f'<stop offset="0" stop-color="{tones.wall_light}"/>'
            f'<stop offset="1" stop-color="{tones.wall}"/></radialGradient>'
            f"{weaves_used}{''.join(self.clips)}</defs>"
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#wall)"/>'
            f'<g filter="url(#lift)"><g transform="{self._fit()}">{"".join(self.parts)}</g></g>'
            "</svg>"
        )


def _shape(element: ElementTree.Element) -> str:
    return element.attrib.get("d") or whole_outline(element.attrib["half"])


def _blur(size: int) -> str:
    return (
        f'<filter id="soft{size}" x="-30%" y="-30%" width="160%" height="160%">'
        f'<feGaussianBlur stdDeviation="{size}"/></filter>'
    )


_DEFS = (
    _blur(2)
    + _blur(3)
    + _blur(5)
    + _blur(9)
    + '<filter id="lift" x="-10%" y="-10%" width="120%" height="125%">'
    '<feDropShadow dx="0" dy="7" stdDeviation="8" flood-color="#3a2f20" flood-opacity=".20"/>'
    "</filter>"
    '<linearGradient id="round" x1="0" y1="0" x2="1" y2=".25">'
    '<stop offset="0" stop-color="#fff" stop-opacity=".13"/>'
    '<stop offset=".45" stop-color="#fff" stop-opacity=".05"/>'
    '<stop offset="1" stop-color="#000" stop-opacity=".11"/></linearGradient>'
)
