"""Real consoles against a real relay process: nothing in between is pretended."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk, staff_folder
from console.desk.types import NewMedium, NewMessage
from console.relay import process
from console.relay.process import RelayInfo
from console.store import driver
from console.sync.devices import Credential
from console.sync.http import RelayHttp
from tests.e2e.conftest import RelayProcess

PATIENCE_S = 60.0


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until ``condition`` holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 - another process; nothing tells us
            await asyncio.sleep(0.02)


async def synced(desk: Desk) -> None:
    async def is_synced() -> bool:
        return desk.inbox.link.phase == "synced" and desk.inbox.link.queued == 0

    await until(is_synced)


@pytest.fixture
def relay(relay_process: RelayProcess) -> RelayInfo:
    """A relay with nothing in it."""
    return relay_process.info


@pytest.fixture
async def owner(relay: RelayInfo, tmp_path: Path) -> Credential:
    accounts = AccountsDesk(tmp_path / "home", relay.url, relay.secret)
    try:
        return await accounts.setup("时光衣橱", "小李", "2468-1357", 600, 1290)
    finally:
        await accounts.close()


async def join(relay: RelayInfo, phone: str, name: str, *, marketing: bool = False) -> int:
    """A member joins with her phone; her conversation's id."""
    http = RelayHttp(relay.url)
    try:
        shop = await http.json("GET", "/api/shop")
        headers = {"Origin": relay.url, "Content-Type": "application/json"}
        body = {
            "phone": phone, "name": name, "privacy": True, "marketing": marketing,
            "privacy_hash": shop["privacy"]["hash"], "marketing_hash": shop["marketing"]["hash"],
        }  # fmt: skip
        _, answer = await http.request("POST", "/api/join", msgspec.json.encode(body), headers)
        return int(msgspec.json.decode(answer)["conversation_id"])
    finally:
        await http.close()


async def test_first_run_opens_a_desk_that_knows_who_sits_there(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    desk = await open_desk(tmp_path / "home", relay.url, owner)
    try:
        await synced(desk)
        assert desk.inbox.me.shop_name == "时光衣橱"
        assert desk.inbox.me.name == "小李"
        assert (await desk.inbox.counts()).all == 0
    finally:
        await desk.close()


async def test_text_reaches_the_other_console_and_is_recalled_there(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    conversation = await join(relay, "13812346021", "林小雨")
    counter = await open_desk(tmp_path / "home", relay.url, owner)
    office = await open_desk(tmp_path / "other", relay.url, await pair(relay))
    try:
        await synced(counter)
        assert await counter.inbox.conversation_ids("all") == [conversation]
        key = await counter.writing.send(conversation, NewMessage(body="您好,红色风衣有 L 码"))

        async def body_there() -> str:
            items = (await office.inbox.timeline(conversation)).items
            return items[-1].body if items and items[-1].key == key else ""

        async def arrived() -> bool:
            return await body_there() == "您好,红色风衣有 L 码"

        await until(arrived)
        await synced(counter)
        bubbles = (await counter.inbox.timeline(conversation)).items
        assert [item.state for item in bubbles if item.key == key] == ["sent"]
        await counter.inbox.recall(key)

        async def recalled() -> bool:
            return (await office.inbox.timeline(conversation)).items[-1].recalled

        await until(recalled)
        assert await body_there() == ""
    finally:
        await counter.close()
        await office.close()


async def pair(relay: RelayInfo) -> Credential:
    """Another device of the owner."""
    http = RelayHttp(relay.url)
    try:
        answer = await http.json(
            "POST", "/api/staff/local", {"secret": relay.secret, "device_name": "office"}
        )
    finally:
        await http.close()
    return Credential(relay="bundled", staff_id=answer["staff_id"], name=answer["name"],
                      role=answer["role"], token=answer["device_token"])  # fmt: skip


async def test_a_desk_that_has_the_shop_shows_it_before_it_connects(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    conversation = await join(relay, "13812346022", "王芳")
    desk = await open_desk(tmp_path / "home", relay.url, owner, connect=False)
    await synced(desk)  # the first time there is nothing to show yet
    await desk.close()

    desk = await open_desk(tmp_path / "home", relay.url, owner, connect=False)
    try:
        assert await desk.inbox.conversation_ids("all") == [conversation]
        assert desk.inbox.link.phase == "connecting"
        desk.connect()
        desk.connect()
        await synced(desk)
    finally:
        await desk.close()


async def test_photo_written_offline_arrives_after_the_relay_is_back(
    relay: RelayInfo, relay_process: RelayProcess, owner: Credential, tmp_path: Path
) -> None:
    conversation = await join(relay, "13812346022", "王芳")
    desk = await open_desk(tmp_path / "home", relay.url, owner)
    try:
        await synced(desk)
        await asyncio.to_thread(relay_process.stop)
        file = tmp_path / "coat.jpg"
        picture = Image.effect_noise((600, 400), 60).convert("RGB")
        picture.save(file)
        key = await desk.writing.send(
            conversation, NewMessage(body="到货了", media=(NewMedium(content=file),))
        )
        file.unlink()
        (queued,) = (await desk.inbox.timeline(conversation)).items
        assert (queued.key, queued.kind, queued.state) == (key, "photo", "queued")
        assert (queued.photos[0].width, queued.photos[0].height) == (600, 400)
        await desk.close()

        again = await asyncio.to_thread(
            process.start_background, relay_process.folder, port=relay.port, host="127.0.0.1"
        )
        desk = await open_desk(tmp_path / "home", again.url, owner)

        async def sent() -> bool:
            items = (await desk.inbox.timeline(conversation)).items
            assert [item.key for item in items] == [key]
            return items[0].seq == 1

        await until(sent)
        (bubble,) = (await desk.inbox.timeline(conversation)).items
        path = await desk.inbox.photo(bubble.photos[0].media_id)
        assert path is not None
        with Image.open(io.BytesIO(path.read_bytes())) as shown:
            assert max(shown.size) == 480
    finally:
        await desk.close()


async def test_drafts_follow_to_the_other_console_and_survive_a_collision(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    conversation = await join(relay, "13812346023", "陈静")
    counter = await open_desk(tmp_path / "home", relay.url, owner)
    office = await open_desk(tmp_path / "other", relay.url, await pair(relay))
    try:
        await synced(counter)
        await synced(office)
        await counter.inbox.save_draft(conversation, "到店看看")

        async def followed() -> bool:
            return (await office.inbox.draft(conversation)).body == "到店看看"

        await until(followed)
        await office.station.link.close()
        await office.inbox.save_draft(conversation, "office words")
        await counter.inbox.save_draft(conversation, "counter words")
        await synced(counter)
        office.station.link.start()

        async def both_kept() -> bool:
            drafts = [await desk.inbox.draft(conversation) for desk in (counter, office)]
            return [(d.body, d.beside) for d in drafts] == [("office words", "counter words")] * 2

        await until(both_kept)
    finally:
        await counter.close()
        await office.close()


async def test_folder_of_a_staff_member_holds_replica_and_outbox(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    desk = await open_desk(tmp_path / "home", relay.url, owner)
    await synced(desk)
    await desk.close()
    folder = staff_folder(tmp_path / "home", owner.relay, owner.staff_id)
    assert {"outbox.sqlite", "replica-000001.sqlite"} <= {path.name for path in folder.iterdir()}
    assert (tmp_path / "home" / "devices.json").stat().st_mode & 0o777 == 0o600


async def test_a_disk_that_is_full_for_a_while_costs_neither_the_line_nor_a_message(
    relay: RelayInfo, owner: Credential, tmp_path: Path
) -> None:
    conversation = await join(relay, "13812346023", "周雨桐")
    desk = await open_desk(tmp_path / "home", relay.url, owner)
    try:
        await synced(desk)

        def allow(pages: int) -> None:
            desk.station.replica.writer.execute(f"PRAGMA max_page_count = {pages}")

        await desk.station._workers.write(allow, 1)
        for number in range(40):
            body = f"{number} " + "字" * 3_000
            await desk.writing.send(conversation, NewMessage(body=body))

        async def has_lost_the_line() -> bool:
            return desk.inbox.link.phase in {"offline", "connecting"}

        await until(has_lost_the_line)
        await desk.station._workers.write(allow, 2**30)
        desk.wake()
        await synced(desk)
        assert len((await desk.inbox.timeline(conversation)).items) == 40
    finally:
        await desk.close()


@pytest.mark.parametrize("found_by", ["reading", "writing"])
async def test_a_damaged_copy_is_replaced_and_nothing_unsent_is_lost(
    relay: RelayInfo, owner: Credential, tmp_path: Path, found_by: str
) -> None:
    conversation = await join(relay, "13812346024", "陈晨")
    home = tmp_path / "home"
    desk = await open_desk(home, relay.url, owner)
    await synced(desk)
    await desk.writing.send(conversation, NewMessage(body="之前"))
    await synced(desk)
    file = desk.station.replica.path
    await desk.close()
    damage(file, "message")

    desk = await open_desk(home, relay.url, owner, connect=False)
    try:
        await desk.writing.send(conversation, NewMessage(body="之后"))
        if found_by == "reading":
            await desk.inbox.timeline(conversation)
        desk.connect()

        async def both_there() -> bool:
            items = (await desk.inbox.timeline(conversation)).items
            return [item.body for item in items if item.state == "sent"] == ["之前", "之后"]

        await synced(desk)
        await until(both_there)
        assert desk.station.replica.path != file
        left = [each.name for each in file.parent.glob("replica-*") if each.stem == file.stem]
        assert left == [], "words are not kept in a file that nobody looks after"
    finally:
        await desk.close()


def damage(file: Path, table: str) -> None:
    """Overwrite where a table begins, as a failing disk would."""
    database = driver.connect(file)
    [(page,)] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    [(size,)] = database.execute("PRAGMA page_size")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * size)


@pytest.mark.parametrize("how", ["lost", "broken"])
async def test_a_new_outbox_never_sends_under_a_number_that_was_used(
    relay: RelayInfo, owner: Credential, tmp_path: Path, how: str
) -> None:
    conversation = await join(relay, "13812346025", "吴悠")
    home = tmp_path / "home"
    desk = await open_desk(home, relay.url, owner)
    await synced(desk)
    await desk.writing.send(conversation, NewMessage(body="之前"))
    await synced(desk)
    await desk.close()
    file = staff_folder(home, owner.relay, owner.staff_id) / "outbox.sqlite"
    if how == "lost":
        file.unlink()
    else:
        file.write_bytes(b"\xa5" * 20_000)

    desk = await open_desk(home, relay.url, owner)
    try:
        await desk.writing.send(conversation, NewMessage(body="之后"))
        await synced(desk)
        items = (await desk.inbox.timeline(conversation)).items
        assert [(item.body, item.state) for item in items] == [("之前", "sent"), ("之后", "sent")]
        aside = file.with_name("outbox.unusable") if how == "broken" else None
        assert desk.station.outbox.unusable == aside
        assert aside is None or aside.read_bytes() == b"\xa5" * 20_000
    finally:
        await desk.close()
