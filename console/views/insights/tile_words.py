"""What the tiles of the shop's figures say, and how each is counted as the domain defines it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from console.desk.insight_types import Insights, ShareChange
from console.desk.report_types import ShareTold
from console.domain.intervals import Estimate, Told
from console.domain.periods import Period
from console.ui import told_share
from console.ui.explained import Words
from console.ui.i18n import counted, translate
from console.ui.window_phrases import USUAL_DAYS, within
from console.views.insights import insight_words, table_words

OPEN, VISITS, REPLIES, LEFT = "open", "visits", "replies", "left"
TITLES: Final = (OPEN, VISITS, REPLIES, LEFT)
_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a tile shows below its figure: a line in a look, and a fainter one."""

    line: str
    look: str = "soft"
    below: str = ""


def title(what: str) -> str:
    """What a figure is called."""
    return {
        OPEN: translate("Insights", "Monthly open rate"),
        VISITS: translate("Insights", "Visits per member a month"),
        REPLIES: translate("Insights", "Replies / holds"),
        LEFT: translate("Insights", "Opt-outs"),
    }[what]


def open_title(period: Period) -> str:
    """Only a month has a monthly rate, and a year the average of twelve."""
    return {
        Period.WEEK: translate("Insights", "Open rate · this week so far"),
        Period.MONTH: title(OPEN),
        Period.YEAR: translate("Insights", "Monthly open rate · average"),
    }[period]


def formula(what: str, days: int = USUAL_DAYS) -> str:
    """How a figure is counted, as ``domain.statistics`` defines it; ``days``: the window."""
    return {
        OPEN: translate("Insights", "Members who read at least one notice ÷ members reachable:"
                        " joined, opted in, and seen within 90 days. Whoever read was reachable"
                        " too. The holdout is reachable but gets no campaigns. Of twelve months"
                        " it is that of an average one."),
        VISITS: translate("Insights", "Visits ÷ members, brought to a month of 30.44 days, of"
                          " those who had joined and opted in when the days began. Beside the"
                          " members held out in that quarter; who can never be held out is in"
                          " neither group."),
        REPLIES: translate("Insights", "Members who answered a campaign of the period, and members"
                           " who reserved something that is owed to it: {within}, and to the one"
                           " that had touched her most strongly until then. A coupon claimed is"
                           " reserved, too.").format(within=within(days)),
        LEFT: translate("Insights", "Members who opted out at the period's campaigns ÷ members to"
                        " whom these were written. An opt-out is that of the newest campaign she"
                        " got in the 7 days before."),
    }[what]  # fmt: skip


def explained(what: str) -> tuple[Words, Words]:
    """Both, for a tile."""
    return partial(title, what), partial(formula, what)


# --- what they say ------------------------------------------------------------------------------


def goal(share: float) -> str:
    """What an open rate of a month should reach."""
    return translate("Insights", "goal {goal} %").format(goal=f"{share * _POINTS:g}")


def beside(share: ShareTold) -> str:
    """How many of how many opened, and how far that can be trusted."""
    nobody = translate("Insights", "no member can be reached yet")
    return told_share.beside(share.rate, share.told, nobody)


def open_rate(figures: Insights) -> Said:
    """Against the period before and the goal of a month."""
    parts, look = change(figures.open_rate, good_up=True)
    if figures.period is not Period.WEEK:
        parts.append(goal(figures.goal))
    return Said(" · ".join(parts), look, beside(figures.open_rate.now))


def visits(figures: Insights) -> tuple[str, Said]:
    """The figure, and that of the holdout beside it."""
    found = figures.visits
    told = found.comparison.told
    value = told_share.value(told)
    if isinstance(told, Estimate):
        value = translate("Insights", "{n} visits").format(n=f"{told.value:.1f}")
    return value, Said(*_against(found.comparison.rise),
                       below=insight_words.days(found.first, found.last))  # fmt: skip


def _against(rise: Told) -> tuple[str, str]:
    if not isinstance(rise, Estimate):
        return translate("Insights", "against the holdout: too few to tell"), "soft"
    words = translate("Insights", "{rise} against the holdout (95 % interval {low} – {high})")
    found = rise.interval
    said = words.format(rise=signed(rise.value, 2), low=signed(found.low, 2),
                        high=signed(found.high, 2))  # fmt: skip
    return said, "soft" if found.holds(0.0) else "good" if rise.value > 0 else "fault"


def from_campaigns(figures: Insights) -> Said:
    """How many campaigns they came from."""
    return Said(counted(len(figures.campaigns), translate("Insights", "from 1 campaign"),
                        translate("Insights", "from {n} campaigns")))  # fmt: skip


def opt_outs(figures: Insights) -> Said:
    """Against the period before, and at which campaign most left."""
    found = figures.opt_outs
    parts, look = change(found.share, good_up=False)
    if found.most is not None:
        title, count = found.most
        name = table_words.titled(title)
        people = translate("Insights", "{n} at “{campaign}”")
        parts.append(people.format(n=count, campaign=name))
    nobody = translate("Report", "written to nobody yet")
    return Said(" · ".join(parts), look,
                told_share.beside(found.share.now.rate, found.share.now.told, nobody))  # fmt: skip


def change(share: ShareChange, *, good_up: bool) -> tuple[list[str], str]:
    """By how many points it is above the period before, in green or red where that is no chance."""
    found = share.change
    if share.before is None or not share.before.whole:
        return [], "soft"
    if not isinstance(found, Estimate) or not isinstance(share.now.told, Estimate):
        return [translate("Insights", "change: too few to tell")], "soft"
    arrow = "▲" if found.value >= 0 else "▼"
    points = translate("Insights", "{arrow} {n} points")
    said = points.format(arrow=arrow, n=f"{abs(found.value) * _POINTS:.1f}")
    if found.interval.holds(0.0):
        return [translate("Insights", "{change} (may be chance)").format(change=said)], "soft"
    return [said], "good" if (found.value > 0) is good_up else "fault"


def signed(value: float, digits: int) -> str:
    """A difference with its sign."""
    return f"{value:+.{digits}f}".replace("-", "−")
