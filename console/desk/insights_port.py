"""What the screens may call about the shop's figures; ``desk.insights`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.desk.insight_types import Insights


class InsightsPort(Protocol):
    """The shop's figures; also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after figures may have changed; often."""
        ...

    async def figures(self) -> Insights:
        """How they stand."""
        ...
