"""What is asked of a replica about fittings.  Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.rows import FittingRoomRow, FittingRow, HoldRow


def rooms(db: Connection) -> list[FittingRoomRow]:
    """Rooms in their order, also those that can be booked no more."""
    return _rows(db, "fitting_room", "1 ORDER BY place, id", ())


def between(db: Connection, begin_ms: int, end_ms: int) -> list[FittingRow]:
    """Fittings that begin then, in order."""
    where = "starts_at >= ? AND starts_at < ? ORDER BY starts_at, id"
    return _rows(db, "fitting", where, (begin_ms, end_ms))


def named(db: Connection, client_ids: Sequence[str]) -> list[FittingRow]:
    """Those with one of these names."""
    marks = ", ".join("?" * len(client_ids))
    return _rows(db, "fitting", f"client_id IN ({marks})", tuple(client_ids))


def kept_for(db: Connection, member_ids: Sequence[int]) -> list[HoldRow]:
    """What is kept for these members."""
    marks = ", ".join("?" * len(member_ids))
    where = f"member_id IN ({marks}) AND state = 'confirmed' ORDER BY id"
    return _rows(db, "hold", where, tuple(member_ids))


def _rows(db: Connection, table: str, where: str, parameters: tuple[Any, ...]) -> list[Any]:
    query = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608 - names of our own
    return [CODECS[table].struct(values) for values in db.execute(query, parameters)]
