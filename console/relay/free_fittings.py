"""When a member can still book a fitting, as her phone asks: no names and no rooms in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from console.domain import fittings as rules
from console.store import opening, reading, tables
from console.wire.rows import FITTING_SLOT_SETTING, FittingRow

DAYS = 14
"""So many days from today."""


def free_days(connection: Connection, shop_id: int, now: datetime) -> dict[str, Any]:
    """``minutes`` of a slot, ``timezone``, and the free slots of the next ``DAYS`` days."""
    hours = opening.hours_by_shop(connection)[shop_id]
    minutes = rules.read_slot(opening.setting(connection, FITTING_SLOT_SETTING))
    room = tables.fitting_room
    query = select(room.c.id).where(room.c.shop_id == shop_id, room.c.removed_at.is_(None))
    rooms, booked = list(connection.scalars(query)), _booked(connection, shop_id, now)
    today, days = hours.local(now).date(), []
    for day in (today + timedelta(days=number) for number in range(DAYS)):
        here = [row for row in booked if abs((hours.local(row.starts_at).date() - day).days) <= 1]
        slots = rules.slots_of(hours, day, minutes)
        free = rules.free_slots(here, slots, rooms, now)
        if slots:
            days.append({"day": day.isoformat(), "slots": [slot.starts_at for slot in free]})
    return {"minutes": minutes, "timezone": hours.timezone, "days": days if rooms else []}


def _booked(connection: Connection, shop_id: int, now: datetime) -> list[FittingRow]:
    table = tables.fitting
    return reading.fetch(
        connection, table, table.c.shop_id == shop_id, table.c.starts_at > now - rules.LONGEST,
        table.c.starts_at < now + timedelta(days=DAYS + 1),
        table.c.state.in_(sorted(rules.LIVE)),
    )  # fmt: skip
