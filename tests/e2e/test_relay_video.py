"""Video through the real relay: made small in the background, asked about, played in parts."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import av
import psutil
import pytest
from PIL import Image

from tests.helpers.pictures import PLACE, corners, encoded
from tests.helpers.reader import Reader, Refused, new_id
from tests.helpers.recordings import film, voice


async def connected(phone: Reader) -> int:
    """Connect and page; the phone's own conversation."""
    await phone.connect()
    await phone.sync()
    return int(phone.table("conversation")[0]["id"])


async def brought(phone: Reader, data: bytes, client_id: str) -> int:
    """Announce a video and bring every byte; the status of the last answer."""
    about = {"client_id": client_id, "size": len(data), "mime": "video/quicktime"}
    await phone.api("POST", "/api/uploads", about)
    answer = await phone.request(
        "PATCH", f"/api/uploads/{client_id}", data=io.BytesIO(data), headers={"Upload-Offset": "0"}
    )
    return answer[0]


async def finished(phone: Reader, client_id: str) -> tuple[dict[str, Any], list[float]]:
    """Ask until the video is made; the medium and the progress told on the way."""
    told: list[float] = []
    async with asyncio.timeout(120):
        while "media" not in (answer := await phone.api("GET", f"/api/uploads/{client_id}")):
            told.append(answer["progress"])
            await asyncio.sleep(0.1)
    return answer["media"], told


async def send(phone: Reader, conversation_id: int, client_id: str) -> dict[str, Any]:
    """Send a message that carries an upload.  Raises ``Refused``."""
    return await phone.command("message.send", conversation_id=conversation_id,
                               client_id=new_id(), body="", uploads=[client_id])  # fmt: skip


async def test_a_video_is_made_while_the_phone_asks_and_then_played_by_both_sides(shop, phone):
    data, client_id = film("hevc", 8.0, (1280, 720), rotation=90), new_id()
    assert PLACE in data
    member = await phone()
    conversation_id = await connected(member)
    status = await brought(member, data, client_id)
    assert status == 202
    with pytest.raises(Refused) as early:
        await send(member, conversation_id, client_id)
    assert early.value.code == "upload.missing"
    again = {"client_id": client_id, "size": len(data), "mime": "video/quicktime"}
    status, _, _ = await member.request("POST", "/api/uploads", json=again)
    assert status in {200, 202}
    medium, told = await finished(member, client_id)
    assert told == sorted(told)
    assert (medium["mime"], medium["width"], medium["height"]) == ("video/mp4", 540, 960)
    assert medium["duration_ms"] == pytest.approx(8_000, abs=60)
    await send(member, conversation_id, client_id)
    for reader in (member, shop.owner):
        status, headers, body = await reader.request("GET", f"/media/{medium['id']}/file")
        assert (status, headers["Content-Type"]) == (200, "video/mp4")
        assert PLACE not in body
        with av.open(io.BytesIO(body)) as container:
            assert sum(1 for _ in container.decode(video=0)) == 240
        _, _, poster = await reader.request("GET", f"/media/{medium['id']}/480")
        with Image.open(io.BytesIO(poster)) as image:
            assert image.size == (270, 480)
    status, _, part = await member.request(
        "GET", f"/media/{medium['id']}/file", headers={"Range": "bytes=0-1"}
    )
    assert (status, part) == (206, body[:2])


async def test_photos_and_voice_do_not_wait_behind_a_video(shop, phone):
    member = await phone()
    client_id = new_id()
    status = await brought(member, film("mp4", 12.0, (1280, 720)), client_id)
    assert status == 202
    await member.upload(encoded(corners(), "JPEG"))
    await member.upload(voice("webm"), mime="audio/webm")
    answer = await member.api("GET", f"/api/uploads/{client_id}")
    assert "media" not in answer
    relay = psutil.Process(shop.relay.info.pid)
    humble = [child for child in relay.children() if child.nice() > relay.nice()]
    assert len(humble) == 1
    await finished(member, client_id)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (film("mov", 1.0)[:6_000], "media.broken"),
        (film("mp4", 183.0, (32, 32), fps=1, sound=False), "media.too_long"),
        (b"#EXTM3U\nfile:///etc/passwd\n" * 40, "media.type"),
        (film("mp4", 0.1, (4160, 2340)), "upload.too_large"),
    ],
    ids=["truncated", "long", "disguised", "8K"],
)
async def test_what_is_no_honest_video_is_refused_whenever_it_is_asked_for(shop, phone, data, code):
    member = await phone()
    client_id = new_id()
    with pytest.raises(Refused) as caught:
        await member.upload(data, client_id, mime="video/mp4")
    assert caught.value.code == code
    with pytest.raises(Refused) as again:
        await member.api("GET", f"/api/uploads/{client_id}")
    assert again.value.code in {code, "not_found"}
    assert await member.upload(encoded(corners(), "JPEG"))


async def test_a_video_that_a_crash_interrupted_is_made_when_it_is_asked_for_again(shop, phone):
    member = await phone()
    client_id, data = new_id(), film("mp4", 10.0, (1280, 720))
    assert await brought(member, data, client_id) == 202
    shop.relay.kill_and_restart()
    member.base = shop.base
    assert await member.api("GET", f"/api/uploads/{client_id}") == {"offset": len(data)}
    status, _, _ = await member.request(
        "PATCH", f"/api/uploads/{client_id}", data=b"", headers={"Upload-Offset": str(len(data))}
    )
    assert status == 202
    medium, _ = await finished(member, client_id)
    assert medium["duration_ms"] == pytest.approx(10_000, abs=60)


async def test_anothers_video_in_the_making_is_nobodys_business(shop, phone):
    member, other = await phone(), await phone("王小姐", "13900001234")
    client_id = new_id()
    await brought(member, film("mp4", 4.0), client_id)
    with pytest.raises(Refused) as caught:
        await other.api("GET", f"/api/uploads/{client_id}")
    assert caught.value.code == "not_found"
    await finished(member, client_id)


async def test_a_recalled_video_is_gone_with_its_poster(shop, phone):
    data = film("webm", 1.5)
    member = await phone()
    conversation_id = await connected(member)
    client_id = await member.upload(data, mime="video/webm")
    sent = await send(member, conversation_id, client_id)
    await member.until(lambda: sent["id"] in member.rows.get("message", {}))
    row = member.rows["message"][sent["id"]]
    media_id = row["media"][0]["id"]
    folder = shop.relay.folder / "media"
    files = set(folder.rglob("video.mp4"))
    await member.command("message.recall", client_id=row["client_id"])
    for side in ("file", "480", "1600"):
        assert (await member.request("GET", f"/media/{media_id}/{side}"))[0] == 410
    async with asyncio.timeout(10):
        while set(folder.rglob("video.mp4")) >= files:
            await member.ping()


@pytest.mark.slow
async def test_a_video_of_ninety_seconds_is_taken_in(shop, phone):
    member = await phone()
    client_id = new_id()
    data = film("mov", 90.0, (1280, 720), rotation=-90)
    assert await brought(member, data, client_id) == 202
    medium, told = await finished(member, client_id)
    assert medium["duration_ms"] == pytest.approx(90_000, abs=100)
    assert len(set(told)) > 20
