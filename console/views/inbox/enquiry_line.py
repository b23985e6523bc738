"""One article of the enquiry strip: which it is, how many there are, what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.enquiry_types import AskedLine, GoodsItem
from console.ui import icons, theme
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.pictures import Pictures
from console.ui.section import emptied
from console.ui.widgets import Chip, button, snug, speaks
from console.views.inbox.enquiry_words import (
    GoodsPicture,
    GoodsWords,
    article,
    short,
    stock,
    title,
)

_SIDE_BY_SIDE = 500
"""Pixels from which the two usual buttons stand beside the words."""


class EnquiryLine(QWidget):
    """Stays while the message is the same, with what was chosen in it."""

    answered = Signal(object)
    """Tell her about this item, and keep it where there is one."""
    note_wanted = Signal(object)
    """Tell her when it is back."""
    time_wanted = Signal(object, object)
    """How long it is kept is to be chosen, below that button."""
    similar_wanted = Signal(object)
    fitting_wanted = Signal(object)

    def __init__(self, store: Pictures) -> None:
        super().__init__()
        self._line: AskedLine | None = None
        self._said, self._key, self._busy = "", "", False
        self._product, self._variant = 0, 0
        self._picture, self.words = GoodsPicture(store), GoodsWords()
        self.answer, self.similar = button("primary"), button("small")
        self.note = button("small")
        self.fit = button("small")
        self.times = button("small")
        self.answer.setProperty("small", True)
        self._choices = QWidget()
        self._chips = FlowLayout(self._choices, 6)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        words, acts, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        snug(words, spacing=12)
        words.addWidget(self._picture)
        words.addWidget(self.words, 1)
        snug(acts, spacing=8)
        acts.addWidget(self.answer)
        acts.addWidget(self.note)
        acts.addWidget(self.times)
        acts.addWidget(self.similar)
        acts.addWidget(self.fit)
        acts.addStretch(1)
        snug(row, spacing=10)
        row.addLayout(words, 1)
        row.addLayout(acts)
        snug(column, spacing=6)
        column.addLayout(row)
        column.addWidget(self._choices)
        self.answer.clicked.connect(self.answer_now)
        self.note.clicked.connect(self.note_now)
        self.times.clicked.connect(self.choose_time)
        self.similar.clicked.connect(self._on_similar)
        self.fit.clicked.connect(self._on_fit)
        keymap().changed.connect(self._show)
        self._choices.hide()
        self.note.hide()

    # --- what it is about -----------------------------------------------------------------

    @property
    def item(self) -> GoodsItem | None:
        """What was asked for, or chosen; ``None`` while that is open."""
        items = self._items
        if len(items) == 1:
            return items[0]
        return next((each for each in items if each.variant_id == self._variant), None)

    @property
    def _items(self) -> tuple[GoodsItem, ...]:
        """In what the article may be wanted; none while it is open which one."""
        every = self._line.meant if self._line is not None else ()
        if len(every) == 1:
            return every[0].items
        chosen = (each for each in every if each.items[0].product_id == self._product)
        return next((each.items for each in chosen), ())

    @property
    def chips(self) -> list[Chip]:
        """What there is to choose from now."""
        return [each for each in self._choices.findChildren(Chip) if not each.isHidden()]

    def show_line(self, line: AskedLine, said: str, *, first: bool) -> None:
        """Show this, recognised from ``said``; ``first``: the key of the strip means it."""
        known = self._line is not None and self._line.number == line.number
        if not known:
            self._product = self._variant = 0
        changed, self._line = self._line != line, line
        self._said, self._key = said, "chat.enquiry" if first else ""
        if changed:
            self._offer()
        self._show()

    def set_busy(self, *, busy: bool) -> None:
        """While the relay is asked nothing more can be pressed."""
        self._busy = busy
        self._show()

    def answer_now(self) -> None:
        """Do what the main button does; where something is to be chosen, go there."""
        item = self.item
        if self._busy:
            return
        if item is not None:
            self.answered.emit(item)
        elif self.chips:
            self.chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def note_now(self) -> None:
        """Tell her when it is back, where that can be promised."""
        item = self.item
        if item is not None and self._can_note(item) and not self._busy:
            self.note_wanted.emit(item)

    @staticmethod
    def _can_note(item: GoodsItem) -> bool:
        return bool(item.variant_id) and not item.units and not item.awaited

    def choose_time(self) -> None:
        """As ``answer_now``, but ask how long it is kept."""
        if self._busy:
            return
        if self.item is not None and self.item.units > 0:
            self.time_wanted.emit(self.item, self.times)
        else:
            self.answer_now()

    def _on_similar(self) -> None:
        item = self.item or next(iter(self._items), None)
        if item is not None:
            self.similar_wanted.emit(item)

    # --- choosing -------------------------------------------------------------------------

    def _on_fit(self) -> None:
        item = self.item
        if item is not None:
            self.fitting_wanted.emit(item)

    def _offer(self) -> None:
        """One chip for each article that may be meant, then for each colour and size."""
        held = any(each.hasFocus() for each in self.chips)
        emptied(self._chips)
        if self._line is None:
            return
        if len(self._line.meant) > 1 and not self._items:
            for meant in self._line.meant:
                one = meant.items[0]
                same = len({each.colour for each in meant.items}) == 1
                self._add(article(one, coloured=same), one.product_id, 0)
        elif len(self._items) > 1:
            coloured = len({each.colour for each in self._items}) > 1
            for item in self._items:
                self._add(short(item, coloured=coloured), item.product_id, item.variant_id)
        if len(self._line.meant) > 1 and self._product:
            self._add(translate("Enquiry", "Another one"), 0, 0)
        if held and self.chips:
            self.chips[0].setFocus()

    def _add(self, words: str, product_id: int, variant_id: int) -> None:
        chip = Chip(tiny=True)
        chip.setText(words)
        chip.setAccessibleName(words)
        chip.setChecked(bool(variant_id) and variant_id == self._variant)
        chip.clicked.connect(lambda: self._choose(product_id, variant_id))
        self._chips.addWidget(chip)
        chip.show()

    def _choose(self, product_id: int, variant_id: int) -> None:
        self._product, self._variant = product_id, variant_id
        self._offer()
        self._show()
        if self.item is not None:
            self.answer.setFocus()

    # --- how it looks ---------------------------------------------------------------------

    def _show(self) -> None:
        if self._line is None:
            return
        item = self.item
        shown = item or self._line.meant[0].items[0]
        self._picture.show_picture(shown.picture if item is not None or self._items else "")
        self._picture.setVisible(item is not None or bool(self._items))
        below = translate("Enquiry", "from “{words}”").format(words=self._said)
        if item is not None:
            there = item.units > 0
            shelf = item.shelf if there else ""
            self.words.say(title(item), stock(item), shelf, below, there=there)
        elif self._items:
            named = article(shown, coloured=len({each.colour for each in self._items}) == 1)
            which = translate("Enquiry", "Which size?")
            self.words.say(named, which, "", below, there=True)
        else:
            self.words.say(translate("Enquiry", "Which one is meant?"), "", "", below, there=True)
        self._choices.setVisible(self._chips.count() > 0)
        self._show_acts(item)

    def _show_acts(self, item: GoodsItem | None) -> None:
        there = item is None or item.units > 0
        words = translate("Enquiry", "Answer, keep 48 h") if there else translate(
            "Enquiry", "Say there is none")  # fmt: skip
        self.answer.setText(words)
        self.answer.setVisible(item is not None)
        self.answer.setEnabled(not self._busy)
        key = keymap().text(self._key) if self._key else ""
        tip = (
            translate("Enquiry", "Sends the answer and keeps one for 48 hours")
            if there
            else (translate("Enquiry", "Sends the answer that there is none"))
        )
        self.answer.setToolTip(f"{tip}   {key}".rstrip())
        named = title(item) if item is not None else self.words.text
        self.answer.setAccessibleName(f"{words}: {named}")
        self._show_note(item, named)
        longer = translate("Enquiry", "Other time…")
        self.times.setIcon(icons.icon("clock", 16, theme.color("ink_soft")))
        self.times.setAccessibleName(f"{longer}: {named}")
        self.times.setToolTip(self._times_tip())
        self.times.setVisible(item is not None and there)
        self.times.setEnabled(not self._busy)
        self.similar.setText(translate("Enquiry", "Similar"))
        self.similar.setAccessibleName(f"{self.similar.text()}: {named}")
        self.similar.setVisible(bool(self._items))
        self.fit.setText(translate("Enquiry", "Book a fitting"))
        self.fit.setAccessibleName(f"{self.fit.text()}: {named}")
        self.fit.setVisible(item is not None and there)
        self._turn()

    def _times_tip(self) -> str:
        tip = translate("Enquiry", "Answer, and choose how long it is kept")
        return f"{tip}   {keymap().text('chat.keep_for') if self._key else ''}".rstrip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the buttons stand below."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        more = (each for each in (self.note, self.times, self.fit) if not each.isHidden())
        third = sum(each.sizeHint().width() for each in more)
        beside = self.width() >= _SIDE_BY_SIDE + third
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _show_note(self, item: GoodsItem | None, named: str) -> None:
        """Only for what is sold out and not noted yet."""
        words = translate("Enquiry", "Tell her when it is back")
        key = keymap().text("chat.restock") if self._key else ""
        tip = translate("Enquiry", "Answers that there is none, keeps one as soon as it is back"
                        " and tells her")  # fmt: skip
        self.note.setText(words)
        self.note.setToolTip(f"{tip}   {key}".rstrip())
        self.note.setAccessibleName(f"{words}: {named}")
        self.note.setEnabled(not self._busy)
        self.note.setVisible(item is not None and self._can_note(item))
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._offer()
            self._show()
        super().changeEvent(event)
