"""The photos of a draft: dragged in, pasted or picked, looked at one by one, laid out.

Files come in through ``intake`` while the page goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from console.desk.campaign_types import MAX_PHOTOS, DraftPhoto
from console.desk.campaigns_port import CampaignsPort
from console.desk.ports import WritingPort
from console.desk.types import PhotoItem, ProductChoice
from console.domain import prices
from console.domain.photo_shapes import Shape
from console.ui import bubble_phrases, phrases
from console.ui.crop_window import CropWindow
from console.ui.file_choice import choose_files
from console.ui.i18n import counted, translate
from console.ui.photo_grid import PhotoGrid
from console.ui.photo_tile import Tile
from console.ui.pictures import Pictures
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, button, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.views.campaigns.intake import Intake, reason_of
from console.views.campaigns.photo_item import ItemWindow, showing
from console.views.campaigns.shaping import Shaping

LAYOUTS: Final = ("cards", "strip", "grid")
_SHOWN_PX: Final = 480
_SUFFIXES: Final = ".jpg .jpeg .png .webp .heic .heif .avif .mp4 .mov .m4v .webm .mkv".split()


class PhotosPart(QWidget):
    """Photos of the version that is edited."""

    def __init__(
        self, editing: Editing, port: CampaignsPort, writing: WritingPort, pictures: Pictures,
        tasks: Tasks,
    ) -> None:  # fmt: skip
        super().__init__()
        self._writing = writing
        self._editing = editing
        self._port, self._pictures, self._tasks = port, pictures, tasks
        self._enlarging = ""
        self.intake = Intake(editing, port, tasks)
        self.shaping = Shaping(
            editing, port, self.intake, tasks, lambda item: pictures.load(item, _SHOWN_PX)
        )
        self.grid = PhotoGrid(pictures.get, MAX_PHOTOS)
        self.layouts = {name: Chip() for name in LAYOUTS}
        self._title, self._hint = label("heading"), label("soft")
        self.progress, self._count = QProgressBar(), label("tiny")
        self.stop = button("link")
        self._busy = QWidget()
        self.faults, self._close = label("fault", wrap=True), button("link")
        self._bad = QWidget()
        self._arrange()
        self._connect(pictures)
        self._speak()

    def _arrange(self) -> None:
        head, busy, bad = QHBoxLayout(), QHBoxLayout(self._busy), QHBoxLayout(self._bad)
        snug(head, spacing=8)
        head.addWidget(self._title)
        # Said in full where there is room; the layouts beside it are never pushed out of sight.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._hint, 1)
        for chip in self.layouts.values():
            head.addWidget(chip)
        snug(busy, spacing=10)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        busy.addWidget(self._count)
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.stop)
        snug(bad, spacing=8)
        bad.addWidget(self.faults, 1)
        bad.addWidget(self._close)
        column = QVBoxLayout(self)
        snug(column, spacing=10)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addWidget(self._busy)
        column.addWidget(self._bad)
        self._busy.hide()
        self._bad.hide()

    def _connect(self, pictures: Pictures) -> None:
        self._editing.changed.connect(self.show_draft)
        self.intake.moved.connect(self._show_intake)
        self.shaping.moved.connect(self.show_draft)
        self._editing.stood.connect(self.show_draft)
        pictures.arrived.connect(lambda _: self.grid.update())
        self.grid.moved.connect(self._move)
        self.grid.removed.connect(self._remove)
        self.grid.captioned.connect(self._caption)
        self.grid.asked.connect(self._do)
        self.grid.dropped.connect(self.add)
        self.grid.pick_wanted.connect(self.pick)
        self.stop.clicked.connect(self.intake.cancel)
        self._close.clicked.connect(self.intake.forget_faults)
        for name, chip in self.layouts.items():
            chip.clicked.connect(lambda _=False, name=name: self._lay_out(name))

    # --- showing --------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show the version that is edited."""
        variant, editable = self._editing.variant, self._editing.editable
        self.grid.show_tiles([self._tile(each) for each in variant.photos])
        if self.grid.locked == editable:
            self.grid.set_locked(locked=not editable)
        for name, chip in self.layouts.items():
            chip.setChecked((variant.layout or "cards") == name)
            chip.setEnabled(editable and len(variant.photos) > 1)
        count = len(variant.photos)
        self.setVisible(editable or count > 0)
        words = translate("Campaigns", "{n} · drag photos in, drag to reorder")
        if not editable:
            words = counted(count, translate("Campaigns", "1 photo"),
                            translate("Campaigns", "{n} photos"))  # fmt: skip
        film = translate("Campaigns", "a video stands alone; it is made small for phones")
        self._hint.setText(film if variant.is_film else words.format(n=count) if count else "")
        self._show_intake()

    def _tile(self, photo: DraftPhoto) -> Tile:
        now, wanted = photo.shape, self.shaping.wanted(photo)
        quarters = (wanted.quarters - now.quarters) % 4
        cut = wanted.part != now.part.turned(quarters)
        busy = cut or photo.name == self._enlarging
        linked = bool(photo.item.product_id)
        film = bubble_phrases.minutes(photo.item.duration_ms) if photo.is_film else ""
        return Tile(photo.item, phrases.under(photo.item), quarters, busy, linked, film)

    @property
    def busy(self) -> bool:
        """Whether files are still looked at, or photos made anew."""
        return self.intake.left + self.shaping.left > 0

    def stop_work(self) -> None:
        """End what runs."""
        self.intake.close()
        self.shaping.close()

    # --- adding ---------------------------------------------------------------------------

    def add(self, files: Sequence[Path | bytes]) -> None:
        """Take files in until there is no room left; those without are named."""
        if self._editing.editable and files:
            self.intake.add(files)

    def pick(self) -> None:
        """Choose files."""
        patterns = " ".join(f"*{suffix}" for suffix in _SUFFIXES)
        kinds = translate("Campaigns", "Photos and videos")
        title = translate("Campaigns", "Choose photos")
        choose_files(self, title, f"{kinds} ({patterns})", self.add)

    def _show_intake(self) -> None:
        left, done = self.intake.left, self.intake.done
        self._busy.setVisible(left > 0)
        self.progress.setRange(0, max(1, done + left))
        self.progress.setValue(done)
        words = translate("Campaigns", "Looking at photo {n} of {all}…")
        self._count.setText(words.format(n=done + 1, all=done + left))
        self.faults.setText("\n".join(self.intake.faults))
        self._bad.setVisible(bool(self.intake.faults) and self._editing.editable)

    # --- changing -------------------------------------------------------------------------

    def _move(self, number: int, to: int) -> None:
        photos = list(self._editing.variant.photos)
        photos.insert(to, photos.pop(number))
        self._editing.change_variant("move", photos=tuple(photos))

    def _remove(self, number: int) -> None:
        photos = list(self._editing.variant.photos)
        del photos[number]
        layout = self._editing.variant.layout if photos else ""
        self._editing.change_variant("", photos=tuple(photos), layout=layout)

    def _caption(self, number: int, words: str) -> None:
        caption, price = prices.split(words)
        item = self._editing.variant.photos[number].item
        self._say(number, f"caption{number}", replace(item, caption=caption, price=price))

    def _say(self, number: int, what: str, item: PhotoItem) -> None:
        """Something else stands under a photo now."""
        photos = list(self._editing.variant.photos)
        photos[number] = replace(photos[number], item=item)
        self._editing.change_variant(what, photos=tuple(photos))

    def _do(self, number: int, what: str) -> None:
        if what == "crop":
            self._tasks.spawn(self._open_crop(number))
        elif what == "item":
            self._open_items(number)
        else:
            self.shaping.turn(number, 1 if what == "right" else -1)

    async def _open_crop(self, number: int) -> None:
        """Over the whole photo, as it was taken; its window goes with the page's."""
        photo, key = self._editing.variant.photos[number], self._editing.client_id
        if self._enlarging:
            return
        self._enlarging = photo.name
        self.show_draft()
        try:
            picture = QPixmap()
            picture.loadFromData(await self._port.enlarged(photo))
        except Exception as error:  # noqa: BLE001 - it is said, whatever ails the photo
            words = translate("Campaigns", "Photo {n} cannot be cropped: {reason}")
            self.intake.say(key, words.format(n=number + 1, reason=reason_of(error)))
            return
        finally:
            self._enlarging = ""
            self.show_draft()
        window = CropWindow(picture, self.shaping.wanted(photo), self)
        window.shaped.connect(lambda shape: self._reshape(photo, shape))
        window.open()

    def _open_items(self, number: int) -> None:
        photo = self._editing.variant.photos[number]
        window = ItemWindow(self._writing, self._pictures, photo.item, self._tasks, self)
        window.linked.connect(lambda product, colour: self._link(photo.name, product, colour))
        window.unlinked.connect(lambda: self._link(photo.name, None, ""))
        window.open()

    def _link(self, name: str, product: ProductChoice | None, colour: str) -> None:
        """As one step to undo; a photo that went meanwhile stays gone."""
        variant = self._editing.variant
        for number, photo in enumerate(variant.photos):
            if photo.name == name and product is not None:
                spoken, as_label = self._editing.draft.language, variant.layout == "strip"
                self._say(number, "", showing(photo.item, product, colour, spoken,
                                              as_label=as_label))  # fmt: skip
            elif photo.name == name:
                self._say(number, "", replace(photo.item, product_id=0, colour=""))

    def _reshape(self, photo: DraftPhoto, shape: Shape) -> None:
        names = [each.name for each in self._editing.variant.photos]
        if photo.name in names:
            self.shaping.ask(names.index(photo.name), shape)

    def _lay_out(self, name: str) -> None:
        self._editing.change_variant("", layout=name)
        self.show_draft()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Photos"))
        self.stop.setText(translate("Campaigns", "Stop"))
        self._close.setText(translate("Campaigns", "Dismiss"))
        self.layouts["cards"].setText(translate("Campaigns", "Cards"))
        self.layouts["strip"].setText(translate("Campaigns", "Colour strip"))
        self.layouts["grid"].setText(translate("Campaigns", "Grid"))
        self.show_draft()
