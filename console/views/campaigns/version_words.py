"""What is said of two versions side by side: rates, their difference, and which did better."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.report_types import CampaignReport, Comparison, NoVerdict, VersionTold
from console.domain.experiments import Verdict
from console.domain.intervals import Doubt, Estimate
from console.sheets import Cell
from console.ui import campaign_phrases, figure_sheets, told_share
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def title() -> str:
    """What the card is called."""
    return translate("Report", "Two versions")


def formula() -> str:
    """How it is counted, as ``domain.experiments`` defines it."""
    return translate(
        "Report", "Who read it within 72 hours after hers was written ÷ written, of each version."
        " The difference is the first minus the second, with the interval that holds the truth in"
        " 95 of 100 shops; better or worse is said when it lies on one side of 0. One looks once,"
        " 72 hours after the last one got it: who looks every hour and stops at the first"
        " difference mostly sees luck. Where chance did not divide them (women and men) there is no"
        " verdict: the people differ."
    )  # fmt: skip


def readers(version: VersionTold) -> str:
    """Who read that version."""
    words = translate("Report", "{version}: read within 72 h")
    return words.format(version=campaign_phrases.variant(version.name))


def unread(version: VersionTold) -> str:
    """Who did not."""
    words = translate("Report", "{version}: not read within 72 h")
    return words.format(version=campaign_phrases.variant(version.name))


def difference_title() -> str:
    """What the difference is called where it stands alone."""
    return translate("Report", "Two versions: difference")


def difference(found: Comparison) -> str:
    """By how many points the first is above the second."""
    return "–" if found.difference is None else told_share.points(found.difference)


def beside(found: Comparison) -> str:
    """Of what it is the difference, and how far it can be trusted."""
    first, second = (campaign_phrases.variant(each.name) for each in found.versions)
    words, told = translate("Report", "{first} − {second}"), found.difference
    said = [words.format(first=first, second=second)]
    if isinstance(told, Estimate):
        said.append(told_share.points_interval(told))
    elif told is not None:
        said.append({
            Doubt.NOBODY: translate("Report", "one of them went to nobody"),
            Doubt.TOO_WIDE: translate("Report", "the interval is wider than 15 points"),
        }.get(told.why, translate("Report", "too few read it, or did not")))  # fmt: skip
    return " · ".join(said)


def verdict(found: Comparison, clock: ShopClock) -> str:
    """Which did better, or why that is not said."""
    first, second = (campaign_phrases.variant(each.name) for each in found.versions)
    if found.why_not is not None:
        return _why_not(found, found.why_not, clock)
    words = translate("Report", "{better} did better than {worse}: by more than chance.")
    match found.verdict:
        case Verdict.BETTER:
            return words.format(better=first, worse=second)
        case Verdict.WORSE:
            return words.format(better=second, worse=first)
    return translate("Report", "Cannot tell which is better: the difference may be chance.")


def _why_not(found: Comparison, why: NoVerdict, clock: ShopClock) -> str:
    at = f"{clock.local(found.ends_at):%m-%d %H:%M}" if found.ends_at is not None else ""
    return {
        NoVerdict.PEOPLE: translate("Report", "No verdict: chance did not divide them. The people"
                                    " differ, not only what they got."),
        NoVerdict.UNWRITTEN: translate("Report", "No verdict yet: not everybody has it. Look again"
                                       " 72 hours after the last one got it."),
        NoVerdict.EARLY: translate("Report", "No verdict yet: it is still being read. Look again on"
                                   " {time}.").format(time=at),
        NoVerdict.ELSEWHERE: translate("Report", "No verdict: not all rows are on this computer any"
                                       " more."),
    }[why]  # fmt: skip


def rows(report: CampaignReport, clock: ShopClock, nobody: str) -> list[Sequence[Cell]]:
    """The same as rows of ``figure_sheets.figures``; ``nobody``: said where nobody got one."""
    found = report.comparison
    if found is None:
        return []
    shares = [figure_sheets.share(readers(each), each.read.rate, each.read.told, nobody)
              for each in found.versions]  # fmt: skip
    name, told = difference_title(), found.difference
    said = " · ".join((beside(found), verdict(found, clock)))
    if isinstance(told, Estimate):
        ends = told.interval.low, told.interval.high
        return [*shares, (name, None, None, told.value, *ends, said)]
    return [*shares, (name, None, None, difference(found), None, None, said)]
