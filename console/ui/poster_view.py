"""The poster on screen, with a button that saves it as a PDF."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui import poster, theme
from console.ui.file_choice import choose_place
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug, speaks
from console.ui.written_file import write_whole


class PosterView(QWidget):
    """Shows one poster."""

    def __init__(self) -> None:
        super().__init__()
        self._poster: poster.Poster | None = None
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda _: self._say_failed())
        self._sheet = _Sheet()
        self._where, self._done = label("soft", wrap=True), label("good", wrap=True)
        self.save = button()
        self.save.clicked.connect(self._choose_file)
        words = QVBoxLayout()
        snug(words, spacing=10)
        words.addWidget(self._where)
        words.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._done)
        words.addStretch(1)
        line = QHBoxLayout(self)
        snug(line, spacing=20)
        line.addWidget(self._sheet)
        line.addLayout(words, 1)
        self._speak()

    @property
    def shown(self) -> poster.Poster | None:
        """The one that is shown."""
        return self._poster

    def show_poster(self, shown: poster.Poster) -> None:
        """Show another poster."""
        self._poster = shown
        self._sheet.poster = shown
        self._sheet.update()
        self._speak()

    def _choose_file(self) -> None:
        name = f"{self._poster.shop if self._poster else 'poster'}.pdf"
        choose_place(self, translate("Poster", "Save the poster"), name, "PDF (*.pdf)", self.write)

    def write(self, file: Path) -> None:
        """Write the PDF and offer to open it."""
        if self._poster is not None:
            self._tasks.spawn(self._write(self._poster, file))

    async def _write(self, shown: poster.Poster, file: Path) -> None:
        # Text is drawn with the GUI's fonts, so only the finished bytes go to a thread.
        data = poster.pdf(shown)
        await asyncio.to_thread(write_whole, file, data)
        self._done.setText(translate("Poster", "Saved as {name}").format(name=file.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _say_failed(self) -> None:
        self._done.setText(
            translate("Poster", "The file could not be written. Choose another place")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self._sheet.update()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.save.setText(translate("Poster", "Save as PDF to print"))
        if self._poster is not None:
            sentence = poster.reach_sentence(at_home=self._poster.at_home)
            self._where.setText(f"{self._poster.url}\n{sentence}")


class _Sheet(QWidget):
    """A small picture of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.poster: poster.Poster | None = None
        self.setFixedSize(212, 300)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page."""
        painter = QPainter(self)
        if self.poster is not None:
            poster.paint(painter, self.poster, QRectF(self.rect()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("field_line"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
