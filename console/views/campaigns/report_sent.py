"""A card of a report: what the campaign said, what it offers, and that it was taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.desk.report_types import CampaignReport, Sent
from console.sheets import Cell, Column, Kind, Sheet
from console.ui import campaign_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.widgets import frame, label, looked, snug
from console.wire.campaign_rows import CampaignVariant

Line = tuple[str, str]
"""A look, and words."""


class SentCard(QWidget):
    """Shows what was sent as words: fields by their names, photos by their number."""

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock, self._labels = clock, list[QLabel]()
        card, outer = frame("card"), QVBoxLayout(self)
        snug(outer)
        outer.addWidget(card)
        self._column = QVBoxLayout(card)
        snug(self._column, 18, 12, 18, 14, spacing=6)
        self.heading = label("heading")
        self._column.addWidget(self.heading)
        self._column.addStretch(1)

    def show_report(self, report: CampaignReport) -> None:
        """Show what it said."""
        self.heading.setText(title())
        found = lines(report.sent, self._clock)
        while len(self._labels) > len(found):
            self._labels.pop().deleteLater()
        for place, (look, words) in enumerate(found):
            if place == len(self._labels):
                self._labels.append(label(look, wrap=True))
                self._column.insertWidget(place + 1, self._labels[-1])
            looked(self._labels[place], look)
            self._labels[place].setText(words)

    @property
    def said(self) -> list[str]:
        """Line by line."""
        return [each.text() for each in self._labels]


def title() -> str:
    """What the card is called."""
    return translate("Report", "What was sent")


def lines(sent: Sent, clock: ShopClock) -> list[Line]:
    """All of it; of several versions each under its name."""
    several = len(sent.content.variants) > 1
    found: list[Line] = []
    for variant in sent.content.variants:
        if several:
            found.append(("strong", campaign_phrases.variant(variant.name)))
        found += [("", words) for words in _content(variant)]
    return [*found, *(("soft", words) for words in beside(sent, clock))]


def _content(variant: CampaignVariant) -> list[str]:
    words = [campaign_phrases.spelled(variant.body)] if variant.body.strip() else []
    photos = counted(len(variant.media), translate("Campaigns", "1 photo"),
                     translate("Campaigns", "{n} photos"))  # fmt: skip
    shown = variant.card.name if variant.card is not None else ""
    return [*words, *filter(None, (photos if variant.media else "", shown))]


def beside(sent: Sent, clock: ShopClock) -> list[str]:
    """What it asks and offers, and what became of it when it was taken back."""
    found, question, offer = [], sent.content.question, sent.content.offer
    if question is not None:
        asked = " / ".join(filter(None, (question.text, *question.choices)))
        found.append(translate("Report", "Asks: {question}").format(question=asked))
    if offer is not None:
        words = translate("Report", "Offers: {offer}, claimed {n} of {all}, redeemed {used}")
        counts = {"n": sent.claimed, "all": offer.quantity, "used": sent.redeemed}
        said = {name: f"{count:,}" for name, count in counts.items()}
        found.append(words.format(offer=offer.title, **said))
    return [*found, *_recalled(sent, clock)]


def _recalled(sent: Sent, clock: ShopClock) -> list[str]:
    if sent.recalled_at is None:
        return []
    words = translate("Report", "Taken back on {time}: {vanished} unread copies vanished, {read}"
                      " had been read. Its words and photos are erased.")  # fmt: skip
    found = [words.format(time=f"{clock.local(sent.recalled_at):%Y-%m-%d %H:%M}",
                          vanished=f"{sent.vanished:,}", read=f"{sent.read_before:,}")]  # fmt: skip
    if sent.corrected is not None:
        told = translate("Report", "The correction went to {all}, {n} of whom read it.")
        rate = sent.corrected
        found.append(told.format(n=f"{rate.part:,}", all=f"{rate.whole:,}"))
    return found


def sheet(sent: Sent, clock: ShopClock) -> Sheet:
    """The same as a table."""
    rows: list[tuple[Cell, ...]] = [
        (campaign_phrases.variant(each.name), campaign_phrases.spelled(each.body), len(each.media))
        for each in sent.content.variants
    ]
    return Sheet(title(), (
        Column(translate("Report", "Version")), Column(translate("Report", "Words"), width=90),
        Column(translate("Report", "Photos"), Kind.COUNT),
    ), [*rows, *(("", words, None) for words in beside(sent, clock))])  # fmt: skip
