"""What the screens may call about answers; ``desk.answers.AnswersDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from console.desk.answer_types import AnswersReport


class AnswersPort(Protocol):
    """Answers to a campaign's question, grouped; all of it works offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after answers may have changed."""
        ...

    async def report(self, campaign_id: int) -> AnswersReport | None:
        """How its question stands; ``None``: it asks nothing."""
        ...

    async def move(self, client_id: str, ids: Sequence[int], bucket: str) -> None:
        """Put answers of a campaign into a bucket; "": where their words belong."""
        ...

    async def rename(self, client_id: str, bucket: str, to: str) -> None:
        """Give a bucket another name; one that is there takes it in."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused step and what waited for it."""
        ...
