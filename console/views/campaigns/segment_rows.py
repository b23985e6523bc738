"""A rule's conditions and groups as cards, one widget each; they tell what was asked of them."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.segments import OPERATIONS, Group, Leaf
from console.models.segment_edits import Path
from console.ui import draw, icons, theme
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, label, looked, plain_tip, snug
from console.views.campaigns.segment_editors import LeafEditor
from console.views.campaigns.segment_words import (
    Offers,
    kind_text,
    operation_pattern,
    operation_text,
    phrases,
)

_WIDEST: Final = 232
_ALT: Final = Qt.KeyboardModifier.AltModifier
_PLAIN: Final = {
    Qt.Key.Key_Up: "previous", Qt.Key.Key_Down: "next", Qt.Key.Key_Return: "edit",
    Qt.Key.Key_Enter: "edit", Qt.Key.Key_Space: "edit", Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "remove", Qt.Key.Key_Backspace: "remove", Qt.Key.Key_G: "wrap",
    Qt.Key.Key_Menu: "menu",
}  # fmt: skip
_CARRIED: Final = {
    Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "out", Qt.Key.Key_Right: "in",
}  # fmt: skip


def asked_by(event: QKeyEvent) -> str:
    """What a key asks of a card; "" nothing."""
    table = _CARRIED if event.modifiers() & _ALT else _PLAIN
    return table.get(Qt.Key(event.key()), "")


def small_button(icon: str, name: str) -> QPushButton:
    """A cross, a triangle: an icon that says its name."""
    made = button("cross")
    made.setIcon(icons.icon(icon, 14, theme.color("ink_faint")))
    made.setIconSize(QSize(14, 14))
    made.setFixedSize(24, 24)
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(name))
    return made


class Card(QFrame):
    """What conditions and groups have in common: a place, and being dragged."""

    asked = Signal(object, str)
    """The card, and what is wanted: ``edit``, ``remove``, ``up``, ``in``, ``wrap``, ``menu`` …"""
    dragged = Signal(object, QPoint)
    """The card, and where on the screen the pointer holds it."""
    dropped = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._held: QPoint | None = None
        self._dragging = False

    def ask(self, what: str) -> None:
        """Pass on what is wanted of this card."""
        self.asked.emit(self, what)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the begin of a drag."""
        if event.button() == Qt.MouseButton.LeftButton and self.path:
            self._held = event.globalPosition().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the card along."""
        here = event.globalPosition().toPoint()
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (here - self._held).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.dragged.emit(self, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go; without a drag it was a click."""
        was_held, was_dragging = self._held is not None, self._dragging
        self._held, self._dragging = None, False
        if was_dragging:
            self.dropped.emit(self)
        elif was_held and event.button() == Qt.MouseButton.LeftButton:
            self.ask("edit")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """All that can be done with it."""
        if self.path:
            self.ask("menu")
        event.accept()


class LeafRow(Card):
    """One condition: its pieces, and its controls while it is being edited.

    ``leaf`` is ``None`` for a new one that asks nothing yet.
    """

    edited = Signal(object)

    def __init__(self, path: Path, kind: str, leaf: Leaf | None, offers: Offers) -> None:
        super().__init__(path)
        self.kind, self.leaf, self._offers = kind, leaf, offers
        self.editor: LeafEditor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        looked(self, "rule")
        self._pieces = QWidget()
        self._flow = FlowLayout(self._pieces, 6)
        self.cross = small_button("close", translate("Segments", "Remove this condition"))
        self.cross.clicked.connect(lambda: self.ask("remove"))
        self._fault = label("tiny", wrap=True)
        self._fault.setText(translate("Segments", "Not complete yet, so it does not count."))
        self._fault.hide()
        top = QHBoxLayout()
        snug(top, spacing=2)
        top.addWidget(self._pieces, 1)
        top.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        snug(self._column, 9, 6, 5, 6, spacing=8)
        self._column.addLayout(top)
        self._column.addWidget(self._fault)
        self.show_leaf(leaf)

    def show_leaf(self, leaf: Leaf | None) -> None:
        """Say another condition."""
        self.leaf = leaf
        texts = [kind_text(self.kind), *(self._offers.pieces(leaf) if leaf is not None else ())]
        emptied(self._flow)
        for text in texts:
            piece = label("piece")
            piece.setText(draw.elided(text, theme.SMALL_PX, _WIDEST))
            piece.setToolTip(plain_tip(text))
            self._flow.addWidget(piece)
            piece.show()
        self.setAccessibleName(" ".join(texts))
        self._pieces.updateGeometry()

    @property
    def texts(self) -> list[str]:
        """The pieces as they are shown."""
        found = [self._flow.itemAt(place) for place in range(self._flow.count())]
        pieces = [item.widget() for item in found if item is not None]
        return [piece.toolTip() for piece in pieces if piece is not None]

    def open(self) -> LeafEditor:
        """Show the controls."""
        if self.editor is None:
            self.editor = LeafEditor(self.kind, self.leaf, self._offers)
            self.editor.changed.connect(self._on_edited)
            self._column.addWidget(self.editor)
            self._fault.setVisible(self.editor.value is None)
            self._look()
        return self.editor

    def close_editor(self) -> None:
        """Hide the controls again."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self._fault.setVisible(self.leaf is None)
            self._look()

    def _on_edited(self) -> None:
        leaf = self.editor.value if self.editor is not None else None
        self._fault.setVisible(leaf is None)
        if leaf is not None:
            self.edited.emit(self)

    def _look(self) -> None:
        self.setProperty("open", self.editor is not None)
        looked(self, "rule")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the controls; at the card itself keys move, open and remove it."""
        if event.key() == Qt.Key.Key_Escape and self.editor is not None:
            self.ask("close")
        elif self.hasFocus() and (what := asked_by(event)):
            self.ask(what)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be seen."""
        super().focusInEvent(event)
        self.ask("reveal")


class GroupBox(Card):
    """Conditions joined by one word; the outermost has no frame and stays where it is."""

    add_asked = Signal(object, object)
    """The box and the button: offer the kinds of conditions there."""
    operated = Signal(object, str)

    def __init__(self, path: Path, group: Group) -> None:
        super().__init__(path)
        self.group = group
        self.rows: list[LeafRow | GroupBox] = []
        if path:
            looked(self, "rule")
        self.operation = button("word")
        self.operation.clicked.connect(self._next_operation)
        self.operation.installEventFilter(self)
        self._before, self._after = label("soft"), label("soft")
        self.cross = small_button("close", translate("Segments", "Remove this group"))
        self.cross.clicked.connect(lambda: self.ask("remove"))
        self.body = QVBoxLayout()
        snug(self.body, spacing=8 if not path else 6)
        self.add, self.add_group = button("small"), button("small")
        self.add.clicked.connect(lambda: self.add_asked.emit(self, self.add))
        self.add_group.clicked.connect(lambda: self.ask("add_group"))
        self._arrange()
        self.cross.setVisible(bool(path))
        self._speak()

    def _arrange(self) -> None:
        column, top, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        snug(column, *((9, 6, 5, 8) if self.path else (0, 0, 0, 0)), spacing=8)
        snug(top, spacing=5)
        snug(foot, spacing=6)
        for part in (self._before, self.operation, self._after):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.cross)
        foot.addWidget(self.add)
        foot.addWidget(self.add_group)
        foot.addStretch(1)
        for layout in (top, self.body, foot):
            column.addLayout(layout)

    def put(self, row: LeafRow | GroupBox) -> None:
        """One card more at its end."""
        self.rows.append(row)
        self.body.addWidget(row)

    def show_group(self, group: Group) -> None:
        """Say another word between its parts."""
        self.group = group
        self._speak()

    def _next_operation(self) -> None:
        place = OPERATIONS.index(self.group.operation)
        self.operated.emit(self, OPERATIONS[(place + 1) % len(OPERATIONS)])

    def _speak(self) -> None:
        before, after = operation_pattern(self.group.operation).split("{operation}")
        self._before.setText(before.strip())
        word = operation_text(self.group.operation)
        self.operation.setText(f"{word} ▾")
        self.operation.setAccessibleName(f"{before}{word}{after}")
        change = translate("Segments", "Press for another word")
        self.operation.setAccessibleDescription(change)
        self.operation.setToolTip(change)
        self._after.setText(after.strip())
        self.add.setText(translate("Segments", "+ Condition"))
        self.add_group.setText(translate("Segments", "+ Group"))
        if self.path:
            self.setAccessibleName(phrases()["everybody"] if not self.group.parts else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys at the word that joins: move and remove the whole group, walk on."""
        if watched is not self.operation or event.type() != QEvent.Type.KeyPress:
            return False
        what = asked_by(cast("QKeyEvent", event))
        if what not in {"previous", "next"} and (not self.path or what in {"", "edit"}):
            return False
        self.ask(what)
        return True
