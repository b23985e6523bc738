"""The page over a locked window, and who locks and opens it again.

While it lies there nothing of the shop is to be seen or heard: other windows are hidden and
come back as they were.  Everything goes on below: the line, what is sent, words begun.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from console.models.faults import NoLine, coded
from console.ui import reasons
from console.ui.card import CardPage
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import Avatar, button, label, snug, speaks
from console.views.window import Window
from console.wire.errors import Code, Refusal

_LOCKED: Final = "lock/staff"
_WRONG: Final = "lock/wrong"
_SLOWEST_S: Final = 64

Check = Callable[[int, str], Awaitable[None]]
"""Passes when a secret is that person's, else raises as ``AccountsDesk.unlock``."""


class LockPage(CardPage):
    """Asks for the PIN of the one who is signed in."""

    opened = Signal()
    other_asked = Signal()
    """Somebody else wants to sign in."""

    def __init__(self, staff_id: int, name: str, check: Check, store: QSettings) -> None:
        super().__init__()
        self._staff_id, self._name, self._check, self._store = staff_id, name, check, store
        self._wait_s = 0
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._on_failed)
        self.secret, self.enter, self.other = (
            line_edit(secret=True),
            button("primary"),
            button("link"),
        )
        self._field = Field(self.secret)
        self._face, self._who = Avatar(44), label("heading")
        self._counter = QTimer(self)
        self._counter.setInterval(1000)
        self._counter.timeout.connect(self._count_down)
        self._arrange()
        self._speak()
        if self.wrong:
            self._slow_down()

    def _arrange(self) -> None:
        face = QHBoxLayout()
        snug(face, spacing=12)
        face.addWidget(self._face)
        face.addWidget(self._who, 1)
        self._face.show_name(self._name)
        buttons = QHBoxLayout()
        snug(buttons, spacing=8)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        self.column.addLayout(face)
        self.column.addWidget(self._field)
        self.column.addLayout(buttons)
        QWidget.setTabOrder(self.secret, self.enter)
        QWidget.setTabOrder(self.enter, self.other)
        self.secret.returnPressed.connect(self.submit)
        self.enter.clicked.connect(self.submit)
        self.other.clicked.connect(self.other_asked)

    @property
    def wrong(self) -> int:
        """Wrong tries in a row, also before the program was last started."""
        return int(str(self._store.value(_WRONG, 0)))

    @property
    def fault_text(self) -> str:
        """What is wrong with what was typed."""
        return self._field.fault_text

    def showEvent(self, event: QShowEvent) -> None:
        """The PIN can be typed at once."""
        super().showEvent(event)
        self.secret.setFocus()

    # --- trying ---------------------------------------------------------------------------

    def submit(self) -> None:
        """Try what was typed."""
        if self.secret.text() and self.enter.isEnabled():
            self.enter.setEnabled(False)
            self.tasks.spawn(self._try(self.secret.text()))

    async def _try(self, secret: str) -> None:
        try:
            await coded(self._check(self._staff_id, secret))
        except Refusal as refusal:
            if refusal.code != Code.LOGIN_WRONG:
                raise
            self._store.setValue(_WRONG, self.wrong + 1)
            self._slow_down()
            return
        finally:
            self.enter.setEnabled(self._wait_s <= 0)
            self.secret.clear()
        self._store.remove(_WRONG)
        self.opened.emit()

    def _on_failed(self, code: str) -> None:
        if code == NoLine.code:
            self._field.fault(translate(
                "Lock", "Without the line this PIN cannot be checked here. Please try again later."
            ))  # fmt: skip
        else:
            self._field.fault(reasons.sentence(code, self.tasks.parameters))

    def _slow_down(self) -> None:
        """A wrong one costs 1 second, the next 2, then 4 …"""
        self._wait_s = min(2 ** min(self.wrong - 1, 10), _SLOWEST_S)
        self.secret.setEnabled(False)
        self.enter.setEnabled(False)
        self._counter.start()
        self._say_wait()

    def _count_down(self) -> None:
        self._wait_s -= 1
        if self._wait_s > 0:
            self._say_wait()
            return
        self._counter.stop()
        self.secret.setEnabled(True)
        self.enter.setEnabled(True)
        self._field.fault(translate("Lock", "That was not it."))
        self.secret.setFocus()

    def _say_wait(self) -> None:
        words = translate("Lock", "That was not it. Once more in {n} s.")
        self._field.fault(words.format(n=self._wait_s))

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Lock", "Locked"))
        self.lead.setText(
            translate("Lock", "The shop goes on: messages come in, and what you wrote is kept.")
        )
        self._who.setText(self._name)
        self._field.say(translate("Lock", "PIN or password"))
        self.enter.setText(translate("Lock", "Unlock"))
        self.other.setText(translate("Lock", "Another person…"))
        self.setAccessibleName(translate("Lock", "Locked"))


class Locker(QObject):
    """Locks one window for the one who is signed in; remembers it over a restart."""

    changed = Signal(bool)
    """Locked, or open again."""
    other_asked = Signal()

    def __init__(self, window: Window, store: QSettings) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._who: tuple[int, str, Check] | None = None
        self._focus: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self.page: LockPage | None = None
        """What lies over the window while it is locked."""
        window.replaced.connect(self.leave)

    @property
    def locked(self) -> bool:
        """Whether nothing may be seen."""
        return self.page is not None

    def serve(self, staff_id: int, name: str, check: Check, *, proven: bool) -> None:
        """She sits here now.  ``proven``: she just signed in; else an old lock still holds."""
        self._who = (staff_id, name, check)
        if proven:
            self._store.remove(_LOCKED)
            self._store.remove(_WRONG)
        elif str(self._store.value(_LOCKED, "")) == str(staff_id):
            self.lock()

    def lock(self) -> None:
        """Cover everything until her PIN is typed; nothing to do where nobody is signed in."""
        if self.page is not None or self._who is None:
            return
        staff_id, name, check = self._who
        self._store.setValue(_LOCKED, staff_id)
        self._store.sync()
        self._focus = self._window.focusWidget()
        self._hide_dialogs()
        self.page = LockPage(staff_id, name, check, self._store)
        self.page.opened.connect(self._open)
        self.page.other_asked.connect(self.other_asked)
        self._window.cover(self.page)
        self.changed.emit(True)

    def leave(self) -> None:
        """Nobody is signed in any more; a lock that holds is there again when she is."""
        self._who = None
        for dialog in self._dialogs:
            dialog.close()
        self._dialogs, self._focus = [], None
        self._uncover()

    def _open(self) -> None:
        self._store.remove(_LOCKED)
        dialogs, focus, self._dialogs, self._focus = self._dialogs, self._focus, [], None
        self._uncover()
        for dialog in dialogs:
            dialog.show()
        if focus is not None and not dialogs:
            focus.setFocus()

    def _uncover(self) -> None:
        if self.page is not None:
            page, self.page = self.page, None
            self._window.uncover(page)
            self.changed.emit(False)

    def _hide_dialogs(self) -> None:
        for each in QApplication.topLevelWidgets():
            if each is self._window or not each.isVisible():
                continue
            if isinstance(each, QMenu) or each.windowType() == Qt.WindowType.Popup:
                each.close()
            elif each.windowType() != Qt.WindowType.ToolTip:
                each.hide()
                each.destroyed.connect(lambda _=None, gone=each: self._forget(gone))
                self._dialogs.append(each)

    def _forget(self, gone: QWidget) -> None:
        self._dialogs = [each for each in self._dialogs if each is not gone]
