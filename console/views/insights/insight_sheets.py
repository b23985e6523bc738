"""The page of figures as tables, with how each is counted; nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.desk.activity_port import ActivityYear
from console.desk.insight_types import CampaignLine, Insights, Looks, VisitMonth
from console.desk.reply_types import ReplyFigures
from console.domain.intervals import Estimate, Told
from console.domain.segments import Rule
from console.domain.statistics import PurchasesComparison
from console.sheets import Cell, Column, Kind, Sheet
from console.ui import figure_sheets, hour_phrases, read_series
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.insights import (
    activity_card,
    insight_words,
    reply_sheets,
    reply_words,
    table_words,
    tile_words,
    visits_card,
)

_WIDE = 36


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the file; ``sentences`` say in words whom rules mean.

    ``looks``, ``year``: ``None`` as long as they are not counted; ``looking``: of whom alone the
    first are, "" of everybody; ``visits``: month by month, of a year.
    """

    figures: Insights
    sentences: Mapping[Rule, str]
    replies: ReplyFigures
    looks: Looks | None = None
    looking: str = ""
    year: ActivityYear | None = None
    visits: Sequence[VisitMonth] = ()


def whole(shown: Shown, clock: ShopClock) -> list[Sheet]:
    """Everything that the page shows."""
    figures, looks, year = shown.figures, shown.looks, shown.year
    heat = [_heat(looks, shown.looking)] if looks is not None else []
    months = [_months(figures)] if figures.months else []
    activity = [reply_sheets.activity(year)] if year is not None else []
    visits = [_visits(figures), *([_visits_by_month(shown.visits)] if shown.visits else [])]
    campaigns = _campaigns(figures, shown.sentences, clock)
    return [_figures(figures), *months, *visits, campaigns, _curves(figures), *heat,
            *reply_sheets.replies(shown.replies), *activity,
            _definitions(shown, clock)]  # fmt: skip


def _figures(figures: Insights) -> Sheet:
    open_, left = figures.open_rate.now, figures.opt_outs.share.now
    nobody = translate("Insights", "no member can be reached yet")
    unwritten = translate("Report", "written to nobody yet")
    return figure_sheets.figures([
        figure_sheets.share(tile_words.open_title(figures.period), open_.rate, open_.told, nobody),
        figure_sheets.count(translate("Insights", "Replied"), figures.replied),
        figure_sheets.count(translate("Insights", "Holds"), figures.held),
        figure_sheets.share(tile_words.title(tile_words.LEFT), left.rate, left.told, unwritten),
    ])  # fmt: skip


def _months(figures: Insights) -> Sheet:
    nobody = translate("Insights", "no member can be reached yet")
    return figure_sheets.figures([
        figure_sheets.share(insight_words.days(month.first, month.last), month.share.rate,
                            month.share.told, nobody)
        for month in figures.months
    ], tile_words.title(tile_words.OPEN))  # fmt: skip


def _visits(figures: Insights) -> Sheet:
    found = figures.visits
    days = insight_words.days(found.first, found.last)
    return Sheet(tile_words.title(tile_words.VISITS), (
        Column(tile_words.title(tile_words.VISITS), width=_WIDE),
        Column(translate("Export", "Figure"), Kind.NUMBER, 18),
        Column(translate("Export", "95 % from"), Kind.NUMBER),
        Column(translate("Export", "95 % to"), Kind.NUMBER),
        Column(translate("Insights", "Period"), width=20),
    ), [
        (translate("Insights", "All"), *_told(found.comparison.told), days),
        (translate("Insights", "More than the holdout"), *_told(found.comparison.rise), days),
    ])  # fmt: skip


def _visits_by_month(months: Sequence[VisitMonth]) -> Sheet:
    kinds = (Kind.NUMBER,) * 5 + (Kind.COUNT,) * 2
    first, *others = visits_card.head()
    return Sheet(visits_card.title(), (
        Column(first, width=_WIDE),
        *(Column(name, kind, 18) for name, kind in zip(others, kinds, strict=True)),
    ), [(visits_card.days(each), *_means(each), *_told(each.comparison.rise), each.marketed,
         each.held_out) for each in months])  # fmt: skip


def _means(month: VisitMonth) -> tuple[Cell, ...]:
    few = translate("Report", "Too few to tell")
    return tuple(few if value is None else value for value in visits_card.values(month).values())


def _told(told: Told) -> tuple[Cell, Cell, Cell]:
    if not isinstance(told, Estimate):
        return translate("Report", "Too few to tell"), None, None
    return told.value, told.interval.low, told.interval.high


def _campaigns(figures: Insights, sentences: Mapping[Rule, str], clock: ShopClock) -> Sheet:
    name, sent, audience, written, read, rate, replied, held, left, effect = table_words.head(
        figures.window_days
    )
    return Sheet(table_words.title(), (
        Column(name, width=30), Column(sent, Kind.TIME), Column(audience, width=30),
        Column(written, Kind.COUNT), Column(read, Kind.COUNT), Column(rate, Kind.SHARE),
        Column(replied, Kind.COUNT), Column(held, Kind.COUNT), Column(left, Kind.COUNT),
        Column(effect, Kind.SHARE, 30),
        Column(translate("Export", "95 % from"), Kind.SHARE),
        Column(translate("Export", "95 % to"), Kind.SHARE),
    ), [
        (table_words.name(line), line.sent_at, table_words.audience(line, sentences), line.written,
         line.read, line.read / line.written if line.written else None, line.replied, line.held,
         line.left, *_effect(line, clock))
        for line in figures.campaigns
    ])  # fmt: skip


def _effect(line: CampaignLine, clock: ShopClock) -> tuple[Cell, Cell, Cell]:
    if isinstance(line.effect, PurchasesComparison):
        return _told(line.effect.rise)
    return table_words.effect(line.effect, clock)[0], None, None


def _curves(figures: Insights) -> Sheet:
    rows = [
        (table_words.titled(curve.title), point.elapsed, point.share,
         point.readers, point.watched)
        for curve in figures.curves for point in curve.table
    ]  # fmt: skip
    return Sheet(read_series.title(), (
        Column(translate("Insights", "Campaign"), width=30),
        Column(translate("Report", "After"), Kind.DURATION),
        Column(translate("Report", "Read by then"), Kind.SHARE, 16),
        Column(translate("Curve", "Readers"), Kind.COUNT),
        Column(translate("Report", "Members watched so long"), Kind.COUNT, 26),
    ), rows)  # fmt: skip


def _heat(looks: Looks, looking: str) -> Sheet:
    return Sheet(" · ".join(filter(None, (insight_words.heat(), looking))), (
        Column(translate("Insights", "Weekday")), Column(translate("Insights", "Hour"), width=14),
        Column(translate("Curve", "Readers"), Kind.COUNT),
        Column(translate("Insights", "Readers an hour"), Kind.NUMBER, 18),
        Column(translate("Export", "95 % from"), Kind.NUMBER),
        Column(translate("Export", "95 % to"), Kind.NUMBER),
    ), [
        (hour_phrases.weekday(cell.weekday or 0), f"{cell.hour}:00–{cell.hour + 1}:00",
         cell.readers, *_told(looks.heat.tell(cell)))
        for cell in looks.heat.cells
    ])  # fmt: skip


def _definitions(shown: Shown, clock: ShopClock) -> Sheet:
    figures, year, days = shown.figures, shown.year, shown.figures.window_days
    about = [(translate("Insights", "Period"), insight_words.days(figures.first, figures.last)),
             *figure_sheets.known(figures.as_of, clock, live=figures.live)]  # fmt: skip
    gap = insight_words.gap(figures, clock)
    if gap:
        about.append((translate("Report", "Not in this file"), gap))
    if shown.replies.own:
        about.append((reply_words.title(), reply_words.own()))
    formulas = [
        *((tile_words.title(what), tile_words.formula(what, days)) for what in tile_words.TITLES),
        (table_words.title(), table_words.formula(days)),
        (read_series.title(), read_series.formula()),
        (insight_words.heat(), insight_words.heat_formula()),
        (reply_words.title(), reply_words.formula()),
    ]  # fmt: skip
    if shown.visits:
        formulas.append((visits_card.title(), visits_card.formula()))
    if year is not None:
        told = f"{activity_card.formula()} {activity_card.limits(year, clock)}"
        formulas.append((activity_card.title(), told))
    return figure_sheets.definitions(about, formulas)
