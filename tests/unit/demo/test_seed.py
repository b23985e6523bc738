"""The sample shop's database holds together as one the relay made itself would."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from console.demo.mondays import WEEKS
from console.demo.seed import LIVE_MEMBERS, PIN, Seeded, seed
from console.domain.templates import FIELDS, Facts, render
from console.relay.accounts import is_weak

NOW = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def media(sample_media: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of their own, which they may change."""
    place: Path = tmp_path_factory.mktemp("media")
    return shutil.copytree(sample_media, place, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def shop(
    media: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[sqlite3.Connection, Seeded]]:
    folder: Path = tmp_path_factory.mktemp("sample")
    seeded = seed(folder / "relay.sqlite3", media, NOW)
    connection = sqlite3.connect(folder / "relay.sqlite3")
    yield connection, seeded
    connection.close()


def count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def test_everybody_has_the_pin_that_the_first_page_tells(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    hashes = [row[0] for row in shop[0].execute("SELECT secret_hash FROM account")]
    assert len(hashes) == count(shop[0], "SELECT count(*) FROM staff") == 4
    assert all(PasswordHasher().verify(each, PIN) for each in hashes)
    assert not is_weak(PIN)


def test_every_parent_exists(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    assert shop[0].execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_shop_has_its_members_goods_and_people(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    connection, seeded = shop
    assert count(connection, "SELECT count(*) FROM member") == 2_000
    assert count(connection, "SELECT count(*) FROM product") == 120
    assert count(connection, "SELECT count(*) FROM staff") == 4
    assert count(connection, "SELECT count(*) FROM purchase") > 10_000
    assert len(seeded.live) == LIVE_MEMBERS


def test_seqs_of_every_conversation_run_from_one_without_a_gap(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    broken = shop[0].execute(
        "SELECT c.id FROM conversation c LEFT JOIN message m ON m.conversation_id = c.id "
        "GROUP BY c.id HAVING count(m.id) != c.last_seq OR max(m.seq) != c.last_seq "
        "OR min(m.seq) != 1"
    )
    assert broken.fetchall() == []


def test_nobody_waits_after_an_answer(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    wrong = shop[0].execute(
        "SELECT c.id FROM conversation c JOIN message m "
        "ON m.conversation_id = c.id AND m.seq = c.last_seq "
        "WHERE c.waiting_since IS NOT NULL AND m.sender_kind != 'member'"
    )
    assert wrong.fetchall() == []
    assert count(shop[0], "SELECT count(*) FROM conversation WHERE waiting_since NOT NULL") >= 4


def test_receipts_never_pass_the_last_message(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    wrong = shop[0].execute(
        "SELECT p.id FROM participant p JOIN conversation c ON c.id = p.conversation_id "
        "WHERE p.read_seq > c.last_seq OR p.delivered_seq > c.last_seq"
    )
    assert wrong.fetchall() == []


def test_fresh_ids_start_above_the_seeded_ones(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    connection, _ = shop
    for name, free in connection.execute("SELECT name, next FROM sequence").fetchall():
        assert free > count(connection, f'SELECT max(id) FROM "{name}"')


def test_the_same_moment_gives_the_same_shop(
    shop: tuple[sqlite3.Connection, Seeded], media: Path, tmp_path: Path
) -> None:
    seed(tmp_path / "again.sqlite3", media, NOW)
    again = sqlite3.connect(tmp_path / "again.sqlite3")
    for table in ("member", "message", "purchase", "visit", "variant", "conversation", "media",
                  "note", "scheduled", "quick_reply", "setting", "campaign", "recipient", "offer",
                  "coupon", "question_answer"):  # fmt: skip
        query = f"SELECT * FROM {table} ORDER BY id"
        assert again.execute(query).fetchall() == shop[0].execute(query).fetchall()
    again.close()


def test_the_weekends_offer_is_open_and_its_figures_agree_with_its_rows(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    connection, _ = shop
    (counts, state) = connection.execute(
        "SELECT counts, state FROM campaign WHERE id = 1"
    ).fetchone()
    said = json.loads(counts)
    assert state == "done"
    sent = "SELECT count(*) FROM message WHERE campaign_id = 1 AND offer IS NOT NULL"
    states = "SELECT count(*) FROM recipient WHERE state = 'written' AND campaign_id = 1"
    assert count(connection, sent) == count(connection, states) == said["written"] > 40
    quantity, claimed = connection.execute("SELECT quantity, claimed FROM offer").fetchone()
    assert (quantity, claimed) == (20, count(connection, "SELECT count(*) FROM coupon"))
    used = "SELECT count(*) FROM coupon WHERE redeemed_at IS NOT NULL"
    assert (said["claimed"], said["redeemed"]) == (claimed, count(connection, used))
    assert count(connection, "SELECT count(*) FROM coupon WHERE member_id = 1") == 1
    hers = connection.execute(
        "SELECT count(*) FROM coupon c JOIN recipient r ON r.member_id = c.member_id "
        "WHERE r.state = 'written' AND r.campaign_id = 1"
    ).fetchone()
    assert hers[0] == claimed


def test_messages_are_numbered_in_order_of_time(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    wrong = shop[0].execute(
        "SELECT a.id FROM message a JOIN message b ON b.id = a.id + 1 WHERE b.sent_at < a.sent_at"
    )
    assert wrong.fetchall() == []


def test_what_members_asked_to_be_kept_is_kept_or_waits_and_counts_on_the_shelf(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    states = dict(shop[0].execute("SELECT state, count(*) FROM hold GROUP BY state").fetchall())
    assert states["asked"] >= 1
    assert set(states) <= {"asked", "confirmed", "lapsed"}
    assert count(shop[0], "SELECT sum(held) FROM variant") == states.get("confirmed", 0)
    assert count(shop[0], "SELECT count(*) FROM variant WHERE held > stock") == 0


def test_the_questions_tally_agrees_with_its_rows_and_words_are_messages(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    connection, _ = shop
    [(number, raw)] = connection.execute(
        "SELECT id, counts FROM campaign WHERE client_id = 'sample-question'"
    )
    answers = f"FROM question_answer WHERE campaign_id = {number}"
    assert json.loads(raw)["answered"] == count(connection, f"SELECT count(*) {answers}") > 90
    assert count(connection, f"SELECT count(*) {answers} AND message_id IS NOT NULL") > 25
    assert (
        count(
            connection,
            "SELECT count(*) FROM question_answer a JOIN message m"
            " ON m.id = a.message_id WHERE m.body != a.text OR m.reply_to IS NULL",
        )
        == 0
    )
    assert (
        count(
            connection,
            "SELECT count(*) FROM recipient r LEFT JOIN message m"
            " ON m.id = r.message_id AND m.campaign_id = r.campaign_id"
            " AND m.addressee_id = r.member_id WHERE r.state = 'written'"
            " AND m.id IS NULL",
        )
        == 0
    )


def test_mondays_campaigns_agree_with_their_rows_and_nobody_gets_one_after_opting_out(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    found = (
        shop[0]
        .execute(
            "SELECT c.counts, sum(r.written_at IS NOT NULL), count(r.read_at), count(r.replied_at)"
            " FROM campaign c JOIN recipient r ON r.campaign_id = c.id WHERE c.id > 2 GROUP BY c.id"
        )
        .fetchall()
    )
    assert len(found) == 2 * WEEKS
    for raw, *counts in found:
        said = json.loads(raw)
        assert [said.get(name, 0) for name in ("written", "read", "replied")] == counts
    late = (
        "SELECT count(*) FROM recipient r JOIN consent c ON c.member_id = r.member_id"
        " WHERE NOT c.granted AND r.written_at > c.at"
    )
    assert count(shop[0], late) == 0
    assert count(shop[0], "SELECT count(*) FROM consent WHERE NOT granted") > 5
    held = "SELECT count(*) FROM recipient WHERE reason = 'holdout' AND campaign_id > 2"
    assert count(shop[0], held) > 50


def test_campaigns_use_no_field_that_is_not_one(shop: tuple[sqlite3.Connection, Seeded]) -> None:
    bodies = [
        variant["body"]
        for (content,) in shop[0].execute("SELECT content FROM campaign")
        for variant in json.loads(content).get("variants", ())
    ]
    assert len(bodies) > WEEKS
    for body in bodies:
        assert "{" not in render(body, Facts(*FIELDS), {})


def test_no_fitting_room_has_two_owners_and_what_was_is_settled(
    shop: tuple[sqlite3.Connection, Seeded],
) -> None:
    connection = shop[0]
    assert count(connection, "SELECT count(*) FROM fitting WHERE state = 'booked'")
    assert not count(
        connection,
        "SELECT count(*) FROM fitting a JOIN fitting b ON a.room_id = b.room_id AND a.id < b.id"
        " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at",
    )
    now = int(NOW.timestamp() * 1000)
    assert not count(
        connection, f"SELECT count(*) FROM fitting WHERE state = 'booked' AND starts_at <= {now}"
    )
