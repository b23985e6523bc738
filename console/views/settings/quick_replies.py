"""The card of quick replies: all of them with a search, and one of them to edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.ports import QuickRepliesPort
from console.desk.quick_replies import QuickReplyItem, StarterReply
from console.desk.types import Me
from console.ui import reasons
from console.ui.choice_list import Choice, ChoiceList
from console.ui.forms import line_edit
from console.ui.i18n import translate
from console.ui.pictures import Fetch, Pictures
from console.ui.section import Section
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.undo import STAYS_MS, UndoBar
from console.ui.widgets import Chip, button, label, snug, speaks
from console.views.settings.quick_editor import QuickEditor
from console.wire.errors import Refusal

_ROWS = 10
_LANGUAGES = ("zh", "en")


class QuickRepliesCard(Section):
    """A removed one is gone from the list at once, and for good when the bar with its undo is."""

    def __init__(self, port: QuickRepliesPort, fetch: Fetch, me: Me, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._tasks = port, tasks
        self._fresh = Reload(tasks, self._load)
        self._items: Sequence[QuickReplyItem] = ()
        self._starters: dict[str, list[StarterReply]] = {}
        self._leaving: QuickReplyItem | None = None
        self._lead, self._empty = label("soft", wrap=True), label("faint", wrap=True)
        self.search, self.new = line_edit(), button("primary")
        self.parts = {name: Chip() for name in ("all", "shop", "mine")}
        self.list, self._every = ChoiceList(_ROWS), QWidget()
        self.more = {name: button("link") for name in _LANGUAGES}
        self.editor = QuickEditor(me, Pictures(fetch, self), tasks)
        self.undo = UndoBar(self, self, self.height)
        self._timer = once(self, STAYS_MS, self._remove_now)
        self._arrange()
        self._connect()
        self._speak()

    # --- building -------------------------------------------------------------------------

    def _arrange(self) -> None:
        group = QButtonGroup(self)
        column, line, chips = QVBoxLayout(self._every), QHBoxLayout(), QHBoxLayout()
        for layout in (column, line, chips):
            snug(layout, spacing=8)
        self.search.setProperty("look", "search")
        self.search.setClearButtonEnabled(True)
        line.addWidget(self.search, 1)
        line.addWidget(self.new)
        for chip in self.parts.values():
            group.addButton(chip)
            chips.addWidget(chip)
        self.parts["all"].setChecked(True)
        chips.addStretch(1)
        for made in self.more.values():
            chips.addWidget(made)
        column.addLayout(line)
        column.addLayout(chips)
        column.addWidget(self._empty)
        column.addWidget(self.list)
        for part in (self._lead, self._every, self.editor):
            self.column.addWidget(part)
        self.editor.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self.reload)
        self.search.returnPressed.connect(self.list.choose)
        for chip in self.parts.values():
            chip.clicked.connect(self._show)
        self.list.chosen.connect(self._open)
        self.list.itemActivated.connect(lambda _: self.list.choose())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_current)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.editor)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._escape)
        self.new.clicked.connect(lambda: self._open(None))
        for name, made in self.more.items():
            made.clicked.connect(lambda _=False, name=name: self._tasks.spawn(self._add(name)))
        editor = self.editor
        editor.left.connect(self._close)
        editor.sent.connect(lambda: self._tasks.spawn(self._save()))
        editor.removed.connect(self._remove)
        editor.doubled.connect(lambda item: self._open(editor.copy_of(item)))
        editor.given_up.connect(lambda item: self._tasks.spawn(self._give_up(item)))
        self.destroyed.connect(self._port.on_changed(self.reload))

    # --- the list -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read them again."""
        self._fresh.start()

    async def _load(self) -> None:
        query = self.search.text()
        found = await self._port.find(query)
        self._starters = {name: await self._port.starters(name) for name in _LANGUAGES}
        if query == self.search.text():
            self._items = found
            self._show()

    @property
    def shown(self) -> list[QuickReplyItem]:
        """What the list shows."""
        wanted = {"shop": True, "mine": False}
        part = next(name for name, chip in self.parts.items() if chip.isChecked())
        gone = self._leaving.client_id if self._leaving is not None else ""
        return [
            item
            for item in self._items
            if wanted.get(part, item.shared) == item.shared and item.client_id != gone
        ]

    def _show(self) -> None:
        shown, current = self.shown, self.list.value
        self.list.offer([self._choice(item) for item in shown])
        for row, item in enumerate(shown):
            if current is not None and item.client_id == current.client_id:
                self.list.setCurrentRow(row)
        self.list.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._speak_list()

    def _choice(self, item: QuickReplyItem) -> Choice:
        title = item.title or " ".join(item.body.split())
        if item.shortcut:
            title += f"   /{item.shortcut}"
        below = item.body
        if item.photos:
            below = translate("QuickReplies", "[{n} pictures] ").format(n=len(item.photos)) + below
        if item.failure:
            below = reasons.sentence(item.failure, item.parameters)
        return Choice(value=item, title=title, below=below, beside=self._beside(item))

    def _beside(self, item: QuickReplyItem) -> str:
        parts = [] if item.shared else [translate("QuickReplies", "only me")]
        if item.failure:
            parts.append(translate("QuickReplies", "not saved"))
        elif item.waiting:
            parts.append(translate("QuickReplies", "waits for the line"))
        parts.append(translate("QuickReplies", "used {n}×").format(n=item.uses))
        return " · ".join(parts)

    # --- one of them ----------------------------------------------------------------------

    def _open(self, item: QuickReplyItem | None) -> None:
        self._turn(editing=True)
        self.editor.open(item)

    def _close(self) -> None:
        self._turn(editing=False)
        self.list.setFocus()

    def _turn(self, *, editing: bool) -> None:
        self.editor.setVisible(editing)
        self._every.setHidden(editing)
        self._lead.setHidden(editing)

    def _escape(self) -> None:
        if not self.editor.changed:
            self._close()  # what was typed is not thrown away by a key

    async def _save(self) -> None:
        try:
            await self._port.save(**self.editor.entered)
        except Refusal as refusal:
            self.editor.refuse(refusal)
        except OSError:
            self.editor.save.setEnabled(True)
            self.complained.emit("media.broken")
        else:
            self._close()
            await self._fresh.now()

    async def _give_up(self, item: QuickReplyItem) -> None:
        await self._port.discard(item.entry)
        self._close()
        await self._fresh.now()

    async def _add(self, language: str) -> None:
        for each in self._starters.get(language, []):
            await self._port.save(
                shared=True, title=each.title, shortcut=each.shortcut, body=each.body
            )
        await self._fresh.now()

    # --- removing -------------------------------------------------------------------------

    def _remove_current(self) -> None:
        if self.list.value is not None:
            self._remove(self.list.value)

    def _remove(self, item: QuickReplyItem) -> None:
        self._remove_now()
        self._leaving = item
        self._close()
        self._show()
        words = translate("QuickReplies", "“{title}” is removed.")
        self.undo.say(words.format(title=item.title or item.body), self._take_back)
        self._timer.start()

    def _take_back(self) -> None:
        self._timer.stop()
        self._leaving = None
        self._show()

    def _remove_now(self) -> None:
        leaving = self._leaving
        if leaving is not None:
            self._timer.stop()
            self.undo.dismiss()
            self._leaving = None
            self._items = [each for each in self._items if each.client_id != leaving.client_id]
            self._tasks.spawn(self._port.remove(leaving.client_id))

    def hideEvent(self, event: QHideEvent) -> None:
        """Who goes elsewhere meant it."""
        self._remove_now()
        super().hideEvent(event)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("QuickReplies", "Words kept ready"))
        self._lead.setText(
            translate(
                "QuickReplies", "Type / in the reply box to use one. Those used most come first."
            )
        )
        words = translate("QuickReplies", "Search name, shortcut and words")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.list.setAccessibleName(translate("QuickReplies", "Quick replies"))
        self.new.setText(translate("QuickReplies", "New"))
        names = {
            "all": translate("QuickReplies", "All"),
            "shop": translate("QuickReplies", "The shop's"),
            "mine": translate("QuickReplies", "Mine"),
        }
        for name, chip in self.parts.items():
            chip.setText(names[name])
        self._speak_list()

    def _speak_list(self) -> None:
        more = {
            "zh": translate("QuickReplies", "Add {n} usual ones in Chinese"),
            "en": translate("QuickReplies", "Add {n} usual ones in English"),
        }
        for name, made in self.more.items():
            count = len(self._starters.get(name, []))
            made.setText(more[name].format(n=count))
            made.setVisible(bool(count))
        self._empty.setText(
            translate("QuickReplies", "None has these words.")
            if self.search.text()
            else translate("QuickReplies", "None yet. “New” makes the first one.")
        )
