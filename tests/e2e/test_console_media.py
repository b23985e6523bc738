"""Voice and video between two consoles over a real relay: made here, sent, fetched, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import av
import psutil
import pytest

from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk
from console.desk.types import MessageItem, NewMedium, NewMessage
from console.sync.devices import Credential
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import join, pair
from tests.helpers.pictures import PLACE
from tests.helpers.recordings import film, voice

PATIENCE_S = 60.0


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 - another process; nothing tells us
            await asyncio.sleep(0.05)


class Shop:
    """A relay, its owner at the counter, and one member's conversation."""

    def __init__(self, relay: RelayProcess, home: Path) -> None:
        self.relay, self.home = relay, home
        self.desks: list[Desk] = []

    async def open(self, place: str, credential: Credential) -> Desk:
        desk = await open_desk(self.home / place, self.relay.base, credential)
        self.desks.append(desk)

        async def synced() -> bool:
            return desk.inbox.link.phase == "synced"

        await until(synced)
        return desk

    async def set_up(self) -> None:
        accounts = AccountsDesk(self.home / "first", self.relay.base, self.relay.info.secret)
        try:
            self.owner = await accounts.setup("时光衣橱", "小李", "2468-1357", 600, 1290)
        finally:
            await accounts.close()
        self.conversation = await join(self.relay.info, "13812346021", "林小雨")
        self.counter = await self.open("counter", self.owner)

    async def send(self, content: bytes | Path) -> str:
        medium = NewMedium(content=content)
        return await self.counter.writing.send(self.conversation, NewMessage(media=(medium,)))

    async def bubble(self, desk: Desk, key: str) -> MessageItem | None:
        items = (await desk.inbox.timeline(self.conversation)).items
        return next((item for item in items if item.key == key), None)

    async def arrived(self, desk: Desk, key: str) -> MessageItem:
        async def here() -> bool:
            item = await self.bubble(desk, key)
            return item is not None and bool(item.photos) and item.photos[0].media_id > 0

        await until(here)
        item = await self.bubble(desk, key)
        assert item is not None
        return item


@pytest.fixture
async def shop(relay_process: RelayProcess, tmp_path: Path) -> AsyncIterator[Shop]:
    made = Shop(relay_process, tmp_path)
    await made.set_up()
    yield made
    for desk in made.desks:
        await desk.close()
    assert not workers()


def workers(*kind: str) -> list[psutil.Process]:
    """Media workers of this process; one that ended while it was looked at is none."""

    def is_worker(child: psutil.Process) -> bool:
        with suppress(psutil.NoSuchProcess):
            return {"media-worker", *kind} <= set(child.cmdline())
        return False

    return [child for child in psutil.Process().children() if is_worker(child)]


def kept(shop: Shop) -> list[str]:
    """Names of the files that wait to be uploaded."""
    return sorted(path.name for path in shop.counter.station.outbox.folder.iterdir())


async def test_voice_shows_its_loudness_at_once_and_is_heard_on_the_other_side(shop: Shop) -> None:
    key = await shop.send(voice("wav", 3.0))
    waiting = await shop.bubble(shop.counter, key)
    assert waiting is not None
    assert (waiting.photos[0].mime, len(waiting.photos[0].waveform)) == ("audio/mp4", 64)
    office = await shop.open("office", await pair(shop.relay.info))
    item = await shop.arrived(office, key)
    medium = item.photos[0]
    assert (item.kind, medium.mime) == ("voice", "audio/mp4")
    assert medium.duration_ms == pytest.approx(3_000, abs=60)
    assert medium.waveform.startswith("0" * 18)
    file = await office.station.media_file(medium.media_id)
    assert file is not None
    with av.open(str(file)) as container:
        assert container.duration / av.time_base == pytest.approx(3.0, abs=0.1)
    assert await office.station.media_file(medium.media_id) == file
    await shop.counter.inbox.recall(key)

    async def forgotten() -> bool:
        return not file.exists()

    await until(forgotten)
    assert await office.station.media_file(medium.media_id) is None


async def test_video_is_made_small_here_and_played_on_the_other_side(
    shop: Shop, tmp_path: Path
) -> None:
    original = tmp_path / "IMG_0001.MOV"
    original.write_bytes(film("hevc", 4.0, (1280, 720), rotation=90))
    shown: list[float] = []
    key = await shop.send(original)
    shop.counter.station.listeners.touched = lambda _touched: shown.extend(
        shop.counter.station.pump.progress.values()
    )
    original.unlink()
    waiting = await shop.bubble(shop.counter, key)
    assert waiting is not None
    assert (waiting.photos[0].width, waiting.photos[0].height) == (540, 960)
    assert waiting.photos[0].duration_ms == pytest.approx(4_000, abs=60)
    office = await shop.open("office", await pair(shop.relay.info))
    medium = (await shop.arrived(office, key)).photos[0]
    assert (medium.mime, medium.width, medium.height) == ("video/mp4", 540, 960)
    file = await office.station.media_file(medium.media_id)
    poster = await office.station.photo(medium.media_id, 480)
    assert file is not None
    assert poster is not None
    assert PLACE not in file.read_bytes()
    with av.open(str(file)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 120
    assert shown == sorted(shown)
    assert len(set(shown)) > 10
    assert shown[0] < 0.2
    assert shown[-1] > 0.8


async def test_a_video_that_is_taken_back_while_it_is_made_leaves_nothing(shop: Shop) -> None:
    key = await shop.send(film("mov", 30.0, (1280, 720)))
    pump = shop.counter.station.pump

    async def under_way() -> bool:
        return any(part > 0 for part in pump.progress.values())

    await until(under_way)
    assert len(kept(shop)) == 3
    await shop.counter.inbox.recall(key)

    async def ended() -> bool:
        return not workers("film") and not pump.progress and kept(shop) == []

    await until(ended)
    assert await shop.bubble(shop.counter, key) is None


async def test_a_video_is_made_again_after_the_console_was_closed_over_it(shop: Shop) -> None:
    key = await shop.send(film("mov", 8.0, (1280, 720)))
    pump = shop.counter.station.pump

    async def under_way() -> bool:
        return any(part > 0 for part in pump.progress.values())

    await until(under_way)
    await shop.counter.close()
    shop.desks.remove(shop.counter)
    shop.counter = await shop.open("counter", shop.owner)
    medium = (await shop.arrived(shop.counter, key)).photos[0]
    assert medium.duration_ms == pytest.approx(8_000, abs=60)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nothing that was ever recorded" * 40, Code.MEDIA_TYPE),
        (film("mov", 1.0)[:6_000], Code.MEDIA_BROKEN),
        (voice("wav", 303.0), Code.MEDIA_TOO_LONG),
    ],
    ids=["disguised", "cut", "long"],
)
async def test_what_cannot_be_sent_is_refused_before_anything_is_queued(
    shop: Shop, content: bytes, code: Code
) -> None:
    with pytest.raises(Refusal) as caught:
        await shop.send(content)
    assert caught.value.code is code
    assert shop.counter.station.outbox.entries == ()
    assert kept(shop) == []
