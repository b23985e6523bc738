"""The strip above the reply box: what the newest open question asks for, and what can be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.enquiry_types import AskedAbout
from console.ui import icons, theme
from console.ui.i18n import counted, translate
from console.ui.keymap import keymap
from console.ui.pictures import Pictures
from console.ui.widgets import button, frame, repaints, snug, speaks
from console.views.inbox.enquiry_line import EnquiryLine

SHOWN: Final = 3
"""Articles that are shown at once; the others by a press."""


class EnquiryStrip(QWidget):
    """Hidden while nothing is asked."""

    answered = Signal(object)
    note_wanted = Signal(object)
    time_wanted = Signal(object, object)
    """Asked how long an article is kept, below that button."""
    similar_wanted = Signal(object)
    fitting_wanted = Signal(object)
    dismissed = Signal()

    def __init__(self, store: Pictures) -> None:
        super().__init__()
        self._store = store
        self._asked: AskedAbout | None = None
        self._all = False
        self.lines: list[EnquiryLine] = []
        """Those that are shown, in order."""
        self.more, self.close_button = button("link"), button("flat")
        self.close_button.clicked.connect(self.dismissed)
        self.more.clicked.connect(self._show_all)
        card, outer = frame("enquiry"), QVBoxLayout(self)
        snug(outer, 20, 0, 20, 10)
        outer.addWidget(card)
        row, self._column = QHBoxLayout(card), QVBoxLayout()
        snug(row, 12, 8, 6, 8, spacing=6)
        snug(self._column, spacing=8)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(self._column, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        keymap().bind("chat.enquiry", self, self.answer_first)
        keymap().bind("chat.restock", self, self.note_first)
        keymap().bind("chat.keep_for", self, self.choose_time)
        keymap().changed.connect(self._speak)
        self.hide()
        self._speak()

    @property
    def asked(self) -> AskedAbout | None:
        """What it shows."""
        return self._asked

    def show_asked(self, asked: AskedAbout | None) -> None:
        """Show what is asked, ``None`` nothing; what was chosen in the same message stays."""
        if asked is None or self._asked is None or asked.message_id != self._asked.message_id:
            self._all = False
            self._drop(0)
        self._asked = asked
        self._fill()
        self.setVisible(asked is not None)

    def answer_first(self) -> None:
        """What its key does: answer the first article."""
        if self.lines and self.isVisible():
            self.lines[0].answer_now()

    def note_first(self) -> None:
        """What its key does: tell her when the first article is back."""
        if self.lines and self.isVisible():
            self.lines[0].note_now()

    def choose_time(self) -> None:
        """What its other key does: the same, for as long as is chosen."""
        if self.lines and self.isVisible():
            self.lines[0].choose_time()

    def dismiss(self) -> None:
        """Esc, pressed elsewhere: put it away if it is shown."""
        if self.isVisible():
            self.dismissed.emit()

    def set_busy(self, *, busy: bool) -> None:
        """While the relay is asked nothing more can be pressed."""
        for line in self.lines:
            line.set_busy(busy=busy)

    def _fill(self) -> None:
        every = self._asked.lines if self._asked is not None else ()
        shown = every if self._all else every[:SHOWN]
        said = self._asked.text if self._asked is not None else ""
        self._drop(len(shown))
        while len(self.lines) < len(shown):
            self._append()
        for place, (line, asked) in enumerate(zip(self.lines, shown, strict=True)):
            line.show_line(asked, said, first=place == 0)
        self._show_more(len(every) - len(shown))

    def _append(self) -> None:
        line = EnquiryLine(self._store)
        line.answered.connect(self.answered)
        line.note_wanted.connect(self.note_wanted)
        line.time_wanted.connect(self.time_wanted)
        line.similar_wanted.connect(self.similar_wanted)
        line.fitting_wanted.connect(self.fitting_wanted)
        self._column.insertWidget(len(self.lines), line)
        self.lines.append(line)

    def _drop(self, count: int) -> None:
        """Keep so many lines."""
        for line in self.lines[count:]:
            line.hide()
            line.deleteLater()
        del self.lines[count:]

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.lines[SHOWN].answer.setFocus()

    def _show_more(self, count: int) -> None:
        one, many = translate("Enquiry", "1 more"), translate("Enquiry", "{n} more")
        self.more.setText(counted(count, one, many))
        self.more.setVisible(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._speak()
            self._fill()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Enquiry", "What she asks for"))
        self.close_button.setIcon(icons.icon("close", 16, theme.color("ink_soft")))
        words = translate("Enquiry", "Not for this message")
        self.close_button.setAccessibleName(words)
        self.close_button.setToolTip(f"{words}   Esc")
