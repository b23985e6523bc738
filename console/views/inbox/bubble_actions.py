"""What can be done with one bubble: by click, from its menu, with a key, by carrying it out."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImageReader
from PySide6.QtWidgets import QMenu

from console.desk.ports import DeskPorts
from console.desk.types import MessageItem, PhotoItem, QuoteItem
from console.ui import icons, theme
from console.ui.clock import ShopClock
from console.ui.file_choice import choose_place
from console.ui.i18n import translate
from console.ui.message_delegate import Hit
from console.ui.pictures import Pictures
from console.ui.player import Player
from console.ui.tasks import Tasks
from console.ui.text_layout import first_link
from console.ui.when import WhenWindow
from console.ui.written_file import write_whole
from console.views.inbox.bubbles import Bubbles, copy_text
from console.views.inbox.change_words import ChangeWords

_LARGE = 1600
_SUFFIX = {"jpeg": ".jpg"}
_Choice = tuple[str, str, Callable[[], object], bool]


class BubbleActions(QObject):
    """Acts on the bubbles of one list; asks the screen for what concerns others."""

    photo_opened = Signal(object, int)
    """A message, and which of its photos."""
    video_opened = Signal(object)
    answered = Signal(object)
    given_back = Signal(str)
    """Words of a discarded message."""
    quote_wanted = Signal(object)
    """A ``QuoteItem`` whose message is to be shown."""
    complained = Signal(str)

    def __init__(
        self, desks: DeskPorts, tasks: Tasks, clock: ShopClock, pictures: Pictures,
        player: Player, bubbles: Bubbles,
    ) -> None:  # fmt: skip
        super().__init__(bubbles)
        self._port, self._writing = desks.inbox, desks.writing
        self._tasks, self._clock, self._pictures = tasks, clock, pictures
        self._player, self._bubbles = player, bubbles
        self.conversation_id = 0
        self._folder: QTemporaryDir | None = None
        bubbles.clicked_at.connect(self.click)
        bubbles.menu_at.connect(self.open_menu)
        bubbles.copied.connect(self.copy_current)
        bubbles.answered.connect(self.answer)
        bubbles.recalled.connect(self.take_back)
        bubbles.dragged.connect(self.carry_photo)

    # --- clicks ---------------------------------------------------------------------------

    def click(self, hit: Hit, item: Any) -> None:
        """Do what was clicked."""
        actions: dict[str, Callable[[], object]] = {
            "photo": lambda: self.photo_opened.emit(item, hit.value),
            "video": lambda: self.video_opened.emit(item),
            "play": lambda: self._player.play(item.key, item.photos[0], item.sender_name),
            "seek": lambda: self._seek(item, hit.value),
            "speed": self._player.next_speed,
            "quote": lambda: self._show_quoted(hit.value),
            "link": lambda: QDesktopServices.openUrl(QUrl(hit.value)),
            "retry": lambda: self._tasks.spawn(self._port.retry(hit.value)),
            "discard": lambda: self.discard(item),
            "send_now": lambda: self._send_now(item),
            "reschedule": lambda: self.change_time(item),
            "unschedule": lambda: self.take_back(item),
            "unsend": lambda: self.take_back(item),
        }
        if hit.kind in actions:
            actions[hit.kind]()

    def _seek(self, item: MessageItem, part: float) -> None:
        playing = self._player.playing
        if playing is not None and playing.key == item.key:
            self._player.seek(part)
        else:
            self._player.play(item.key, item.photos[0], item.sender_name)

    def _show_quoted(self, quote: QuoteItem) -> None:
        if quote.seq:
            self.quote_wanted.emit(quote)
        else:
            self.complained.emit(
                translate("Timeline", "That message is not on this computer; scroll up to it")
            )

    def answer(self, item: MessageItem) -> None:
        """Answer a message that is on the relay."""
        if item.id and not item.recalled:
            self.answered.emit(item)

    def discard(self, item: MessageItem) -> None:
        """Give a refused message up; its words go back into the reply box."""
        self._tasks.spawn(self._port.discard(item.entry))
        if item.body and not item.due:
            self.given_back.emit(item.body)

    def take_back(self, item: MessageItem) -> None:
        """Recall a message, remove a note, cancel what was to be sent later."""
        if item.kind == "note":
            self._tasks.spawn(self._writing.remove_note(self.conversation_id, item.key))
        elif item.kind == "scheduled":
            self._tasks.spawn(self._writing.cancel_scheduled(self.conversation_id, item.key))
        else:
            self._tasks.spawn(self._port.recall(item.key))

    # --- to be sent later -------------------------------------------------------------------

    def _send_now(self, item: MessageItem) -> None:
        self._tasks.spawn(self._writing.send_now(self.conversation_id, item.key))

    def change_time(self, item: MessageItem) -> None:
        """Ask for another moment."""
        conversation_id = self.conversation_id
        window = WhenWindow(self._clock, self._bubbles.window(), item.due_at)

        def change(at: datetime) -> None:
            self._tasks.spawn(self._writing.change_scheduled(conversation_id, item.key, due_at=at))

        window.chosen.connect(change)
        window.open()

    def change_words(self, item: MessageItem) -> None:
        """Ask for other words."""
        conversation_id = self.conversation_id
        window = ChangeWords(item.body, self._bubbles.window(), may_be_empty=bool(item.photos))

        def change(body: str) -> None:
            self._tasks.spawn(self._writing.change_scheduled(conversation_id, item.key, body=body))

        window.chosen.connect(change)
        window.open()

    # --- the menu -------------------------------------------------------------------------

    def open_menu(self, item: MessageItem, at: QPoint, hit: Hit | None = None) -> None:
        """Offer what can be done with a bubble; ``hit``: what of it lies under the pointer."""
        menu = QMenu(self._bubbles)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon, text, slot, wanted in self.choices(item, hit):
            if wanted:
                action = menu.addAction(icons.icon(icon, 18, theme.color("ink_soft")), text)
                action.triggered.connect(lambda _=False, slot=slot: slot())
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def choices(self, item: MessageItem, hit: Hit | None = None) -> list[_Choice]:
        """Everything a menu may offer: icon, words, what it does, whether it fits the bubble."""
        there, failed = not item.recalled, item.state == "failed"
        later = item.kind == "scheduled"
        spawn, port = self._tasks.spawn, self._port
        return [
            *self._to_take_along(item, hit),
            ("reply", translate("Timeline", "Answer this"), lambda: self.answer(item),
             there and bool(item.id)),
            ("send", translate("Timeline", "Send now"), lambda: self._send_now(item), later),
            ("clock", translate("Timeline", "Another time…"), lambda: self.change_time(item),
             later),
            ("edit", translate("Timeline", "Change the words…"), lambda: self.change_words(item),
             later and item.card is None),
            ("recall", _taking_back(item.kind), lambda: self.take_back(item),
             there and (item.recallable or later)),
            ("retry", translate("Timeline", "Try again"), lambda: spawn(port.retry(item.entry)),
             failed),
            ("trash", translate("Timeline", "Discard"), lambda: self.discard(item), failed),
        ]  # fmt: skip

    def _to_take_along(self, item: MessageItem, hit: Hit | None) -> list[_Choice]:
        """Words, the photo under the pointer (else the first), the link likewise."""
        there, photo, link = not item.recalled, _photo(item, hit), _link(item, hit)
        return [
            ("copy", translate("Timeline", "Copy text"), lambda: self.copy_text(item),
             there and bool(item.body)),
            ("copy", translate("Timeline", "Copy photo"), lambda: self.copy_photo(photo),
             there and photo is not None),
            ("download", translate("Timeline", "Save photo as…"), lambda: self.save_photo(photo),
             there and photo is not None),
            ("link", translate("Timeline", "Open the link"),
             lambda: QDesktopServices.openUrl(QUrl(link)), there and bool(link)),
            ("copy", translate("Timeline", "Copy the link"), lambda: copy_text(link),
             there and bool(link)),
        ]  # fmt: skip

    # --- copying, saving, carrying ----------------------------------------------------------

    def copy_current(self) -> None:
        """Copy what is selected with the mouse, else the current message."""
        chosen = self._bubbles.selected_text()
        item = self._bubbles.current_item()
        if chosen:
            copy_text(chosen)
        elif item is not None and item.body and not item.recalled:
            copy_text(item.body)
        elif item is not None and _shows_photos(item):
            self.copy_photo(item.photos[0])

    def copy_text(self, item: MessageItem) -> None:
        """The selected words, or all of them."""
        copy_text(self._bubbles.selected_text() or item.body)

    def copy_photo(self, photo: PhotoItem | None) -> None:
        """Put a photo on the clipboard."""
        if photo is not None:
            self._tasks.spawn(self._copy_photo(photo))

    async def _copy_photo(self, photo: PhotoItem) -> None:
        shown = await self._pictures.load(photo, _LARGE)
        if shown is None:
            self._say_missing()
        else:
            QGuiApplication.clipboard().setPixmap(shown)

    def save_photo(self, photo: PhotoItem | None) -> None:
        """Ask where to, then write the photo's file there."""
        if photo is not None:
            self._tasks.spawn(self._save_photo(photo))

    async def _save_photo(self, photo: PhotoItem) -> None:
        file = await self._file(photo)
        if file is None:
            return
        choose_place(
            self._bubbles.window(), translate("Timeline", "Save photo"), _name(photo, file), "",
            lambda to: self._tasks.spawn(self._write(file, to)),
        )  # fmt: skip

    async def _write(self, file: Path, to: Path) -> None:
        try:
            await asyncio.to_thread(lambda: write_whole(to, file.read_bytes()))
        except OSError:
            self.complained.emit(translate("Timeline", "The photo could not be written there"))

    async def _file(self, photo: PhotoItem) -> Path | None:
        file = Path(photo.path) if photo.path else await self._port.photo(photo.media_id, _LARGE)
        if file is None:
            self._say_missing()
        return file

    def _say_missing(self) -> None:
        self.complained.emit(translate("PhotoViewer", "This photo is not on this computer yet"))

    def carry_photo(self, item: Any, number: int) -> None:
        """Let a photo be dropped outside as a file with a name."""
        if isinstance(item, MessageItem) and number < len(item.photos):
            self._tasks.spawn(self._carry(item.photos[number]))

    async def _carry(self, photo: PhotoItem) -> None:
        file = await self._file(photo)
        if file is None:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(await self.named_copy(photo, file)))])
        shown = self._pictures.get(photo)
        if shown is not None:
            mime.setImageData(shown.toImage())
        self._bubbles.carry(mime, shown)

    async def named_copy(self, photo: PhotoItem, file: Path) -> Path:
        """A copy whose name tells its kind; it goes with the program's end."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        to = Path(self._folder.path()) / _name(photo, file)
        await asyncio.to_thread(shutil.copyfile, file, to)
        return to


def _taking_back(kind: str) -> str:
    if kind == "note":
        return translate("Timeline", "Delete the note")
    if kind == "scheduled":
        return translate("Timeline", "Do not send")
    return translate("Timeline", "Take back")


def _photo(item: MessageItem, hit: Hit | None) -> PhotoItem | None:
    if not _shows_photos(item):
        return None
    return item.photos[hit.value if hit is not None and hit.kind == "photo" else 0]


def _link(item: MessageItem, hit: Hit | None) -> str:
    if hit is not None and hit.kind == "link":
        return str(hit.value)
    return first_link(item.body)


def _shows_photos(item: MessageItem) -> bool:
    return bool(item.photos) and item.kind not in ("voice", "video")


def _name(photo: PhotoItem, file: Path) -> str:
    kind = bytes(QImageReader(str(file)).format().data()).decode("ascii", "ignore") or "jpeg"
    number = photo.media_id or Path(photo.path).stem[:8]
    return f"hanger-{number}{_SUFFIX.get(kind, '.' + kind)}"
