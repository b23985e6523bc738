"""What the enquiry strip does: asks the desk what is asked for, and carries its buttons out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from console.desk.enquiries_port import EnquiriesPort
from console.desk.enquiry_types import AlreadyKept, AskedAbout, EnquiryReply, GoodsItem
from console.desk.types import Changed
from console.domain.holds import DEFAULT_HOURS
from console.ui import coupon_phrases, phrases, reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.tasks import Reload, Tasks
from console.ui.undo import UndoBar
from console.views.inbox.enquiry_similar import SimilarPicker
from console.views.inbox.enquiry_strip import EnquiryStrip
from console.views.inbox.enquiry_words import title
from console.views.inbox.keep_menu import KeepMenu, hours_until
from console.views.inbox.reply import ReplyPane
from console.views.inbox.unsent import ChosenItem
from console.wire.errors import Refusal

TABLES: Final = frozenset(
    {
        "message",
        "conversation",
        "member",
        "product",
        "variant",
        "hold",
        "enquiry",
        "waitlist",
        "outbox",
    }
)


class EnquiryActions(QObject):
    """Belongs to one inbox."""

    complained = Signal(str)
    stale = Signal()
    """The member's holds are to be read again."""

    def __init__(
        self, port: EnquiriesPort, tasks: Tasks, pictures: Pictures, strip: EnquiryStrip,
        reply: ReplyPane, bar: UndoBar, here: Callable[[], int], clock: ShopClock,
    ) -> None:  # fmt: skip
        super().__init__(strip)
        self._port, self._tasks, self._strip = port, tasks, strip
        self._reply, self._bar, self._here, self._clock = reply, bar, here, clock
        self._asking = Reload(tasks, self._ask)
        self._busy = False
        self.similar = SimilarPicker(pictures, strip)
        self._alike: tuple[AskedAbout, GoodsItem] | None = None
        strip.answered.connect(lambda item: self._tasks.spawn(self._answer(item)))
        strip.note_wanted.connect(lambda item: self._tasks.spawn(self._answer(item, note=True)))
        strip.time_wanted.connect(self._offer_times)
        strip.similar_wanted.connect(lambda item: self._tasks.spawn(self._find_similar(item)))
        strip.dismissed.connect(lambda: self._tasks.spawn(self._dismiss()))
        self.similar.picked.connect(self._take_similar)
        self.similar.dismissed.connect(reply.text.setFocus)

    # --- what is asked --------------------------------------------------------------------

    def open(self) -> None:
        """Another conversation is shown."""
        self.similar.dismiss()
        self._strip.show_asked(None)
        self._asking.start()

    def refresh(self, changed: Changed) -> None:
        """Rows changed: what is asked, or what there is of it, may be otherwise."""
        if self._here() and (changed.everything or not changed.tables.isdisjoint(TABLES)):
            self._asking.start()

    async def _ask(self) -> None:
        here = self._here()
        asked = await self._port.asked_about(here) if here else None
        if here == self._here():
            self._strip.show_asked(asked)

    # --- answering ------------------------------------------------------------------------

    def _offer_times(self, item: GoodsItem, anchor: QPushButton) -> None:
        menu = KeepMenu(self._clock, self._strip)
        menu.chosen.connect(lambda until: self._tasks.spawn(
            self._answer(item, hours_until(until, self._clock))))  # fmt: skip
        menu.open_below(anchor)

    async def _answer(
        self, item: GoodsItem, hours: float = DEFAULT_HOURS, *, note: bool = False
    ) -> None:
        """One press sends; where something is begun the words go to it, to be looked over."""
        asked = self._strip.asked
        if asked is None or self._busy:
            return
        send = not self._reply.begun
        self._set_busy(busy=True)
        try:
            reply = await self._port.answer(asked, item, send=send, note=note, hours=hours)
        except AlreadyKept as kept:
            self._give(asked, kept.words)
            self.complained.emit(translate(
                "Enquiry", "It is kept for her already; the words are in the reply box."
            ))  # fmt: skip
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        else:
            if not send:
                self._give(asked, reply.words)
            self._tell(item, reply, usual=hours == DEFAULT_HOURS)
        finally:
            self._set_busy(busy=False)
        await self._asking.now()
        self.stale.emit()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._strip.set_busy(busy=busy)

    def _give(self, asked: AskedAbout, words: str) -> None:
        """Unless she went on to another conversation."""
        if self._here() == asked.conversation_id:
            self._quote(asked)
            self._reply.give_back(words)
            self._reply.text.setFocus()

    def _quote(self, asked: AskedAbout) -> None:
        if asked.several:
            self._reply.quote(asked.message_id, phrases.of_kind("text", asked.text))

    def _tell(self, item: GoodsItem, reply: EnquiryReply, *, usual: bool) -> None:
        if not (reply.key or reply.hold or reply.place):
            return
        if reply.place:
            words = translate("Enquiry", "Answered; she is told when it is back: {what}")
            if not reply.key:
                words = translate("Enquiry", "She is told when it is back: {what}")
        elif not reply.hold:
            words = translate("Enquiry", "Answered: {what}")
        elif reply.until is None:
            words = translate("Enquiry", "Asked for: {what}. It is kept once the relay answers.")
        elif not usual:
            told = translate("Enquiry", "Answered and kept until {when}: {what}")
            words = told if reply.key else translate("Enquiry", "Kept until {when}: {what}")
        elif reply.key:
            words = translate("Enquiry", "Answered and kept for 48 hours: {what}")
        else:
            words = translate("Enquiry", "Kept for 48 hours: {what}")
        when = coupon_phrases.moment(reply.until, self._clock) if reply.until else ""
        self._bar.say(words.format(what=title(item), when=when),
                      lambda: self._tasks.spawn(self._take_back(reply)))  # fmt: skip

    async def _take_back(self, reply: EnquiryReply) -> None:
        try:
            await self._port.take_back(reply)
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        self.stale.emit()

    # --- other things ---------------------------------------------------------------------

    async def _find_similar(self, item: GoodsItem) -> None:
        asked = self._strip.asked
        found = await self._port.similar(item)
        if asked is not None and self._strip.asked == asked:
            self._alike = (asked, item)
            self.similar.offer(found)

    def _take_similar(self, item: ChosenItem) -> None:
        """Its card goes into the reply; what she asked for is recorded."""
        if self._alike is None or self._alike[0].conversation_id != self._here():
            return
        asked, wanted = self._alike
        self._quote(asked)
        self._reply.attached.set_item(item)
        self._reply.text.setFocus()
        self._tasks.spawn(self._port.record(asked, wanted))

    async def _dismiss(self) -> None:
        asked = self._strip.asked
        if asked is None:
            return
        self._strip.show_asked(None)
        self._reply.text.setFocus()
        await self._port.dismiss(asked.message_id)
        words = translate("Enquiry", "Not suggested for this message any more")
        self._bar.say(words, lambda: self._tasks.spawn(self._bring_back(asked)))

    async def _bring_back(self, asked: AskedAbout) -> None:
        await self._port.dismiss(asked.message_id, on=False)
        await self._asking.now()
