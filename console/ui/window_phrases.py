"""The window of attribution in words: how many days, and that something came within them."""

from __future__ import annotations

from console.domain.attribution import DAY, WINDOW
from console.ui.i18n import counted, translate

USUAL_DAYS = WINDOW // DAY
"""Until a figure says another."""


def days(number: int) -> str:
    """So many days."""
    return counted(number, translate("Window", "1 day"), translate("Window", "{n} days"))


def within(number: int) -> str:
    """That something came in time."""
    return counted(number, translate("Window", "within 1 day"),
                   translate("Window", "within {n} days"))  # fmt: skip
