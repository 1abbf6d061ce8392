"""The trail: undo, redo and commit of nested stretches."""

from __future__ import annotations

from kerlint.python.trail import Trail
from kerlint.python.values import ListValue


def test_undo_takes_back_and_redo_makes_again() -> None:
    trail, items = Trail(), ListValue([1])
    trail.mark()
    trail.touch(items)
    items.items.append(2)
    changes = trail.undo()
    assert items.items == [1]
    trail.redo(changes)
    assert items.items == [1, 2]


def test_an_outer_mark_undoes_what_an_inner_one_kept() -> None:
    trail, items = Trail(), ListValue([1])
    trail.mark()
    trail.mark()
    trail.touch(items)
    items.items.append(2)
    trail.commit()
    assert items.items == [1, 2]
    trail.undo()
    assert items.items == [1]


def test_each_mark_undoes_its_own_stretch() -> None:
    trail, items = Trail(), ListValue([])
    for value in (1, 2, 3):
        trail.mark()
        trail.touch(items)
        items.items.append(value)
    for left in ([1, 2], [1], []):
        trail.undo()
        assert items.items == left


def test_a_value_made_after_the_mark_needs_no_saving() -> None:
    trail = Trail()
    trail.mark()
    made = ListValue([1])
    trail.touch(made)
    made.items.append(2)
    assert trail.is_clean
    assert trail.undo() == {}


def test_changes_since_a_depth_include_all_marks_above_it() -> None:
    trail, first, second = Trail(), ListValue([]), ListValue([])
    trail.mark()
    trail.touch(first)
    first.items.append(1)
    depth = trail.depth
    trail.mark()
    trail.touch(second)
    second.items.append(2)
    assert set(trail.changes_since(depth)) == {id(second)}
    assert set(trail.changes_since(0)) == {id(first), id(second)}


def test_changes_undone_twice_and_made_again_end_in_the_same_state() -> None:
    trail, items = Trail(), ListValue([1])
    trail.mark()
    trail.mark()
    trail.touch(items)
    items.items.append(2)
    inner = trail.undo()
    trail.redo(inner)
    outer = trail.undo()
    assert items.items == [1]
    trail.redo(outer)
    assert items.items == [1, 2]
