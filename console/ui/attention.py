"""What may call for attention on this computer, and when it locks; kept in a ``QSettings``."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

NOTICES: Final = ("all", "mine", "none")
"""Notifications for every conversation, for waiting ones that are mine or nobody's, for none."""
LOCKS_AFTER: Final = (1, 3, 5, 10, 15, 30, 60, 0)
"""Minutes to choose from; 0 is never."""
_VOLUME: Final = 60
_LOCK: Final = 10


class AttentionChoice(QObject):
    """The choices, remembered at once.

    ``locks`` False: this is a shop to look at, which does not lock by itself unless told.
    """

    changed = Signal()

    def __init__(self, store: QSettings, *, locks: bool = True) -> None:
        super().__init__()
        self._store = store
        self._lock = _LOCK if locks else 0

    @property
    def notices(self) -> str:
        """One of ``NOTICES``."""
        kept = str(self._store.value("attention/notices", NOTICES[0]))
        return kept if kept in NOTICES else NOTICES[0]

    @property
    def sounds(self) -> bool:
        """Whether a new message is heard."""
        return str(self._store.value("attention/sounds", "yes")) == "yes"

    @property
    def volume(self) -> int:
        """Per cent."""
        return min(100, max(0, self._number("attention/volume", _VOLUME)))

    @property
    def lock_minutes(self) -> int:
        """Minutes without a hand on keyboard or mouse until the window locks; 0 is never."""
        return min(60, max(0, self._number("attention/lock", self._lock)))

    def set_notices(self, which: str) -> None:
        """One of ``NOTICES``."""
        self._set("attention/notices", which)

    def set_sounds(self, *, on: bool) -> None:
        """Whether a new message is heard."""
        self._set("attention/sounds", "yes" if on else "no")

    def set_volume(self, per_cent: int) -> None:
        """0 to 100."""
        self._set("attention/volume", per_cent)

    def set_lock_minutes(self, minutes: int) -> None:
        """1 to 60, or 0 for never."""
        self._set("attention/lock", minutes)

    def _number(self, key: str, usual: int) -> int:
        try:
            return int(str(self._store.value(key, usual)))
        except ValueError:
            return usual

    def _set(self, key: str, value: object) -> None:
        self._store.setValue(key, value)
        self.changed.emit()
