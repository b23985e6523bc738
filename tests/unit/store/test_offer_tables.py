"""The tables themselves refuse a unit too many and a second claim, whatever the program does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.fresh import fresh_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A shop whose offer of one unit is taken."""
    with closing(sqlite3.connect(fresh_database(tmp_path / "relay.sqlite"))) as connection:
        connection.executescript("""
            insert into shop (id, rev, name) values (1, 1, 'x');
            insert into member (id, rev, shop_id, name) values (1, 1, 1, 'a'), (2, 1, 1, 'b');
            insert into campaign (id, rev, shop_id, client_id, content, at)
                values (1, 1, 1, 'c', '{}', 0);
            insert into offer (id, rev, shop_id, campaign_id, quantity, claimed, ends_at,
                valid_until, at) values (1, 1, 1, 1, 1, 1, 0, 0, 0);
            insert into coupon (id, rev, shop_id, member_id, code, offer_id, claimant_id,
                issued_at, expires_at) values (1, 1, 1, 1, 'A', 1, 1, 0, 0);
        """)
        yield connection


def test_no_offer_gives_more_than_it_has(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="ck_offer_claimed"):
        database.execute("update offer set claimed = claimed + 1")


@pytest.mark.parametrize(("code", "claimant"), [("B", 1), ("A", 2)])
def test_nobody_claims_twice_and_no_two_coupons_share_a_code(
    database: sqlite3.Connection, code: str, claimant: int
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute(
            "insert into coupon (id, rev, shop_id, member_id, code, offer_id, claimant_id,"
            " issued_at, expires_at) values (2, 1, 1, 2, ?, 1, ?, 0, 0)", (code, claimant),
        )  # fmt: skip


def test_a_campaign_has_one_offer(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"offer\.campaign_id"):
        database.execute(
            "insert into offer (id, rev, shop_id, campaign_id, quantity, ends_at, valid_until, at)"
            " values (2, 1, 1, 1, 1, 0, 0, 0)"
        )
