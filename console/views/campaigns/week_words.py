"""What is said about a week's plan, in the language spoken now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from console.desk.week_types import PlannedItem, WeekPlan
from console.ui.clock import ShopClock
from console.ui.i18n import counted, language, translate

_SHORT: Final = 14
"""Letters of a title in a sentence about what was just done."""


def short_title(item: PlannedItem) -> str:
    """So short that what is said about it stands beside it."""
    whole = title(item)
    return whole if len(whole) <= _SHORT else f"{whole[: _SHORT - 1].rstrip()}…"


def title(item: PlannedItem) -> str:
    """Its name, or that it has none yet."""
    return item.title or translate("Campaigns", "Untitled campaign")


def weekday(day: date) -> str:
    """Mon … Sun."""
    return (
        translate("Week", "Mon"), translate("Week", "Tue"), translate("Week", "Wed"),
        translate("Week", "Thu"), translate("Week", "Fri"), translate("Week", "Sat"),
        translate("Week", "Sun"),
    )[day.weekday()]  # fmt: skip


def month_day(day: date) -> str:
    """The date without its year."""
    return f"{day.month}月{day.day}日" if language() == "zh" else f"{day:%m-%d}"


def moment(at: datetime, clock: ShopClock) -> str:
    """Weekday and time."""
    local = clock.local(at)
    return f"{weekday(local.date())} {local:%H:%M}"


def time_line(item: PlannedItem, clock: ShopClock) -> str:
    """When, and what kind it is."""
    words = f"{clock.local(item.at):%H:%M}"
    if item.weekly:
        words += " · " + translate("Week", "weekly")
    elif item.state in {"draft", "frozen"}:
        words += " · " + translate("Week", "draft")
    elif item.state == "done":
        words += " · " + translate("Week", "sent")
    return words


def figure(item: PlannedItem) -> str:
    """Who gets it, and who has nothing left for it."""
    got = translate("Week", "{n} got it")
    words = counted(item.receive, translate("Week", "1 gets it") if item.counts else got,
                    translate("Week", "{n} get it") if item.counts else got)  # fmt: skip
    if item.lost:
        words += " · " + translate("Week", "{n} lost").format(n=f"{item.lost:,}")
    return words


def conflicts(plan: WeekPlan, clock: ShopClock) -> Iterator[str]:
    """One sentence for whatever does not go as it was meant."""
    taken: dict[str, int] = {}
    for item in plan.items:
        yield from _own(item, plan.at, clock)
        for loss in item.takes:
            taken[loss.client_id + str(loss.at)] = (
                taken.get(loss.client_id + str(loss.at), 0) + loss.members
            )
        if item.takes:
            yield _taking(item, clock)
        before = item.lost - taken.get(item.client_id + str(item.at), 0)
        if before > 0:
            words = counted(
                before,
                translate("Week", "1 member has had all her notices of the week before “{title}”."),
                translate(
                    "Week", "{n} members have had all their notices of the week before “{title}”."
                ),
            )
            yield words.format(title=title(item))


def _taking(item: PlannedItem, clock: ShopClock) -> str:
    losses = translate("Week", ", ").join(
        translate("Week", "“{title}” ({when}) loses {n}").format(
            title=loss.title or translate("Campaigns", "Untitled campaign"),
            when=moment(loss.at, clock), n=f"{loss.members:,}")
        for loss in item.takes
    )  # fmt: skip
    words = counted(
        item.last,
        translate("Week", "“{title}” ({when}) uses the last notice of 1 member; {losses}."),
        translate("Week", "“{title}” ({when}) uses the last notice of {n} members; {losses}."),
    )
    return words.format(title=title(item), when=moment(item.at, clock), losses=losses)


def _own(item: PlannedItem, now: datetime, clock: ShopClock) -> Iterator[str]:
    if item.movable and item.at < now:
        words = translate("Week", "The time of “{title}” is over; please choose another.")
        yield words.format(title=title(item))
    elif item.counts and item.quiet:
        words = translate("Week", "“{title}” ({when}) waits until the quiet hours end at 9:00.")
        yield words.format(title=title(item), when=moment(item.at, clock))
    if item.clash is not None:
        words = translate("Week", "“{title}” comes less than half an hour after “{other}”.")
        other = item.clash or translate("Campaigns", "Untitled campaign")
        yield words.format(title=title(item), other=other)


def left_over(plan: WeekPlan) -> str:
    """How many members may still get how much when the week is over."""
    if not plan.left:
        return ""
    parts = [
        (translate("Week", "{n} left: {members}") if left else translate("Week", "none: {members}"))
        .format(n=left, members=f"{members:,}")
        for left, members in sorted(plan.left.items(), reverse=True)
    ]  # fmt: skip
    words = translate("Week", "Notices members may still get after all this: {parts}")
    return words.format(parts=" · ".join(parts))
