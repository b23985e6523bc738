"""A rule while it is being built: every change is one step that can be taken back.

Holds values only; what a step may not do is told by ``refused`` and leaves the rule as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from console.domain.segments import EVERYBODY, Fault, Group, Operation, Rule
from console.models import segment_edits as edits
from console.models.segment_edits import Path
from console.wire.segment_faults import refusal

_STEPS = 200


class RuleEditor(QObject):
    """One rule, whose outermost part is always a group."""

    changed = Signal()
    refused = Signal(str)
    """A step could not be; the value is its reason code."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = EVERYBODY
        self._before: list[Group] = []
        self._after: list[Group] = []
        self._open = ""
        self.check: Callable[[Rule], None] = lambda _: None
        """What else may be wrong with a rule; raises ``Fault``."""

    @property
    def root(self) -> Group:
        """The rule as it is shown, also with groups that are empty still."""
        return self._root

    @property
    def rule(self) -> Rule:
        """The rule as it is asked: what is empty asks nothing."""
        return edits.pruned(self._root)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be made again."""
        return bool(self._after)

    def show(self, rule: Rule) -> None:
        """Begin with another rule; the steps before are forgotten."""
        self._before, self._after, self._open = [], [], ""
        self._root = edits.grouped(rule)
        self.changed.emit()

    @property
    def session(self) -> str:
        """The ``session`` of the newest step, "" when it stands alone."""
        return self._open

    @property
    def undo_asks_same(self) -> bool:
        """Whether the step to take back changed only what asks nothing: an empty group."""
        return self.can_undo and edits.pruned(self._before[-1]) == self.rule

    @property
    def redo_asks_same(self) -> bool:
        """Whether the step to make again changes only what asks nothing."""
        return self.can_redo and edits.pruned(self._after[-1]) == self.rule

    # --- steps ----------------------------------------------------------------------------

    def add(self, group: Path, part: Rule) -> Path | None:
        """One part more at the end of a group; its place, ``None`` when it could not be."""
        into = edits.at(self._root, group)
        place = len(into.parts) if isinstance(into, Group) else 0
        made = edits.inserted(self._root, group, place, part)
        return (*group, place) if self._step(made) else None

    def replace(self, path: Path, part: Rule, session: str = "") -> bool:
        """Another part at a place; steps of one ``session`` are taken back together."""
        tree = edits.grouped(edits.replaced(self._root, path, part))
        return tree == self._root or self._step(tree, session)

    def remove(self, path: Path) -> None:
        """Take a part away."""
        self._step(edits.removed(self._root, path))

    def move(self, source: Path, group: Path, place: int) -> Path | None:
        """Take a part to another place; where it is then, ``None`` when it could not go."""
        try:
            tree, path = edits.moved(self._root, source, group, place)
        except IndexError:
            return None
        return path if tree == self._root or self._step(tree) else None

    def operate(self, group: Path, operation: Operation) -> None:
        """What joins a group's parts."""
        into = edits.grouped(edits.at(self._root, group))
        self.replace(group, replace(into, operation=operation))

    def wrap(self, path: Path) -> Path | None:
        """Put a part into a group of its own; its new place."""
        made = Group("any", (edits.at(self._root, path),))
        return (*path, 0) if self.replace(path, made) else None

    def undo(self) -> None:
        """Take the newest step back."""
        if self._before:
            self._after.append(self._root)
            self._take(self._before.pop())

    def redo(self) -> None:
        """Make the step again that was taken back."""
        if self._after:
            self._before.append(self._root)
            self._take(self._after.pop())

    def _take(self, tree: Group) -> None:
        self._root, self._open = tree, ""
        self.changed.emit()

    def _step(self, tree: Group, session: str = "") -> bool:
        try:
            edits.check(tree)
            self.check(edits.pruned(tree))
        except Fault as fault:
            self.refused.emit(str(refusal(fault).code))
            return False
        if not session or session != self._open:
            self._before = [*self._before[-_STEPS:], self._root]
        self._open, self._after = session, []
        self._root = tree
        self.changed.emit()
        return True
