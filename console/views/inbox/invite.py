"""A small window with one member's personal link: to scan here, or to send to her number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from console.desk.types import Invite
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.forms import line_edit
from console.ui.i18n import translate
from console.ui.qr import QrView
from console.ui.widgets import button, label, speaks
from console.ui.window_frame import add_foot, window_column

_SIDE = 232


class InviteWindow(QDialog):
    """Opened with ``open()``; throws itself away when closed."""

    def __init__(self, invite: Invite, name: str, clock: ShopClock, parent: QWidget) -> None:
        super().__init__(parent)
        self._invite, self._name, self._clock = invite, name, clock
        self._copied = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = QrView(_SIDE)
        self._title, self._lead = label("title", wrap=True), label("soft", wrap=True)
        self.link = line_edit(longest=400)
        self.link.setReadOnly(True)
        self.link.setText(invite.url)
        self.link.setCursorPosition(0)
        self._where, self._until = label("soft", wrap=True), label("tiny", wrap=True)
        self.copy, self.leave = button("primary"), button()
        self.copy.clicked.connect(self._copy)
        self.leave.clicked.connect(self.accept)
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        column = window_column(self, 26, 22, 26, 22, spacing=12)
        for part in (self._title, self._lead):
            column.addWidget(part)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.link)
        column.addWidget(self._where)
        column.addWidget(self._until)
        add_foot(column, self.leave, self.copy)
        self.setFixedWidth(400)
        self.copy.setDefault(True)
        self.copy.setFocus()

    @property
    def words(self) -> str:
        """Everything it says beside the code."""
        parts = (self._title, self._lead, self._where, self._until)
        return "\n".join(part.text() for part in parts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._invite.url)
        self._copied = True
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("Invite", "Invite {name}").format(name=self._name)
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(
            translate(
                "Invite",
                "Let her scan this with her own phone, or send the link to her number only: "
                "whoever opens it first becomes {name} here.",
            ).format(name=self._name)
        )
        self.code.show_text(
            self._invite.url, translate("Invite", "QR code of {name}").format(name=self._name)
        )
        self.link.setAccessibleName(translate("Invite", "Personal link"))
        home = translate("Invite", "Works here and at home.")
        wifi = translate("Invite", "Works only in this shop's Wi-Fi, so let her scan it here.")
        self._where.setText(home if self._invite.at_home else wifi)
        day = phrases.day_name(self._invite.expires_at, self._clock)
        until = translate("Invite", "Works once, until {day}.").format(day=day)
        self._until.setText(until)
        copied, copy = translate("Invite", "Copied"), translate("Invite", "Copy the link")
        self.copy.setText(copied if self._copied else copy)
        self.leave.setText(translate("Invite", "Done"))
