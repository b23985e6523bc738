"""The one page of a campaign: photos, words, time; the phone; whom, and sending."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk import campaign_templates
from console.desk.campaign_types import TemplateItem
from console.desk.ports import DeskPorts
from console.ui import campaign_phrases, carried, i18n
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.section import emptied
from console.ui.tab_order import as_laid_out
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.ui.widgets import Chip, frame, snug, speaks
from console.views.campaigns.answers_part import AnswersPart
from console.views.campaigns.beside import BesideBar
from console.views.campaigns.editing import Editing
from console.views.campaigns.head import HeadPart
from console.views.campaigns.offer import OfferPart
from console.views.campaigns.offer_progress import OfferProgress
from console.views.campaigns.photos import PhotosPart
from console.views.campaigns.preview import PreviewPart
from console.views.campaigns.progress import ProgressPart
from console.views.campaigns.question import QuestionPart
from console.views.campaigns.reach_line import ReachLine
from console.views.campaigns.sending import SendPart
from console.views.campaigns.templates import TemplatesWindow
from console.views.campaigns.trial import TrialWindow
from console.views.campaigns.when import WhenPart
from console.views.campaigns.who import WhoPart
from console.views.campaigns.words import WordsPart

_SIDE_WIDTH: Final = 320
_WIDER: Final = 352
_MARGINS: Final = (20, 16, 20, 20)
_ROOMY: Final = 1340
"""From this width of the page on there is room for a wider side."""
_ABREAST: Final = 980
"""From this width on photos, phone and side stand abreast; below it the phone is asked for."""


class ComposerPage(QFrame):
    """Shows the campaign that ``open`` names."""

    left = Signal()
    other_wanted = Signal(str)
    answers_wanted = Signal(int)
    report_wanted = Signal(int)

    def __init__(
        self, desks: DeskPorts, pictures: Pictures, clock: ShopClock, tasks: Tasks
    ) -> None:
        super().__init__()
        port, me = desks.campaigns, desks.inbox.me
        self._desks = desks
        self._port, self._tasks, self._clock = port, tasks, clock
        self.setProperty("look", "paper")
        self.setAcceptDrops(True)
        self.editing = Editing(port, tasks)
        self.head = HeadPart(self.editing)
        self.beside = BesideBar(self.editing, port, tasks)
        self.photos = PhotosPart(self.editing, port, desks.writing, pictures, tasks)
        self.words = WordsPart(self.editing)
        self.question = QuestionPart(self.editing)
        self.offer = OfferPart(self.editing, clock)
        self.when = WhenPart(self.editing, clock, me.timezone)
        self.who = WhoPart(self.editing, port, desks.segments, clock, tasks)
        self.progress = ProgressPart(self.editing, port, tasks)
        self.answers = AnswersPart(self.editing, desks.answers, tasks)
        self.claims = OfferProgress(self.editing, desks.offers, clock, tasks)
        self.preview = PreviewPart(
            self.editing, port, self.who, pictures, clock, tasks, me.shop_name
        )
        self.sending = SendPart(
            self.editing, port, clock, me.timezone, self.photos, self.question, self.offer, tasks
        )
        self.versions: list[Chip] = []
        self._versions = QWidget()
        self._panel, self._content, self.side = frame("panel"), QScrollArea(), QScrollArea()
        self.reach = ReachLine(self.who, self.side)
        self._arrange()
        self.said = UndoBar(self, self, self.height)
        self._connect()

    def _arrange(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        snug(column)
        snug(row)
        self._tabs = QHBoxLayout(self._versions)
        snug(self._tabs, spacing=8)
        self._fill(self._content, (self.beside, self._versions, self.photos, self.words,
                                   self.question, self.offer, self.when))  # fmt: skip
        inside = QVBoxLayout(self._panel)
        snug(inside)
        self._fill(self.side, (self.who, self.progress, self.answers, self.claims))
        foot = frame("footer")
        below = QVBoxLayout(foot)
        snug(below, 20, 14, 20, 14)
        below.addWidget(self.reach)
        below.addWidget(self.sending)
        inside.addWidget(self.side, 1)
        inside.addWidget(foot)
        row.addWidget(self._content, 1)
        row.addWidget(self.preview)
        row.addWidget(self._panel)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def _fill(self, area: QScrollArea, parts: tuple[QWidget, ...]) -> None:
        ground = QWidget()
        column = QVBoxLayout(ground)
        snug(column, *_MARGINS, spacing=16)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        bar = area.verticalScrollBar()

        def keep_width(least: int, most: int) -> None:
            """What is scrolled ends where it would without the bar."""
            left, top, right, bottom = _MARGINS
            beside = bar.sizeHint().width() if most > least else 0
            column.setContentsMargins(left, top, right - beside, bottom)

        bar.rangeChanged.connect(keep_width)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)

    def _connect(self) -> None:
        editing = self.editing
        self.head.back_wanted.connect(self.left)
        self.head.step_wanted.connect(self._go_to)
        self.head.templates_wanted.connect(lambda: self._tasks.spawn(self._offer_templates()))
        self.head.remove_wanted.connect(lambda: self._tasks.spawn(self._remove()))
        self.sending.resent.connect(self.other_wanted)
        self.answers.wanted.connect(self.answers_wanted)
        self.progress.report_wanted.connect(self.report_wanted)
        self.head.trial_wanted.connect(lambda: self._tasks.spawn(self._offer_trial()))
        self.head.phone_wanted.connect(self._share_out)
        editing.changed.connect(self._show_versions)
        editing.stood.connect(self._show_parts)
        editing.gone.connect(self.left)
        self.who.reached.connect(self._show_reach)
        self.when.weekly.clicked.connect(lambda: QTimer.singleShot(0, self.when, self.show_when))
        self.who.picker.revealed.connect(self._reveal)
        self.offer.checked.connect(self._check)
        self.offer.entered.connect(self.preview.phone.scroll_to_end)
        self.offer.begun.connect(lambda: QTimer.singleShot(0, self.offer, self.show_offer))
        for keys, act in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo),
                          ("Ctrl+Shift+Z", self.redo), ("Ctrl+V", self.paste)):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- which ----------------------------------------------------------------------------

    async def open(self, client_id: str) -> bool:
        """Show a campaign; false when it is gone."""
        if not await self.editing.open(client_id):
            return False
        self._content.verticalScrollBar().setValue(0)
        self.preview.speak_to(self.editing.draft.language)
        await self.who.reload()
        return True

    async def refresh(self) -> None:
        """Rows or entries changed."""
        await self.editing.refresh()

    async def leave(self) -> None:
        """Keep what was written; files that were dropped still come in."""
        await self.editing.flush()

    async def close_down(self) -> None:
        """Keep what was written, end what runs."""
        self.photos.stop_work()
        self.claims.close_down()
        self.answers.close_down()
        await self.leave()
        await self.who.close_down()

    # --- showing --------------------------------------------------------------------------

    def _show_parts(self) -> None:
        editable = self.editing.editable
        self.who.setVisible(editable)
        self.progress.setVisible(not editable)

    def _show_versions(self) -> None:
        names = [each.name for each in self.editing.draft.variants]
        if [chip.text() for chip in self.versions] != [campaign_phrases.variant(n) for n in names]:
            emptied(self._tabs)
            self.versions = [Chip() for _ in names]
            for number, chip in enumerate(self.versions):
                chip.setText(campaign_phrases.variant(names[number]))
                chip.clicked.connect(lambda _=False, n=number: self.editing.show_variant(n))
                self._tabs.addWidget(chip)
            self._tabs.addStretch(1)
        self._versions.setVisible(len(names) > 1)
        for number, chip in enumerate(self.versions):
            chip.setChecked(number == self.editing.at)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the page as it stands, also to what was made just now."""
        as_laid_out(self)
        return super().focusNextPrevChild(forward)

    def _go_to(self, step: str) -> None:
        """A step of the head scrolls to its part and puts the keyboard there."""
        part, first = {
            "content": (self.photos, self.words.text), "who": (self.who, self.who.first),
            "when": (self.when, self.when.now),
        }[step]  # fmt: skip
        self.head.phone.setChecked(False)
        self._share_out()
        area = self.side if step == "who" else self._content
        area.ensureWidgetVisible(part, 0, 20)
        first.setFocus()

    def _show_reach(self, reaches: bool) -> None:
        self.head.show_reach(reaches)
        found = self.who.audience
        self.sending.show_reach(nobody=found is not None and found.whole and not found.receive)

    def _check(self) -> None:
        self.head.show_sound(self.question.is_sound and self.offer.is_sound)

    def show_question(self) -> None:
        """Scroll to the question."""
        self._content.ensureWidgetVisible(self.question, 0, 20)

    def show_when(self) -> None:
        """Scroll to the time."""
        self._content.ensureWidgetVisible(self.when, 0, 20)

    def show_offer(self) -> None:
        """Bring the offer into view, the time below it too if there is room."""
        self._content.ensureWidgetVisible(self.when, 0, 20)
        self._content.ensureWidgetVisible(self.offer, 0, 20)

    def _reveal(self, card: QWidget) -> None:
        QTimer.singleShot(0, card, lambda: self.side.ensureWidgetVisible(card, 0, 24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide page has a wider side; on a narrow one the phone stands where the photos do."""
        super().resizeEvent(event)
        self._panel.setFixedWidth(_WIDER if self.width() >= _ROOMY else _SIDE_WIDTH)
        self.head.show_narrow(narrow=self.width() < _ABREAST)
        self._share_out()

    def _share_out(self) -> None:
        """Who of photos and phone is there."""
        narrow, asked = self.width() < _ABREAST, self.head.phone.isChecked()
        self._content.setVisible(not (narrow and asked))
        self.preview.setVisible(not narrow or asked)

    # --- doing ----------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the newest step back; where the rule is built also one that asks nothing yet."""
        if not (self._building and self.who.picker.undo()):
            self.editing.undo()

    def redo(self) -> None:
        """Do it again."""
        if not (self._building and self.who.picker.redo()):
            self.editing.redo()

    @property
    def _building(self) -> bool:
        focus = self.focusWidget()
        return focus is not None and self.who.picker.isAncestorOf(focus)

    def paste(self) -> None:
        """Pictures and files go to the photos; words to the field that has the keyboard."""
        mime = QGuiApplication.clipboard().mimeData()
        found = carried.pictures(mime)
        if found:
            self.photos.add(found)
            return
        target = self.focusWidget()
        paste = getattr(target, "paste", None)
        if callable(paste):
            paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos may be let go anywhere on the page: their place shows where they will be."""
        if self.editing.editable and carried.holds(event.mimeData()):
            self.photos.grid.show_over(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.photos.grid.show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        self.photos.grid.show_over(over=False)
        event.acceptProposedAction()
        self.photos.add(carried.pictures(event.mimeData()))

    async def _remove(self) -> None:
        key = self.editing.client_id
        await self.editing.flush()
        await self._port.remove(key)
        self.left.emit()

    async def _offer_templates(self) -> None:
        found = await self._port.templates(i18n.language())
        says = self.editing.draft.says_something
        window = TemplatesWindow(found, may_keep=says, parent=self)
        window.chosen.connect(self._use_template)
        window.removed.connect(lambda key: self._tasks.spawn(self._port.remove_template(key)))
        window.keep_wanted.connect(lambda title: self._tasks.spawn(self._keep_template(title)))
        window.open()

    def _use_template(self, item: TemplateItem) -> None:
        editing, now = self.editing, self._clock.now()
        zone = self._desks.inbox.me.timezone
        editing.use(campaign_templates.used(item, editing.draft, editing.at, now, zone))

    async def _keep_template(self, title: str) -> None:
        editing, at = self.editing, self.editing.at
        if editing.item is not None and editing.item.uploading is not None:
            words = translate("Campaigns", "“{title}” is kept as soon as its photos are uploaded")
            self.said.say(words.format(title=title))
        await self._port.keep_template(title, await editing.arrived(), at)
        self.said.say(translate("Campaigns", "Kept as a template: {title}").format(title=title))

    async def _offer_trial(self) -> None:
        await self.editing.flush()
        trials = self._desks.trials
        found = await trials.phones()
        TrialWindow(self.editing.client_id, trials, self._desks.segments, found, parent=self).open()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._show_versions()
        super().changeEvent(event)
