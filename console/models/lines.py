"""The lines of a timeline: bubbles with day and unread dividers between them.

Pure functions over ``desk.types``; the model asks for new lines and applies the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from console import roles
from console.desk.types import MessageItem

JOINED_S: Final = 120.0
"""Bubbles of one person within this time stand closer together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: ``kind`` is a ``roles.LINE_*``; ``key`` is the same for its whole life."""

    key: str
    kind: int
    item: MessageItem | None = None
    at: datetime | None = None
    joined: bool = False
    state: int = 0


def build(
    items: Sequence[MessageItem], zone: tzinfo, unread_after: int | None, older: int | None
) -> list[Line]:
    """Lines for consecutive messages.

    ``unread_after``: the divider comes before the first message of the member above this
    seq (``None``: no divider).  ``older``: state of the row that loads more, if there is one.
    """
    lines: list[Line] = []
    if older is not None:
        lines.append(Line("older", roles.LINE_OLDER, state=older))
    before: MessageItem | None = None
    today: date | None = None
    divided = unread_after is None
    for item in items:
        # A place without its message and one to be sent later have no day of their own.
        dated = not item.placeholder and item.kind != "scheduled"
        day = item.at.astimezone(zone).date() if dated else today
        new_day = dated and day != today
        if new_day:
            lines.append(Line(f"day:{day}", roles.LINE_DAY, at=item.at))
        today = day
        unread = not divided and not item.mine and item.seq > (unread_after or 0)
        if unread:
            lines.append(Line("unread", roles.LINE_UNREAD))
            divided = True
        joined = not new_day and not unread and _joins(before, item)
        kind = roles.LINE_PLACEHOLDER if item.placeholder else roles.LINE_MESSAGE
        lines.append(Line(item.key, kind, item, joined=joined))
        before = item
    return lines


def _joins(before: MessageItem | None, item: MessageItem) -> bool:
    return (
        before is not None
        and not before.recalled
        and not before.placeholder
        and before.state != "failed"
        and "note" not in {before.kind, item.kind}
        and item.kind != "scheduled"
        and (before.sender_kind, before.sender_id) == (item.sender_kind, item.sender_id)
        and 0 <= (item.at - before.at).total_seconds() <= JOINED_S
    )
