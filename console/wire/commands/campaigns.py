"""Campaigns: words to many members, and the templates they are made of.  Pure data.

All are named by their own ``client_id``.  Refused everywhere: ``not_found``,
``command.denied`` (the scope ``campaigns`` is not hers), ``campaign.state`` (it has moved on).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from console.wire.campaign_rows import TERMS, QuestionTerms, TemplateTerms, Weekly
from console.wire.commands.base import STAFF, Command
from console.wire.offer_rows import OfferPlan, OfferTerms


class PhotoNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a photo is besides its caption: ``price`` in cents, the article and colour it shows."""

    price: int | None = None
    product_id: int | None = None
    colour: str = ""


class VariantDraft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One variant as it is saved; see ``CampaignVariant``.

    ``media`` in order: ``media:<id>`` of a picture it has, or of another campaign, a template or
    a quick reply (then it gets a copy), else the ``client_id`` of a finished upload.  ``captions``
    and ``notes`` by place, none for what is missing at the end.
    """

    name: str
    rule: Any = None
    share: int = 100
    body: str = ""
    media: list[str] = msgspec.field(default_factory=list)
    captions: list[str] = msgspec.field(default_factory=list)
    notes: list[PhotoNote] = msgspec.field(default_factory=list)
    layout: str = ""
    product_id: int | None = None
    variant_id: int | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class SaveCampaign(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Make a draft or change it.  Result: ``{"id"}``.

    ``rule`` says who, ``None`` everybody, ``{"leaf": "members", "ids": [...]}`` these.
    ``weekly`` makes it a series.  What another console saved since ``base_rev`` is kept
    ``beside`` until ``drop_beside``.  ``offer`` of a resend is its campaign's, or ``None``; its
    ``question`` is its campaign's.
    Refused: ``text.too_long``, ``command.invalid``, ``upload.missing``, ``media.gone``,
    ``schedule.too_far``.
    """

    name: ClassVar[str] = "campaign.save"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    title: str = ""
    variants: list[VariantDraft] = msgspec.field(default_factory=list)
    language: str = "zh"
    offer: OfferTerms | None = None
    question: QuestionTerms | None = None
    rule: Any = None
    weekly: Weekly | None = None
    due_at: datetime | None = None
    priority: int = 5
    defer: bool = False
    base_rev: int = 0
    drop_beside: bool = False


class _OfCampaign(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Names one campaign."""

    by: ClassVar[frozenset[str]] = STAFF
    client_id: str


class FreezeCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Fix words and audience: a recipient for every member the rule matches.

    Of a series only the words: each occurrence has its own audience.  Result:
    ``{"id", "counts", "hash"}``.  ``campaign.empty`` (``variants``, ``question``, ``rule``),
    ``offer.over`` (its offer ends too soon, as in every move towards sending).  ``base_rev`` is
    the ``rev`` that was looked at: what somebody saved since is not sent unseen (``conflict``).
    """

    name: ClassVar[str] = "campaign.freeze"
    base_rev: int = 0


class UndoCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Back to the draft it was, as long as nothing was written."""

    name: ClassVar[str] = "campaign.undo"


class ScheduleCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Send what is frozen at ``at``, else at the draft's time, else in 60 seconds.

    Never sooner than in 60 seconds.  ``confirm``: how many will receive it, needed over 200
    (``campaign.confirm``) unless it is scheduled already.  Result: ``{"due_at"}``.
    ``schedule.too_far``.
    """

    name: ClassVar[str] = "campaign.schedule"
    at: datetime | None = None
    confirm: int = 0


class SendCampaignNow(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Send what is frozen without the 60 seconds; ``confirm`` as in ``campaign.schedule``."""

    name: ClassVar[str] = "campaign.send_now"
    confirm: int = 0


class PauseCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Nothing more leaves until ``campaign.resume``."""

    name: ClassVar[str] = "campaign.pause"


class ResumeCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Go on, also with one that was slept over in the middle (``late``)."""

    name: ClassVar[str] = "campaign.resume"


class CancelCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Who has not got it never will; a series sends no more."""

    name: ClassVar[str] = "campaign.cancel"


class RecallCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Take it, its resends and trials back: words and photos are erased, unread copies vanish.

    Where it was read, ``correction`` follows, as a campaign of its own named
    ``correction_id``; an empty one sends nothing.
    """

    name: ClassVar[str] = "campaign.recall"
    correction_id: str = ""
    correction: str = ""


class ResendCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """A new draft ``new_id`` for those who were not reached, or did not read it.

    ``to``: ``unreached`` or ``unread``.  Result: ``{"id"}``.  ``campaign.recalled``.
    """

    name: ClassVar[str] = "campaign.resend"
    new_id: str
    to: str = "unread"


class TryCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Send every version, each as a campaign of kind ``trial``, to phones of the shop's own.

    ``members``: some of those in the setting ``trial_phones``; the trials are named
    ``trial_id`` and a number.  Result: ``{"written"}``, how many messages leave.
    ``campaign.empty``: says nothing, or none of them has joined and takes notices.
    """

    name: ClassVar[str] = "campaign.try"
    trial_id: str
    members: list[int]


class RemoveCampaign(_OfCampaign, frozen=True, kw_only=True, omit_defaults=True):
    """Throw a draft away, or a cancelled one of which nothing was written."""

    name: ClassVar[str] = "campaign.remove"


class SaveTemplate(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Keep words and photos for campaigns, and what is offered and asked.  Result: ``{"id"}``.

    ``media``, ``captions`` and ``notes`` as in ``VariantDraft``.  ``conflict``: changed since
    ``base_rev``.
    """

    name: ClassVar[str] = "template.save"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    scenario: str = ""
    title: str = ""
    body: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    media: list[str] = msgspec.field(default_factory=list)
    captions: list[str] = msgspec.field(default_factory=list)
    notes: list[PhotoNote] = msgspec.field(default_factory=list)
    layout: str = ""
    offer: OfferPlan | None = None
    question: QuestionTerms | None = None
    base_rev: int = 0

    @property
    def kept_fields(self) -> dict[str, str | TemplateTerms]:
        """As its row has them: with what is offered and asked, if anything is."""
        terms = TemplateTerms(offer=self.offer, question=self.question)
        return {**self.fields, **({TERMS: terms} if terms != TemplateTerms() else {})}


class RemoveTemplate(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It is no longer kept; its pictures are erased."""

    name: ClassVar[str] = "template.remove"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
