"""Most tests of the phone page share one shop, in which the clerk finds members by name."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
NAME = re.compile(r"[\u4e00-\u9fff]{1,3}(女士|小姐|先生)")


def _names() -> Iterator[tuple[tuple[str, str], str]]:
    """Every member's name written out in a test with the shop it is in, and that test."""
    for file in sorted(HERE.glob("test_*.py")):
        source = file.read_text(encoding="utf-8")
        shop = file.stem if "def relay(" in source else "the one of all"
        for test in ast.parse(source).body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for node in ast.walk(test):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        for found in NAME.finditer(node.value):
                            yield (shop, found[0]), f"{file.name}::{test.name}"


def test_no_two_tests_bring_a_member_of_the_same_name() -> None:
    # Which files share a process, and so a shop, is up to the scheduler.
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, place in _names():
        places[name].add(place)
    assert len(places) > 50
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
