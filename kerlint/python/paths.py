"""Undecided branches: walk both arms, then split the activation in two paths or join the arms.

At an `if` whose test is unknown both arms are walked on the trail. If they leave the same state, there is
nothing to decide. If they differ and something happened in the domain (a layer was made), the activation
goes on as one path and is walked again from its start for the other one (a *replay*, told by a script
which arms to take), so that a model built under `if use_bn:` becomes two exact models and not one blurred
one. Otherwise, and when an activation has used up its paths, the arms are joined: a value that differs
becomes `OneOf`, then Unknown; an arm that leaves early waits as an `Exit` until its loop or activation ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kerlint.python.budget import Raised
from kerlint.python.joining import alternatives, both, join, joined_changes, no_difference, same
from kerlint.python.patience import Futile
from kerlint.python.refs import Path, Unknown, Value, next_serial
from kerlint.python.scope import Decision, Exit
from kerlint.python.trail import Changes
from kerlint.python.uncertainty import forgotten
from kerlint.python.values import Instance

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Frame

Arm = Callable[[], int]

NORMAL, RETURN = 0, 1


class _Outcome:
    """How an arm that was walked and undone had ended; `raised` when only its exits lead on."""

    __slots__ = ("changes", "exits", "path", "raised", "result", "signal")

    def __init__(self, path: Path) -> None:
        self.path = path
        self.raised: Raised | None = None
        self.signal = NORMAL
        self.changes: Changes = {}
        self.result: Value = None
        self.exits: list[Exit] = []


def undecided(
    interpreter: Interpreter, frame: Frame, arms: tuple[Arm, Arm], ways: tuple[Path, Path] = ((), ())
) -> int:
    """Walk an `if` whose test is unknown; `arms` run the branch taken and the branch not taken.

    `ways` are paths on which alone an arm can be taken.
    """
    interpreter.check_time()
    index = frame.met
    if frame.pending is not None:
        frame.met += 1
        if frame.decided < len(frame.script) and frame.script[frame.decided].place == index:
            return _replay(interpreter, frame, arms, ways)
    growth = interpreter.domain.growth()
    paths = ways
    if not interpreter.conditions.are_arms(ways):
        branch = next_serial()
        paths = ((branch, 0), *ways[0]), ((branch, 1), *ways[1])
    first = _try_arm(interpreter, frame, arms[0], paths[0])
    second = _try_arm(interpreter, frame, arms[1], paths[1])
    if first.raised or second.raised:
        return _only(interpreter, frame, first, second)
    matters = interpreter.domain.growth() != growth
    if matters and _may_split(interpreter, frame) and _differ(first, second):
        return _split(interpreter, frame, index, first, second)
    return _blend(interpreter, frame, first, second)


def _replay(interpreter: Interpreter, frame: Frame, arms: tuple[Arm, Arm], ways: tuple[Path, Path]) -> int:
    """Take the arm that the script says, in the way in which it was walked before.

    What the activation asked of values of its own has other branches now: the path is on both.
    """
    decision = frame.script[frame.decided]
    frame.decided += 1
    path = both(decision.path, ways[decision.arm]) or decision.path
    if decision.direct:
        interpreter.path = both(interpreter.path, path) or interpreter.path
        return arms[decision.arm]()
    outcome = _try_arm(interpreter, frame, arms[decision.arm], path)
    interpreter.path = both(interpreter.path, path) or interpreter.path
    if outcome.raised:
        frame.exits += outcome.exits
        raise outcome.raised
    return _take(interpreter, frame, outcome)


def _differ(first: _Outcome, second: _Outcome) -> bool:
    if first.signal or second.signal or first.exits or second.exits:
        return True
    return not no_difference(first.changes, second.changes)


def _try_arm(interpreter: Interpreter, frame: Frame, arm: Arm, path: Path) -> _Outcome:
    pending, frame.pending = frame.pending, None
    exits, frame.exits = frame.exits, []
    outcome = _Outcome(path)
    interpreter.trail.mark()
    try:
        with interpreter.on_path(path):
            outcome.signal = arm()
        outcome.result = frame.result
    except Raised as raised:
        outcome.raised = raised
    except BaseException:
        interpreter.trail.commit()
        raise
    finally:
        frame.pending = pending
        outcome.exits, frame.exits = frame.exits, exits
    outcome.changes = interpreter.trail.undo()
    return outcome


def _split(interpreter: Interpreter, frame: Frame, index: int, first: _Outcome, second: _Outcome) -> int:
    """Go on as the first path; the second one is walked when this one has ended."""
    assert frame.pending is not None
    interpreter.splits -= 1
    frame.pending.append((*frame.script, Decision(index, 1, second.path, direct=True)))
    frame.script = (*frame.script, Decision(index, 0, first.path, direct=False))
    frame.decided += 1
    interpreter.path = both(interpreter.path, first.path) or interpreter.path
    return _take(interpreter, frame, first)


def _take(interpreter: Interpreter, frame: Frame, outcome: _Outcome) -> int:
    frame.exits += outcome.exits
    interpreter.trail.redo(outcome.changes)
    frame.result = outcome.result
    return outcome.signal


def _only(interpreter: Interpreter, frame: Frame, first: _Outcome, second: _Outcome) -> int:
    """An arm that only raises is not taken: code after it may rely on that."""
    if first.raised and second.raised:
        frame.exits += first.exits + second.exits
        interpreter.may_raise(first.changes)
        interpreter.trail.redo(second.changes)
        raise first.raised if _is_one_kind(first.raised, second.raised) else Raised("both arms raise")
    raising, going = (first, second) if first.raised else (second, first)
    interpreter.may_raise(raising.changes)
    frame.exits += raising.exits
    return _take(interpreter, frame, going)


def _is_one_kind(first: Raised, second: Raised) -> bool:
    """Whether a handler cannot tell two exceptions apart."""
    one, other = first.exception, second.exception
    return isinstance(one, Instance) and isinstance(other, Instance) and one.cls == other.cls


def _may_split(interpreter: Interpreter, frame: Frame) -> bool:
    if frame.pending is None or interpreter.splits <= 0:
        return False
    return len(frame.pending) + 1 < interpreter.budget.paths


def _blend(interpreter: Interpreter, frame: Frame, first: _Outcome, second: _Outcome) -> int:
    """Join two arms. One that leaves early (return, break, continue) does not go on from here."""
    if first.signal == second.signal:
        frame.exits += first.exits + second.exits
        changes = joined_changes([(first.changes, first.path), (second.changes, second.path)])
        interpreter.trail.redo(changes)
        frame.result = join([first.result, second.result], [first.path, second.path])
        return first.signal
    leaving, staying = (second, first) if first.signal == NORMAL else (first, second)
    frame.exits += leaving.exits
    leave(interpreter, frame, leaving.signal, leaving.changes, leaving.result, leaving.path)
    return _take(interpreter, frame, staying)


def leave(
    interpreter: Interpreter, frame: Frame, signal: int, changes: Changes, result: Value, path: Path
) -> None:
    """Keep an arm that leaves early until its loop or activation ends.

    `changes` are what it did on top of the state now.
    """
    base = frame.base
    if signal != RETURN and frame.loops:
        base = frame.loops[-1][0 if signal == 2 else 1]
    since = {**interpreter.trail.changes_since(base), **changes}
    frame.exits.append(Exit(signal, len(frame.loops), since, result, path))


def choose(interpreter: Interpreter, frame: Frame, value: Value, run: Callable[[Value], int]) -> int:
    """Run a statement once for each alternative of a value: an undecided branch."""
    options = alternatives(value)
    if len(options) == 1:
        return run(value)
    return _choose(interpreter, frame, options, run)


def _choose(
    interpreter: Interpreter, frame: Frame, options: Sequence[tuple[Value, Path]], run: Callable[[Value], int]
) -> int:
    (first, _), rest = options[0], options[1:]
    if not rest:
        return run(first)
    return undecided(interpreter, frame, (lambda: run(first), lambda: _choose(interpreter, frame, rest, run)))


def run_paths(interpreter: Interpreter, frame: Frame, body: Callable[[], int]) -> None:
    """Run an activation on all its paths; the state afterwards and `frame.result` are joined.

    `body` is run once a path, with the trail back at the start of the activation. An activation in which
    nothing was split costs one mark.
    """
    trail = interpreter.trail
    frame.pending, frame.base = [], trail.depth
    outcomes: list[tuple[Changes, Value, Path]] = []
    trail.mark()
    raised = _walk(interpreter, frame, body, outcomes)
    if not frame.pending and not frame.exits:
        frame.is_pure = trail.is_clean
        trail.commit()
        if raised is not None:
            raise raised
        return
    outcomes += _outcomes(interpreter, frame, trail.undo(), raised)
    while frame.pending:
        frame.script, frame.result, frame.exits = frame.pending.pop(0), None, []
        frame.decided = frame.met = 0
        trail.mark()
        raised = _walk(interpreter, frame, body, outcomes)
        outcomes += _outcomes(interpreter, frame, trail.undo(), raised)
    if not outcomes:
        raise Raised("every path raises")
    trail.redo(joined_changes([(changes, path) for changes, _, path in outcomes]))
    frame.result = join([result for _, result, _ in outcomes], [path for _, _, path in outcomes])


def _outcomes(
    interpreter: Interpreter, frame: Frame, changes: Changes, raised: Raised | None
) -> list[tuple[Changes, Value, Path]]:
    """How one walk through an activation may have ended: at its end, or by returning early."""
    if frame.decided < len(frame.script):
        return [(forgotten(changes), Unknown("another path was not found again"), ())]
    if raised is not None:
        interpreter.may_raise(changes)
    made = [(changes, frame.result, frame.way)] if raised is None else []
    made += [(left.changes, left.result, left.path) for left in frame.exits if left.signal == RETURN]
    return made


def _walk(
    interpreter: Interpreter,
    frame: Frame,
    body: Callable[[], int],
    outcomes: list[tuple[Changes, Value, Path]],
) -> Raised | None:
    """One path through an activation, on a mark of the trail; what it raises.

    Another exception that leaves drops the mark: what was done stays, a futile activation's changes blurred.
    """
    before = interpreter.path
    try:
        if body() != RETURN:
            frame.result = None
    except Raised as raised:
        return raised
    except Futile:
        changes = forgotten(interpreter.trail.undo())
        walked = [(changes, frame.way), *((done, path) for done, _, path in outcomes)]
        interpreter.trail.redo(joined_changes(walked))
        raise
    except BaseException:
        interpreter.trail.commit()
        raise
    finally:
        interpreter.path = before
    return None


__all__ = ["alternatives", "both", "choose", "join", "leave", "run_paths", "same", "undecided"]
