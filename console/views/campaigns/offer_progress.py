"""How the offer of a campaign stands, live: claimed, redeemed, whose they are; ended early here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.offer_types import OfferItem
from console.desk.offers_port import OffersPort
from console.ui import coupon_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.tasks import Tasks
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import button, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.views.campaigns.names import NamesWindow

_CLAIMED, _REDEEMED, _LEFT = "claimed", "redeemed", "left"
_NAMED: Final = frozenset({_CLAIMED, _REDEEMED})


class OfferProgress(QWidget):
    """Shown while the campaign that is open has an offer that began."""

    def __init__(self, editing: Editing, port: OffersPort, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__()
        self._editing, self._port, self._clock, self._tasks = editing, port, clock, tasks
        self.offer: OfferItem | None = None
        self._title, self.words = label("heading", wrap=True), label("soft", wrap=True)
        self.bars, self.end = Waterfall(), button()
        column = QVBoxLayout(self)
        snug(column, spacing=8)
        for part in (self._title, self.words, self.bars):
            column.addWidget(part)
        column.addWidget(self.end, 0, Qt.AlignmentFlag.AlignLeft)
        editing.stood.connect(self.reload)
        self._unsubscribe = port.on_changed(self.reload)
        self.bars.opened.connect(lambda name: tasks.spawn(self._names(name)))
        self.end.clicked.connect(self._ask)
        self._speak()
        self.hide()

    def reload(self) -> None:
        """Read how it stands now."""
        item = self._editing.item
        if item is None or item.state == "draft":
            self._take(None)
        else:
            self._tasks.spawn(self._read(item.id))

    async def _read(self, campaign_id: int) -> None:
        found = await self._port.of_campaign(campaign_id)
        item = self._editing.item
        if item is not None and item.id == campaign_id and item.state != "draft":
            self._take(found)

    def _take(self, offer: OfferItem | None) -> None:
        if offer != self.offer:
            self.offer = offer
            self._show()
        self.setVisible(offer is not None)

    def close_down(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    # --- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        offer = self.offer
        if offer is None:
            return
        name = offer.title or translate("Campaigns", "taken back")
        self._title.setText(translate("Campaigns", "Offer: {title}").format(title=name))
        words = translate("Campaigns", "Claimed {n} of {all}, redeemed {used}")
        said = words.format(n=offer.claimed, all=offer.quantity, used=offer.redeemed)
        self.words.setText(f"{said} · {self._until(offer)}")
        left = offer.quantity - offer.claimed
        self.bars.show_bars([
            Bar(_CLAIMED, translate("Campaigns", "Claimed"), offer.claimed, strong=True),
            Bar(_REDEEMED, translate("Campaigns", "Redeemed"), offer.redeemed, role="online"),
            Bar(_LEFT, translate("Campaigns", "Left"), left, start=offer.claimed,
                role="ink_faint"),
        ])  # fmt: skip
        self.end.setVisible(offer.is_open(self._clock.now()))

    def _until(self, offer: OfferItem) -> str:
        if offer.closing:
            return translate("Campaigns", "closing: waiting for the line…")
        if offer.closed_at is not None:
            when = coupon_phrases.moment(offer.closed_at, self._clock)
            return translate("Campaigns", "closed {when}").format(when=when)
        when = coupon_phrases.until(offer.ends_at, self._clock)
        if offer.ends_at <= self._clock.now():
            when = coupon_phrases.moment(offer.ends_at, self._clock)
            return translate("Campaigns", "ended {when}").format(when=when)
        if offer.claimed >= offer.quantity:
            return translate("Campaigns", "all taken")
        return translate("Campaigns", "until {when}").format(when=when)

    async def _names(self, name: str) -> None:
        offer = self.offer
        if offer is None or name not in _NAMED:
            return
        used = name == _REDEEMED
        members = await self._port.holders(offer.id, redeemed=used)
        title = translate("Campaigns", "Redeemed") if used else translate("Campaigns", "Claimed")
        count = offer.redeemed if used else offer.claimed
        NamesWindow(title, members, count, self).open()

    # --- ending it ------------------------------------------------------------------------

    def _ask(self) -> None:
        if self.offer is not None:
            window = CloseWindow(self.offer, self)
            window.wanted.connect(lambda key: self._tasks.spawn(self._close(key)))
            window.open()

    async def _close(self, offer_id: int) -> None:
        await self._port.close_offer(offer_id)
        self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.end.setText(translate("Campaigns", "Close the offer now…"))
        self.bars.setAccessibleName(translate("Campaigns", "Coupons by state"))
        self._show()


class CloseWindow(QDialog):
    """Asks before an offer is ended: it cannot be opened again."""

    wanted = Signal(int)

    def __init__(self, offer: OfferItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Campaigns", "Close the offer"))
        about, after = label(wrap=True), label("soft", wrap=True)
        words = counted(
            offer.quantity - offer.claimed,
            translate("Campaigns", "1 of {all} is left. From now on nobody gets one."),
            translate("Campaigns", "{n} of {all} are left. From now on nobody gets one."),
        )
        about.setText(words.format(all=offer.quantity))
        after.setText(translate("Campaigns", "The coupons that were claimed stay valid. A closed"
                                " offer cannot be opened again."))  # fmt: skip
        self.close_it, leave = button("primary"), button()
        self.close_it.setText(translate("Campaigns", "Close it now"))
        leave.setText(translate("Campaigns", "Leave it open"))
        self.close_it.clicked.connect(lambda: self._go(offer.id))
        leave.clicked.connect(self.reject)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.close_it)
        snug(column, 20, 18, 20, 16, spacing=12)
        column.addWidget(about)
        column.addWidget(after)
        column.addLayout(buttons)
        self.setMinimumWidth(400)

    def _go(self, offer_id: int) -> None:
        self.wanted.emit(offer_id)
        self.accept()
