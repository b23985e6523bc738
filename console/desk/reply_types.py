"""What the desk hands to the screens about first replies: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import datetime

from console.desk.report_types import ShareTold
from console.desk.types import Value
from console.domain.intervals import Told

NOBODY = 0
"""Whose a wait is that nobody answered, in a conversation that is nobody's."""


class RepliesTold(Value, frozen=True, kw_only=True):
    """How soon some waits were answered.

    Attributes:
        soon, later: within one and within five minutes.
        median: in seconds.
        unanswered: late, and without an answer.
    """

    soon: ShareTold
    later: ShareTold
    median: Told
    unanswered: int


class WaitPart(Value, frozen=True, kw_only=True):
    """Which of the waits that were due within five minutes; ``None``: whatever that is.

    ``hour``: 0–23 of the shop's day; ``bar``: its place among ``ReplyFigures.bars``.
    """

    staff_id: int | None = None
    hour: int | None = None
    bar: int | None = None


class ReplyLine(Value, frozen=True, kw_only=True):
    """Those of a staff member, of an hour, or of both; ``name``: hers, "" where nobody answered."""

    part: WaitPart
    name: str = ""
    told: RepliesTold


class ReplyFigures(Value, frozen=True, kw_only=True):
    """First replies of a period.

    Attributes:
        as_of: the moment up to which everything is known here; ``live``: the line is up.
        own: ``clerks`` and ``both`` are only one's own, and so are the waits that are listed.
        before: the median of the period before.
        bars: waits due within five minutes by how long they lasted, as ``replies.EDGES`` has it.
        both: by clerk and hour of the shop's day.
    """

    as_of: datetime
    live: bool
    own: bool
    told: RepliesTold
    before: Told
    bars: tuple[int, ...]
    clerks: tuple[ReplyLine, ...]
    hours: tuple[ReplyLine, ...]
    both: tuple[ReplyLine, ...]


class WaitLine(Value, frozen=True, kw_only=True):
    """One wait behind a figure.

    Attributes:
        conversation_id: ``None``: she is erased; then there is no ``name`` either.
        by: who answered, if somebody did.
        open: she still waits.
    """

    conversation_id: int | None
    name: str
    asked_at: datetime
    lasted_s: float
    answered: bool
    by: str
    open: bool
