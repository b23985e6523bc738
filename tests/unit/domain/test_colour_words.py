"""Colours as members say them find the nearest of those an article is made in."""

from __future__ import annotations

import pytest

from console.domain.colour_words import EXACT, NAMED, NEAR, Colour, best_of, tones_of

WINE, RED = Colour("酒红色", "Wine", "#7A2E3A"), Colour("红色", "Red", "#B93F36")
NAVY, IVORY = Colour("藏青色", "Navy", "#36445B"), Colour("米白色", "Ivory", "#F2E8D0")


@pytest.mark.parametrize(("said", "colour"), [
    ("红", RED), ("酒红", WINE), ("burgundy", WINE), ("海军蓝", NAVY), ("dark blue", NAVY),
    ("蓝", NAVY), ("白", IVORY), ("奶白", IVORY),
])  # fmt: skip
def test_the_nearest_colour_is_meant(said: str, colour: Colour) -> None:
    assert best_of(NAMED[said], (WINE, RED, NAVY, IVORY))[0] == colour


def test_a_plain_word_fits_its_family_less_than_its_own_colour() -> None:
    assert best_of(NAMED["红"], (WINE,))[1] == NEAR
    assert best_of(NAMED["红"], (WINE, RED))[1] == EXACT


def test_another_family_fits_nothing() -> None:
    assert best_of(NAMED["绿"], (WINE, NAVY)) == (None, 0.0)


@pytest.mark.parametrize(("colour", "family"), [
    (Colour("松石绿"), "green"), (Colour("月光", "Moonlight", "#F4F6FA"), "white"),
    (Colour("晚霞", "Sunset", "#D0342C"), "red"), (Colour("深海", "Abyss", "#123C8C"), "blue"),
    (Colour("夜", "Night", "#101012"), "black"), (Colour("?"), ""),
    (Colour("x", "", "#zzzzzz"), ""),
])  # fmt: skip
def test_a_shops_own_colour_is_of_a_family_by_its_name_or_hue(colour: Colour, family: str) -> None:
    assert [tone.family for tone in tones_of(colour)] == [family]
