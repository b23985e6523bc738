"""Pictures of a quick reply: small, in order, each with a way out, and a way to add more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.types import PhotoItem
from console.domain.quick_replies import MAX_PICTURES
from console.ui.file_choice import choose_files
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug, speaks

_SIDE: Final = 64
_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif")


class PictureRow(QWidget):
    """Up to nine; files may be dropped on it."""

    changed = Signal()

    def __init__(self, pictures: Pictures, tasks: Tasks) -> None:
        super().__init__()
        self._pictures, self._tasks = pictures, tasks
        self._photos: list[PhotoItem] = []
        self.thumbs: list[QPushButton] = []
        self._title, self.add, self._count = label("soft"), button("chip"), label("tiny")
        self.add.clicked.connect(self._pick)
        self._ground = QWidget()
        self._flow = FlowLayout(self._ground, 8)
        above = QHBoxLayout()
        snug(above, spacing=8)
        above.addWidget(self._title)
        above.addWidget(self._count, 1)
        above.addWidget(self.add)
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        column.addLayout(above)
        column.addWidget(self._ground)
        self.setAcceptDrops(True)
        self.show_photos(())

    @property
    def media_ids(self) -> list[int]:
        """Those on the relay that are kept, in order."""
        return [photo.media_id for photo in self._photos if photo.media_id]

    @property
    def files(self) -> list[Path]:
        """Those to be added, in order."""
        return [Path(photo.path) for photo in self._photos if photo.path]

    @property
    def photos(self) -> tuple[PhotoItem, ...]:
        """All of them."""
        return tuple(self._photos)

    def show_photos(self, photos: Sequence[PhotoItem]) -> None:
        """Show these."""
        self._photos = list(photos)
        self._show()

    def add_files(self, files: Sequence[Path]) -> None:
        """Add pictures while there is room."""
        fitting = [file for file in files if file.suffix.casefold() in _SUFFIXES]
        room = MAX_PICTURES - len(self._photos)
        self._photos += [PhotoItem(path=str(file)) for file in fitting[:room]]
        self._show()
        self.changed.emit()

    def _pick(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in _SUFFIXES)
        kinds = f"{self._title.text()} ({patterns})"
        choose_files(self, translate("QuickReplies", "Choose pictures"), kinds, self.add_files)

    def _show(self) -> None:
        emptied(self._flow)
        self.thumbs = [self._thumb(number) for number in range(len(self._photos))]
        self._ground.setVisible(bool(self._photos))
        self._ground.updateGeometry()
        self.add.setEnabled(len(self._photos) < MAX_PICTURES)
        self._speak()

    def _thumb(self, number: int) -> QPushButton:
        photo, thumb = self._photos[number], QPushButton()
        thumb.setProperty("look", "thumb")
        thumb.setFixedSize(_SIDE + 8, _SIDE + 8)
        thumb.setIconSize(QSize(_SIDE, _SIDE))
        thumb.setCursor(Qt.CursorShape.PointingHandCursor)
        name = translate("QuickReplies", "Remove picture {n}").format(n=number + 1)
        thumb.setAccessibleName(name)
        thumb.setToolTip(name)
        thumb.clicked.connect(lambda: self._remove(photo))
        self._flow.addWidget(thumb)
        self._tasks.spawn(self._draw(thumb, photo))
        return thumb

    async def _draw(self, thumb: QPushButton, photo: PhotoItem) -> None:
        found = await self._pictures.load(photo, 480)
        if found is not None and thumb in self.thumbs:
            square = found.scaled(
                _SIDE * 2, _SIDE * 2, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            thumb.setIcon(QIcon(square))

    def _remove(self, photo: PhotoItem) -> None:
        self._photos.remove(photo)
        self._show()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        urls = event.mimeData().urls()
        self.add_files([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("QuickReplies", "Pictures"))
        self._count.setText(f"{len(self._photos)} / {MAX_PICTURES}" if self._photos else "")
        self.add.setText(translate("QuickReplies", "+ Picture"))
