"""Who a campaign is for: a rule built from conditions, its sentence, and how many it means now."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.segments import SavedSegment, SegmentMember
from console.desk.segments_port import SegmentsPort
from console.domain.segments import EVERYBODY, Group, Rule, Saved, expanded
from console.models.live_count import LiveCount
from console.models.segment_editor import RuleEditor
from console.ui import reasons
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.ui.widgets import label, repaints, snug, speaks
from console.views.campaigns.segment_count import CountBox
from console.views.campaigns.segment_import import ImportWindow
from console.views.campaigns.segment_names import NamesWindow
from console.views.campaigns.segment_saved import SavedBar
from console.views.campaigns.segment_tree import RuleTree
from console.views.campaigns.segment_words import Offers

_LISTS: Final = (".csv", ".txt", ".tsv")


class SegmentPicker(QWidget):
    """``meant`` is what was built; steps are taken back by whoever keeps it.

    It counts and reads only while it is shown.
    """

    changed = Signal()
    """Somebody made the rule another one."""
    counted = Signal(object)
    """A ``SegmentCount`` of the present rule."""
    known = Signal()
    """Saved segments, or what can be named, are others now."""
    revealed = Signal(object)
    """This card has the keyboard: scroll to it."""

    def __init__(self, port: SegmentsPort, clock: ShopClock) -> None:
        super().__init__()
        self._port = port
        self._current: SavedSegment | None = None
        self._wanted = ""
        self._turn = asyncio.Lock()
        self.tasks = Tasks(self)
        self.offers = Offers(port, self.tasks.spawn)
        self.editor = RuleEditor(self)
        self.editor.check = self._check
        self.live = LiveCount(port, self.tasks.spawn, self)
        self.bar, self.count = SavedBar(), CountBox(clock)
        self.tree = RuleTree(self.editor, self.offers)
        self.fault = label("fault", wrap=True)
        self.names_window: NamesWindow | None = None
        self.import_window: ImportWindow | None = None
        self.setAcceptDrops(True)
        self._arrange()
        self.gone = UndoBar(self, self, self._visible_foot)
        self.live.rest()
        self._connect()
        self._stop = port.on_changed(self._on_stored)
        self.destroyed.connect(self._stop)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        snug(column, spacing=10)
        for part in (self.bar, self.tree, self.fault, self.count):
            column.addWidget(part)
        column.addStretch(1)
        self.fault.hide()

    def _visible_foot(self) -> int:
        """Where what is seen of it ends: around it something may be scrolled."""
        return self.visibleRegion().boundingRect().bottom() + 1

    def _connect(self) -> None:
        self.editor.changed.connect(self._on_changed)
        self.editor.refused.connect(self._on_refused)
        self.tree.revealed.connect(self.revealed)
        self.live.asked.connect(self.count.wait)
        self.live.counted.connect(self.count.show_count)
        self.live.counted.connect(self.counted)
        self.live.refused.connect(self.count.refuse)
        self.count.names_wanted.connect(self.show_names)
        self.bar.chosen.connect(self.choose)
        self.bar.asked.connect(self._on_asked)
        self.bar.named.connect(lambda *given: self.tasks.spawn(self._name(*given)))
        self.bar.given_up.connect(lambda entry: self.tasks.spawn(self._port.discard(entry)))
        self.tasks.failed.connect(self._on_refused)

    # --- the rule -------------------------------------------------------------------------

    @property
    def rule(self) -> Rule:
        """Whom it means."""
        return self.editor.rule

    @property
    def meant(self) -> Rule | None:
        """The rule as it is kept: ``None`` everybody, a saved one as it is by its id."""
        if self.rule == EVERYBODY:
            return None
        current = self._current
        if current is not None and current.id and _plain(current.rule) == _plain(self.rule):
            return Saved(current.id)
        return self.rule

    def show_rule(self, rule: Rule | None) -> None:
        """Begin with a rule that is kept somewhere; ``changed`` is not told."""
        saved = self._saved_as(rule)
        with QSignalBlocker(self):
            self._take(saved, saved.rule if saved is not None else rule or EVERYBODY)

    def shows(self, rule: Rule | None) -> bool:
        """Whether a rule that is kept somewhere is the one that stands here."""
        saved = self._saved_as(rule) if isinstance(rule, Saved) else None
        if saved is not None and (self._current is None or self._current.id != saved.id):
            return False
        wanted = saved.rule if saved is not None else rule or EVERYBODY
        return _plain(wanted) == _plain(self.rule)

    def undo(self) -> bool:
        """Take a step back that asked nothing; false when the newest one did ask something."""
        same = self.editor.undo_asks_same
        if same:
            self.editor.undo()
        return same

    def redo(self) -> bool:
        """Make a step again that asks nothing; false when the next one does ask something."""
        same = self.editor.redo_asks_same
        if same:
            self.editor.redo()
        return same

    def _saved_as(self, rule: Rule | None) -> SavedSegment | None:
        if isinstance(rule, Saved):
            return next((e for e in self.offers.saved if e.id == rule.segment_id), None)
        if rule is None:
            return None
        return next((e for e in self.offers.saved if _plain(e.rule) == _plain(rule)), None)

    def choose(self, client_id: str) -> None:
        """Show a saved segment, to be changed or used as it is."""
        found = next((each for each in self.offers.saved if each.client_id == client_id), None)
        if found is None:
            self._wanted = client_id  # it comes with the next change
        else:
            self._take(found, found.rule)

    def _take(self, saved: SavedSegment | None, rule: Rule) -> None:
        self._current, self._wanted = saved, ""
        self.offers.own_id = saved.id if saved is not None else 0
        self._on_refused("")
        self.editor.show(rule)

    def _check(self, rule: Rule) -> None:
        """Raise ``Fault`` for a circle, or more than can be asked."""
        saved = {each.id: each.rule for each in self.offers.saved if each.id}
        own = self.offers.own_id
        expanded(Saved(own) if own else rule, saved | {own: rule} if own else saved)

    def _on_changed(self) -> None:
        self._on_refused("")
        self._say()
        self.live.ask(self.rule)
        self.changed.emit()

    def _say(self) -> None:
        self.count.say(self.offers.sentence(self.rule))
        changed = self._current is not None and _plain(self._current.rule) != _plain(self.rule)
        self.bar.show_current(self._current, changed=changed)

    def _on_refused(self, code: str) -> None:
        self.fault.setText(reasons.sentence(code, self.tasks.parameters) if code else "")
        self.fault.setVisible(bool(code))
        if code and self.tree.open_row is not None:
            # What could not be done must not stand in the controls as if it were.
            QTimer.singleShot(0, self.tree, self.tree.rebuild)

    # --- what the shop has ----------------------------------------------------------------

    def _on_stored(self) -> None:
        if self.isVisible():
            self.tasks.spawn(self.reload())

    def showEvent(self, event: QShowEvent) -> None:
        """Say what there is now."""
        super().showEvent(event)
        self.tasks.spawn(self.reload())
        self.live.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.live.rest()

    async def reload(self) -> None:
        """Read the saved segments, and what can be named, again."""
        async with self._turn:  # an older answer must not come after a newer one
            await self._read()

    async def _read(self) -> None:
        before = self.offers.choices, self.offers.saved
        self.offers.choices = await self._port.choices()
        self.offers.saved = await self._port.saved()
        self.bar.show_saved(self.offers.saved)
        if self._current is not None:
            key = self._current.client_id
            self._current = next((e for e in self.offers.saved if e.client_id == key), None)
            self.offers.own_id = self._current.id if self._current is not None else 0
        if self._wanted:
            self.choose(self._wanted)
        other = before != (self.offers.choices, self.offers.saved)
        if other and self.tree.open_row is None:
            self.tree.rebuild()
        self._say()
        if other:
            self.known.emit()

    # --- saving ---------------------------------------------------------------------------

    def _on_asked(self, action: str) -> None:
        if action == "new":
            self._take(None, EVERYBODY)
        elif action == "import":
            self.open_import()
        elif action == "save":
            self.tasks.spawn(self._save())
        elif action == "remove" and self._current is not None:
            self.tasks.spawn(self._remove(self._current))

    async def _save(self) -> None:
        current = self._current
        if current is not None:
            await self._port.save(client_id=current.client_id, rule=self.rule, base_rev=current.rev)
            await self.reload()
            self.changed.emit()

    async def _name(self, action: str, name: str) -> None:
        current = self._current
        if action == "save_as" or current is None:
            self._wanted = await self._port.save(name=name, rule=self.rule)
        elif action == "duplicate":
            self._wanted = await self._port.duplicate(current.client_id, name)
        else:
            await self._port.save(client_id=current.client_id, name=name, base_rev=current.rev)
        await self.reload()

    async def _remove(self, current: SavedSegment) -> None:
        await self._port.remove(current.client_id)
        self._current, self.offers.own_id = None, 0
        self.changed.emit()
        await self.reload()
        words = translate("Segments", "Deleted “{name}”").format(name=current.name)
        self.gone.say(words, lambda: self.tasks.spawn(self._put_back(current)))

    async def _put_back(self, gone: SavedSegment) -> None:
        self._wanted = await self._port.save(name=gone.name, rule=gone.rule)
        await self.reload()

    # --- windows --------------------------------------------------------------------------

    def show_names(self) -> NamesWindow:
        """Who they are."""
        asked = self.rule

        async def fetch(after: int, limit: int) -> tuple[SegmentMember, ...]:
            return await self._port.members(asked, after=after, limit=limit)

        title = translate("Segments", "Members who are meant")
        made = NamesWindow(title, self.offers.sentence(asked), fetch, self.window())
        self.names_window = made
        made.open()
        return made

    def open_import(self, text: str = "") -> ImportWindow:
        """A list of numbers."""
        made = ImportWindow(self._port, self.window(), text)
        made.imported.connect(self._on_imported)
        self.import_window = made
        made.open()
        return made

    def _on_imported(self, client_id: str) -> None:
        self._wanted = client_id
        self.tasks.spawn(self.reload())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file or text with numbers may be let go here."""
        data = event.mimeData()
        files = [url.toLocalFile() for url in data.urls()]
        words = data.hasText() and not files
        if words or any(Path(name).suffix.lower() in _LISTS for name in files):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the import with what was let go."""
        data = event.mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        lists = [path for path in files if path.suffix.lower() in _LISTS]
        window = self.open_import("" if files else data.text())
        if lists:
            window.take_file(lists[0])
        event.acceptProposedAction()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event):
            self._say()
        if speaks(event) or repaints(event):
            self.tree.rebuild()
        super().changeEvent(event)

    async def close_down(self) -> None:
        """End what runs."""
        self.live.close()
        self._stop()
        await self.tasks.close()


def _plain(rule: Rule) -> Rule:
    """A leaf alone, and a group of it, are the same."""
    return rule if isinstance(rule, Group) else Group("all", (rule,))
