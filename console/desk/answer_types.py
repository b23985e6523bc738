"""What the desk hands to the screen of a campaign's answers: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from console.desk.types import Value


class Answer(Value, frozen=True, kw_only=True):
    """What one member answered; ``by_hand``: staff put it where it is."""

    id: int
    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    text: str = ""
    at: datetime
    revised: bool = False
    by_hand: bool = False


class AnswerGroup(Value, frozen=True, kw_only=True):
    """A choice with who tapped it, or a bucket of answers in words.

    ``key`` names it for good: ``choice/<place>``, ``bucket/<name>`` or ``unsorted``.
    """

    key: str
    name: str
    answers: tuple[Answer, ...] = ()


class AnswersReport(Value, frozen=True, kw_only=True):
    """How the question of a campaign stands.

    Attributes:
        client_id: of the campaign that asked first, which has the tally.
        asked: how many members were asked; ``answered``: whose answer stands.
        choices: in the question's order; ``free_text``: words are answers too.
        buckets: of answers in words, the largest first; ``unsorted``: the others.
        recalled: its words were taken back, and nobody can answer any more.
        failure: reason code of a refused step; ``parameters`` fill its sentence.
        entry: that step in the outbox, 0 without one.
    """

    client_id: str
    campaign_id: int
    title: str = ""
    text: str = ""
    asked: int = 0
    answered: int = 0
    free_text: bool = False
    choices: tuple[AnswerGroup, ...] = ()
    buckets: tuple[AnswerGroup, ...] = ()
    unsorted: AnswerGroup = AnswerGroup(key="unsorted", name="")
    recalled: bool = False
    waiting: bool = False
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0

    @property
    def groups(self) -> tuple[AnswerGroup, ...]:
        """All of them, in order."""
        words = (self.unsorted,) if self.free_text else ()
        return (*self.choices, *self.buckets, *words)
