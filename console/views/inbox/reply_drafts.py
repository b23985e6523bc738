"""The words of a reply as a draft: kept with the desk all the time, never lost, told as typing.

What another console wrote meanwhile stands beside, until it is used or dropped.  Words for
colleagues are no draft: they stay on this computer, so that no other console offers to send
them to the member.
"""

from __future__ import annotations

import asyncio
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from console.desk.ports import BegunPort, InboxPort
from console.desk.types import DraftItem
from console.ui.composer import Composer
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.widgets import LineLabel, button, snug, speaks

_SAVE_MS: Final = 400
_TYPING_MS: Final = 4_000


class DraftBar(QFrame):
    """Shown only while there are other words beside; keeps the draft of one field."""

    note_found = Signal()
    """What stands in the field now is a note that was begun before."""

    def __init__(self, port: InboxPort, begun: BegunPort, tasks: Tasks, text: Composer) -> None:
        super().__init__()
        self._port, self._begun, self._tasks, self._text = port, begun, tasks, text
        self._conversation = 0
        self._saved = ""
        self._beside = ""
        self._loading = False
        self._typing = False
        self._handing = 0
        self._later: list[tuple[int, str, bool]] = []
        """Words that were left while messages were handed over; and whether they are a note's."""
        self._secret = False
        self._turn = asyncio.Lock()
        """Words are kept in the order they were written, and read when they are kept."""
        self.setProperty("look", "beside")
        self._words, self._use, self._drop = LineLabel("soft"), button("link"), button("link")
        row = QHBoxLayout(self)
        snug(row, 12, 4, 6, 4, spacing=4)
        row.addWidget(self._words, 1)
        row.addWidget(self._use)
        row.addWidget(self._drop)
        self._use.clicked.connect(self.use_beside)
        self._drop.clicked.connect(self.drop_beside)
        self._save_timer = once(self, _SAVE_MS, self.save)
        self._typing_timer = once(self, _TYPING_MS, self.stop_typing)
        text.textChanged.connect(self._on_text)
        self.hide()
        self._speak()

    @property
    def paused(self) -> bool:
        """While messages are handed over: what they take along is no draft any more."""
        return self._handing > 0

    # --- which conversation ---------------------------------------------------------------

    def open(self, conversation_id: int) -> None:
        """Keep another conversation's words."""
        text = self._text.toPlainText()
        if self.paused and self._conversation and text != self._saved:
            self._later.append((self._conversation, text, self._secret))
        self.save()
        self.stop_typing()
        self._conversation = conversation_id
        self._show(DraftItem(conversation_id=conversation_id))
        if conversation_id:
            self._tasks.spawn(self._load(conversation_id))

    def refresh(self) -> None:
        """The draft changed elsewhere."""
        if self._conversation and not self._save_timer.isActive() and not self.paused:
            self._tasks.spawn(self._load(self._conversation))

    async def _load(self, conversation_id: int) -> None:
        async with self._turn:
            draft = await self._port.draft(conversation_id)
            note = await self._begun.note(conversation_id)
        if conversation_id != self._conversation:
            return
        if note and not self._text.toPlainText():
            self._show(DraftItem(conversation_id=conversation_id, body=note, beside=draft.beside))
            self.note_found.emit()
        elif self._secret:
            self._show_beside(draft.beside)
        elif self._text.toPlainText() == self._saved and not self._text.composing:
            self._show(draft)
        else:
            self._show_beside(draft.beside)

    def _show(self, draft: DraftItem) -> None:
        self._loading = True
        if self._text.toPlainText() != draft.body:
            self._text.setPlainText(draft.body)
            self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        self._loading = False
        self._saved = draft.body
        self._show_beside(draft.beside)

    # --- keeping --------------------------------------------------------------------------

    def _on_text(self) -> None:
        if self._loading or not self._conversation:
            return
        self._save_timer.start()
        if self._text.toPlainText().strip() and not self._secret:
            self._start_typing()

    def set_secret(self, *, on: bool, moved: bool) -> None:
        """Whether the words are for colleagues; ``moved``: those that stand here become so."""
        self._secret = on
        if on:
            self.stop_typing()
        self._show_beside(self._beside)
        if moved and self._conversation:
            self._save_timer.stop()
            self._saved = self._text.toPlainText()
            self._tasks.spawn(self._move(self._conversation, self._saved, secret=on))

    async def _move(self, conversation_id: int, text: str, *, secret: bool) -> None:
        """The new place first: a crash between leaves the words in both, never in none."""
        async with self._turn:
            await self._put(conversation_id, text, secret=secret)
            await self._put(conversation_id, "", secret=not secret)

    async def store(self, conversation_id: int, text: str, *, secret: bool) -> None:
        """Keep words of any conversation: as a begun note, or as its draft."""
        async with self._turn:
            await self._put(conversation_id, text, secret=secret)

    async def _put(self, conversation_id: int, text: str, *, secret: bool) -> None:
        if secret:
            await self._begun.keep_note(conversation_id, text)
        else:
            await self._port.save_draft(conversation_id, text)

    def save(self) -> None:
        """Keep the words now."""
        self._save_timer.stop()
        text = self._text.toPlainText()
        if self._conversation and text != self._saved and not self.paused:
            self._saved = text
            self._tasks.spawn(self.store(self._conversation, text, secret=self._secret))

    async def flush(self) -> None:
        """Keep the words before everything ends."""
        self._save_timer.stop()
        text = self._text.toPlainText()
        if self._conversation and text != self._saved:
            self._saved = text
            await self.store(self._conversation, text, secret=self._secret)

    def begin_sending(self) -> None:
        """The words are taken along; the field is emptied without keeping that."""
        self._save_timer.stop()
        self.stop_typing()
        self._handing += 1
        self._loading = True
        self._text.clear()
        self._loading = False
        self._saved = ""

    def end_sending(self) -> None:
        """They are queued, or given back; what stands here now is a draft again."""
        self._handing -= 1
        if self.paused:
            return
        for conversation_id, text, secret in self._later:
            self._tasks.spawn(self.store(conversation_id, text, secret=secret))
        self._later.clear()
        if self._text.toPlainText() != self._saved:
            self._save_timer.start()

    # --- beside ---------------------------------------------------------------------------

    def _show_beside(self, words: str) -> None:
        self._beside = words
        shown = " ".join(words.split())
        self._words.say(
            translate("Reply", "Your other console wrote: {text}").format(text=shown[:400])
        )
        self.setVisible(bool(words) and not self._secret)

    def use_beside(self) -> None:
        """Take the other console's words; the own ones stay in front of them."""
        text = self._text.toPlainText().rstrip()
        joined = f"{text}\n{self._beside}" if text else self._beside
        self._show_beside("")
        self._text.setPlainText(joined)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        self._finish_beside(joined)

    def drop_beside(self) -> None:
        """Let the other console's words go."""
        self._show_beside("")
        self._finish_beside(self._text.toPlainText())

    def _finish_beside(self, body: str) -> None:
        self._save_timer.stop()
        self._saved = body
        self._tasks.spawn(self._port.save_draft(self._conversation, body, drop_beside=True))

    # --- typing ---------------------------------------------------------------------------

    def _start_typing(self) -> None:
        if not self._typing:
            self._typing = True
            self._tasks.spawn(self._port.typing(self._conversation, True))
        self._typing_timer.start()

    def stop_typing(self) -> None:
        """Nobody types here now."""
        self._typing_timer.stop()
        if self._typing:
            self._typing = False
            self._tasks.spawn(self._port.typing(self._conversation, False))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._use.setText(translate("Reply", "Use"))
        self._drop.setText(translate("Reply", "Drop"))
        self._show_beside(self._beside)
