"""A limited offer in a draft: what, how many, until when, and how long a coupon is good."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDateTimeEdit,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console.desk import offer_drafts
from console.domain.offers import MAX_TITLE_CHARS, last_moment
from console.ui.clock import ShopClock
from console.ui.date_calendar import name_arrows
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.widgets import Chip, button, frame, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.wire.offer_rows import OfferTerms

_QUANTITY_WIDTH: Final = 110
_DAY, _MINUTE = "yyyy-MM-dd", "yyyy-MM-dd  HH:mm"


class OfferPart(QWidget):
    """The offer of the draft that is open, or a button to add one."""

    begun = Signal()
    """One was added and is to be seen."""
    entered = Signal()
    """Something of it was entered here."""
    checked = Signal()
    """What is wrong with it may have changed."""

    def __init__(self, editing: Editing, clock: ShopClock) -> None:
        super().__init__()
        self._editing, self._clock = editing, clock
        self._title, self.add, self.remove = label("heading"), Chip(), button("link")
        self.name, self.number = line_edit(longest=MAX_TITLE_CHARS), line_edit(longest=5)
        self.ends, self.valid = QDateTimeEdit(), QDateEdit()
        self.fields = {
            "title": Field(self.name), "quantity": Field(self.number),
            "ends_at": Field(self.ends), "valid_until": Field(self.valid),
        }  # fmt: skip
        self._card, self._note = frame("card"), label("tiny", wrap=True)
        self._arrange()
        self._connect()
        self._speak()

    def _arrange(self) -> None:
        self.add.setCheckable(False)
        self.number.setFixedWidth(_QUANTITY_WIDTH)
        for edit, shown in ((self.ends, _MINUTE), (self.valid, _DAY)):
            edit.setCalendarPopup(True)
            name_arrows(edit.calendarWidget())
            edit.setDisplayFormat(shown)
            edit.installEventFilter(self)
        what, when, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (what, when, foot):
            snug(row, spacing=14)
        top = Qt.AlignmentFlag.AlignTop
        what.addWidget(self.fields["title"], 1, top)
        what.addWidget(self.fields["quantity"], 0, top)
        when.addWidget(self.fields["ends_at"], 1, top)
        when.addWidget(self.fields["valid_until"], 1, top)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.remove)
        inside, column = QVBoxLayout(self._card), QVBoxLayout(self)
        snug(inside, 16, 12, 16, 10, spacing=10)
        for each in (what, when, foot):
            inside.addLayout(each)
        head = QHBoxLayout()
        snug(head, spacing=8)
        head.addWidget(self.add)
        head.addStretch(1)
        snug(column, spacing=8)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self._card)

    def _connect(self) -> None:
        for signal in (self._editing.changed, self._editing.stood):
            signal.connect(self.show_draft)
        self.add.clicked.connect(self._begin)
        self.remove.clicked.connect(self._end)
        self.name.textEdited.connect(lambda text: self._change("title", title=text))
        self.number.textEdited.connect(self._count)
        self.ends.dateTimeChanged.connect(lambda _: self._move())
        self.valid.dateChanged.connect(lambda _: self._extend())

    # --- showing --------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show the draft's offer and what is wrong with it."""
        draft, editable = self._editing.draft, self._editing.editable
        terms, own = draft.offer, editable and draft.resent is None
        self.setVisible(terms is not None or own)
        self.add.setVisible(terms is None)
        self._card.setVisible(terms is not None)
        self.remove.setVisible(editable)
        for part in (self.name, self.number, self.ends, self.valid):
            part.setEnabled(own)
        if terms is not None:
            self._show_terms(terms)
        self._show_note()
        self.show_faults()

    def _show_terms(self, terms: OfferTerms) -> None:
        number = str(terms.quantity) if terms.quantity else ""
        if self.name.text() != terms.title:
            self.name.setText(terms.title)
        if _number(self.number.text()) != terms.quantity:
            self.number.setText(number)
        last = last_moment(terms.valid_until)
        for edit, at in ((self.ends, terms.ends_at), (self.valid, last)):
            local = self._clock.local(at)
            edit.blockSignals(True)
            day = QDate(local.year, local.month, local.day)
            edit.setDateTime(QDateTime(day, QTime(local.hour, local.minute)))
            edit.blockSignals(False)

    def _show_note(self) -> None:
        draft = self._editing.draft
        if draft.resent is not None:
            words = translate("Campaigns", "The coupons of the first sending, as many as are left.")
        elif draft.weekly is not None:
            words = translate("Campaigns", "Each week has coupons of its own; the deadline moves"
                              " along by whole weeks.")  # fmt: skip
        else:
            words = translate("Campaigns", "One for each member, whoever claims first.")
        self._note.setText(words)

    def show_faults(self) -> None:
        """Say beside each field what is wrong there."""
        found = offer_drafts.faults(self._editing.draft, self._clock.now())
        said = found if self._editing.editable else {}
        for name, field in self.fields.items():
            field.fault(_sentence(name, said[name]) if name in said else "")
        self.checked.emit()

    @property
    def is_sound(self) -> bool:
        """Whether it may be sent as it is; also without an offer."""
        wrong = offer_drafts.faults(self._editing.draft, self._clock.now())
        return not (wrong and self._editing.editable)

    # --- changing -------------------------------------------------------------------------

    def _begin(self) -> None:
        terms = offer_drafts.first(self._clock.now(), self._editing.draft.due_at)
        self._editing.change("", offer=terms)
        self.name.setFocus()
        self.begun.emit()
        self.entered.emit()

    def _end(self) -> None:
        self._editing.change("", offer=None)
        self.add.setFocus()

    def _change(self, what: str, **facts: object) -> None:
        terms = self._editing.draft.offer
        if terms is not None:
            self._put(what, replace(terms, **facts))

    def _put(self, what: str, terms: OfferTerms) -> None:
        self._editing.change(f"offer.{what}", offer=terms)
        self.entered.emit()

    def _count(self, typed: str) -> None:
        self._change("quantity", quantity=_number(typed))

    def _move(self) -> None:
        terms = self._editing.draft.offer
        if terms is not None:
            self._put("ends", offer_drafts.with_end(terms, self._moment(self.ends)))

    def _extend(self) -> None:
        day = offer_drafts.end_of_day(self._moment(self.valid))
        self._change("valid", valid_until=day)

    def _moment(self, edit: QDateTimeEdit) -> datetime:
        day, at = edit.date(), edit.time()
        zone = self._clock.now().tzinfo
        return datetime(day.year(), day.month(), day.day(), at.hour(), at.minute(), tzinfo=zone)

    # --- events ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scrolling past a date must not change it."""
        scrolled = event.type() == QEvent.Type.Wheel
        if scrolled and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Limited offer"))
        self.add.setText(translate("Campaigns", "+ Coupons for whoever is first"))
        self.remove.setText(translate("Campaigns", "Remove the offer"))
        self.name.setPlaceholderText(translate("Campaigns", "20 % off this weekend"))
        self.fields["title"].say(translate("Campaigns", "Name of the coupon"))
        self.fields["quantity"].say(translate("Campaigns", "How many"))
        self.fields["ends_at"].say(translate("Campaigns", "Claimed until"))
        self.fields["valid_until"].say(translate("Campaigns", "Coupon valid until"))
        self.show_draft()


def _number(typed: str) -> int:
    digits = "".join(sign for sign in typed if sign.isdecimal())
    return int(digits) if digits else 0


def _sentence(field: str, fault: str) -> str:
    return {
        ("title", "none"): translate("Campaigns", "Say what the coupon is for."),
        ("quantity", "none"): translate("Campaigns", "At least one."),
        ("quantity", "many"): translate("Campaigns", "At most 10,000."),
        ("ends_at", "past"): translate("Campaigns", "This time is past; choose one to come."),
        ("ends_at", "early"): translate(
            "Campaigns", "It would be over before the campaign leaves; choose a later time."
        ),
        ("ends_at", "far"): translate("Campaigns", "At most a year ahead."),
        ("valid_until", "early"): translate(
            "Campaigns", "The coupon must be good until the deadline at least."
        ),
        ("valid_until", "far"): translate("Campaigns", "At most a year ahead."),
    }[field, fault]  # fmt: skip
