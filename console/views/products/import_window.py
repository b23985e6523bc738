"""A list of goods becomes articles: columns, a preview, what came of each line."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QListView, QProgressBar, QWidget

from console import sheet_reading
from console.desk import product_import
from console.desk.product_import import PlannedArticle
from console.desk.products_port import ProductsPort
from console.domain import goods_lists
from console.domain.goods_lists import Reading, Trouble
from console.ui import reasons
from console.ui.file_choice import choose_files
from console.ui.i18n import counted, translate
from console.ui.plain_table import PlainTable
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import button, label
from console.ui.window_frame import add_foot, window_column
from console.views.products import import_words as words
from console.views.products.import_columns import ColumnChoices
from console.views.products.import_run import ImportRun

_SHOWN: Final = 200
_ROW: Final = 32


class ImportWindow(QDialog):
    """Nothing is sent before “Import” is pressed."""

    finished_import = Signal()

    def __init__(self, port: ProductsPort, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._port, self.tasks = port, Tasks(self)
        self._rows: Sequence[Sequence[str]] = ()
        self._first_line = 2
        self.planned: list[PlannedArticle] = []
        self._troubles: Sequence[Trouble] = ()
        self.run: ImportRun | None = None
        self.choices = ColumnChoices()
        self.summary, self.fault = label("soft", wrap=True), label("fault", wrap=True)
        self.preview = PlainTable(4, {0: 130, 2: 110, 3: 90}, _ROW, {3})
        self.report, self._found = QListView(), QStringListModel(self)
        self.progress = QProgressBar()
        self.open_file, self.start, self.leave = button(), button("primary"), button()
        self._title, self._lead = label("title"), label("soft", wrap=True)
        self._planning = Reload(self.tasks, self._plan)
        self._arrange()
        self._speak()
        self.choices.changed.connect(self._planning.start)
        self.open_file.clicked.connect(self._choose_file)
        self.start.clicked.connect(self._start)
        self.leave.clicked.connect(self._leave)
        self.tasks.failed.connect(self._on_failed)
        self._show()

    def _arrange(self) -> None:
        column = window_column(self, 22, 18, 22, 18, spacing=10)
        self.report.setModel(self._found)
        self.report.setProperty("look", "report")
        self.report.setUniformItemSizes(True)
        self.report.setMaximumHeight(130)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        for part in (self._title, self._lead, self.choices, self.preview, self.summary,
                     self.report, self.fault, self.progress):  # fmt: skip
            column.addWidget(part, int(part is self.preview))
        column.addStretch()
        add_foot(column, self.leave, self.start, beside=self.open_file)
        self.resize(900, 660)

    def _speak(self) -> None:
        title = translate("Products", "Import goods")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(translate(
            "Products",
            "A table (CSV or Excel) with a line for each colour and size; lines of one number are "
            "one article. What is here already is changed by number and barcode, never doubled; "
            "empty cells change nothing.",
        ))  # fmt: skip
        self.open_file.setText(translate("Products", "Open a table…"))
        self.leave.setText(translate("Products", "Cancel"))
        self.preview.say_head([
            words.field("sku"), words.field("name"), translate("Products", "What happens"),
            translate("Products", "Lines"),
        ])  # fmt: skip
        self.preview.setAccessibleName(translate("Products", "What the list would do"))
        self.report.setAccessibleName(translate("Products", "Lines that are not taken"))

    # --- reading --------------------------------------------------------------------------

    def _choose_file(self) -> None:
        title = translate("Products", "Open a table of goods")
        kinds = translate("Products", "Tables (*.csv *.tsv *.txt *.xlsx)")
        choose_files(self, title, kinds, lambda files: self.take_file(files[0]), several=False)

    def take_file(self, path: Path) -> None:
        """Show what a file holds, once it was read."""
        self.tasks.spawn(self._take_file(path))

    async def _take_file(self, path: Path) -> None:
        try:
            rows = await asyncio.to_thread(sheet_reading.read, path)
        except sheet_reading.UnreadableTable as fault:
            self._say_fault(words.unreadable(fault.kind))
            return
        except OSError:
            self._say_fault(words.unreadable("text"))
            return
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what a table holds, its heading first."""
        first = next((place for place, row in enumerate(rows) if row), len(rows))
        heading = rows[first] if first < len(rows) else []
        self._rows, self._first_line = rows[first + 1 :], first + 2
        self.choices.offer(heading, goods_lists.guess(heading))
        self._planning.start()

    async def _plan(self) -> None:
        """Read the lines anew, and compare them with what is here."""
        columns = self.choices.columns
        reading: Reading = await asyncio.to_thread(
            goods_lists.read, self._rows, columns, self._first_line
        )
        present = await self._port.present([each.sku for each in reading.articles])
        planned = await asyncio.to_thread(product_import.plan, reading.articles, present)
        self.planned, self._troubles = planned, reading.troubles
        self._show()

    def _show(self) -> None:
        kinds = [each.kind for each in self.planned]
        has_file = bool(self.choices.columns or self._rows)
        for part in (self.choices, self.preview, self.summary):
            part.setVisible(has_file)
        self._say_fault("" if not self._rows or "sku" in self.choices.columns else translate(
            "Products", "Say which column has the article numbers."))  # fmt: skip
        self.preview.setRowCount(min(len(self.planned), _SHOWN))
        for row, each in enumerate(self.planned[:_SHOWN]):
            cells = (each.sku, each.name, words.kind(each), f"{len(each.lines):,}")
            for column, text in enumerate(cells):
                self.preview.put(row, column, text, faint=each.kind == "same")
        self.summary.setText(words.plan(kinds.count("new"), kinds.count("changed"),
                                        kinds.count("same"), len(self._troubles)))  # fmt: skip
        self._say_report([words.trouble(each) for each in self._troubles])
        todo = len(kinds) - kinds.count("same")
        self.start.setEnabled(bool(todo))
        self.start.setText(counted(todo, translate("Products", "Import 1 article"),
                                   translate("Products", "Import {n} articles")))  # fmt: skip
        self.progress.hide()

    def _say_report(self, lines: Sequence[str]) -> None:
        self._found.setStringList(list(lines))
        self.report.setVisible(bool(lines))

    # --- importing ------------------------------------------------------------------------

    def _start(self) -> None:
        if self.run is not None:
            self.accept()
            return
        self.run = ImportRun(self._port, self.planned)
        for part in (self.choices, self.open_file, self.start):
            part.setEnabled(False)
        self.progress.setRange(0, len(self.run.articles))
        self.progress.show()
        self.leave.setText(translate("Products", "Stop"))
        self.leave.setFocus()
        self.tasks.spawn(self._import(self.run))

    async def _import(self, run: ImportRun) -> None:
        await run.run(lambda: self.progress.setValue(run.taken + len(run.refusals)))
        self.summary.setText(words.done(run.taken, len(run.refusals), run.left))
        self._say_report([*run.refusals, *(words.trouble(each) for each in self._troubles)])
        if run.offline:
            self._say_fault(translate(
                "Products", "The line to the relay is gone. Import the same table again later: "
                "what is taken already stays as it is."))  # fmt: skip
        self.progress.hide()
        self.leave.hide()
        self.start.setText(translate("Products", "Done"))
        self.start.setEnabled(True)
        self.start.setFocus()
        self.finished_import.emit()

    def _leave(self) -> None:
        """Stop what runs, else close."""
        if self.run is None:
            self.reject()
        else:
            self.run.stopped = True
            self.leave.setEnabled(False)

    def reject(self) -> None:
        """Esc stops an import and shows what came of it before the window goes."""
        running = self.run is not None and not self.start.isEnabled()
        if running:
            self._leave()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Esc."""
        if self.run is not None and not self.start.isEnabled():
            self._leave()
            event.ignore()
        else:
            super().closeEvent(event)

    def _on_failed(self, code: str) -> None:
        self._say_fault(reasons.sentence(code, self.tasks.parameters))

    def _say_fault(self, said: str) -> None:
        self.fault.setText(said)
        self.fault.setVisible(bool(said))
