"""Sends a list of goods article by article, a few at once; it can be stopped between them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from console.desk.product_import import PlannedArticle
from console.desk.products_port import ProductsPort
from console.sync.http import Offline
from console.views.products import import_words, words
from console.wire.errors import Refusal

_AT_ONCE = 8


class ImportRun:
    """One list on its way.

    Attributes:
        taken: articles the relay has.
        refusals: sentences about those it refused.
        stopped: nothing more is sent.
        offline: the line broke.
    """

    def __init__(self, port: ProductsPort, articles: Sequence[PlannedArticle]) -> None:
        self._port = port
        self.articles = [each for each in articles if each.command is not None]
        self.taken = 0
        self.refusals: list[str] = []
        self.stopped = self.offline = False

    @property
    def left(self) -> int:
        """Articles that were neither taken nor refused."""
        return len(self.articles) - self.taken - len(self.refusals)

    async def run(self, told: Callable[[], None]) -> None:
        """Send them all; ``told`` after each few."""
        for start in range(0, len(self.articles), _AT_ONCE):
            if self.stopped or self.offline:
                return
            await asyncio.gather(*map(self._send, self.articles[start : start + _AT_ONCE]))
            told()

    async def _send(self, article: PlannedArticle) -> None:
        assert article.command is not None
        try:
            await self._port.send(article.command)
        except Offline:
            self.offline = True
        except Refusal as refusal:
            sentence = words.refusal(refusal.code, refusal.parameters, refusal.field or "")
            place = _place(refusal.field or "")
            self.refusals.append(import_words.refused(article, place, sentence))
        else:
            self.taken += 1


def _place(field: str) -> int:
    """``variants.3.barcode`` → 3; -1 for a field of the article."""
    parts = field.split(".")
    return int(parts[1]) if len(parts) > 2 and parts[1].isdecimal() else -1
