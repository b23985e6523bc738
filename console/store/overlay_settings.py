"""Changes of the shop's settings that wait in the outbox, laid over the replica's rows.  Pure.

Read the outbox's entries before the replica (see ``store.overlay``).  A refused change stays
laid over with its entry until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from console.store.outbox import Entry
from console.wire.commands import SetSetting
from console.wire.rows import SettingRow

_KIND = "setting"


class LaidSetting(msgspec.Struct, frozen=True, kw_only=True):
    """A setting as it will stand.

    Attributes:
        value: ``None`` when nobody set it.
        stands: what the relay has.
        rev: of the relay's row, 0 without one.
        waiting: a change of it is not in the replica yet.
        failed: the refused change, if any.
    """

    value: Any = None
    stands: Any = None
    rev: int = 0
    waiting: bool = False
    failed: Entry | None = None


def lane(key: str) -> str:
    """Changes of one setting go in order."""
    return f"{_KIND}/{key}"


def laid_over(rows: Iterable[SettingRow], entries: Sequence[Entry], key: str) -> LaidSetting:
    """One setting with what waits of it."""
    row = next((row for row in rows if row.key == key), None)
    found = LaidSetting()
    if row is not None:
        found = LaidSetting(value=row.value, stands=row.value, rev=row.rev)
    for entry in entries:
        if entry.lane != lane(key) or (entry.state == "acked" and entry.rev <= found.rev):
            continue
        command = msgspec.json.decode(entry.body, type=SetSetting)
        found = msgspec.structs.replace(
            found, value=command.value, waiting=True,
            failed=entry if entry.state == "failed" else found.failed,
        )  # fmt: skip
    return found
