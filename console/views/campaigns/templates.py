"""Templates: one for each occasion of the trade, and the shop's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.campaign_types import TemplateItem
from console.ui import campaign_phrases
from console.ui.choice_list import Choice, ChoiceList
from console.ui.i18n import translate
from console.ui.widgets import button, label, rule, snug

_ROWS = 8
_TITLE_CHARS = 40


class TemplatesWindow(QDialog):
    """Choose one, keep the present words as one, or throw an own one away."""

    chosen = Signal(object)
    removed = Signal(str)
    keep_wanted = Signal(str)

    def __init__(self, found: Sequence[TemplateItem], *, may_keep: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Campaigns", "Templates"))
        self.list = ChoiceList(_ROWS)
        self.list.offer([_choice(each) for each in found])
        self.list.setAccessibleName(translate("Campaigns", "Templates"))
        self.remove = button("link")
        self.remove.setText(translate("Campaigns", "Remove this one"))
        self.title, self.keep = QLineEdit(), button()
        self.title.setMaxLength(_TITLE_CHARS)
        self.title.setPlaceholderText(translate("Campaigns", "Name of the template"))
        self.title.setAccessibleName(self.title.placeholderText())
        self.keep.setText(translate("Campaigns", "Keep mine"))
        self.keep.setEnabled(False)
        self.title.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self._arrange(may_keep=may_keep)
        self.list.chosen.connect(self._choose)
        self.list.itemActivated.connect(lambda _: self.list.choose())
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.remove.clicked.connect(self._remove)
        self.keep.clicked.connect(self._keep)
        self._show()

    def _arrange(self, *, may_keep: bool) -> None:
        hint, own, row = label("soft", wrap=True), QWidget(), QHBoxLayout()
        hint.setText(translate("Campaigns", "What a template has takes the place of what is here;"
                               " it can be undone."))  # fmt: skip
        inside = QVBoxLayout(own)
        snug(inside, spacing=8)
        about = label("soft", wrap=True)
        about.setText(translate("Campaigns", "Keep this version with its offer and question:"))
        snug(row, spacing=8)
        row.addWidget(self.title, 1)
        row.addWidget(self.keep)
        for part in (rule(), about):
            inside.addWidget(part)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        snug(column, 18, 16, 18, 16, spacing=10)
        column.addWidget(hint)
        column.addWidget(self.list)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(own)
        own.setVisible(may_keep)
        self.setMinimumWidth(460)

    def _show(self) -> None:
        value = self.list.value
        self.remove.setVisible(value is not None and bool(value.client_id))

    def _choose(self, item: TemplateItem) -> None:
        self.chosen.emit(item)
        self.accept()

    def _remove(self) -> None:
        self.removed.emit(self.list.value.client_id)
        self.list.takeItem(self.list.currentRow())

    def _keep(self) -> None:
        self.keep_wanted.emit(self.title.text().strip())
        self.accept()


def _choice(item: TemplateItem) -> Choice:
    marks = [translate("Campaigns", "Own")] if item.client_id else []
    marks += [translate("Campaigns", "Coupons")] if item.offer is not None else []
    marks += [translate("Campaigns", "Question")] if item.question is not None else []
    title = item.title or campaign_phrases.scenario(item.scenario)
    return Choice(item, title, campaign_phrases.spelled(item.body), " · ".join(marks))
