"""What a setting may hold: it travels to every console, and a public one to every phone."""

from __future__ import annotations

from typing import Any

import pytest

from console.relay.handlers.settings import MAX_DEPTH, MAX_VALUE_CHARS
from console.wire import commands
from console.wire.errors import Code
from console.wire.rows import GOAL_SETTING, WINDOW_SETTING
from tests.unit.relay.shop import Shop


def nested(depth: int) -> Any:
    """Lists within each other."""
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [nested(MAX_DEPTH + 1), nested(500), "x" * (MAX_VALUE_CHARS + 1), {"a": nested(8)}]
)
async def test_a_setting_that_some_reader_could_not_unpack_is_refused(
    shop: Shop, value: Any
) -> None:
    setting = commands.SetSetting(key="odd", value=value, public=True)
    assert await shop.refused(shop.owner, setting) is Code.COMMAND_INVALID
    assert shop.rows("select id from setting") == []


@pytest.mark.parametrize("value", [0, 100, 35.5, True, "35", None])
async def test_a_goal_that_no_open_rate_can_have_is_refused(shop: Shop, value: Any) -> None:
    setting = commands.SetSetting(key=GOAL_SETTING, value=value)
    assert await shop.refused(shop.owner, setting) is Code.COMMAND_INVALID
    await shop.core.call(shop.owner, commands.SetSetting(key=GOAL_SETTING, value=42))
    assert len(shop.rows("select id from setting")) == 1


@pytest.mark.parametrize("value", [None, True, 7, 1.5, "x" * MAX_VALUE_CHARS, nested(MAX_DEPTH)])
async def test_a_plain_setting_is_kept(shop: Shop, value: Any) -> None:
    await shop.core.call(shop.owner, commands.SetSetting(key="plain", value=value))
    assert len(shop.rows("select id from setting")) == 1


@pytest.mark.parametrize("value", [0, 31, -7, 7.0, True, "7", None])
async def test_a_window_that_is_no_number_of_days_is_refused(shop: Shop, value: Any) -> None:
    setting = commands.SetSetting(key=WINDOW_SETTING, value=value)
    assert await shop.refused(shop.owner, setting) is Code.COMMAND_INVALID
    for days in (1, 30):
        await shop.core.call(shop.owner, commands.SetSetting(key=WINDOW_SETTING, value=days))
    assert await shop.refused(
        shop.clerk, commands.SetSetting(key=WINDOW_SETTING, value=3)
    ) is Code.COMMAND_DENIED  # fmt: skip
    assert [row["value"] for row in shop.rows("select value from setting")] == [30]
    lines = shop.rows("select detail from audit where what = 'setting.set'")
    assert [row["detail"] for row in lines] == [WINDOW_SETTING] * 2
