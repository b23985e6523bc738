"""Quick replies at the cursor: ``/`` in an empty place, a few letters, Enter; then the blanks.

The popup never has the keyboard: one goes on typing, and arrows, Enter and Esc belong to it
while it is open.  Nothing happens while an input method composes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.ports import QuickRepliesPort
from console.desk.quick_replies import QuickReplyItem
from console.desk.types import Me, MemberPanel
from console.domain.quick_replies import blanks, filled
from console.ui.choice_list import Choice, ChoiceList
from console.ui.composer import Composer
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.popover import Popover
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug, speaks
from console.views.inbox.reply_keep import KeepWindow

_ROWS = 6
_SIGNS = ("/", "、", "／")
"""What the key ``/`` writes; the others with a Chinese input method, and begin no sentence."""
_LONGEST = 24
"""Letters behind ``/`` after which it is no search any more."""


class QuickPopup(Popover):
    """What fits, the best first."""

    managed = Signal()
    """Somebody wants to change them."""

    def __init__(
        self, anchor: QWidget, store: Pictures, words: Callable[[QuickReplyItem], str]
    ) -> None:
        super().__init__(anchor)
        self._pictures, self._words = store, words
        self.list = ChoiceList(_ROWS)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing, self._hint, self._manage = label("faint"), label("tiny"), button("link")
        self._manage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._manage.clicked.connect(self._on_manage)
        foot = QHBoxLayout()
        snug(foot, 8, 0, 0, 0, spacing=8)
        foot.addWidget(self._hint)
        foot.addStretch(1)
        foot.addWidget(self._manage)
        self.column.addWidget(self.list)
        self.column.addWidget(self._nothing)
        self.column.addLayout(foot)
        self.setFixedWidth(460)
        store.arrived.connect(self.list.viewport().update)
        self._speak()

    def offer(self, found: list[QuickReplyItem], left: int) -> None:
        """Show these above the cursor."""
        self.list.offer([self._choice(each) for each in found])
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.open_at(left)

    def _choice(self, item: QuickReplyItem) -> Choice:
        picture = None
        if item.photos:
            first = item.photos[0]
            picture = lambda: self._pictures.get(first)  # noqa: E731 - asked for while painting
        mine = "" if item.shared else translate("Quick", "mine")
        shortcut = f"/{item.shortcut}" if item.shortcut else ""
        beside = " · ".join(part for part in (mine, shortcut) if part)
        title = item.title or item.body or translate("Phrases", "[Photo]")
        return Choice(item, title, self._words(item), beside, picture)

    def _on_manage(self) -> None:
        self.dismiss()
        self.managed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Quick", "Quick replies"))
        self.list.setAccessibleName(translate("Quick", "Quick replies"))
        self._nothing.setText(translate("Quick", "No quick reply fits; Esc closes, the text stays"))
        self._hint.setText(translate("Quick", "↑ ↓ choose · Enter inserts · Tab goes to blanks"))
        self._manage.setText(translate("Quick", "Manage…"))


class QuickReplies(QObject):
    """Watches a field for ``/`` and puts quick replies into it."""

    inserted = Signal(object)
    """A ``QuickReplyItem`` whose words are in the field now."""
    managed = Signal()
    kept = Signal(str)
    """The words were kept as one; a sentence that says so."""

    def __init__(
        self, port: QuickRepliesPort, tasks: Tasks, text: Composer, store: Pictures,
        facts: Callable[[], dict[str, str]], pane: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(text)
        self._pane = pane
        self._port, self._tasks, self._text, self._facts = port, tasks, text, facts
        self.popup = QuickPopup(pane, store, self._words)
        self.enabled = True
        self._filling = False
        self._refused = ""
        """The search that Esc closed, until it changes."""
        self.popup.list.chosen.connect(self.insert)
        self.popup.managed.connect(self.managed)
        text.textChanged.connect(self._look)
        text.cursorPositionChanged.connect(self._look)
        text.composed.connect(self._look)
        text.focused.connect(lambda on: None if on else self.popup.dismiss())
        text.keep_wanted.connect(self.keep)
        text.tab_first = self.next_blank

    # --- the search -----------------------------------------------------------------------

    def query(self) -> str | None:
        """What stands behind ``/`` at the cursor; ``None``: no search."""
        cursor = self._text.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        word = before.split(" ")[-1].split("\u3000")[-1]
        ready = self.enabled and not self._text.composing and not cursor.hasSelection()
        if not ready or not word.startswith(_SIGNS) or len(word) > _LONGEST:
            return None
        return word[1:]

    def _look(self) -> None:
        query = self.query()
        if query is None or query == self._refused != "":
            self.popup.dismiss()
        else:
            self._tasks.spawn(self._find(query))
        if query is None:
            self._refused = ""

    async def _find(self, query: str) -> None:
        found = await self._port.find(query)
        if query == self.query() and self._text.hasFocus():
            place = self._text.cursorRect().topLeft()
            self.popup.offer(found, self._text.viewport().mapTo(self._pane, place).x() - 14)

    def open(self) -> None:
        """As if ``/`` had been typed."""
        self._text.setFocus()
        cursor = self._text.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if self.query() is None:
            cursor.insertText("/" if not before or before.endswith((" ", "\u3000")) else " /")

    def take_key(self, event: QKeyEvent) -> bool:
        """What the open popup does with a key; whether it took it."""
        if self.popup.isHidden():
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._refused = self.query() or "/"
            self.popup.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.popup.list.count():
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self.popup.list.choose()
        else:
            return False
        return True

    def keep(self) -> None:
        """Keep what is written, or the selected part of it, as a quick reply."""
        chosen = self._text.textCursor().selectedText().replace("\u2029", "\n")
        words = chosen or self._text.toPlainText()
        window = KeepWindow(words, self._port, self._text.window())
        window.kept.connect(self.kept)
        window.open()

    # --- inserting ------------------------------------------------------------------------

    def insert(self, item: QuickReplyItem) -> None:
        """Put its words where ``/`` stands, and select the first blank."""
        self.popup.dismiss()
        query, cursor = self.query(), self._text.textCursor()
        if query is not None:
            steps = len(query) + 1
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, steps
            )
        begin = cursor.selectionStart()
        words = self._words(item)
        cursor.insertText(words)
        self._text.setTextCursor(cursor)
        self._text.setFocus()
        self._filling = bool(blanks(words))
        if self._filling:
            self._select_from(begin)
        self.inserted.emit(item)

    def _words(self, item: QuickReplyItem) -> str:
        return filled(item.body, self._facts(), _hints())

    def blank_left(self) -> bool:
        """Whether an inserted reply has a blank that nobody typed over; it is selected."""
        if not self._filling:
            return False
        self._filling = bool(blanks(self._text.toPlainText()))
        if self._filling:
            self._select_from(0)
        return self._filling

    def forget_blanks(self) -> None:
        """What stands in brackets is meant so."""
        self._filling = False

    def next_blank(self, forwards: bool) -> bool:
        """Select the blank after (or before) the cursor; ``False``: there is none."""
        if not self.popup.isHidden():
            self.popup.list.step(1 if forwards else -1)
            return True
        spans = blanks(self._text.toPlainText()) if self._filling else []
        if not spans:
            self._filling = False
            return False
        cursor = self._text.textCursor()
        if forwards:
            after = [span for span in spans if span[0] >= cursor.selectionEnd()]
            self._select(after[0] if after else spans[0])
        else:
            before = [span for span in spans if span[1] <= cursor.selectionStart()]
            self._select(before[-1] if before else spans[-1])
        return True

    def _select_from(self, place: int) -> None:
        spans = blanks(self._text.toPlainText())
        self._select(next((span for span in spans if span[0] >= place), spans[0]))

    def _select(self, span: tuple[int, int]) -> None:
        text, cursor = self._text.toPlainText(), self._text.textCursor()
        # Qt counts UTF-16 units, Python characters.
        first, last = (len(text[:at].encode("utf-16-le")) // 2 for at in span)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)


def facts_of(me: Me, member: MemberPanel | None) -> dict[str, str]:
    """What is filled into a quick reply; of a member who is not known nothing."""
    facts = {"staff": me.name, "shop": me.shop_name}
    if member is not None:
        facts |= {"name": member.name, "points": f"{member.points:,}"}
    return facts


def _hints() -> dict[str, str]:
    return {
        "name": translate("Quick", "name"),
        "staff": translate("Quick", "your name"),
        "shop": translate("Quick", "shop"),
        "points": translate("Quick", "points"),
    }
