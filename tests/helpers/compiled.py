"""Statements compiled once for all databases of a test process.

A relay compiles each kind of statement once in its life, which takes most of its start; tests
open thousands of databases.  Only what SQLAlchemy keeps is shared, no connection and no row.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import LRUCache

from console.store import engine as store_engine

# As many kinds as the program has, with room for those of tests.
_statements: LRUCache[Any, Any] = LRUCache(2_000)


def share() -> None:
    """From now on, for databases opened by the program's store."""
    store_engine.create_engine = _sharing  # type: ignore[attr-defined]


def _sharing(url: str, **options: Any) -> Engine:
    """As ``create_engine``, knowing what earlier engines have compiled."""
    engine = create_engine(url, **options)
    engine.dialect = _dialect()
    engine.update_execution_options(compiled_cache=_statements)
    return engine


@cache
def _dialect() -> Dialect:
    """What is compiled belongs to a dialect, so there is one for all: it has seen a database."""
    first = create_engine(
        "sqlite+pysqlite://",
        json_serializer=store_engine._encode_json,
        json_deserializer=msgspec.json.decode,
    )
    first.connect().close()
    first.dispose()
    return first.dialect
