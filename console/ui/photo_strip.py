"""Photos chosen for a reply: thumbnails in order with their captions, to move and to remove.

The thumbnails are made elsewhere (``looked_at`` says which); until then a photo is busy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui import draw, fonts, icons, pictures, theme
from console.ui.caption_editor import CaptionEditor
from console.ui.i18n import translate

MOST: Final = 9
_WIDEST, _GAP, _TOP = 92.0, 8.0, 8.0
_NARROWEST: Final = 64.0
_CAPTION: Final = 22.0
_HIGH: Final = 72.0


@dataclass(slots=True, eq=False)
class ChosenPhoto:
    """A photo, the words under it, and what it looks like (``None`` while that is found out).

    ``copy`` is our own of it, ``name`` what the original was called.
    """

    content: Path | bytes
    caption: str = ""
    copy: Path | None = None
    name: str = ""
    picture: QPixmap | None = None
    busy: bool = field(default=True)


class PhotoStrip(QWidget):
    """One row of thumbnails; drag one to another place, or use Alt or Ctrl and the arrows."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: list[ChosenPhoto] = []
        self._current = 0
        self._scrolled = 0.0
        self._editing: ChosenPhoto | None = None
        self._editor = CaptionEditor(self, self._to_caption)
        self._editor.textEdited.connect(self._on_caption)
        self._editor.left.connect(self._end_caption)
        self.labelled = False
        """Whether the photos are a strip whose captions are labels."""
        self.setFixedHeight(round(_TOP + _HIGH + _CAPTION + 2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVisible(False)
        self._speak()

    @property
    def photos(self) -> list[Path | bytes]:
        """The photos in their order."""
        return [photo.content for photo in self._photos]

    @property
    def chosen(self) -> list[ChosenPhoto]:
        """The photos in their order, with their captions."""
        return list(self._photos)

    @property
    def busy(self) -> bool:
        """Whether some are still looked at."""
        return any(photo.busy for photo in self._photos)

    @property
    def editor(self) -> QLineEdit:
        """Where a caption is written."""
        return self._editor

    def add(self, photos: Sequence[ChosenPhoto]) -> int:
        """Append photos; returns how many had no room any more."""
        room = max(0, MOST - len(self._photos))
        self._photos.extend(photos[:room])
        self._after()
        return max(0, len(photos) - room)

    def looked_at(self, photo: ChosenPhoto, image: QImage | None) -> None:
        """How a photo looks (``None``: it cannot be shown here, but it can be sent)."""
        photo.picture = None if image is None or image.isNull() else QPixmap.fromImage(image)
        photo.busy = False
        if photo in self._photos:
            self._after()

    def drop(self, photo: ChosenPhoto) -> None:
        """Take one out that cannot be sent."""
        if photo in self._photos:
            self.remove(self._photos.index(photo))

    def remove(self, number: int) -> None:
        """Take one out."""
        self._end_caption()
        del self._photos[number]
        self._after()

    def move_photo(self, number: int, to: int) -> None:
        """Give one another place."""
        self._end_caption()
        to = min(max(to, 0), len(self._photos) - 1)
        self._photos.insert(to, self._photos.pop(number))
        self._current = to
        self._after()

    def clear(self) -> None:
        """Take all out."""
        self._end_caption()
        self._photos.clear()
        self._after()

    def _after(self) -> None:
        self._current = min(self._current, max(0, len(self._photos) - 1))
        self.setVisible(bool(self._photos))
        self._reveal()
        self._speak()
        self.changed.emit()

    # --- captions -------------------------------------------------------------------------

    def edit_caption(self, number: int) -> None:
        """Write under a photo."""
        self._current, self._editing = number, self._photos[number]
        self._reveal()
        self._editor.begin(self._editing.caption, self.caption_box(number), self._caption_hint())
        self.update()

    def _on_caption(self, text: str) -> None:
        if self._editing is not None:
            self._editing.caption = text
            self.changed.emit()

    def _end_caption(self) -> None:
        self._editing = None
        self._editor.hide()
        self.update()

    def _to_caption(self, step: int) -> bool:
        if not 0 <= self._current + step < len(self._photos):
            return False
        self.edit_caption(self._current + step)
        return True

    # --- painting and the pointer -------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for all thumbnails."""
        return QSize(round(MOST * (_WIDEST + _GAP)), self.height())

    def minimumSizeHint(self) -> QSize:
        """Nine small ones."""
        return QSize(200, self.height())

    def _pitch(self) -> float:
        count = max(1, len(self._photos))
        return min(_WIDEST + _GAP, max(_NARROWEST, (self.width() - 8) / count))

    def box(self, number: int) -> QRectF:
        """Where a thumbnail is."""
        pitch = self._pitch()
        return QRectF(2 + number * pitch - self._scrolled, _TOP, pitch - _GAP, _HIGH)

    def _scroll_to(self, wanted: float) -> None:
        room = max(0.0, len(self._photos) * self._pitch() + 8 - self.width())
        self._scrolled = min(max(0.0, wanted), room)
        self.update()

    def _reveal(self) -> None:
        """Bring the current one into a narrow window."""
        box, wanted = self.box(self._current), self._scrolled
        if box.right() + 12 > self.width():
            wanted += box.right() + 12 - self.width()
        elif box.left() < 2:
            wanted += box.left() - 2
        self._scroll_to(wanted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways, where there is more than fits."""
        turned = event.angleDelta()
        self._scroll_to(self._scrolled - (turned.y() or turned.x()) / 2)
        event.accept()

    def caption_box(self, number: int) -> QRectF:
        """Where the words under it are."""
        box = self.box(number)
        return QRectF(box.left(), box.bottom() + 2, box.width(), _CAPTION)

    def remove_box(self, number: int) -> QRectF:
        """Where its cross is."""
        box = self.box(number)
        return QRectF(box.right() - 14, box.top() - 6, 20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint thumbnails, captions and crosses."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, photo in enumerate(self._photos):
            self._paint(painter, number, photo)
        painter.end()

    def _paint(self, painter: QPainter, number: int, photo: ChosenPhoto) -> None:
        box = self.box(number)
        pictures.paint(painter, box, photo.picture)
        if photo.picture is None:
            mark = QRectF(0, 0, 22, 22)
            mark.moveCenter(box.center())
            icons.paint(painter, "sync" if photo.busy else "photo", mark, theme.color("ink_soft"))
        if self.hasFocus() and number == self._current:
            painter.setPen(QPen(theme.color("accent_ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        if self._editing is not photo:
            words = photo.caption or self._caption_hint()
            ink = theme.color("ink" if photo.caption else "ink_faint")
            below = self.caption_box(number)
            shown = draw.elided(words, theme.TINY_PX, round(below.width()))
            centre = Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, below, shown, fonts.font(theme.TINY_PX), ink, centre)
        cross = self.remove_box(number)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ink"))
        painter.drawEllipse(cross)
        icons.paint(painter, "close", cross.adjusted(5, 5, -5, -5), theme.color("surface"))

    def _caption_hint(self) -> str:
        if self.labelled:
            return translate("PhotoStrip", "Label")
        return translate("PhotoStrip", "Caption")

    def _at(self, point: QPoint) -> int:
        number = int((point.x() - 2 + self._scrolled) // self._pitch())
        return number if 0 <= number < len(self._photos) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remove by the cross, write under a photo, or begin to drag."""
        point = event.position()
        for number in range(len(self._photos)):
            if self.remove_box(number).contains(point):
                self.remove(number)
                return
            if self.caption_box(number).contains(point):
                self.edit_caption(number)
                return
        self.setFocus()
        self._current = max(0, self._at(point.toPoint()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the held thumbnail to where the pointer is."""
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        to = self._at(event.position().toPoint())
        if held and to >= 0 and to != self._current and self._editing is None:
            self.move_photo(self._current, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, with Alt or Ctrl they move; Enter writes a caption, Delete removes."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        carry = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._photos:
            self.remove(self._current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self._photos:
            self.edit_caption(self._current)
        elif step and event.modifiers() & carry:
            self.move_photo(self._current, self._current + step)
        elif step:
            self._current = min(max(self._current + step, 0), len(self._photos) - 1)
            self._reveal()
            self._speak()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which one the keyboard is at."""
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the caption under its photo."""
        super().resizeEvent(event)
        self._reveal()
        if self._editing is not None:
            self._editor.setGeometry(self.caption_box(self._current).toRect())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("PhotoStrip", "Photos to send"))
        self.setToolTip(
            translate("PhotoStrip", "Drag to reorder, Enter for the caption, Delete to remove")
        )
        if self._photos:
            here = self._photos[self._current]
            self.setAccessibleDescription(
                translate("PhotoStrip", "Photo {n} of {all}: {caption}").format(
                    n=self._current + 1, all=len(self._photos), caption=here.caption
                )
            )
