"""Simulated members on a real relay: they speak, and they follow a merge."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.demo import sample
from console.relay.backups import DATABASE
from tests.helpers.reader import Reader, new_id

PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def shop(sample_media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sample.Sample]:
    folder: Path = tmp_path_factory.mktemp("sample")
    shutil.copytree(sample_media, folder / "relay" / "media")
    with sample.running(folder, pace=60) as running:
        yield running


def rows(shop: sample.Sample, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    file = f"file:{shop.relay_folder / DATABASE}?mode=ro"
    with closing(sqlite3.connect(file, uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def until(condition: Callable[[], Any]) -> Any:
    """Wait for other processes' doing."""
    deadline = time.monotonic() + PATIENCE_S
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return value


def test_some_of_what_members_start_is_spoken(shop: sample.Sample) -> None:
    fresh = (
        "select m.media from message m where m.kind = 'voice' and m.sender_kind = 'member'"
        " and m.client_id not like 'sample-%'"
    )
    ((media,), *_) = until(lambda: rows(shop, fresh))
    assert '"waveform"' in media
    assert '"audio/mp4"' in media


async def test_a_merged_member_goes_on_in_the_conversation_that_stays(
    shop: sample.Sample,
) -> None:
    async with Reader(shop.relay.url) as owner:
        body = {"secret": shop.relay.secret, "staff": 1, "device_name": "test"}
        signed_in = await owner.api("POST", "/api/staff/local", body, headers={"Origin": ""})
        owner.bearer = signed_in["device_token"]
        await owner.connect()
        await owner.sync()
        alike = [row for row in owner.table("member") if row["name"] == "周雨桐"]
        keep, gone = (row["id"] for row in alike)
        made = await owner.command("member.merge", keep_id=keep, gone_id=gone)
        phones = "select count(*) from device where member_id = ? and kind = 'member'"
        assert rows(shop, phones, keep) == [(2,)]
        await until_said(owner, made["conversation_id"])
        await owner.command("member.unmerge", merge_id=made["merge_id"])
        (hers,) = (row for row in owner.table("conversation") if row.get("member_id") == gone)
        await until_said(owner, hers["id"])


async def until_said(owner: Reader, conversation_id: int) -> None:
    """Say something, until a member's phone has read it."""
    sent = await owner.command(
        "message.send", conversation_id=conversation_id, client_id=new_id(), body="您好,在的~"
    )
    await owner.until(
        lambda: any(
            row["conversation_id"] == conversation_id
            and row.get("member_id")
            and row.get("read_seq", 0) >= sent["seq"]
            for row in owner.table("participant")
        ),
        PATIENCE_S,
    )
