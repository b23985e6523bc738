"""A segment is one set of members, whoever asks: the relay, a console's copy, or plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain import segments as s
from console.domain.birthdays import CALENDARS, Ahead, Calendar
from console.domain.lunar import lunar_days
from console.domain.segment_matching import Coupon, Deal, Facts, Notice, matches
from console.domain.segments import Rule
from console.domain.spans import Ago, Span, midnight
from tests.helpers import segment_rules
from tests.helpers.segment_rules import TODAY, RandomShop
from tests.helpers.segment_shops import Databases

_RELAXED = settings(suppress_health_check=[*HealthCheck])
"""The databases are the same in all examples, emptied for each."""


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@_RELAXED
@given(
    shop=segment_rules.shops(),
    rule=segment_rules.rules(),
    zone=st.sampled_from(segment_rules.ZONES),
)
def test_relay_replica_and_plain_python_find_the_same_members(
    databases: Databases, shop: RandomShop, rule: Rule, zone: ZoneInfo
) -> None:
    _agree(databases, shop, rule, zone)


@_RELAXED
@given(
    shop=segment_rules.shops(),
    rule=segment_rules.leaves(),
    zone=st.sampled_from(segment_rules.ZONES),
)
def test_so_they_do_for_every_single_question(
    databases: Databases, shop: RandomShop, rule: Rule, zone: ZoneInfo
) -> None:
    _agree(databases, shop, rule, zone)


def _agree(databases: Databases, shop: RandomShop, rule: Rule, zone: ZoneInfo) -> None:
    wanted = [facts.id for facts in shop.members if matches(rule, facts, TODAY, zone)]
    databases.fill(shop)
    assert databases.on_relay(rule, TODAY, zone) == wanted
    assert databases.on_replica(rule, TODAY, zone) == wanted


UTC = ZoneInfo("UTC")
_DAY = date(2026, 3, 10)
_EDGES = [
    s.Dated("seen", Span(_DAY, _DAY)), s.Dated("joined", Span(None, _DAY)),
    s.Dated("created", Span(_DAY)), s.Bought(when=Span(_DAY, _DAY)),
    s.Bought(when=Span(Ago(21, "day")), pieces=s.Range(1)),
    s.Visited(Span(Ago(1, "month"), _DAY)), s.Asked(when=Span(_DAY, Ago(3, "week"))),
    s.Group("none", (s.Dated("seen", Span(_DAY, _DAY)),)),
]  # fmt: skip


@pytest.mark.parametrize("rule", _EDGES)
@pytest.mark.parametrize("zone", segment_rules.ZONES)
def test_the_edges_of_a_day_are_the_same_for_all(
    databases: Databases, rule: Rule, zone: ZoneInfo
) -> None:
    begin, end = midnight(_DAY, zone), midnight(_DAY + timedelta(days=1), zone)
    blink = timedelta(milliseconds=1)
    moments = [begin - blink, begin, begin + blink, end - blink, end, None]
    _agree(databases, RandomShop([_at(n, at) for n, at in enumerate(moments, 1)], {}), rule, zone)


_SUMS = [
    s.Bought(pieces=s.Range(2, 3)), s.Bought(pieces=s.Range(None, 1)),
    s.Bought(amount=s.Range(200, 300)), s.Bought(amount=s.Range(None, 100)),
    s.Bought(pieces=s.Range(2), amount=s.Range(None, 200)),
    s.Visited(times=s.Range(2, 3)), s.Visited(times=s.Range(None, 1)),
    s.Asked(times=s.Range(2, 3)), s.Asked(times=s.Range(None, 1)),
    s.Asked(s.Items(("风衣",)), times=s.Range(2)), s.Points(s.Range(2, 3)), s.Bucket(2, 3),
    s.Group("none", (s.Bought(amount=s.Range(200, 300)),)),
]  # fmt: skip


@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize("rule", _SUMS)
def test_least_and_most_are_included_for_all(
    databases: Databases, rule: Rule, narrowed: bool
) -> None:
    if narrowed:
        rule = s.Group("all", (s.Listed(tuple(range(1, 7))), rule))
    _agree(databases, RandomShop([_did(number) for number in range(6)], {}), rule, UTC)


def _did(often: int) -> Facts:
    """Who did everything so many times."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    bought = (Deal(at, 1, "风衣", "f", 1, 100),) * often
    asked = (Deal(at, 1, "风衣", "f"),) * often
    return Facts(often + 1, points=often, bucket=often, purchases=bought, enquiries=asked,
                 visits=(at,) * often)  # fmt: skip


@pytest.mark.parametrize("kept", CALENDARS)
def test_a_birthday_is_of_its_own_calendar_for_all(databases: Databases, kept: Calendar) -> None:
    lunar, solar = lunar_days(TODAY)[0], f"{TODAY:%m-%d}"
    born = product((lunar, solar), (False, True))
    shop = [Facts(number, birthday=day, birthday_lunar=by_moon)
            for number, (day, by_moon) in enumerate(born, 1)]  # fmt: skip
    _agree(databases, RandomShop(shop, {}), s.Birthday(Ahead(0), kept), UTC)


@pytest.mark.parametrize("part", segment_rules.PARTS)
def test_a_size_is_that_of_its_part_for_all(databases: Databases, part: str) -> None:
    shop = [Facts(number, sizes={other: size}) for number, (other, size)
            in enumerate(product(segment_rules.PARTS, ("M", "L")), 1)]  # fmt: skip
    _agree(databases, RandomShop(shop, {}), s.Sized(part, ("M",)), UTC)


_OFFER = frozenset({5, 4})
_AT = datetime(2026, 3, 1, tzinfo=UTC)


def _told(number: int, **more: bool) -> tuple[Notice, ...]:
    """A notice of the campaign with this number; that of the series itself carries no offer."""
    offers = _OFFER if number > 4 else frozenset[int]()
    return (Notice(_AT, frozenset(segment_rules.family(number)), offers=offers, **more),)


_CLAIMANTS = [
    Facts(1, notices=_told(5), coupons=(Coupon(_OFFER),)),
    Facts(2, notices=_told(5), coupons=(Coupon(_OFFER, redeemed=True),)),
    Facts(3, notices=_told(5)), Facts(4, notices=_told(6)),
    Facts(5, notices=_told(5, recalled=True)), Facts(6, notices=_told(5, recalled=True, read=True)),
    Facts(7, notices=_told(4)), Facts(8, coupons=(Coupon(frozenset({1}), redeemed=True),)),
]  # fmt: skip


@pytest.mark.parametrize("campaign", [4, 5])
@pytest.mark.parametrize(
    ("did", "wanted"),
    [("claimed", [1, 2]), ("redeemed", [2]), ("unclaimed", [3, 4, 6])],
)
def test_an_offer_is_also_that_of_its_series_and_of_what_was_sent_again_for_all(
    databases: Databases, campaign: int, did: s.Claim, wanted: list[int]
) -> None:
    rule = s.Offered(campaign, did)
    assert [one.id for one in _CLAIMANTS if matches(rule, one, TODAY, UTC)] == wanted
    _agree(databases, RandomShop(_CLAIMANTS, {}), rule, UTC)


def _at(number: int, at: datetime | None) -> Facts:
    if at is None:
        return Facts(number)
    deal = (Deal(at, 1, "风衣", "f"),)
    return Facts(number, joined=at, created=at, seen=at, purchases=deal, enquiries=deal,
                 visits=(at,))  # fmt: skip
