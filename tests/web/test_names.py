"""The tests of the phone page share one shop, in which the clerk finds members by name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

HERE = Path(__file__).parent


def _names() -> Iterator[tuple[str, str]]:
    """Every name written out in a call of ``join``, and the function it stands in."""
    for file in sorted(HERE.glob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if _joins(call):
                        yield ast.unparse(call.args[0]), f"{file.name}::{function.name}"


def _joins(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "join"
        and len(node.args) > 1
        and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    )


def test_no_two_tests_bring_a_member_of_the_same_name() -> None:
    # Which files share a process, and so a shop, is up to the scheduler.
    places: dict[str, set[str]] = defaultdict(set)
    for name, place in _names():
        places[name].add(place)
    assert len(places) > 50
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
