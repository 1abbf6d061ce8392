"""Undecided branches: walk both arms, and split the activation in two paths where they differ.

At an `if` whose test is unknown both arms are walked on the trail. If they leave the same state, there is
nothing to decide. If they differ and something happened in the domain (a layer was made), the activation goes on as one path and is walked again from its start
for the other one (a *replay*, told by a script which arms to take), so that a model built under
`if use_bn:` becomes two exact models and not one blurred one. Otherwise, and when an activation has used up
its paths, the arms are joined: a value that differs becomes `OneOf`, then Unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kerlint.python.budget import Raised
from kerlint.python.patience import Futile
from kerlint.python.trail import Changes
from kerlint.python.values import (
    UNKNOWN,
    OneOf,
    Path,
    Unknown,
    Value,
    is_constant,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Frame

Arm = Callable[[], int]

MOST_ALTERNATIVES = 4


def both(left: Path, right: Path) -> Path | None:
    """The path that is `left` and `right` at once; None when they exclude each other."""
    if not right or left == right:
        return left
    arms = dict(left)
    for branch, arm in right:
        if arms.setdefault(branch, arm) != arm:
            return None
    return tuple(arms.items())


def alternatives(value: Value) -> list[tuple[Value, Path]]:
    """What a value can be, each with its path; one entry with the empty path for a plain value."""
    if isinstance(value, OneOf):
        return list(zip(value.alternatives, value.paths, strict=True))
    return [(value, ())]


def same(left: Value, right: Value) -> bool:
    """Whether two values are one: the same object, or equal constants of one type."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, Unknown):
        return True
    if isinstance(left, tuple):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if is_constant(left):
        return bool(left == right)
    if isinstance(left, OneOf):
        return same(left.alternatives, right.alternatives)
    return bool(left == right)


def join(values: Sequence[Value], paths: Sequence[Path]) -> Value:
    """One value for several paths: itself where they agree, a few alternatives, else Unknown."""
    kinds: list[Value] = []
    ways: list[Path] = []
    for value, path in zip(values, paths, strict=True):
        for alternative, own in alternatives(value):
            if isinstance(alternative, Unknown):
                return alternative
            way = both(path, own)
            if way is not None and not any(same(alternative, kind) for kind in kinds):
                kinds.append(alternative)
                ways.append(way)
    if not kinds:
        return Unknown("on no path")
    if len(kinds) == 1:
        return kinds[0]
    if len(kinds) > MOST_ALTERNATIVES:
        return Unknown("differs between too many paths")
    return OneOf(tuple(kinds), tuple(ways))


def joined_changes(outcomes: Sequence[tuple[Changes, Path]]) -> Changes:
    """What several paths changed, as one: run where the trail stands before all of them."""
    touched = {key: mutable for changes, _ in outcomes for key, (mutable, _) in changes.items()}
    paths = [path for _, path in outcomes]
    joined: Changes = {}
    for key, mutable in touched.items():
        untouched = mutable.state()
        states = [changes[key][1] if key in changes else untouched for changes, _ in outcomes]
        joined[key] = (mutable, mutable.merged(states, lambda values: join(values, paths)))
    return joined


def _no_difference(left: Changes, right: Changes) -> bool:
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


def undecided(interpreter: Interpreter, frame: Frame, arms: tuple[Arm, Arm]) -> int:
    """Walk an `if` whose test is unknown; `arms` run the branch taken and the branch not taken."""
    if frame.decided < len(frame.script):
        branch, arm = frame.script[frame.decided]
        frame.decided += 1
        interpreter.path += ((branch, arm),)
        return arms[arm]()
    branch = next_serial()
    activity = interpreter.domain.activity()
    first = _try_arm(interpreter, frame, arms[0], ((branch, 0),))
    second = _try_arm(interpreter, frame, arms[1], ((branch, 1),))
    if first is None or second is None:
        return _only(interpreter, frame, first, second)
    if first.signal == second.signal == 0 and _no_difference(first.changes, second.changes):
        interpreter.trail.redo(first.changes)
        return 0
    matters = interpreter.domain.activity() != activity
    if matters and _may_split(interpreter, frame):
        assert frame.pending is not None
        frame.pending.append((*frame.script[: frame.decided], (branch, 1)))
        frame.script = (*frame.script[: frame.decided], (branch, 0))
        frame.decided += 1
        interpreter.path += ((branch, 0),)
        return _take(interpreter, frame, first)
    return _blend(interpreter, frame, first, second)


class _Outcome:
    """How an arm that was walked and undone had ended."""

    __slots__ = ("changes", "path", "result", "signal")

    def __init__(self, signal: int, changes: Changes, result: Value, path: Path) -> None:
        self.signal = signal
        self.changes = changes
        self.result = result
        self.path = path


def _try_arm(interpreter: Interpreter, frame: Frame, arm: Arm, path: Path) -> _Outcome | None:
    pending, frame.pending = frame.pending, None
    interpreter.trail.mark()
    try:
        with interpreter.on_path(path):
            signal = arm()
    except Raised:
        interpreter.trail.undo()
        return None
    except BaseException:
        interpreter.trail.commit()
        raise
    finally:
        frame.pending = pending
    return _Outcome(signal, interpreter.trail.undo(), frame.result, path)


def _take(interpreter: Interpreter, frame: Frame, outcome: _Outcome) -> int:
    interpreter.trail.redo(outcome.changes)
    frame.result = outcome.result
    return outcome.signal


def _only(
    interpreter: Interpreter, frame: Frame, first: _Outcome | None, second: _Outcome | None
) -> int:
    """An arm that only raises is not taken: code after it may rely on that."""
    outcome = first or second
    if outcome is None:
        raise Raised("both arms raise")
    return _take(interpreter, frame, outcome)


def _may_split(interpreter: Interpreter, frame: Frame) -> bool:
    if frame.pending is None or interpreter.splits <= 0:
        return False
    return len(frame.pending) + 1 < interpreter.budget.paths


def _blend(interpreter: Interpreter, frame: Frame, first: _Outcome, second: _Outcome) -> int:
    """Join two arms. One that leaves early (return, break, continue) does not go on from here."""
    if first.signal == second.signal:
        changes = joined_changes([(first.changes, first.path), (second.changes, second.path)])
        interpreter.trail.redo(changes)
        frame.result = join([first.result, second.result], [first.path, second.path])
        return first.signal
    leaving, staying = (first, second) if first.signal else (second, first)
    if leaving.signal == 1:
        frame.maybe.append((leaving.result, leaving.path))
    return _take(interpreter, frame, staying)


def run_paths(interpreter: Interpreter, frame: Frame, body: Callable[[], int]) -> None:
    """Run an activation on all its paths; the state afterwards and `frame.result` are joined.

    `body` is run once a path, with the trail back at the start of the activation. An activation in which
    nothing was split costs one mark.
    """
    before = interpreter.path
    frame.pending = []
    interpreter.trail.mark()
    first = _walk(interpreter, frame, body)
    if not frame.pending and first is not None:
        frame.is_pure = interpreter.trail.is_clean
        interpreter.trail.commit()
        frame.result = first[0]
        return
    outcomes = [(interpreter.trail.undo(), *first)] if first is not None else []
    if first is None:
        interpreter.trail.undo()
    while frame.pending and interpreter.splits > 0:
        interpreter.splits -= 1
        frame.script, frame.decided, frame.result = frame.pending.pop(0), 0, None
        frame.maybe, frame.yielded = [], None
        interpreter.path = before
        interpreter.trail.mark()
        outcome = _walk(interpreter, frame, body)
        changes = interpreter.trail.undo()
        if outcome is not None:
            outcomes.append((changes, *outcome))
    if not outcomes:
        raise Raised("every path raises")
    interpreter.trail.redo(joined_changes([(changes, path) for changes, _, path in outcomes]))
    frame.result = join([result for _, result, _ in outcomes], [path for _, _, path in outcomes])


def _with_maybe(frame: Frame, result: Value, path: Path) -> Value:
    if not frame.maybe:
        return result
    values = [result, *(value for value, _ in frame.maybe)]
    return join(values, [path, *(both(path, way) or path for _, way in frame.maybe)])


def _walk(interpreter: Interpreter, frame: Frame, body: Callable[[], int]) -> tuple[Value, Path] | None:
    """One path through an activation, on a mark of the trail; None if it raises and another path is left.

    An exception that leaves drops the mark: what was done stays, a futile activation's changes blurred.
    """
    before = interpreter.path
    try:
        body()
    except Raised:
        if not frame.pending and not frame.script:
            interpreter.trail.commit()
            raise
        return None
    except Futile:
        from kerlint.python.loops import blurred

        changes = interpreter.trail.undo()
        interpreter.trail.redo(blurred(changes))
        raise
    except BaseException:
        interpreter.trail.commit()
        raise
    finally:
        interpreter.path = before
    return _with_maybe(frame, frame.result, frame.script), frame.script


__all__ = ["UNKNOWN", "alternatives", "join", "joined_changes", "run_paths", "same", "undecided"]
