"""Fields are filled in once, blanks get their fallback, and nothing else is touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain import templates
from console.domain.templates import FIELDS, Facts, render

words = st.text(st.characters(blacklist_characters="{}", blacklist_categories=["Cs"]))
blanks = st.sampled_from(["", " ", "\u3000", "\t\n"])


@given(words)
def test_words_without_fields_stay_as_they_are(body: str) -> None:
    assert render(body, Facts(name="x"), {"name": "y"}) == body


@given(words, st.sampled_from(FIELDS), words, words.filter(str.strip).filter("0".__ne__), words)
def test_a_field_becomes_what_is_known(
    before: str, field: str, after: str, value: str, fallback: str
) -> None:
    body = f"{before}{{{field}}}{after}"
    assert render(body, Facts(**{field: value}), {field: fallback}) == f"{before}{value}{after}"


@given(words, st.sampled_from(FIELDS), words, blanks, words)
def test_a_blank_counts_as_missing(
    before: str, field: str, after: str, blank: str, fallback: str
) -> None:
    body = f"{before}{{{field}}}{after}"
    assert render(body, Facts(**{field: blank}), {field: fallback}) == f"{before}{fallback}{after}"
    assert render(body, Facts(**{field: blank}), {}) == before + after


def test_no_points_are_said_as_the_fallback_says_it_if_there_is_one() -> None:
    assert render("{points} points", Facts(points="0"), {"points": "no"}) == "no points"
    assert render("{points} points", Facts(points="0"), {}) == "0 points"
    assert render("{points} points", Facts(points="0"), {"points": " "}) == "0 points"
    assert render("{points} points", Facts(points="10"), {"points": "no"}) == "10 points"
    assert render("{name}", Facts(name="0"), {"name": "you"}) == "0"


@given(st.sampled_from(FIELDS), st.sampled_from(FIELDS))
def test_what_is_filled_in_is_never_filled_in_again(first: str, second: str) -> None:
    value = f"{{{second}}}"
    assert render(f"{{{first}}}", Facts(**{first: value}), {second: "no"}) == value
    assert render(f"{{{first}}}", Facts(), {first: value}) == value


@given(st.text())
def test_any_text_is_rendered(body: str) -> None:
    rendered = render(body, Facts(), dict.fromkeys(FIELDS, "∎"))
    assert rendered.count("∎") >= len(templates.fields_in(body))


def test_braces_that_name_nothing_stay() -> None:
    assert render("{Name} {} {none} {{name}}", Facts(name="晓雯"), {}) == "{Name} {} {none} {晓雯}"
    assert templates.fields_in("{points} {name} {points} {nobody}") == ("points", "name")


@given(st.integers(0, 10**6), st.integers(1, 5_000))
def test_the_missing_points_make_a_coupon(points: int, each: int) -> None:
    missing = templates.points_to_coupon(points, each)
    assert 0 < missing <= each
    assert (points + missing) % each == 0


def test_a_birthday_in_both_languages() -> None:
    assert templates.birthday_words("05-20", "zh") == "5月20日"
    assert templates.birthday_words("05-20", "en") == "May 20"
    assert templates.birthday_words("", "zh") == ""
