"""Places in waitlists that wait in the outbox.  Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from console.store.outbox import Entry
from console.wire.commands import JoinWaitlist, LeaveWaitlist


def lane(client_id: str) -> str:
    """Steps of one place go in order."""
    return f"waitlist/{client_id}"


def steps(entries: Iterable[Entry]) -> dict[str, JoinWaitlist | None]:
    """What becomes of places, by ``client_id``: the newest step that is on its way.

    ``None``: it is left.
    """
    found: dict[str, JoinWaitlist | None] = {}
    for entry in entries:
        if entry.state == "failed":
            continue
        if entry.name == JoinWaitlist.name:
            join = msgspec.json.decode(entry.body, type=JoinWaitlist)
            found[join.client_id] = join
        elif entry.name == LeaveWaitlist.name:
            found[msgspec.json.decode(entry.body, type=LeaveWaitlist).client_id] = None
    return found
