"""What the screens say is found by the tool that gathers it, and has its Chinese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from console.ui.i18n import counted
from tools.translate import ROOT, SPOKEN_IN, TEXTS


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for folder in SPOKEN_IN:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def _is_translate(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "translate"


def _spoken(call: ast.Call) -> tuple[str, str] | None:
    """Context and text, when both stand there as they are: other texts nobody can gather."""
    values = [each.value for each in call.args if isinstance(each, ast.Constant)]
    match values:
        case [str(context), str(text), *_]:
            return context, text
    return None


def test_every_text_stands_where_it_is_gathered() -> None:
    astray = []
    for file, module in _modules():
        called = {id(node.func) for node in ast.walk(module)
                  if isinstance(node, ast.Call) and _spoken(node)}  # fmt: skip
        astray += [
            f"{file.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(module)
            if isinstance(node, ast.Name) and _is_translate(node) and id(node) not in called
            and isinstance(node.ctx, ast.Load)
        ]  # fmt: skip
    assert astray == []


def test_every_text_has_its_chinese() -> None:
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in ElementTree.parse(TEXTS).getroot().findall("context")  # noqa: S314
        for message in context.findall("message")
        if message.findtext("translation")
    }
    said = {
        spoken
        for _, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and _is_translate(node.func) and (spoken := _spoken(node))
    }
    assert len(said) > 500
    assert said - known == set()


def test_one_is_said_otherwise_than_none_or_many() -> None:
    said = [counted(count, "1 phone", "{n} phones of {all}") for count in (0, 1, 2_000)]
    assert said == ["0 phones of {all}", "1 phone", "2,000 phones of {all}"]
