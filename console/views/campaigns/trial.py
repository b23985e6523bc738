"""The draft on real phones before anybody else sees it: the shop's own people try it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.segments import SegmentMember
from console.desk.segments_port import SegmentsPort
from console.desk.trials_port import TrialsPort
from console.models.faults import NoLine, coded
from console.ui import reasons
from console.ui.i18n import counted, translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug
from console.views.campaigns.segment_members import MembersPart
from console.views.campaigns.segment_words import Offers
from console.wire.errors import Refusal

_WIDTH: Final = 440
_SIDE: Final = 20


class TrialWindow(QDialog):
    """Whose phones, and the button that sends every version to them."""

    def __init__(
        self, client_id: str, port: TrialsPort, segments: SegmentsPort,
        phones: Sequence[SegmentMember], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Campaigns", "Try it on our phones"))
        self._client_id, self._port, self._tasks = client_id, port, Tasks(self)
        self.phones = MembersPart(
            [each.member_id for each in phones], Offers(segments, self._tasks.spawn)
        )
        self.phones.setEnabled(port.may_choose)
        self.said = label("soft", wrap=True)
        self.send, self.close_button = button("primary"), button()
        self.close_button.setText(translate("Campaigns", "Close"))
        self._arrange()
        self.phones.changed.connect(lambda: self._tasks.spawn(self._choose()))
        self.send.clicked.connect(lambda: self._tasks.spawn(self._send()))
        self.close_button.clicked.connect(self.reject)
        self._show()

    def _arrange(self) -> None:
        about, whose = label(wrap=True), label("soft", wrap=True)
        about.setText(translate(
            "Campaigns", "Every version goes to these phones at once, just as members will see"
            " it. It counts in no figure and uses up no notice."
        ))  # fmt: skip
        whose.setText(
            translate("Campaigns", "Join on your own phone as members do, then look for yourself:")
            if self._port.may_choose
            else translate("Campaigns", "The owner says whose phones these are.")
        )
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.send)
        snug(column, _SIDE, 18, _SIDE, 16, spacing=12)
        for part in (about, whose, self.phones, self.said):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(buttons)
        for part in (about, whose):
            part.ensurePolished()
            part.setMinimumHeight(part.heightForWidth(_WIDTH - 2 * _SIDE))
        self.setMinimumWidth(_WIDTH)  # no least height of its own: it grows with what is found
        self.resize(_WIDTH, 320)

    def _show(self) -> None:
        count = len(self.phones.value)
        words = counted(count, translate("Campaigns", "Send to 1 phone"),
                        translate("Campaigns", "Send to {n} phones"))  # fmt: skip
        self.send.setText(words if count else translate("Campaigns", "Send"))
        self.send.setEnabled(count > 0)

    async def _choose(self) -> None:
        self._show()
        try:
            await coded(self._port.choose(self.phones.value))
        except (Refusal, NoLine) as failure:
            self._fail(failure)

    async def _send(self) -> None:
        self.send.setEnabled(False)
        try:
            count = await coded(self._port.send(self._client_id, self.phones.value))
        except (Refusal, NoLine) as failure:
            self._fail(failure)
        else:
            self.said.setText(
                counted(
                    count,
                    translate("Campaigns", "1 message is on its way."),
                    translate("Campaigns", "{n} messages are on their way."),
                )
                if count
                else translate("Campaigns", "They leave as soon as the relay answers.")
            )
        self._show()

    def _fail(self, failure: Refusal | NoLine) -> None:
        nobody = getattr(failure, "field", "") == "members"
        self.said.setText(
            translate("Campaigns", "None of them has joined on a phone and takes notices.")
            if nobody
            else reasons.sentence(str(failure.code), getattr(failure, "parameters", {}))
        )
