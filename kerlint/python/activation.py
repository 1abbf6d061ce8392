"""Calls of user functions: followed with their real arguments, as far as that is worth it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.binding import bind
from kerlint.python.budget import Raised
from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.exceptions import fail
from kerlint.python.functions import is_generator
from kerlint.python.likely import Likely
from kerlint.python.paths import run_paths
from kerlint.python.patience import Futile, is_plain, plain_key, remember
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame, Scope
from kerlint.python.uncertainty import forgotten
from kerlint.python.values import FunctionValue, Instance, is_constant

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def call_function(
    interpreter: Interpreter, function: FunctionValue, arguments: Arguments, place: Place | None
) -> Value:
    """Follow a user function with the real arguments.

    `place` is the call; None for a function that nobody calls (then it stands for its own chain).
    """
    function.is_called = True
    why = _why_not_followed(interpreter, function)
    if why is not None:
        return _not_followed(interpreter, function, arguments, place or _own_place(function), why)
    key = plain_key(function, arguments)
    known = interpreter.results.get(key) if key is not None else None
    if known is not None and known.is_current:
        interpreter.doubts += known.doubts
        if interpreter.reads is not None:
            interpreter.reads += known.reads
        return _again(known.result)
    scope = Scope(function.scope)
    interpreter.doubts += not arguments.exact
    bound = bind(interpreter, function, arguments, scope)
    if not bound and function.is_wrapped:
        scope.names.clear()
        bound = bind(interpreter, function, _with_more(arguments), scope)
    if not bound:
        return fail(interpreter, "TypeError", f"{function.name} is called with the wrong arguments")
    chain = interpreter.frames[-1].chain if interpreter.frames else ()
    frame = Frame(scope, function.statement, (*chain, place) if place is not None else chain, function)
    frame.private = function.private
    if is_generator(function):
        frame.yielded = IteratorValue([])
    if arguments.positional and function.owner is not None:
        frame.receiver = arguments.positional[0].value
    reason = _remembering(interpreter, function, frame, key)
    if reason is not None:
        if reason != RAISES:
            forget_reachable(interpreter, function, arguments)
        return interpreter.give_up(place or _own_place(function), f"{function.name} {reason}")
    return frame.result if frame.yielded is None else _generated(function, frame)


def _with_more(arguments: Arguments) -> Arguments:
    """The same arguments and others that nobody knows."""
    made = arguments.prepended()
    made.open_positional = made.open_keywords = True
    return made


def _again(result: Value) -> Value:
    """What a call gives that gave it before; something unknown may be something else now."""
    is_fixed = isinstance(result, Likely) or not isinstance(result, Unknown)
    return result if is_fixed else Unknown(result.reason, result.hides, acts=result.acts)


# What is not followed


def _why_not_followed(interpreter: Interpreter, function: FunctionValue) -> str | None:
    budget = interpreter.budget
    if len(interpreter.calls) >= budget.depth or interpreter.calls.count(function) >= budget.recursion:
        return "recurses too deeply"
    if function.is_futile:
        return "was given up before"
    if interpreter.foreign_steps <= 0 and _is_foreign(interpreter, function):
        return "is in another file, and enough of those were followed"
    return None


def _is_foreign(interpreter: Interpreter, function: FunctionValue) -> bool:
    return not interpreter.modules.is_main(function.scope.filename)


def _not_followed(
    interpreter: Interpreter, function: FunctionValue, arguments: Arguments, place: Place, reason: str
) -> Value:
    forget_reachable(interpreter, function, arguments)
    interpreter.doubts += 1
    made = interpreter.domain.escaped(arguments, "", place)
    unknown = interpreter.give_up(place, f"{function.name} {reason}")
    return unknown if made is MISSING else made


RAISES = "raises"
_SET = re.compile(r"\.(\w+)\s*[-+*/%|&]*=(?!=)")
_GLOBALS = re.compile(r"^\s+(?:global|nonlocal)\s+([\w, \t]+)", re.MULTILINE)


def forget_reachable(interpreter: Interpreter, function: FunctionValue, arguments: Arguments) -> None:
    """What a function that was not followed to its end may have changed: its arguments and global names."""
    open_containers(interpreter, arguments)
    lost = f"may be changed by {function.name}"
    for value in arguments.values():
        if isinstance(value, Instance):
            interpreter.trail.touch(value)
            value.open = value.open or value.native is None
            changed = None if value.native is None else set(_SET.findall(function.statement.text))
            value.attributes = {
                name: Unknown(lost) if is_constant(item) and (changed is None or name in changed) else item
                for name, item in value.attributes.items()
            }
    for names in _GLOBALS.findall(function.statement.text):
        for name in names.replace(",", " ").split():
            scope = function.scope.find(name)
            if scope is not None:
                interpreter.trail.touch(scope)
                scope.names[name] = Unknown(lost)


def open_containers(interpreter: Interpreter, arguments: Arguments) -> None:
    """Unknown code may have added to a list, dict or set that it was given."""
    given = arguments.values()
    given += [one for value in given if isinstance(value, Unknown) for one in value.hides]
    for value in given:
        if isinstance(value, ListValue | DictValue | SetValue) and not value.open:
            interpreter.trail.touch(value)
            value.open = True


def _own_place(function: FunctionValue) -> Place:
    from kerlint.places import Place

    return Place(function.statement, function.node)


# Running


def _remembering(
    interpreter: Interpreter, function: FunctionValue, frame: Frame, key: tuple[Value, ...] | None
) -> str | None:
    """Run an activation; what it gives is remembered if it only computed. Says why it was given up, if so."""
    activity, reads, doubts = interpreter.domain.activity(), interpreter.reads, interpreter.doubts
    answers = interpreter.conditions.answers
    if reads is None and key is not None:
        interpreter.reads = []
    first = len(interpreter.reads) if interpreter.reads is not None else 0
    try:
        reason = _walk_body(interpreter, function, frame)
    finally:
        used, interpreter.reads = interpreter.reads, reads
    only_computed = frame.is_pure and frame.yielded is None and interpreter.domain.activity() == activity
    only_computed = only_computed and interpreter.conditions.answers == answers
    if reason is None and key is not None and used is not None and only_computed and is_plain(frame.result):
        remember(interpreter, key, frame.result, used[first:], interpreter.doubts - doubts)
    return reason


def _walk_body(interpreter: Interpreter, function: FunctionValue, frame: Frame) -> str | None:
    """Run an activation on all its paths; says why it was given up, if it was.

    Raises Raised where the program would raise and something around it catches, or takes another path.
    """
    around = interpreter.calls[-1] if interpreter.calls else None
    enters = _is_foreign(interpreter, function) and (around is None or not _is_foreign(interpreter, around))
    steps = interpreter.steps
    before = interpreter.patience.start(interpreter)
    interpreter.calls.append(function)
    interpreter.frames.append(frame)
    try:
        _run(interpreter, function, frame)
    except Raised:
        if interpreter.raises_on:
            raise
        return RAISES
    except Futile:
        function.is_futile = True
        return "is long and builds nothing"
    except RecursionError:
        return "nests too deeply"
    finally:
        interpreter.calls.pop()
        interpreter.frames.pop()
        interpreter.patience.stop(interpreter, before)
        if enters:
            interpreter.foreign_steps -= steps - interpreter.steps
    return None


def _run(interpreter: Interpreter, function: FunctionValue, frame: Frame) -> None:
    """Walk the body. A generator runs whenever its items are asked for: what else it changes is uncertain."""
    made, trail = frame.yielded, interpreter.trail
    if made is None:
        run_paths(interpreter, frame, lambda: _run_body(interpreter, function, frame))
        return
    trail.mark()
    try:
        run_paths(interpreter, frame, lambda: _run_body(interpreter, function, frame))
    except BaseException:
        trail.commit()
        raise
    changes = trail.undo()
    own = {key: change for key, change in changes.items() if change[0] is made}
    trail.redo(forgotten({key: change for key, change in changes.items() if key not in own}))
    trail.redo(own)


def _generated(function: FunctionValue, frame: Frame) -> Value:
    made = frame.yielded
    assert made is not None
    if function.wrapper != "contextmanager":
        return made
    return made.items[0] if made.steady else Unknown("what a context manager gives")


def _run_body(interpreter: Interpreter, function: FunctionValue, frame: Frame) -> int:
    node = function.node
    if type(node) is cst.FunctionDef:
        return interpreter.execute(node.body.body, frame)
    frame.result = interpreter.evaluate(node.body, frame)
    return 1
