"""The card of the automatic answer: whether, in which words, and who would get what."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QEvent, Qt, QTime
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
)

from console.desk.opening import Opening, OpeningPort
from console.domain.after_hours import LANGUAGES, MAX_CHARS, WHEN, AutoReply
from console.domain.hours import Hours
from console.ui import hour_phrases
from console.ui.forms import roomy
from console.ui.i18n import translate
from console.ui.save_bar import SaveBar
from console.ui.section import Section
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import Chip, button, frame, label, snug, speaks

_SUNDAY = 6
_LATE = QTime(22, 0)
_TEXT_HIGH = 84


class AnswerCard(Section):
    """Edited and saved as a whole; the preview follows what is typed."""

    def __init__(self, desk: OpeningPort, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._fresh = Reload(tasks, self._load)
        self._base: Opening | None = None
        self._elsewhere: Opening | None = None
        self._hours: Hours | None = None
        self._words = ["", ""]
        self.on, self.text = QCheckBox(), QPlainTextEdit()
        self.tongues = {name: Chip() for name in LANGUAGES}
        self.when, self.bar = button("chip"), SaveBar()
        self._language_words, self._text_words = label("soft"), label("soft")
        self._hint = label("tiny", wrap=True)
        self.preview_now, self.preview_then = label(wrap=True), label(wrap=True)
        self._now_words, self._then_words = label("soft"), label("soft")
        self._preview_words = label("soft")
        self.day, self.time = QComboBox(), roomy(QTimeEdit(_LATE))
        self._arrange()
        self._connect()
        self._speak()

    # --- building -------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.text.setProperty("look", "note")
        self.text.setFixedHeight(_TEXT_HIGH)
        self.text.setTabChangesFocus(True)
        self.time.setDisplayFormat("HH:mm")
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time.setFixedWidth(78)
        self.day.setMinimumWidth(110)
        group, tongues = QButtonGroup(self), QHBoxLayout()
        snug(tongues, spacing=8)
        tongues.addWidget(self._language_words)
        for chip in self.tongues.values():
            group.addButton(chip)
            tongues.addWidget(chip)
        tongues.addStretch(1)
        above = QHBoxLayout()
        snug(above, spacing=8)
        above.addWidget(self._text_words, 1)
        above.addWidget(self.when)
        self.column.addWidget(self.on)
        self.column.addLayout(tongues)
        self.column.addLayout(above)
        self.column.addWidget(self.text)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._preview())
        self.column.addWidget(self.bar)

    def _preview(self) -> QFrame:
        ground = frame("beside")
        column = QVBoxLayout(ground)
        snug(column, 14, 12, 14, 12, spacing=8)
        column.addWidget(self._preview_words)
        then = QHBoxLayout()
        snug(then, spacing=8)
        then.addWidget(self._then_words)
        then.addWidget(self.day)
        then.addWidget(self.time)
        then.addStretch(1)
        column.addWidget(self._now_words)
        column.addWidget(self.preview_now)
        column.addLayout(then)
        column.addWidget(self.preview_then)
        return ground

    def _connect(self) -> None:
        for number, (name, chip) in enumerate(self.tongues.items()):
            chip.setObjectName(name)
            chip.clicked.connect(lambda _=False, number=number: self._show_words(number))
        self.on.clicked.connect(self._mark)
        self.text.textChanged.connect(self._on_typed)
        self.when.clicked.connect(self._insert_when)
        self.day.currentIndexChanged.connect(self._show_preview)
        self.time.timeChanged.connect(self._show_preview)
        self.bar.saved.connect(lambda: self._send(self._base))
        self.bar.undone.connect(lambda: self._show(self._base))
        self.bar.kept.connect(lambda: self._send(self._elsewhere or self._base))
        self.bar.dropped.connect(self._take_theirs)
        self.destroyed.connect(self._desk.on_changed(self.reload))

    # --- reading --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the answer again."""
        self._fresh.start()

    async def _load(self) -> None:
        found = await self._desk.opening()
        if found is None:
            return
        if self._base is None or self.reply == self._base.reply:
            self._show(found)
        elif found.reply_edited.rev > self._base.reply_edited.rev:
            self._elsewhere = found
            self._mark()

    def show_hours(self, hours: Hours | None) -> None:
        """Preview with these hours, saved or not."""
        self._hours = hours
        self._show_preview()

    @property
    def reply(self) -> AutoReply:
        """As entered."""
        language = LANGUAGES[self._shown]
        return AutoReply(self.on.isChecked(), language, (self._words[0], self._words[1]))

    @property
    def _shown(self) -> int:
        chips = list(self.tongues.values())
        return next((number for number, chip in enumerate(chips) if chip.isChecked()), 0)

    def _show(self, found: Opening | None) -> None:
        if found is None:
            return
        self._base, self._elsewhere = found, None
        self._words = list(found.reply.words)
        self.on.setChecked(found.reply.on)
        self._show_words(LANGUAGES.index(found.reply.language))

    # --- editing --------------------------------------------------------------------------

    def _show_words(self, number: int) -> None:
        list(self.tongues.values())[number].setChecked(True)
        if self.text.toPlainText() != self._words[number]:
            self.text.setPlainText(self._words[number])
        if self._base is not None:
            own = self._base.texts[LANGUAGES[number]]["text"]
            self.text.setPlaceholderText(own)
        self._mark()

    def _on_typed(self) -> None:
        self._words[self._shown] = self.text.toPlainText()
        self._mark()

    def _insert_when(self) -> None:
        if not self.text.toPlainText() and self._base is not None:
            self.text.setPlainText(self._base.texts[LANGUAGES[self._shown]]["text"])
        else:
            self.text.textCursor().insertText(WHEN)
        self.text.setFocus()

    def _mark(self) -> None:
        if self._base is None:
            return
        long = next((n for n, words in enumerate(self._words) if len(words) > MAX_CHARS), None)
        fault = ""
        if long is not None:
            fault = translate("AfterHours", "The {language} answer is longer than {n} characters.")
            name = list(self.tongues.values())[long].text()
            fault = fault.format(language=name, n=f"{MAX_CHARS:,}")
        conflict = self._elsewhere is not None or bool(self._base.reply_edited.failure)
        dirty = self.reply != self._base.reply
        self.bar.show_state(dirty=dirty, conflict=conflict, fault=fault)
        self._show_preview()

    def _send(self, based_on: Opening | None) -> None:
        if based_on is not None:
            self._tasks.spawn(self._saved(self.reply, based_on.reply_edited.rev))

    async def _saved(self, reply: AutoReply, base_rev: int) -> None:
        await self._desk.save_reply(reply, base_rev)
        self._base = None
        await self._fresh.now()

    def _take_theirs(self) -> None:
        newest = self._elsewhere or self._base
        if newest is not None and newest.reply_edited.failure:
            self._tasks.spawn(self._dropped(newest.reply_edited.entry))
        else:
            self._show(newest)

    async def _dropped(self, entry: int) -> None:
        await self._desk.discard(entry)
        self._base = None
        await self._fresh.now()

    # --- preview --------------------------------------------------------------------------

    def _show_preview(self) -> None:
        if self._base is None:
            return
        hours = self._hours or self._base.hours
        now = datetime.now(UTC)
        self.preview_now.setText(self._answer(hours, now))
        day, at = self.day.currentIndex(), self.time.time()
        local = hours.local(now)
        ahead = timedelta(days=(day - local.weekday()) % 7)
        then = datetime.combine(local.date() + ahead, time(at.hour(), at.minute()), local.tzinfo)
        self.preview_then.setText(self._answer(hours, then))

    def _answer(self, hours: Hours, at: datetime) -> str:
        assert self._base is not None
        if not self.on.isChecked():
            return translate("AfterHours", "Nothing: the automatic answer is off.")
        if hours.is_open(at):
            return translate("AfterHours", "Nothing: the shop is open then.")
        return f"“{self._base.answer(hours, self.reply, at)}”"

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("AfterHours", "Automatic answer"))
        self.on.setText(translate("AfterHours", "Answer whoever writes while the shop is shut"))
        self._language_words.setText(translate("AfterHours", "Answer in"))
        for chip, text in zip(self.tongues.values(), ("中文", "English"), strict=True):
            chip.setText(text)
        self._text_words.setText(translate("AfterHours", "Your words"))
        self.text.setAccessibleName(translate("AfterHours", "Words of the automatic answer"))
        self.when.setText(translate("AfterHours", "+ when we open again"))
        self._hint.setText(
            translate(
                "AfterHours",
                "Left empty, the words shown in grey are sent. {when} becomes the next opening. "
                "Each member gets it once for every time the shop is shut.",
            )
        )
        self._preview_words.setText(translate("AfterHours", "Who would get what"))
        self._now_words.setText(translate("AfterHours", "A member who writes now:"))
        self._then_words.setText(translate("AfterHours", "A member who writes on"))
        self._speak_days()
        self._show_preview()

    def _speak_days(self) -> None:
        chosen = self.day.currentIndex()
        self.day.blockSignals(True)
        self.day.clear()
        self.day.addItems([hour_phrases.weekday(number) for number in range(7)])
        self.day.setCurrentIndex(_SUNDAY if chosen < 0 else chosen)
        self.day.blockSignals(False)
        self.day.setAccessibleName(translate("AfterHours", "Day of the preview"))
        self.time.setAccessibleName(translate("AfterHours", "Time of the preview"))
