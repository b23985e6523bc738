"""Questions of campaigns: what members answer, and how staff sort it.  Pure data."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from console.wire.commands.base import MEMBER, STAFF, Command


class AnswerQuestion(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Answer the question of a message.  Result: ``{"id"}``, of the ``question_answer``
    (0: none, her words were an opt-out).

    Either ``choice``, the place of one of its choices, or ``text``, which is also posted as her
    message ``client_id`` that quotes the question.  The same again changes nothing, another one
    replaces it.  Refused: ``not_found`` (no question of hers, or taken back),
    ``command.invalid`` (no such choice, or words are not asked for), ``text.empty``,
    ``text.too_long``, ``member.blocked``, ``conflict`` (``client_id``).
    """

    name: ClassVar[str] = "question.answer"
    by: ClassVar[frozenset[str]] = MEMBER
    message_id: int
    choice: int | None = None
    text: str = ""
    client_id: str | None = None


class SortAnswers(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Put up to 64 answers of a campaign into ``bucket``; "": where their words belong.

    What is none of its answers in words (any more) is passed over.  Refused: ``not_found``,
    ``command.denied``, ``text.too_long`` (``bucket``).
    """

    name: ClassVar[str] = "question.sort"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    ids: list[int] = msgspec.field(default_factory=list)
    bucket: str = ""


class RenameBucket(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Give a bucket of a campaign's answers another name; one that is there takes it in.

    What belongs there by its words goes along, also later.  Refused as
    ``question.sort``, and ``command.invalid`` for a blank name.
    """

    name: ClassVar[str] = "question.rename_bucket"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    bucket: str
    to: str
