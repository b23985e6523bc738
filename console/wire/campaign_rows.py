"""Rows of campaigns, their recipients and templates.  Pure data, as in ``wire.rows``."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec

from console.wire.offer_rows import OfferPlan, OfferTerms
from console.wire.row_parts import MediaRef, ProductCard, Row


class QuestionTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a campaign asks: ``text`` (may be blank), up to 8 ``choices``, and words of one's own.

    A draft may have one that nobody could answer yet; what is frozen has a choice or
    ``free_text``.
    """

    text: str = ""
    choices: list[str] = msgspec.field(default_factory=list)
    free_text: bool = False


class TemplateTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a campaign made of a template offers and asks."""

    offer: OfferPlan | None = None
    question: QuestionTerms | None = None


TERMS: Final = "terms"
"""Key of a template's terms among its ``fields``; no field of a member is called so."""


class TemplateRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Words and photos kept for campaigns; ``scenario`` names the occasion they are for.

    ``fields`` says what stands where a member's own value is blank, and under ``TERMS`` what
    the template offers and asks.
    """

    shop_id: int
    client_id: str
    scenario: str = ""
    title: str = ""
    body: str = ""
    fields: dict[str, str | TemplateTerms] = msgspec.field(default_factory=dict)
    media: list[MediaRef] = msgspec.field(default_factory=list)
    layout: str = ""
    at: datetime

    @property
    def fallbacks(self) -> dict[str, str]:
        """What stands where a member's own value is blank."""
        return {name: words for name, words in self.fields.items() if isinstance(words, str)}

    @property
    def terms(self) -> TemplateTerms:
        """What it offers and asks; nothing in one of an older program."""
        found = self.fields.get(TERMS)
        return found if isinstance(found, TemplateTerms) else TemplateTerms()


class CampaignVariant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What some of a campaign's members get: the first variant that takes her wins.

    ``rule`` ``None`` takes everybody; of those it matches it takes ``share`` of a hundred.
    ``fields`` says what stands where a member's own value is blank.
    """

    name: str
    rule: Any = None
    share: int = 100
    body: str = ""
    media: list[MediaRef] = msgspec.field(default_factory=list)
    layout: str = ""
    card: ProductCard | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class CampaignContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a campaign says.  ``language`` (``zh``, ``en``) is that of dates filled in."""

    variants: list[CampaignVariant] = msgspec.field(default_factory=list)
    language: str = "zh"
    offer: OfferTerms | None = None
    """What all variants offer; a series moves its times on with each week."""
    question: QuestionTerms | None = None


class Weekly(msgspec.Struct, frozen=True, kw_only=True):
    """Every week at ``minute`` after the shop's midnight; ``weekday`` 0 is Monday."""

    weekday: int
    minute: int


class CampaignVersion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What another console had saved when two drafts collided."""

    title: str = ""
    content: CampaignContent
    rule: Any = None
    at: datetime


class CampaignRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Words to many members.  ``kind``: ``campaign``, ``resend``, ``occurrence``, ``correction``
    or ``trial`` (one version of a draft on the phones of the shop's own people).

    ``state``: ``draft`` → ``frozen`` → ``scheduled`` → ``sending`` ⇄ ``paused`` → ``done`` |
    ``cancelled``; ``late``: slept over, staff decide.  One with ``weekly`` stays ``scheduled``
    and sends an occurrence of itself each week.  ``counts`` are recipients by state, and
    ``read``, ``replied``, ``recalled_read`` and ``recalled_unread`` among those written; until
    it begins also ``capped``, those pending whose week was full when it was frozen; of its
    offer ``claimed`` and ``redeemed``; of its question ``answered``: members whose answer stands,
    those who answered what was sent again of it included.  ``buckets``: other names for the
    groups that its answers fall into by themselves.
    """

    shop_id: int
    client_id: str
    kind: str = "campaign"
    parent_id: int | None = None
    title: str = ""
    content: CampaignContent
    rule: Any = None
    weekly: Weekly | None = None
    due_at: datetime | None = None
    priority: int = 5
    """Greater goes first, and first into the next week."""
    defer: bool = False
    """Whom the weekly cap holds back gets it next week instead of not at all."""
    state: str = "draft"
    next_at: datetime | None = None
    """When the relay works on it next."""
    frozen_at: datetime | None = None
    frozen_hash: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    recalled_at: datetime | None = None
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    beside: list[CampaignVersion] = msgspec.field(default_factory=list)
    buckets: dict[str, str] = msgspec.field(default_factory=dict)
    created_by: int | None = None
    at: datetime


class RecipientRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One member a campaign's rule matched, and what became of her.

    ``state``: ``pending`` | ``written`` | ``deferred`` (to ``until``) | ``skipped`` (``reason``)
    | ``cancelled``.  ``counted``: it used one of her weekly notices up.
    """

    campaign_id: int
    member_id: int
    state: str = "pending"
    reason: str = ""
    variant: str = ""
    until: datetime | None = None
    written_at: datetime | None = None
    counted: bool = False
    message_id: int | None = None
    read_at: datetime | None = None
    replied_at: datetime | None = None
    recalled_at: datetime | None = None
    at: datetime


class QuestionAnswerRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What one member answers to a campaign's question; a later answer replaces an earlier one.

    ``campaign_id`` is that of ``QuestionRef.question_id``.  Either ``choice`` (its place among
    the question's choices) or ``text``, which is also her message ``message_id``.  ``revised``:
    she had answered otherwise before ``at``.  ``bucket``: where staff put it by hand, "" where
    its words belong by themselves; members do not get it.
    """

    campaign_id: int
    member_id: int
    choice: int | None = None
    text: str = ""
    message_id: int | None = None
    bucket: str = ""
    at: datetime
    revised: bool = False
