"""Strangers, broken senders and full disks against a real relay process."""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.helpers.reader import Reader, Refused, first_run, new_id

PATIENCE_S = 60.0


async def raw(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to these very bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.read()
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


def post(port: int, path: str, body: bytes, *headers: bytes) -> bytes:
    """A request as a phone's browser sends it, with headers no library would let through."""
    lines = [
        f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}",
        "Connection: close", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    return b"\r\n".join([*(line.encode() for line in lines), *headers, b"", body])


@pytest.mark.parametrize("folder", ["static", "artwork"])
@pytest.mark.parametrize("name", ["a" * 300, "%F0%9F%98%80" * 80, "%ff", "..%2f..%2frelay.json"])
async def test_a_name_that_no_file_can_have_is_not_found(shop, folder, name):
    request = f"GET /{folder}/{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    status, _ = await raw(shop.relay.info.port, request.encode())
    assert status == 404


async def test_a_phone_whose_name_is_no_text_may_join(shop):
    async with Reader(shop.base) as stranger:
        texts = await stranger.api("GET", "/api/shop")
    body = {"phone": "13800135001", "name": "苏小姐", "privacy": True,
            "privacy_hash": texts["privacy"]["hash"]}  # fmt: skip
    port = shop.relay.info.port
    request = post(port, "/api/join", json.dumps(body).encode(), b"User-Agent: \xff\xfe phone")
    status, answer = await raw(port, request)
    assert (status, json.loads(answer)["state"]) == (200, "guest")


@pytest.mark.parametrize("body", [b"abc", gzip.compress(b" " * 50_000_000)])
async def test_a_packed_body_is_never_unpacked(shop, body):
    port = shop.relay.info.port
    request = post(port, "/api/join", body, b"Content-Encoding: gzip")
    status, answer = await raw(port, request)
    assert (status, json.loads(answer)["code"]) == (400, "command.invalid")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit for a file's size")
async def test_a_disk_without_room_costs_no_command_after_there_is_room_again(start_relay):
    relay = start_relay()
    await first_run(relay.base, relay.info.secret)
    async with Reader(relay.base) as phone:
        chat = (await phone.join("苏小姐", "13800135002"))["conversation_id"]
    relay.stop()
    # New pages lie behind this filler, so that only folding the journal in needs room there.
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as database:
        database.execute("CREATE TABLE filler (bytes)")
        database.execute("INSERT INTO filler VALUES (zeroblob(3000000))")
        database.commit()
    relay.start()
    async with Reader(relay.base, cookie=phone.cookie) as member:
        await member.connect()

        async def send(body: str) -> dict[str, object]:
            command = member.command(
                "message.send", conversation_id=chat, client_id=(name := new_id()), body=body
            )
            async with asyncio.timeout(PATIENCE_S):
                return {"name": name, **await command}

        first = await send("字" * 4000)
        process = psutil.Process(relay.info.pid)
        roomy = process.rlimit(psutil.RLIMIT_FSIZE)
        process.rlimit(psutil.RLIMIT_FSIZE, (1_500_000, roomy[1]))
        await member.command("message.recall", client_id=first["name"])
        assert (await send("写得进日志"))["seq"] == 2
        process.rlimit(psutil.RLIMIT_FSIZE, (4096, roomy[1]))
        with pytest.raises(Refused) as full:
            await send("写不进去")
        assert full.value.code == "command.failed"
        found = await member.api("GET", f"/api/messages?conversation={chat}")
        assert [row["seq"] for row in found["rows"]] == [2, 1]
        process.rlimit(psutil.RLIMIT_FSIZE, roomy)
        assert (await send("又有地方了"))["seq"] == 3
        async with asyncio.timeout(PATIENCE_S):
            while "字字字" in raw_words(relay.folder):
                await member.ping()


def raw_words(folder: Path) -> str:
    """Everything the database's files hold, as far as it is text."""
    files = sorted(folder.glob("relay.sqlite3*"))
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize(
    "request_", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
                 b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 9000 + b"\r\n\r\n",
                 b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"],
    ids=["no host", "tls", "giant header", "negative length"],
)  # fmt: skip
async def test_what_is_no_http_is_refused_and_leaves_no_line_in_the_log(shop, request_):
    before = len(shop.relay.log)
    status, _ = await raw(shop.relay.info.port, request_)
    assert status == 400
    assert len(shop.relay.log) == before


async def test_numbers_longer_than_any_id_are_refused_by_every_door_of_staff(shop):
    owner = shop.owner
    endless = 2**70
    for path, body in {
        "/api/staff/segment": {"rule": {"all": []}, "after": endless, "limit": 5},
        "/api/staff/active": {"staff_id": endless, "active": False},
        "/api/staff/secret": {"staff_id": 2**63, "secret": "abcdefghijk1"},
        "/api/uploads": {"client_id": new_id(), "size": endless},
    }.items():
        with pytest.raises(Refused) as caught:
            await owner.api("POST", path, body)
        assert (caught.value.code, caught.value.status) == ("command.invalid", 400), path
    assert not [line for line in shop.relay.log if line["level"] in {"error", "warning"}]


async def test_the_same_attempt_to_join_makes_one_member(start_relay):
    relay = start_relay()
    token = await first_run(relay.base, relay.info.secret)
    attempt = new_id()
    async with (
        Reader(relay.base) as phone,
        Reader(relay.base) as again,
        Reader(relay.base) as other,
    ):
        first = await phone.join("苏小姐", "13800135003", attempt=attempt)
        relay.kill_and_restart()
        phone.base = again.base = other.base = relay.base
        assert await again.join("苏小姐", "13800135003", attempt=attempt) == first
        assert again.cookie == phone.cookie
        assert (await again.api("GET", "/api/me"))["member_id"] == first["member_id"]
        corrected = await other.join("苏小姐", "13800135004", attempt=attempt)
        assert corrected["member_id"] != first["member_id"]
        assert other.cookie != phone.cookie
        with pytest.raises(Refused) as short:
            await other.join("苏小姐", "13800135003", attempt="1")
        assert short.value.code == "command.invalid"
    async with Reader(relay.base, bearer=token) as owner:
        await owner.connect()
        await owner.page("members")
        assert len(owner.table("member")) == 2


async def test_a_personal_link_works_again_when_only_its_answer_got_lost(shop, phone):
    member = await phone("苏小姐", "13800135005")
    known = (await member.api("GET", "/api/me"))["member_id"]
    await shop.owner.connect()
    await shop.owner.command("member.confirm", member_id=known)
    link = (await shop.owner.command("invite.create", member_id=known))["token"]
    async with Reader(shop.base) as fresh, Reader(shop.base) as thief:
        said = {"invite": link, "attempt": new_id()}
        for _ in range(2):
            joined = await fresh.join("苏小姐", "13800135005", **said)
            assert (joined["member_id"], joined["state"]) == (known, "confirmed")
        with pytest.raises(Refused) as used:
            await thief.join("苏小姐", "13800135005", invite=link, attempt=new_id())
        assert used.value.code == "join.invite"


async def test_a_personal_link_does_not_tell_the_number_it_belongs_to(shop, phone):
    member = await phone("苏小姐", "13800135006")
    known = (await member.api("GET", "/api/me"))["member_id"]
    await member.connect()
    await member.sync()
    assert member.table("member")[0]["phone"] == "13800135006", "she typed it herself"
    await shop.owner.connect()
    await shop.owner.command("member.confirm", member_id=known)
    link = (await shop.owner.command("invite.create", member_id=known))["token"]
    async with Reader(shop.base) as holder:
        await holder.join("某人", "13900000000", invite=link)
        await holder.connect()
        await holder.sync()
        assert holder.table("member")[0]["phone"] == "138****5006"
        assert "13800135006" not in str(holder.rows) + str(holder.frames)


async def test_a_first_run_sent_three_times_at_once_makes_one_owner(start_relay):
    relay = start_relay()
    runs = [first_run(relay.base, relay.info.secret) for _ in range(3)]
    answers = await asyncio.gather(*runs, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.code for answer in refused] == ["conflict", "conflict"]
    token = next(answer for answer in answers if isinstance(answer, str))
    async with Reader(relay.base, bearer=token) as owner:
        assert len(await owner.api("GET", "/api/staff/list")) == 1


async def test_what_an_erased_member_had_begun_to_upload_goes_from_the_disk(shop, phone):
    member = await phone("苏小姐", "13800135007")
    await member.connect()
    begun = new_id()
    await member.api("POST", "/api/uploads", {"client_id": begun, "size": 1000})
    await member.api("PATCH", f"/api/uploads/{begun}", data=b"half a photo" * 20,
                     headers={"Upload-Offset": "0"})  # fmt: skip

    def kept() -> bytes:
        files = [file for file in shop.relay.folder.rglob("*") if file.is_file()]
        return b"".join(file.read_bytes() for file in files if file.suffix in {".part", ".json"})

    assert b"half a photo" in kept()
    await member.command("member.erase")
    await shop.owner.connect()
    async with asyncio.timeout(PATIENCE_S):
        while b"half a photo" in kept():
            await shop.owner.ping()


async def test_a_made_up_host_says_nothing_in_the_pages_policy(shop):
    request = b"GET / HTTP/1.1\r\nHost: a; script-src *\r\nConnection: close\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.relay.info.port)
    writer.write(request)
    async with asyncio.timeout(PATIENCE_S):
        answer = await reader.read()
    writer.close()
    assert b"Content-Security-Policy" in answer
    assert b"script-src *" not in answer


async def test_a_tunnel_on_this_computer_opens_no_door_that_is_the_owners_alone(start_relay):
    relay = start_relay()
    await first_run(relay.base, relay.info.secret)
    async with Reader(relay.base) as stranger:
        for header in ("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "Forwarded", "Via"):
            status, _, _ = await stranger.request("GET", "/metrics", headers={header: "127.0.0.1"})
            assert status == 401, header

        async def joins(number: int) -> int:
            body = {"phone": "1", "name": "x", "privacy": True}
            status, _, _ = await stranger.request(
                "POST", "/api/join", json=body, headers={"X-Forwarded-For": f"203.0.113.{number}"}
            )
            return status

        statuses = [await joins(number) for number in range(40)]
        assert 429 in statuses, "what a sender claims about herself does not help her"


async def test_an_account_counts_wrong_secrets_by_name_and_by_number_together(start_relay):
    relay = start_relay()
    token = await first_run(relay.base, relay.info.secret)
    async with Reader(relay.base, bearer=token) as owner, Reader(relay.base) as thief:
        number = (await owner.api("GET", "/api/staff/list"))[0]["staff_id"]
        codes = []
        for who in ("小李", number) * 5:
            with pytest.raises(Refused) as caught:
                await thief.api(
                    "POST", "/api/staff/login", {"staff": who, "secret": "wrong-one"},
                    headers={"Origin": ""},
                )  # fmt: skip
            codes.append(caught.value.code)
        assert codes == ["login.wrong"] * 8 + ["login.locked"] * 2
