"""What the desk hands to the page of the shop's figures: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import date, datetime

from console.desk.report_types import ShareTold
from console.desk.types import Value
from console.domain.heat_map import Advice, HeatMap
from console.domain.intervals import Rate, Told, TooFew
from console.domain.periods import Period
from console.domain.segments import Rule
from console.domain.statistics import (
    OPEN_RATE_GOAL,
    CurvePoint,
    PurchasesComparison,
    VisitsComparison,
)


class ShareChange(Value, frozen=True, kw_only=True):
    """A share, and by how much it is above that of the period before.

    Attributes:
        before: ``None``: too little is known here of the period before.
        change: in shares (0.01 is a point); ``None`` like ``before``.
    """

    now: ShareTold
    before: Rate | None = None
    change: Told | None = None


class Visits(Value, frozen=True, kw_only=True):
    """Visits per member and month beside the holdout.

    ``first``, ``last``: the days compared, both included; of one quarter.
    """

    first: date
    last: date
    comparison: VisitsComparison


class VisitMonth(Visits, frozen=True, kw_only=True):
    """The same of a month of the shop's calendar; the last one goes as far as it is over.

    ``marketed``, ``held_out``: how many members were compared.
    """

    marketed: int
    held_out: int


class OptOuts(Value, frozen=True, kw_only=True):
    """Opt-outs at the period's campaigns; ``most``: the one with most of them and how many."""

    share: ShareChange
    most: tuple[str, int] | None = None


class OfferLeft(Value, frozen=True, kw_only=True):
    """An offer that still runs, with so many coupons left."""

    left: int


class Tally(Value, frozen=True, kw_only=True):
    """What was answered to a question most often, with how many; the others are left out."""

    groups: tuple[tuple[str, int], ...] = ()


class NotYet(Value, frozen=True, kw_only=True):
    """Purchases are compared when a week is over, at ``until``."""

    until: datetime


class Elsewhere(Value, frozen=True, kw_only=True):
    """Its recipients are kept on the relay only: nothing can be compared here."""


Effect = OfferLeft | Tally | NotYet | Elsewhere | PurchasesComparison
"""What a campaign led to, or why that is not said."""


class CampaignLine(Value, frozen=True, kw_only=True):
    """A campaign of the period.

    Attributes:
        kind: as in ``wire.campaign_rows.CampaignRow``.
        rule: whom it was for; ``None``: everybody.
        held: members who reserved something that is owed to it.
        left: who opted out at it in the period; ``None``: its recipients are on the relay only.
    """

    campaign_id: int
    kind: str
    title: str
    sent_at: datetime
    rule: Rule | None
    written: int
    read: int
    replied: int
    held: int
    left: int | None
    effect: Effect


class CampaignCurve(Value, frozen=True, kw_only=True):
    """The read curve of a campaign.

    Attributes:
        curve: dense enough to draw; ``table``: the same at round times.
        being_read: it ends at the present.
    """

    campaign_id: int
    title: str
    curve: tuple[CurvePoint, ...]
    table: tuple[CurvePoint, ...]
    being_read: bool


class MonthRate(Value, frozen=True, kw_only=True):
    """The open rate of one of twelve months; ``first``, ``last``: its days, both included."""

    first: date
    last: date
    share: ShareTold


class Insights(Value, frozen=True, kw_only=True):
    """The shop's figures of one period.

    Attributes:
        as_of: the moment up to which everything is known here; ``live``: the line is up.
        first, last: the days of the period, both included.
        known_since: of campaigns begun before not all recipients are here, so that open rate,
            opt-outs and reservations are without them; ``None``: there is none such.
        campaigns: those begun in it, the newest first.
        replied, held: members who answered each of them, and who reserved, added up.
        curves: of the newest ones.
        goal: what a month's open rate should reach, a share.
        window_days: so long after it was written a campaign is given what members do.
        months: of a year, the oldest first, as far as they are known here.
    """

    period: Period
    as_of: datetime
    live: bool
    first: date
    last: date
    open_rate: ShareChange
    known_since: datetime | None
    visits: Visits
    replied: int
    held: int
    opt_outs: OptOuts
    campaigns: tuple[CampaignLine, ...]
    curves: tuple[CampaignCurve, ...]
    months: tuple[MonthRate, ...] = ()
    goal: float = OPEN_RATE_GOAL
    window_days: int = 7


class Looks(Value, frozen=True, kw_only=True):
    """When members look, over four weeks.

    Attributes:
        first, last: the days of the heat map, both included.
        advice: which hours are as good to send in as the best, by what is read unprompted.
    """

    first: date
    last: date
    heat: HeatMap
    advice: Advice | TooFew
