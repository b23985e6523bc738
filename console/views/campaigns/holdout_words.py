"""What is said of a campaign beside those held out from it, on the page and in what is exported."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.report_types import AgainstHoldout, Deed
from console.domain.intervals import Doubt, Estimate
from console.sheets import Cell
from console.ui import told_share, window_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.window_phrases import USUAL_DAYS, within


def title() -> str:
    """What the card is called."""
    return translate("Report", "Against the holdout")


def formula(days: int = USUAL_DAYS) -> str:
    """How it is counted, as ``statistics.WindowComparison`` defines it, in so many days."""
    return translate(
        "Report", "Who bought (came) {within} after it began ÷ members, of those to whom it"
        " was written and of those of its audience who were held out: the first minus the second,"
        " in points, with the interval that holds the truth in 95 of 100 shops. Buying is what a"
        " campaign is judged by first. Left out are who got it more than a day later and who can"
        " never be held out. It is told when these days are over."
    ).format(within=within(days))  # fmt: skip


def bought(days: int) -> str:
    """What the first figure is called."""
    return translate("Report", "Bought {within}").format(within=within(days))


def came(days: int) -> str:
    """What the second is called."""
    return translate("Report", "Came {within}").format(within=within(days))


def rise(deed: Deed | None) -> str:
    """By how many points they are above the holdout; nothing before the week is over."""
    return "–" if deed is None else told_share.points(deed.compared.rise)


def beside(deed: Deed | None) -> str:
    """Of how many who got it and who were held out, and how far that can be trusted."""
    if deed is None:
        return ""
    got, held = deed.compared.marketed, deed.compared.held_out
    words = translate("Report", "{n} of {all} who got it, {held_n} of {held} held out")
    said = [words.format(n=f"{got.part:,}", all=f"{got.whole:,}", held_n=f"{held.part:,}",
                         held=f"{held.whole:,}")]  # fmt: skip
    told = deed.compared.rise
    if isinstance(told, Estimate):
        said.append(told_share.points_interval(told))
    else:
        said.append({
            Doubt.NOBODY: translate("Report", "nobody was held out from it, or got it"),
            Doubt.TOO_WIDE: translate("Report", "the interval is wider than 15 points"),
        }.get(told.why, translate("Report", "too few did, or did not")))  # fmt: skip
    return " · ".join(said)


def verdict(found: AgainstHoldout | None, clock: ShopClock, days: int) -> str:
    """What that tells, or why nothing is told."""
    if found is None:
        return translate("Report", "Not known here: rows of it are kept on the relay only.")
    if found.bought is None:
        words = translate("Report", "It is compared on {time}, when its time of {days} is over.")
        time = f"{clock.local(found.ends_at):%m-%d %H:%M}"
        return words.format(days=window_phrases.days(days), time=time)
    told = found.bought.compared.rise
    if not isinstance(told, Estimate):
        return translate("Report", "Too few to tell whether it made anybody buy.")
    if told.interval.holds(0.0):
        return translate("Report", "Cannot tell whether it made anybody buy: the difference may be"
                         " chance.")  # fmt: skip
    if told.value > 0:
        return translate("Report", "It made more members buy: by more than chance.")
    return translate("Report", "Fewer bought than of those held out: by more than chance.")


def rows(found: AgainstHoldout | None, days: int) -> list[Sequence[Cell]]:
    """The same as rows of ``figure_sheets.figures``."""
    deeds = () if found is None else ((bought(days), found.bought), (came(days), found.came))
    return [row for name, deed in deeds if deed is not None for row in _rows(name, deed)]


def _rows(name: str, deed: Deed) -> list[Sequence[Cell]]:
    got, held = deed.compared.marketed, deed.compared.held_out
    groups = ((translate("Report", "{what}: got it"), got),
              (translate("Report", "{what}: held out"), held))  # fmt: skip
    told, words = deed.compared.rise, translate("Report", "{what}: difference")
    figures: tuple[Cell, ...] = (rise(deed), None, None)
    if isinstance(told, Estimate):
        figures = (told.value, told.interval.low, told.interval.high)
    return [
        *((what.format(what=name), rate.part, rate.whole, *[None] * 4) for what, rate in groups),
        (words.format(what=name), None, None, *figures, beside(deed)),
    ]  # fmt: skip
