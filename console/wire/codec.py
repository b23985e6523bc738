"""Bytes of frames: encode any, decode those of one direction.

Pure functions on msgspec; no sockets.  Whatever cannot be decoded, however broken, raises
``Refusal`` with ``frame.malformed`` and nothing else.
"""

from __future__ import annotations

from typing import Any

import msgspec

from console.wire.errors import Code, Refusal
from console.wire.frames import Frame, FromReader, FromRelay

_encoder = msgspec.json.Encoder()
_from_reader: msgspec.json.Decoder[FromReader] = msgspec.json.Decoder(FromReader)
_from_relay: msgspec.json.Decoder[FromRelay] = msgspec.json.Decoder(FromRelay)
_BROKEN = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def encode(value: Frame | msgspec.Struct | Any) -> bytes:
    """The JSON bytes of a frame (or of a row or a plain value)."""
    return _encoder.encode(value)


def decode_from_reader(data: bytes) -> FromReader:
    """A frame a relay received; raises ``Refusal`` (``frame.malformed``)."""
    try:
        return _from_reader.decode(data)
    except _BROKEN as error:
        raise Refusal(Code.FRAME_MALFORMED) from error


def decode_from_relay(data: bytes) -> FromRelay:
    """A frame a reader received; raises ``Refusal`` (``frame.malformed``)."""
    try:
        return _from_relay.decode(data)
    except _BROKEN as error:
        raise Refusal(Code.FRAME_MALFORMED) from error


def decode_body(data: bytes, kind: type[msgspec.Struct]) -> Any:
    """A body of the given kind; raises ``Refusal`` (``command.invalid``)."""
    try:
        return msgspec.json.decode(data, type=kind)
    except _BROKEN as error:
        raise Refusal(Code.COMMAND_INVALID) from error
