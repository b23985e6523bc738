"""The names behind a bar of the waterfall."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from console.desk.campaign_types import AudienceMember
from console.ui import campaign_phrases, phrases
from console.ui.choice_list import Choice, ChoiceList
from console.ui.i18n import counted, translate
from console.ui.widgets import label, snug

_ROWS = 9


class NamesWindow(QDialog):
    """A list to read; choosing a name shows the preview as she will see it."""

    chosen = Signal(object)
    """The member (``AudienceMember``)."""

    def __init__(
        self, title: str, members: Sequence[AudienceMember], count: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        head, hint = label("heading"), label("tiny", wrap=True)
        head.setText(f"{title} · {count}")
        more = count - len(members)
        words = translate("Campaigns", "Choose a name to see the preview as she does.")
        if more > 0:
            words += " " + counted(more, translate("Campaigns", "1 more is not listed."),
                                   translate("Campaigns", "{n} more are not listed."))  # fmt: skip
        hint.setText(words)
        self.list = ChoiceList(_ROWS)
        self.list.offer([_choice(each) for each in members])
        self.list.setAccessibleName(title)
        self.list.chosen.connect(self._choose)
        self.list.itemActivated.connect(lambda _: self.list.choose())
        column = QVBoxLayout(self)
        snug(column, 18, 16, 18, 16, spacing=10)
        for part in (head, self.list, hint):
            column.addWidget(part)
        self.setMinimumWidth(360)

    def _choose(self, member: AudienceMember) -> None:
        self.chosen.emit(member)
        self.accept()


def _choice(member: AudienceMember) -> Choice:
    parts = [phrases.tier(member.tier), member.phone]
    beside = campaign_phrases.variant(member.variant) if member.variant else ""
    return Choice(member, member.name, " · ".join(part for part in parts if part), beside)
