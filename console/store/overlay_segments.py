"""Segments that wait in the outbox, laid over the replica's rows.

Pure: values in, values out.  As for messages, read the outbox's entries before the replica.
A refused change stays laid over with its entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from console.store.outbox import Entry
from console.wire.commands import DuplicateSegment, RemoveSegment, SaveSegment
from console.wire.rows import SegmentRow

_KIND = "segment"
LANE = _KIND
"""One lane for all: a segment may use another that is made just before it."""


class LaidSegment(msgspec.Struct, frozen=True, kw_only=True):
    """A segment as it will stand.

    Attributes:
        row: its ``id`` and ``rev`` are 0 while no row is here.
        waiting: a change of it is not in the replica yet.
        failed: the refused change, if any.
    """

    row: SegmentRow
    waiting: bool = False
    failed: Entry | None = None


def laid_over(rows: Sequence[SegmentRow], entries: Sequence[Entry]) -> list[LaidSegment]:
    """The rows as they will be once what waits is through, and as refused changes want them."""
    found = {row.client_id: LaidSegment(row=row) for row in rows}
    for entry in entries:
        if entry.lane != LANE or _is_in(entry, found):
            continue
        if entry.name == SaveSegment.name:
            save = msgspec.json.decode(entry.body, type=SaveSegment)
            changes = {"name": save.display_name, "rule": save.rule}
            _lay(found, save.client_id, changes, entry)
        elif entry.name == DuplicateSegment.name:
            copy = msgspec.json.decode(entry.body, type=DuplicateSegment)
            source = found.get(copy.source)
            changes = {"name": copy.display_name, "rule": source.row.rule if source else None}
            _lay(found, copy.client_id, changes, entry)
        elif entry.name == RemoveSegment.name:
            removed = msgspec.json.decode(entry.body, type=RemoveSegment).client_id
            _remove(found, removed, entry)
    return list(found.values())


def _is_in(entry: Entry, found: Mapping[str, LaidSegment]) -> bool:
    known = found.get(entry.key)
    return known is not None and entry.state == "acked" and entry.rev <= known.row.rev


def _lay(
    found: dict[str, LaidSegment], client_id: str, changes: Mapping[str, Any], entry: Entry
) -> None:
    known = found.get(client_id)
    before = known.row if known is not None else SegmentRow(
        id=0, rev=0, shop_id=0, client_id=client_id, name="", rule={"all": []},
        at=datetime.now(UTC))  # fmt: skip
    named = {key: value for key, value in changes.items() if value is not None}
    failed = entry if entry.state == "failed" else known.failed if known is not None else None
    row = msgspec.structs.replace(before, **named)
    found[client_id] = LaidSegment(row=row, waiting=True, failed=failed)


def _remove(found: dict[str, LaidSegment], client_id: str, entry: Entry) -> None:
    known = found.get(client_id)
    if known is not None and entry.state == "failed":
        found[client_id] = msgspec.structs.replace(known, failed=entry)
    else:
        found.pop(client_id, None)
