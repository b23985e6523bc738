"""The window of a signed-in staff member: rail and the section it shows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from console.desk.find import NOWHERE, Places
from console.desk.ports import DeskPorts
from console.ui import reasons
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.ui.key_sheet import KeySheet
from console.ui.keymap import keymap
from console.ui.notices import Toast
from console.ui.widgets import snug
from console.views.bookings import BookingsScreen
from console.views.campaigns import CampaignsScreen
from console.views.checkin import CheckInWindow
from console.views.holds import HoldsWindow
from console.views.inbox import InboxScreen
from console.views.insights import InsightsScreen
from console.views.palette import Palette
from console.views.palette_rows import Entry
from console.views.products import ProductsScreen
from console.views.rail import BOOKINGS, CAMPAIGNS, INBOX, INSIGHTS, PRODUCTS, SETTINGS, Rail
from console.views.redeem import RedeemWindow
from console.views.settings import SettingsScreen
from console.views.settings.sections import QUICK_REPLIES, REACH
from console.views.shell_entries import entries
from console.views.shell_figures import FromFigures
from console.views.shell_fittings import ToFittings


class Shell(QWidget):
    """Puts the screens side by side and shows one."""

    quit_asked = Signal()
    switch_asked = Signal()

    def __init__(self, desks: DeskPorts, settings: SettingsScreen, appearance: Appearance) -> None:
        super().__init__()
        self._port = port = desks.inbox
        self._desks, self._offers = desks, desks.offers
        self._clock = clock = ShopClock(port.me.timezone)
        self.rail = Rail(port.me, clock)
        self.inbox = InboxScreen(desks)
        self.campaigns = CampaignsScreen(desks)
        self.products = ProductsScreen(desks)
        self.bookings = BookingsScreen(desks)
        self.insights = InsightsScreen(desks)
        self.settings = settings
        self._screens: dict[str, QWidget] = {
            INBOX: self.inbox, CAMPAIGNS: self.campaigns, PRODUCTS: self.products,
            BOOKINGS: self.bookings, INSIGHTS: self.insights, SETTINGS: settings,
        }  # fmt: skip
        self._stack = QStackedWidget()
        self._arrange()
        self.finder = Palette(desks.find, clock, self._entries, self)
        self.toast = Toast(self)
        self.setMinimumSize(680, 380)
        self.rail.chosen.connect(self.show_section)
        self.rail.quit_asked.connect(self.quit_asked)
        self.rail.switch_asked.connect(self.switch_asked)
        self.rail.theme_chosen.connect(appearance.set_theme)
        self.rail.language_chosen.connect(appearance.set_language)
        appearance.changed.connect(self._mark)
        self._appearance = appearance
        self.inbox.counted.connect(lambda counts: self.rail.show_unread(counts.unread))
        self.inbox.complained.connect(self.toast.say)
        self.inbox.conversations.poster_wanted.connect(lambda: self._show_settings(REACH))
        self.inbox.quick_wanted.connect(lambda: self._show_settings(QUICK_REPLIES))
        self.rail.show_link(port.link)
        self._unsubscribe = port.on_link(self.rail.show_link)
        self._connect_finder()
        self._bind_keys()
        self._connect_sections(desks)
        settings.complained.connect(lambda code: self.toast.say(reasons.sentence(code)))
        self.show_section(INBOX)
        self._mark()
        self.setWindowTitle(f"{port.me.shop_name} · Hanger 衣架")

    def _arrange(self) -> None:
        for screen in self._screens.values():
            self._stack.addWidget(screen)
        row = QHBoxLayout(self)
        snug(row)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)

    def _bind_keys(self) -> None:
        for command, section in (
            ("go.inbox", INBOX), ("go.campaigns", CAMPAIGNS), ("go.products", PRODUCTS),
            ("go.fittings", BOOKINGS), ("go.insights", INSIGHTS), ("go.settings", SETTINGS),
        ):  # fmt: skip
            keymap().bind(command, self, partial(self.show_section, section))
        keymap().bind("keys", self, self.show_keys)
        keymap().bind("redeem", self, self.redeem)
        keymap().bind("holds", self, self.holds)
        keymap().bind("checkin", self, self.check_in)

    def _connect_finder(self) -> None:
        keymap().bind("find", self, self.finder.toggle)
        self.inbox.conversations.find_wanted.connect(self.finder.open)
        self.finder.message_chosen.connect(self._open_chat)
        self.finder.conversation_chosen.connect(self._open_chat)
        self.finder.member_chosen.connect(self._open_member)

    def _connect_sections(self, desks: DeskPorts) -> None:
        say = self.toast.say
        self.from_figures = FromFigures(desks, self.insights, self.campaigns, self.show_section)
        self.to_fittings = ToFittings(desks, self.inbox, self.bookings, self._clock, self)
        self.insights.conversation_wanted.connect(self._open_chat)
        self.bookings.member_wanted.connect(self._open_member)
        self.products.holds_wanted.connect(self.holds)
        for each in (self.campaigns, self.products, self.bookings, self.to_fittings):
            each.complained.connect(say)
        for screen in (self.inbox, self.campaigns, self.products, self.bookings, self.insights):
            screen.tasks.failed.connect(lambda code: say(reasons.sentence(code)))

    def show_section(self, name: str) -> None:
        """Show a section."""
        self._stack.setCurrentWidget(self._screens[name])
        self.rail.show_section(name)
        if name == SETTINGS:
            self.settings.reload()

    def show_keys(self) -> KeySheet:
        """Open the sheet of all keys."""
        sheet = KeySheet(self)
        sheet.open()
        return sheet

    def redeem(self) -> RedeemWindow:
        """Open the window that redeems coupons."""
        window = RedeemWindow(self._offers, self._clock, self.inbox.tasks, self)
        window.member_wanted.connect(self._open_member)
        window.open()
        return window

    def holds(self) -> HoldsWindow:
        """Open the list of what is kept for members."""
        window = HoldsWindow(self._desks, self._clock, self.inbox.tasks, self)
        window.member_wanted.connect(self._open_member)
        window.open()
        return window

    def check_in(self) -> CheckInWindow:
        """Open the window for who comes to the counter."""
        window = CheckInWindow(self._desks, self._clock, self)
        window.member_wanted.connect(self._open_member)
        window.open()
        return window

    def _show_settings(self, section: str) -> None:
        self.show_section(SETTINGS)
        self.settings.show_section(section)

    @property
    def section(self) -> str:
        """The section that is shown."""
        current = self._stack.currentWidget()
        return next(name for name, screen in self._screens.items() if screen is current)

    def _entries(self) -> list[Entry]:
        return entries(
            self.window(), self._appearance, next_one=self._answer_next,
            chatting=self.section == INBOX and bool(self.inbox.timeline.model.conversation_id),
            switch=self.switch_asked.emit, settings=self.settings.sections,
            show=self._show_settings,
        )  # fmt: skip

    def _open_chat(self, conversation_id: int, seq: int = 0, places: Places = NOWHERE) -> None:
        self.show_section(INBOX)
        self.inbox.open(conversation_id, seq, places)
        self.inbox.reply.text.setFocus()

    def _open_member(self, member_id: int) -> None:
        self.show_section(INBOX)
        self.inbox.tasks.spawn(self._to_member(member_id))

    async def _to_member(self, member_id: int) -> None:
        await self.inbox.open_member(member_id)
        self.inbox.reply.text.setFocus()

    def _answer_next(self) -> None:
        self.show_section(INBOX)
        self.inbox.answer_next()

    def _mark(self) -> None:
        self.rail.preferences = (self._appearance.theme, self._appearance.language)

    async def close_down(self) -> None:
        """End what runs for the screens."""
        self._unsubscribe()
        await self.finder.close_down()
        await self.settings.tasks.close()
        await self.insights.close_down()
        await self.bookings.close_down()
        await self.products.close_down()
        await self.campaigns.close_down()
        await self.inbox.close_down()
