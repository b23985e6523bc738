"""A card of a report: everybody the rule matched, by what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final

from PySide6.QtCore import Signal

from console.desk.report_types import Recipient
from console.domain.audiences import WATERFALL
from console.sheets import Column, Kind, Sheet
from console.ui import campaign_phrases
from console.ui.chart_frame import LinesFrame
from console.ui.i18n import translate
from console.ui.waterfall import Bar, Waterfall

_STATES: Final = ("skipped", "cancelled", "deferred", "pending", "written")
Outcome = tuple[str, str]
"""A state and the reason of it."""
_OUTCOME: Final = attrgetter("state", "reason")


class AudienceCard(LinesFrame):
    """``opened``: what became of them, and whom."""

    opened = Signal(str, object)

    def __init__(self) -> None:
        self.bars = Waterfall()
        self._recipients: Sequence[Recipient] = ()
        super().__init__(title, formula, self.bars)
        self.bars.opened.connect(self._open)

    def show_recipients(self, recipients: Sequence[Recipient]) -> None:
        """Show what became of them."""
        self._recipients, left = recipients, len(recipients)
        bars = [Bar("/", translate("Report", "Audience"), left, strong=True)]
        for outcome, count in by_outcome(recipients):
            kept = outcome[0] == "written"
            left -= 0 if kept else count
            bars.append(Bar("/".join(outcome), campaign_phrases.recipient(*outcome), count,
                            start=0 if kept else left, role="accent" if kept else "ink_faint",
                            sign="" if kept else "−", strong=kept))  # fmt: skip
        self.bars.show_bars(bars)

    def _open(self, key: str) -> None:
        state, _, reason = key.partition("/")
        members = tuple(sorted(each.member_id for each in self._recipients
                               if not state or _OUTCOME(each) == (state, reason)))  # fmt: skip
        named = campaign_phrases.recipient(state, reason) if state else self.heading.text()
        self.opened.emit(named, members)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.show_recipients(self._recipients)


def by_outcome(recipients: Iterable[Recipient]) -> list[tuple[Outcome, int]]:
    """How many did not get it, in the order in which that is decided, then how many did."""
    counts = Counter(map(_OUTCOME, recipients))
    return sorted(counts.items(), key=lambda one: _rank(*one[0]))


def _rank(state: str, reason: str) -> tuple[int, int, str]:
    place = WATERFALL.index(reason) if reason in WATERFALL else len(WATERFALL)
    return _STATES.index(state), place, reason


def sheet(recipients: Iterable[Recipient]) -> Sheet:
    """The same as a table."""
    return Sheet(title(), (
        Column(translate("Report", "State"), width=36),
        Column(translate("Waterfall", "Members"), Kind.COUNT),
    ), [(campaign_phrases.recipient(*outcome), count)
        for outcome, count in by_outcome(recipients)])  # fmt: skip


def title() -> str:
    """What the card is called."""
    return translate("Report", "Who got it")


def formula() -> str:
    """What is in it."""
    return translate("Report", "Everybody whom the rule matched when it was sent, less those who"
                     " did not get it, each for the first reason that held: not joined, no way to"
                     " reach her, opted out, blocked, her week was full, held out.")  # fmt: skip
