"""First replies and members' activity as tables of an exported file; nothing is counted here."""

from __future__ import annotations

from datetime import timedelta

from console.desk.activity_port import ActivityYear
from console.desk.reply_types import RepliesTold, ReplyFigures, ReplyLine
from console.desk.report_types import ShareTold
from console.domain.intervals import Estimate, Told
from console.sheets import Cell, Column, Kind, Sheet
from console.ui.i18n import translate
from console.views.insights import activity_card, reply_words

_WIDE = 20


def replies(figures: ReplyFigures) -> list[Sheet]:
    """The shop's, and those by clerk, by hour and by both; then how long the waits lasted."""
    return [_lines(figures), _distribution(figures)]


def _lines(figures: ReplyFigures) -> Sheet:
    low, high = translate("Export", "95 % from"), translate("Export", "95 % to")
    by_clerk, by_hour, by_both = reply_words.groups()
    groups = ((by_clerk, figures.clerks), (by_hour, figures.hours), (by_both, figures.both))
    return Sheet(reply_words.title(), (
        Column(translate("Replies", "Counted"), width=_WIDE),
        Column(translate("Replies", "Of"), width=_WIDE),
        Column(translate("Replies", "Waits"), Kind.COUNT),
        Column(reply_words.median_title(), Kind.DURATION, _WIDE),
        Column(low, Kind.DURATION), Column(high, Kind.DURATION),
        Column(reply_words.soon(), Kind.SHARE, _WIDE),
        Column(low, Kind.SHARE), Column(high, Kind.SHARE),
        Column(reply_words.later(), Kind.SHARE, _WIDE),
        Column(low, Kind.SHARE), Column(high, Kind.SHARE),
        Column(translate("Replies", "Without an answer"), Kind.COUNT, _WIDE),
    ), [(translate("Insights", "All"), "", *_told(figures.told)),
        *(_line(group, line) for group, lines in groups for line in lines)])  # fmt: skip


def _line(group: str, line: ReplyLine) -> tuple[Cell, ...]:
    return (group, reply_words.line(line), *_told(line.told))


def _told(told: RepliesTold) -> tuple[Cell, ...]:
    return (told.later.rate.whole, *_median(told.median), *_share(told.soon), *_share(told.later),
            told.unanswered)  # fmt: skip


def _median(told: Told) -> tuple[Cell, Cell, Cell]:
    if not isinstance(told, Estimate):
        return reply_words.median(told), None, None
    low, high = told.interval.low, told.interval.high
    return timedelta(seconds=told.value), timedelta(seconds=low), timedelta(seconds=high)


def _share(share: ShareTold) -> tuple[Cell, Cell, Cell]:
    told = share.told
    if not isinstance(told, Estimate):
        return reply_words.share_cell(share), None, None
    return told.value, told.interval.low, told.interval.high


def _distribution(figures: ReplyFigures) -> Sheet:
    waited, waits = reply_words.bars_head()
    return Sheet(translate("Replies", "How long first replies took"), (
        Column(waited, width=_WIDE), Column(waits, Kind.COUNT),
    ), [(reply_words.bar(number), count) for number, count in enumerate(figures.bars)])  # fmt: skip


def activity(year: ActivityYear) -> Sheet:
    """How many were asleep, waking and active when each month ended."""
    kinds = activity_card.KINDS
    return Sheet(activity_card.title(), (
        Column(translate("Insights", "Month"), width=_WIDE),
        *(Column(activity_card.name(what), Kind.COUNT) for what in kinds),
    ), [(activity_card.month(each), *(activity_card.count(each.counts, what) for what in kinds))
        for each in year.months])  # fmt: skip
