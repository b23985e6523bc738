"""How far long work is, for the thread that does it and the one that watches.

A leaf without imports: what writes a file steps on, what shows that looks and may stop it.
"""

from __future__ import annotations


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Whoever asked for it wants it no more."""


class Progress:
    """So many steps of so many; one thread steps, any may look and stop."""

    def __init__(self, steps: int) -> None:
        self.steps, self.done = steps, 0
        self._stopped = False

    def stop(self) -> None:
        """Go no further."""
        self._stopped = True

    def step(self) -> None:
        """One more is done.  Raises ``Stopped``."""
        if self._stopped:
            raise Stopped
        self.done += 1
