"""The shop's figures equal a recount by hand, over random histories in a real replica."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.insight_facts import Moment, facts_of
from console.desk.insight_making import behind, looked, looks, looks_of, made, read_between, watched
from console.desk.insight_types import Elsewhere, Insights, NotYet
from console.desk.insights import visitors_of, visits_of
from console.domain.intervals import Rate
from console.domain.periods import Period
from console.domain.readership import DRAWN, curve_of
from console.domain.statistics import (
    Notice,
    PurchasesComparison,
    curve_of_watch,
    read_curve,
    reading_times,
)
from console.store import (
    driver,
    replica_insight_campaigns,
    replica_insight_curves,
    replica_insight_trade,
    replica_insights,
    replica_queries,
    replica_rollups,
    replica_tables,
)
from console.store.row_codec import to_ms
from console.wire import rows
from tests.helpers.campaign_history import (
    BEGAN,
    HISTORY,
    KINDS,
    MEMBERS,
    WEEK,
    WINDOWS,
    ByHand,
    fill,
    put,
)
from tests.helpers.relay_tallies import readers
from tests.property.test_reports import add_up as add_up_campaigns

ZONE = ZoneInfo("Asia/Shanghai")
NOON = BEGAN.replace(hour=4)
LENGTHS = {Period.WEEK: 7, Period.MONTH: 30}
PERSON = st.fixed_dictionaries({
    "joined": st.none() | st.integers(0, 150).map(lambda days: BEGAN - timedelta(days=days)),
    "blocked": st.booleans(),
    "seen": st.none() | st.integers(0, 200).map(lambda days: BEGAN - timedelta(days=days)),
    "state": st.sampled_from(("confirmed", "confirmed", "guest", "merged", "erased")),
    "bucket": st.sampled_from((0, 999, 1_000, 5_000, 6_999, 7_000)),
    "vip": st.integers(0, 4).map(lambda dice: dice == 0),
})  # fmt: skip
PEOPLE = st.lists(PERSON, min_size=len(MEMBERS), max_size=len(MEMBERS)).map(
    lambda found: dict(zip(MEMBERS, found, strict=True))
)
Person = dict[str, Any]


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    yield db
    db.close()


def until(history: dict[str, Any], end: datetime) -> dict[str, Any]:
    """What had happened by then."""
    notices = {
        place: tuple(at if at is not None and at < end and row[0] < end else None for at in row)
        for place, row in history["notices"].items()
    }  # fmt: skip
    named = ("hold", "visit", "purchase", "out", "in")
    coupons = [(who, at, used if used and max(at, used) < end else None)
               for who, at, used in history["coupon"] if at < end]  # fmt: skip
    kept = {name: [each for each in history[name] if each[1] < end] for name in named}
    return {**history, "notices": notices, "coupon": coupons, **kept}


class Shop:
    """A history and its people, written into a replica."""

    def __init__(
        self, db: driver.Connection, history: dict[str, Any], people: dict[int, Person],
        end: datetime,
    ) -> None:  # fmt: skip
        self.people, self.end = people, end
        self.history = until(history, end)
        self.begun = {
            number: min(row[0] for (of, _), row in self.history["notices"].items()
                        if of == number and row[0])
            for number in KINDS
            if any(of == number and row[0] for (of, _), row in self.history["notices"].items())
        }  # fmt: skip
        fill(db, self.history)
        self._fill_people(db)
        self._fill_campaigns(db)

    def _fill_people(self, db: driver.Connection) -> None:
        for table in ("member", "member_tag"):
            db.execute(f"DELETE FROM {table}")
        put(db, "member", [
            rows.MemberRow(id=who, rev=1, shop_id=1, name="", state=each["state"],
                           joined_at=each["joined"], marketing=self.wants(who, self.end),
                           blocked=each["blocked"], last_seen_at=each["seen"],
                           bucket=each["bucket"])
            for who, each in self.people.items()
        ])  # fmt: skip
        put(db, "member_tag", [rows.MemberTagRow(id=who, rev=1, member_id=who, tag="VIP")
                               for who, each in self.people.items() if each["vip"]])  # fmt: skip
        put(db, "consent", [
            rows.ConsentRow(id=900 + who, rev=1, member_id=who, purpose="marketing", granted=True,
                            at=BEGAN - timedelta(days=300))
            for who in self.people
        ])  # fmt: skip

    def _fill_campaigns(self, db: driver.Connection) -> None:
        for number, at in self.begun.items():
            mine = [row for (of, _), row in self.history["notices"].items() if of == number]
            counts = ", ".join(
                f'"{name}": {sum(row[place] is not None for row in mine)}'
                for place, name in enumerate(("written", "read", "replied"))
            )
            db.execute("UPDATE campaign SET started_at = ?, counts = ? WHERE id = ?",
                       (to_ms(at), f"{{{counts}}}", number))  # fmt: skip
        db.execute("UPDATE recipient SET reason = 'holdout' WHERE written_at IS NULL"
                   " AND (campaign_id + member_id) % 2")  # fmt: skip

    # --- by hand --------------------------------------------------------------------------

    def wants(self, who: int, end: datetime) -> bool:
        """Her last word before a moment; she had said yes long ago."""
        said = [(at, turn, turn == 1) for turn, name in enumerate(("out", "in"))
                for member, at in self.history[name] if member == who and at < end]  # fmt: skip
        return max(said)[2] if said else True

    def is_reachable(self, who: int, end: datetime) -> bool:
        each = self.people[who]
        seen = each["seen"] or each["joined"]
        return bool(
            each["joined"] and each["joined"] <= end and self.wants(who, end)
            and not each["blocked"] and each["state"] in ("confirmed", "guest")
            and end - seen <= timedelta(days=90)
        )  # fmt: skip

    def readers(self, begin: datetime, end: datetime) -> set[int]:
        return {who for (_, who), row in self.history["notices"].items()
                if row[0] and row[1] and begin <= row[1] < end}  # fmt: skip

    def open_rate(self, begin: datetime, end: datetime) -> Rate:
        found = self.readers(begin, end)
        whole = found | {who for who in self.people if self.is_reachable(who, end)}
        return Rate(len(found), len(whole))

    def came(self, begin: datetime, end: datetime) -> dict[bool, dict[int, int]]:
        """How often members came who had joined and wanted marketing at first; by whether held
        out, by member.
        """
        groups: dict[bool, dict[int, int]] = {False: {}, True: {}}
        for who, each in self.people.items():
            joined = each["joined"] is not None and each["joined"] < begin
            if joined and self.wants(who, begin) and not (each["blocked"] or each["vip"]) \
                    and each["state"] in ("confirmed", "guest"):  # fmt: skip
                # The last quarter of 2026 is the 8,107th: a tenth of buckets from 7,000 on.
                groups[7_000 <= each["bucket"] < 8_000][who] = sum(
                    member == who and begin <= at < end for member, at in self.history["visit"]
                )
        return groups

    def bought(self, campaign: int, window: timedelta) -> PurchasesComparison:
        groups = self.after(campaign, "purchase", window).values()
        return PurchasesComparison(*(Rate(sum(of.values()), len(of)) for of in groups))

    def after(
        self, campaign: int, deed: str, window: timedelta
    ) -> dict[bool, dict[int, bool]]:  # fmt: skip
        """Who of those compared did it in the window; by whether she got it or was held out."""
        begin = self.begun[campaign]
        groups: dict[bool, dict[int, bool]] = {True: {}, False: {}}
        for (of, who), row in self.history["notices"].items():
            if of != campaign or self.people[who]["vip"]:
                continue
            did = any(member == who and begin <= at < begin + window
                      for member, at in self.history[deed])  # fmt: skip
            if row[0] is not None and row[0] < begin + timedelta(days=1):
                groups[True][who] = did
            elif row[0] is None and (campaign + who) % 2:
                groups[False][who] = did
        return groups


def bounds(period: Period, end: datetime) -> list[tuple[datetime, datetime]]:
    """The period and the one before it: it begins at a local midnight, both end at one time."""
    back = timedelta(days=LENGTHS[period])
    found = []
    for last in (end, end - back):
        day = last.astimezone(ZONE).replace(hour=0, minute=0)
        days = day.weekday() if period is Period.WEEK else LENGTHS[period] - 1
        found.append((day - timedelta(days=days), last))
    return found


@settings(max_examples=150)
@given(
    history=HISTORY, people=PEOPLE, days=st.integers(5, 45),
    period=st.sampled_from((Period.WEEK, Period.MONTH)), window=WINDOWS, sums=st.booleans(),
)  # fmt: skip
def test_every_figure_of_a_period_equals_a_recount_by_hand(
    replica: driver.Connection, history: dict[str, Any], people: dict[int, Person], days: int,
    period: Period, window: timedelta, *, sums: bool,
) -> None:  # fmt: skip
    end = NOON + timedelta(days=days)
    shop = Shop(replica, history, people, end)
    if sums:
        add_up_campaigns(replica)
    moment = Moment(period=period, at=end, shop_id=1, timezone="Asia/Shanghai", window=window)
    facts = facts_of(replica, moment)
    figures = made(facts, moment)
    assert figures.window_days == window / timedelta(days=1)
    (begin, _), before = bounds(period, end)

    first = min(shop.begun.values(), default=end)
    now, earlier = shop.open_rate(begin, end), shop.open_rate(*before)
    assert figures.open_rate.now.rate == (now if first < end else Rate(0, 0))
    comparable = earlier.whole and first < before[1]
    assert figures.open_rate.before == (earlier if comparable else None)
    assert behind("read", facts, moment) == tuple(sorted(shop.readers(begin, end)))
    _check_visits(figures, shop, begin)
    came = shop.came(begin, end)[False]
    assert replica_insight_trade.visited(replica, 1, begin, end, "Asia/Shanghai") == tuple(
        sorted(who for who, times in came.items() if times)
    )
    _check_campaigns(replica, figures, shop, begin, window)

    sent = [number for number, at in shop.begun.items() if begin <= at < end]
    counted = _opt_outs_in(shop, begin, end)
    left = {number: set(ByHand(counted, number).opted_out()) for number in sent}
    written = sum(line.written for line in figures.campaigns)
    assert figures.opt_outs.share.now.rate == Rate(sum(map(len, left.values())), written)
    assert {line.campaign_id: line.left for line in figures.campaigns} == {
        number: len(members) for number, members in left.items()
    }
    assert behind("opted_out", facts, moment) == tuple(sorted(set().union(*left.values())))
    most = max(map(len, left.values()), default=0)
    assert (figures.opt_outs.most or ("", 0))[1] == most


def _opt_outs_in(shop: Shop, begin: datetime, end: datetime) -> dict[str, Any]:
    out = [each for each in shop.history["out"] if begin <= each[1] < end]
    return {**shop.history, "out": out}


def _check_visits(figures: Insights, shop: Shop, begin: datetime) -> None:
    # All these days are of one quarter.
    found, groups = figures.visits, shop.came(begin, shop.end)
    assert found.first == begin.astimezone(ZONE).date()
    days = (shop.end - begin) / timedelta(days=1)
    for mean, held_out in ((found.comparison.marketed, False), (found.comparison.held_out, True)):
        of = groups[held_out].values()
        assert mean == pytest.approx(sum(of) / len(of) * 30.4375 / days if of else 0.0)


@settings(max_examples=100)
@given(history=HISTORY, people=PEOPLE, days=st.integers(5, 45))
def test_visits_of_every_month_equal_a_recount_by_hand(
    replica: driver.Connection, history: dict[str, Any], people: dict[int, Person], days: int
) -> None:
    """The history goes over two months of one quarter."""
    end = NOON + timedelta(days=days)
    shop = Shop(replica, history, people, end)
    found = visits_of(replica, 1, end, "Asia/Shanghai")
    by_hand = [
        (date(2026, month, 1), begin, min(last, end))
        for month, begin, last in (
            (11, datetime(2026, 11, 1, tzinfo=ZONE), datetime(2026, 12, 1, tzinfo=ZONE)),
            (12, datetime(2026, 12, 1, tzinfo=ZONE), datetime(2027, 1, 1, tzinfo=ZONE)),
        )
        if begin < end and shop.begun and min(shop.begun.values()) < last
    ]
    assert [each.first for each in found] == [first for first, *_ in by_hand]
    for month, (first, begin, last) in zip(found, by_hand, strict=True):
        assert month.last == (last - timedelta(microseconds=1)).astimezone(ZONE).date()
        groups, length = shop.came(begin, last), (last - begin) / timedelta(days=1)
        for members, mean, held_out in (
            (month.marketed, month.comparison.marketed, False),
            (month.held_out, month.comparison.held_out, True),
        ):
            of = groups[held_out].values()
            assert members == len(of)
            assert mean == pytest.approx(sum(of) / len(of) * 30.4375 / length if of else 0.0)
            assert visitors_of(replica, (1, first, held_out), end, "Asia/Shanghai") == tuple(
                sorted(who for who, times in groups[held_out].items() if times)
            )


def _check_window_after(
    replica: driver.Connection, shop: Shop, campaign: int, window: timedelta
) -> None:
    row = replica_queries.one(replica, "campaign", campaign)
    found = replica_insight_trade.window_after(replica, row, "Asia/Shanghai", window)
    assert found is not None
    for deed, who in (("purchase", found.bought), ("visit", found.came)):
        groups = shop.after(campaign, deed, window)
        assert who == {member: got for got, of in groups.items() for member, did in of.items()
                       if did}  # fmt: skip
        assert (found.written, found.held_out) == (len(groups[True]), len(groups[False]))


def _check_campaigns(
    replica: driver.Connection, figures: Insights, shop: Shop, begin: datetime, window: timedelta
) -> None:
    sent = sorted(((at, number) for number, at in shop.begun.items() if begin <= at < shop.end),
                  reverse=True)  # fmt: skip
    assert [line.campaign_id for line in figures.campaigns] == [number for _, number in sent]
    for line in figures.campaigns:
        hand = ByHand(shop.history, line.campaign_id, window)
        assert (line.written, line.read, line.replied) == (
            len(hand.written), len(hand.reached["READ"]), len(hand.reached["ANSWERED"]),
        )  # fmt: skip
        assert (
            set(replica_insight_campaigns.answered(replica, [line.campaign_id], window))
            == (hand.reached["ANSWERED"])
        )
        assert line.held == len(hand.reached["RESERVED"])
        if shop.end < line.sent_at + window:
            assert line.effect == NotYet(until=line.sent_at + window)
        else:
            assert line.effect == shop.bought(line.campaign_id, window)
            _check_window_after(replica, shop, line.campaign_id, window)
    assert figures.replied == sum(line.replied for line in figures.campaigns)
    assert figures.held == sum(line.held for line in figures.campaigns)
    for curve in figures.curves:
        hand = ByHand(shop.history, curve.campaign_id)
        if all(shop.end - hand.mine[who][0] >= timedelta(days=3) for who in hand.written):
            for point in curve.table:
                assert point.share == pytest.approx(hand.share_read(point.elapsed), abs=1e-9)


def add_up(db: driver.Connection) -> None:
    """The sums of readers as the relay keeps them, by loops that know nothing of it."""
    names = ("campaign_id", "member_id", "counted", "written_at", "read_at")
    found = db.execute(f"SELECT {', '.join(names)} FROM recipient").fetchall()
    counted = readers({
        "shop": [{"id": 1, "timezone": "Asia/Shanghai"}],
        "campaign": [{"id": number, "shop_id": 1} for number in KINDS],
        "recipient": [dict(zip(names, row, strict=True)) for row in found],
    })  # fmt: skip
    db.execute("DELETE FROM readership")
    put(db, "readership", [
        rows.ReadershipRow(id=number, rev=1, shop_id=shop, span=span, readers=every,
                           unprompted=alone)
        for number, ((shop, span), (every, alone)) in enumerate(counted.items(), 1)
    ])  # fmt: skip


@settings(max_examples=40)
@given(history=HISTORY, days=st.integers(0, 40))
def test_a_cell_of_the_heat_map_counts_readers_once_in_an_hour(
    replica: driver.Connection, history: dict[str, Any], days: int
) -> None:
    fill(replica, history)
    add_up(replica)
    end = NOON + timedelta(days=days)
    reads = replica_insights.reads(replica, end - timedelta(days=40))
    shown = watched(end, "Asia/Shanghai")
    found = looks(replica_rollups.hours(replica, 1, *shown), shown, "Asia/Shanghai")
    local = {(who, row[1].astimezone(ZONE)) for (_, who), row in history["notices"].items()
             if row[0] and row[1]}  # fmt: skip
    today = end.astimezone(ZONE).date()
    hours = {(who, at.date(), at.hour) for who, at in local
             if 1 <= (today - at.date()).days <= 28}  # fmt: skip
    some = MEMBERS[:2]
    of_some = looks_of(reads, some, shown, "Asia/Shanghai").heat
    for cell in found.heat.cells:
        mine = [
            who for who, day, hour in hours if (day.weekday(), hour) == (cell.weekday, cell.hour)
        ]
        assert (cell.readers, cell.rate) == (len(mine), len(mine) / 4)
        [hers] = [each for each in of_some.cells
                  if (each.weekday, each.hour) == (cell.weekday, cell.hour)]  # fmt: skip
        assert hers.readers == sum(who in some for who in mine)
        if mine and cell.weekday is not None:
            assert looked(reads, shown, cell.weekday, cell.hour, "Asia/Shanghai") == tuple(
                sorted(set(mine))
            )


def test_what_is_kept_on_the_relay_only_is_left_out_and_said(replica: driver.Connection) -> None:
    history: dict[str, Any] = {
        "notices": {(1, 1): (BEGAN, BEGAN, None), (3, 1): (BEGAN + WEEK, BEGAN + WEEK, None)},
        "delivered": set(), "coupon": [],
        **{name: [] for name in ("hold", "visit", "purchase", "out", "in")},
    }  # fmt: skip
    person = {"joined": BEGAN - WEEK, "blocked": False, "seen": None, "state": "confirmed",
              "bucket": 0, "vip": False}  # fmt: skip
    end = BEGAN + timedelta(days=20)
    Shop(replica, history, dict.fromkeys(MEMBERS, person), end)
    replica.execute("DELETE FROM recipient WHERE campaign_id = 1")
    moment = Moment(period=Period.YEAR, at=end, shop_id=1, timezone="Asia/Shanghai")
    figures = made(facts_of(replica, moment), moment)
    assert replica_insight_campaigns.complete_since(replica) == BEGAN
    assert figures.known_since == BEGAN
    assert figures.open_rate.now.rate == Rate(0, 0)  # no whole month of which all is here
    assert [line.written for line in figures.campaigns] == [1, 1]
    assert [line.left for line in figures.campaigns] == [0, None]
    assert isinstance(figures.campaigns[-1].effect, Elsewhere)
    assert figures.opt_outs.share.now.rate == Rate(0, 1)


def test_of_twelve_months_the_open_rate_is_that_of_an_average_one(
    replica: driver.Connection,
) -> None:
    history: dict[str, Any] = {
        "notices": {(1, 1): (BEGAN, BEGAN, None), (1, 2): (BEGAN, BEGAN, None)},
        "delivered": set(), "coupon": [],
        **{name: [] for name in ("hold", "visit", "purchase", "out", "in")},
    }  # fmt: skip
    end = BEGAN + timedelta(days=45)
    person = {"joined": end - timedelta(days=100), "blocked": False, "seen": end, "bucket": 0,
              "state": "confirmed", "vip": False}  # fmt: skip
    Shop(replica, history, dict.fromkeys(MEMBERS, person), end)
    moment = Moment(period=Period.YEAR, at=end, shop_id=1, timezone="Asia/Shanghai")
    facts = facts_of(replica, moment)
    # Two months since the first campaign: two of three read in one, nobody in the other.
    figures = made(facts, moment)
    assert figures.open_rate.now.rate == Rate(1, 3)
    assert [each.share.rate for each in figures.months] == [Rate(2, 3), Rate(0, 3)]
    began, later = figures.months
    reads = replica_insights.reads(replica, BEGAN)
    assert read_between(reads, began.first, began.last, "Asia/Shanghai") == (1, 2)
    assert read_between(reads, later.first, later.last, "Asia/Shanghai") == ()
    assert behind("read", facts, moment) == (1, 2)


@settings(max_examples=80)
@given(history=HISTORY, minutes=st.integers(0, 16 * 24 * 60), sums=st.booleans())
def test_a_curve_is_that_of_all_reads_whether_or_not_sums_say_a_part_of_it(
    replica: driver.Connection, history: dict[str, Any], minutes: int, *, sums: bool
) -> None:
    at = BEGAN + timedelta(minutes=minutes)
    history = until(history, at)
    fill(replica, history)
    if sums:
        add_up_campaigns(replica)
    found = replica_insight_curves.watched(replica, 1, at)
    notices = [Notice(1, who, written, None, read)
               for (of, who), (written, read, _) in history["notices"].items()
               if of == 1]  # fmt: skip
    whole = read_curve(notices, at, DRAWN)
    assert (found is None) == (not any(each.written_at for each in notices))
    if found is not None:
        curve = (curve_of(found.within, found.written, DRAWN) if found.watch is None
                 else curve_of_watch(found.watch, DRAWN))  # fmt: skip
        assert [(each.elapsed, each.watched, each.readers) for each in curve] == [
            (each.elapsed, each.watched, each.readers) for each in whole
        ]
        assert [each.share for each in curve] == pytest.approx([each.share for each in whole])
        sooner = [who for _, who in reading_times(notices, at)]
        assert replica_insight_curves.readers_within(replica, 1, timedelta(days=9), at) == tuple(
            sooner
        )
