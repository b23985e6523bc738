"""What is said of first replies, and how they are counted as ``domain.replies`` defines it."""

from __future__ import annotations

from datetime import timedelta

from console.desk.reply_types import NOBODY, ReplyFigures, ReplyLine, WaitLine
from console.desk.report_types import ShareTold
from console.domain.intervals import Estimate, Told
from console.domain.replies import EDGES
from console.ui import told_share
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.share_series import percent
from console.views.insights.tile_words import Said

_HOUR = 3_600


def title() -> str:
    """What the card is called."""
    return translate("Replies", "First replies")


def formula() -> str:
    """As ``domain.replies`` has it."""
    return translate("Replies", "First replies within 1 (5) minutes ÷ first messages written while"
                     " the shop was open, by the hours it had then. Who still waits is late once"
                     " the time is over and not counted before; what was marked done without an"
                     " answer is late after 5 minutes, and before it needed none. Median: the"
                     " middle one of the waits due within 5 minutes. What she writes while she"
                     " waits is of the same wait; automatic answers, notes and campaigns answer"
                     " nobody.")  # fmt: skip


def median_title() -> str:
    """What the tile is called."""
    return translate("Replies", "Median first reply")


def soon() -> str:
    """What the share within one minute is called."""
    return translate("Replies", "Within 1 minute")


def later() -> str:
    """What the share within five minutes is called."""
    return translate("Replies", "Within 5 minutes")


def nobody() -> str:
    """Instead of how many were answered, where nobody asked."""
    return translate("Replies", "nobody asked while the shop was open")


# --- times --------------------------------------------------------------------------------------


def lasted(seconds: float) -> str:
    """``48 秒``, ``6 分 12 秒``, ``2 小时 5 分``, ``3 天``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes < 1:
        return translate("Replies", "{s} s").format(s=whole)
    if minutes < 60:
        if not rest:
            return translate("Replies", "{m} min").format(m=minutes)
        return translate("Replies", "{m} min {s} s").format(m=minutes, s=rest)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return translate("Replies", "{h} h {m} min").format(h=hours, m=minutes)
    days = hours // 24
    return counted(days, translate("Replies", "1 day"), translate("Replies", "{n} days"))


def median(told: Told) -> str:
    """The figure, or that it cannot be told."""
    return lasted(told.value) if isinstance(told, Estimate) else told_share.value(told)


def around(told: Told) -> str:
    """How far a median can be trusted; nothing where it cannot be told."""
    if not isinstance(told, Estimate):
        return ""
    words = translate("Replies", "95 % interval {low} – {high}")
    return words.format(low=lasted(told.interval.low), high=lasted(told.interval.high))


def change(figures: ReplyFigures) -> tuple[str, str]:
    """By how much the median is below or above that of the period before, and the look of that.

    A colour only where the intervals lie apart; else it may well be luck.
    """
    now, before = figures.told.median, figures.before
    if not (isinstance(now, Estimate) and isinstance(before, Estimate)):
        return "", "soft"
    by = round(now.value - before.value)
    if not by:
        return translate("Replies", "as in the period before"), "soft"
    sign = "▲" if by > 0 else "▼"
    apart = not (now.interval.low <= before.interval.high
                 and before.interval.low <= now.interval.high)  # fmt: skip
    look = ("fault" if by > 0 else "good") if apart else "soft"
    return f"{sign} {lasted(abs(by))}", look


# --- shares -------------------------------------------------------------------------------------


def share(told: ShareTold) -> str:
    """The figure, or that it cannot be told."""
    return told_share.value(told.told)


def beside(told: ShareTold) -> str:
    """How many of how many, and how far that can be trusted."""
    counts = translate("Replies", "{n} of {all}")
    return told_share.beside(told.rate, told.told, nobody(), counts)


def share_cell(told: ShareTold) -> str:
    """In a column: the figure, or how many of how many, which are too few to tell."""
    if isinstance(told.told, Estimate):
        return percent(told.told.value)
    words = translate("Replies", "{n}/{all} · too few")
    return words.format(n=f"{told.rate.part:,}", all=f"{told.rate.whole:,}")


def median_cell(told: Told) -> str:
    """In a column: the figure, or that there are too few to tell."""
    return lasted(told.value) if isinstance(told, Estimate) else translate("Replies", "too few")


def within(told: ShareTold) -> str:
    """On a tile: ``96 % 在 5 分钟内``; nothing where it cannot be told."""
    if not isinstance(told.told, Estimate):
        return ""
    return translate("Replies", "{share} within 5 minutes").format(share=percent(told.told.value))


def on_tile(figures: ReplyFigures) -> Said:
    """What stands below the median, on a tile."""
    against, look = change(figures)
    line = " · ".join(filter(None, (against, within(figures.told.later))))
    return Said(line, look, around(figures.told.median))


# --- its parts ----------------------------------------------------------------------------------


def groups() -> tuple[str, ...]:
    """By what lines are made: clerk, hour, or both."""
    return (translate("Replies", "By clerk"), translate("Replies", "By hour"),
            translate("Replies", "By clerk and hour"))  # fmt: skip


def head() -> tuple[str, ...]:
    """The columns of the table."""
    return ("", translate("Replies", "Due"), translate("Replies", "Median"),
            translate("Replies", "≤ 1 min"), translate("Replies", "≤ 5 min"))  # fmt: skip


def line(found: ReplyLine) -> str:
    """Whose line it is, and of which hour."""
    parts = []
    if found.part.staff_id is not None:
        nobodys = found.part.staff_id == NOBODY
        parts.append(translate("Replies", "Nobody's") if nobodys else found.name)
    if found.part.hour is not None:
        hours = translate("Replies", "{begin}–{end} h")
        parts.append(hours.format(begin=found.part.hour, end=found.part.hour + 1))
    return " · ".join(parts)


def bar(number: int) -> str:
    """How long the waits of a bar lasted."""
    if number == len(EDGES):
        return translate("Replies", "over {time}").format(time=_edge(EDGES[-1]))
    if not number:
        return translate("Replies", "up to {time}").format(time=_edge(EDGES[0]))
    return f"{_edge(EDGES[number - 1])} – {_edge(EDGES[number])}"


def edge(number: int) -> str:
    """The time at the left edge of a bar."""
    return _edge(EDGES[number - 1]) if number else "0"


def longer() -> str:
    """The right edge of the last one."""
    return translate("Replies", "longer")


def _edge(time: timedelta) -> str:
    seconds = time.total_seconds()
    if seconds >= _HOUR:
        return translate("Replies", "{h} h").format(h=round(seconds / _HOUR))
    return lasted(seconds)


def bars_head() -> tuple[str, ...]:
    """The columns of the distribution as a table."""
    return translate("Replies", "Waited"), translate("Replies", "Waits")


def list_title(name: str) -> str:
    """Over the waits behind a figure."""
    return f"{title()} · {name}"


def whose() -> str:
    """What the table's card is called."""
    return translate("Replies", "First replies by clerk and hour")


def waits(count: int) -> str:
    """How many are behind a figure."""
    return counted(count, translate("Replies", "1 wait"), translate("Replies", "{n} waits"))


def unanswered(figures: ReplyFigures) -> str:
    """How many got no answer in time and none since; nothing of none."""
    count = figures.told.unanswered
    if not count:
        return ""
    return counted(count, translate("Replies", "1 without an answer"),
                   translate("Replies", "{n} without an answer"))  # fmt: skip


def own() -> str:
    """Why no colleague has a line."""
    return translate("Replies", "The owner sees lines of everybody; you see your own, and the"
                     " shop's as a whole.")  # fmt: skip


def wait(found: WaitLine, clock: ShopClock) -> str:
    """One wait in the list behind a figure."""
    name = found.name or translate("Replies", "an erased member")
    if found.answered:
        end = translate("Replies", "{name} answered after {time}")
        said = end.format(name=found.by, time=lasted(found.lasted_s))
    elif found.open:
        said = translate("Replies", "still waits, {time}").format(time=lasted(found.lasted_s))
    else:
        end = translate("Replies", "done after {time}, without an answer")
        said = end.format(time=lasted(found.lasted_s))
    return f"{name} · {clock.local(found.asked_at):%m-%d %H:%M} · {said}"
