"""How a draft is divided into versions, and what A and B could show before they are sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.desk.campaign_types import CampaignItem, DraftVariant
from console.desk.campaign_versions import Way, divided, way_of
from console.desk.version_power import smallest_difference, usual_rate
from console.domain import audiences
from console.domain.experiments import power_of_rise
from console.domain.intervals import TooFew
from console.domain.segments import Choice

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=4)


def item(written: int, read: int, **facts: Any) -> CampaignItem:
    known = {"state": "done", "finished_at": LONG_AGO, "at": LONG_AGO} | facts
    return CampaignItem(client_id="c", counts={"written": written, "read": read}, **known)


@pytest.mark.parametrize("way", [Way.SEXES, Way.HALVES])
def test_one_version_becomes_two_alike_and_the_edited_one_stays(way: Way) -> None:
    two = divided((DraftVariant(body="coats"),), 0, way)
    assert [each.body for each in two] == ["coats", "coats"]
    assert way_of(two) is way
    other = (two[0], DraftVariant(name=two[1].name, rule=two[1].rule, body="scarves"))
    (kept,) = divided(other, 1, Way.ONE)
    assert (kept.name, kept.rule, kept.share, kept.body) == ("", None, 100, "scarves")


def test_womens_and_mens_words_are_kept_as_a_and_b() -> None:
    women, men = divided((DraftVariant(),), 0, Way.SEXES)
    assert (women.rule, men.rule) == (Choice("gender", ("f",)), Choice("gender", ("m",)))
    two = (DraftVariant(name="women", body="coats"), DraftVariant(name="men", body="ties"))
    first, second = divided(two, 0, Way.HALVES)
    assert (first.name, first.rule, first.share, first.body) == ("A", None, 50, "coats")
    assert (second.name, second.rule, second.share, second.body) == ("B", None, 100, "ties")


def test_a_and_b_reach_everybody_between_them_each_about_half() -> None:
    variants = divided((DraftVariant(),), 0, Way.HALVES)
    choices = [audiences.Choice(each.name, None, each.share) for each in variants]
    got = [audiences.choose(choices, "7", who) for who in range(4_000)]
    assert set(got) == {"A", "B"}
    assert got.count("A") == pytest.approx(2_000, abs=130)  # four standard deviations


def test_the_usual_rate_is_that_of_the_five_newest_that_are_read_to_the_end() -> None:
    left_out = [
        item(100, 100, finished_at=NOW - timedelta(hours=71)),
        item(100, 100, finished_at=None),
        item(100, 100, kind="resend"),
        item(100, 100, kind="correction"),
        item(100, 100, recalled_at=LONG_AGO),
        item(0, 0),
    ]
    counted = [item(200, 60), item(200, 100, kind="occurrence"), *[item(200, 80)] * 3]
    assert usual_rate([*left_out, *counted, item(200, 200)], NOW) == pytest.approx(400 / 1_000)


def test_a_shop_that_sent_little_has_no_usual_rate() -> None:
    assert usual_rate([], NOW) is None
    assert usual_rate([item(40, 20)], NOW) is None


def test_the_smallest_difference_is_seen_in_eighty_of_a_hundred() -> None:
    found = smallest_difference(1_777, 0.35)
    assert isinstance(found, float)
    assert power_of_rise(0.35, found, 888, 889) == pytest.approx(0.8)
    assert smallest_difference(1_777, None) == smallest_difference(1_777, 0.5)
    assert isinstance(smallest_difference(10, None), TooFew)
    assert isinstance(smallest_difference(1, 0.3), TooFew)
