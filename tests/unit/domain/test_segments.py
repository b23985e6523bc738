"""Rules of segments: read, written, expanded, and refused with the place that is wrong."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from console.domain import segments as s
from console.domain.birthdays import Dates
from console.domain.segment_json import to_json
from console.domain.segment_matching import Facts, matches
from console.domain.segment_parsing import LEAVES, parse
from console.domain.segments import Fault, Group, Rule, Saved
from tests.helpers import segment_rules
from tests.helpers.segment_rules import TODAY

UTC = ZoneInfo("UTC")
TIER = {"leaf": "tier", "in": ["gold"]}


@given(segment_rules.rules(saved=(1, 2)))
def test_a_rule_survives_being_written_down(rule: Rule) -> None:
    assert parse(json.loads(json.dumps(to_json(rule)))) == rule


def test_the_random_rules_know_every_leaf() -> None:
    names = {to_json(leaf)["leaf"] for leaf in _one_of_each()}
    assert names == set(LEAVES)


def _one_of_each() -> list[s.Leaf]:
    return [
        *(s.Choice(column, of) for column, of in s.CHOICES.items()),
        *(s.Dated(column, s.ALWAYS) for column in s.DATED),
        s.Marketing(True), s.Sized("top", ("L",)), s.Tagged(("复古",)), s.Points(s.Range(1)),
        s.Birthday(segment_rules.Ahead(7)), s.Bought(), s.Visited(), s.Asked(), s.Noticed("read"),
        s.Answered(1), s.Offered(1),
        s.Listed((1,)), Saved(1), s.Bucket(0, 999),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "rule"),
        ([], "rule"),
        ({}, "rule"),
        ({"leaf": "colour"}, "leaf"),
        ({"leaf": ["tier"]}, "leaf"),
        ({"leaf": "tier"}, "in"),
        ({"leaf": "tier", "in": []}, "in"),
        ({"leaf": "tier", "in": ["gold", "gold"]}, "in"),
        ({"leaf": "tier", "in": ["gold", "platinum"]}, "in[1]"),
        ({"leaf": "tier", "in": ["gold"], "not": True}, "not"),
        ({"leaf": "state", "in": ["erased"]}, "in[0]"),
        ({"all": [TIER], "any": [TIER]}, "any"),
        ({"all": [TIER, {"any": []}]}, "all[1].any"),
        ({"none": []}, "none"),
        ({"all": {"leaf": "tier"}}, "all"),
        ({"all": [TIER, {"none": [{"leaf": "points", "amount": {}}]}]}, "all[1].none[0].amount"),
        ({"leaf": "points", "amount": {"from": 5, "to": 4}}, "amount.to"),
        ({"leaf": "points", "amount": {"from": True}}, "amount.from"),
        ({"leaf": "points", "amount": {"from": -1}}, "amount.from"),
        ({"leaf": "marketing", "is": 1}, "is"),
        ({"leaf": "tag", "in": [" x"]}, "in[0]"),
        ({"leaf": "tag", "in": ["a\x00b"]}, "in[0]"),
        ({"leaf": "tag", "in": ["x" * 61]}, "in[0]"),
        ({"leaf": "members", "ids": [0]}, "ids[0]"),
        ({"leaf": "members", "ids": list(range(1, 4_002))}, "ids"),
        ({"leaf": "bucket", "from": 9, "to": 8}, "to"),
        ({"leaf": "bucket", "from": 0, "to": 10_000}, "to"),
        ({"leaf": "birthday", "window": {"from": "02-30", "to": "03-01"}}, "window.from"),
        ({"leaf": "birthday", "window": {"ahead": 400}}, "window.ahead"),
        ({"leaf": "birthday", "window": {"name": "year"}}, "window.name"),
        ({"leaf": "birthday", "window": {"ahead": 7, "name": "week"}}, "window.name"),
        ({"leaf": "seen", "when": {"from": "2026-02-30"}}, "when.from"),
        ({"leaf": "seen", "when": {"from": "0001-01-01"}}, "when.from"),
        ({"leaf": "seen", "when": {"from": "2026-02-02", "to": "2026-02-01"}}, "when"),
        ({"leaf": "seen", "when": {"from": {"ago": 1, "unit": "hour"}}}, "when.from.unit"),
        ({"leaf": "seen", "when": {"this": "day"}}, "when.this"),
        ({"leaf": "seen"}, "when"),
        ({"leaf": "bought", "items": {"wearer": "x"}}, "items.wearer"),
        ({"leaf": "offer", "campaign": 5}, "did"),
        ({"leaf": "offer", "campaign": 5, "did": "voided"}, "did"),
        ({"leaf": "offer", "did": "claimed"}, "campaign"),
        ({"leaf": "bought", "items": {"products": ["1"]}}, "items.products[0]"),
    ],
)
def test_what_is_wrong_is_refused_by_its_place(value: Any, path: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(value)
    assert (caught.value.code, caught.value.path) == ("invalid", path)


def test_eight_groups_deep_is_enough() -> None:
    value: dict[str, Any] = TIER
    for _ in range(s.MAX_DEPTH):
        value = {"all": [value]}
    assert to_json(parse(value)) == value
    with pytest.raises(Fault) as caught:
        parse({"all": [value]})
    assert caught.value.code == "too_deep"


def test_absurdly_deep_json_is_refused_before_it_is_walked() -> None:
    value: dict[str, Any] = TIER
    for _ in range(5_000):
        value = {"any": [value]}
    with pytest.raises(Fault):
        parse(value)


def test_a_hundred_leaves_are_enough() -> None:
    half = {"any": [TIER] * 50}
    parse({"all": [half, half]})
    with pytest.raises(Fault) as caught:
        parse({"all": [half, half, TIER]})
    assert caught.value.code == "too_many"


def test_saved_segments_are_written_out_however_deep() -> None:
    gold = s.Choice("tier", ("gold",))
    saved: dict[int, Rule] = {1: gold, 2: Group("none", (Saved(1),))}
    assert s.expanded(Group("all", (Saved(2), Saved(1))), saved) == Group(
        "all", (Group("none", (gold,)), gold)
    )
    assert s.used(Group("all", (Saved(2), gold))) == {2}


def test_a_segment_that_uses_itself_is_refused() -> None:
    saved: dict[int, Rule] = {1: Group("any", (Saved(2),)), 2: Saved(3), 3: Saved(1)}
    with pytest.raises(Fault) as caught:
        s.expanded(Saved(1), saved)
    assert caught.value.code == "cycle"


def test_a_segment_that_is_gone_is_refused() -> None:
    with pytest.raises(Fault) as caught:
        s.expanded(Saved(9), {})
    assert (caught.value.code, caught.value.path) == ("missing", "segment 9")


def test_segments_that_double_each_other_are_refused_before_they_fill_the_memory() -> None:
    saved: dict[int, Rule] = {0: s.Marketing(True)}
    for number in range(1, 21):
        saved[number] = Group("all", (Saved(number - 1), Saved(number - 1)))
    with pytest.raises(Fault) as caught:
        s.expanded(Saved(20), saved)
    assert caught.value.code == "too_many"


def test_segments_within_segments_end_at_24_groups() -> None:
    saved: dict[int, Rule] = {0: s.Marketing(True)}
    for number in range(1, 26):
        saved[number] = Group("none", (Saved(number - 1),))
    s.expanded(Saved(24), saved)
    with pytest.raises(Fault) as caught:
        s.expanded(Saved(25), saved)
    assert caught.value.code == "too_deep"


def test_long_lists_count_for_more_than_one_leaf() -> None:
    some = [s.Listed(tuple(range(1, s.MAX_LISTED + 1)))] * 4
    s.expanded(Group("any", tuple(some)), {})
    with pytest.raises(Fault) as caught:
        s.expanded(Group("any", (*some, *some)), {})
    assert caught.value.code == "too_many"


def test_birthdays_are_asked_among_a_years_days_and_count_for_many_leaves() -> None:
    """A database takes only so many values: no rule that is kept may fail when it is asked."""
    some = (s.Birthday(Dates("01-01", "12-31")),) * (s.MAX_EXPANDED // 15)
    s.expanded(Group("any", some), {})
    with pytest.raises(Fault) as caught:
        s.expanded(Group("any", (*some, *some[:1])), {})
    assert caught.value.code == "too_many"


def test_everybody_is_nobody_who_is_gone() -> None:
    found = [state for state in ("known", "guest", "confirmed", "merged", "erased")
             if matches(s.EVERYBODY, Facts(1, state=state), TODAY, UTC)]  # fmt: skip
    assert found == ["known", "guest", "confirmed"]
    nobody = Group("none", (s.Marketing(True),))
    assert not matches(nobody, Facts(1, state="erased"), TODAY, UTC)


def test_at_most_two_pieces_holds_for_who_bought_nothing() -> None:
    assert matches(s.Bought(pieces=s.Range(None, 2)), Facts(1), TODAY, UTC)
    assert not matches(s.Bought(), Facts(1), TODAY, UTC)
