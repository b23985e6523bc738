"""When a member who comes to the counter is counted, and when that can be taken back.

Standard library only.  Times are aware.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

ONE_VISIT: Final = timedelta(hours=2)
"""Who is checked in twice within this time came once, unless somebody says otherwise."""
UNDO_WITHIN: Final = timedelta(minutes=15)
"""So long after a visit was recorded it can be taken back."""
CODE_DIGITS: Final = 40
"""So long is the code that a member's phone shows at the counter."""


def is_code(text: str) -> bool:
    """Whether that can be a member's code; no number or name is as long."""
    return len(text) == CODE_DIGITS and text.isascii() and text.isdigit()


def same_visit(at: datetime, counted: Iterable[datetime]) -> datetime | None:
    """The counted visit that coming at ``at`` belongs to, the nearest; ``None``: it is a new one.

    Earlier or later makes no difference: what was recorded without a line arrives late.
    """
    near = [each for each in counted if abs(each - at) < ONE_VISIT]
    return min(near, key=lambda each: (abs(each - at), each), default=None)


def can_undo(visited_at: datetime, at: datetime) -> bool:
    """Whether a visit can be taken back at ``at``."""
    return at - visited_at <= UNDO_WITHIN
