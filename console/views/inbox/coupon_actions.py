"""Redeeming a member's coupon from her panel, taking it back, and voiding one."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.offer_types import CouponItem
from console.desk.offers_port import OffersPort
from console.models.faults import NoLine, coded
from console.ui import reasons
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.views.inbox.ask_reason import ReasonWindow
from console.views.inbox.panel_coupons import CouponsSection
from console.wire.errors import Refusal


class CouponActions(QObject):
    """Belongs to one inbox."""

    complained = Signal(str)

    def __init__(
        self, port: OffersPort, tasks: Tasks, coupons: CouponsSection, bar: UndoBar,
        screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._screen = screen
        self._port, self._tasks, self._bar = port, tasks, bar
        self._busy: set[int] = set()
        coupons.redeem_asked.connect(lambda coupon: self._tasks.spawn(self._redeem(coupon)))
        coupons.reopen_asked.connect(lambda coupon: self._tasks.spawn(self._reopen(coupon)))

        coupons.void_asked.connect(self._ask_void)

    async def _redeem(self, coupon: CouponItem) -> None:
        """A second press while the relay is asked does nothing."""
        if coupon.coupon_id in self._busy:
            return
        self._busy.add(coupon.coupon_id)
        try:
            done = await self._with_line(self._port.redeem(coupon.code))
        finally:
            self._busy.discard(coupon.coupon_id)
        if done is None:
            return
        if not done.coupon_id:
            self.complained.emit(unanswered())
            return
        words = translate("Coupons", "Redeemed: {title}").format(title=coupon.title)
        self._bar.say(words, lambda: self._tasks.spawn(self._reopen(coupon)))

    async def _reopen(self, coupon: CouponItem) -> None:
        await self._with_line(self._port.reopen(coupon.coupon_id))

    def _ask_void(self, coupon: CouponItem) -> None:
        """Ask why; the answer is recorded."""
        window = ReasonWindow(
            translate("Coupons", "Void {title}?").format(title=coupon.title),
            translate("Coupons", "It can no longer be redeemed, and her phone says so. This cannot"
                      " be taken back; it is recorded."),
            (
                translate("Coupons", "Given by mistake"),
                translate("Coupons", "Passed on to somebody else"),
                translate("Coupons", "She got something else instead"),
            ),
            translate("Coupons", "Void it"),
            self._screen.window(),
        )  # fmt: skip
        window.answered.connect(lambda why: self._tasks.spawn(self._void(coupon, why)))
        window.open()

    async def _void(self, coupon: CouponItem, reason: str) -> None:
        await self._with_line(self._port.void(coupon.coupon_id, reason))

    async def _with_line(self, work: Awaitable[Any]) -> Any:
        try:
            return await coded(work)
        except NoLine:
            self.complained.emit(no_line())
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        return None


def no_line() -> str:
    """Why nothing happened."""
    return translate("Coupons", "Redeeming needs the line to the relay, so that no coupon is"
                     " redeemed twice. Nothing was changed.")  # fmt: skip


def unanswered() -> str:
    """Why nobody knows yet."""
    return translate("Coupons", "The relay has not answered yet. Whether it is redeemed shows at"
                     " the coupon as soon as it has.")  # fmt: skip
