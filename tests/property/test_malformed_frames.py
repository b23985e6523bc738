"""Whatever is thrown at the relay: it does not fall over, nothing changes, it still serves.

The default is a seeded cut; ``HANGER_MALFORMED=full`` sends 10,000 raw frames and 5,000
structured commands, ``HANGER_SEED`` repeats a run.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import random
import sqlite3
from typing import Any

import psutil
import pytest

from console.wire.errors import Code
from tests.helpers.garbage import raw_text, raw_websocket, wrong_command
from tests.helpers.reader import Reader, Refused, new_id

FULL = os.environ.get("HANGER_MALFORMED") == "full"
SEED = int(os.environ.get("HANGER_SEED", "0")) or random.randrange(2**31)
RAW_TEXT, RAW_SOCKET, STRUCTURED = (8_000, 2_000, 5_000) if FULL else (700, 300, 500)
PER_CONNECTION = 4
"""Malformed frames on one connection; after the fifth the relay hangs up."""
PER_DEVICE = 35
"""Commands one device may send in a burst."""
_UNCOUNTED = frozenset({"command", "sequence", "sqlite_stat1"})
"""Stored answers of final refusals, and ids that were taken and given back."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200 if FULL else 180)]


def contents(shop: Any) -> dict[str, str]:
    """A digest of every table's rows, read beside the running relay."""
    file = shop.relay.folder / "relay.sqlite3"
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'")]  # fmt: skip
        return {
            name: digest_of(connection.execute(f'SELECT * FROM "{name}"'))
            for name in names
            if name not in _UNCOUNTED
        }
    finally:
        connection.close()


def digest_of(rows: sqlite3.Cursor) -> str:
    """Of all rows, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


async def still_serves(shop: Any, phone: Any) -> None:
    """The same process takes a new member and her message."""
    assert psutil.pid_exists(shop.relay.info.pid)
    member: Reader = await phone()
    await member.connect()
    await member.sync()
    conversation_id = member.table("conversation")[0]["id"]
    sent = await member.command("message.send", conversation_id=conversation_id,
                                client_id=new_id(), body="还在吗")  # fmt: skip
    assert sent["seq"] >= 1


async def test_raw_frames_that_are_none_change_nothing(shop, phone):
    chance = random.Random(SEED)
    phones = [await phone() for _ in range(max(12, RAW_TEXT // 200))]
    before = contents(shop)
    sent = 0
    while sent < RAW_TEXT:
        member = phones[sent // PER_CONNECTION % len(phones)]
        await member.connect()
        for _ in range(PER_CONNECTION):
            sent += 1
            if member.closed_with is not None or not await send_quietly(member, raw_text(chance)):
                break
        if member.closed_with is None:
            await ping_quietly(member)
        await member.disconnect()
    assert contents(shop) == before, f"HANGER_SEED={SEED}"
    await still_serves(shop, phone)


async def send_quietly(member: Reader, data: bytes) -> bool:
    """Send; false when the relay has hung up."""
    try:
        await member.send(data)
    except ConnectionError:
        return False
    return True


async def ping_quietly(member: Reader) -> None:
    """Wait until everything sent has been looked at, or the relay has hung up."""
    if await send_quietly(member, b'{"t":"ping","id":77}'):
        await member.until(
            lambda: (
                any(frame.get("id") == 77 for frame in member.frames)
                or member.closed_with is not None
            )
        )
    member.frames.clear()


async def test_broken_websocket_framing_changes_nothing(shop, phone):
    chance = random.Random(SEED)
    phones = [await phone() for _ in range(max(12, RAW_SOCKET // 50))]
    before = contents(shop)
    for number in range(RAW_SOCKET):
        await throw(phones[number % len(phones)], raw_websocket(chance))
    assert contents(shop) == before, f"HANGER_SEED={SEED}"
    await still_serves(shop, phone)


async def throw(member: Reader, data: bytes) -> None:
    """Open a websocket by hand, send bytes, and read until the relay has let go."""
    host, _, port = member.base.removeprefix("http://").partition(":")
    ticket = await member.ticket()
    reader, writer = await asyncio.open_connection(host, int(port))
    key = base64.b64encode(os.urandom(16)).decode()
    headers = {
        **member.headers, "Host": f"{host}:{port}", "Upgrade": "websocket",
        "Connection": "Upgrade", "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "hanger.v1",
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"GET /ws?ticket={ticket} HTTP/1.1\r\n{head}\r\n".encode())
    assert b" 101 " in await reader.readline()
    writer.write(data)
    writer.write_eof()
    async with asyncio.timeout(20):
        try:
            while await reader.read(65536):
                pass
        except ConnectionError:
            pass
    writer.close()


async def test_commands_that_are_wrong_are_refused_and_change_nothing(shop, phone):
    chance = random.Random(SEED)
    victim: Reader = await phone()
    other = (await victim.api("GET", "/api/me"))["conversation_id"]
    phones = [await phone() for _ in range(STRUCTURED // PER_DEVICE + 1)]
    before = contents(shop)
    codes: dict[str, int] = {}
    for start, member in enumerate(phones):
        await member.connect()
        for number in range(min(PER_DEVICE, STRUCTURED - start * PER_DEVICE)):
            name, body = wrong_command(chance, other)
            code = await refused(member, number + 1, name, body)
            codes[code] = codes.get(code, 0) + 1
        await member.disconnect()
    assert contents(shop) == before, f"HANGER_SEED={SEED}"
    assert sum(codes.values()) == STRUCTURED
    assert set(codes) <= {code.value for code in Code}
    assert Code.COMMAND_FAILED not in codes, f"a handler stumbled; HANGER_SEED={SEED}"
    assert {"command.denied", "command.invalid", "command.unknown", "not_found"} <= set(codes)
    await still_serves(shop, phone)


async def refused(member: Reader, number: int, name: str, body: Any) -> str:
    """Send one wrong command; the code it is refused with."""
    frame = {"t": "command", "n": number, "name": name, "body": body}
    try:
        await member.raw_command(frame)
    except Refused as refusal:
        return refusal.code
    raise AssertionError(f"accepted: {json.dumps(frame)[:300]} HANGER_SEED={SEED}")
