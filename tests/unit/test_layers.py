"""Directions of imports that import-linter cannot express."""

from __future__ import annotations

import ast
import fnmatch
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What may be imported only by modules whose names match one of the patterns.
ONLY = {
    "PySide6": (
        "console.desktop", "console.app", "console.views*", "console.ui*", "console.models*",
    ),
    "PySide6.QtWidgets": ("console.desktop", "console.app", "console.views*", "console.ui*"),
    "qasync": ("console.desktop", "console.ui.*"),
    "sqlalchemy": ("console.store*", "console.relay*"),
    "alembic": ("console.store*", "console.relay*"),
    "console.demo": ("console.__main__", "console.demo*"),
    "console.app": ("console.desktop",),
    "console.desktop": ("console.__main__", "console.demo.run"),
    "console.__main__": (),
}  # fmt: skip
# What the named modules may import of the program.
OF_THE_PROGRAM = {
    "console.roles": (),
    "console.domain*": ("console.domain*",),
    "console.demo.members*": ("console.wire*", "console.domain*", "console.demo.members*"),
}


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found = {}
    for file in sorted((ROOT / "console").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = file
    return found


MODULES = modules()


@cache
def imported_by(module: str) -> frozenset[str]:
    """Full names of all that a module imports, wherever in it the import stands."""
    return frozenset(_names(module, ast.parse(MODULES[module].read_text(encoding="utf-8"))))


def _names(module: str, tree: ast.Module) -> Iterator[str]:
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            start = ".".join([*above, *filter(None, [node.module])]) if node.level else node.module
            yield from (f"{start}.{alias.name}" for alias in node.names)


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def is_inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize("package", ONLY)
def test_imported_only_where_it_belongs(package: str) -> None:
    users = {
        module
        for module in MODULES
        if any(is_inside(name, package) for name in imported_by(module))
    }
    assert [user for user in sorted(users) if not matches(user, ONLY[package])] == []


@pytest.mark.parametrize("pattern", OF_THE_PROGRAM)
def test_imports_nothing_else_of_the_program(pattern: str) -> None:
    wrong = [
        f"{module} → {name}"
        for module in MODULES
        if matches(module, (pattern,))
        for name in sorted(imported_by(module))
        if is_inside(name, "console") and not matches(name, OF_THE_PROGRAM[pattern])
    ]
    assert wrong == []


def test_domain_needs_the_standard_library_only() -> None:
    wrong = [
        f"{module} → {name}"
        for module in MODULES
        if is_inside(module, "console.domain")
        for name in sorted(imported_by(module))
        if not is_inside(name, "console.domain")
        and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert wrong == []


def test_one_module_of_widgets_at_most_touches_the_event_loop() -> None:
    users = [
        module
        for module in MODULES
        if is_inside(module, "console.ui")
        and any(is_inside(name, "qasync") for name in imported_by(module))
    ]
    assert len(users) <= 1


def screen(module: str) -> str:
    """The screen that a module of the views is part of: `inbox` for `views.inbox_list` too."""
    return module.split(".")[2].partition("_")[0]


def test_screens_do_not_import_each_other() -> None:
    views = [module for module in MODULES if module.startswith("console.views.")]
    wrong = [
        f"{module} → {name}"
        for module in views
        if screen(module) not in {"shell", "main"}
        for name in sorted(imported_by(module))
        if any(is_inside(name, view) for view in views) and screen(name) != screen(module)
    ]
    assert wrong == []


def test_no_nested_event_loop() -> None:
    """A dialog is opened and awaited; `exec()` would run a second loop inside the first.

    Only what is carried out of the program has no other way: the system's own loop runs then.
    """
    calls = [
        f"{module}:{node.lineno}"
        for module, file in MODULES.items()
        if any(is_inside(name, "PySide6") for name in imported_by(module))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_"}
        and ast.unparse(node.func.value) != "drag"
    ]
    assert calls == []
