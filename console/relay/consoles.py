"""Which consoles are signed in, as the people who use them may know it.  Queries only."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from console.store import tables


class ConsoleFact(NamedTuple):
    """A staff device that is not signed out.

    Attributes:
        seen_at: when it last connected or hung up; ``None``: never since it signed in.
    """

    id: int
    staff_id: int
    staff_name: str
    name: str
    created_at: datetime
    seen_at: datetime | None


def consoles(connection: Connection, staff_id: int | None = None) -> list[ConsoleFact]:
    """Those of one staff member, or everybody's; by person, newest first."""
    device, staff = tables.device, tables.staff
    query = (
        select(
            device.c.id, device.c.staff_id, staff.c.name.label("staff_name"), device.c.name,
            device.c.created_at, device.c.seen_at,
        )
        .join(staff, staff.c.id == device.c.staff_id)
        .where(device.c.kind == "staff", device.c.revoked_at.is_(None))
        .order_by(device.c.staff_id, device.c.id.desc())
    )  # fmt: skip
    if staff_id is not None:
        query = query.where(device.c.staff_id == staff_id)
    return [ConsoleFact(*row) for row in connection.execute(query)]
