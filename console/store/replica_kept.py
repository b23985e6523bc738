"""Sums that a replica keeps of what is over, so that nobody walks a million rows again.

``kept_campaign``: of a campaign, what its own recipients and the deeds up to ``until`` come to;
``kept_readers``: who read something on a day; ``kept_visits``: how often members came in a month,
beside the holdout.  Triggers (``replica_kept_schema``) take out
whatever a change of any row touches, in its own transaction; what is not here, readers count
from the rows (``store.replica_keeping`` puts it back).  So a sum that stands is right, and losing
all of them costs nothing but time.  Each sum of a campaign says of which window it is and is asked
for by it: sums of two windows never stand side by side.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

import msgspec

from console.domain.id_sets import IdSet
from console.domain.intervals import Rate, Sample
from console.domain.periods import Stretch
from console.domain.statistics import PurchasesComparison
from console.store.driver import Connection
from console.store.row_codec import to_ms

_MILLISECOND: Final = timedelta(milliseconds=1)


class KeptCampaign(msgspec.Struct, frozen=True):
    """What is kept of a campaign.

    Attributes:
        window: for which ``held`` and ``bought`` hold.
        tags: whose members were left out of ``bought``.
        written: to so many whose rows are here.
        held: members who reserved something that is owed to it.
        bought: beside the holdout; ``None``: its recipients are not here.
    """

    window: timedelta
    tags: tuple[str, ...]
    written: int
    held: int
    bought: PurchasesComparison | None


def campaigns(db: Connection, window: timedelta) -> dict[int, KeptCampaign]:
    """All that are kept of this window; what another gave is none."""
    found = db.execute(
        "SELECT campaign_id, tags, written, held, bought FROM kept_campaign WHERE window_ms = ?",
        (window // _MILLISECOND,),
    )
    return {
        number: KeptCampaign(window, tuple(json.loads(tags)), written, held, _bought(bought))
        for number, tags, written, held, bought in found
    }


def keep_campaign(db: Connection, campaign_id: int, until_ms: int, kept: KeptCampaign) -> None:
    """Keep it, for nothing later than ``until_ms`` can change it."""
    rates = () if kept.bought is None else (kept.bought.marketed, kept.bought.held_out)
    bought = json.dumps([number for each in rates for number in (each.part, each.whole)])
    db.execute(
        "INSERT OR REPLACE INTO kept_campaign VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            campaign_id,
            until_ms,
            kept.window // _MILLISECOND,
            json.dumps(kept.tags),
            kept.written,
            kept.held,
            bought,
        ),
    )


def _bought(kept: str) -> PurchasesComparison | None:
    numbers = json.loads(kept)
    return PurchasesComparison(Rate(*numbers[:2]), Rate(*numbers[2:])) if numbers else None


# --- readers ------------------------------------------------------------------------------------


def readers(db: Connection, begin: datetime, end: datetime) -> IdSet:
    """Members who read something from one moment until before another; a correction is none."""
    at, last = to_ms(begin), to_ms(end)
    found = IdSet()
    for begins, ends, members in db.execute(
        "SELECT begins, ends, members FROM kept_readers WHERE begins >= ? AND ends <= ?"
        " ORDER BY begins",
        (at, last),
    ).fetchall():
        if at < begins:
            found |= read_between(db, at, begins)
        found |= IdSet.from_bytes(members)
        at = max(at, ends)
    return found | read_between(db, at, last) if at < last else found


def read_between(db: Connection, begin_ms: int, end_ms: int) -> IdSet:
    """The same, counted from the rows."""
    return IdSet.of(row[0] for row in db.execute(
        """SELECT DISTINCT member_id FROM recipient INDEXED BY recipient_read
           WHERE counted AND read_at >= ? AND read_at < ?""",
        (begin_ms, end_ms),
    ))  # fmt: skip


def keep_readers(db: Connection, begin_ms: int, end_ms: int) -> None:
    """Keep who read from one moment until before another."""
    db.execute("INSERT OR REPLACE INTO kept_readers VALUES (?, ?, ?)",
               (begin_ms, end_ms, read_between(db, begin_ms, end_ms).to_bytes()))  # fmt: skip


# --- visits -------------------------------------------------------------------------------------


class AskedVisits(msgspec.Struct, frozen=True):
    """Whose visits are compared: of which shop, without whom, beside which buckets."""

    shop_id: int
    first: int
    buckets: int
    tags: tuple[str, ...]

    @property
    def held_out(self) -> str:
        """The buckets held out, as they are kept."""
        return f"{self.first} {self.buckets}"


Samples = tuple[Sample, Sample]
"""Of those who get marketing, and of the holdout."""


def visits(db: Connection, month: Stretch, asked: AskedVisits) -> Samples | None:
    """How often members came in a month; ``None``: nothing is kept."""
    found = db.execute(
        """SELECT sums FROM kept_visits WHERE begins = ? AND ends = ? AND shop_id = ?
           AND held_out = ? AND tags = ?""",
        (to_ms(month.begin), to_ms(month.end), asked.shop_id, asked.held_out,
         json.dumps(asked.tags)),
    ).fetchone()  # fmt: skip
    if found is None:
        return None
    numbers = json.loads(found[0])
    return Sample(*numbers[:3]), Sample(*numbers[3:])


def keep_visits(db: Connection, month: Stretch, asked: AskedVisits, found: Samples) -> None:
    """Keep them."""
    sums = [number for each in found for number in (each.size, each.total, each.squares)]
    db.execute(
        "INSERT OR REPLACE INTO kept_visits VALUES (?, ?, ?, ?, ?, ?)",
        (to_ms(month.begin), asked.shop_id, to_ms(month.end), asked.held_out,
         json.dumps(asked.tags), json.dumps(sums)),
    )  # fmt: skip
