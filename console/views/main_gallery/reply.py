"""The reply box: everything that can go with the words, a note, quick replies."""

from __future__ import annotations

import math
from array import array
from typing import Final

from PySide6.QtCore import QObject

from console import paths
from console.ui.recorder import Microphone
from console.views.inbox.reply import ReplyPane
from console.views.main_gallery.tour import Tour, until
from console.views.shell import Shell

_PHOTOS: Final = ("a001-red.webp", "a001-camel.webp", "a001-grey.webp")
_SPOKEN_S: Final = 7


class _Hum(Microphone):
    """A voice without a microphone, so that a recording can be looked at anywhere."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        _Hum.newest = self

    newest: _Hum

    def begin(self) -> bool:
        """There is always something to hear."""
        return True

    def end(self) -> None:
        """Nothing to let go of."""

    def speak(self) -> None:
        """A few seconds, louder and softer."""
        count = _SPOKEN_S * self.rate_hz
        waves = (9_000 * math.sin(n / 4_000) * math.sin(n / 7) for n in range(count))
        self.heard.emit(array("h", map(round, waves)).tobytes())


async def reply(tour: Tour, shell: Shell) -> None:
    """Write in the conversation that is open, and leave nothing behind."""
    pane = shell.inbox.reply
    shell.activateWindow()
    await _attached(tour, shell)
    await _popups(tour, pane)

    async def noted() -> None:
        pane.set_note(on=True)
        pane.text.setPlainText("上次的大衣袖子改短过,试新款时量一下")

    await tour.shoot("reply-note", noted)
    pane.text.clear()
    pane.set_note(on=False)
    await pane.drafts.flush()


async def _attached(tour: Tour, shell: Shell) -> None:
    pane = shell.inbox.reply
    here = shell.inbox.timeline.model.conversation_id

    async def photos() -> None:
        folder = paths.resources() / "artwork"
        pane.add_files([folder / name for name in _PHOTOS])
        await until(lambda: not pane.strip.busy, "the photos")
        for photo, label in zip(pane.strip.chosen, ("红色", "驼色", "灰色"), strict=True):
            photo.caption = label
        pane.attached.shelf.lay_out(as_strip=True)

    async def left() -> None:
        model = shell.inbox.conversations.model
        row = model.row_of(here)
        shell.inbox.open(model.id_at(row - 1 if row else row + 1))
        await until(lambda: bool((row := model.item(here)) and row.begun_kind), "its row")

    async def recording() -> None:
        shell.inbox.open(here)
        pane.strip.clear()
        usual = pane.voice.recorder.open_microphone
        pane.voice.recorder.open_microphone = _Hum
        pane.voice.toggle()
        pane.voice.recorder.open_microphone = usual
        _Hum.newest.speak()

    async def recorded() -> None:
        pane.voice.finish()

    await tour.shoot("reply-photos", photos)
    await tour.shoot("reply-left", left)
    await tour.shoot("reply-recording", recording)
    await tour.shoot("reply-voice", recorded)
    pane.voice.put(None)


async def _popups(tour: Tour, pane: ReplyPane) -> None:
    async def quick() -> None:
        pane.quick.open()
        await until(pane.quick.popup.isVisible, "quick replies")

    async def items() -> None:
        pane.quick.popup.dismiss()
        pane.text.clear()
        pane.items.open()
        await until(pane.items.isVisible, "items")

    async def emoji() -> None:
        pane.items.dismiss()
        pane.use_tool("emoji")
        await until(pane.emoji.isVisible, "emoji")

    await tour.shoot("reply-quick", quick)
    await tour.shoot("reply-items", items)
    await tour.shoot("reply-emoji", emoji)
    pane.emoji.dismiss()
