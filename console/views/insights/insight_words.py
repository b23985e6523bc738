"""What is said around the shop's figures, and of when members look, as the domain defines it."""

from __future__ import annotations

from datetime import date

from console.desk.insight_types import Insights, Looks
from console.domain.heat_map import Advice, HeatCell
from console.domain.intervals import Estimate
from console.domain.periods import Period
from console.ui import hour_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def period(which: Period) -> str:
    """What a period is called."""
    return {
        Period.WEEK: translate("Insights", "This week"),
        Period.MONTH: translate("Insights", "Last 30 days"),
        Period.YEAR: translate("Insights", "Last 12 months"),
    }[which]


def days(first: date, last: date) -> str:
    """From which day to which; the year where it changes."""
    shape = "%m-%d" if first.year == last.year else "%Y-%m-%d"
    return f"{first.strftime(shape)} – {last.strftime(shape)}"


def standing(figures: Insights, clock: ShopClock) -> tuple[str, str]:
    """Up to when it is known, and the look of that."""
    at = f"{clock.local(figures.as_of):%m-%d %H:%M}"
    if figures.live:
        return translate("Insights", "As of {time}").format(time=at), "accent"
    return translate("Report", "Offline · as of {time}").format(time=at), "warn"


def since(figures: Insights, clock: ShopClock) -> str:
    """Up to when it is known without a line; "": there is one."""
    return "" if figures.live else f"{clock.local(figures.as_of):%m-%d %H:%M}"


def replies() -> str:
    """A part of a tile."""
    return translate("Insights", "replies")


def holds() -> str:
    """The other one."""
    return translate("Insights", "holds")


def gap(figures: Insights, clock: ShopClock) -> str:
    """What is not in the figures; "": nothing is missing."""
    if figures.known_since is None:
        return ""
    words = translate("Insights", "Who got campaigns before {day} is kept on the relay only: open"
                      " rate, holds and opt-outs are of those since.")  # fmt: skip
    return words.format(day=f"{clock.local(figures.known_since):%Y-%m-%d}")


# --- when members look --------------------------------------------------------------------------


def heat() -> str:
    """What the heat map is called."""
    return translate("Insights", "When members look")


def heat_formula() -> str:
    """As ``heat_map`` has it."""
    return translate("Insights", "Readers by weekday and hour of the shop's clock, on average. A"
                     " member who reads several notices within an hour is one reader. The advice"
                     " looks only at what is read later than an hour after sending, and only at"
                     " hours in which campaigns may go out.")  # fmt: skip


def everybody() -> str:
    """Whose reading the heat map counts where no group is chosen."""
    return translate("Insights", "All members")


def whose_looks() -> str:
    """What one chooses there."""
    return translate("Insights", "Whose reading is shown")


def hour(weekday: int, number: int) -> str:
    """An hour of a weekday."""
    return f"{hour_phrases.weekday(weekday)} {number}:00–{number + 1}:00"


def cell(looks: Looks, found: HeatCell) -> str:
    """A cell read out: its hour, how many read, and how far that can be trusted."""
    told = looks.heat.tell(found)
    if isinstance(told, Estimate):
        words = translate("Insights", "{readers} readers an hour, 95 % interval {low}–{high}")
        said = words.format(readers=f"{told.value:.1f}", low=f"{told.interval.low:.1f}",
                            high=f"{told.interval.high:.1f}")  # fmt: skip
    else:
        words = translate("Insights", "{n} readers in four weeks: too few to tell")
        said = words.format(n=found.readers)
    return f"{hour(found.weekday or 0, found.hour)} · {said}"


def advice(looks: Looks) -> str:
    """Which hours are as good to send in as the best one."""
    found = looks.advice
    if not isinstance(found, Advice):
        return translate("Insights", "When to send: too few to tell")
    if not found.worse:
        return translate("Insights", "When to send: no hour stands out")
    words = translate("Insights", "When to send: best {best}:00; as good: {hours}")
    hours = [each.hour for each in found.as_good if each is not found.best]
    if not hours:
        return translate("Insights", "When to send: best {best}:00").format(best=found.best.hour)
    return words.format(best=found.best.hour, hours=", ".join(f"{hour}:00" for hour in hours))
