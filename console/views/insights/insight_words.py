"""What the shop's figures say, and how each is counted as the domain defines it."""

from __future__ import annotations

from console.desk.insight_types import Insights
from console.domain.heat_map import Advice, HeatCell
from console.domain.intervals import Estimate
from console.ui import hour_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def open_rate() -> str:
    """What it is called."""
    return translate("Insights", "Open rate · this month so far")


def open_rate_formula() -> str:
    """As ``statistics.monthly_open_rate`` has it."""
    return translate("Insights", "Members who read at least one notice ÷ members reachable: joined,"
                     " opted in, and seen within 90 days. Whoever read in the month was reachable"
                     " too. The holdout is reachable but gets no campaigns.")  # fmt: skip


def nobody() -> str:
    """Instead of how many read, where there is nobody to read."""
    return translate("Insights", "no member can be reached yet")


def heat() -> str:
    """What the heat map is called."""
    return translate("Insights", "When members look")


def heat_formula() -> str:
    """As ``heat_map`` has it."""
    return translate("Insights", "Readers by weekday and hour of the shop's clock, on average. A"
                     " member who reads several notices within an hour is one reader. The advice"
                     " looks only at what is read later than an hour after sending, and only at"
                     " hours in which campaigns may go out.")  # fmt: skip


def days(figures: Insights) -> str:
    """From which day to which."""
    return f"{figures.first:%m-%d} – {figures.last:%m-%d}"


def cell(figures: Insights, found: HeatCell) -> str:
    """A cell read out: its hour, how many read, and how far that can be trusted."""
    day = hour_phrases.weekday(found.weekday or 0)
    hour = f"{found.hour}:00–{found.hour + 1}:00"
    told = figures.heat.tell(found)
    if isinstance(told, Estimate):
        words = translate("Insights", "{readers} readers an hour, 95 % interval {low}–{high}")
        said = words.format(readers=f"{told.value:.1f}", low=f"{told.interval.low:.1f}",
                            high=f"{told.interval.high:.1f}")  # fmt: skip
    else:
        words = translate("Insights", "{n} readers in four weeks: too few to tell")
        said = words.format(n=found.readers)
    return f"{day} {hour} · {said}"


def advice(figures: Insights) -> str:
    """Which hours are as good to send in as the best one."""
    found = figures.advice
    if not isinstance(found, Advice):
        return translate("Insights", "When to send: too few to tell")
    if not found.worse:
        return translate("Insights", "When to send: no hour stands out")
    words = translate("Insights", "When to send: best {best}:00; as good: {hours}")
    hours = [each.hour for each in found.as_good if each is not found.best]
    if not hours:
        return translate("Insights", "When to send: best {best}:00").format(best=found.best.hour)
    return words.format(best=found.best.hour, hours=", ".join(f"{hour}:00" for hour in hours))


def standing(figures: Insights, clock: ShopClock) -> tuple[str, str]:
    """Up to when it is known, and the look of that."""
    at = f"{clock.local(figures.as_of):%m-%d %H:%M}"
    if figures.live:
        return translate("Insights", "As of {time}").format(time=at), "accent"
    return translate("Report", "Offline · as of {time}").format(time=at), "warn"
