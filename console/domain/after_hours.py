"""The automatic answer of a shop that is shut: whether, once, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.hours import Hours

WHEN = "{when}"
"""The blank in an owner's own words for when the shop opens again."""
MAX_CHARS = 1_000
LANGUAGES = ("zh", "en")
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class AutoReply:
    """What the owner set.

    Attributes:
        on: whether anything is answered at all.
        language: ``zh`` or ``en``.
        words: her own by language; "" is the program's.
    """

    on: bool = False
    language: str = "zh"
    words: tuple[str, str] = ("", "")

    @classmethod
    def read(cls, value: Any) -> AutoReply:
        """Out of the setting's value; off where that is nonsense."""
        try:
            return parse(value)
        except ValueError:
            return cls()

    @property
    def own_words(self) -> str:
        """The owner's own in her language, "" for the program's."""
        return self.words[LANGUAGES.index(self.language)]

    def value(self) -> dict[str, Any]:
        """What ``parse`` reads."""
        return {
            "on": self.on,
            "lang": self.language,
            **dict(zip(LANGUAGES, self.words, strict=True)),
        }


def parse(value: Any) -> AutoReply:
    """``{"on": bool, "lang": "zh"|"en", "zh": text, "en": text}``; raises ``ValueError``."""
    if value is None:
        return AutoReply()
    if not isinstance(value, Mapping):
        raise ValueError("auto_reply")
    on, language = value.get("on", False), value.get("lang") or "zh"
    words = tuple(value.get(name) or "" for name in LANGUAGES)
    sound = all(isinstance(text, str) and len(text) <= MAX_CHARS for text in words)
    if not isinstance(on, bool) or language not in LANGUAGES or not sound:
        raise ValueError("auto_reply")
    return AutoReply(on, language, (words[0], words[1]))


def is_due(hours: Hours, answered_at: datetime | None, now: datetime) -> bool:
    """Whether the shop is shut now and gave no answer since it was shut.

    Two moments lie in the same shut time when the same opening follows them.
    """
    if hours.is_open(now):
        return False
    return answered_at is None or hours.next_open(answered_at) != hours.next_open(now)


def words(own: str, texts: Mapping[str, Any], hours: Hours, now: datetime) -> str:
    """The answer: ``own`` or the program's ``texts``, saying when the shop opens again."""
    opens = hours.next_open(now)
    if not own:
        own = texts["text"] if opens is not None else texts["text_unknown"]
    return own.replace(WHEN, "" if opens is None else say_when(texts, hours, opens, now)).strip()


def say_when(texts: Mapping[str, Any], hours: Hours, opens: datetime, now: datetime) -> str:
    """``today at 10:00``, ``tomorrow …``, a weekday within a week, else the date."""
    there, here = hours.local(opens), hours.local(now)
    days = (there.date() - here.date()).days
    name = "today" if days == 0 else "tomorrow" if days == 1 else "weekday"
    phrase = texts[name if days < _WEEK_DAYS else "date"]
    return str(phrase).format(
        time=f"{there:%H:%M}", weekday=texts["weekdays"][there.weekday()],
        month=texts["months"][there.month - 1], day=there.day,
    )  # fmt: skip
