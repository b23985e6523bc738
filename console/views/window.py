"""The program's one window: shows a page at a time and remembers where it stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

_GEOMETRY: Final = "window/geometry"
_NAME: Final = "Hanger 衣架"
_FRAME: Final = QSize(16, 40)
"""What a window manager draws around it, about."""


class Window(QWidget):
    """Holds sign-in, first run or the shell.

    Attributes:
        may_close: asked when the user closes it; while it says no the window stays.
    """

    closing = Signal()
    """It is closed now."""
    replaced = Signal()
    """Another page is to be shown; whatever lay over the one before goes."""

    def __init__(self, store: QSettings) -> None:
        super().__init__()
        self._store = store
        self.may_close: Callable[[], bool] = lambda: True
        self._page: QWidget | None = None
        self._cover: QWidget | None = None
        self._beside: list[QWidget] = []
        self._count = 0
        self._layout = QStackedLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(_NAME)
        # Not over the edge of a small screen: the reply box would lie there.
        room = self.screen().availableSize() - _FRAME
        self.resize(QSize(1440, 900).boundedTo(room))
        kept = store.value(_GEOMETRY)
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

    @property
    def page(self) -> QWidget | None:
        """What is shown, or lies below what covers it."""
        return self._page

    @property
    def is_covered(self) -> bool:
        """Whether something lies over the page."""
        return self._cover is not None

    def show_page(self, page: QWidget) -> None:
        """Show another page; the one before and what covered it are thrown away."""
        before = self._page
        if before is page:
            return
        self.replaced.emit()
        if self._cover is not None:
            self.uncover(self._cover)
        self._page = page
        self._show(page)
        if before is not None:
            before.windowTitleChanged.disconnect(self._retitle)
            self._layout.removeWidget(before)
            before.setParent(None)
            before.deleteLater()
        page.windowTitleChanged.connect(self._retitle)
        self._retitle()

    def cover(self, page: QWidget) -> None:
        """Show a page over the present one, which stays; nothing else is to be seen."""
        only_direct = Qt.FindChildOption.FindDirectChildrenOnly
        children = self.findChildren(QWidget, options=only_direct)
        self._beside = [
            each for each in children
            if not each.isHidden() and not each.isWindow() and each is not self._page
        ]  # fmt: skip
        for each in self._beside:
            each.hide()
        self._cover = page
        self._show(page)
        self._retitle()

    def _show(self, page: QWidget) -> None:
        chosen = page.focusWidget()
        self._layout.addWidget(page)
        self._layout.setCurrentWidget(page)
        if chosen is not None:
            # Qt forgets who had the keyboard in a page that gets a window.
            chosen.setFocus()

    def uncover(self, page: QWidget) -> None:
        """Throw the page above away."""
        self._cover = None
        self._layout.removeWidget(page)
        page.setParent(None)
        page.deleteLater()
        if self._page is not None:
            self._layout.setCurrentWidget(self._page)
        for each in self._beside:
            each.show()
            each.raise_()
        self._beside = []
        self._retitle()

    def show_count(self, unread: int) -> None:
        """How many unread conversations the title tells of."""
        self._count = unread
        self._retitle()

    def _retitle(self, _title: str = "") -> None:
        """The page's title; a covered one says nothing but the program's name."""
        title = self._page.windowTitle() if self._page is not None else ""
        if self._cover is not None or not title:
            self.setWindowTitle(_NAME)
        else:
            self.setWindowTitle(f"({self._count}) {title}" if self._count else title)

    def show_again(self) -> None:
        """Come to the front: the program was started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place; the program ends once everything is kept."""
        self._store.setValue(_GEOMETRY, self.saveGeometry())
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
