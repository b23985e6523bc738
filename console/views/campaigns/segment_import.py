"""A list of numbers pasted or opened becomes a saved segment; each line says what became of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from console.desk.segments import ImportedList
from console.desk.segments_port import SegmentsPort
from console.domain import phone_lists
from console.domain.phone_lists import Line
from console.domain.segments import MAX_LISTED, MAX_NAME_CHARS
from console.ui import reasons
from console.ui.file_choice import choose_files
from console.ui.forms import Field
from console.ui.i18n import counted, translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label
from console.ui.window_frame import add_foot, window_column

MOST_BYTES: Final = 2_000_000


class ImportWindow(QDialog):
    """``imported`` carries the new segment's ``client_id``."""

    imported = Signal(str)

    def __init__(self, port: SegmentsPort, parent: QWidget, text: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._port, self.tasks = port, Tasks(self)
        self._lines: list[Line] = []
        self._done = ""
        self.setWindowTitle(translate("Segments", "Import phone numbers"))
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_CHARS)
        self.name_field = Field(self.name)
        self.name_field.say(translate("Segments", "Name of the list"))
        self.text = QPlainTextEdit(text)
        self.text.setProperty("look", "note")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("138 0013 8000\n林小雨, 13812346021")
        self.text.setAccessibleName(translate("Segments", "Phone numbers, one a line"))
        self.open_file, self.start, self.leave = button(), button("primary"), button()
        self.summary, self.fault = label("soft", wrap=True), label("fault", wrap=True)
        self.report, self._found = QListView(), QStringListModel(self)
        self.report.setModel(self._found)
        self.report.setProperty("look", "report")
        self.report.setUniformItemSizes(True)
        self.report.setAccessibleName(translate("Segments", "Lines that were not taken"))
        self.text.textChanged.connect(self._read)
        self.open_file.clicked.connect(self._choose_file)
        self.start.clicked.connect(self._import)
        self.leave.clicked.connect(self.reject)
        self.tasks.failed.connect(self._on_failed)
        self._arrange()
        self._read()

    def _arrange(self) -> None:
        column = window_column(self, 22, 18, 22, 18, spacing=10)
        title, lead = label("title"), label("soft", wrap=True)
        title.setText(translate("Segments", "Import phone numbers"))
        lead.setText(translate(
            "Segments",
            "Paste numbers, one a line, or open a text or CSV file. Names beside them do no harm.",
        ))  # fmt: skip
        for part in (title, lead, self.name_field, self.text, self.summary, self.report,
                     self.fault):  # fmt: skip
            column.addWidget(part, int(part is self.text or part is self.report))
        self.open_file.setText(translate("Segments", "Open a file…"))
        self.leave.setText(translate("Segments", "Cancel"))
        add_foot(column, self.leave, self.start, beside=self.open_file)
        self.resize(560, 580)
        self.name.setFocus()

    # --- reading --------------------------------------------------------------------------

    def _choose_file(self) -> None:
        title = translate("Segments", "Open a list of numbers")
        kinds = translate("Segments", "Text and CSV (*.csv *.txt *.tsv)")
        choose_files(self, title, kinds, lambda files: self.take_file(files[0]), several=False)

    def take_file(self, path: Path) -> None:
        """Show what a file holds, once it was read."""
        self.tasks.spawn(self._take_file(path))

    async def _take_file(self, path: Path) -> None:
        try:
            data = await asyncio.to_thread(_beginning, path)
            text = phone_lists.decoded(data)
        except (OSError, UnicodeError):
            self._say_fault(translate("Segments", "This file cannot be read as text."))
            return
        if len(data) > MOST_BYTES or "\0" in text:
            self._say_fault(translate("Segments", "This file is no list of numbers."))
            return
        if not self.name.text():
            self.name.setText(path.stem[:MAX_NAME_CHARS])
        self.text.setPlainText(text)

    def _read(self) -> None:
        self._lines = phone_lists.read(self.text.toPlainText())
        good = len(phone_lists.phones(self._lines))
        self._say_fault("")
        too_many = translate("Segments", "A list has at most {n} numbers.").format(n=MAX_LISTED)
        if good > MAX_LISTED:
            self._say_fault(too_many)
        self.start.setEnabled(0 < good <= MAX_LISTED)
        self.start.setText(counted(good, translate("Segments", "Import 1 number"),
                                   translate("Segments", "Import {n} numbers")))  # fmt: skip
        self._report({})

    def _report(self, unknown: dict[int, str]) -> None:
        """What is wrong with which line; ``unknown`` by line, what the relay found."""
        said = [
            translate("Segments", "Line {n}: {text} — {trouble}")
            .format(n=line.number, text=line.text, trouble=trouble)
            for line in self._lines
            if (trouble := unknown.get(line.number) or _trouble(line))
        ]  # fmt: skip
        self._found.setStringList(said)
        self.report.setVisible(bool(said))
        good = len(phone_lists.phones(self._lines)) - len(unknown)
        self.summary.setText(_summary(good, len(said)) if self._lines else "")

    # --- importing ------------------------------------------------------------------------

    def _import(self) -> None:
        if self._done:
            self.accept()
            return
        name = " ".join(self.name.text().split())
        if not name:
            self.name_field.fault(translate("Segments", "Please give the list a name."))
            self.name.setFocus()
            return
        self.start.setEnabled(False)
        self.tasks.spawn(self._send(name))

    async def _send(self, name: str) -> None:
        numbers = phone_lists.phones(self._lines)
        self._show_result(await self._port.import_phones(name, numbers))

    def _show_result(self, result: ImportedList) -> None:
        asked = [line for line in self._lines if not line.trouble]
        nobody = translate("Segments", "no member has this number")
        self._report({asked[place].number: nobody for place in result.unknown or ()})
        if result.unknown is None:
            waiting = translate("Segments", "The list waits for the relay and is taken then.")
            self.summary.setText(waiting)
        for part in (self.text, self.name, self.open_file):
            part.setEnabled(False)
        self._done = result.client_id
        self.leave.hide()
        self.start.setText(translate("Segments", "Done"))
        self.start.setEnabled(True)
        self.start.setFocus()
        self.imported.emit(result.client_id)

    def _on_failed(self, code: str) -> None:
        self._say_fault(reasons.sentence(code, self.tasks.parameters))
        self.start.setEnabled(True)

    def _say_fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))


def _beginning(path: Path) -> bytes:
    """As much of a file as a list may have, and one byte that tells that there is more."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _trouble(line: Line) -> str:
    return {
        "": "",
        "no_phone": translate("Segments", "no mobile number"),
        "twice": translate("Segments", "the number stands above already"),
    }[line.trouble]


def _summary(good: int, bad: int) -> str:
    taken = counted(good, translate("Segments", "1 number is taken"),
                    translate("Segments", "{n} numbers are taken"))  # fmt: skip
    left = counted(bad, translate("Segments", "1 line is not"),
                   translate("Segments", "{n} lines are not"))  # fmt: skip
    return translate("Segments", "{taken}, {left}.").format(taken=taken, left=left)
