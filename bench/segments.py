"""Counting who is in a segment, on a console's copy of a shop with a million purchases.

``segment_p95``: the rule of the campaign screen — bought women's wear lately, silver or gold,
and asked about a kind of product or carries a tag.  ``segment_spend_p95``: spent more than so
much in twelve months.  Each count has other figures, as while somebody types; the time is what
a reading thread needs, from the rule to the number.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.report import RUNS, Figure, figure
from console.domain.segments import (
    Asked,
    Bought,
    Choice,
    Group,
    Items,
    Range,
    Rule,
    Tagged,
)
from console.domain.spans import Ago, Span
from console.store import replica_segments
from console.store.driver import Connection
from console.store.replica import Replica, open_next
from console.store.replica_tables import CODECS
from console.wire import rows

NAMES = ("segment_p95", "segment_spend_p95")
MEMBERS: Final = 100_000
PURCHASES: Final = 1_000_000
ENQUIRIES: Final = 300_000
DAYS: Final = 1_095
COUNTS: Final = 40
"""Counts a run."""
_PORTION: Final = 50_000
_PRODUCTS: Final = 120
_CATEGORIES: Final = tuple(
    "风衣 大衣 羽绒 外套 西装 开衫 针织 卫衣 衬衫 T恤 连衣裙 半身裙 裤子 牛仔裤 短裤".split()
)
_TAGS: Final = tuple("复古 通勤 简约 甜美 运动 常客 新客 爱打折 要小码 要大码 送礼 老师".split())
_ZONE: Final = ZoneInfo("Asia/Shanghai")


async def run(wanted: set[str]) -> AsyncIterator[Figure]:
    """Both figures, of one shop."""
    with tempfile.TemporaryDirectory() as folder:
        replica = open_next(Path(folder))
        try:
            _fill(replica)
            if "segment_p95" in wanted:
                made = _measured(replica, _target)
                yield figure("segment_p95", made.runs, "ms", 50, note=made.note)
            if "segment_spend_p95" in wanted:
                made = _measured(replica, _spend)
                floors = [_p95([_scanned(replica) for _ in range(COUNTS)]) for _ in range(RUNS)]
                note = f"{made.note}; floor: one pass over the index"
                yield figure("segment_spend_p95", made.runs, "ms", 150, floors=floors, note=note)
        finally:
            replica.close()


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of each run the 95th percentile (ms), what was found, a count's mean processor time (ms)."""

    runs: list[float]
    found: list[int]
    processor: float

    @property
    def note(self) -> str:
        """What else there is to say of them."""
        shop = f"{MEMBERS:,} members, {PURCHASES:,} purchases"
        found = f"{min(self.found):,}–{max(self.found):,} found"
        return f"{shop}; {found}; {self.processor:.0f} ms of processor time a count"


def _target(number: int) -> Rule:
    lately = Span(Ago(150 + number, "day"))
    asked = Asked(Items((_CATEGORIES[number % len(_CATEGORIES)],)))
    tagged = Tagged((_TAGS[number % len(_TAGS)],))
    return Group("all", (
        Bought(Items(wearer="f"), lately), Choice("tier", ("gold", "silver")),
        Group("any", (asked, tagged)),
    ))  # fmt: skip


def _spend(number: int) -> Rule:
    return Bought(when=Span(Ago(12, "month")), amount=Range(100_000 + 5_000 * number))


def _measured(replica: Replica, rule: Callable[[int], Rule]) -> _Counts:
    today = datetime.now(_ZONE).date()
    found: list[int] = []
    _counted(replica, rule(0), today, found)
    used = time.thread_time()
    runs = [
        _p95([_counted(replica, rule(number), today, found) for number in range(COUNTS)])
        for _ in range(RUNS)
    ]
    return _Counts(runs, found, (time.thread_time() - used) * 1_000 / (RUNS * COUNTS))


def _counted(replica: Replica, rule: Rule, today: date, found: list[int]) -> float:
    begun = time.perf_counter()
    with replica.reading() as db:
        found.append(replica_segments.count(db, rule, today, _ZONE))
    return (time.perf_counter() - begun) * 1_000


def _scanned(replica: Replica) -> float:
    begun = time.perf_counter()
    with replica.reading() as db:
        db.execute("SELECT sum(amount) FROM purchase WHERE at > 0 AND member_id > 0").fetchone()
    return (time.perf_counter() - begun) * 1_000


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


# --- the shop -----------------------------------------------------------------------------


def _fill(replica: Replica) -> None:
    dice, now = random.Random(7), datetime.now(UTC)
    with replica.writing() as db:
        _write(db, "member", (_member(number) for number in range(1, MEMBERS + 1)))
        _write(db, "product", (_product(number) for number in range(1, _PRODUCTS + 1)))
        _write(db, "member_tag", _tags(dice))
        _write(db, "purchase", _purchases(dice, now))
        _write(db, "enquiry", _enquiries(dice, now))
    replica.scrub()


def _write(db: Connection, table: str, made: Iterator[Any]) -> None:
    codec = CODECS[table]
    portion: list[Any] = []
    for row in made:
        portion.append(row)
        if len(portion) == _PORTION:
            db.executemany(codec.upsert, codec.tuples(portion))
            portion.clear()
    db.executemany(codec.upsert, codec.tuples(portion))


def _member(number: int) -> rows.MemberRow:
    return rows.MemberRow(
        id=number, rev=1, shop_id=1, name="周雨桐", pinyin="zhou yu tong", initials="zyt",
        phone=f"139****{number % 10_000:04}", state="confirmed", points=number % 3_000,
        gender="f" if number % 3 else "m", sizes={"top": "M", "bottom": "L"},
        tier=("basic", "basic", "silver", "basic", "gold")[number % 5], bucket=number % 10_000,
    )  # fmt: skip


def _product(number: int) -> rows.ProductRow:
    return rows.ProductRow(
        id=number, rev=1, shop_id=1, sku=f"S{number}", name=f"商品{number}",
        category=_CATEGORIES[number % len(_CATEGORIES)], gender="fmf"[number % 3],
    )  # fmt: skip


def _tags(dice: random.Random) -> Iterator[rows.MemberTagRow]:
    for number in range(1, MEMBERS + 1):
        yield rows.MemberTagRow(id=number, rev=1, member_id=number, tag=dice.choice(_TAGS))


def _purchases(dice: random.Random, now: datetime) -> Iterator[rows.PurchaseRow]:
    for number in range(1, PURCHASES + 1):
        yield rows.PurchaseRow(
            id=number, rev=1, shop_id=1, member_id=dice.randint(1, MEMBERS),
            product_id=dice.randint(1, _PRODUCTS), amount=dice.randint(50, 900) * 100,
            at=_at(number / PURCHASES, now),
        )  # fmt: skip


def _enquiries(dice: random.Random, now: datetime) -> Iterator[rows.EnquiryRow]:
    for number in range(1, ENQUIRIES + 1):
        yield rows.EnquiryRow(
            id=number, rev=1, shop_id=1, member_id=dice.randint(1, MEMBERS),
            product_id=dice.randint(1, _PRODUCTS), at=_at(number / ENQUIRIES, now),
        )  # fmt: skip


def _at(part: float, now: datetime) -> datetime:
    """Evenly over three years, the newest last."""
    return now - timedelta(days=DAYS) * (1 - part)
