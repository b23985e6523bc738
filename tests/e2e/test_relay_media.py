"""Photos through the real relay: sent in pieces, made safe, shown to the right people only."""

from __future__ import annotations

import asyncio
import hashlib
import io
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from PIL import Image

from tests.helpers.pictures import (
    PLACE,
    camera_photo,
    corners,
    encoded,
    photo_and_archive,
    png_bomb,
)
from tests.helpers.reader import Reader, Refused, new_id


async def send_photo(phone: Reader, photo: bytes, conversation_id: int) -> dict[str, Any]:
    """Upload and send a photo; the message's row as the phone received it."""
    client_id = await phone.upload(photo)
    sent = await phone.command(
        "message.send", conversation_id=conversation_id, client_id=new_id(), body="",
        uploads=[client_id],
    )  # fmt: skip
    await phone.until(lambda: sent["id"] in phone.rows.get("message", {}))
    return phone.rows["message"][sent["id"]]


async def connected(phone: Reader) -> int:
    """Connect and page; the phone's own conversation."""
    await phone.connect()
    await phone.sync()
    return int(phone.table("conversation")[0]["id"])


async def bytes_of(reader: Reader, media_id: int, side: int = 1600, **headers: str) -> bytes:
    """A rendition.  Raises ``Refused``."""
    status, _, body = await reader.request("GET", f"/media/{media_id}/{side}", headers=headers)
    if status >= 400:
        raise Refused(body.decode(), status)
    return body


async def offset_of(member: Reader, client_id: str) -> int:
    """Where the relay says to go on."""
    _, headers, _ = await member.request("HEAD", f"/api/uploads/{client_id}")
    return int(headers["Upload-Offset"])


async def cut_half_way(member: Reader, client_id: str, photo: bytes) -> None:
    """Announce the whole photo, send half, and cut the line once some of it has arrived."""
    host, _, port = member.base.removeprefix("http://").partition(":")
    _, line = await asyncio.open_connection(host, int(port))
    headers = {**member.headers, "Host": f"{host}:{port}", "Upload-Offset": "0",
               "Content-Length": str(len(photo))}  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.write(f"PATCH /api/uploads/{client_id} HTTP/1.1\r\n{head}\r\n".encode())
    line.write(photo[: len(photo) // 2])
    await line.drain()
    async with asyncio.timeout(10):
        while await offset_of(member, client_id) == 0:
            pass
    line.transport.abort()


async def test_an_upload_goes_on_after_its_line_was_cut(shop, phone):
    member = await phone()
    photo = encoded(corners(1800, 1200), "PNG", compress_level=0)
    client_id = new_id()
    about = {"client_id": client_id, "size": len(photo), "mime": "image/png",
             "sha256": hashlib.sha256(photo).hexdigest()}  # fmt: skip
    assert await member.api("POST", "/api/uploads", about) == {"offset": 0}
    await cut_half_way(member, client_id, photo)
    shop.relay.kill_and_restart()
    member.base = shop.base
    offset = await offset_of(member, client_id)
    assert 0 < offset <= len(photo) // 2
    answer = await member.api(
        "PATCH", f"/api/uploads/{client_id}", data=io.BytesIO(photo[offset:]),
        headers={"Upload-Offset": str(offset)},
    )  # fmt: skip
    assert (answer["media"]["width"], answer["media"]["height"]) == (1600, 1067)
    again = await member.api("POST", "/api/uploads", about)
    assert again["media"]["id"] == answer["media"]["id"]


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
async def test_no_place_is_in_any_byte_that_is_served(shop, phone, kind):
    member = await phone()
    conversation_id = await connected(member)
    photo = camera_photo(kind, orientation=6)
    assert PLACE in photo
    row = await send_photo(member, photo, conversation_id)
    medium = row["media"][0]
    assert row["kind"] == "photo"
    assert (medium["width"], medium["height"]) == (300, 400)
    for side in (480, 1600):
        for accept, kind_served in (("image/webp", "WEBP"), ("image/png,image/*", "JPEG")):
            served = await bytes_of(member, medium["id"], side, Accept=accept)
            assert PLACE not in served
            with Image.open(io.BytesIO(served)) as shown:
                assert shown.format == kind_served
                assert shown.size == (300, 400)
    stored = [file for file in shop.relay.folder.rglob("*") if file.is_file()]
    assert not [file.name for file in stored if PLACE in file.read_bytes()]


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (png_bomb(), "upload.too_large"),
        (photo_and_archive(), "media.type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 9, "media.type"),
        (encoded(corners(900, 700), "JPEG")[:3000], "media.broken"),
    ],
    ids=["bomb", "polyglot", "disguised", "truncated"],
)
async def test_what_is_no_honest_photo_is_refused_and_the_relay_goes_on(shop, phone, photo, code):
    member = await phone()
    client_id = new_id()
    with pytest.raises(Refused) as caught:
        await member.upload(photo, client_id)
    assert caught.value.code == code
    with pytest.raises(Refused) as gone:
        await member.api("PATCH", f"/api/uploads/{client_id}", data=b"",
                         headers={"Upload-Offset": "0"})  # fmt: skip
    assert gone.value.code == "not_found"
    assert await member.upload(encoded(corners(), "JPEG"))


async def test_sizes_and_kinds_are_checked_before_a_byte_is_sent(shop, phone):
    member = await phone()

    async def code_of(**about: Any) -> str:
        with pytest.raises(Refused) as caught:
            await member.api("POST", "/api/uploads", {"client_id": new_id(), **about})
        return caught.value.code

    assert await code_of(size=26_000_000, mime="image/jpeg") == "upload.too_large"
    assert await code_of(size=0, mime="image/jpeg") == "upload.too_large"
    assert await code_of(size=10, mime="text/html") == "media.type"
    assert await code_of(size="many", mime="image/jpeg") == "command.invalid"


async def test_a_photo_is_seen_by_its_conversation_and_by_nobody_else(shop, phone):
    member, other = await phone("苏小姐", "13800136021"), await phone("王小姐", "13900001234")
    row = await send_photo(member, encoded(corners(), "JPEG"), await connected(member))
    media_id = row["media"][0]["id"]
    assert await bytes_of(member, media_id)
    assert await bytes_of(shop.owner, media_id)
    async with Reader(shop.base) as stranger:
        for reader, status in ((other, 404), (stranger, 401)):
            with pytest.raises(Refused) as caught:
                await bytes_of(reader, media_id)
            assert caught.value.status == status


async def test_photos_of_a_blocked_member_are_not_taken(shop, phone):
    member, photo = await phone(number="13800136055"), encoded(corners(), "JPEG")
    begun = new_id()
    about = {"client_id": begun, "size": len(photo), "mime": "image/jpeg"}
    assert await member.api("POST", "/api/uploads", about) == {"offset": 0}
    with closing(sqlite3.connect(shop.relay.folder / "relay.sqlite3")) as connection, connection:
        connection.execute("update member set blocked = 1 where phone = '13800136055'")
    with pytest.raises(Refused) as refused:
        await member.api("POST", "/api/uploads", about | {"client_id": new_id()})
    assert refused.value.code == "member.blocked"
    with pytest.raises(Refused) as refused:
        await member.api(
            "PATCH", f"/api/uploads/{begun}", data=photo, headers={"Upload-Offset": "0"}
        )
    assert refused.value.code == "member.blocked"


async def test_before_it_is_sent_a_photo_is_its_uploaders_alone(shop, phone):
    member, other = await phone("苏小姐", "13800136021"), await phone("王小姐", "13900001234")
    client_id = await member.upload(encoded(corners(), "JPEG"))
    about = {"client_id": client_id, "size": 9, "mime": "image/jpeg"}
    media_id = (await member.api("POST", "/api/uploads", about))["media"]["id"]
    assert await bytes_of(member, media_id)
    for reader in (other, shop.owner):
        with pytest.raises(Refused) as caught:
            await bytes_of(reader, media_id)
        assert caught.value.status == 404
    conversation_id = await connected(other)
    with pytest.raises(Refused) as stolen:
        await other.command("message.send", conversation_id=conversation_id, client_id=new_id(),
                            uploads=[client_id])  # fmt: skip
    assert stolen.value.code == "upload.missing"


async def test_a_recalled_photo_is_gone_for_everybody_and_from_the_disk(shop, phone):
    member = await phone()
    folder = shop.relay.folder / "media"
    before = set(folder.rglob("*.webp"))
    row = await send_photo(member, encoded(corners(321, 123), "JPEG"), await connected(member))
    media_id = row["media"][0]["id"]
    stored = set(folder.rglob("*.webp")) - before
    assert len(stored) == 2
    await member.command("message.recall", client_id=row["client_id"])
    for reader in (member, shop.owner):
        with pytest.raises(Refused) as caught:
            await bytes_of(reader, media_id)
        assert caught.value.status == 410
    async with asyncio.timeout(10):
        while any(file.exists() for file in stored):
            await member.ping()
    assert before <= set(folder.rglob("*.webp"))


async def test_an_erasure_that_a_crash_interrupted_is_finished_at_the_next_start(shop, phone):
    member = await phone()
    row = await send_photo(member, encoded(corners(123, 321), "JPEG"), await connected(member))
    stray = shop.relay.folder / "media" / "ab" / ("ab" * 32)
    stray.mkdir(parents=True)
    (stray / "1600.webp").write_bytes(b"left over")
    shop.relay.kill_and_restart()
    member.base = shop.base
    async with asyncio.timeout(10):
        while stray.exists():
            await member.api("GET", "/api/health")
    assert await bytes_of(member, row["media"][0]["id"])


async def test_a_picture_that_two_messages_show_stays_until_both_are_recalled(shop, phone):
    member = await phone()
    conversation_id = await connected(member)
    first = await send_photo(member, encoded(corners(), "PNG"), conversation_id)
    second = await send_photo(member, encoded(corners(), "PNG"), conversation_id)
    await member.command("message.recall", client_id=first["client_id"])
    assert await bytes_of(member, second["media"][0]["id"])
    with pytest.raises(Refused):
        await bytes_of(member, first["media"][0]["id"])


async def test_a_photo_is_kept_by_its_readers_cache_and_served_in_parts(shop, phone):
    member = await phone()
    row = await send_photo(member, encoded(corners(), "JPEG"), await connected(member))
    path = f"/media/{row['media'][0]['id']}/1600"
    status, headers, whole = await member.request("GET", path)
    assert status == 200
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["Content-Type"] == "image/webp"
    assert "Accept" in headers["Vary"]
    status, partial, body = await member.request("GET", path, headers={"Range": "bytes=10-19"})
    assert (status, body) == (206, whole[10:20])
    assert partial["Content-Range"] == f"bytes 10-19/{len(whole)}"
    status, _, body = await member.request("GET", path, headers={"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")
    status, _, _ = await member.request("GET", path.replace("1600", "640"))
    assert status == 404
