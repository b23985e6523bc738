"""The foot of the page: sends a draft, and follows it until everybody has it.

Over 200 members it asks for their number, typed.  For a minute it can be undone; then it can be
paused, cancelled, taken back, and sent again to those it did not reach.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk import offer_drafts
from console.desk.campaign_types import CampaignItem
from console.desk.campaigns_port import CampaignsPort
from console.domain import audiences
from console.domain.campaigns import CONFIRM_FROM, MARKETING, allowed_from, is_quiet
from console.ui import campaign_phrases, coupon_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, looked, snug, speaks
from console.views.campaigns import send_actions as steps
from console.views.campaigns.editing import Editing
from console.views.campaigns.offer import OfferPart
from console.views.campaigns.photos import PhotosPart
from console.views.campaigns.question import QuestionPart
from console.views.campaigns.recall import RecallWindow
from console.wire.errors import Code, Refusal

_TICK_MS: Final = 250
_GRACE_S: Final = 61


class SendPart(QWidget):
    """Buttons for what the state allows; one sentence about how it stands."""

    resent = Signal(str)
    """Another draft was made of it; its ``client_id``."""

    def __init__(
        self, editing: Editing, port: CampaignsPort, clock: ShopClock, timezone: str,
        photos: PhotosPart, question: QuestionPart, offer: OfferPart, tasks: Tasks,
    ) -> None:  # fmt: skip
        super().__init__()
        self._editing, self._port, self._clock, self._tasks = editing, port, clock, tasks
        self._photos, self._question, self._offer = photos, question, offer
        self._timezone = timezone
        self._busy = self._nobody = False
        self._left = ("", "")
        """The campaign and its state when a step was taken, until it stands otherwise."""
        self._number = 0
        self.words, self.note = label("strong", wrap=True), label("tiny", wrap=True)
        self.buttons = {name: button("primary" if name in steps.PRIMARY else "")
                        for name in steps.ORDER}  # fmt: skip
        self.confirm, self.typed, self.sure = QWidget(), QLineEdit(), button("primary")
        self.back, self._asked = button("link"), label("strong", wrap=True)
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_words)
        editing.stood.connect(self.show_state)
        editing.changed.connect(self.show_state)
        photos.intake.moved.connect(self.show_state)
        offer.checked.connect(self.show_state)
        for name, made in self.buttons.items():
            made.clicked.connect(lambda _=False, name=name: self.do(name))
        self.typed.textEdited.connect(lambda _: self._show_sure())
        self.typed.returnPressed.connect(self._confirmed)
        self.sure.clicked.connect(self._confirmed)
        self.back.clicked.connect(lambda: self.do(steps.UNDO))
        self._speak()

    def _arrange(self) -> None:
        box, row = QVBoxLayout(self.confirm), QHBoxLayout()
        snug(box, spacing=8)
        snug(row, spacing=8)
        row.addWidget(self.typed, 1)
        row.addWidget(self.sure)
        box.addWidget(self._asked)
        box.addLayout(row)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        snug(column, spacing=8)
        column.addWidget(self.words)
        for name in steps.ORDER:
            column.addWidget(self.buttons[name])
        self.buttons[steps.SEND].setMinimumHeight(40)
        column.addWidget(self.confirm)
        column.addWidget(self.note)

    # --- showing --------------------------------------------------------------------------

    def show_reach(self, *, nobody: bool) -> None:
        """Whether it is known that nobody would receive it."""
        if nobody != self._nobody:
            self._nobody = nobody
            self.show_state()

    def show_state(self) -> None:
        """Show what can be done now."""
        item = self._editing.item
        if item is None:
            return
        allowed = steps.possible(item)
        if self._is_over(item):
            allowed -= steps.SENDING
        waiting = audiences.to_receive(item.counts, defer=item.draft.defer)
        asks = item.state in {"frozen", "late"} and waiting > CONFIRM_FROM
        asks = asks and bool(allowed & {steps.SCHEDULE, steps.NOW})
        self._number = waiting if asks else 0
        self.confirm.setVisible(asks)
        for name, made in self.buttons.items():
            hidden = asks and name in {steps.SCHEDULE, steps.NOW, steps.UNDO}
            made.setVisible(name in allowed and not hidden)
            made.setEnabled(not self._busy)
        ready = self._editing.draft.says_something and not self._photos.busy
        ready = ready and self._question.is_sound and self._offer.is_sound
        ready = ready and not self._goes_to_nobody
        self.buttons[steps.SEND].setEnabled(ready and not self._busy and item.uploading is None)
        counting = item.state == "scheduled" and item.next_at is not None
        if counting != self._timer.isActive():
            (self._timer.start if counting else self._timer.stop)()
        self._show_words()
        self._show_sure()
        self._lead(item)

    def _lead(self, item: CampaignItem) -> None:
        """After a step the keyboard goes to what can be done next, the harmless thing first."""
        key, state = self._left
        if self._busy or not key or (key, state) == (item.client_id, item.state):
            return
        self._left = ("", "")
        after = [self.typed] if self._number else [self.buttons[name] for name in steps.NEXT]
        found = next((each for each in after if each.isVisible() and each.isEnabled()), None)
        if found is not None and key == item.client_id:
            found.setFocus()

    def _show_words(self) -> None:
        item = self._editing.item
        if item is None:
            return
        self.words.setText(self._said(item))
        self.words.setVisible(bool(self.words.text()))
        self.note.setText(self._noted(item))
        self.note.setVisible(bool(self.note.text()))
        self.buttons[steps.SEND].setText(self._send_text())
        asked = translate("Campaigns", "It goes to {n} members. Type this number to confirm:")
        self._asked.setText(asked.format(n=self._number))

    def _said(self, item: CampaignItem) -> str:
        if item.move and item.waiting:
            return translate("Campaigns", "Waiting for the line…")
        if item.state == "scheduled" and item.next_at is not None:
            left = (item.next_at - datetime.now(UTC)).total_seconds()
            if left < _GRACE_S and item.draft.weekly is None:
                return counted(
                    max(0, round(left)), translate("Campaigns", "Leaves in 1 second"),
                    translate("Campaigns", "Leaves in {n} seconds"),
                )  # fmt: skip
            words = translate("Campaigns", "Leaves {when}")
            return words.format(when=coupon_phrases.moment(item.next_at, self._clock))
        if item.state == "draft" or self._number:
            return ""
        counts = campaign_phrases.counts(item)
        return " · ".join(part for part in (campaign_phrases.state(item), counts) if part)

    @property
    def _goes_to_nobody(self) -> bool:
        """What leaves once; a series, and what may move to another week, can find others."""
        draft = self._editing.draft
        return self._nobody and draft.weekly is None and not draft.defer

    def _draft_note(self, item: CampaignItem) -> str:
        if item.uploading == 0:
            return translate("Campaigns", "Photos wait to be uploaded; it begins by itself once"
                             " there is a line.")  # fmt: skip
        if item.uploading is not None:
            words = translate("Campaigns", "Photos are on their way: {n} %")
            return words.format(n=round(100 * item.uploading))
        if not self._editing.draft.says_something:
            return translate("Campaigns", "Write something or drag photos in first.")
        if not self._question.is_sound:
            return translate("Campaigns", "The question has no answer yet; see there.")
        if not self._offer.is_sound:
            return translate("Campaigns", "Something is wrong with the offer; see there.")
        if self._goes_to_nobody:
            return translate("Campaigns", "As it is meant now, nobody would receive it.")
        return translate(
            "Campaigns", "Nothing leaves before that; for 60 seconds it can be undone, later"
            " it can be recalled."
        )  # fmt: skip

    def _noted(self, item: CampaignItem) -> str:
        if item.state == "draft":
            return self._draft_note(item)
        if item.state in {"late", "paused"} and self._is_over(item):
            return translate(
                "Campaigns", "Its offer has ended, so it can go to nobody else with it."
            )  # fmt: skip
        if item.brought_back_at is not None:
            words = translate(
                "Campaigns", "The shop's data was brought back from a backup ({when}). Some may"
                " have got this already: ask or look before you go on."
            )  # fmt: skip
            return words.format(when=coupon_phrases.moment(item.brought_back_at, self._clock))
        if item.state == "late":
            return translate(
                "Campaigns", "The relay was not running at its time. Send it now, or not at all."
            )  # fmt: skip
        if item.recalled_at is not None:
            words = translate("Campaigns", "Taken back: {unread} unread, {read} read.")
            return words.format(unread=item.counts.get("recalled_unread", 0),
                                read=item.counts.get("recalled_read", 0))  # fmt: skip
        notes = [self._quiet_note(item)]
        if item.state == "scheduled":
            notes.append(translate("Campaigns", "To change it, take it back to the draft."))
        return " ".join(filter(None, notes))

    def _quiet_note(self, item: CampaignItem) -> str:
        at = {"scheduled": item.next_at, "sending": self._clock.now()}.get(item.state)
        if at is None or item.kind not in MARKETING or not is_quiet(at, self._timezone):
            return ""
        return translate("Campaigns", "Quiet hours 21:30–9:00: it waits until 9:00.")

    def _is_over(self, item: CampaignItem) -> bool:
        return offer_drafts.is_over(item.draft, self._clock.now())

    def _send_text(self) -> str:
        draft = self._editing.draft
        if draft.weekly is not None:
            at = f"{draft.weekly.minute // 60:02}:{draft.weekly.minute % 60:02}"
            words = translate("Campaigns", "Send every {day} {time}")
            return words.format(day=campaign_phrases.weekday(draft.weekly.weekday), time=at)
        now = self._clock.now()
        due = max(draft.due_at or now, now)
        leaves = allowed_from(due, self._timezone)
        if leaves > now:
            words = translate("Campaigns", "Send {when}")
            return words.format(when=coupon_phrases.moment(leaves, self._clock))
        return translate("Campaigns", "Send in 60 seconds")

    def _show_sure(self) -> None:
        self.sure.setEnabled(self.typed.text().strip() == str(self._number) and not self._busy)

    # --- doing ----------------------------------------------------------------------------

    def do(self, name: str) -> None:
        """Take a step."""
        if self._busy:
            return
        if name == steps.SEND and not self._offer.is_sound:
            self._offer.show_faults()  # its deadline passed while the page was open
            return
        if name == steps.RECALL:
            window = RecallWindow(self._editing.item, self)
            window.wanted.connect(lambda words: self._run(self._recall, words))
            window.open()
            return
        self._run(self._step, name)

    def _run(self, work: Callable[[str], Awaitable[None]], name: str) -> None:
        item = self._editing.item
        if item is not None:
            self._left = (item.client_id, item.state)
        self._busy = True
        self.show_state()
        self._tasks.spawn(self._alone(work, name))

    async def _alone(self, work: Callable[[str], Awaitable[None]], name: str) -> None:
        try:
            await work(name)
        except BaseException:
            self._left = ("", "")
            raise
        finally:
            self._busy = False
            await self._editing.refresh()
            self.show_state()
            if self.confirm.isVisible():
                self.typed.setFocus()

    async def _step(self, name: str) -> None:
        key, port = self._editing.client_id, self._port
        if name == steps.SEND:
            await self._send(key)
        elif name in {steps.UNREAD, steps.UNREACHED}:
            self.resent.emit(await port.resend(key, name))
        else:
            plain: dict[str, Callable[[str], Awaitable[object]]] = {
                steps.SCHEDULE: port.schedule, steps.NOW: port.send_now, steps.UNDO: port.undo,
                steps.PAUSE: port.pause, steps.RESUME: port.resume, steps.CANCEL: port.cancel,
                steps.REMOVE: port.remove,
            }  # fmt: skip
            self.typed.clear()
            await plain[name](key)

    async def _send(self, key: str) -> None:
        """Fix it, and let it go unless so many must be confirmed first."""
        await self._editing.flush()
        count = await self._port.freeze(key)
        self.typed.clear()
        if count > CONFIRM_FROM:
            return
        try:
            await self._port.schedule(key)
        except Refusal as refusal:
            # Nobody is left to receive it: it goes on being a draft.
            if refusal.code is Code.CAMPAIGN_EMPTY:
                await self._port.undo(key)
            raise

    def _confirmed(self) -> None:
        if self.sure.isEnabled():
            self._run(self._let_go, "")

    async def _let_go(self, _name: str) -> None:
        item = self._editing.item
        late = item is not None and item.state == "late"
        go = self._port.send_now if late else self._port.schedule
        await go(self._editing.client_id, confirm=self._number)

    async def _recall(self, words: str) -> None:
        await self._port.recall(self._editing.client_id, words)
        await asyncio.sleep(0)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        for name, words in {
            steps.SCHEDULE: translate("Campaigns", "Send it"),
            steps.NOW: translate("Campaigns", "Send at once"),
            steps.UNDO: translate("Campaigns", "Undo: back to the draft"),
            steps.PAUSE: translate("Campaigns", "Pause"),
            steps.RESUME: translate("Campaigns", "Go on"),
            steps.CANCEL: translate("Campaigns", "Cancel the rest"),
            steps.RECALL: translate("Campaigns", "Recall…"),
            steps.UNREAD: translate("Campaigns", "Send again to who did not read it"),
            steps.UNREACHED: translate("Campaigns", "Send again to whom it did not reach"),
            steps.REMOVE: translate("Campaigns", "Remove"),
        }.items():
            self.buttons[name].setText(words)
        self.sure.setText(translate("Campaigns", "Confirm"))
        self.back.setText(translate("Campaigns", "Back to the draft"))
        self.typed.setAccessibleName(translate("Campaigns", "Number of members"))
        looked(self.note, "tiny")
        self.show_state()
