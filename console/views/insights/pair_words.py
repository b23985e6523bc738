"""What is said of two campaigns side by side, and what is not claimed."""

from __future__ import annotations

from console.desk.campaign_pair import CampaignPair
from console.desk.insight_types import CampaignLine
from console.domain.intervals import Estimate
from console.ui import told_share
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.insights import table_words


def title() -> str:
    """What the card is called."""
    return translate("Insights", "Two campaigns compared")


def formula() -> str:
    """How it is counted, as ``intervals.tell_rate_difference`` has it."""
    return translate("Insights", "Read rate = readers ÷ written, of each, up to now. The difference"
                     " is the later one minus the earlier, with the interval that holds the truth"
                     " in 95 of 100 shops, as if different members had got them: where many got"
                     " both it is rather too wide. It is told 72 hours after the later one was"
                     " sent.")  # fmt: skip


def hint(marked: int) -> str:
    """How to choose two."""
    if marked == 1:
        return translate("Insights", "Tick one more to compare")
    return translate("Insights", "Tick two to compare (Space or Ctrl+click)")


def named(line: CampaignLine, clock: ShopClock) -> str:
    """A campaign, and when it was sent."""
    return f"{table_words.name(line)} · {table_words.sent(line, clock)}"


def difference_of(found: CampaignPair) -> str:
    """Of what it is the difference."""
    words = translate("Insights", "Difference: {first} − {second}")
    first, second = (table_words.name(line) for line in (found.first, found.second))
    return words.format(first=first, second=second)


def difference(found: CampaignPair) -> str:
    """By how many points the first is above the second."""
    return "–" if found.difference is None else told_share.points(found.difference)


def interval(found: CampaignPair) -> str:
    """How far that can be trusted."""
    told = found.difference
    return told_share.points_interval(told) if isinstance(told, Estimate) else ""


def verdict(found: CampaignPair, clock: ShopClock) -> str:
    """Which was read by more, or why that is not said."""
    told = found.difference
    if told is None:
        words = translate("Insights", "One of them is still being read: look again on {time}.")
        return words.format(time=f"{clock.local(found.ends_at):%m-%d %H:%M}")
    if not isinstance(told, Estimate):
        return translate("Insights", "Too few got them, or read them, to tell one from the other.")
    if told.interval.holds(0.0):
        return translate("Insights", "Cannot tell them apart: the difference may be chance.")
    more, less = (found.first, found.second) if told.value > 0 else (found.second, found.first)
    words = translate("Insights", "“{more}” was read more than “{less}”: by more than chance.")
    return words.format(more=table_words.name(more), less=table_words.name(less))


def caution() -> str:
    """What must not be concluded."""
    return translate("Insights", "This does not say why: they went out at different times, and not"
                     " to the same members. Which words are better only an A/B of one campaign"
                     " shows.")  # fmt: skip
