"""Phrases and conversations are complete, and every blank can be filled."""

from __future__ import annotations

import random

import pytest

from console.demo.catalogue import product, products
from console.demo.phrases import Script, phrasebook, say, script, scripts, subject_for


def test_at_least_sixty_scripts_of_three_to_twelve_turns() -> None:
    assert len(scripts()) >= 60
    assert len({item.name for item in scripts()}) == len(scripts())
    assert all(3 <= len(item.turns) <= 12 for item in scripts())


@pytest.mark.parametrize("talk", scripts(), ids=lambda talk: talk.name)
def test_every_script_has_both_voices_and_fits_something(talk: Script) -> None:
    assert {turn.sender for turn in talk.turns} == {"member", "staff"}
    fitting = [
        item
        for item in products()
        for month in range(1, 13)
        if talk.fits(item, "f" if talk.gender == "any" else talk.gender, month)
    ]
    assert fitting


def test_no_blank_is_left_open() -> None:
    dice = random.Random(3)
    texts = [turn.text for talk in scripts() for turn in talk.turns]
    texts += [text for phrases in phrasebook().values() for text in phrases]
    for item in products():
        subject = subject_for(dice, item, "M", name="雨桐")
        for text in texts:
            filled = subject.fill(text)
            assert "{" not in filled
            assert "}" not in filled


def test_a_size_is_never_asked_of_something_that_has_none() -> None:
    scarf = product("A001")
    for talk in scripts():
        if talk.fits(scarf, "f", 12):
            assert not any("{size}" in turn.text for turn in talk.turns)


def test_a_talk_about_down_jackets_waits_for_winter() -> None:
    talk = script("down-warm")
    assert talk.fits(product("W010"), "f", 1)
    assert not talk.fits(product("W010"), "f", 7)
    assert not talk.fits(product("W001"), "f", 1)


def test_awkward_texts_are_there() -> None:
    book = phrasebook()
    assert any(text.count("\n") >= 20 for text in book["long"])
    assert any("\u0590" <= letter <= "\u06ff" for text in book["rtl"] for letter in text)
    assert any("\u200d" in text for text in book["emoji"])
    assert {"退订", "TD", "unsubscribe"} <= set(book["opt_out"])
    assert "不要退订" in book["not_opt_out"]


def test_the_same_dice_say_the_same() -> None:
    subject = subject_for(random.Random(1), product("W001"), "L")
    once = [say(random.Random(9), "stock_questions", subject) for _ in range(3)]
    assert len(set(once)) == 1
