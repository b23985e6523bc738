"""Bytes of a command to a value a handler can trust the shape of.  Pure functions."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from console.wire.codec import decode_body
from console.wire.commands import COMMANDS, Command
from console.wire.errors import Code, Refusal

MAX_NUMBER = 2**53
"""Largest integer that every client can hold exactly."""
MAX_CLIENT_ID = 64
_MAX_LIST = 64
_RULE = "rule"
"""Who parses a segment's rule has limits of his own."""
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
"""Between them every time can be compared and added to, in every timezone."""


def digest_of(name: str, body: bytes) -> bytes:
    """What a retry must repeat exactly: the name and the body's bytes."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass") + b"\0" + body).digest()


def decode_command(name: str, body: bytes) -> Command:
    """The command; raises ``Refusal`` (``command.unknown``, ``command.invalid``)."""
    kind = COMMANDS.get(name)
    if kind is None:
        raise Refusal(Code.COMMAND_UNKNOWN)
    command: Command = decode_body(body, kind)
    for field in _fields(kind):
        _check(field, getattr(command, field))
    return command


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(kind.__struct_fields__)


def _check(field: str, value: Any) -> None:
    """Numbers and times the database can hold, ids of a sane length, storable characters.

    Also in what a command is made of; refused is the command's own ``field``.
    """
    if isinstance(value, msgspec.Struct):
        for part in _fields(type(value)):
            if part != _RULE:
                _check(field, getattr(value, part))
    elif isinstance(value, list):
        _demand(field, len(value) <= _MAX_LIST)
        for item in value:
            _check("client_id" if field == "uploads" else field, item)
    elif isinstance(value, dict) and field != _RULE:
        _demand(field, not any("\0" in word for word in (*value, *value.values())
                               if isinstance(word, str)))  # fmt: skip
    else:
        _demand(field, _is_sound(field, value))


def _demand(field: str, sound: bool) -> None:
    if not sound:
        raise Refusal(Code.COMMAND_INVALID, field=field)


def _is_sound(field: str, value: Any) -> bool:
    kind = type(value)
    if kind is int:
        return bool(-MAX_NUMBER <= value <= MAX_NUMBER)
    if kind is str:
        return _is_client_id(value) if field == "client_id" else "\0" not in value
    if kind is float:
        return bool(abs(value) <= MAX_NUMBER)
    if kind is datetime:
        return value.tzinfo is not None and _FIRST <= value <= _LAST
    return True


def _is_client_id(value: str) -> bool:
    return 0 < len(value) <= MAX_CLIENT_ID and value.isascii() and value.isprintable()
