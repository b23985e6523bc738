"""What screens say about a conversation's place in the queue and about who it is with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import language, translate

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"


def title(item: Any) -> str:
    """The name over a conversation; an erased member has none any more."""
    if item.title or item.member_state != "erased":
        return str(item.title)
    return translate("Queue", "Erased member")


def moment_ahead(moment: datetime, clock: ShopClock) -> str:
    """A time to come: ``18:00``, ``明天 10:00``, ``周一 10:00`` or the date with the time."""
    local = clock.local(moment)
    days = (local.date() - clock.today()).days
    at = local.strftime("%H:%M")
    if days <= 0:
        return at
    if days == 1:
        return translate("Queue", "tomorrow {time}").format(time=at)
    if days < 7:
        zh = language() == "zh"
        day = f"周{_WEEKDAYS_ZH[local.weekday()]}" if zh else _WEEKDAYS[local.weekday()]
        return f"{day} {at}"
    return f"{phrases.month_day(local.date(), clock.today())} {at}"


def back_at(moment: datetime, clock: ShopClock) -> str:
    """The pill of a conversation that is put off."""
    return translate("Queue", "Back {time}").format(time=moment_ahead(moment, clock))


def reminder() -> str:
    """The pill of a conversation whose time has come."""
    return translate("Queue", "Reminder")


def snooze_choice(kind: str) -> str:
    """Name of a usual time."""
    names = {
        "hour": translate("Queue", "In an hour"),
        "evening": translate("Queue", "This evening"),
        "tomorrow": translate("Queue", "Tomorrow"),
        "monday": translate("Queue", "Next Monday"),
        "used": translate("Queue", "As last time"),
    }
    return names[kind]


def part(name: str) -> str:
    """What a part of the queue is called: ``waiting``, ``unread``, ``mine``, …"""
    return {
        "waiting": translate("Conversations", "Waiting"),
        "unread": translate("Conversations", "Unread"),
        "mine": translate("Conversations", "Mine"),
        "groups": translate("Conversations", "Groups"),
        "snoozed": translate("Conversations", "Later"),
        "all": translate("Conversations", "All"),
    }[name]
