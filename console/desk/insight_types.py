"""What the desk hands to the page of the shop's figures: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import date, datetime

from console.desk.report_types import ShareTold
from console.desk.types import Value
from console.domain.heat_map import Advice, HeatMap
from console.domain.intervals import TooFew


class Insights(Value, frozen=True, kw_only=True):
    """The shop's figures.

    Attributes:
        as_of: the moment up to which everything is known here; ``live``: the line is up.
        open_rate: of the month of ``as_of``, so far.
        first, last: the days of the heat map, both included.
        advice: which hours are as good to send in as the best, by what is read unprompted.
    """

    as_of: datetime
    live: bool
    open_rate: ShareTold
    first: date
    last: date
    heat: HeatMap
    advice: Advice | TooFew
