"""Puts the cards of one staff member's settings together."""

from __future__ import annotations

from typing import Protocol

from console.desk.accounts import AccountsDesk
from console.desk.opening import OpeningPort
from console.desk.ports import InboxPort, QuickRepliesPort
from console.desk.types import Me
from console.ui.appearance import Appearance
from console.ui.attention import AttentionChoice
from console.ui.clock import ShopClock
from console.views.settings import sections
from console.views.settings.after_hours import AnswerCard
from console.views.settings.computer import Computer, ComputerCard
from console.views.settings.devices import Consoles, DevicesCard
from console.views.settings.hours import HoursCard
from console.views.settings.https import HttpsCard
from console.views.settings.keyboard import KeysCard
from console.views.settings.locking import LockCard
from console.views.settings.looks import LooksCard
from console.views.settings.notices import NoticesCard
from console.views.settings.pairing import PairCard, PairCodes
from console.views.settings.people import PeopleCard
from console.views.settings.poster import Addresses, PosterCard
from console.views.settings.promise import PromiseCard
from console.views.settings.quick_replies import QuickRepliesCard
from console.views.settings.screen import SettingsScreen
from console.views.settings.team import Team, TeamCard
from console.views.settings.text_size import TextSizeCard


class Shop(Addresses, PairCodes, Protocol):
    """``desk.shop.ShopDesk``."""


class People(Consoles, Team, Protocol):
    """``desk.team.TeamDesk``."""


class Desk(Protocol):
    """What the cards call (``desk.open.Desk``)."""

    @property
    def shop(self) -> Shop:
        """The shop itself."""
        ...

    @property
    def opening(self) -> OpeningPort:
        """Hours, the answer after them, the promise of a reply."""
        ...

    @property
    def quick_replies(self) -> QuickRepliesPort:
        """Words and pictures kept ready."""
        ...

    @property
    def inbox(self) -> InboxPort:
        """For pictures."""
        ...

    @property
    def team(self) -> People:
        """Colleagues and their consoles."""
        ...


def settings_screen(
    desk: Desk, me: Me, accounts: AccountsDesk, appearance: Appearance,
    computer: Computer | None = None, attention: AttentionChoice | None = None,
) -> SettingsScreen:  # fmt: skip
    """The settings of ``me``; ``computer`` where the shop's relay runs on this one.

    ``attention`` is what the program asks about notices and the lock.
    """
    screen = SettingsScreen(appearance.store)
    tasks = screen.tasks
    people = PeopleCard(accounts, tasks)
    people.signed_out.connect(screen.signed_out)
    screen.add(sections.APPEARANCE, LooksCard(appearance))
    size = TextSizeCard(appearance.store)
    size.restart_asked.connect(screen.restart_asked)
    screen.add(sections.APPEARANCE, size)
    choice = attention or AttentionChoice(appearance.store)
    screen.add(sections.ATTENTION, NoticesCard(choice))
    screen.add(sections.ATTENTION, LockCard(choice))
    screen.add(sections.KEYS, KeysCard())
    screen.add(sections.COMPUTER, people)
    if computer is not None:
        screen.add(sections.COMPUTER, ComputerCard(computer, tasks))
    if me.role == "owner":
        _add_opening(screen, desk, me)
    quick = QuickRepliesCard(desk.quick_replies, desk.inbox.photo, me, tasks)
    screen.add(sections.QUICK_REPLIES, quick)
    screen.add(sections.TEAM, TeamCard(desk.team, tasks))
    screen.add(sections.DEVICES, DevicesCard(desk.team, tasks))
    screen.add(sections.DEVICES, PairCard(desk.shop, me.name, tasks))
    _add_reach(screen, PosterCard(desk.shop, accounts, me, tasks))
    return screen


def _add_opening(screen: SettingsScreen, desk: Desk, me: Me) -> None:
    hours = HoursCard(desk.opening, ShopClock(me.timezone).today(), screen.tasks)
    answer = AnswerCard(desk.opening, screen.tasks)
    hours.entered.connect(answer.show_hours)
    for card in (hours, answer, PromiseCard(desk.opening, screen.tasks)):
        screen.add(sections.HOURS, card)


def _add_reach(screen: SettingsScreen, poster: PosterCard) -> None:
    https = HttpsCard()
    poster.address_shown.connect(https.show_address)
    https.poster_asked.connect(lambda: screen.show_card(poster))
    screen.add(sections.REACH, poster)
    screen.add(sections.REACH, https)
