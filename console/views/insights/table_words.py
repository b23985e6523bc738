"""What the table of a period's campaigns says."""

from __future__ import annotations

from collections.abc import Mapping

from console.desk.insight_types import (
    CampaignLine,
    Effect,
    NotYet,
    OfferLeft,
    Tally,
)
from console.domain.intervals import Estimate, Told
from console.domain.segments import Rule
from console.domain.statistics import PurchasesComparison
from console.ui import origin_phrases, told_share
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.origin_phrases import Origin
from console.ui.window_phrases import USUAL_DAYS, within

NONE = "—"
_GROUPS = 3
"""So many answers fit."""
_POINTS = 100


def title() -> str:
    """What the table is called."""
    return translate("Insights", "Campaigns of the period")


def formula(days: int = USUAL_DAYS) -> str:
    """As ``statistics`` has it; ``days``: the window of attribution."""
    words = translate("Insights", "Read rate = readers ÷ written. Replied, holds: members who"
                      " answered it, or reserved something that is owed to it, {within}. Opt-outs:"
                      " members who opted out at it in the period. Bought: members who bought"
                      " {within} after it began, in points above those of its audience who were"
                      " held out, ± half of the 95 % interval; who can never be held out is in"
                      " neither group. It is told when these days are over.")  # fmt: skip
    return words.format(within=within(days))


def origin() -> Origin:
    """Who counts its columns."""
    return origin_phrases.both(
        lambda: translate("Insights", "written, read, replied"),
        lambda: translate("Insights", "holds, opt-outs, purchases"),
    )


def head(days: int = USUAL_DAYS) -> tuple[str, ...]:
    """Over the columns."""
    bought = translate("Insights", "Bought {within} · vs. holdout")
    return (
        translate("Insights", "Campaign"), translate("Insights", "Sent"),
        translate("Insights", "Audience"), translate("Insights", "Written"),
        translate("Insights", "Read"), translate("Insights", "Read rate"),
        translate("Insights", "Replied"), translate("Insights", "Holds"),
        translate("Insights", "Opt-outs"),
        bought.format(within=within(days)),
    )  # fmt: skip


def titled(title: str) -> str:
    """A campaign's title, or that it has none."""
    return title or translate("Campaigns", "Untitled campaign")


def name(line: CampaignLine) -> str:
    """Its title, and that it was sent again."""
    said = titled(line.title)
    return f"{said} · {translate('Campaigns', 'Sent again')}" if line.kind == "resend" else said


def sent(line: CampaignLine, clock: ShopClock) -> str:
    """When it began; with the year where that is another one."""
    at = clock.local(line.sent_at)
    shape = "%m-%d %H:%M" if at.year == clock.today().year else "%Y-%m-%d"
    return at.strftime(shape)


def audience(line: CampaignLine, sentences: Mapping[Rule, str]) -> str:
    """Whom it was for."""
    if line.rule is not None:
        return sentences.get(line.rule, "")
    if line.kind == "resend":
        return translate("Insights", "Those it had not reached")
    return translate("Insights", "All members")


def number(amount: int) -> str:
    """A count, or that there is none."""
    return f"{amount:,}" if amount else NONE


def effect(found: Effect, clock: ShopClock) -> tuple[str, bool]:
    """What it led to, and whether that is a figure."""
    match found:
        case PurchasesComparison():
            return _rise(found.rise)
        case Tally():
            return _tally(found)
        case OfferLeft():
            return translate("Insights", "running · {n} left").format(n=f"{found.left:,}"), True
        case NotYet():
            day = f"{clock.local(found.until):%m-%d}"
            return translate("Insights", "from {day} on").format(day=day), False
        case _:
            return elsewhere(), False


def left(line: CampaignLine) -> str:
    """How many opted out at it; "": not known here."""
    return "" if line.left is None else number(line.left)


def elsewhere() -> str:
    """Its recipients are not on this computer."""
    return translate("Insights", "kept on the relay only")


def _rise(told: Told) -> tuple[str, bool]:
    if not isinstance(told, Estimate):
        return translate("Insights", "too few to tell"), False
    words = translate("Insights", "{rise} points (±{half})")
    return words.format(
        rise=told_share.signed(told.value), half=f"{told.interval.width * _POINTS / 2:.1f}"
    ), True


def _tally(found: Tally) -> tuple[str, bool]:
    if not found.groups:
        return translate("Insights", "no answer yet"), False
    return " · ".join(f"{name} {count:,}" for name, count in found.groups[:_GROUPS]), True


def explained(found: Effect) -> str:
    """The same with all that is known, for a tooltip."""
    match found:
        case PurchasesComparison():
            words = translate("Insights", "{part} of {whole} bought; of the holdout {held_part} of"
                              " {held}")  # fmt: skip
            one, two = found.marketed, found.held_out
            said = words.format(part=f"{one.part:,}", whole=f"{one.whole:,}",
                                held_part=f"{two.part:,}", held=f"{two.whole:,}")  # fmt: skip
            told = found.rise
            if isinstance(told, Estimate):
                low, high = told.interval.low * _POINTS, told.interval.high * _POINTS
                interval = translate("Insights", "95 % interval {low} – {high} points")
                said += f" · {interval.format(low=f'{low:+.1f}', high=f'{high:+.1f}')}"
            return said
        case Tally():
            return " · ".join(f"{name} {count:,}" for name, count in found.groups)
    return ""
