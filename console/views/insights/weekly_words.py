"""What the weekly summary says, on the page and on paper alike.

Every figure is said as the page of figures says it; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.desk.insight_types import CampaignLine, Elsewhere, NotYet
from console.desk.weekly_types import WeeklySummary
from console.domain.heat_map import Advice
from console.domain.intervals import Estimate, Told, TooFew
from console.ui import told_share
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.share_series import percent
from console.views.insights import insight_words, reply_words, table_words, tile_words
from console.views.insights.tile_words import Said

_AUDIENCE = 2
"""The column of the page's table that the summary has no room for."""
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, what is said below it, and how it is counted.

    ``somebody``: there are members behind it.
    """

    title: str
    value: str
    said: Said
    formula: str
    somebody: bool = False


def title(summary: WeeklySummary) -> str:
    """What it is called, with its days."""
    days = insight_words.days(summary.monday, summary.monday + _SUNDAY)
    return translate("Weekly", "Weekly summary · {days}").format(days=days)


def figures(summary: WeeklySummary) -> list[Figure]:
    """Those of the week, each beside the week before."""
    week, before = summary.week, summary.before
    value, visits = tile_words.visits(week)
    replied = _count(week.replied, before.replied)
    held = _count(week.held, before.held)
    share, left = week.open_rate.now, week.opt_outs.share.now
    replies = summary.replies.told
    return [
        Figure(translate("Weekly", "Read rate"), told_share.value(summary.read.now.told),
               _read(summary), _read_formula(), summary.read.now.rate.part > 0),
        Figure(translate("Weekly", "Open rate of the week"), told_share.value(share.told),
               tile_words.open_rate(week), tile_words.formula(tile_words.OPEN),
               share.rate.part > 0),
        Figure(translate("Weekly", "Replies"), f"{week.replied:,}", replied,
               tile_words.formula(tile_words.REPLIES, week.window_days), week.replied > 0),
        Figure(translate("Weekly", "Holds"), f"{week.held:,}", held,
               tile_words.formula(tile_words.REPLIES, week.window_days), week.held > 0),
        Figure(reply_words.median_title(), reply_words.median(replies.median),
               reply_words.on_tile(summary.replies), reply_words.formula(),
               replies.later.rate.whole > 0),
        Figure(tile_words.title(tile_words.LEFT), told_share.value(left.told),
               tile_words.opt_outs(week), tile_words.formula(tile_words.LEFT),
               left.rate.part > 0),
        Figure(tile_words.title(tile_words.VISITS), value, visits,
               tile_words.formula(tile_words.VISITS),
               isinstance(week.visits.comparison.told, Estimate)),
    ]  # fmt: skip


def _read(summary: WeeklySummary) -> Said:
    parts, look = tile_words.change(summary.read, good_up=True)
    if summary.still_read and parts:
        parts, look = [translate("Weekly", "still being read: no comparison yet")], "soft"
    nobody = translate("Report", "written to nobody yet")
    now = summary.read.now
    return Said(" · ".join(parts), look, told_share.beside(now.rate, now.told, nobody))


def _read_formula() -> str:
    return translate("Weekly", "Readers ÷ written, of all campaigns of the week as of one. Reading"
                     " counts up to now, not only in the week.")  # fmt: skip


def _count(now: int, before: int) -> Said:
    arrow = "▲" if now > before else "▼" if now < before else "="
    words = translate("Weekly", "{arrow} {n} the week before")
    return Said(words.format(arrow=arrow, n=f"{before:,}"))


# --- campaigns ----------------------------------------------------------------------------------


def table_title() -> str:
    """What the table is called."""
    return translate("Weekly", "Campaigns of the week")


def table_head(summary: WeeklySummary) -> tuple[str, ...]:
    """Over the columns."""
    return _without_audience(table_words.head(summary.week.window_days))


def table_rows(summary: WeeklySummary, clock: ShopClock) -> list[tuple[str, ...]]:
    """What is said of each campaign."""
    return [_row(line, clock) for line in in_order(summary)]


def in_order(summary: WeeklySummary) -> Sequence[CampaignLine]:
    """The week's campaigns, in the order in which they were sent."""
    return summary.week.campaigns[::-1]


def _row(line: CampaignLine, clock: ShopClock) -> tuple[str, ...]:
    share = percent(line.read / line.written) if line.written else table_words.NONE
    number = table_words.number
    return (table_words.name(line), table_words.sent(line, clock), number(line.written),
            number(line.read), share, number(line.replied), number(line.held),
            table_words.left(line), table_words.effect(line.effect, clock)[0])  # fmt: skip


def _without_audience(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (*cells[:_AUDIENCE], *cells[_AUDIENCE + 1 :])


def no_campaign() -> str:
    """Instead of the table."""
    return translate("Weekly", "No campaign was sent this week.")


# --- advice and doubts --------------------------------------------------------------------------


def advice(summary: WeeklySummary) -> str:
    """Which hour is the best to send in, and of which days that is known."""
    days = insight_words.days(summary.looks.first, summary.looks.last)
    return f"{insight_words.advice(summary.looks)} ({days})"


def untold() -> str:
    """Above what could not be told."""
    return translate("Weekly", "What could not be told")


def doubts(summary: WeeklySummary, clock: ShopClock) -> list[str]:
    """Every figure that is none, and what is missing; nothing where all could be told."""
    week = summary.week
    rise = week.visits.comparison.rise
    doubtful: Sequence[tuple[str, Told]] = (
        (translate("Weekly", "Read rate"), summary.read.now.told),
        (translate("Weekly", "Open rate of the week"), week.open_rate.now.told),
        (reply_words.median_title(), summary.replies.told.median),
        (tile_words.title(tile_words.LEFT), week.opt_outs.share.now.told),
        (translate("Weekly", "Visits against the holdout"), rise),
    )
    said = [translate("Weekly", "{figure}: too few to tell").format(figure=name)
            for name, told in doubtful if isinstance(told, TooFew)]  # fmt: skip
    if not isinstance(summary.looks.advice, Advice):
        said.append(insight_words.advice(summary.looks))
    return [*said, *_effects(week.campaigns), *_missing(summary, clock)]


def _effects(lines: Sequence[CampaignLine]) -> list[str]:
    waiting = sum(isinstance(line.effect, NotYet | Elsewhere) for line in lines)
    if not waiting:
        return []
    return [counted(waiting, translate("Weekly", "What 1 campaign led to is not known yet"),
                    translate("Weekly", "What {n} campaigns led to is not known yet"))]  # fmt: skip


def _missing(summary: WeeklySummary, clock: ShopClock) -> list[str]:
    week, found = summary.week, []
    if summary.still_read:
        found.append(counted(
            summary.still_read, translate("Weekly", "1 campaign is still being read"),
            translate("Weekly", "{n} campaigns are still being read"),
        ))  # fmt: skip
    gap = insight_words.gap(week, clock)
    if gap:
        found.append(gap)
    if not week.live:
        found.append(insight_words.standing(week, clock)[0])
    return found


def definitions(summary: WeeklySummary) -> list[tuple[str, str]]:
    """By figure how it is counted, each sentence once."""
    said: dict[str, list[str]] = {}
    for figure in figures(summary):
        said.setdefault(figure.formula, []).append(figure.title)
    found = [(" / ".join(titles), formula) for formula, titles in said.items()]
    return [*found, (table_title(), table_words.formula(summary.week.window_days)),
            (insight_words.heat(), insight_words.heat_formula())]  # fmt: skip
