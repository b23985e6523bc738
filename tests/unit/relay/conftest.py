"""The shop that tests of single commands open, and lines to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.relay_kit import Line
from tests.unit.relay.shop import Shop


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    shop = Shop(tmp_path / "relay.sqlite")
    await shop.open()
    yield shop
    assert shop.core.failures == 0
    await shop.core.close()


@pytest.fixture
async def lines(shop: Shop) -> AsyncIterator[Any]:
    opened: list[Line] = []

    def connect(actor: Any) -> Line:
        opened.append(Line(shop.core, actor))
        return opened[-1]

    yield connect
    for line in opened:
        await line.end()
