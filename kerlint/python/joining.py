"""One value, and one state, of several paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kerlint.python.aliasing import hiding, reachable
from kerlint.python.refs import OneOf, Path, Unknown, Value
from kerlint.python.trail import Changes

MOST_ALTERNATIVES: Final = 4


def both(left: Path, right: Path) -> Path | None:
    """The path that is `left` and `right` at once; None when they exclude each other."""
    if not right or left == right:
        return left
    if not left:
        return right
    if left[: len(right)] == right:
        return left
    arms = dict(left)
    for branch, arm in right:
        if arms.setdefault(branch, arm) != arm:
            return None
    return tuple(arms.items()) if len(arms) > len(left) else left


def alternatives(value: Value) -> list[tuple[Value, Path]]:
    """What a value can be, each with its path; one entry with the empty path for a plain value."""
    if isinstance(value, OneOf):
        return list(zip(value.alternatives, value.paths, strict=True))
    return [(value, ())]


def narrowed(value: OneOf, path: Path) -> Value:
    """What a choice can be on a path: alternatives of paths that exclude it are dropped."""
    left = [
        (one, way)
        for one, way in zip(value.alternatives, value.paths, strict=True)
        if both(path, way) is not None
    ]
    if len(left) == len(value.alternatives) or not left:
        return value
    return left[0][0] if len(left) == 1 else OneOf(*(tuple(part) for part in zip(*left, strict=True)))


def same(left: Value, right: Value) -> bool:
    """Whether two values are one: the same object, or equal constants of one type."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, Unknown):
        return left.is_same(right)
    if isinstance(left, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, OneOf):
        return same(left.alternatives, right.alternatives)
    if isinstance(left, float):
        return left == right and str(left) == str(right)
    return bool(left == right)


def join(values: Sequence[Value], paths: Sequence[Path]) -> Value:
    """One value for several paths: itself where they agree, a few alternatives, else Unknown."""
    kinds: list[Value] = []
    ways: list[Path] = []
    for value, path in zip(values, paths, strict=True):
        for alternative, own in alternatives(value) if type(value) is OneOf else ((value, ()),):
            if isinstance(alternative, Unknown):
                if all(value is alternative for value in values):
                    return alternative
                return Unknown(alternative.reason, reachable(values))
            way = both(path, own)
            if way is not None:
                _add(alternative, way, kinds, ways)
    if not kinds:
        return Unknown("on no path")
    if len(kinds) == 1:
        return kinds[0]
    if len(kinds) > MOST_ALTERNATIVES:
        return hiding("differs between too many paths", *kinds)
    return OneOf(tuple(kinds), tuple(ways))


def _add(alternative: Value, way: Path, kinds: list[Value], ways: list[Path]) -> None:
    """Add an alternative; one that is there already is so on what its paths have in common."""
    for index, kind in enumerate(kinds):
        if same(alternative, kind):
            ways[index] = tuple(pair for pair in ways[index] if pair in way)
            kinds[index] = renewed(kind, alternative)
            return
    kinds.append(alternative)
    ways.append(way)


def renewed(left: Value, right: Value) -> Value:
    """One of two values that are the same; what is unknown in both is not the same unknown thing."""
    if left is right:
        return left
    if isinstance(left, Unknown):
        return Unknown(left.reason, reachable((left, right)))
    if isinstance(left, tuple):
        return tuple(renewed(a, b) for a, b in zip(left, right, strict=True))
    return left


def joined_changes(outcomes: Sequence[tuple[Changes, Path]]) -> Changes:
    """What several paths changed, as one: run where the trail stands before all of them."""
    if len(outcomes) == 1:
        return outcomes[0][0]
    touched = {key: mutable for changes, _ in outcomes for key, (mutable, _) in changes.items()}
    paths = [path for _, path in outcomes]
    joined: Changes = {}
    for key, mutable in touched.items():
        touching = [changes.get(key) for changes, _ in outcomes]
        untouched = mutable.state() if None in touching else None
        states = [untouched if change is None else change[1] for change in touching]
        joined[key] = (mutable, mutable.merged(states, lambda values: join(values, paths)))
    return joined


def no_difference(left: Changes, right: Changes) -> bool:
    """Whether two paths changed the same in the same way."""
    if left.keys() != right.keys():
        return False
    return all(_same_state(state, right[key][1]) for key, (_, state) in left.items())


def _same_state(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, tuple | list):
        return len(left) == len(right) and all(_same_state(a, b) for a, b in zip(left, right, strict=True))
    return same(left, right)
