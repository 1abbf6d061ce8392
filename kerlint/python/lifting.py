"""From Python's own objects to values of the domain: what a known call gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.values import CONSTANTS, DictValue, ListValue, SetValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter


def lift(interpreter: Interpreter, result: object) -> Value:
    """The value that stands for a result of Python's own; Unknown if it is too large or of another kind."""
    if isinstance(result, str | bytes):
        return result if len(result) <= interpreter.budget.text else Unknown("a very long text")
    if isinstance(result, bool):
        return result
    if isinstance(result, int):
        return result if result.bit_length() <= interpreter.budget.bits else Unknown("a very large number")
    if isinstance(result, (*CONSTANTS, range, slice)):
        return result
    if isinstance(result, list | tuple | set | frozenset | dict):
        return _container(interpreter, result)
    return Unknown(f"a {type(result).__name__}")


def _container(
    interpreter: Interpreter,
    result: list[object] | tuple[object, ...] | set[object] | frozenset[object] | dict[object, object],
) -> Value:
    if len(result) > interpreter.budget.items:
        return Unknown("a very large container")
    if isinstance(result, dict):
        return DictValue({key: lift(interpreter, value) for key, value in result.items()})
    items = [lift(interpreter, item) for item in result]
    if isinstance(result, tuple):
        return tuple(items)
    if isinstance(result, list):
        return ListValue(items)
    return SetValue(dict.fromkeys(items), frozen=isinstance(result, frozenset))
