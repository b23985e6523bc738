"""What goes with the words of a reply: photos, a video, a voice, an item's card."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import log
from console.desk.ports import BegunPort, WritingPort
from console.desk.types import PhotoItem
from console.ui import bubble_card, phrases, pictures
from console.ui.attached import Attached
from console.ui.bubble_phrases import minutes
from console.ui.file_choice import choose_files
from console.ui.i18n import language, translate
from console.ui.photo_shelf import PhotoShelf
from console.ui.photo_strip import MOST, ChosenPhoto
from console.ui.pictures import Pictures
from console.ui.player import Player
from console.ui.recorder import Recording
from console.ui.tasks import Tasks
from console.ui.widgets import snug, speaks
from console.views.inbox import reply_files
from console.views.inbox.reply_voice import VoiceBar
from console.views.inbox.unsent import ChosenItem, ChosenVideo, Unsent
from console.wire.errors import Refusal

_log = log.get_logger("views.reply")


class Attachments(QWidget):
    """Above the words, as high as what there is."""

    changed = Signal()
    complained = Signal(str)
    left = Signal()
    """The keyboard may go back to the words."""

    def __init__(
        self, writing: WritingPort, begun: BegunPort, tasks: Tasks, store: Pictures,
        player: Player,
    ) -> None:  # fmt: skip
        super().__init__()
        self._writing, self._begun, self._tasks, self._pictures = writing, begun, tasks, store
        self._shown = 0
        self._arriving: set[asyncio.Task[None]] = set()
        self._video: ChosenVideo | None = None
        self._owned: Recording | None = None
        self._item: ChosenItem | None = None
        self.shelf, self.voice = PhotoShelf(), VoiceBar(player, tasks)
        self.strip = self.shelf.strip
        self.video_chip, self.item_chip = Attached("video"), Attached("product")
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        for part in (self.voice, self.video_chip, self.shelf, self.item_chip):
            column.addWidget(part)
        self.shelf.changed.connect(self._on_changed)
        self.voice.changed.connect(self._on_voice)
        self.voice.recorder.changed.connect(self._show)
        self.voice.complained.connect(self.complained)
        self.voice.closed.connect(self.left)
        self.video_chip.removed.connect(lambda: self.set_video(None))
        self.item_chip.removed.connect(lambda: self.set_item(None))
        self._show()

    # --- all of it ------------------------------------------------------------------------

    @property
    def any(self) -> bool:
        """Whether there is something, or will be."""
        return bool(self.strip.photos or self._video or self._item or self.voice.voice
                    or self.voice.recording)  # fmt: skip

    def take(self) -> Unsent:
        """What there is; a voice being recorded ends here and is kept."""
        self.voice.finish()
        return self.at_hand()

    def at_hand(self) -> Unsent:
        """What there is now; a voice being recorded is none yet."""
        return Unsent(photos=self.strip.chosen, layout=self.shelf.layout_name,
                      voice=self.voice.voice, video=self._video, item=self._item)  # fmt: skip

    def put(self, unsent: Unsent) -> None:
        """Show these instead."""
        self._shown += 1
        self.strip.clear()
        self.shelf.lay_out(as_strip=bool(unsent.layout))
        self.strip.add(unsent.photos)
        for photo in unsent.photos:
            if photo.busy:
                self._start(self._take_in(photo))
        self.voice.put(unsent.voice)
        self.set_video(unsent.video)
        if unsent.video is not None and not unsent.video.duration_ms:
            self._start(self._look_at_video(unsent.video))
        self.set_item(unsent.item)

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.setVisible(self.any)

    # --- files ----------------------------------------------------------------------------

    def add_files(self, files: Sequence[Path | bytes]) -> None:
        """Photos into the strip, a video beside it; the others are named."""
        found = reply_files.sort(files)
        room = MOST - len(self.strip.photos)
        photos = [ChosenPhoto(photo) for photo in found.photos[: max(0, room)]]
        self.strip.add(photos)
        for photo in photos:
            self._start(self._take_in(photo))
        if found.videos:
            self._start(self._look_at_video(ChosenVideo(found.videos[0])))
        said = []
        if found.others:
            said.append(reply_files.no_kind(found.others))
        if len(found.photos) > len(photos):
            said.append(reply_files.no_room(found.photos[len(photos) :]))
        if len(found.videos) > 1 or (found.videos and self._video is not None):
            said.append(translate("Reply", "One video at a time; the newest is kept"))
        if said:
            self.complained.emit("\n".join(said))

    async def add_pictures(self, wanted: Sequence[PhotoItem]) -> None:
        """Those of a quick reply, unless something else is shown meanwhile."""
        shown = self._shown
        found = await self._writing.copies(wanted)
        if found and shown == self._shown:
            self.add_files(found)
        if len(found) < len(wanted):
            self.complained.emit(
                translate("Reply", "A picture of it is not on this computer; it needs the line")
            )

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.spawn(work)
        self._arriving.add(task)
        task.add_done_callback(self._arriving.discard)

    async def arrived(self) -> None:
        """Until everything given so far is here, or named as what cannot be sent."""
        await asyncio.gather(*self._arriving, return_exceptions=True)

    async def _take_in(self, photo: ChosenPhoto) -> None:
        if photo.copy is None:
            photo.name = photo.content.name if isinstance(photo.content, Path) else ""
            photo.copy = await self._own(photo.content)
            self.changed.emit()
        try:
            image = await reply_files.thumbnail(self._writing, photo.copy or photo.content)
        except (Refusal, OSError) as error:
            self.strip.drop(photo)
            self.complained.emit(reply_files.not_taken(photo.name, error))
            await self._drop(photo.copy)
        else:
            self.strip.looked_at(photo, image)

    async def _look_at_video(self, video: ChosenVideo) -> None:
        self.set_video(video)
        if video.copy is None:
            video.copy = await self._own(video.file)
            self.changed.emit()
        try:
            look = await self._writing.look(video.copy or video.file)
        except (Refusal, OSError) as error:
            if self._video is video:
                self.set_video(None)
            self.complained.emit(reply_files.not_taken(video.called, error))
            await self._drop(video.copy)
            return
        picture = QPixmap()
        known = bool(look.poster) and picture.loadFromData(look.poster)
        video.picture, video.duration_ms = picture if known else None, look.duration_ms
        if self._video is video:
            self.set_video(video)

    def _on_voice(self) -> None:
        voice = self.voice.voice
        if voice is not None and voice is not self._owned:
            self._owned = voice
            if voice.copy is None:
                self._start(self._own_voice(voice))
        self._on_changed()

    async def _own_voice(self, voice: Recording) -> None:
        voice.copy = await self._own(voice.content)
        self.changed.emit()

    async def _own(self, content: Path | bytes) -> Path | None:
        """Our copy, so that the original may vanish; ``None``: no room, it can be sent still."""
        try:
            return await self._begun.own(content)
        except (Refusal, OSError) as error:
            _log.warning("not_copied", reason=str(error))
            return None

    async def _drop(self, copy: Path | None) -> None:
        if copy is not None:
            await self._begun.drop(copy)

    def pick(self, *, videos: bool) -> None:
        """Choose photos, or a video, from the computer."""
        title = translate("Reply", "Choose a video") if videos else translate(
            "Reply", "Choose photos")  # fmt: skip
        kind = translate("Reply", "Videos") if videos else translate("Reply", "Photos")
        suffixes = reply_files.VIDEOS if videos else reply_files.PICTURES
        kinds = f"{kind} ({reply_files.patterns(suffixes)})"
        choose_files(self, title, kinds, self.add_files, several=not videos)

    # --- a video, an item -----------------------------------------------------------------

    def set_video(self, video: ChosenVideo | None) -> None:
        """Send this video; ``None``: none."""
        self._video = video
        self.video_chip.hide()
        if video is not None:
            length = minutes(video.duration_ms) if video.duration_ms else ""
            words = translate("Reply", "It is made small on its way; the bubble shows how far")
            below = " · ".join(part for part in (length, words) if part)
            self.video_chip.say(video.called, below, video.picture)
        self._on_changed()

    def set_item(self, item: ChosenItem | None) -> None:
        """Send the card of this item; ``None``: none."""
        self._item = item
        self.item_chip.hide()
        if item is not None:
            picture = pictures.of_product(self._pictures, item.product.picture, 160)
            self.item_chip.say(item_title(item), item_price(item), picture)
        self._on_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self.set_video(self._video)
            self.set_item(self._item)
        super().changeEvent(event)


def item_title(item: ChosenItem) -> str:
    """Name, colour and size in the clerk's language."""
    product, variant = item.product, item.variant
    english = language() == "en"
    name = (product.name_en if english else product.name) or product.name
    if variant is None:
        return name
    colour = (variant.colour_en if english else variant.colour) or variant.colour
    return " · ".join(part for part in (name, colour, variant.size) if part)


def item_price(item: ChosenItem) -> str:
    """What it costs, and what there is of it."""
    product, variant = item.product, item.variant
    price = phrases.money(product.price if product.promo_price is None else product.promo_price)
    if variant is not None:
        free = translate("Reply", "{n} to sell").format(n=variant.free)
        return f"{price} · {free}"
    sizes = list(dict.fromkeys(each.size for each in product.variants if each.free))
    return f"{price} · {bubble_card.in_stock(sizes)}"
