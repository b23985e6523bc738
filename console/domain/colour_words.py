"""Colours as members say them, beside the colours that a shop's articles are made in.  Pure.

A tone is one colour with all its names ("藏青", "海军蓝", "navy"); a family is what a plain word
may mean ("红": wine, rose and brick too).  A shop's own name for a colour is a tone by itself
when no name here is in it; its family then says the name, or its hue.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from console.domain.answers import fold

_TONES: Final[dict[str, str]] = {
    "red": (
        "red=红|大红|正红|中国红|鲜红|red;wine=酒红|暗红|枣红|勃艮第|wine|burgundy|maroon|wine red;"
        "rose=玫红|玫瑰红|桃红|rose|rose red;brick=砖红|铁锈红|铁锈|brick|brick red|rust|rust red"
    ),
    "pink": (
        "pink=粉|粉红|浅粉|嫩粉|樱花粉|pink|light pink;"
        "lotus=藕粉|藕|裸粉|豆沙|豆沙粉|脏粉|lotus|lotus pink|dusty pink|nude"
    ),
    "orange": "orange=橙|橘|桔|橘红|橙红|橘黄|orange",
    "yellow": (
        "yellow=黄|鹅黄|嫩黄|奶黄|浅黄|柠檬黄|yellow|light yellow;"
        "ginger=姜黄|姜|芥末黄|芥黄|土黄|ginger|mustard"
    ),
    "green": (
        "green=绿|正绿|green;"
        "beangreen=豆绿|浅绿|牛油果绿|牛油果|抹茶绿|抹茶|bean green|sage|avocado;"
        "darkgreen=墨绿|深绿|暗绿|森林绿|dark green|forest green|bottle green;"
        "army=军绿|橄榄绿|军|army|army green|olive|olive green;"
        "mint=薄荷绿|薄荷|浅绿|mint|mint green"
    ),
    "blue": (
        "blue=蓝|浅蓝|天蓝|淡蓝|blue|light blue|sky blue;"
        "navy=藏青|藏蓝|海军蓝|深蓝|藏|navy|navy blue|dark blue;"
        "mistblue=雾蓝|雾霾蓝|灰蓝|mist blue|haze blue|dusty blue;"
        "denim=牛仔蓝|浅蓝|浅牛仔|浅牛仔蓝|denim blue;"
        "darkdenim=深牛仔蓝|深牛仔|深蓝|dark denim|dark blue denim;"
        "lake=湖蓝|孔雀蓝|湖水蓝|lake|lake blue|teal;royal=宝蓝|克莱因蓝|royal|royal blue;"
        "indigo=靛蓝|靛|靛青|深蓝|indigo"
    ),
    "purple": (
        "purple=紫|深紫|purple|violet;lilac=香芋紫|香芋|浅紫|淡紫|薰衣草紫|丁香紫|lilac|lavender"
    ),
    "brown": (
        "brown=棕|褐|brown;coffee=咖啡|咖|深咖|深棕|巧克力|coffee|chocolate|dark brown;"
        "camel=驼|浅驼|浅棕|camel|tan;caramel=焦糖|焦糖棕|caramel;khaki=卡其|卡其黄|khaki;"
        "oat=燕麦|奶茶|奶咖|oat|oatmeal"
    ),
    "beige": "beige=米|米黄|beige|cream;apricot=杏|奶杏|apricot;oat=燕麦|奶茶|浅米|oat|oatmeal",
    "white": (
        "white=白|纯白|本白|white;"
        "ivory=米白|奶白|乳白|奶油|奶油白|象牙白|象牙|ivory|off white|off-white|cream white"
    ),
    "grey": (
        "grey=灰|中灰|grey|gray;charcoal=炭灰|深灰|碳灰|charcoal|dark grey|dark gray;"
        "lightgrey=浅灰|淡灰|花灰|麻灰|light grey|light gray"
    ),
    "black": "black=黑|纯黑|black",
}
"""By family: its tones, each with its names; the first tone is the plain word's own."""

SHADES: Final = {"深色": -1, "浅色": 1, "dark": -1, "深": -1, "浅": 1}
"""Words that choose among the colours there are: the darkest (-1) or the lightest (1)."""
EXACT, NEAR, RELATED = 1.0, 0.7, 0.5
"""How well a colour fits what was said: it is that, a plain word may mean it, a neighbour."""


@dataclass(frozen=True, slots=True)
class Tone:
    """What a name of a colour means; ``plain``: it may be any of its family."""

    name: str
    family: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as a shop calls it; ``hex`` as ``#B93F36``, "" unknown."""

    name: str
    name_en: str = ""
    hex: str = ""


def bare(name: str) -> str:
    """A colour's name as it is looked up: folded, without "色"."""
    folded = fold(name)
    for ending in ("颜色", "色"):
        if folded.endswith(ending) and len(folded) > len(ending):
            return folded[: -len(ending)]
    return folded


def _named() -> dict[str, tuple[Tone, ...]]:
    found: dict[str, list[Tone]] = {}
    for family, tones in _TONES.items():
        for place, each in enumerate(tones.split(";")):
            tone, _, names = each.partition("=")
            listed = names.split("|")
            for name in listed:
                plain = place == 0 and name in {listed[0], family}
                found.setdefault(name, []).append(Tone(tone, family, plain))
    return {name: tuple(means) for name, means in found.items()}


NAMED: Final = _named()
"""What every name of a colour here means."""
_PLAIN: Final = {name: means[0].family for name, means in NAMED.items() if means[0].plain}


@lru_cache(maxsize=4_096)
def tones_of(colour: Colour) -> tuple[Tone, ...]:
    """What a shop's colour is: by its name, its English name, the end of its name, its hue."""
    for name in (bare(colour.name), bare(colour.name_en)):
        if name in NAMED:
            return NAMED[name]
    name = bare(colour.name)
    family = _PLAIN.get(name[-1:]) or _PLAIN.get(bare(colour.name_en).rpartition(" ")[2])
    return (Tone(name, family or _family_of(colour.hex)),)


def _family_of(code: str) -> str:
    """The family of ``#RRGGBB`` by hue, lightness and saturation; "" of anything else."""
    try:
        red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    except ValueError:
        return ""
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.12 or light < 0.1 or light > 0.95:
        return "black" if light < 0.25 else "white" if light > 0.85 else "grey"
    degrees = hue * 360
    ends = ((15, "red"), (40, "brown" if light < 0.5 else "orange"), (65, "yellow"),
            (170, "green"), (255, "blue"), (300, "purple"), (345, "pink"))  # fmt: skip
    return next((family for end, family in ends if degrees < end), "red")


def lightness(colour: Colour) -> float:
    """From 0 (black) to 1 (white); a colour without a code is in the middle."""
    try:
        parts = [int(colour.hex[at : at + 2], 16) for at in (1, 3, 5)]
    except ValueError:
        return 0.5
    return sum(parts) / (3 * 255)


def closeness(said: Iterable[Tone], colour: Colour) -> float:
    """How well a shop's colour fits what was said, from 0 (not at all) to ``EXACT``."""
    best = 0.0
    for meant in said:
        for tone in tones_of(colour):
            if tone.name == meant.name:
                return EXACT
            if tone.family == meant.family:
                best = max(best, NEAR if meant.plain else RELATED)
    return best


def best_of(said: Iterable[Tone], colours: Iterable[Colour]) -> tuple[Colour | None, float]:
    """The colour that fits best and how well; ``(None, 0.0)`` when none does."""
    meant = tuple(said)
    rated = [(closeness(meant, colour), colour) for colour in colours]
    fit, colour = max(rated, key=lambda each: each[0], default=(0.0, None))
    return (colour, fit) if fit else (None, 0.0)
