"""What the desk hands to the screen of a campaign's report: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.types import Value
from console.domain.experiments import Verdict
from console.domain.intervals import Rate, Told, tell_rate
from console.domain.statistics import CURVE, CurvePoint, Step, WindowComparison
from console.wire.campaign_rows import CampaignContent

LIVE_FOR = CURVE[-1]
"""So long after it was written to the last member a campaign is being read."""


class ReportStage(Value, frozen=True, kw_only=True):
    """A step of the funnel with the members behind it, by id.

    ``through``: who took this step and every one before; ``took``: who took it at all.
    """

    step: Step
    through: tuple[int, ...]
    took: tuple[int, ...]


class ShareTold(Value, frozen=True, kw_only=True):
    """So many of so many, and how far that can be trusted."""

    rate: Rate
    told: Told

    @classmethod
    def of(cls, rate: Rate) -> ShareTold:
        """Of a rate."""
        return cls(rate=rate, told=tell_rate(rate))


class NoVerdict(StrEnum):
    """Why it is not said which of two versions did better."""

    PEOPLE = "people"
    """Those who got one differ from those who got the other: chance did not divide them."""
    UNWRITTEN = "unwritten"
    """Not everybody has it."""
    EARLY = "early"
    """It is still being read."""
    ELSEWHERE = "elsewhere"
    """Rows of some of them are kept on the relay only."""


class VersionTold(Value, frozen=True, kw_only=True):
    """One version: to whom it was written, who read it within ``experiments.OVER``; by id."""

    name: str
    written: tuple[int, ...]
    readers: tuple[int, ...]
    read: ShareTold

    @property
    def unread(self) -> tuple[int, ...]:
        """Who did not."""
        return tuple(sorted(set(self.written) - set(self.readers)))


class Comparison(Value, frozen=True, kw_only=True):
    """Two versions of a campaign side by side.

    Attributes:
        difference: of their read rates, first − second; ``None`` as long as one must not look.
        verdict: on the first; ``None``: there is none, ``why_not`` says why.
        ends_at: when to look; ``None``: it was written to nobody.
    """

    versions: tuple[VersionTold, VersionTold]
    difference: Told | None
    verdict: Verdict | None
    why_not: NoVerdict | None
    ends_at: datetime | None


class Recipient(Value, frozen=True, kw_only=True):
    """One member of a campaign's audience and what became of it.

    Attributes:
        name: "" as long as her row is not here; ``phone`` as the relay shows it to staff.
        state: as ``RecipientRow`` has it, ``reason`` why she did not get it.
        delivered: it came to her phone; when is not known.
        reserved, visited, bought: what the report counts as this campaign's.
        coupon_at, redeemed_at: of what the campaign offers.
    """

    member_id: int
    name: str
    phone: str = ""
    state: str = "written"
    reason: str = ""
    variant: str = ""
    written_at: datetime | None = None
    delivered: bool = False
    read_at: datetime | None = None
    replied_at: datetime | None = None
    recalled_at: datetime | None = None
    reserved: bool = False
    visited: bool = False
    bought: bool = False
    coupon_at: datetime | None = None
    redeemed_at: datetime | None = None


class Deed(Value, frozen=True, kw_only=True):
    """What some did in the window after the campaign began, beside those held out from it.

    ``members``: who got it and did, by id.
    """

    compared: WindowComparison
    members: tuple[int, ...] = ()


class AgainstHoldout(Value, frozen=True, kw_only=True):
    """What a campaign led to, as far as the holdout can show.

    Attributes:
        ends_at: when its window is over.
        bought: by which it is judged first; ``came``: second; ``None`` before they are over:
            what one would see then moves with every hour.
    """

    ends_at: datetime
    bought: Deed | None = None
    came: Deed | None = None


class ColourInterest(Value, frozen=True, kw_only=True):
    """An article in one colour as the catalogue calls both, and who touched it, by id."""

    product_id: int
    name: str
    name_en: str = ""
    colour: str
    colour_en: str = ""
    members: tuple[int, ...]


class Sent(Value, frozen=True, kw_only=True):
    """What a campaign said, and that it was taken back.

    Attributes:
        content: as it was sent; its words are gone once it was taken back.
        claimed, redeemed: coupons of what it offers.
        recalled_at: when it was taken back; unread copies of it vanished then.
        vanished, read_before: so many of them, and how many had been read.
        corrected: of those told that it was wrong how many read that; ``None``: nobody is told.
    """

    content: CampaignContent = CampaignContent()
    claimed: int = 0
    redeemed: int = 0
    recalled_at: datetime | None = None
    vanished: int = 0
    read_before: int = 0
    corrected: Rate | None = None


class CampaignReport(Value, frozen=True, kw_only=True):
    """How a campaign was received.

    Attributes:
        as_of: the moment up to which everything is known here.
        live: the line is up; without it ``as_of`` lies in the past.
        window_days: so long after it was written it is given what members do.
        missing: to how many more it was written whose rows are kept on the relay only.
        opted_out: members who opted out at it; ``silent``: who read it and never answered.
        curve: dense enough to draw; ``table``: the same at round times.
        comparison: of its two versions; ``None``: it has one for all.
        sent: what it said.
        colours: that members touched in its photos, those of most members first.
    """

    campaign_id: int
    title: str
    as_of: datetime
    live: bool
    window_days: int = 7
    written_from: datetime | None = None
    written_until: datetime | None = None
    missing: int = 0
    read: ShareTold
    opt_out: ShareTold
    stages: tuple[ReportStage, ...]
    opted_out: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    table: tuple[CurvePoint, ...] = ()
    comparison: Comparison | None = None
    colours: tuple[ColourInterest, ...] = ()
    sent: Sent = Sent()

    @property
    def readers(self) -> tuple[int, ...]:
        """Who read it, by id, as far as their rows are here."""
        return next((stage.took for stage in self.stages if stage.step is Step.READ), ())

    @property
    def being_read(self) -> bool:
        """Whether it was written so lately that most of its readers may still come."""
        last = self.written_until
        return last is not None and self.as_of < last + LIVE_FOR

    @property
    def age(self) -> timedelta:
        """How long ago it was first written to somebody."""
        return self.as_of - self.written_from if self.written_from is not None else timedelta()
