"""What a broken or hostile client may send: bytes that are no frames, commands that are wrong.

Seeded, so that a failing run can be repeated.  Everything made here must change nothing.
"""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable
from typing import Any

from console.wire.commands import COMMANDS, MEMBER
from console.wire.frames import MAX_FRAME_BYTES, MAX_TEXT_CHARS

FOREIGN = 987_654_321
"""An id that names nothing."""
_FRAMES: list[dict[str, Any]] = [
    {"t": "hello", "epoch": "", "cursors": {}},
    {"t": "page_request", "scope": "shop"},
    {"t": "command", "n": 1, "name": "message.send", "body": {}},
    {"t": "seen", "conversation_id": FOREIGN, "read": 3},
    {"t": "signal", "kind": "typing", "conversation_id": FOREIGN},
    {"t": "ping", "id": 1},
]
_ODD: list[Any] = [
    None, True, -1, 0, 2**53 + 1, 2**70, -(2**70), 1e308, 0.5, "", "x", "\0", "💃" * 9,
    "a" * 60_000, [], [[]], {}, {"t": "hello"}, [1, "two", None], "2026-13-45T99:00:00Z",
    "../../etc/passwd", "'; DROP TABLE member; --", "\u202e", "NaN",
]  # fmt: skip


def raw_text(chance: random.Random) -> bytes:
    """One text frame that is no frame of the protocol (or one that may not be said now)."""
    return chance.choice(_TEXTS)(chance)


def _noise(chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 7, 200, 5000)))


def _cut(chance: random.Random) -> bytes:
    whole = json.dumps(chance.choice(_FRAMES)).encode()
    return whole[: chance.randrange(len(whole) - 1)]


def _flipped(chance: random.Random) -> bytes:
    """A frame with one byte made into one that no JSON has there."""
    whole = bytearray(json.dumps(chance.choice(_FRAMES)).encode())
    whole[chance.randrange(1)] = chance.choice(b"\xff\xc0\x00}")
    return bytes(whole)


def _nested(chance: random.Random) -> bytes:
    depth = chance.choice((100, 5_000, 30_000))
    return chance.choice((b"[", b'{"a":')) * depth


def _wrong_kind(chance: random.Random) -> bytes:
    kind = chance.choice(["welcome", "ack", "changes", "", "HELLO", "hello ", None, 7, [], {}])
    return json.dumps({"t": kind, "n": 1, "rev": 1, "epoch": "x"}).encode()


def _wrong_value(chance: random.Random) -> bytes:
    """A frame whose number is of a kind that no number is."""
    frame = dict(chance.choice(_FRAMES[3:]))
    name = "id" if frame["t"] == "ping" else "conversation_id"
    frame[name] = chance.choice([None, "x", [], {}, 0.5, 2**70, -(2**70), True])
    return json.dumps(frame).encode()


def _no_object(chance: random.Random) -> bytes:
    return json.dumps(chance.choice([None, True, 1, "hello", [], [1], [{"t": "hello"}]])).encode()


def _huge(chance: random.Random) -> bytes:
    return b'{"t":"ping","id":1,"x":"' + b"a" * (MAX_FRAME_BYTES + chance.randrange(9)) + b'"}'


_TEXTS: list[Callable[[random.Random], bytes]] = [
    _noise, _cut, _flipped, _nested, _wrong_kind, _wrong_value, _no_object, _noise, _cut, _huge,
]  # fmt: skip


def raw_websocket(chance: random.Random) -> bytes:
    """Bytes on an open websocket that break its framing."""
    mask = chance.randbytes(4)
    size = chance.choice((0, 1, 125))
    return chance.choice(
        (
            chance.randbytes(chance.randrange(1, 400)),
            bytes((0x81, size)) + bytes(size),  # not masked
            bytes((chance.choice((0x83, 0x87, 0x8B, 0x8F)), 0x80 | size)) + mask + bytes(size),
            bytes((0x80 | 0x70 | 0x01, 0x80 | size)) + mask + bytes(size),  # reserved bits
            b"\x80\x80" + mask,  # a continuation of nothing
            b"\x81\xff" + struct.pack(">Q", 2**63 + 5) + mask,  # longer than anything
            b"\x81\xff" + struct.pack(">Q", 2**40) + mask + bytes(300),
            b"\x89\xfe" + struct.pack(">H", 300) + mask + bytes(300),  # a ping too long
            b"\x88\x81" + mask + b"x",  # a close of one byte
            b"\x88\x82" + mask + struct.pack(">H", 5),  # a close code nobody may send
            b"\x01\x80" + mask + b"\x81\x80" + mask,  # a message inside a message
            b"GET / HTTP/1.1\r\n\r\n",
        )
    )


def wrong_command(chance: random.Random, others_conversation: int) -> tuple[str, Any]:
    """Name and body of a command that a member may not give, or not like this."""
    return chance.choice(_COMMANDS)(chance, others_conversation)


def _forbidden(chance: random.Random, _other: int) -> tuple[str, Any]:
    """A command of staff or of the relay itself, well formed as far as chance will have it."""
    name = chance.choice([name for name, kind in COMMANDS.items() if not kind.by & MEMBER])
    fields = {field: chance.choice([1, "x", True, "owner"]) for field in _fields(name)}
    return name, fields


def _unknown(chance: random.Random, _other: int) -> tuple[str, Any]:
    return chance.choice(["", "message", "message.send ", "MESSAGE.SEND", "a" * 900, "../x"]), {}


def _body_is_no_object(chance: random.Random, _other: int) -> tuple[str, Any]:
    name = chance.choice([n for n in COMMANDS if n != "member.erase"])
    return name, chance.choice([None, [], "x", 7, True, [{}]])


def _odd_field(chance: random.Random, other: int) -> tuple[str, Any]:
    """A member's own command with one field that cannot be."""
    name, body = _nearly_right(chance, other)
    body[chance.choice(list(body))] = chance.choice(_ODD)
    body["conversation_id" if "conversation_id" in body else "variant_id"] = chance.choice(
        [FOREIGN, other, -1, None, "x", 2**60]
    )
    return name, body


def _missing_field(chance: random.Random, other: int) -> tuple[str, Any]:
    name, body = _nearly_right(chance, other)
    for field in ("conversation_id", "variant_id"):
        body.pop(field, None)
    return name, body


def _foreign(chance: random.Random, other: int) -> tuple[str, Any]:
    """Right in form, but it names what is another's or nothing at all."""
    return _nearly_right(chance, other)


def _impossible_value(chance: random.Random, other: int) -> tuple[str, Any]:
    cap = chance.choice([0, 4, -1, 2**40, 1.5, "2", None, True])
    options: list[tuple[str, Any]] = [
        ("member.set_weekly_cap", {"cap": cap}),
        ("consent.set", {"purpose": chance.choice(["privacy", "", "all"]), "granted": True}),
        ("consent.set", {"purpose": "marketing", "granted": "yes"}),
        ("message.recall", {"client_id": _name(chance)}),
        ("message.recall", {"client_id": chance.choice(["", "\0", "a" * 65, None, 5])}),
        ("hold.release", {"client_id": _name(chance)}),
        ("message.send", {"conversation_id": other, "client_id": _name(chance),
                          "body": "a" * (MAX_TEXT_CHARS + 1)}),
    ]  # fmt: skip
    return chance.choice(options)


def _nearly_right(chance: random.Random, other: int) -> tuple[str, dict[str, Any]]:
    """A member's command about something that is not hers."""
    thing = chance.choice([other, FOREIGN])
    options: list[tuple[str, dict[str, Any]]] = [
        ("message.send", {"conversation_id": thing, "client_id": _name(chance), "body": "x"}),
        ("message.send", {"conversation_id": thing, "client_id": _name(chance), "body": "",
                          "uploads": [_name(chance)]}),
        ("hold.ask", {"client_id": _name(chance), "variant_id": FOREIGN, "quantity": 1}),
        ("hold.ask", {"client_id": _name(chance), "variant_id": 0, "message_id": thing,
                      "media_id": chance.choice([1, FOREIGN]), "size": "L"}),
        ("enquiry.record", {"product_id": FOREIGN, "variant_id": FOREIGN, "source": "tap"}),
    ]  # fmt: skip
    return chance.choice(options)


def _fields(name: str) -> tuple[str, ...]:
    return tuple(COMMANDS[name].__struct_fields__)


def _name(chance: random.Random) -> str:
    return f"{chance.getrandbits(64):016x}"


_COMMANDS: list[Callable[[random.Random, int], tuple[str, Any]]] = [
    _forbidden, _forbidden, _unknown, _body_is_no_object, _odd_field, _odd_field, _missing_field,
    _foreign, _impossible_value,
]  # fmt: skip
