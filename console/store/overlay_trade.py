"""Holds asked for and enquiries that wait in the outbox.  Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from console.store.outbox import Entry
from console.wire.commands import (
    AskHold,
    CollectHold,
    ConfirmHold,
    ExtendHold,
    RecordEnquiry,
    ReleaseHold,
)
from console.wire.rows import HoldRow

_HERE: Final = frozenset({"queued", "acked"})
_STEPS: Final[dict[str, type[ExtendHold | CollectHold | ReleaseHold | ConfirmHold]]] = {
    each.name: each for each in (ConfirmHold, ExtendHold, CollectHold, ReleaseHold)
}


def hold_lane(hold: str) -> str:
    """Steps of one hold go in order."""
    return f"hold/{hold}"


def enquiry_lane(member_id: int) -> str:
    """What a member asked about goes in order."""
    return f"enquiry/{member_id}"


def asked_holds(entries: Iterable[Entry]) -> list[AskHold]:
    """Holds that were asked for here and are not let go of again, in order."""
    waiting = [each for each in entries if each.state != "failed"]
    over = let_go(waiting)
    asked = [
        msgspec.json.decode(each.body, type=AskHold)
        for each in waiting
        if each.name == AskHold.name
    ]
    return [each for each in asked if each.client_id not in over]


def let_go(entries: Iterable[Entry]) -> set[str]:
    """Holds whose release is on its way."""
    return {
        msgspec.json.decode(each.body, type=ReleaseHold).client_id
        for each in entries
        if each.name == ReleaseHold.name and each.state != "failed"
    }


def with_steps(row: HoldRow, entries: Iterable[Entry]) -> HoldRow:
    """The hold as it will be once what waits here is done.

    What was only asked for stays so: whether it is kept, the relay alone can say.
    """
    for step in _steps(row.client_id, entries):
        if isinstance(step, ExtendHold):
            row = replace(row, expires_at=step.expires_at)
        elif isinstance(step, CollectHold):
            row = replace(row, state="collected")
        elif isinstance(step, ReleaseHold):
            row = replace(row, state="released")
    return row


def unsent(hold: str, entries: Iterable[Entry]) -> bool:
    """Whether something about the hold has no answer yet."""
    lane = hold_lane(hold)
    return any(each.lane == lane and each.state == "queued" for each in entries)


def _steps(
    hold: str, entries: Iterable[Entry]
) -> list[ExtendHold | CollectHold | ReleaseHold | ConfirmHold]:
    return [
        msgspec.json.decode(each.body, type=_STEPS[each.name])
        for each in entries
        if each.lane == hold_lane(hold) and each.name in _STEPS and each.state in _HERE
    ]


def recorded(entries: Iterable[Entry], message_id: int) -> set[int]:
    """Products that a message asks about, as far as that is on its way."""
    found = (
        msgspec.json.decode(each.body, type=RecordEnquiry)
        for each in entries
        if each.name == RecordEnquiry.name and each.state != "failed"
    )
    return {each.product_id for each in found if each.message_id == message_id}
