"""First lines of the ledgers of variants whose stock came without one: ``opening``.

For what was there before the ledger (a database that is upgraded) and for rows that are filled
in at once.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from console.store.row_codec import to_ms

_FILL = text(
    """
    INSERT INTO stock_movement (id, rev, shop_id, variant_id, delta, balance, reason, at)
    SELECT (SELECT coalesce(max(id), 0) FROM stock_movement) + row_number() OVER (ORDER BY id),
           :rev, shop_id, id, stock, stock, 'opening', :at
    FROM variant
    WHERE stock <> 0 AND id NOT IN (SELECT variant_id FROM stock_movement)
    """
)


def fill(connection: Connection, rev: int, at: datetime) -> None:
    """Write them all, within a transaction of the caller's."""
    connection.execute(_FILL, {"rev": rev, "at": to_ms(at)})
