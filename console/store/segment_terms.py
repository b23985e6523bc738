"""What a segment's expression is built from: values, ranges and spans over columns.  No tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import Column, ColumnElement, String, and_, bindparam, literal_column, true

from console.domain.segments import Range
from console.domain.spans import When, moments

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates are counted from."""

    today: date
    zone: tzinfo

    def inside(self, column: Column[Any], when: When) -> list[Condition]:
        """The column lies in the span; nothing when that is always so."""
        begin, end = moments(when, self.today, self.zone)
        found: list[Condition] = []
        if begin is not None:
            found.append(column >= begin)
        if end is not None:
            found.append(column < end)
        return found


def bound(column: Column[Any], values: Sequence[Any]) -> list[ColumnElement[Any]]:
    """Values as parameters of their own: a list that is expanded later has no text yet."""
    return [bindparam(None, value, column.type, unique=True) for value in values]


def one_of(column: ColumnElement[Any], values: Sequence[str]) -> Condition:
    """The column is one of these words."""
    return column.in_([bindparam(None, value, String(), unique=True) for value in values])


def numbers(column: ColumnElement[Any], numbers: Sequence[int]) -> Condition:
    """Ids stand in the text itself: they may be more than a statement has parameters."""
    return column.in_([literal_column(str(int(number))) for number in numbers])


def within(value: ColumnElement[Any], bounds: Range) -> Condition:
    """The value lies in the range."""
    found: list[Condition] = []
    if bounds.least is not None:
        found.append(value >= bounds.least)
    if bounds.most is not None:
        found.append(value <= bounds.most)
    return and_(true(), *found)
