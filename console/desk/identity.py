"""Names a client gives to what it makes: UUIDv7 text, ordered by time."""

from __future__ import annotations

import os
import time
import uuid


def new_client_id() -> str:
    """A fresh UUIDv7 (48 bits of milliseconds, then chance)."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value & (1 << 128) - 1))
