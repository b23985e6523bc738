"""A rule as cards that are edited, moved and removed by mouse or by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from console.domain.segments import Group, Leaf, Operation
from console.models import segment_edits as edits
from console.models.segment_editor import RuleEditor
from console.models.segment_edits import Path
from console.ui.i18n import translate
from console.ui.widgets import snug
from console.views.campaigns.segment_drag import RuleDrag
from console.views.campaigns.segment_editors import FRESH
from console.views.campaigns.segment_rows import Card, GroupBox, LeafRow
from console.views.campaigns.segment_words import KINDS, Offers, kind_of, kind_text

_EMPTY: Final = Group("any")


class RuleTree(QWidget):
    """Shows one ``RuleEditor``'s rule; every gesture is a step of it."""

    revealed = Signal(object)
    """A card has the keyboard: scroll to it."""

    def __init__(self, editor: RuleEditor, offers: Offers) -> None:
        super().__init__()
        self._editor, self._offers = editor, offers
        self._sessions = 0
        self._typing = False
        self._column = QVBoxLayout(self)
        snug(self._column)
        self.root: GroupBox | None = None
        self.open_row: LeafRow | None = None
        self._drag = RuleDrag(self)
        self._drag.moved.connect(self._on_moved)
        editor.changed.connect(self._on_changed)
        self.rebuild()

    # --- showing --------------------------------------------------------------------------

    def rebuild(self, focus: Path | None = None) -> None:
        """Make every card anew; the keyboard goes to the one at ``focus``."""
        had = self.focused_path() if focus is None else focus
        self.open_row = None
        if self.root is not None:
            self._column.removeWidget(self.root)
            self.root.hide()
            self.root.deleteLater()
        self.root = self._group((), self._editor.root)
        self._column.addWidget(self.root)
        self.root.show()  # what is not shown yet takes no keyboard
        if had is not None:
            self.focus_at(had)

    def _group(self, path: Path, group: Group) -> GroupBox:
        box = GroupBox(path, group)
        box.add_asked.connect(self._offer_kinds)
        box.operated.connect(self._on_operated)
        self._listen(box)
        for number, part in enumerate(group.parts):
            here = (*path, number)
            box.put(self._group(here, part) if isinstance(part, Group) else self._leaf(here, part))
        return box

    def _leaf(self, path: Path, leaf: Leaf) -> LeafRow:
        return self._row(LeafRow(path, kind_of(leaf), leaf, self._offers))

    def _row(self, row: LeafRow) -> LeafRow:
        row.edited.connect(self._on_edited)
        self._listen(row)
        return row

    def _listen(self, card: Card) -> None:
        card.asked.connect(self._on_asked)
        card.dragged.connect(self._drag.carry)
        card.dropped.connect(self._drag.drop)

    def cards(self, box: GroupBox | None = None) -> Iterator[LeafRow | GroupBox]:
        """Every card, from top to bottom, the outermost group first."""
        box = box or self.root
        if box is not None:
            yield box
            for row in box.rows:
                if isinstance(row, GroupBox):
                    yield from self.cards(row)
                else:
                    yield row

    def card_at(self, path: Path) -> LeafRow | GroupBox | None:
        """The card at a place."""
        return next((card for card in self.cards() if card.path == path), None)

    def _on_changed(self) -> None:
        if self._typing:
            self._show_again()
        else:
            self.rebuild()

    def _show_again(self) -> None:
        """While somebody types the cards stay; only what they say changes."""
        for card in self.cards():
            if isinstance(card, LeafRow):
                if card.leaf is not None:
                    leaf = edits.at(self._editor.root, card.path)
                    if not isinstance(leaf, Group) and leaf != card.leaf:
                        card.show_leaf(leaf)
            else:
                card.show_group(edits.grouped(edits.at(self._editor.root, card.path)))

    # --- the keyboard ---------------------------------------------------------------------

    def focused_path(self) -> Path | None:
        """The place of the card that holds the keyboard."""
        widget: QWidget | None = self.window().focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, Card):
                return widget.path
            widget = widget.parentWidget()
        return None

    def focus_at(self, path: Path) -> None:
        """Give the keyboard to the card there, or to the nearest one that is left."""
        while (card := self.card_at(path)) is None and path:
            path = (*path[:-1], path[-1] - 1) if path[-1] else path[:-1]
        if card is not None:
            target: QWidget = card.operation if isinstance(card, GroupBox) else card
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _walk(self, card: Card, by: int) -> None:
        every = list(self.cards())
        place = every.index(card) + by  # type: ignore[arg-type]
        if 0 <= place < len(every):
            self.focus_at(every[place].path)

    # --- what cards ask -------------------------------------------------------------------

    def _on_asked(self, card: Card, what: str) -> None:
        if what in {"previous", "next"}:
            self._walk(card, -1 if what == "previous" else 1)
        elif what == "reveal":
            self.revealed.emit(card)
        elif what == "add_group":
            self._add_group(card.path)
        elif what == "menu":
            self.menu(card).popup(card.mapToGlobal(QPoint(12, card.height())))
        elif what in {"edit", "close"}:
            self._toggle(card, open_it=what == "edit")
        elif isinstance(card, LeafRow) and card.leaf is None:
            self._forget(card)
        else:
            self._step(card.path, what)

    def _step(self, path: Path, what: str) -> None:
        if what == "remove":
            self._editor.remove(path)
            self.focus_at(path)
        elif what == "wrap":
            self._focus_moved(self._editor.wrap(path))
        elif what == "copy":
            self._focus_moved(self._editor.add(path[:-1], edits.at(self._editor.root, path)))
        else:
            target = self._target(path, what)
            if target is not None:
                self._focus_moved(self._editor.move(path, *target))

    def _focus_moved(self, path: Path | None) -> None:
        if path is not None:
            self.focus_at(path)

    def _target(self, path: Path, what: str) -> tuple[Path, int] | None:
        """Where a step leads: its group, and before which of the parts as they are."""
        group, place = path[:-1], path[-1]
        siblings = edits.grouped(edits.at(self._editor.root, group)).parts
        if what == "in":
            for near in (place - 1, place + 1):
                if 0 <= near < len(siblings) and isinstance(siblings[near], Group):
                    inner = edits.grouped(siblings[near])
                    return (*group, near), len(inner.parts) if near < place else 0
            return None
        if what == "up" and place > 0:
            return group, place - 1
        if what == "down" and place + 1 < len(siblings):
            return group, place + 2
        if not group:
            return None
        return group[:-1], group[-1] + (what != "up")

    def _on_moved(self, source: Path, group: Path, place: int) -> None:
        self._focus_moved(self._editor.move(source, group, place))

    def _on_operated(self, box: GroupBox, operation: Operation) -> None:
        path = box.path
        self._editor.operate(path, operation)
        self.focus_at(path)

    def _add_group(self, path: Path) -> None:
        self._focus_moved(self._editor.add(path, _EMPTY))

    # --- editing --------------------------------------------------------------------------

    def _toggle(self, card: Card, *, open_it: bool) -> None:
        if not isinstance(card, LeafRow):
            return
        before, self.open_row = self.open_row, None
        if before is not None:
            before.close_editor()
            if before.leaf is None and (before is not card or not open_it):
                self._forget(before)
                return
        if open_it and before is not card:
            self._open(card)
        else:
            card.setFocus()

    def _open(self, row: LeafRow) -> None:
        self._sessions += 1
        self.open_row = row
        row.open().first().setFocus()
        self.revealed.emit(row)

    def add_kind(self, path: Path, kind: str) -> None:
        """A new condition in a group, with its controls open."""
        fresh = FRESH.get(kind)
        if fresh is not None:
            made = self._editor.add(path, fresh)
            card = self.card_at(made) if made is not None else None
        else:
            card = self._pending(path, kind)
        if isinstance(card, LeafRow):
            self._open(card)

    def _pending(self, path: Path, kind: str) -> LeafRow | None:
        box = self.card_at(path)
        if not isinstance(box, GroupBox):
            return None
        row = self._row(LeafRow((*path, len(box.rows)), kind, None, self._offers))
        box.put(row)
        row.show()  # what is not shown yet takes no keyboard
        return row

    def _forget(self, row: LeafRow) -> None:
        """A new condition that never asked anything goes as it came."""
        self.rebuild(row.path[:-1])

    def _on_edited(self, row: LeafRow) -> None:
        leaf = row.editor.value if row.editor is not None else None
        if leaf is None:
            return
        self._typing = True
        try:
            if row.leaf is None:
                if self._editor.add(row.path[:-1], leaf) is not None:
                    row.show_leaf(leaf)
            else:
                self._editor.replace(row.path, leaf, f"edit {self._sessions}")
        finally:
            self._typing = False

    # --- menus ----------------------------------------------------------------------------

    def _offer_kinds(self, box: GroupBox, anchor: QWidget) -> None:
        self.kinds_menu(box.path).popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def kinds_menu(self, path: Path) -> QMenu:
        """Every kind of condition, to be added to a group."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kinds in KINDS:
            for kind in kinds:
                if kind != "segment" or self._offers.saved:
                    made = menu.addAction(kind_text(kind))
                    made.triggered.connect(lambda _=False, kind=kind: self.add_kind(path, kind))
            menu.addSeparator()
        return menu

    def menu(self, card: Card) -> QMenu:
        """All that can be done with a card."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [
            ("edit", translate("Segments", "Change")) if isinstance(card, LeafRow) else ("", ""),
            ("copy", translate("Segments", "Duplicate")),
            ("wrap", translate("Segments", "Put into a new group")),
            ("", ""),
            ("up", translate("Segments", "Move up")),
            ("down", translate("Segments", "Move down")),
            ("in", translate("Segments", "Into the group beside it")),
            ("out", translate("Segments", "Out of its group")),
            ("", ""),
            ("remove", translate("Segments", "Remove")),
        ]
        for what, text in choices:
            if not what:
                menu.addSeparator()
                continue
            action = menu.addAction(text)
            action.setEnabled(what not in {"up", "down", "in", "out"} or
                              self._target(card.path, what) is not None)  # fmt: skip
            action.triggered.connect(lambda _=False, what=what: self._on_asked(card, what))
        return menu
