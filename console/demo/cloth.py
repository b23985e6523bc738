"""Colours and weaves of the sample garments: tones derived from one colour, fills as SVG."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Every tone of a picture, derived from the cloth's colour and its trim."""

    body: str
    light: str
    shade: str
    deep: str
    ink: str
    trim: str
    button: str
    metal: str
    wall: str
    wall_light: str


def palette(colour: str, trim: str | None = None) -> Palette:
    """The tones that go with a cloth of this colour."""
    lightness = _hls(colour)[1]
    dark = lightness < 0.24
    pale = lightness > 0.86
    wall = "#E9E5DA" if pale else _tint(colour)
    button = _shift(colour, 0.72) if not dark else _mix(colour, "#FFFFFF", 0.62)
    return Palette(
        body=colour,
        light=_mix(colour, "#FFFFFF", 0.78),
        shade=_shift(colour, 0.86 if not pale else 0.90),
        deep=_shift(colour, 0.60 if not pale else 0.72),
        ink=_shift(colour, 0.42 if not pale else 0.55)
        if not dark
        else _mix(colour, "#FFFFFF", 0.66),
        trim=trim or _shift(colour, 0.66 if not pale else 0.80),
        button=button,
        metal="#C9B27A",
        wall=wall,
        wall_light=_mix(wall, "#FFFFFF", 0.52),
    )


def weaves() -> tuple[str, ...]:
    """Names of every cloth that can be drawn."""
    return ("plain", *sorted(_WEAVES))


def weave_defs(name: str, tones: Palette, turn: int = 0) -> str:
    """The SVG pattern ``#weave{turn}`` of a cloth, turned with its piece by some degrees."""
    width, height, own_turn, body = _WEAVES[name](tones)
    return (
        f'<pattern id="weave{turn}" width="{width}" height="{height}" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate({own_turn + turn})">'
        f"{body}</pattern>"
    )


Weave = tuple[int, int, int, str]


def _rect(x: float, y: float, w: float, h: float, fill: str, opacity: float = 1.0) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}" '
        f'opacity="{opacity:g}"/>'
    )


def _line(d: str, colour: str, width: float, opacity: float = 1.0) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'opacity="{opacity:g}"/>'
    )


def _stripe(t: Palette) -> Weave:
    return 26, 26, 0, _rect(0, 0, 26, 10, t.trim)


def _pinstripe(t: Palette) -> Weave:
    return 11, 11, 0, _rect(0, 0, 1.6, 11, t.light, 0.75)


def _rib(t: Palette) -> Weave:
    return 9, 9, 0, _rect(0, 0, 2.2, 9, t.deep, 0.34) + _rect(2.2, 0, 2, 9, "#FFFFFF", 0.2)


def _cable(t: Palette) -> Weave:
    left = _line("M8 0 C8 10 24 12 24 22 C24 32 8 34 8 44", t.deep, 3, 0.38)
    right = _line("M24 0 C24 10 8 12 8 22 C8 32 24 34 24 44", "#FFFFFF", 3, 0.32)
    ribs = _rect(34, 0, 2, 44, t.deep, 0.3) + _rect(40, 0, 2, 44, t.deep, 0.3)
    return 44, 44, 0, left + right + ribs


def _knit(t: Palette) -> Weave:
    return (
        10,
        8,
        0,
        (_line("M0 1 L5 6 L10 1", t.deep, 1.3, 0.26) + _line("M0 3 L5 8 L10 3", "#FFFFFF", 1, 0.2)),
    )


def _denim(t: Palette) -> Weave:
    return 5, 5, 32, _rect(0, 0, 1.3, 5, "#FFFFFF", 0.16) + _rect(2.6, 0, 1.2, 5, t.deep, 0.28)


def _linen(t: Palette) -> Weave:
    return (
        7,
        7,
        0,
        (
            _rect(0, 0, 1, 7, t.deep, 0.13)
            + _rect(0, 3, 7, 1, t.deep, 0.13)
            + _rect(4, 0, 1, 7, "#FFFFFF", 0.16)
        ),
    )


def _corduroy(t: Palette) -> Weave:
    return 6, 6, 0, _rect(0, 0, 1.8, 6, t.deep, 0.32) + _rect(3, 0, 1.4, 6, "#FFFFFF", 0.16)


def _check(t: Palette) -> Weave:
    return 30, 30, 0, (_rect(0, 0, 13, 30, t.trim, 0.42) + _rect(0, 0, 30, 13, t.trim, 0.42))


def _plaid(t: Palette) -> Weave:
    return (
        56,
        56,
        0,
        (
            _rect(0, 0, 22, 56, t.deep, 0.30)
            + _rect(0, 0, 56, 22, t.deep, 0.30)
            + _rect(36, 0, 3, 56, t.light, 0.8)
            + _rect(0, 36, 56, 3, t.light, 0.8)
            + _rect(10, 0, 2, 56, t.trim, 0.7)
            + _rect(0, 10, 56, 2, t.trim, 0.7)
        ),
    )


def _dots(t: Palette) -> Weave:
    return (
        24,
        24,
        0,
        "".join(
            f'<circle cx="{x}" cy="{y}" r="3.2" fill="{t.light}"/>' for x, y in ((6, 6), (18, 18))
        ),
    )


def _flower(x: float, y: float, size: float, petal: str, heart: str) -> str:
    around = ((0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31))
    petals = "".join(
        f'<circle cx="{x + dx * size:g}" cy="{y + dy * size:g}" r="{size * 0.72:g}" '
        f'fill="{petal}"/>'
        for dx, dy in around
    )
    return petals + f'<circle cx="{x}" cy="{y}" r="{size * 0.55:g}" fill="{heart}"/>'


def _flowers(t: Palette) -> Weave:
    leaves = "M36 14 q7 -7 13 -1 q-7 6 -13 1 M8 44 q6 -7 12 -2 q-6 7 -12 2"
    leaf = f'<path d="{leaves}" fill="{t.deep}" opacity=".55"/>'
    return (
        58,
        58,
        0,
        (
            _flower(15, 14, 4.6, t.light, t.trim)
            + _flower(43, 42, 4.6, t.light, t.trim)
            + _flower(46, 12, 2.6, t.light, t.trim)
            + _flower(16, 45, 2.6, t.light, t.trim)
            + leaf
        ),
    )


def _bloom(t: Palette) -> Weave:
    return (
        92,
        92,
        0,
        (
            _flower(26, 26, 10, t.trim, t.light)
            + _flower(70, 70, 8, t.light, t.trim)
            + _flower(72, 22, 5, t.light, t.trim)
            + _flower(22, 72, 5, t.trim, t.light)
        ),
    )


def _houndstooth(t: Palette) -> Weave:
    return (
        16,
        16,
        0,
        (
            f'<path d="M0 0h8v8h-8z M8 8l8 -8v4l-4 4z M8 8l4 0 -4 4z M0 16l4 -4h-4z '
            f'M8 8h0v8l-4 0 4 -4z" fill="{t.trim}" opacity=".8"/>'
        ),
    )


_WEAVES: dict[str, Callable[[Palette], Weave]] = {
    "stripe": _stripe,
    "pinstripe": _pinstripe,
    "rib": _rib,
    "cable": _cable,
    "knit": _knit,
    "denim": _denim,
    "linen": _linen,
    "corduroy": _corduroy,
    "check": _check,
    "plaid": _plaid,
    "dots": _dots,
    "flowers": _flowers,
    "bloom": _bloom,
    "houndstooth": _houndstooth,
}


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(red: float, green: float, blue: float) -> str:
    return "#{:02X}{:02X}{:02X}".format(*(max(0, min(255, round(c))) for c in (red, green, blue)))


def _hls(colour: str) -> tuple[float, float, float]:
    red, green, blue = (channel / 255 for channel in _channels(colour))
    return colorsys.rgb_to_hls(red, green, blue)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    red, green, blue = (a * (1 - share) + b * share for a, b in pairs)
    return _hex(red, green, blue)


def _tint(colour: str) -> str:
    """A very light wall colour that belongs to the cloth."""
    hue, _, saturation = _hls(colour)
    if saturation < 0.09:
        return "#ECEBE7"
    red, green, blue = colorsys.hls_to_rgb(hue, 0.925, min(0.48, 0.16 + 0.55 * saturation))
    return _hex(red * 255, green * 255, blue * 255)


def _shift(colour: str, factor: float) -> str:
    """Darkens by a factor; pale cloth loses saturation so that its shadow stays cloth."""
    hue, lightness, saturation = _hls(colour)
    richness = 1.04 if lightness < 0.62 else 0.55 + 0.2 * (1 - lightness)
    red, green, blue = colorsys.hls_to_rgb(hue, lightness * factor, min(1.0, saturation * richness))
    return _hex(red * 255, green * 255, blue * 255)
