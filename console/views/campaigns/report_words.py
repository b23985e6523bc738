"""What a report says: its figures, how each is counted, and the whole of it as a table."""

from __future__ import annotations

from functools import partial
from typing import Final

from console.desk.report_types import CampaignReport, ReportStage, ShareTold
from console.domain.intervals import Estimate
from console.domain.statistics import Step
from console.ui import read_series, told_share
from console.ui.chart_table import as_lines, safe
from console.ui.clock import ShopClock
from console.ui.explained import Words
from console.ui.i18n import counted, translate
from console.ui.share_series import Series, table
from console.ui.window_phrases import USUAL_DAYS, within
from console.views.campaigns import report_colours, version_words

READ, OPT_OUT, SILENT, CURVE, FUNNEL = "read", "opt_out", "silent", "curve", "funnel"
THROUGH, TOOK = "through", "took"
_TAIL: Final = (Step.AUDIENCE, Step.WRITTEN)


def title(what: str) -> str:
    """What a figure is called."""
    return {
        READ: translate("Report", "Read rate"), OPT_OUT: translate("Report", "Opt-outs"),
        SILENT: translate("Report", "Read, not answered"),
        CURVE: read_series.title(),
        FUNNEL: translate("Report", "Funnel"),
    }[what]  # fmt: skip


def formula(what: str, days: int = USUAL_DAYS) -> str:
    """How a figure is counted, as ``domain.statistics`` defines it; ``days``: the window."""
    return {
        READ: translate("Report", "Read rate = readers ÷ written. Not ÷ delivered: a page counts"
                        " as delivered mostly when it is opened, which would flatter. Beside it"
                        " the interval that holds the truth in 95 of 100 shops."),
        OPT_OUT: translate("Report", "Members who opted out ÷ members to whom it was written. An"
                           " opt-out is that of the newest campaign she got in the 7 days"
                           " before."),
        SILENT: translate("Report", "Members who read it and have not answered it until now."),
        CURVE: read_series.formula(),
        FUNNEL: translate("Report", "Audience → written → delivered → read → answered → reserved"
                          " → visited → bought. Each step is a part of the one before; in grey"
                          " stands who took it, whatever came before. What she does {within}"
                          " is owed to one campaign only: the one that had touched her most"
                          " strongly until then. A coupon claimed is reserved, one redeemed is"
                          " visited.").format(within=within(days)),
    }[what]  # fmt: skip


def explained(what: str) -> tuple[Words, Words]:
    """Both, for the card of a figure."""
    return partial(title, what), partial(formula, what)


def step_name(step: Step) -> str:
    """What a step of the funnel is called."""
    return {
        Step.AUDIENCE: translate("Report", "Audience"),
        Step.WRITTEN: translate("Report", "Written"),
        Step.DELIVERED: translate("Report", "Delivered"),
        Step.READ: translate("Report", "Read"),
        Step.ANSWERED: translate("Report", "Answered"),
        Step.RESERVED: translate("Report", "Reserved"),
        Step.VISITED: translate("Report", "Visited"),
        Step.BOUGHT: translate("Report", "Bought"),
    }[step]


def at_all(step: Step) -> str:
    """The same for those who left an earlier step out."""
    return translate("Report", "{step}, at all").format(step=step_name(step))


def shown_lines(stage: ReportStage) -> list[tuple[str, str, tuple[int, ...]]]:
    """The lines of a step: key, words, members; the second only where it says something else."""
    lines = [(f"{THROUGH}/{stage.step.name}", step_name(stage.step), stage.through)]
    if stage.step not in _TAIL and stage.took != stage.through:
        lines.append((f"{TOOK}/{stage.step.name}", at_all(stage.step), stage.took))
    return lines


def standing(report: CampaignReport, clock: ShopClock) -> tuple[str, str]:
    """Up to when it is known, and the look of that."""
    at = f"{clock.local(report.as_of):%m-%d %H:%M}"
    if not report.live:
        return translate("Report", "Offline · as of {time}").format(time=at), "warn"
    if report.being_read:
        return translate("Report", "Being read · as of {time}").format(time=at), "accent"
    return translate("Report", "Finished · as of {time}").format(time=at), "accent"


def since(report: CampaignReport, clock: ShopClock) -> str:
    """Up to when it is known without a line; "": there is one."""
    return "" if report.live else f"{clock.local(report.as_of):%m-%d %H:%M}"


def beside(share: ShareTold) -> str:
    """How many of how many, and how far that can be trusted."""
    return told_share.beside(share.rate, share.told, nobody())


def nobody() -> str:
    """Instead of how many did, where it was written to nobody."""
    return translate("Report", "written to nobody yet")


def gap(report: CampaignReport) -> str:
    """Whose figures are not in it."""
    return counted(
        report.missing,
        translate("Report", "1 more got it: that row is kept on the relay only. Read rate,"
                  " opt-outs and read curve count it, the rest does not."),
        translate("Report", "{n} more got it: their rows are kept on the relay only. Read rate,"
                  " opt-outs and read curve count them, the rest does not."),
    )  # fmt: skip


def series(report: CampaignReport) -> Series:
    """The read curve as a line of a chart."""
    return read_series.series(
        str(report.campaign_id), report.title, report.curve, report.table,
        open_ended=report.being_read,
    )  # fmt: skip


def as_data(report: CampaignReport) -> str:
    """Everything as lines of tabs, in plain numbers, for a spreadsheet."""
    lines = [[title(READ), *_plain(report.read)], [title(OPT_OUT), *_plain(report.opt_out)],
             [title(SILENT), str(len(report.silent))], *_versions(report), []]  # fmt: skip
    lines += [[words, str(len(members))] for stage in report.stages
              for _, words, members in shown_lines(stage)]  # fmt: skip
    touched = [[safe(name), str(len(each.members))] for name, each in report_colours.named(report)]
    if touched:
        lines += [[], [report_colours.title()], *touched]
    curve = table([series(report)])
    lines += [[], *([cell.plain for cell in row] for row in (curve.head, *curve.rows))]
    return as_lines([[safe(report.title), report.as_of.isoformat()], *lines])


def _versions(report: CampaignReport) -> list[list[str]]:
    found = report.comparison
    if found is None:
        return []
    rates = [[version_words.readers(each), *_plain(each.read)] for each in found.versions]
    return [*rates, [version_words.difference_title(), version_words.difference(found)]]


def _plain(share: ShareTold) -> list[str]:
    counts = [str(share.rate.part), str(share.rate.whole)]
    if not isinstance(share.told, Estimate):
        return [*counts, told_share.value(share.told)]
    found = share.told.interval
    return [*counts, f"{share.rate.share:.4f}", f"{found.low:.4f}", f"{found.high:.4f}"]
