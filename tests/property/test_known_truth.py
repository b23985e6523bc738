"""A shop whose truth is known: what it was made with lies in the intervals, and every figure of a
period equals a recount in plain Python over the rows of the copy, formulas included.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.desk.insight_facts import Moment, facts_of
from console.desk.insight_making import made
from console.desk.insight_types import Insights
from console.desk.insights import visits_of
from console.domain.intervals import Estimate
from console.domain.periods import Period
from console.domain.statistics import PurchasesComparison
from console.store import driver, replica_keeping, replica_tables
from console.wire import rows, trade_rows
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from tests.helpers.campaign_history import put

ZONE = ZoneInfo("Asia/Shanghai")
END = datetime(2026, 11, 30, 4, tzinfo=UTC)
"""Noon of the last day of November."""
BEGINS = [datetime(2026, *day, 2, tzinfo=UTC) for day in ((10, 12), (10, 26), (11, 9), (11, 16))]
MEMBERS, DAY, WEEK = 2_500, 86_400_000, 7 * 86_400_000
READ, BUYS, BUYS_MORE = 0.4, 0.08, 0.1
VISITS, VISITS_MORE = 1.0, 0.5
"""Of each month and member: four occasions, each taken or not."""
Exported = dict[str, list[dict[str, Any]]]


# --- a history ----------------------------------------------------------------------------------


class History:
    """Rows of a shop drawn by chance, out of rates that are known."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.tables: dict[str, list[Any]] = {
            name: [] for name in ("member", "member_tag", "campaign", "recipient", "consent",
                                  "visit", "purchase", "hold")
        }  # fmt: skip
        self.held_out = set[int]()
        self._people()
        for number, at in enumerate(BEGINS, 1):
            self._campaign(number, at)
        self._visits()

    def _add(self, table: str, make: Callable[..., Any], **values: Any) -> None:
        kept = self.tables[table]
        kept.append(make(id=len(kept) + 1, rev=1, **values))

    def _people(self) -> None:
        for who in range(1, MEMBERS + 1):
            bucket, joined = self.chance.randrange(10_000), self.chance.randrange(80, 400)
            vip, left = self.chance.random() < 0.03, self.chance.random() < 0.05
            if 7_000 <= bucket < 8_000:  # the last quarter of 2026 is the 8,107th
                self.held_out.add(who)
            out = BEGINS[0] + timedelta(hours=self.chance.randrange(40 * 24))
            self._add("member", rows.MemberRow, shop_id=1, name="", state="confirmed",
                      bucket=bucket, joined_at=END - timedelta(days=joined), marketing=not left,
                      last_seen_at=END - timedelta(days=self.chance.randrange(180)))  # fmt: skip
            self._add("consent", rows.ConsentRow, member_id=who, purpose="marketing", granted=True,
                      at=END - timedelta(days=joined))  # fmt: skip
            if left:
                self._add("consent", rows.ConsentRow, member_id=who, purpose="marketing",
                          granted=False, at=out)  # fmt: skip
            if vip:
                self._add("member_tag", rows.MemberTagRow, member_id=who, tag="VIP")

    def _campaign(self, number: int, at: datetime) -> None:
        counts = dict.fromkeys(("written", "read", "replied"), 0)
        for who in range(1, MEMBERS + 1):
            if self.chance.random() > 0.6:  # audiences overlap
                continue
            held = who in self.held_out
            written = None if held else at + timedelta(milliseconds=100 * who)
            read = replied = None
            if written and self.chance.random() < READ:
                read = written + timedelta(hours=self.chance.expovariate(1 / 6))
                if self.chance.random() < 0.2:
                    replied = read + timedelta(minutes=self.chance.randrange(1, 600))
            for name, done in (("written", written), ("read", read), ("replied", replied)):
                counts[name] += done is not None
            self._add("recipient", RecipientRow, campaign_id=number, member_id=who, at=at,
                      written_at=written, read_at=read, replied_at=replied, counted=not held,
                      state="skipped" if held else "written",
                      reason="holdout" if held else "")  # fmt: skip
            for table, chance in (("purchase", BUYS + (0 if held else BUYS_MORE)), ("hold", 0.04)):
                if self.chance.random() < chance:
                    self._deed(table, who, at + timedelta(minutes=self.chance.randrange(7 * 1_440)))
        self._add("campaign", CampaignRow, shop_id=1, client_id=f"c{number}", at=at, started_at=at,
                  state="done", counts=counts, content=CampaignContent())  # fmt: skip

    def _deed(self, table: str, who: int, at: datetime) -> None:
        if table == "hold":
            self._add("hold", trade_rows.HoldRow, shop_id=1, member_id=who, at=at, variant_id=1,
                      client_id=f"h{len(self.tables['hold'])}")  # fmt: skip
        elif table == "purchase":
            self._add("purchase", trade_rows.PurchaseRow, shop_id=1, member_id=who, at=at)
        else:
            self._add("visit", trade_rows.VisitRow, shop_id=1, member_id=who, at=at)

    def _visits(self) -> None:
        for month, days in ((10, 31), (11, 29)):
            begin = datetime(2026, month, 1, tzinfo=ZONE)
            for who in range(1, MEMBERS + 1):
                rate = VISITS + (0 if who in self.held_out else VISITS_MORE)
                for _ in range(4):
                    if self.chance.random() < rate / 4:
                        at = begin + timedelta(minutes=self.chance.randrange(days * 1_440))
                        self._deed("visit", who, at.astimezone(UTC))


# --- by hand: nothing of the program, only its rows ---------------------------------------------


def export(db: driver.Connection, tables: list[str]) -> Exported:
    """Rows as they stand in the copy, times in milliseconds."""
    found = {}
    for table in tables:
        asked = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in asked.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    return found


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1_000)


Z = 1.959963984540054


def wilson(part: int, whole: int) -> tuple[float, float]:
    share, below = part / whole, 1 + Z * Z / whole
    middle = (share + Z * Z / (2 * whole)) / below
    half = Z / below * math.sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    return middle - half, middle + half


def newcombe(one: tuple[int, int], two: tuple[int, int]) -> tuple[float, float]:
    (low, high), (floor, top) = wilson(*one), wilson(*two)
    p, q = one[0] / one[1], two[0] / two[1]
    return (p - q - math.sqrt((p - low) ** 2 + (top - q) ** 2),
            p - q + math.sqrt((high - p) ** 2 + (q - floor) ** 2))  # fmt: skip


def t_of(degrees: float) -> float:
    """The 97.5 % quantile: the density added up by Simpson's rule, the end found by halving."""
    front = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2))
    front /= math.sqrt(degrees * math.pi)

    def below(end: float) -> float:
        step = end / 400
        heights = [(1 + (n * step) ** 2 / degrees) ** (-(degrees + 1) / 2) for n in range(401)]
        inner = 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
        return 0.5 + front * step / 3 * (heights[0] + inner + heights[-1])

    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < 0.975 else (low, middle)
    return low


def welch(one: list[int], two: list[int]) -> tuple[float, float]:
    means = [sum(each) / len(each) for each in (one, two)]
    parts = [sum((n - mean) ** 2 for n in each) / (len(each) - 1) / len(each)
             for each, mean in zip((one, two), means, strict=True)]  # fmt: skip
    spread = sum(parts)
    degrees = spread**2 / sum(part**2 / (len(each) - 1)
                              for part, each in zip(parts, (one, two), strict=True))  # fmt: skip
    half = t_of(degrees) * math.sqrt(spread)
    return means[0] - means[1] - half, means[0] - means[1] + half


class Hand:
    """The figures, counted over exported rows by loops."""

    def __init__(self, exported: Exported) -> None:
        self.rows = exported
        self.vip = {row["member_id"] for row in exported["member_tag"]}

    def wants(self, who: dict[str, Any], at: int) -> bool:
        said = [(row["at"], row["granted"]) for row in self.rows["consent"]
                if row["member_id"] == who["id"] and row["at"] < at]  # fmt: skip
        return bool(max(said)[1]) if said else bool(who["marketing"])

    def open_rate(self, begin: int, end: int) -> tuple[int, int]:
        readers = {row["member_id"] for row in self.rows["recipient"]
                   if row["read_at"] and begin <= row["read_at"] < end}  # fmt: skip
        reachable = {who["id"] for who in self.rows["member"]
                     if end - who["last_seen_at"] <= 90 * DAY and self.wants(who, end)}  # fmt: skip
        return len(readers), len(readers | reachable)

    def visits(self, begin: int, end: int) -> tuple[list[int], list[int]]:
        came: dict[int, int] = {}
        for row in self.rows["visit"]:
            if begin <= row["at"] < end:
                came[row["member_id"]] = came.get(row["member_id"], 0) + 1
        groups: tuple[list[int], list[int]] = ([], [])
        for who in self.rows["member"]:
            if who["joined_at"] < begin and who["id"] not in self.vip and self.wants(who, begin):
                groups[7_000 <= who["bucket"] < 8_000].append(came.get(who["id"], 0))
        return groups

    def of(self, campaign: int) -> list[dict[str, Any]]:
        return [row for row in self.rows["recipient"] if row["campaign_id"] == campaign]

    def bought(self, campaign: int, began: int) -> tuple[tuple[int, int], tuple[int, int]]:
        buyers = {row["member_id"] for row in self.rows["purchase"]
                  if began <= row["at"] < began + WEEK}  # fmt: skip
        mine = [row for row in self.of(campaign) if row["member_id"] not in self.vip]
        got = [row["member_id"] in buyers for row in mine if row["written_at"]]
        held = [row["member_id"] in buyers for row in mine if not row["written_at"]]
        return (sum(got), len(got)), (sum(held), len(held))

    def held(self, campaign: int) -> int:
        """Reserved within 7 days, owed to what touched her most strongly, the last of equals."""
        found = set()
        for hold in self.rows["hold"]:
            touched = [(bool(row["replied_at"]) and row["replied_at"] <= hold["at"],
                        row["written_at"], row["campaign_id"])
                       for row in self.rows["recipient"] if row["member_id"] == hold["member_id"]
                       and row["read_at"] and row["read_at"] <= hold["at"]
                       and hold["at"] <= row["written_at"] + WEEK]  # fmt: skip
            if touched and max(touched)[2] == campaign:
                found.add(hold["member_id"])
        return len(found)

    def left(self, campaign: int) -> int:
        found = 0
        for row in self.rows["consent"]:
            got = [(each["written_at"], each["campaign_id"]) for each in self.rows["recipient"]
                   if not row["granted"] and each["member_id"] == row["member_id"]
                   and each["written_at"] and each["written_at"] <= row["at"]
                   and row["at"] - each["written_at"] <= WEEK]  # fmt: skip
            found += bool(got) and max(got)[1] == campaign
        return found


# --- both ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shop() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:", isolation_level=None)
    for statement in replica_tables.schema():
        db.execute(statement)
    put(db, "shop", [rows.ShopRow(id=1, rev=1, name="", timezone="Asia/Shanghai")])
    for table, found in History(20261130).tables.items():
        put(db, table, found)
    yield db
    db.close()


@pytest.fixture(scope="module")
def hand(shop: driver.Connection) -> Hand:
    names = ["member", "member_tag", "recipient", "consent", "visit", "purchase", "hold"]
    return Hand(export(shop, names))


def close(found: object, value: float, low: float, high: float) -> bool:
    assert isinstance(found, Estimate)
    wanted = (value, low, high)
    told = (found.value, found.interval.low, found.interval.high)
    return told == pytest.approx(wanted, rel=1e-7, abs=1e-9)


def figures(db: driver.Connection) -> Insights:
    moment = Moment(period=Period.MONTH, at=END, shop_id=1, timezone="Asia/Shanghai")
    return made(facts_of(db, moment), moment)


def test_the_open_rate_is_that_of_the_rows(shop: driver.Connection, hand: Hand) -> None:
    part, whole = hand.open_rate(ms(datetime(2026, 11, 1, tzinfo=ZONE)), ms(END))
    told = figures(shop).open_rate.now
    assert (told.rate.part, told.rate.whole) == (part, whole)
    assert close(told.told, part / whole, *wilson(part, whole))


@pytest.mark.parametrize("kept", [False, True])
def test_visits_of_each_month_are_those_of_the_rows_and_hold_the_rise_they_were_made_with(
    shop: driver.Connection, hand: Hand, kept: bool
) -> None:
    while kept and replica_keeping.keep_more(shop, END, "Asia/Shanghai", timedelta(days=7)):
        pass
    months = visits_of(shop, 1, END, "Asia/Shanghai")
    assert [each.first for each in months] == [date(2026, 10, 1), date(2026, 11, 1)]
    begins = [datetime(2026, month, 1, tzinfo=ZONE) for month in (10, 11)]
    for month, begin, end in zip(months, begins, (begins[1], END), strict=True):
        one, two = hand.visits(ms(begin), ms(end))
        scale = 30.4375 / ((ms(end) - ms(begin)) / DAY)
        assert (month.marketed, month.held_out) == (len(one), len(two))
        difference = sum(one) / len(one) - sum(two) / len(two)
        rise, low, high = (scale * each for each in (difference, *welch(one, two)))
        assert close(month.comparison.rise, rise, low, high)
        assert low <= VISITS_MORE * scale <= high
    assert figures(shop).visits.comparison == months[-1].comparison  # the tile says the same


@pytest.mark.parametrize("kept", [False, True])
def test_what_each_campaign_led_to_is_that_of_the_rows_and_holds_what_it_was_made_with(
    shop: driver.Connection, hand: Hand, kept: bool
) -> None:
    while kept and replica_keeping.keep_more(shop, END, "Asia/Shanghai", timedelta(days=7)):
        pass
    shown = figures(shop)
    lines = {line.campaign_id: line for line in shown.campaigns}
    assert set(lines) == {3, 4}  # of these 30 days
    for number, line in lines.items():
        mine, began = hand.of(number), ms(BEGINS[number - 1])
        got = [row for row in mine if row["written_at"]]
        read = [row for row in got if row["read_at"]]
        assert (line.written, line.read) == (len(got), len(read))
        assert line.replied == sum(row["replied_at"] is not None for row in got)
        assert (line.held, line.left) == (hand.held(number), hand.left(number))
        assert isinstance(line.effect, PurchasesComparison)
        one, two = hand.bought(number, began)
        low, high = newcombe(one, two)
        assert close(line.effect.rise, one[0] / one[1] - two[0] / two[1], low, high)
        assert low <= BUYS_MORE <= high
        low, high = wilson(len(read), len(got))
        assert low <= READ <= high
    for curve in shown.curves:
        got = [row for row in hand.of(curve.campaign_id) if row["written_at"]]
        times = [row["read_at"] - row["written_at"] for row in got if row["read_at"]]
        for point in curve.table:
            elapsed = point.elapsed / timedelta(milliseconds=1)
            assert point.share == pytest.approx(sum(time <= elapsed for time in times) / len(got))
            # Known read times: of those who ever read it, 1 − e^(−t/6 h) within a time.
            known = READ * (1 - math.exp(-elapsed / (6 * 3_600_000)))
            assert point.share == pytest.approx(known, abs=0.05)
