"""Every code of refusal has its sentence, in both languages, and no sentence is left over."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from console import paths
from console.relay.process import Trouble
from console.relay.texts import load_texts
from console.wire.errors import Code

TEXT = paths.resources() / "text"
SAID = [*Code, *Trouble]
"""Codes of the relay's refusals, and of a relay that is not there."""


def of(name: str, language: str) -> dict[str, str]:
    return dict(json.loads((TEXT / f"{name}.{language}.json").read_text(encoding="utf-8")))


def sentences(language: str) -> dict[str, str]:
    return of("reasons", language) | of("staff_reasons", language)


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_has_a_sentence_and_none_is_left_over(language):
    assert set(sentences(language)) == {code.value for code in SAID}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_only_staff_are_refused_is_no_burden_to_phones(language):
    assert of("reasons", language).keys() & of("staff_reasons", language).keys() == set()


@pytest.mark.parametrize("code", SAID)
def test_a_sentence_is_whole_in_both_languages(code):
    chinese, english = sentences("zh")[code], sentences("en")[code]
    assert chinese.endswith("。")
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert english.endswith(".")
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert blanks(chinese) == blanks(english)


def test_a_changed_word_is_another_text(tmp_path):
    for file in TEXT.glob("*.json"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = load_texts(tmp_path)
    changed = tmp_path / "privacy.en.json"
    changed.write_text(changed.read_text(encoding="utf-8").replace("birthday", "age"), "utf-8")
    after = load_texts(tmp_path)
    assert after.privacy.hash != before.privacy.hash
    assert after.marketing.hash == before.marketing.hash
    assert len(before.privacy.hash) == 64


def test_marketing_is_asked_for_apart_from_privacy():
    texts = load_texts(TEXT)
    assert "退订" in texts.marketing.zh
    assert "unsubscribe" in texts.marketing.en
    assert texts.marketing.hash != texts.privacy.hash
