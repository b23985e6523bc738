"""Fittings with what waits in the outbox laid over them.  Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from console.store.outbox import Entry
from console.wire.commands import (
    BookFitting,
    CancelFitting,
    Command,
    MoveFitting,
    PickForFitting,
    SettleFitting,
)
from console.wire.rows import FittingRow

_KINDS: dict[str, type[Command]] = {
    kind.name: kind
    for kind in (BookFitting, MoveFitting, CancelFitting, SettleFitting, PickForFitting)
}


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """A fitting as it will be; ``waits``: the relay has not agreed to all of it yet."""

    row: FittingRow
    waits: bool = False


def fitting_lane(client_id: str) -> str:
    """Steps of one fitting go in order."""
    return f"fitting/{client_id}"


def commands_of(entries: Iterable[Entry]) -> list[tuple[Entry, Command]]:
    """What is on its way, in order."""
    return [
        (each, msgspec.json.decode(each.body, type=_KINDS[each.name]))
        for each in entries if each.name in _KINDS and each.state != "failed"
    ]  # fmt: skip


def touched(entries: Iterable[Entry]) -> list[str]:
    """Names of fittings that something on its way is about."""
    return list(dict.fromkeys(each.key for each, _ in commands_of(entries)))


def laid(rows: Iterable[FittingRow], entries: Iterable[Entry], length: timedelta) -> list[Laid]:
    """The rows and what is booked here, each with what is on its way; slots take ``length``."""
    found = {row.client_id: Laid(row=row) for row in rows}
    for entry, command in commands_of(entries):
        known = found.get(entry.key)
        if isinstance(command, BookFitting):
            row = known.row if known else _booked(command, entry.created_at, length)
        elif known is not None:
            row = _after(known.row, command)
        else:
            continue
        # Acknowledged it is agreed to, and only its row is not here yet.
        waits = entry.state == "queued" or (known is not None and known.waits)
        found[entry.key] = Laid(row=row, waits=waits)
    return list(found.values())


def _booked(command: BookFitting, at: datetime, length: timedelta) -> FittingRow:
    return FittingRow(
        id=0, rev=0, shop_id=0, client_id=command.client_id, member_id=command.member_id,
        room_id=command.room_id, starts_at=command.starts_at, ends_at=command.starts_at + length,
        variants=command.variants, staff_id=0, at=at,
    )  # fmt: skip


def _after(row: FittingRow, command: Command) -> FittingRow:
    if isinstance(command, MoveFitting):
        ends_at = command.starts_at + (row.ends_at - row.starts_at)
        room_id = command.room_id or row.room_id
        return replace(row, starts_at=command.starts_at, ends_at=ends_at, room_id=room_id)
    if isinstance(command, CancelFitting):
        return replace(row, state="cancelled")
    if isinstance(command, SettleFitting):
        return replace(row, state=command.outcome)
    if isinstance(command, PickForFitting):
        return replace(row, variants=picked(row.variants, command))
    return row


def picked(variants: Sequence[int], command: PickForFitting) -> list[int]:
    """What is laid out after it."""
    kept = [each for each in variants if each not in command.remove]
    return list(dict.fromkeys([*kept, *command.add]))
