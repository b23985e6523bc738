"""Which colours of a campaign's photos its members asked about by touching them.  Reads only."""

from __future__ import annotations

import msgspec

from console.store import replica_talk
from console.store.driver import Connection
from console.store.replica_queries import by_ids
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignRow
from console.wire.trade_rows import ProductRow


class Tapped(msgspec.Struct, frozen=True, kw_only=True):
    """An article in one colour, and who touched it, by id; names as the catalogue has them."""

    product: ProductRow
    colour: str
    colour_en: str = ""
    members: tuple[int, ...]


def tapped(db: Connection, row: CampaignRow) -> tuple[Tapped, ...]:
    """What most members touched first; photos of no colour, or of several, are left out."""
    found: dict[tuple[int, str], set[int]] = {}
    for product, colour, member in db.execute(
        """SELECT e.product_id, e.colour, e.member_id
           FROM enquiry AS e CROSS JOIN message AS m ON m.id = e.message_id
           WHERE e.source = 'tap' AND e.colour != '' AND e.at >= ? AND m.campaign_id = ?""",
        (to_ms(row.started_at or row.at), row.id),
    ):
        found.setdefault((product, colour), set()).add(member)
    products = {each.id: each for each in by_ids(db, "product", sorted({key[0] for key in found}))}
    shades = replica_talk.in_colours(db, found)
    made = [
        Tapped(product=products[place[0]], colour=place[1], members=tuple(sorted(members)),
               colour_en=next((each.colour_en for each in shades[place]), ""))
        for place, members in found.items() if place[0] in products
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda each: (-len(each.members), each.product.id, each.colour)))
