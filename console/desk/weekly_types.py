"""What the desk hands to the weekly summary: frozen values, times aware UTC."""

from __future__ import annotations

from datetime import date

from console.desk.insight_types import Insights, Looks, ShareChange
from console.desk.reply_types import ReplyFigures
from console.desk.types import Value


class WeeklySummary(Value, frozen=True, kw_only=True):
    """A week of the shop's calendar, beside the one before.

    Attributes:
        monday: with which it begins.
        week, before: their figures, counted alike; reads, answers and what members reserved up
            to when everything is known, not only in the week.
        read: readers ÷ written of all its campaigns together.
        still_read: so many of its campaigns are so new that most of their readers may come yet.
        looks: when members look, over the four weeks until now.
        replies: how soon members were answered who asked in the week.
    """

    monday: date
    week: Insights
    before: Insights
    read: ShareChange
    still_read: int
    looks: Looks
    replies: ReplyFigures
