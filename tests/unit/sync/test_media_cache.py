"""Photos as files: fetched once, bounded, gone when taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from console.store import replica_apply
from console.store.replica import open_newest
from console.sync.http import Offline, RelayHttp
from console.sync.media_cache import MediaCache
from console.sync.station import Station
from console.wire.commands import RecallMessage
from console.wire.errors import Code, Refusal
from tests.unit.sync.memory_line import Console, InlineWorkers
from tests.unit.sync.model_relay import NOW, ModelRelay
from tests.unit.sync.test_station import queue, settle


class Photos(RelayHttp):
    """The relay's photos without a socket; counts what is fetched."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9")
        self.fetched: list[int] = []
        self.failure: Exception | None = None

    async def media(self, media_id: int, long_side: int) -> bytes:
        self.fetched.append(media_id)
        if self.failure is not None:
            raise self.failure
        return f"photo {media_id} ".encode().ljust(100, b".")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[tuple[Console, ModelRelay, Photos]]:
    console = Console(tmp_path / "here", staff=1, device=1)
    station: Station = await console.open()
    photos = Photos()
    station.media = MediaCache(tmp_path / "media", photos, InlineWorkers(), limit_bytes=250)
    relay = ModelRelay()
    relay.set_up()
    yield console, relay, photos
    await console.close()


Here = tuple[Console, ModelRelay, Photos]


async def test_photo_is_fetched_once_and_the_least_shown_goes_first(here: Here) -> None:
    console, _, photos = here
    one = await console.here.photo(1, 480)
    await console.here.photo(2, 480)
    assert one is not None
    assert one.read_bytes().startswith(b"photo 1")
    assert await console.here.photo(1, 480) == one
    await console.here.photo(3, 480)
    assert photos.fetched == [1, 2, 3]
    assert sorted(path.name for path in one.parent.iterdir()) == ["1-480", "3-480"]
    await console.here.photo(2, 480)
    assert photos.fetched == [1, 2, 3, 2]


@pytest.mark.parametrize("failure", [Offline("x"), Refusal(Code.MEDIA_GONE)])
async def test_photo_that_cannot_be_had_is_none(failure: Exception, here: Here) -> None:
    console, _, photos = here
    photos.failure = failure
    assert await console.here.photo(1, 480) is None
    photos.failure = None
    assert await console.here.photo(1, 480) is not None


async def test_recalled_photo_leaves_the_disk_and_is_not_fetched_again(here: Here) -> None:
    console, relay, _ = here
    chat = relay.add_member("林小雨")
    message = relay.member_says(chat, "look")
    ref = {"id": 7, "mime": "image/jpeg", "width": 1, "height": 1}
    relay.commit(lambda rev: relay.put("message", rev, message.id, media=[ref], kind="photo"))
    await settle(console, relay)
    path = await console.here.photo(7, 480)
    assert path is not None
    await queue(console, RecallMessage(client_id=message.client_id), f"conversation/{chat}")
    await settle(console, relay)
    assert not path.exists()
    assert await console.here.photo(7, 480) is None
    assert not path.exists()


async def test_photos_of_a_forgotten_scope_leave_the_disk(here: Here) -> None:
    console, relay, _ = here
    chat = relay.add_member("林小雨")
    message = relay.member_says(chat, "look")
    ref = {"id": 7, "mime": "image/jpeg", "width": 1, "height": 1}
    relay.commit(lambda rev: relay.put("message", rev, message.id, media=[ref], kind="photo"))
    await settle(console, relay)
    path = await console.here.photo(7, 480)
    assert path is not None
    relay.revoked[1] = {"chats/1"}
    await settle(console, relay)
    assert not path.exists()


async def test_trash_left_by_a_crash_is_emptied_before_anything_is_shown(tmp_path: Path) -> None:
    replica = open_newest(tmp_path)
    (tmp_path / "media").mkdir()
    left = tmp_path / "media" / "7-480"
    left.write_bytes(b"secret")
    with replica.writing() as db:
        db.execute("INSERT INTO media_trash VALUES (7)")
    replica.close()
    console = Console(tmp_path, staff=1, device=1)
    await console.open()
    assert not left.exists()
    await console.close()


async def test_message_older_than_the_snapshot_can_be_added(here: Here) -> None:
    console, relay, _ = here
    chat = relay.add_member("林小雨")
    message = relay.member_says(chat, "old words")
    hidden = relay.rows["message"].pop(message.id)
    await settle(console, relay)
    raw = msgspec.json.decode(msgspec.json.encode([hidden]))
    replica_apply.older(console.here.replica, raw)
    assert [m.body for m in await console.table("message")] == ["old words"]
    newer = msgspec.structs.replace(hidden, body="", recalled_at=NOW, rev=hidden.rev + 1)
    replica_apply.older(console.here.replica, [msgspec.to_builtins(newer)])
    replica_apply.older(console.here.replica, raw)
    assert [m.body for m in await console.table("message")] == [""]
