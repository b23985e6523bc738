"""``setting.set`` and ``shop.update``."""

from __future__ import annotations

from typing import Any

from console.domain import attribution, fittings, statistics, trials
from console.domain.after_hours import parse as parse_auto_reply
from console.domain.hours import Hours
from console.domain.hours import parse as parse_hours
from console.domain.members import tidy_name
from console.relay.actor import Actor
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing
from console.store import reading, tables
from console.store.projection import EVERY_MEMBER
from console.store.unit_of_work import Transaction
from console.wire.commands import SetSetting, UpdateShop
from console.wire.errors import Code, Refusal
from console.wire.rows import (
    AUTO_REPLY_SETTING,
    FITTING_SLOT_SETTING,
    GOAL_SETTING,
    HOURS_SETTING,
    PROMISE_SETTING,
    RESTORED_SETTING,
    TRIAL_SETTING,
    WINDOW_SETTING,
)

MINUTES = range(24 * 60 + 1)
FIRST_SHOP = 1
_MAX_KEY = 80
_MAX_GREETING = 500
MAX_DEPTH = 8
"""Lists and objects within each other in a setting."""
MAX_VALUE_CHARS = 8_000
"""Characters of one text in a setting."""


def set_setting(tx: Transaction, request: Request[SetSetting]) -> None:
    """Change one setting; typed over an older one it is a conflict."""
    command = request.command
    if not command.key or len(command.key) > _MAX_KEY:
        raise Refusal(Code.COMMAND_INVALID, field="key")
    if not _is_plain(command.value):
        raise Refusal(Code.COMMAND_INVALID, field="value")
    _check_known(command.key, command.value)
    setting = tables.setting
    row = reading.one(tx.connection, setting, setting.c.key == command.key)
    if row is None:
        tx.add(setting, key=command.key, value=command.value, public=command.public)
    else:
        if 0 < command.base_rev < row.rev:
            raise Refusal(Code.CONFLICT, {"rev": row.rev}, field="base_rev")
        tx.change(setting, row.id, value=command.value, public=command.public)
        if row.public and not command.public:
            tx.bury(setting, [row.id], [EVERY_MEMBER])
    write_line(tx, request.actor, "setting.set", detail=command.key)


def _check_known(key: str, value: Any) -> None:
    """What the relay itself goes by must make sense."""
    try:
        if key == HOURS_SETTING:
            parse_hours(value, Hours.daily("UTC", 0, 0))
        elif key == AUTO_REPLY_SETTING:
            parse_auto_reply(value)
        elif key == RESTORED_SETTING or (key == PROMISE_SETTING and not isinstance(value, bool)):
            raise ValueError(key)
        elif key == TRIAL_SETTING:
            trials.parse(value)
        elif key == FITTING_SLOT_SETTING:
            fittings.parse_slot(value)
        elif key == GOAL_SETTING:
            statistics.parse_goal(value)
        elif key == WINDOW_SETTING:
            attribution.parse_window(value)
    except ValueError as error:
        raise Refusal(Code.COMMAND_INVALID, field="value") from error


def _is_plain(value: Any, depth: int = MAX_DEPTH) -> bool:
    """Small enough for every phone, and not so nested that some reader cannot unpack it."""
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_plain(item, depth - 1) for item in items)
    return not isinstance(value, str) or len(value) <= MAX_VALUE_CHARS


def update_shop(tx: Transaction, request: Request[UpdateShop]) -> None:
    """Name, hours and greeting; what is not named stays."""
    command = request.command
    changes = _changes(command)
    shop_id = shop_of(tx, request.actor, command.shop_id)
    if changes:
        tx.change(tables.shop, shop_id, **changes)
        write_line(tx, request.actor, "shop.update", shop_id, ",".join(sorted(changes)))


def shop_of(tx: Transaction, actor: Actor, shop_id: int) -> int:
    """The shop, if there is one; the relay setting up an empty database makes the first."""
    shop = tables.shop
    if reading.one(tx.connection, shop, shop.c.id == shop_id) is not None:
        return shop_id
    if actor.kind != "relay" or shop_id != FIRST_SHOP:
        raise missing("shop_id")
    tx.new_id(shop)
    tx.insert(shop, [{"id": shop_id, "name": ""}])
    return shop_id


def _changes(command: UpdateShop) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if command.display_name is not None:
        name = tidy_name(command.display_name)
        if name is None:
            raise Refusal(Code.SHOP_NAME, field="display_name")
        changes["name"] = name
    for field in ("opens", "closes"):
        minute = getattr(command, field)
        if minute is not None:
            if minute not in MINUTES:
                raise Refusal(Code.COMMAND_INVALID, field=field)
            changes[field] = minute
    if command.greeting is not None:
        if len(command.greeting) > _MAX_GREETING:
            raise Refusal(Code.TEXT_TOO_LONG, {"limit": _MAX_GREETING}, field="greeting")
        changes["greeting"] = command.greeting
    return changes
