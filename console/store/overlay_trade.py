"""Holds asked for and enquiries that wait in the outbox.  Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from console.store.outbox import Entry
from console.wire.commands import AskHold, RecordEnquiry, ReleaseHold


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


def recorded(entries: Iterable[Entry], message_id: int) -> set[int]:
    """Products that a message asks about, as far as that is on its way."""
    found = (
        msgspec.json.decode(each.body, type=RecordEnquiry)
        for each in entries
        if each.name == RecordEnquiry.name and each.state != "failed"
    )
    return {each.product_id for each in found if each.message_id == message_id}
