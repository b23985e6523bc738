"""A rule of a segment as JSON.  Standard library only.

``segment_parsing.parse(to_json(rule)) == rule``, and says what the JSON looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from console.domain.birthdays import CALENDARS, Ahead, Named, Window
from console.domain.segments import (
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Group,
    Items,
    Leaf,
    Listed,
    Marketing,
    Noticed,
    Offered,
    Points,
    Range,
    Rule,
    Saved,
    Sized,
    Tagged,
    Visited,
)
from console.domain.spans import Ago, Day, This, When


def to_json(rule: Rule) -> dict[str, Any]:
    """The rule as JSON; what is open or always so is left out."""
    if isinstance(rule, Group):
        return {rule.operation: [to_json(part) for part in rule.parts]}
    return _filled(_WRITE[type(rule)](rule))


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in value.items() if each is not None}


def _birthday(leaf: Birthday) -> dict[str, Any]:
    named = None if leaf.calendar == CALENDARS[0] else leaf.calendar
    return {"leaf": "birthday", "window": _window(leaf.window), "calendar": named}


def _bought(leaf: Bought) -> dict[str, Any]:
    return {
        "leaf": "bought",
        "items": _items(leaf.items),
        "when": _when(leaf.when) or None,
        "pieces": _range(leaf.pieces),
        "amount": _range(leaf.amount),
    }


def _visited(leaf: Visited) -> dict[str, Any]:
    return {"leaf": "visited", "when": _when(leaf.when) or None, "times": _range(leaf.times)}


def _asked(leaf: Asked) -> dict[str, Any]:
    return {
        "leaf": "asked",
        "items": _items(leaf.items),
        "when": _when(leaf.when) or None,
        "times": _range(leaf.times),
    }


def _noticed(leaf: Noticed) -> dict[str, Any]:
    return {
        "leaf": "notice",
        "did": leaf.did,
        "campaigns": list(leaf.campaigns) or None,
        "when": _when(leaf.when) or None,
        "times": _range(leaf.times),
    }


_WRITE: dict[type[Leaf], Callable[[Any], dict[str, Any]]] = {
    Choice: lambda leaf: {"leaf": leaf.column, "in": list(leaf.values)},
    Marketing: lambda leaf: {"leaf": "marketing", "is": leaf.granted},
    Dated: lambda leaf: {"leaf": leaf.column, "when": _when(leaf.when)},
    Sized: lambda leaf: {"leaf": "size", "part": leaf.part, "in": list(leaf.values)},
    Tagged: lambda leaf: {"leaf": "tag", "in": list(leaf.tags)},
    Points: lambda leaf: {"leaf": "points", "amount": _range(leaf.amount)},
    Birthday: _birthday,
    Bought: _bought,
    Visited: _visited,
    Asked: _asked,
    Noticed: _noticed,
    Answered: lambda leaf: {
        "leaf": "answer",
        "campaign": leaf.campaign,
        "choices": list(leaf.choices) or None,
    },
    Offered: lambda leaf: {"leaf": "offer", "campaign": leaf.campaign, "did": leaf.did},
    Listed: lambda leaf: {"leaf": "members", "ids": list(leaf.members)},
    Saved: lambda leaf: {"leaf": "segment", "id": leaf.segment_id},
    Bucket: lambda leaf: {"leaf": "bucket", "from": leaf.first, "to": leaf.last},
}


def _range(bounds: Range | None) -> dict[str, Any] | None:
    return None if bounds is None else _filled({"from": bounds.least, "to": bounds.most})


def _items(items: Items) -> dict[str, Any] | None:
    said = {
        "categories": list(items.categories) or None,
        "products": list(items.products) or None,
        "wearer": items.wearer or None,
    }
    return _filled(said) or None


def _when(when: When) -> dict[str, Any]:
    if isinstance(when, This):
        return {"this": when.unit}
    return _filled({"from": _day(when.first), "to": _day(when.last)})


def _day(day: Day | None) -> Any:
    if isinstance(day, Ago):
        return {"ago": day.amount, "unit": day.unit}
    return None if day is None else day.isoformat()


def _window(window: Window) -> dict[str, Any]:
    if isinstance(window, Ahead):
        return {"ahead": window.days}
    if isinstance(window, Named):
        return {"name": window.name}
    return {"from": window.first, "to": window.last}
