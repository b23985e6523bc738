"""Puts sums of what is over into a replica, a few at a time: ``store.replica_kept`` says which.

What a campaign comes to within a window is kept when its last member's is over, who read on a day
when that day is, visits of a month when the month is.  Called from the writer's thread; each call
is one short transaction.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from console.domain import periods, spans
from console.store import (
    replica_campaigns,
    replica_insight_campaigns,
    replica_insight_trade,
    replica_kept,
)
from console.store.driver import Connection
from console.store.replica import Replica
from console.store.replica_kept import KeptCampaign
from console.store.row_codec import from_ms, to_ms
from console.wire.campaign_rows import CampaignRow

_CAMPAIGNS: Final = 2
_DAYS: Final = 10
"""So many at once: other changes wait meanwhile."""
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)


def keep_some(replica: Replica, now: datetime, window: timedelta) -> bool:
    """Keep a few more sums, of that window; whether there may be others to keep."""
    if not replica.state.whole:
        return False
    with replica.writing() as db:
        found = db.execute("SELECT timezone FROM shop").fetchone()
        return found is not None and keep_more(db, now, str(found[0]), window)


def keep_days(db: Connection, now: datetime, timezone: str) -> bool:
    """Who read on days that are over."""
    (first,) = db.execute("SELECT min(read_at) FROM recipient WHERE read_at > 0").fetchone()
    if first is None:
        return False
    zone = ZoneInfo(timezone)
    day, today = from_ms(first).astimezone(zone).date(), now.astimezone(zone).date()
    kept = set(db.execute("SELECT begins, ends FROM kept_readers"))
    bounds = [(_midnight(each, zone), _midnight(each + timedelta(days=1), zone))
              for each in (day + timedelta(days=n) for n in range((today - day).days))]  # fmt: skip
    missing = list(islice((each for each in reversed(bounds) if each not in kept), _DAYS))
    for begin, end in missing:
        replica_kept.keep_readers(db, begin, end)
    return bool(missing)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return to_ms(spans.midnight(day, zone))


def keep_campaigns(db: Connection, now: datetime, timezone: str, window: timedelta) -> bool:
    """What campaigns that are over come to; it takes the place of what another window gave."""
    _, tags = replica_campaigns.holdout(db, now, timezone)
    kept = replica_kept.campaigns(db, window)
    over = list(islice((
        (row, until) for row in replica_insight_campaigns.sent(db, _FIRST, now - window)
        if row.id not in kept or kept[row.id].tags != tuple(tags)
        for until in (_until(db, row, window),) if until <= to_ms(now)
    ), _CAMPAIGNS))  # fmt: skip
    held = replica_insight_campaigns.holders(db, [row for row, _ in over], window)
    for row, until in over:
        (written,) = db.execute(
            "SELECT count(*) FROM recipient WHERE campaign_id = ? AND state = 'written'", (row.id,)
        ).fetchone()
        bought = replica_insight_trade.bought(db, row, timezone, window)
        sums = KeptCampaign(window, tuple(tags), written, len(held[row.id]), bought)
        replica_kept.keep_campaign(db, row.id, until, sums)
    return bool(over)


def _until(db: Connection, row: CampaignRow, window: timedelta) -> int:
    """The end of the window after it was written to the last member, or of purchases compared."""
    (last,) = db.execute("SELECT max(written_at) FROM recipient WHERE campaign_id = ?",
                         (row.id,)).fetchone()  # fmt: skip
    began = row.started_at or row.at
    return to_ms((began if last is None else max(began, from_ms(last))) + window)


def keep_visits(db: Connection, now: datetime, timezone: str) -> bool:
    """How often members came in a month that is over, one at a time."""
    shops = [row[0] for row in db.execute("SELECT id FROM shop").fetchall()]
    over = periods.calendar_months(now, timezone)[:-1]
    return any(replica_insight_trade.keep_month(db, shop, month, timezone)
               for month in reversed(over) for shop in shops)  # fmt: skip


def keep_more(db: Connection, now: datetime, timezone: str, window: timedelta) -> bool:
    """Keep a few more of whatever is missing; whether there was any."""
    return (keep_days(db, now, timezone) or keep_campaigns(db, now, timezone, window)
            or keep_visits(db, now, timezone))  # fmt: skip
