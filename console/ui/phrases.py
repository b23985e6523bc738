"""Short phrases that several screens say: times, waits, tiers, previews."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from console.domain import prices
from console.ui.clock import ShopClock
from console.ui.i18n import language, translate

WARN_AFTER_S: Final = 0.0
ALERT_AFTER_S: Final = 300.0
"""From five minutes on a waiting member is shown in the alert colour."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"


def clock_time(moment: datetime, clock: ShopClock) -> str:
    """``10:24``."""
    local = clock.local(moment)
    return f"{local.hour:02}:{local.minute:02}"


def month_day(day: date, today: date) -> str:
    """``11 月 8 日`` / ``Nov 8``, with the year when it is another one."""
    if language() == "zh":
        text = f"{day.month} 月 {day.day} 日"
        return text if day.year == today.year else f"{day.year} 年 {text}"
    text = f"{_MONTHS[day.month - 1]} {day.day}"
    return text if day.year == today.year else f"{text}, {day.year}"


def list_time(moment: datetime, clock: ShopClock) -> str:
    """How the list dates a row: the time today, else yesterday, the weekday or the date."""
    day, today = clock.local(moment).date(), clock.today()
    days = (today - day).days
    if days <= 0:
        return clock_time(moment, clock)
    if days == 1:
        return translate("Phrases", "Yesterday")
    if days < 7:
        return (
            f"周{_WEEKDAYS_ZH[day.weekday()]}" if language() == "zh" else _WEEKDAYS[day.weekday()]
        )
    if day.year == today.year:
        return f"{day.month}/{day.day}"
    return f"{day.year}/{day.month}/{day.day}"


def day_name(moment: datetime, clock: ShopClock) -> str:
    """``今天``, ``昨天`` or the date."""
    day, today = clock.local(moment).date(), clock.today()
    days = (today - day).days
    if days == 0:
        return translate("Phrases", "Today")
    if days == 1:
        return translate("Phrases", "Yesterday")
    return month_day(day, today)


def divider(moment: datetime, clock: ShopClock) -> str:
    """What stands between two days of a timeline."""
    return f"{day_name(moment, clock)} {clock_time(moment, clock)}"


def duration(seconds: float) -> str:
    """``4 分钟``, ``2 小时``, ``3 天``: rounded down, at least a minute."""
    minutes = max(1, int(seconds // 60))
    if minutes < 60:
        return translate("Phrases", "{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return translate("Phrases", "{n} h").format(n=minutes // 60)
    return translate("Phrases", "{n} d").format(n=minutes // 1440)


def waiting(seconds: float) -> str:
    """The pill in the list: ``等待 4 分``."""
    minutes = max(1, int(seconds // 60))
    if minutes < 60:
        return translate("Phrases", "Waiting {n} min").format(n=minutes)
    if minutes < 24 * 60:
        return translate("Phrases", "Waiting {n} h").format(n=minutes // 60)
    return translate("Phrases", "Waiting {n} d").format(n=minutes // 1440)


def waiting_exact(seconds: float) -> str:
    """The pill in the header, which counts seconds during the first hour."""
    if seconds >= 3600:
        return waiting(seconds)
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return translate("Phrases", "Waiting {s} s").format(s=rest)
    return translate("Phrases", "Waiting {m} min {s} s").format(m=minutes, s=rest)


def tier(code: str) -> str:
    """Name of a tier; "" for members without one."""
    names = {
        "gold": translate("Phrases", "Gold"),
        "silver": translate("Phrases", "Silver"),
        "basic": translate("Phrases", "Member"),
    }
    return names.get(code, "")


def of_kind(kind: str, body: str) -> str:
    """A message in one line: its words, with what kind of thing it is."""
    words = " ".join(body.split())
    marks = {
        "photo": translate("Phrases", "[Photo]"),
        "voice": translate("Phrases", "[Voice]"),
        "video": translate("Phrases", "[Video]"),
        "product": translate("Phrases", "[Product]"),
        "note": translate("Phrases", "[Note]"),
    }
    mark = marks.get(kind, "")
    return f"{mark} {words}".strip()


def preview(item: Any) -> str:
    """The one line under a name: who spoke and what, or what kind of thing it was."""
    if item.preview_kind == "recalled":
        text = translate("Phrases", "[Recalled]")
    else:
        text = of_kind(item.preview_kind, str(item.preview_text))
    if item.preview_sender == "staff":
        return translate("Phrases", "You: {text}").format(text=text)
    return text


def draft(item: Any) -> str:
    """What was begun there, in one line."""
    return of_kind(item.begun_kind, item.draft_text)


def hours(opens: int, closes: int) -> str:
    """``10:00–21:30``, from minutes after midnight."""
    return f"{opens // 60:02d}:{opens % 60:02d}–{closes // 60:02d}:{closes % 60:02d}"


def money(cents: int) -> str:
    """``¥599`` or ``¥59.90``."""
    return prices.written(cents)


def under(photo: Any) -> str:
    """The words under a photo, with its price."""
    return prices.joined(photo.caption, getattr(photo, "price", None))


def discount(price: int, promo: int) -> str:
    """``现 7 折`` / ``30 % off``."""
    if language() == "zh":
        tenths = promo * 100 / price / 10
        return f"现 {tenths:.1f} 折".replace(".0 ", " ")
    return f"{round(100 - promo * 100 / price)}% off"


def link(state: Any, clock: ShopClock) -> tuple[str, str]:
    """How the line is, in few words, and the role of its colour; reads a ``LinkState``."""
    if state.phase == "synced":
        if state.queued:
            return translate("Rail", "{n} to send").format(n=state.queued), "brand"
        return translate("Rail", "Synced"), "online"
    if state.phase == "syncing":
        if state.progress is not None:
            percent = round(state.progress * 100)
            return translate("Rail", "Fetching {n}%").format(n=percent), "brand"
        return translate("Rail", "Syncing"), "brand"
    if state.phase == "connecting":
        return translate("Rail", "Connecting"), "brand"
    if state.phase == "refused":
        return translate("Rail", "Refused"), "alert"
    if state.phase == "update_needed":
        return translate("Rail", "Update needed"), "alert"
    since = clock_time(state.since, clock)
    text = translate("Rail", "Offline since {time}").format(time=since)
    if state.queued:
        text += "\n" + translate("Rail", "{n} waiting").format(n=state.queued)
    return text, "alert"
