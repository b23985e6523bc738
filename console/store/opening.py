"""Opening hours as the database has them: the shop's daily ones, or the owner's setting."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from console.domain.hours import Hours
from console.store import tables
from console.wire.rows import HOURS_SETTING

_SETTING = select(tables.setting.c.value).where(tables.setting.c.key == bindparam("key"))
_SHOPS = select(tables.shop.c.id, tables.shop.c.timezone, tables.shop.c.opens, tables.shop.c.closes)


def setting(connection: Connection, key: str) -> Any:
    """The value of a setting; ``None`` when nobody set it."""
    return connection.execute(_SETTING, {"key": key}).scalar_one_or_none()


def hours_by_shop(connection: Connection) -> dict[int, Hours]:
    """When each shop is open."""
    value = setting(connection, HOURS_SETTING)
    return {
        row.id: Hours.read(value, Hours.daily(row.timezone, row.opens, row.closes))
        for row in connection.execute(_SHOPS)
    }
