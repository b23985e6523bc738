"""What the relay adds up in step with the facts, asked of a replica.  Reads only."""

from __future__ import annotations

from datetime import date

import msgspec

from console.domain.heat_map import Hour
from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.tally_rows import CampaignTallyRow

_TALLY = CODECS["campaign_tally"]


def tallies(db: Connection, campaign_id: int) -> tuple[CampaignTallyRow, ...]:
    """The sums of a campaign's variants, however old it is."""
    found = db.execute("SELECT * FROM campaign_tally WHERE campaign_id = ?", (campaign_id,))
    return tuple(_TALLY.struct(values) for values in found)


class HourReaders(msgspec.Struct, frozen=True):
    """By hour: members who read, and who read unprompted, each once."""

    readers: dict[Hour, int] = {}
    unprompted: dict[Hour, int] = {}


def hours(db: Connection, shop_id: int, first: date, last: date) -> HourReaders:
    """Of the shop's days from one to another, both included."""
    found = db.execute(
        """SELECT span, readers, unprompted FROM readership
           WHERE shop_id = ? AND span BETWEEN ? AND ? AND length(span) = 13""",
        (shop_id, f"{first}T00", f"{last}T23"),
    ).fetchall()
    places = [(date.fromisoformat(span[:10]), int(span[11:])) for span, _, _ in found]
    return HourReaders(
        {place: row[1] for place, row in zip(places, found, strict=True)},
        {place: row[2] for place, row in zip(places, found, strict=True)},
    )
