"""The plan of a week: who is left for whom, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from console.domain import week_plan
from console.domain.week_plan import Alike, Share

ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Planned:
    name: str
    at: datetime
    priority: int = 5


def test_who_gets_her_last_notice_on_wednesday_is_lost_on_saturday() -> None:
    groups = [Alike(2, (True, True, True), 312), Alike(3, (True, True, True), 40),
              Alike(1, (False, False, True), 7), Alike(0, (True, False, False), 5)]  # fmt: skip
    assert week_plan.shares(groups, 3) == [
        Share(352, 5, 0, {}), Share(352, 0, 312, {2: 312}), Share(47, 312, 47, {}),
    ]  # fmt: skip
    assert week_plan.left_over(groups) == {0: 312 + 40 + 7 + 5}


def test_what_waits_for_the_morning_comes_with_what_is_planned_then() -> None:
    night = Planned("night", week_plan.moment(date(2026, 3, 17), 22 * 60, ZONE))
    nine = Planned("nine", week_plan.moment(date(2026, 3, 18), 9 * 60, ZONE), priority=7)
    ten = Planned("ten", week_plan.moment(date(2026, 3, 18), 10 * 60, ZONE))
    order = week_plan.in_order([ten, night, nine], ZONE)
    assert [each.name for each in order] == ["nine", "night", "ten"]


def test_the_same_wall_clock_a_week_later_also_when_the_clock_changes() -> None:
    before = datetime(2026, 3, 25, 14, tzinfo=UTC)
    assert week_plan.later(before, 7, "Europe/Berlin") == before + timedelta(days=7, hours=-1)
    assert week_plan.monday_of(date(2026, 3, 22)) == date(2026, 3, 16)


def test_two_at_nearly_the_same_time_clash() -> None:
    at = datetime(2026, 3, 18, 2, tzinfo=UTC)
    planned = [Planned("a", at), Planned("b", at + timedelta(minutes=29)),
               Planned("c", at + timedelta(hours=2))]  # fmt: skip
    assert week_plan.clashes(planned) == {1}
