"""What the screens may call about first replies; ``desk.replies.RepliesDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.desk.reply_types import ReplyFigures, WaitLine, WaitPart
from console.domain.periods import Period


class RepliesPort(Protocol):
    """How soon members are answered; also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after figures may have changed; often."""
        ...

    async def figures(self, period: Period) -> ReplyFigures:
        """How they stand."""
        ...

    async def waits(self, period: Period, part: WaitPart) -> tuple[WaitLine, ...]:
        """The waits behind a figure, the longest first; at most ``reply_making.MOST``."""
        ...
