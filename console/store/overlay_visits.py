"""Visits that wait in the outbox.  Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from console.store.outbox import Entry
from console.wire.commands import RecordVisit, UndoVisit


def visit_lane(member_id: int) -> str:
    """Visits of a member, and their taking back, go in order."""
    return f"visit/{member_id}"


def pending(entries: Iterable[Entry], member_id: int) -> list[datetime]:
    """When she came, as far as that is on its way and was not taken back."""
    hers = [each for each in entries if _is_hers(each, member_id)]
    gone = undone(hers)
    came = [
        msgspec.json.decode(each.body, type=RecordVisit)
        for each in hers
        if each.name == RecordVisit.name
    ]
    return [each.at for each in came if each.at is not None and each.client_id not in gone]


def undone(entries: Iterable[Entry]) -> set[str]:
    """Visits whose taking back is on its way."""
    return {
        msgspec.json.decode(each.body, type=UndoVisit).client_id
        for each in entries
        if each.name == UndoVisit.name and each.state != "failed"
    }


def _is_hers(entry: Entry, member_id: int) -> bool:
    return entry.lane == visit_lane(member_id) and entry.state != "failed"
