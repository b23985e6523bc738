"""Listeners: who asked to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from console.log import get_logger

T = TypeVar("T")
_log = get_logger("desk.listening")


class Audience(Generic[T]):
    """Callbacks told of values, in the order they were added."""

    def __init__(self) -> None:
        self._listeners: dict[int, Callable[[T], None]] = {}
        self._next = 0

    def add(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Tell ``listener`` from now on; call the result to stop."""
        self._next += 1
        number = self._next
        self._listeners[number] = listener

        def remove() -> None:
            self._listeners.pop(number, None)

        return remove

    def tell(self, value: T) -> None:
        """Call everybody; one that fails does not keep the others from hearing."""
        for listener in list(self._listeners.values()):
            try:
                listener(value)
            except Exception:  # noqa: BLE001 - a screen's mistake must not stop the line
                _log.error("a listener failed", exc_info=True)

    def clear(self) -> None:
        """Tell nobody any more."""
        self._listeners.clear()
