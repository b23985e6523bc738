"""A rule's tree while it is built: every step, and its way back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import segments as s
from console.domain.segments import Group, Rule
from console.models import segment_edits as edits
from console.models.segment_editor import RuleEditor
from tests.helpers import segment_rules

A, B, C = s.Tagged(("a",)), s.Tagged(("b",)), s.Tagged(("c",))
TREE = Group("all", (A, Group("any", (B, C))))


def leaves_of(rule: Rule) -> list[str]:
    return sorted(map(repr, s.leaves(rule)))


@pytest.mark.parametrize(("source", "group", "place", "wanted", "path"), [
    ((0,), (), 2, Group("all", (Group("any", (B, C)), A)), (1,)),
    ((0,), (1,), 0, Group("all", (Group("any", (A, B, C)),)), (0, 0)),
    ((0,), (1,), 2, Group("all", (Group("any", (B, C, A)),)), (0, 2)),
    ((1, 1), (), 0, Group("all", (C, A, Group("any", (B,)))), (0,)),
    ((1, 0), (1,), 2, Group("all", (A, Group("any", (C, B)))), (1, 1)),
    ((1,), (), 0, Group("all", (Group("any", (B, C)), A)), (0,)),
    ((0,), (), 1, TREE, (0,)),
])  # fmt: skip
def test_a_part_goes_where_it_is_put(
    source: edits.Path, group: edits.Path, place: int, wanted: Group, path: edits.Path
) -> None:
    assert edits.moved(TREE, source, group, place) == (wanted, path)


@given(rule=segment_rules.rules(), data=st.data())
def test_moving_loses_nothing_and_says_where_it_is(rule: Rule, data: st.DataObject) -> None:
    root = edits.grouped(rule)
    places = edits.places(root)
    if not places:
        return
    source = data.draw(st.sampled_from(places))
    groups = [path for path in [(), *places] if isinstance(edits.at(root, path), Group)]
    group = data.draw(st.sampled_from(groups))
    into = edits.at(root, group)
    assert isinstance(into, Group)
    place = data.draw(st.integers(0, len(into.parts)))
    part = edits.at(root, source)
    try:
        tree, path = edits.moved(root, source, group, place)
    except IndexError:
        assert group[: len(source)] == source
        return
    assert edits.at(tree, path) == part
    assert leaves_of(tree) == leaves_of(root)


@given(rule=segment_rules.rules(), data=st.data())
def test_every_step_can_be_taken_back_and_made_again(rule: Rule, data: st.DataObject) -> None:
    editor = RuleEditor()
    editor.show(rule)
    seen = [editor.root]
    for _ in range(data.draw(st.integers(0, 6))):
        places = edits.places(editor.root)
        if not places:
            break
        path = data.draw(st.sampled_from(places))
        step = data.draw(st.sampled_from(["remove", "wrap", "replace", "move"]))
        if step == "remove":
            editor.remove(path)
        elif step == "wrap":
            editor.wrap(path)
        elif step == "replace":
            editor.replace(path, A)
        else:
            editor.move(path, (), 0)
        if editor.root != seen[-1]:
            seen.append(editor.root)
    for before in reversed(seen[:-1]):
        editor.undo()
        assert editor.root == before
    assert not editor.can_undo
    for after in seen[1:]:
        editor.redo()
        assert editor.root == after
    assert not editor.can_redo


def test_what_is_typed_in_one_go_is_one_step_back() -> None:
    editor = RuleEditor()
    editor.show(Group("all", (A,)))
    editor.replace((0,), B, "typing")
    editor.replace((0,), C, "typing")
    editor.undo()
    assert editor.root == Group("all", (A,))
    editor.redo()
    assert editor.root == Group("all", (C,))


def test_an_empty_group_asks_nothing() -> None:
    editor = RuleEditor()
    editor.show(A)
    editor.add((), Group("any"))
    assert editor.rule == Group("all", (A,))
    editor.remove((0,))
    assert editor.rule == s.EVERYBODY


def test_what_could_not_be_saved_is_refused_and_changes_nothing(qtbot: Any) -> None:
    editor = RuleEditor()
    deep: Rule = A
    for _ in range(s.MAX_DEPTH):
        deep = Group("any", (deep,))
    editor.show(deep)
    with qtbot.waitSignal(editor.refused) as told:
        editor.wrap((0,) * s.MAX_DEPTH)
    assert told.args == ["segment.too_large"]
    assert editor.root == deep
    assert not editor.can_undo
