"""Python's own functions and methods, called when every argument is fully known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from kerlint.python.arguments import Arg, Arguments
from kerlint.python.choices import each
from kerlint.python.containers import IteratorValue, SetValue, ViewValue
from kerlint.python.exceptions import BUILTIN_EXCEPTIONS, fail
from kerlint.python.formatting import is_too_wide, plain
from kerlint.python.iteration import iterate, size_of
from kerlint.python.lifting import lift
from kerlint.python.refs import OneOf, Unknown, Value

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

Function = Callable[["Interpreter", Arguments, "Place"], Value]
_RAISED = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError)


def pure(function: Callable[..., Any], *, iterates: bool = False) -> Function:
    """A function of the evaluator's that calls Python's own; with `iterates` it may use iterators up."""

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        choice = _choice(arguments)
        if choice is not None:
            return each(
                interpreter, choice.value, lambda one: run(interpreter, _with(arguments, choice, one), place)
            )
        if not arguments.exact:
            return Unknown("unknown arguments")
        return compute(interpreter, function, arguments, iterates=iterates)

    return run


def compute(
    interpreter: Interpreter, function: Callable[..., Any], arguments: Arguments, *, iterates: bool = False
) -> Value:
    """The result of a call whose arguments are known; Unknown where they are not."""
    try:
        given = [_argument(interpreter, arg.value, iterates) for arg in arguments.positional]
        keywords = {
            name: _argument(interpreter, arg.value, iterates) for name, arg in arguments.keywords.items()
        }
    except LookupError:
        return Unknown("an argument is unknown")
    try:
        return lift(interpreter, function(*given, **keywords))
    except _RAISED as error:
        kind = type(error).__name__
        if kind not in BUILTIN_EXCEPTIONS:
            kind = next(base.__name__ for base in type(error).__mro__ if base.__name__ in BUILTIN_EXCEPTIONS)
        return fail(interpreter, kind, "a call that fails")
    except MemoryError:
        return Unknown("something too large")


def _argument(interpreter: Interpreter, value: Value, iterates: bool) -> object:
    if isinstance(value, range) and size_of(value) > interpreter.budget.items:
        raise LookupError
    if iterates and isinstance(value, IteratorValue | ViewValue | SetValue):
        items, complete = iterate(interpreter, value)
        if not complete:
            raise LookupError
        return [plain(item) for item in items]
    return plain(value)


def _choice(arguments: Arguments) -> Arg | None:
    """The only argument that depends on the path."""
    choices = [
        arg for arg in (*arguments.positional, *arguments.keywords.values()) if isinstance(arg.value, OneOf)
    ]
    return choices[0] if len(choices) == 1 else None


def _with(arguments: Arguments, old: Arg, value: Value) -> Arguments:
    """The same arguments, one of them replaced."""
    new = Arg(value, old.node, old.origin)
    made = Arguments(
        [new if arg is old else arg for arg in arguments.positional],
        {name: new if arg is old else arg for name, arg in arguments.keywords.items()},
    )
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


_PADDING: Final = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs"})


def pure_method(interpreter: Interpreter, receiver: Any, name: str, arguments: Arguments) -> Value:
    """A method of text, numbers, tuples and ranges: these types cannot change."""
    method = getattr(receiver, name, None)
    if method is None or not arguments.exact or name.startswith("__"):
        return Unknown(f"method {name}")

    def run(interpreter: Interpreter, arguments: Arguments, place: Place | None) -> Value:
        if _grows(interpreter, receiver, name, arguments):
            return Unknown("a very long text")
        return compute(interpreter, method, arguments, iterates=name in ("join", "index", "count"))

    choice = _choice(arguments)
    if choice is not None:
        return each(
            interpreter, choice.value, lambda one: run(interpreter, _with(arguments, choice, one), None)
        )
    return run(interpreter, arguments, None)


def _grows(interpreter: Interpreter, receiver: Any, name: str, arguments: Arguments) -> bool:
    """Whether a method would make a text longer than allowed."""
    limit = interpreter.budget.text
    values = arguments.values()
    if name in _PADDING:
        return any(isinstance(value, int) and value > limit for value in values)
    if name in ("format", "format_map"):
        return is_too_wide(receiver) or any(
            isinstance(value, str) and len(value) > limit // 8 for value in values
        )
    if name == "replace":
        long = max((len(value) for value in values if isinstance(value, str | bytes)), default=0)
        return len(receiver) * long > limit * 8
    if name == "join":
        return len(receiver) * interpreter.budget.items > limit * 100
    return name == "to_bytes" and any(isinstance(value, int) and value > limit for value in values)
