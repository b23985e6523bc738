"""The words of a draft: with fields as chips, and what stands where a member's own is blank."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.templates import FIELDS, fields_in
from console.ui import campaign_phrases
from console.ui.field_text import FieldText
from console.ui.flow import FlowLayout
from console.ui.i18n import counted, translate
from console.ui.section import emptied
from console.ui.widgets import Chip, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.wire.frames import MAX_TEXT_CHARS

OFFERED: Final = ("name", "points", "last_asked", "last_bought", "tier", "points_to_coupon",
                  "coupon", "birthday", "shop")  # fmt: skip
_FALLBACK_CHARS: Final = 60


class WordsPart(QWidget):
    """Words of the version that is edited."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self.text = FieldText(FIELDS, self._caption, MAX_TEXT_CHARS)
        self.text.setFixedHeight(132)
        self.chips = {name: Chip(tiny=True) for name in OFFERED}
        self.fallbacks: dict[str, QLineEdit] = {}
        self._pairs: dict[str, QWidget] = {}
        """Each fallback with what names it."""
        self._title, self._insert, self._count = label("heading"), label("tiny"), label("tiny")
        self._offered, self._fields = QWidget(), QWidget()
        self._flow = FlowLayout(self._fields, 10)
        self._used: tuple[str, ...] = ()
        self._arrange()
        self.text.edited.connect(lambda body: self._editing.change_variant("words", body=body))
        self._editing.changed.connect(self.show_draft)
        self._editing.stood.connect(self.show_draft)
        for name, chip in self.chips.items():
            chip.setCheckable(False)
            chip.clicked.connect(lambda _=False, name=name: self.text.insert_field(name))
        self._speak()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        flow = FlowLayout(self._offered, 6)
        snug(head, spacing=8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        flow.addWidget(self._insert)
        for chip in self.chips.values():
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        snug(column, spacing=8)
        column.addLayout(head)
        column.addWidget(self._offered)
        column.addWidget(self.text)
        column.addWidget(self._fields)

    def _caption(self, name: str) -> str:
        fallback = self._editing.variant.fields.get(name, "")
        words = campaign_phrases.field(name)
        return f"{words}|{fallback}" if fallback else words

    def show_draft(self) -> None:
        """Show the version that is edited."""
        variant, editable = self._editing.variant, self._editing.editable
        if not self.text.composing:
            self.text.show_body(variant.body)
        self.text.setReadOnly(not editable)
        self.text.setPlaceholderText(self._placeholder())
        self._offered.setVisible(editable)
        used = fields_in(variant.body)
        if used != self._used:
            self._used = used
            self._offer_fallbacks()
        for name, line in self.fallbacks.items():
            line.setEnabled(editable)
            self._pairs[name].setVisible(editable or bool(variant.fields.get(name)))
            if line.text() != variant.fields.get(name, ""):
                line.setText(variant.fields.get(name, ""))
        left = MAX_TEXT_CHARS - len(variant.body)
        words = counted(left, translate("Campaigns", "1 letter left"),
                        translate("Campaigns", "{n} letters left"))  # fmt: skip
        self._count.setText(words if left < 300 else "")
        self.text.repaint_chips()

    def _placeholder(self) -> str:
        item = self._editing.item
        if item is not None and item.recalled_at is not None:
            return campaign_phrases.erased()
        return translate("Campaigns", "What the members will read. Fields become each one's own.")

    def _offer_fallbacks(self) -> None:
        emptied(self._flow)
        self.fallbacks, self._pairs = {}, {}
        for name in self._used:
            pair, line = QWidget(), QLineEdit()
            line.setMaxLength(_FALLBACK_CHARS)
            line.setAcceptDrops(False)
            line.setFixedWidth(116)
            line.setProperty("look", "caption")
            line.setStyleSheet("min-height: 24px;")
            words = translate("Campaigns", "{field}, where there is none:")
            title = label("tiny")
            title.setText(words.format(field=campaign_phrases.field(name)))
            line.setAccessibleName(title.text())
            title.setBuddy(line)
            row = QHBoxLayout(pair)
            snug(row, spacing=5)
            row.addWidget(title, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(line)
            line.textEdited.connect(lambda text, name=name: self._fall_back(name, text))
            self.fallbacks[name], self._pairs[name] = line, pair
            self._flow.addWidget(pair)
            pair.show()
        self._fields.setVisible(bool(self._used))
        self._fields.updateGeometry()

    def _fall_back(self, name: str, words: str) -> None:
        fields = {**self._editing.variant.fields, name: words}
        self._editing.change_variant(f"field{name}", fields=fields)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Words"))
        self._insert.setText(translate("Campaigns", "Insert:"))
        self._insert.setMinimumHeight(26)
        for name, chip in self.chips.items():
            chip.setText(campaign_phrases.field(name))
        self.text.setAccessibleName(translate("Campaigns", "Words of the campaign"))
        self._used = ("",)
        self.show_draft()
