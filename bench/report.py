"""What a bench reports, and how it is printed and saved."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from pathlib import Path

import msgspec

STALL = "longest stall"
"""Under this name a child process tells how long (s) its loop did not turn."""
RUNS = 5
"""Every figure is the median of at least this many runs."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured figure.

    Attributes:
        name: the figure's stable name.
        value: median over the runs, in ``unit`` (times ms, memory per connection KB, RSS MB).
        floor: the same work by the barest means, measured in the same run, or ``None``.
        ratio: ``value / floor``.
        goal: the upper bound of ``value`` (or of ``ratio`` when ``goal_is_ratio``).
        ok: whether the goal was met.
        runs: every run's value.
    """

    name: str
    value: float
    unit: str
    goal: float
    ok: bool
    floor: float | None = None
    ratio: float | None = None
    goal_is_ratio: bool = False
    runs: list[float] = []
    note: str = ""


def figure(
    name: str,
    runs: Iterable[float],
    unit: str,
    goal: float,
    *,
    floors: Iterable[float] | None = None,
    goal_is_ratio: bool = False,
    note: str = "",
) -> Figure:
    """A figure from its runs; ``floors`` are the floor's own runs."""
    values = [round(v, 3) for v in runs]
    value = statistics.median(values)
    floor = None if floors is None else statistics.median(list(floors))
    ratio = None if not floor else value / floor
    measured = ratio if goal_is_ratio else value
    return Figure(
        name=name,
        value=round(value, 3),
        unit=unit,
        goal=goal,
        ok=measured is not None and measured <= goal,
        floor=None if floor is None else round(floor, 3),
        ratio=None if ratio is None else round(ratio, 2),
        goal_is_ratio=goal_is_ratio,
        runs=values,
        note=note,
    )


def line(item: Figure) -> str:
    """One printed line."""
    floor = "" if item.floor is None else f"  floor {item.floor:g} {item.unit}, {item.ratio:g}×"
    goal = f"{item.goal:g}×" if item.goal_is_ratio else f"{item.goal:g} {item.unit}"
    verdict = "ok" if item.ok else "MISSED"
    note = f"  ({item.note})" if item.note else ""
    return f"{item.name:28} {item.value:10.2f} {item.unit:3}{floor}  goal ≤ {goal}  {verdict}{note}"


def save(figures: list[Figure], path: Path) -> None:
    """Write the figures as one JSON list."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2))
