"""What the desk hands to the campaign screens: frozen values, nothing of database or socket.

Times are aware UTC.  Photos carry the name under which a draft keeps them: ``media:<id>`` once
the relay has them, else the name of the upload.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from console.desk.types import PhotoItem, Value
from console.domain.photo_shapes import Shape
from console.domain.segments import Rule
from console.wire.campaign_rows import QuestionTerms, Weekly
from console.wire.offer_rows import OfferPlan, OfferTerms
from console.wire.rows import ProductCard

MAX_PHOTOS = 30
MAX_TITLE_CHARS = 80
SCENARIOS = (
    "arrivals", "promotion", "birthday", "points", "restock", "outfit", "question", "weekend",
)  # fmt: skip


class PhotoOrigin(Value, frozen=True, kw_only=True):
    """What a photo was turned and cut out of, and how."""

    name: str
    item: PhotoItem
    shape: Shape = Shape()


class DraftPhoto(Value, frozen=True, kw_only=True):
    """A photo or video of a draft; ``item`` holds its caption and where its picture is.

    ``origin``: of one that was turned or cut here, as long as its draft stays open.
    """

    name: str
    item: PhotoItem
    origin: PhotoOrigin | None = None

    @property
    def is_film(self) -> bool:
        """Whether it is a video."""
        return self.item.mime.startswith("video/")

    @property
    def shape(self) -> Shape:
        """How it was turned and cut."""
        return self.origin.shape if self.origin is not None else Shape()


class DraftVariant(Value, frozen=True, kw_only=True):
    """What some of the members get; see ``wire.campaign_rows.CampaignVariant``."""

    name: str = ""
    rule: Rule | None = None
    share: int = 100
    body: str = ""
    photos: tuple[DraftPhoto, ...] = ()
    layout: str = ""
    card: ProductCard | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def is_film(self) -> bool:
        """Whether it shows a video, which stands alone."""
        return any(photo.is_film for photo in self.photos)


class Resent(Value, frozen=True, kw_only=True):
    """A campaign that goes again to those of ``campaign_id`` who were ``unreached``/``unread``."""

    campaign_id: int
    to: str


class CampaignDraft(Value, frozen=True, kw_only=True):
    """All that can be edited; ``rule`` ``None`` means everybody."""

    title: str = ""
    variants: tuple[DraftVariant, ...] = (DraftVariant(),)
    language: str = "zh"
    rule: Rule | None = None
    resent: Resent | None = None
    weekly: Weekly | None = None
    due_at: datetime | None = None
    priority: int = 5
    defer: bool = False
    offer: OfferTerms | None = None
    question: QuestionTerms | None = None

    @property
    def says_something(self) -> bool:
        """Whether every variant has words, a photo or a card, or all of them a question."""
        asks = self.question is not None and self.question.text.strip()
        return bool(self.variants) and all(
            asks or each.body.strip() or each.photos or each.card for each in self.variants
        )


class OtherVersion(Value, frozen=True, kw_only=True):
    """What another console had saved when two drafts collided."""

    draft: CampaignDraft
    at: datetime


class CampaignItem(Value, frozen=True, kw_only=True):
    """A campaign as it stands here.

    Attributes:
        id: 0 until the relay knows it.
        rev: what a change of it is based on.
        state: as in ``domain.campaigns.State``; ``move``: a step that waits for the line.
        counts: as in ``wire.campaign_rows.CampaignRow``.
        beside: what other consoles had saved meanwhile.
        brought_back_at: when a restore of the shop's data stopped it, until staff decide.
        waiting: its last change is not on the relay yet.
        mine: nobody else changed it since it was saved here.
        uploading: 0..1 while photos are on their way, else ``None``.
        failure: reason code of a refused change; ``parameters`` fill its sentence.
        entry: the refused change in the outbox, 0 without one.
    """

    client_id: str
    id: int = 0
    rev: int = 0
    kind: str = "campaign"
    state: str = "draft"
    move: str = ""
    draft: CampaignDraft = CampaignDraft()
    parent_id: int = 0
    next_at: datetime | None = None
    frozen_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    recalled_at: datetime | None = None
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    beside: tuple[OtherVersion, ...] = ()
    brought_back_at: datetime | None = None
    at: datetime
    waiting: bool = False
    mine: bool = False
    uploading: float | None = None
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0


class AudienceStep(Value, frozen=True, kw_only=True):
    """Members who will not receive, for one reason of ``domain.audiences.WATERFALL``."""

    reason: str
    count: int


class CampaignAudience(Value, frozen=True, kw_only=True):
    """Whom a draft would reach now.

    Attributes:
        matched: whom the rule means; ``receive``: how many of them will receive it.
        steps: what takes the others away, in order, those with somebody only.
        variants: receivers by variant, in the draft's order.
        last_notice: receivers for whom it is the week's last notice.
        held_percent: how many of a hundred members get no marketing.
        whole: the shop is copied here to its end.
    """

    matched: int = 0
    receive: int = 0
    steps: tuple[AudienceStep, ...] = ()
    variants: tuple[tuple[str, int], ...] = ()
    last_notice: int = 0
    held_percent: int = 0
    whole: bool = True


class Standing(Value, frozen=True, kw_only=True):
    """Recipients of a frozen campaign in one state for one reason."""

    state: str
    reason: str
    count: int


Did: TypeAlias = Literal["read", "replied"]
"""What recipients did with it, as ``counts`` of a campaign names it."""


class AudienceMember(Value, frozen=True, kw_only=True):
    """One of an audience; ``variant``: which version she gets, "" when none."""

    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    variant: str = ""


class TemplateItem(Value, frozen=True, kw_only=True):
    """What is kept for campaigns; ``client_id`` "" of the trade's starter set."""

    client_id: str = ""
    scenario: str = ""
    title: str = ""
    body: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    photos: tuple[DraftPhoto, ...] = ()
    layout: str = ""
    offer: OfferPlan | None = None
    question: QuestionTerms | None = None
    rev: int = 0
