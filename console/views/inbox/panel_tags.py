"""A member's tags: chips that can be taken off, and a field that completes what is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QWidget

from console.ui import draw, fonts, theme
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, label, plain_tip, snug, speaks
from console.views.inbox.panel_about import heading, icon_button, section

LONGEST = 20
_WIDEST_CHIP = 190


class TagsSection(QWidget):
    """Stays while the member is the same, so that what is being typed is not lost."""

    added = Signal(list)
    removed = Signal(str)
    wanted = Signal()
    """The tags in use are needed for completion."""

    def __init__(self) -> None:
        super().__init__()
        self._tags: tuple[str, ...] = ()
        self._words = QStringListModel(self)
        self.add = button("link")
        self.add.setObjectName("add_tag")
        self.add.clicked.connect(self.begin)
        self.field = QLineEdit()
        self.field.setProperty("look", "search")
        self.field.setMaxLength(200)
        self.field.returnPressed.connect(self._on_return)
        self.field.installEventFilter(self)
        self._complete()
        self._heading = heading("")
        column, top = section(self), QHBoxLayout()
        snug(top)
        top.addWidget(self._heading)
        top.addStretch(1)
        top.addWidget(self.add)
        column.addLayout(top)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, 8)
        column.addWidget(self._chips)
        column.addWidget(self.field)
        self.field.hide()
        self._speak()

    def _complete(self) -> None:
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        completer.activated.connect(self._completed, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show these; what is being typed stays."""
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self._fill()

    def offer(self, words: Sequence[str]) -> None:
        """What completes: the tags in use, without her own."""
        self._words.setStringList([word for word in words if word not in self._tags])

    def begin(self) -> None:
        """Open the field."""
        self.wanted.emit()
        self.field.show()
        self.field.setFocus()

    def forget(self) -> None:
        """Another member: what was typed belonged to the one before."""
        self.field.clear()
        self.field.hide()

    @property
    def chips(self) -> list[TagChip]:
        """The chips that are shown."""
        return [chip for chip in self._chips.findChildren(TagChip) if not chip.isHidden()]

    def _fill(self) -> None:
        emptied(self._flow)
        for tag in self._tags:
            chip = TagChip(tag)
            chip.removed.connect(self.removed)
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._tags))
        self._chips.updateGeometry()

    def _on_return(self) -> None:
        """What is chosen in the list of completions comes by itself, once."""
        popup = self.field.completer().popup()
        if popup is None or popup.isHidden() or not popup.currentIndex().isValid():
            self._enter()

    def _enter(self) -> None:
        typed = self.field.text().replace("，", ",").replace("、", ",")
        tags = [" ".join(part.split()) for part in typed.split(",")]
        new = [tag for tag in dict.fromkeys(tags) if tag and tag not in self._tags]
        if any(len(tag) > LONGEST for tag in new):
            self.field.setProperty("fault", True)
            self.field.setToolTip(translate("Tags", "A tag has at most 20 characters"))
        else:
            self.field.setProperty("fault", False)
            self.field.setToolTip("")
            self.field.clear()
            if new:
                self.added.emit(new)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def _completed(self, tag: str) -> None:
        if self.field.text() == tag:
            self._enter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes an empty field; words that were typed stay."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            escape = cast("QKeyEvent", event).key() == Qt.Key.Key_Escape
            if escape and not self.field.text():
                self.field.hide()
                self.add.setFocus()
            return escape
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("MemberPane", "Tags"))
        self.add.setText(translate("Tags", "+ Add"))
        self.add.setAccessibleName(translate("Tags", "Add a tag"))
        self.field.setPlaceholderText(translate("Tags", "A tag, then Enter"))
        self.field.setAccessibleName(translate("Tags", "New tag"))
        self._fill()


class TagChip(QFrame):
    """A tag with a small cross."""

    removed = Signal(str)

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.setProperty("look", "tag")
        words = label()
        font = fonts.font(theme.SMALL_PX)
        words.setFont(font)
        words.setText(draw.elided(tag, theme.SMALL_PX, _WIDEST_CHIP))
        words.setToolTip(plain_tip(tag))
        name = translate("Tags", "Take off the tag {tag}").format(tag=tag)
        self.cross = icon_button("close", name, 12)
        self.cross.setFixedSize(18, 18)
        self.cross.clicked.connect(lambda: self.removed.emit(self.tag))
        row = QHBoxLayout(self)
        snug(row, 11, 3, 5, 3, spacing=3)
        row.addWidget(words)
        row.addWidget(self.cross)
