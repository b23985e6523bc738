"""What every exported file of figures has: shares with intervals, and how they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.intervals import Estimate, Rate, Told
from console.sheets import Cell, Column, Kind, Sheet
from console.ui import told_share
from console.ui.clock import ShopClock
from console.ui.i18n import translate

_WORDS = 90
"""How wide a column of sentences is, in characters."""


def figures(rows: Sequence[Sequence[Cell]], title: str = "") -> Sheet:
    """Rows of ``share`` and ``count``."""
    return Sheet(title or translate("Export", "Figures"), (
        Column(translate("Export", "Figure"), width=28),
        Column(translate("Export", "Members"), Kind.COUNT),
        Column(translate("Export", "Of"), Kind.COUNT),
        Column(translate("Export", "Share"), Kind.SHARE, 16),
        Column(translate("Export", "95 % from"), Kind.SHARE),
        Column(translate("Export", "95 % to"), Kind.SHARE),
        Column(translate("Export", "How far it can be trusted"), width=_WORDS),
    ), rows)  # fmt: skip


def share(title: str, rate: Rate, told: Told, nobody: str) -> tuple[Cell, ...]:
    """A share, or in its place that there are too few to tell; ``nobody``: said of none at all."""
    words = told_share.beside(rate, told, nobody)
    if not isinstance(told, Estimate):
        return (title, rate.part, rate.whole, told_share.value(told), None, None, words)
    found = told.interval
    return (title, rate.part, rate.whole, rate.share, found.low, found.high, words)


def count(title: str, members: int, of: int | None = None) -> tuple[Cell, ...]:
    """So many."""
    return (title, members, of, None, None, None, None)


def definitions(
    about: Sequence[tuple[str, str]], formulas: Sequence[tuple[str, str]]
) -> Sheet:  # fmt: skip
    """What the file is about, then by figure how it is counted."""
    return Sheet(translate("Export", "Definitions"), (
        Column(translate("Export", "Figure"), width=28),
        Column(translate("Export", "How it is counted"), width=_WORDS),
    ), [*about, *formulas])  # fmt: skip


def known(as_of: datetime, clock: ShopClock, *, live: bool) -> list[tuple[str, str]]:
    """Up to when it is known, when it was written down, and on whose clock."""
    at = f"{clock.local(as_of):%Y-%m-%d %H:%M}"
    now = clock.now()
    return [
        (translate("Export", "Known up to"),
         at if live else translate("Export", "{time}, without a line since").format(time=at)),
        (translate("Export", "Exported"), f"{now:%Y-%m-%d %H:%M}"),
        (translate("Export", "Clock"), f"{now.tzinfo}"),
    ]  # fmt: skip
