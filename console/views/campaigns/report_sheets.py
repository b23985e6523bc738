"""A campaign's report as tables, with how each figure is counted; nothing is counted here."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.answer_types import AnswersReport
from console.desk.report_types import AgainstHoldout, CampaignReport, Recipient
from console.sheets import Cell, Column, Kind, Rows, Sheet
from console.ui import campaign_phrases, figure_sheets
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.campaigns import (
    audience_card,
    holdout_words,
    recipient_words,
    report_answers,
    report_colours,
    report_sent,
    report_words,
    version_words,
)
from console.views.campaigns.answers_words import name_of


def whole(
    report: CampaignReport, recipients: Sequence[Recipient], answers: AnswersReport | None,
    holdout: AgainstHoldout | None, clock: ShopClock,
) -> list[Sheet]:  # fmt: skip
    """Everything that is known of it."""
    asked = [_tally(answers), _answers(answers)] if answers is not None else []
    touched = [_colours(report)] if report.colours else []
    return [_figures(report, holdout, clock), report_sent.sheet(report.sent, clock),
            audience_card.sheet(recipients), _funnel(report), _curve(report), *touched,
            people(recipients), *asked, _definitions(report, holdout, clock)]  # fmt: skip


def people(recipients: Sequence[Recipient]) -> Sheet:
    """Everybody of its audience, a line for each."""
    return Sheet(recipient_words.title(), (
        Column(translate("Report", "Member")), Column(translate("Report", "Phone")),
        Column(translate("Report", "Version")), Column(translate("Report", "State")),
        Column(translate("Report", "Written"), Kind.TIME),
        Column(translate("Report", "Delivered"), width=10),
        Column(translate("Report", "Read"), Kind.TIME),
        Column(translate("Report", "Answered"), Kind.TIME),
        Column(translate("Report", "Reserved"), width=10),
        Column(translate("Report", "Visited"), width=10),
        Column(translate("Report", "Bought"), width=10),
        Column(translate("Report", "Coupon claimed"), Kind.TIME),
        Column(translate("Report", "Coupon redeemed"), Kind.TIME),
        Column(translate("Report", "Taken back"), Kind.TIME),
    ), Rows(recipients, _person))  # fmt: skip


def _person(each: Recipient) -> tuple[Cell, ...]:
    yes = recipient_words.yes
    return (
        recipient_words.name(each), each.phone, campaign_phrases.variant(each.variant),
        campaign_phrases.recipient(each.state, each.reason), each.written_at, yes(each.delivered),
        each.read_at, each.replied_at, yes(each.reserved), yes(each.visited), yes(each.bought),
        each.coupon_at, each.redeemed_at, each.recalled_at,
    )  # fmt: skip


def _figures(
    report: CampaignReport, holdout: AgainstHoldout | None, clock: ShopClock
) -> Sheet:  # fmt: skip
    told = {report_words.READ: report.read, report_words.OPT_OUT: report.opt_out}
    shares = [
        figure_sheets.share(report_words.title(what), found.rate, found.told, report_words.nobody())
        for what, found in told.items()
    ]
    silent = figure_sheets.count(report_words.title(report_words.SILENT), len(report.silent),
                                 report.read.rate.part)  # fmt: skip
    versions = version_words.rows(report, clock, report_words.nobody())
    deeds = holdout_words.rows(holdout, report.window_days)
    return figure_sheets.figures([*shares, silent, *versions, *deeds])


def _funnel(report: CampaignReport) -> Sheet:
    return Sheet(report_words.title(report_words.FUNNEL), (
        Column(translate("Report", "Step")),
        Column(translate("Report", "After every step before"), Kind.COUNT, 24),
        Column(translate("Report", "At all"), Kind.COUNT),
    ), [(report_words.step_name(stage.step), len(stage.through), len(stage.took))
        for stage in report.stages])  # fmt: skip


def _curve(report: CampaignReport) -> Sheet:
    return Sheet(report_words.title(report_words.CURVE), (
        Column(translate("Report", "After"), Kind.DURATION),
        Column(translate("Report", "Read by then"), Kind.SHARE, 16),
        Column(translate("Curve", "Readers"), Kind.COUNT),
        Column(translate("Report", "Members watched so long"), Kind.COUNT, 26),
    ), [(each.elapsed, each.share, each.readers, each.watched)
        for each in report.table])  # fmt: skip


def _colours(report: CampaignReport) -> Sheet:
    return Sheet(report_colours.title(), (
        Column(translate("Report", "Colour"), width=30),
        Column(translate("Waterfall", "Members"), Kind.COUNT),
    ), [(name, len(each.members)) for name, each in report_colours.named(report)])  # fmt: skip


def _tally(report: AnswersReport) -> Sheet:
    return Sheet(translate("Report", "Answers by group"), (
        Column(translate("Report", "Group"), width=30),
        Column(translate("Waterfall", "Members"), Kind.COUNT),
    ), [(name_of(group), len(group.answers)) for group in report.groups])  # fmt: skip


def _answers(report: AnswersReport) -> Sheet:
    return Sheet(translate("Report", "Answers"), (
        Column(translate("Report", "Member")), Column(translate("Report", "Phone")),
        Column(translate("Report", "Group")), Column(translate("Report", "Own words"), width=60),
        Column(translate("Report", "Answered"), Kind.TIME),
    ), [(each.name, each.phone, name_of(group), each.text, each.at)
        for group in report.groups for each in group.answers])  # fmt: skip


def _definitions(
    report: CampaignReport, holdout: AgainstHoldout | None, clock: ShopClock
) -> Sheet:  # fmt: skip
    days = report.window_days
    about = [(translate("Report", "Campaign"), report.title),
             *figure_sheets.known(report.as_of, clock, live=report.live)]  # fmt: skip
    if holdout is None or holdout.bought is None:
        why = f"{holdout_words.title()} · {holdout_words.verdict(holdout, clock, days)}"
        about.append((translate("Report", "Not in this file"), why))
    if report.missing:
        about.append((translate("Report", "Not in this file"), report_words.gap(report)))
    every = (report_words.READ, report_words.OPT_OUT, report_words.SILENT, report_words.FUNNEL,
             report_words.CURVE)  # fmt: skip
    formulas = [(report_words.title(what), report_words.formula(what, days)) for what in every]
    if report.comparison is not None:
        formulas.append((version_words.title(), version_words.formula()))
    if report.colours:
        formulas.append((report_colours.title(), report_colours.formula()))
    formulas.append((holdout_words.title(), holdout_words.formula(days)))
    formulas += [
        (words.title(), words.formula())
        for words in (audience_card, recipient_words, report_answers)
    ]
    return figure_sheets.definitions(about, formulas)
