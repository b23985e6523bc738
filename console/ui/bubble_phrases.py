"""What bubbles say in a few words: times to come, lengths, kinds of messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def minutes(milliseconds: int) -> str:
    """``0:07`` or ``1:02:03``."""
    seconds = max(0, milliseconds) // 1000
    hours, rest = divmod(seconds, 3600)
    text = f"{rest // 60}:{rest % 60:02d}"
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else text


def moment(when: datetime, clock: ShopClock) -> str:
    """``今天 18:00``, ``明天 10:00`` or the date with its time."""
    day, today = clock.local(when).date(), clock.today()
    if day == today + timedelta(days=1):
        name = translate("Phrases", "Tomorrow")
    else:
        name = phrases.day_name(when, clock)
    return f"{name} {phrases.clock_time(when, clock)}"


def asked(question: Any, answer: str) -> str:
    """What a campaign asks her, and what she answered."""
    text = question.text or translate("Bubble", "Question")
    if answer:
        words = translate("Bubble", "{question} · She answered: {answer}")
        return words.format(question=text, answer=" ".join(answer.split()))
    return translate("Bubble", "{question} · No answer yet").format(question=text)
