"""How relay and replica keep times: the column type of every ``…_at``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes kept as integer milliseconds since 1970 (compact, sorts, portable)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> int | None:
        """Milliseconds; a naive datetime is a bug and raises ``TypeError``."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """An aware UTC datetime."""
        return None if value is None else _EPOCH + timedelta(milliseconds=value)
