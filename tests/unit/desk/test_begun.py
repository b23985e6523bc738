"""What was begun and not sent, on a real replica and outbox."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from console.desk import recents
from console.desk.begun import BegunDesk, BegunMedium, BegunReply
from console.desk.types import NewMedium, NewMessage
from console.store.outbox import Outbox
from console.sync import uploads
from console.wire.errors import Refusal
from tests.helpers.pictures import camera_photo
from tests.unit.desk.test_writing import Shop, shop

__all__ = ["shop"]


@pytest.fixture
def begun(shop: Shop) -> BegunDesk:
    return BegunDesk(shop.console.here, shop.inbox)


def copies(shop: Shop) -> list[Path]:
    return sorted(shop.console.here.outbox.begun.folder.iterdir())


def held(shop: Shop) -> list[bytes]:
    return [file.read_bytes() for file in copies(shop)]


def again(shop: Shop) -> Outbox:
    """The outbox as another start of the program finds it, whatever happened to this one."""
    return Outbox(shop.console.here.outbox.folder.parent / "outbox.sqlite")


async def begin(begun: BegunDesk, shop: Shop, tmp_path: Path) -> tuple[BegunReply, Path]:
    original = tmp_path / "coat.jpg"
    original.write_bytes(camera_photo())
    copy = await begun.own(original)
    photo = BegunMedium(file=str(copy), name="coat.jpg", caption="front")
    video = BegunMedium(file=str(await begun.own(b"film")), name="film.mp4", duration_ms=900)
    reply = BegunReply(photos=(photo,), video=video, reply_to=shop.says("?"), used=("q1",))
    await begun.keep_reply(shop.chat, reply)
    return reply, original


async def test_a_begun_reply_is_kept_with_copies_of_its_files(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    reply, original = await begin(begun, shop, tmp_path)
    await shop.settle()
    data = original.read_bytes()
    original.unlink()
    found = await begun.reply(shop.chat)
    assert found.reply == reply
    assert (found.quoted_kind, found.quoted_body) == ("text", "?")
    assert sorted(held(shop)) == sorted([data, b"film"])
    (row,) = await shop.inbox.conversations([shop.chat])
    assert (row.has_draft, row.begun_kind) == (True, "video")
    with closing(again(shop)) as outbox:
        assert outbox.begun.rows == shop.console.here.outbox.begun.rows


async def test_what_is_queued_is_begun_no_more_and_the_rest_stays(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    reply, _ = await begin(begun, shop, tmp_path)
    left = msgspec.structs.replace(reply, photos=(), reply_to=0)
    medium = NewMedium(content=Path(reply.photos[0].file), caption="front")
    await shop.desk.send(shop.chat, NewMessage(media=(medium,)), left)
    assert (await begun.reply(shop.chat)).reply == left
    assert held(shop) == [b"film"]
    (entry,) = shop.console.here.outbox.entries
    assert (shop.console.here.outbox.folder / entry.uploads[0].path).exists()


async def test_one_that_could_not_be_queued_is_still_begun(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    reply, _ = await begin(begun, shop, tmp_path)
    with pytest.raises(Refusal):
        await shop.desk.send(shop.chat, NewMessage(body=" "), BegunReply())
    assert (await begun.reply(shop.chat)).reply == reply
    assert len(copies(shop)) == 2


async def test_what_is_taken_out_leaves_the_disk(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    reply, _ = await begin(begun, shop, tmp_path)
    await begun.keep_reply(shop.chat, msgspec.structs.replace(reply, video=None))
    assert [file.suffix for file in copies(shop)] == [".jpg"]
    await begun.keep_reply(shop.chat, BegunReply())
    assert copies(shop) == []
    (row,) = await shop.inbox.conversations([shop.chat])
    assert not row.has_draft


async def test_of_a_message_taken_back_no_word_is_brought_back(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    reply, _ = await begin(begun, shop, tmp_path)
    key = shop.relay.rows["message"][reply.reply_to].client_id
    await shop.settle()
    await shop.inbox.recall(key)
    await shop.settle()
    found = await begun.reply(shop.chat)
    assert (found.reply.reply_to, found.quoted_body) == (0, "")
    assert await begun.recalled(reply.reply_to)


async def test_files_somebody_deleted_are_left_out(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    await begin(begun, shop, tmp_path)
    copies(shop)[0].unlink()
    copies(shop)[0].unlink()
    found = await begun.reply(shop.chat)
    assert (found.reply.photos, found.reply.video, found.reply.used) == ((), None, ("q1",))


async def test_a_copy_made_as_the_program_died_goes_at_the_next_start(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    await begin(begun, shop, tmp_path)
    stray = await begun.own(b"stray")
    with closing(again(shop)):
        assert not stray.exists()
        assert len(copies(shop)) == 2


async def test_what_has_no_room_leaves_no_half_copy(
    begun: BegunDesk, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    with pytest.raises(Refusal):
        await begun.own(b"larger than that")
    with pytest.raises(FileNotFoundError):
        await begun.own(tmp_path / "gone.jpg")
    assert copies(shop) == []


async def test_a_begun_note_is_never_on_its_way_and_goes_when_it_is_added(
    begun: BegunDesk, shop: Shop
) -> None:
    await begun.keep_note(shop.chat, "not for her")
    assert await begun.note(shop.chat) == "not for her"
    assert shop.console.here.outbox.entries == ()
    (row,) = await shop.inbox.conversations([shop.chat])
    assert row.begun_kind == "note"
    await shop.desk.add_note(shop.chat, "not for her")
    assert await begun.note(shop.chat) == ""
    with closing(again(shop)) as outbox:
        assert not outbox.begun.rows


async def test_at_another_shop_nothing_is_begun(
    begun: BegunDesk, shop: Shop, tmp_path: Path
) -> None:
    await begin(begun, shop, tmp_path)
    shop.console.here.outbox.set_aside()
    assert (await begun.reply(shop.chat)).reply == BegunReply()
    assert copies(shop) == []


def test_an_outbox_of_before_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.sqlite3")):
        pass
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite3")) as db:
        db.executescript("DROP TABLE begun; UPDATE counter SET next_n = 7; PRAGMA user_version = 1")
    with closing(Outbox(tmp_path / "outbox.sqlite3")) as outbox:
        assert outbox.confirmed == 6
        assert not outbox.begun.rows


def test_what_was_chosen_lately_comes_first_once(tmp_path: Path) -> None:
    file = tmp_path / "emoji.json"
    assert recents.load(file) == []
    for sign in ("👗", "🙏", "👗", "🧥"):
        recents.remember(file, sign)
    assert recents.load(file) == ["🧥", "👗", "🙏"]
    file.write_bytes(b"{")
    assert recents.load(file) == []
