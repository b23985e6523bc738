"""The sample shop shows everything an inbox can hold, and each of it is sound."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import pytest

from console.demo.seed import Seeded, seed
from console.domain.hours import Hours, parse

NOW = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)
NOW_MS = round(NOW.timestamp() * 1000)


class Shop:
    """The sample shop's database and media."""

    def __init__(self, folder: Path, media: Path) -> None:
        self.media = media
        self.seeded: Seeded = seed(folder / "relay.sqlite3", self.media, NOW)
        self._connection = sqlite3.connect(folder / "relay.sqlite3")
        self._connection.row_factory = sqlite3.Row

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(sql, values)]

    def close(self) -> None:
        self._connection.close()


@pytest.fixture(scope="module")
def shop(sample_media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("sample"), sample_media)
    yield shop
    shop.close()


def items(shop: Shop, kind: str) -> list[dict[str, Any]]:
    found = shop.rows("select media from message where kind = ?", kind)
    return [item for row in found for item in json.loads(row["media"])]


def file_of(shop: Shop, item: dict[str, Any], name: str) -> Path:
    (row,) = shop.rows("select sha256 from media where id = ?", item["id"])
    return shop.media / row["sha256"][:2] / row["sha256"] / name


def test_voice_messages_can_be_heard_and_show_how_loud_they_are(shop: Shop) -> None:
    voices = items(shop, "voice")
    assert len(voices) >= 5
    for voice in voices:
        assert 3_000 <= voice["duration_ms"] <= 60_000
        assert len(set(voice["waveform"])) > 6
        with av.open(str(file_of(shop, voice, "voice.m4a"))) as file:
            heard = sum(frame.samples for frame in file.decode(audio=0))
            rate = file.streams.audio[0].rate
        assert abs(heard * 1000 / rate - voice["duration_ms"]) < 200


def test_the_video_plays_and_has_its_poster(shop: Shop) -> None:
    (video,) = items(shop, "video")
    with av.open(str(file_of(shop, video, "video.mp4"))) as file:
        pictures = sum(1 for _ in file.decode(video=0))
    assert pictures > 20
    assert (video["width"], video["height"]) == (360, 480)
    assert file_of(shop, video, "480.webp").stat().st_size > 1_000


def test_the_colours_of_a_coat_lie_side_by_side_with_their_names(shop: Shop) -> None:
    (strip,) = shop.rows("select kind, body, media from message where layout = 'strip'")
    assert [item["caption"] for item in json.loads(strip["media"])] == [
        "红色 L",
        "米色 M",
        "藏青色 L",
    ]
    assert strip["kind"] == "photo"
    assert strip["body"].startswith("三个颜色")


def test_product_cards_say_what_the_catalogue_says(shop: Shop) -> None:
    shown = shop.rows("select card from message where kind = 'product'")
    assert len(shown) >= 2
    for row in shown:
        card = json.loads(row["card"])
        (product,) = shop.rows("select * from product where id = ?", card["product_id"])
        assert (card["name"], card["price"]) == (product["name"], product["price"])
        assert card["sizes"]


def test_a_quote_is_of_an_earlier_message_of_the_same_talk(shop: Shop) -> None:
    quotes = shop.rows(
        "select m.seq, q.seq as of from message m left join message q"
        " on q.id = m.reply_to and q.conversation_id = m.conversation_id"
        " where m.reply_to is not null"
    )
    assert len(quotes) >= 3
    assert all(row["of"] is not None and row["of"] < row["seq"] for row in quotes)


def test_the_queue_has_talks_of_every_kind(shop: Shop) -> None:
    threads = shop.rows("select * from conversation")
    assert sum(1 for row in threads if row["assignee_id"] == 1) >= 10
    put_off = [row for row in threads if row["snoozed_until"]]
    assert len(put_off) == 2
    assert all(row["snoozed_until"] > NOW_MS and row["waiting_since"] is None for row in put_off)
    assert sum(1 for row in threads if row["woken_at"]) == 1


def test_notes_stand_behind_messages_that_are_there(shop: Shop) -> None:
    notes = shop.rows(
        "select n.*, c.last_seq from note n join conversation c on c.id = n.conversation_id"
    )
    assert len(notes) == 5
    assert all(0 < row["after_seq"] <= row["last_seq"] and row["at"] < NOW_MS for row in notes)


def test_what_is_planned_lies_ahead(shop: Shop) -> None:
    planned = shop.rows("select due_at, state from scheduled")
    assert len(planned) == 2
    assert all(row["due_at"] > NOW_MS and row["state"] == "waiting" for row in planned)


def test_one_member_is_blocked_and_stays_silent(shop: Shop) -> None:
    (blocked,) = shop.rows("select id from member where blocked")
    assert blocked["id"] not in {live.member_id for live in shop.seeded.live}
    (thread,) = shop.rows("select * from conversation where member_id = ?", blocked["id"])
    assert thread["waiting_since"] is None


def test_two_members_are_obviously_one_person(shop: Shop) -> None:
    alike = shop.rows("select phone, birthday from member where name = '周雨桐' order by id")
    assert len(alike) == 2
    assert alike[0]["birthday"] == alike[1]["birthday"]
    assert alike[0]["phone"] != alike[1]["phone"]
    numbers = [row["phone"] for row in shop.rows("select phone from member")]
    assert len(numbers) == len(set(numbers))


def test_staff_wrote_down_what_they_know_of_some(shop: Shop) -> None:
    assert len(shop.rows("select id from member where remark != ''")) == 4
    assert len(shop.rows("select distinct tag from member_tag")) > 15


def test_quick_replies_are_the_shops_and_the_owners_and_were_used(shop: Shop) -> None:
    replies = shop.rows("select * from quick_reply")
    assert {row["staff_id"] for row in replies} == {None, 1}
    assert len(replies) >= 15
    assert len({row["shortcut"] for row in replies}) == len(replies)
    assert all(row["uses"] > 0 for row in replies)
    (with_pictures,) = [row for row in replies if row["media"] != "[]"]
    kept = [item["id"] for item in json.loads(with_pictures["media"])]
    for media_id in kept:
        (row,) = shop.rows("select internal, owner_kind from media where id = ?", media_id)
        assert row == {"internal": 1, "owner_kind": "shop"}


def test_the_opening_hours_are_hours(shop: Shop) -> None:
    (row,) = shop.rows("select value from setting where key = 'hours'")
    daily = Hours.daily("Asia/Shanghai", 600, 1290)
    hours = parse(json.loads(row["value"]), daily)
    assert hours.week[6] == ((600, 1320),)
    assert hours.closed
