"""The campaigns section: the list, and the page of the campaign that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from console.desk.campaign_types import CampaignDraft
from console.desk.ports import DeskPorts
from console.ui import i18n
from console.ui.clock import ShopClock
from console.ui.pictures import Pictures
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import snug
from console.views.campaigns.answers_page import AnswersPage
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.list import CampaignList
from console.views.campaigns.week_page import WeekPage

if TYPE_CHECKING:
    from console.views.campaigns.report_page import ReportPage


class CampaignsScreen(QFrame):
    """Shows the list, or one campaign."""

    complained = Signal(str)
    """Something did not work; the value is one clear sentence."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks, self._port = desks, desks.campaigns
        self.setProperty("look", "paper")
        self.tasks = Tasks(self)
        self._fresh = Reload(self.tasks, self._reload)
        self.pictures = Pictures(desks.inbox.photo, self)
        self.clock = ShopClock(desks.inbox.me.timezone)
        self.list = CampaignList(self.pictures, self.clock)
        self.week = WeekPage(desks.week, self.clock, desks.inbox.me.timezone)
        self._stack = QStackedWidget()
        self.answers = AnswersPage(desks, self.clock, self.tasks)
        for page in (self.list, self.week, self.answers):
            self._stack.addWidget(page)
        self._composer: ComposerPage | None = None
        self.answers.left.connect(lambda: self._back_to_composer(self.composer.answers.all))
        self.report: ReportPage | None = None
        self._way_back: Callable[[], None] = self._report_to_composer
        self.list.week_wanted.connect(self.show_week)
        self.week.left.connect(self.show_list)
        self.week.open_wanted.connect(lambda key: self.tasks.spawn(self.open(key)))
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(self._stack)
        self._unsubscribe = self._port.on_changed(self._on_changed)
        self.list.new_wanted.connect(self.begin)
        self.list.chosen.connect(lambda key: self.tasks.spawn(self.open(key)))

    @property
    def composer(self) -> ComposerPage:
        """The page of a campaign, made when it is first wanted: no start waits for it."""
        if self._composer is None:
            self._composer = self._composer_page()
        return self._composer

    def _composer_page(self) -> ComposerPage:
        page = ComposerPage(self._desks, self.pictures, self.clock, self.tasks)
        page.answers_wanted.connect(lambda number: self.tasks.spawn(self.show_answers(number)))
        page.report_wanted.connect(lambda number: self.tasks.spawn(self.show_report(number)))
        page.left.connect(lambda: self.tasks.spawn(self._back()))
        page.other_wanted.connect(lambda key: self.tasks.spawn(self.open(key)))
        self._stack.addWidget(page)
        return page

    @property
    def composing(self) -> bool:
        """Whether a campaign is open."""
        return self._composer is not None and self._stack.currentWidget() is self._composer

    async def open(self, client_id: str) -> None:
        """Open a campaign."""
        if await self.composer.open(client_id):
            self._stack.setCurrentWidget(self.composer)

    def begin(self) -> None:
        """Begin a campaign."""
        self.tasks.spawn(self._begin())

    def show_week(self) -> None:
        """Show the plan of the week."""
        self._stack.setCurrentWidget(self.week)
        self.week.show_week(self.week.monday)

    async def show_answers(self, campaign_id: int) -> None:
        """Show what members answered to a campaign."""
        await self.answers.open(campaign_id)
        self._stack.setCurrentWidget(self.answers)
        self.answers.groups.setFocus()

    async def show_report(self, campaign_id: int, back: Callable[[], None] | None = None) -> bool:
        """Show how a campaign was received; false when there is no such campaign.

        ``back``: where the way back leads, if not to the campaign that is open here.
        """
        page = self.report or self._report_page()
        if not await page.open(campaign_id):  # before it is shown: never another one's figures
            return False
        self._way_back = back or self._report_to_composer
        self._stack.setCurrentWidget(page)
        page.funnel.bars.setFocus()
        return True

    def _report_page(self) -> ReportPage:
        """Made, and its module loaded, when it is first wanted: no start waits for it."""
        from console.views.campaigns.report_page import ReportPage  # noqa: PLC0415

        page = self.report = ReportPage(self._desks, self.clock, self.tasks)
        page.left.connect(self._on_report_left)
        page.names.begun.connect(lambda key: self.tasks.spawn(self.open(key)))
        self._stack.addWidget(page)
        return page

    def _on_report_left(self) -> None:
        self._way_back()

    def _report_to_composer(self) -> None:
        self._back_to_composer(self.composer.progress.report)

    def _back_to_composer(self, focus: QWidget) -> None:
        self._stack.setCurrentWidget(self.composer)
        focus.setFocus()

    def show_list(self) -> None:
        """Back to the list."""
        self._stack.setCurrentWidget(self.list)
        self._fresh.start()

    async def _begin(self) -> None:
        draft = CampaignDraft(language=i18n.language())
        await self.open(await self._port.create(draft))
        self.composer.head.title.setFocus()

    async def _back(self) -> None:
        await self.composer.leave()
        self._stack.setCurrentWidget(self.list)
        await self._fresh.now()
        self.list.show_current(self.composer.editing.client_id)
        self.list.list.setFocus()

    def _on_changed(self) -> None:
        if self.isVisible():
            self._fresh.start()

    async def _reload(self) -> None:
        if self.composing:
            await self.composer.refresh()
        elif self._stack.currentWidget() not in (self.answers, self.report):
            self.list.show_items(await self._port.all())

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now."""
        super().showEvent(event)
        self._fresh.start()

    async def close_down(self) -> None:
        """End what runs for it."""
        self._unsubscribe()
        self.answers.close_down()
        if self.report is not None:
            self.report.close_down()
        if self._composer is not None:
            await self._composer.close_down()
        await self.week.close_down()
        await self.tasks.close()
        await self.pictures.close()
