"""What a curve of shares shows: lines of spots, in words and as a table.

Knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.ui.chart_table import Cell, ChartTable, number, words
from console.ui.i18n import counted, translate


@dataclass(frozen=True, slots=True)
class Spot:
    """The share (0–1) after so many seconds, and what stands behind it as far as it is known.

    ``count``: so many members; ``low``, ``high``: its interval; ``watched``: members of whom it
    is known for that long.
    """

    elapsed_s: float
    share: float
    count: int | None = None
    low: float | None = None
    high: float | None = None
    watched: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line, by time.

    ``open_ended``: its last spot is the present; ``rows``: the same at round times, for the
    table; none: the spots themselves.
    """

    key: str
    name: str
    spots: tuple[Spot, ...]
    open_ended: bool = False
    rows: tuple[Spot, ...] = ()


def after(elapsed_s: float) -> str:
    """``1 h 05 min``: how long ago something was."""
    hours, minutes = divmod(round(elapsed_s / 60), 60)
    if not hours:
        return translate("Curve", "{m} min").format(m=minutes)
    if not minutes:
        return translate("Curve", "{h} h").format(h=hours)
    return translate("Curve", "{h} h {m} min").format(h=hours, m=f"{minutes:02}")


def percent(share: float) -> str:
    """``34.8 %``."""
    return f"{share * 100:.1f} %"


def when(spot: Spot) -> str:
    """How long after sending it is."""
    return translate("Curve", "{time} after sending").format(time=after(spot.elapsed_s))


def told(spot: Spot) -> str:
    """The whole of what is known there."""
    share = translate("Curve", "{share} had read it").format(share=percent(spot.share))
    return f"{share} · {members(spot.count)}" if spot.count is not None else share


def briefly(spot: Spot) -> str:
    """Share and count, beside the name of the line."""
    share = percent(spot.share)
    return f"{share} · {members(spot.count)}" if spot.count is not None else share


def members(count: int) -> str:
    """So many."""
    return counted(count, translate("Curve", "1 member"), translate("Curve", "{n} members"))


def interval(spot: Spot) -> str:
    """How far the share can be trusted; "" where that is not known."""
    if spot.low is None or spot.high is None:
        return ""
    text = translate("Report", "95 % interval {low}–{high}")
    return text.format(low=f"{spot.low * 100:.1f}", high=percent(spot.high))


def table(series: Sequence[Series]) -> ChartTable:
    """Every line at round times."""
    several = len(series) > 1
    columns = [column for each in series for column in _columns(each, named=several)]
    moments = sorted({spot.elapsed_s for each in series for spot in each.rows or each.spots})
    first = Cell(translate("Report", "After"), translate("Report", "Minutes after sending"))
    none = Cell("–", "")
    rows = tuple((Cell(after(moment), f"{moment / 60:g}"),
                  *(cells.get(moment, none) for _, cells in columns))
                 for moment in moments)  # fmt: skip
    return ChartTable((first, *(words(head) for head, _ in columns)), rows)


def _columns(series: Series, *, named: bool) -> list[tuple[str, Mapping[float, Cell]]]:
    """Heads, and by moment the cells below them; what is nowhere known has no column."""
    spots = series.rows or series.spots
    shares = {spot.elapsed_s: Cell(percent(spot.share), f"{spot.share:.4f}") for spot in spots}
    counts = {spot.elapsed_s: number(spot.count) for spot in spots if spot.count is not None}
    watched = {spot.elapsed_s: number(spot.watched) for spot in spots
               if spot.watched is not None and not named}  # fmt: skip
    found = [
        (translate("Report", "Read by then"), shares), (translate("Curve", "Readers"), counts),
        (translate("Report", "Members watched so long"), watched),
    ]  # fmt: skip
    return [(f"{series.name} · {head}" if named else head, cells)
            for head, cells in found if cells]  # fmt: skip
