"""The card that makes a code with which one more computer is signed in."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer

from console.models.faults import coded
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, speaks


class PairCodes(Protocol):
    """What the card asks (``desk.shop.ShopDesk``)."""

    async def pair_code(self) -> tuple[str, int] | None:
        """A pairing code and the seconds it lives; ``None`` when the relay does not answer."""
        ...


class PairCard(Section):
    """A code, shown while it lives."""

    def __init__(self, codes: PairCodes, name: str, tasks: Tasks) -> None:
        super().__init__()
        self._codes, self._name, self._tasks = codes, name, tasks
        self._left_s = 0
        self._words, self.code = label("soft", wrap=True), label("display", selectable=True)
        self._expiry, self.pair = label("tiny"), button()
        self.pair.clicked.connect(lambda: tasks.spawn(self._ask()))
        for part in (self._words, self.code, self._expiry):
            self.column.addWidget(part)
        self.column.addWidget(self.pair, 0, Qt.AlignmentFlag.AlignLeft)
        self.code.hide()
        self._counter = QTimer(self)
        self._counter.setInterval(1000)
        self._counter.timeout.connect(self._count_down)
        self._speak()

    async def _ask(self) -> None:
        answer = await coded(self._codes.pair_code())
        if answer is None:
            self.complained.emit("offline")
            return
        code, self._left_s = answer
        self.code.setText(code)
        self.code.show()
        self._counter.start()
        self._speak()

    def _count_down(self) -> None:
        self._left_s -= 1
        if self._left_s <= 0:
            self._counter.stop()
            self.code.hide()
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Pair another computer"))
        words = translate(
            "Settings", "It shows the same chats and drafts as this one, for {name}."
        )  # fmt: skip
        self._words.setText(words.format(name=self._name))
        self.pair.setText(translate("Settings", "Make a pairing code"))
        left = translate("Settings", "Valid for another {m}:{s}")
        shown = left.format(m=self._left_s // 60, s=f"{self._left_s % 60:02d}")
        self._expiry.setText(shown if self._left_s > 0 else "")
        self._expiry.setVisible(self._left_s > 0)
