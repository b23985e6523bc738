"""What two versions of a draft could show, in a sentence; loaded when a draft is divided so."""

from __future__ import annotations

from console.desk.version_power import smallest_difference
from console.domain.intervals import TooFew
from console.ui.i18n import translate
from console.ui.share_series import percent


def power(members: int, usual: float | None) -> str:
    """The smallest difference that so many members show, in a sentence."""
    found, each = smallest_difference(members, usual), f"{members // 2:,}"
    if isinstance(found, TooFew):
        return translate("Campaigns", "{n} members each: too few to tell anything.").format(n=each)
    if usual is None:
        words = translate("Campaigns", "About {n} members each; how many usually read is not known"
                          " yet. If half of them do, a difference of {points} points or more can"
                          " be seen (in 80 of 100 cases).")  # fmt: skip
        return words.format(n=each, points=_points(found))
    words = translate("Campaigns", "About {n} members each, of whom {usual} usually read: a"
                      " difference of {points} points or more can be seen (in 80 of 100"
                      " cases).")  # fmt: skip
    return words.format(n=each, usual=percent(usual), points=_points(found))


def _points(share: float) -> str:
    return f"{share * 100:.1f}"
