"""Voice through the real relay: made small and safe, played in parts, gone once recalled."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from typing import Any

import av
import pytest

from tests.helpers.pictures import PLACE, corners, encoded
from tests.helpers.reader import Reader, Refused, new_id
from tests.helpers.recordings import voice


async def connected(phone: Reader) -> int:
    """Connect and page; the phone's own conversation."""
    await phone.connect()
    await phone.sync()
    return int(phone.table("conversation")[0]["id"])


async def medium_of(phone: Reader, data: bytes, mime: str) -> dict[str, Any]:
    """Upload a file; what the relay made of it."""
    client_id = await phone.upload(data, mime=mime)
    return dict((await phone.api("GET", f"/api/uploads/{client_id}"))["media"])


async def status_of(reader: Reader, path: str) -> int:
    """The status that reading a file has."""
    return (await reader.request("GET", path))[0]


async def sent(phone: Reader, data: bytes, mime: str) -> dict[str, Any]:
    """Upload and send a file; the message as the phone received it."""
    conversation_id = await connected(phone)
    client_id = await phone.upload(data, mime=mime)
    result = await phone.command(
        "message.send", conversation_id=conversation_id, client_id=new_id(), body="",
        uploads=[client_id],
    )  # fmt: skip
    await phone.until(lambda: result["id"] in phone.rows.get("message", {}))
    return phone.rows["message"][result["id"]]


@pytest.mark.parametrize(("kind", "mime"), [("webm", "audio/webm;codecs=opus"),
                                            ("m4a", "audio/mp4"), ("wav", "")])  # fmt: skip
async def test_a_voice_message_is_played_by_both_sides(shop, phone, kind, mime):
    member = await phone()
    row = await sent(member, voice(kind), mime)
    path = f"/media/{row['media'][0]['id']}/file"
    for reader in (member, shop.owner):
        status, headers, body = await reader.request("GET", path)
        assert (status, headers["Content-Type"]) == (200, "audio/mp4")
        assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert PLACE not in body
        with av.open(io.BytesIO(body)) as container:
            assert container.duration / av.time_base == pytest.approx(3.0, abs=0.1)
    status, headers, part = await member.request("GET", path, headers={"Range": "bytes=4-11"})
    assert (status, part) == (206, body[4:12])
    assert headers["Content-Range"] == f"bytes 4-11/{len(body)}"
    assert await status_of(member, path.replace("file", "480")) == 404


async def test_the_relay_tells_length_and_loudness(shop, phone):
    medium = await medium_of(await phone(), voice("ogg"), "audio/ogg")
    assert medium["mime"] == "audio/mp4"
    assert medium["duration_ms"] == pytest.approx(3_000, abs=60)
    assert len(medium["waveform"]) == 64
    assert medium["waveform"].startswith("0" * 18)


async def test_a_photo_has_no_file_to_play(shop, phone):
    member = await phone()
    medium = await medium_of(member, encoded(corners(), "JPEG"), "image/jpeg")
    assert await status_of(member, f"/media/{medium['id']}/file") == 404


async def test_a_recalled_voice_message_is_gone_for_everybody_and_from_the_disk(shop, phone):
    member = await phone()
    folder = shop.relay.folder / "media"
    row = await sent(member, voice("webm", 2.5), "audio/webm")
    path = f"/media/{row['media'][0]['id']}/file"
    files = set(folder.rglob("voice.m4a"))
    await member.command("message.recall", client_id=row["client_id"])
    assert [await status_of(reader, path) for reader in (member, shop.owner)] == [410, 410]
    while set(folder.rglob("voice.m4a")) >= files:
        await member.ping()


async def test_sizes_are_limited_by_what_is_announced(shop, phone):
    member = await phone()
    for mime, most in (("audio/webm", 20_000_000), ("video/mp4", 200_000_000)):
        about = {"client_id": new_id(), "mime": mime}
        assert await member.api("POST", "/api/uploads", {**about, "size": most}) == {"offset": 0}
        with pytest.raises(Refused) as caught:
            await member.api("POST", "/api/uploads",
                             {**about, "client_id": new_id(), "size": most + 1})  # fmt: skip
        assert caught.value.code == "upload.too_large"
        assert caught.value.parameters["megabytes"] == most // 1_000_000


async def test_what_waits_to_be_sent_is_for_staff_only_also_by_its_number(shop, phone):
    member, other = await phone(), await phone("王小姐", "13900001234")
    medium = await medium_of(member, voice("webm", 1.5), "audio/webm")
    path = f"/media/{medium['id']}/file"
    assert [await status_of(one, path) for one in (member, other, shop.owner)] == [200, 404, 404]
    with closing(sqlite3.connect(shop.relay.folder / "relay.sqlite3")) as db, db:
        db.execute("UPDATE media SET internal = 1 WHERE id = ?", (medium["id"],))
    assert [await status_of(one, path) for one in (member, other, shop.owner)] == [404, 404, 404]
    conversation_id = await connected(member)
    with closing(sqlite3.connect(shop.relay.folder / "relay.sqlite3")) as db, db:
        db.execute("UPDATE media SET conversation_id = ? WHERE id = ?",
                   (conversation_id, medium["id"]))  # fmt: skip
    assert [await status_of(one, path) for one in (member, other, shop.owner)] == [404, 404, 200]
