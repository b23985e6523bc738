"""A replica's tables are made from the wire's structs and agree with the relay's."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import JSON, Boolean

from console.store import row_codec, tables
from console.store.replica_tables import CODECS
from console.store.utc_datetime import UtcDateTime
from console.wire import rows


@pytest.mark.parametrize("table", tables.SYNCED, ids=lambda table: str(table.name))
def test_every_column_of_the_relay_is_kept_with_its_kind(table: tables.Table) -> None:
    kept = row_codec.columns_of(rows.TABLES[table.name])
    assert [column.name for column in kept] == [column.name for column in table.columns]
    for mine, its in zip(kept, table.columns, strict=True):
        assert mine.nullable == bool(its.nullable), mine
        assert mine.is_json == isinstance(its.type, JSON), mine
        assert (mine.kind is datetime) == isinstance(its.type, UtcDateTime), mine
        assert (mine.kind is bool) == isinstance(its.type, Boolean), mine


def test_tables_come_parents_before_children() -> None:
    assert list(CODECS) == [table.name for table in tables.SYNCED]


def test_a_row_comes_back_as_it_went_in() -> None:
    at = datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC)
    card = rows.ProductCard(product_id=3, name="风衣", price=59_900)
    media = [rows.MediaRef(id=9, mime="image/jpeg", width=4, height=3, size=5)]
    full = rows.MessageRow(id=1, rev=2, shop_id=1, conversation_id=4, seq=5, client_id="c",
                           sender_kind="staff", sender_id=6, kind="card", body="看看", media=media,
                           card=card, automatic=True, sent_at=at, recalled_at=at)  # fmt: skip
    bare = rows.MessageRow(id=2, rev=2, shop_id=1, conversation_id=4, seq=6, client_id="d",
                           sender_kind="member", sender_id=None, sent_at=at)  # fmt: skip
    codec = CODECS["message"]
    assert [codec.struct(each) for each in codec.tuples([full, bare])] == [full, bare]


def test_the_console_starts_without_what_its_first_window_does_not_need() -> None:
    heavy = ("sqlalchemy", "pypinyin", "av", "openpyxl", "argon2", "aiohttp",
             "console.domain.statistics", "console.domain.experiments",
             "console.views.insights.page", "console.views.campaigns.report_page")  # fmt: skip
    asked = f"import sys, console.app; print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "[]"
