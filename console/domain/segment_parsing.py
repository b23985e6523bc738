"""A rule of a segment out of JSON, which anybody may have written.  Standard library only.

A group is ``{"all": [...]}`` (or ``any``, ``none``); a leaf is named by ``leaf``:
``{"leaf": "bought", "items": {"categories": ["风衣"]}, "when": {"from": {"ago": 180, "unit":
"day"}}}``.  What is left out is open.  ``segment_json.to_json`` is the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from console.domain import segments
from console.domain.birthdays import CALENDARS, MAX_AHEAD, WINDOWS, Ahead, Dates, Named, Window
from console.domain.members import BUCKETS, is_birthday
from console.domain.questions import MAX_CHOICES
from console.domain.segments import (
    CHOICES,
    CLAIMS,
    DATED,
    DEEDS,
    MAX_DEPTH,
    MAX_LEAVES,
    MAX_LISTED,
    MAX_VALUES,
    OPERATIONS,
    WEARERS,
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Fault,
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
from console.domain.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_AGO,
    THIS,
    UNITS,
    Ago,
    Day,
    Span,
    This,
    When,
)

_MAX_CHARS = 60
_MAX_NUMBER = 10**12
_T = TypeVar("_T")
PhoneBook: TypeAlias = Callable[[Sequence[str]], Sequence[int]]
"""Ids of the members with these numbers."""


def parse(value: Any, phones: PhoneBook | None = None) -> Rule:
    """The rule that JSON says.  Raises ``segments.Fault`` that names the first thing wrong.

    With ``phones``, a list of members may hold ``phones`` instead of ``ids``.
    """
    rule = _rule(_Node(value, "", phones), 1)
    if sum(1 for _ in segments.leaves(rule)) > MAX_LEAVES:
        raise Fault("too_many", "rule")
    return rule


class _Node:
    """One place in the JSON, which knows its path."""

    def __init__(self, value: Any, path: str, phones: PhoneBook | None) -> None:
        self.value = value
        self.path = path
        self.phones = phones

    def fault(self, code: str = "invalid") -> Fault:
        return Fault(code, self.path or "rule")

    def check(self, sound: bool) -> None:
        if not sound:
            raise self.fault()

    def keys(self, *allowed: str) -> None:
        """It is an object with no other keys."""
        self.check(isinstance(self.value, Mapping))
        for key in self.value:
            if key not in allowed:
                raise self[str(key)].fault()

    def __getitem__(self, key: str) -> _Node:
        path = f"{self.path}.{key}" if self.path else key
        return _Node(self.value.get(key), path, self.phones)

    def __contains__(self, key: str) -> bool:
        return self.value.get(key) is not None

    def optional(self, key: str, read: Callable[[_Node], _T], default: _T) -> _T:
        return read(self[key]) if key in self else default

    def each(self) -> list[_Node]:
        """The places in a list."""
        return [_Node(value, f"{self.path}[{place}]", self.phones)
                for place, value in enumerate(self.value)]  # fmt: skip

    def items(self, read: Callable[[_Node], _T], most: int = MAX_VALUES) -> tuple[_T, ...]:
        """A list of 1 to ``most`` different values."""
        self.check(isinstance(self.value, list) and 0 < len(self.value) <= most)
        found = tuple(read(each) for each in self.each())
        self.check(len(set(found)) == len(found))
        return found

    def number(self, least: int = 0, most: int = _MAX_NUMBER) -> int:
        value = self.value
        self.check(type(value) is int and least <= value <= most)
        return int(value)

    def one_of(self, allowed: tuple[_T, ...]) -> _T:
        for each in allowed:
            if type(self.value) is type(each) and self.value == each:
                return each
        raise self.fault()

    def text(self) -> str:
        value = self.value
        self.check(isinstance(value, str) and 0 < len(value) <= _MAX_CHARS)
        self.check(value.isprintable() and value == value.strip())
        return str(value)


def _rule(node: _Node, depth: int) -> Rule:
    node.check(isinstance(node.value, Mapping))
    if "leaf" in node:
        name = node["leaf"].one_of(tuple(_READ))
        return _READ[name](node)
    operation = next((each for each in OPERATIONS if each in node), None)
    if operation is None:
        raise node.fault()
    node.keys(operation)
    if depth > MAX_DEPTH:
        raise node.fault("too_deep")
    parts = node[operation]
    parts.check(isinstance(parts.value, list) and len(parts.value) <= MAX_LEAVES)
    parts.check(bool(parts.value) or (operation == "all" and depth == 1))
    return Group(operation, tuple(_rule(each, depth + 1) for each in parts.each()))


def _choice(column: str) -> Callable[[_Node], Leaf]:
    def read(node: _Node) -> Leaf:
        node.keys("leaf", "in")
        return Choice(column, node["in"].items(lambda each: each.one_of(CHOICES[column])))

    return read


def _dated(column: str) -> Callable[[_Node], Leaf]:
    def read(node: _Node) -> Leaf:
        node.keys("leaf", "when")
        return Dated(column, _when(node["when"]))

    return read


def _marketing(node: _Node) -> Leaf:
    node.keys("leaf", "is")
    return Marketing(node["is"].one_of((True, False)))


def _sized(node: _Node) -> Leaf:
    node.keys("leaf", "part", "in")
    return Sized(node["part"].text(), node["in"].items(_Node.text))


def _tagged(node: _Node) -> Leaf:
    node.keys("leaf", "in")
    return Tagged(node["in"].items(_Node.text))


def _points(node: _Node) -> Leaf:
    node.keys("leaf", "amount")
    return Points(_range(node["amount"]))


def _birthday(node: _Node) -> Leaf:
    node.keys("leaf", "window", "calendar")
    kept = node.optional("calendar", lambda each: each.one_of(CALENDARS), CALENDARS[0])
    return Birthday(_window(node["window"]), kept)


def _bought(node: _Node) -> Leaf:
    node.keys("leaf", "items", "when", "pieces", "amount")
    items = node.optional("items", _items, Items())
    when = node.optional("when", _when, segments.ALWAYS)
    return Bought(items, when, _maybe(node, "pieces"), _maybe(node, "amount"))


def _visited(node: _Node) -> Leaf:
    node.keys("leaf", "when", "times")
    return Visited(node.optional("when", _when, segments.ALWAYS), _maybe(node, "times"))


def _asked(node: _Node) -> Leaf:
    node.keys("leaf", "items", "when", "times")
    items = node.optional("items", _items, Items())
    return Asked(items, node.optional("when", _when, segments.ALWAYS), _maybe(node, "times"))


def _noticed(node: _Node) -> Leaf:
    node.keys("leaf", "did", "campaigns", "when", "times")
    campaigns = node["campaigns"].items(_id) if "campaigns" in node else ()
    when = node.optional("when", _when, segments.ALWAYS)
    return Noticed(node["did"].one_of(DEEDS), campaigns, when, _maybe(node, "times"))


def _answered(node: _Node) -> Leaf:
    node.keys("leaf", "campaign", "choices")
    place = MAX_CHOICES - 1
    choices = node["choices"].items(lambda each: each.number(0, place)) if "choices" in node else ()
    return Answered(_id(node["campaign"]), choices)


def _offered(node: _Node) -> Leaf:
    node.keys("leaf", "campaign", "did")
    return Offered(_id(node["campaign"]), node["did"].one_of(CLAIMS))


def _listed(node: _Node) -> Leaf:
    if node.phones is None or "phones" not in node:
        node.keys("leaf", "ids")
        return Listed(node["ids"].items(_id, MAX_LISTED))
    node.keys("leaf", "phones")
    numbers = node["phones"]
    numbers.check(isinstance(numbers.value, list) and 0 < len(numbers.value) <= MAX_LISTED)
    found = node.phones([each.text() for each in numbers.each()])
    if not found:
        raise numbers.fault("nobody")
    return Listed(tuple(found))


def _saved(node: _Node) -> Leaf:
    node.keys("leaf", "id")
    return Saved(_id(node["id"]))


def _bucket(node: _Node) -> Leaf:
    node.keys("leaf", "from", "to")
    first = node["from"].number(0, BUCKETS - 1)
    return Bucket(first, node["to"].number(first, BUCKETS - 1))


_READ: dict[str, Callable[[_Node], Leaf]] = {
    **{column: _choice(column) for column in CHOICES},
    **{column: _dated(column) for column in DATED},
    "marketing": _marketing, "size": _sized, "tag": _tagged, "points": _points,
    "birthday": _birthday, "bought": _bought, "visited": _visited, "asked": _asked,
    "notice": _noticed, "answer": _answered, "offer": _offered,
    "members": _listed, "segment": _saved, "bucket": _bucket,
}  # fmt: skip
LEAVES = tuple(_READ)
"""Names of the leaves."""


def _id(node: _Node) -> int:
    return node.number(1, 2**53)


def _maybe(node: _Node, key: str) -> Range | None:
    return _range(node[key]) if key in node else None


def _range(node: _Node) -> Range:
    node.keys("from", "to")
    least = node["from"].number() if "from" in node else None
    most = node["to"].number(least or 0) if "to" in node else None
    node.check(least is not None or most is not None)
    return Range(least, most)


def _items(node: _Node) -> Items:
    node.keys("categories", "products", "wearer")
    return Items(
        node["categories"].items(_Node.text) if "categories" in node else (),
        node["products"].items(_id) if "products" in node else (),
        node["wearer"].one_of(WEARERS) if "wearer" in node else "",
    )


def _when(node: _Node) -> When:
    node.keys("from", "to", "this")
    if "this" in node:
        node.keys("this")
        return This(node["this"].one_of(THIS))
    span = Span(node.optional("from", _day, None), node.optional("to", _day, None))
    fixed = isinstance(span.first, date) and isinstance(span.last, date)
    node.check(not fixed or span.first <= span.last)  # type: ignore[operator]  # both are dates
    return span


def _day(node: _Node) -> Day | None:
    if isinstance(node.value, Mapping):
        node.keys("ago", "unit")
        return Ago(node["ago"].number(0, MAX_AGO), node["unit"].one_of(UNITS))
    node.check(isinstance(node.value, str))
    try:
        day = date.fromisoformat(node.value)
    except ValueError:
        raise node.fault() from None
    node.check(FIRST_YEAR <= day.year <= LAST_YEAR)
    return day


def _window(node: _Node) -> Window:
    node.keys("ahead", "name", "from", "to")
    if "ahead" in node:
        node.keys("ahead")
        return Ahead(node["ahead"].number(0, MAX_AHEAD))
    if "name" in node:
        node.keys("name")
        return Named(node["name"].one_of(WINDOWS))
    for each in (node["from"], node["to"]):
        each.check(isinstance(each.value, str) and is_birthday(each.value))
    return Dates(node["from"].value, node["to"].value)
