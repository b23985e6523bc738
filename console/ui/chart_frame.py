"""A card around a chart: its title, how it is counted, and what can be done with it.

The figures as a table, copied, or saved as a picture; by button, menu or key.  Knows no use
case.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QEvent, QMargins, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from console.ui import icons, theme
from console.ui.chart import Chart
from console.ui.chart_legend import ChartLegend
from console.ui.chart_picture import ChartPicture
from console.ui.chart_table import ChartTableView, as_data
from console.ui.explained import Explained, Words
from console.ui.file_choice import choose_place
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.keys import BY_ID
from console.ui.widgets import button, label, looked, repaints
from console.ui.written_file import failure, write_whole

_ICON: Final = 18
_CORNER: Final = QMargins(0, 16, 30, 0)
Kind = Literal["png", "svg"]


class ChartFrame(Explained):
    """Give it a chart; what else belongs on the card goes into ``column`` below it.

    ``beside``: what stands beside the title in a picture, like the days it is about.
    """

    def __init__(self, title: Words, formula: Words, chart: Chart) -> None:
        super().__init__(title, formula)
        self.chart, self.table, self.legend = chart, ChartTableView(), ChartLegend(chart)
        self.toggle, self.whole, self.more = button("head"), button("head"), button("tool")
        self.note, self.beside = label("soft", wrap=True), ""
        self._stack = QStackedWidget()
        self._stack.addWidget(chart)
        self._stack.addWidget(self.table)
        self.toggle.setCheckable(True)
        self.more.setProperty("bare", True)
        self.more.setIconSize(QSize(_ICON, _ICON))
        for part in (self.toggle, self.more):
            self.head.addWidget(part)
        self._lay_over(chart)
        self.column.addWidget(self.legend)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.note)
        hidden: tuple[QWidget, ...] = (self.whole, self.legend, self.note)
        for each in hidden:
            each.hide()
        self._connect()
        self.speak()

    def _lay_over(self, chart: Chart) -> None:
        """The way back to the whole stands on the chart: it comes and goes without moving it."""
        corner = QVBoxLayout(chart)
        corner.setContentsMargins(_CORNER)
        corner.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        self.toggle.toggled.connect(self._turn)
        self.whole.clicked.connect(self.chart.show_whole)
        self.whole.clicked.connect(self.chart.setFocus)
        self.more.clicked.connect(self._open_menu)
        self.chart.zoomed.connect(self.whole.setVisible)
        self.chart.changed.connect(self._follow)

    # --- as a table -----------------------------------------------------------------------

    def _turn(self, as_table: bool) -> None:
        part = self.table if as_table else self.chart
        self._stack.setCurrentWidget(part)
        self._follow()

    def _follow(self) -> None:
        if self.toggle.isChecked():
            self.table.show_table(self.chart.table())

    # --- copied and saved -----------------------------------------------------------------

    def copy_data(self) -> None:
        """The whole table into the clipboard, for a spreadsheet."""
        title = [self.heading.text(), *([self.beside] if self.beside else [])]
        QGuiApplication.clipboard().setText(as_data(self.chart.table(), *title))
        self.tell(translate("Chart", "The figures are copied."))

    def copy_picture(self) -> None:
        """The chart into the clipboard, for a message or a document."""
        QGuiApplication.clipboard().setImage(self.picture().image())
        self.tell(translate("Chart", "The picture is copied."))

    def picture(self) -> ChartPicture:
        """The chart as it leaves the program."""
        return ChartPicture(self.chart, self.heading.text(), self.beside)

    def save(self, kind: Kind) -> None:
        """Ask where to, and write a picture there."""
        kinds = translate("Chart", "Picture") if kind == "png" else translate("Chart", "Drawing")
        choose_place(self, translate("Chart", "Save the chart"), f"{self.heading.text()}.{kind}",
                     f"{kinds} (*.{kind})", self.write)  # fmt: skip

    def write(self, to: Path) -> None:
        """Write the picture into a file, an SVG if it is called so, else a PNG."""
        picture = self.picture()
        content = picture.svg() if to.suffix.lower() == ".svg" else picture.png()
        try:
            write_whole(to, content)
        except OSError as error:
            self.tell(failure(error, to), "fault")
        else:
            self.tell(translate("Chart", "Saved as {name}.").format(name=to.name))

    def tell(self, text: str, look: str = "soft") -> None:
        """What came of the last step."""
        looked(self.note, look)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # --- menu and keys --------------------------------------------------------------------

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def menu(self) -> QMenu:
        """Everything that can be done with the chart."""
        menu = QMenu(self)
        menu.setAccessibleName(self.more.accessibleName())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in self.chart.choices():
            action = menu.addAction(choice.words)
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            action.triggered.connect(choice.choose)
        menu.addSeparator()
        table = self._add(menu, "chart.table", self.toggle.toggle)
        table.setCheckable(True)
        table.setChecked(self.toggle.isChecked())
        self._add(menu, "chart.copy", self.copy_data)
        self._add(menu, "chart.picture", self.copy_picture)
        self._add(menu, "chart.save", lambda: self.save("png"))
        as_svg = menu.addAction(translate("Chart", "Save as SVG…"))
        as_svg.triggered.connect(lambda: self.save("svg"))
        return menu

    def _add(self, menu: QMenu, command: str, run: Callable[[], object]) -> QAction:
        keys = keymap().text(command)
        action = menu.addAction(f"{BY_ID[command].text}\t{keys}")
        action.setObjectName(command)
        action.triggered.connect(lambda _=False: run())
        return action

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same as the button."""
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the chart or its table did not need."""
        for command, run in (
            ("chart.table", self._turn_by_key), ("chart.copy", self.copy_data),
            ("chart.picture", self.copy_picture), ("chart.save", lambda: self.save("png")),
        ):  # fmt: skip
            if keymap().matches(command, event):
                run()
                return
        super().keyPressEvent(event)

    def _turn_by_key(self) -> None:
        """The keyboard goes along."""
        self.toggle.toggle()
        (self.table if self.toggle.isChecked() else self.chart).setFocus()

    # --- language and colours -------------------------------------------------------------

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        name = self.heading.text()
        self.chart.setAccessibleName(name)
        self.table.setAccessibleName(name)
        self.toggle.setText(translate("Report", "As a table"))
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {name}")
        self.whole.setText(translate("Chart", "Show all of it"))
        words = translate("Chart", "What can be done with the chart: {what}")
        self.more.setAccessibleName(words.format(what=name))
        self.more.setToolTip(translate("Chart", "Copy, save, show in another way"))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        if repaints(event):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.more.setIcon(icons.icon("dot-menu", _ICON, theme.color("ink_soft")))


class LinesFrame(ChartFrame):
    """Around a few lines: a table that nobody sees takes no height from them."""

    def __init__(self, title: Words, formula: Words, chart: Chart) -> None:
        super().__init__(title, formula, chart)
        self.toggle.toggled.connect(self._make_room)
        self._make_room(as_table=False)

    def _make_room(self, as_table: bool) -> None:
        policy = QSizePolicy.Policy
        self.table.setSizePolicy(policy.Expanding, policy.Preferred if as_table else policy.Ignored)
