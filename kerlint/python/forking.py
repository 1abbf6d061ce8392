"""One value at a time: an activation goes on with one alternative of a choice, and is walked again for others.

Most expressions join what their alternatives give. A value that decides what all code after it makes (the
shape of a model's input) is worth a path of its own for each alternative, like the arms of an `if`. Half of the paths that an activation may have are left to branches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.joining import alternatives, both, narrowed
from kerlint.python.refs import OneOf, Path, Value
from kerlint.python.scope import Decision

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Frame


def one_at_a_time(interpreter: Interpreter, choice: Value) -> Value:
    """The alternative of a choice that the running path goes on with; the choice where it may not be split."""
    if isinstance(choice, OneOf):
        choice = narrowed(choice, interpreter.path)
    frame = interpreter.frames[-1] if interpreter.frames else None
    if not isinstance(choice, OneOf) or frame is None or frame.pending is None:
        return choice
    index = frame.met
    frame.met += 1
    options = alternatives(choice)
    if frame.decided < len(frame.script) and frame.script[frame.decided].place == index:
        return _replayed(interpreter, frame, options)
    if 2 * (len(frame.pending) + len(options)) > interpreter.budget.paths or interpreter.splits < len(
        options
    ):
        return choice
    interpreter.splits -= len(options) - 1
    first, *others = (Decision(index, arm, path, direct=True) for arm, (_, path) in enumerate(options))
    frame.pending += [(*frame.script, decision) for decision in others]
    frame.script = (*frame.script, first)
    return _replayed(interpreter, frame, options)


def _replayed(interpreter: Interpreter, frame: Frame, options: list[tuple[Value, Path]]) -> Value:
    """Go on with the alternative that the script says, on its path."""
    decision = frame.script[frame.decided]
    frame.decided += 1
    value, own = options[decision.arm]
    path = both(decision.path, own) or decision.path
    interpreter.path = both(interpreter.path, path) or interpreter.path
    return value
