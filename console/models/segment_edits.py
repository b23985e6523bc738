"""Changes of a rule's tree.  Pure: a place is the way to it from the root, ``(1, 0)``."""

from __future__ import annotations

from dataclasses import replace

from console.domain import segments
from console.domain.segments import EVERYBODY, MAX_DEPTH, MAX_LEAVES, Fault, Group, Rule

Path = tuple[int, ...]


def grouped(rule: Rule) -> Group:
    """The rule as a group, which can be added to."""
    return rule if isinstance(rule, Group) else Group("all", (rule,))


def at(root: Rule, path: Path) -> Rule:
    """What stands at a place.  Raises ``IndexError``."""
    for number in path:
        if not isinstance(root, Group):
            raise IndexError(path)
        root = root.parts[number]
    return root


def replaced(root: Rule, path: Path, part: Rule) -> Rule:
    """The tree with another part at a place."""
    if not path:
        return part
    group = grouped(root)
    first, rest = path[0], path[1:]
    parts = list(group.parts)
    parts[first] = replaced(parts[first], rest, part)
    return replace(group, parts=tuple(parts))


def inserted(root: Group, group: Path, place: int, part: Rule) -> Group:
    """The tree with one part more, before the ``place``-th of a group."""
    into = grouped(at(root, group))
    parts = (*into.parts[:place], part, *into.parts[place:])
    return grouped(replaced(root, group, replace(into, parts=parts)))


def removed(root: Group, path: Path) -> Group:
    """The tree without a part; a group that loses its last one stays, empty."""
    into, number = grouped(at(root, path[:-1])), path[-1]
    parts = into.parts[:number] + into.parts[number + 1 :]
    return grouped(replaced(root, path[:-1], replace(into, parts=parts)))


def moved(root: Group, source: Path, group: Path, place: int) -> tuple[Group, Path]:
    """A part taken to another place, and where it stands then.

    ``place`` counts the parts as they are before.  Raises ``IndexError`` when a group would go
    into itself.
    """
    if not source or group[: len(source)] == source:
        raise IndexError(source)
    part, target = at(root, source), (*group, place)
    tree = inserted(root, group, place, part)
    source = _shifted(source, target, 1)
    return removed(tree, source), _shifted(target, source, -1)


def _shifted(path: Path, changed: Path, by: int) -> Path:
    """A place after one part came before it (or went), where ``changed`` is."""
    depth = len(changed) - 1
    if len(path) <= depth or path[:depth] != changed[:depth]:
        return path
    if path[depth] < changed[depth] or (by < 0 and path[depth] == changed[depth]):
        return path
    return (*path[:depth], path[depth] + by, *path[depth + 1 :])


def places(rule: Rule, here: Path = ()) -> list[Path]:
    """Every place but the root, from top to bottom."""
    if not isinstance(rule, Group):
        return []
    found: list[Path] = []
    for number, part in enumerate(rule.parts):
        found += [(*here, number), *places(part, (*here, number))]
    return found


def pruned(rule: Rule) -> Rule:
    """The rule without groups that ask nothing yet; when nothing is left, everybody."""
    return _pruned(rule) or EVERYBODY


def _pruned(rule: Rule) -> Rule | None:
    if not isinstance(rule, Group):
        return rule
    parts = tuple(part for each in rule.parts if (part := _pruned(each)) is not None)
    return replace(rule, parts=parts) if parts else None


def check(root: Rule) -> None:
    """Raise ``Fault`` (``too_deep``, ``too_many``) for what could not be saved."""
    if sum(1 for _ in segments.leaves(root)) > MAX_LEAVES:
        raise Fault("too_many", "rule")
    if _depth(root) > MAX_DEPTH:
        raise Fault("too_deep", "rule")


def _depth(rule: Rule) -> int:
    if not isinstance(rule, Group):
        return 0
    return 1 + max(map(_depth, rule.parts), default=0)
