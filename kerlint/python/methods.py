"""Methods of Python's own types; anything else goes to the domain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.dict_methods import DICT_METHODS
from kerlint.python.iteration import iterate
from kerlint.python.keys import put
from kerlint.python.list_methods import DEQUE_METHODS, LIST_METHODS
from kerlint.python.pure import compute, pure_method
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.set_methods import SET_METHODS
from kerlint.python.values import Builtin

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def call_method(
    interpreter: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place
) -> Value:
    """`receiver.name(...)` for a value of Python's own types."""
    match receiver:
        case IteratorValue() | ViewValue():
            return _of_iterator(interpreter, receiver, name, arguments, place)
        case DequeValue() if name in DEQUE_METHODS:
            return DEQUE_METHODS[name](interpreter, receiver, arguments, place)
        case DequeValue():
            return _not_followed(interpreter, receiver, name)
        case ListValue() if name in LIST_METHODS:
            return LIST_METHODS[name](interpreter, receiver, arguments, place)
        case DictValue() if name in DICT_METHODS:
            return DICT_METHODS[name](interpreter, receiver, arguments, place)
        case SetValue() if name in SET_METHODS:
            return SET_METHODS[name](interpreter, receiver, arguments, place)
        case ListValue() | DictValue() | SetValue():
            return _not_followed(interpreter, receiver, name)
        case str() | bytes() | int() | float() | complex() | tuple() | range() | slice():
            return pure_method(interpreter, receiver, name, arguments)
        case Builtin():
            return _of_type(interpreter, receiver, name, arguments, place)
    return interpreter.domain.call_method(receiver, name, arguments, place)


def _not_followed(interpreter: Interpreter, receiver: ListValue | DictValue | SetValue, name: str) -> Value:
    if not name.startswith("__") or name in ("__setitem__", "__delitem__", "__iadd__", "__ior__"):
        interpreter.trail.touch(receiver)
        receiver.forget()
    return Unknown(f"method {name}")


def _of_iterator(
    interpreter: Interpreter, receiver: ListValue, name: str, arguments: Arguments, place: Place
) -> Value:
    if isinstance(receiver, IteratorValue):
        if name == "__next__":
            from kerlint.python.sequences import following

            return following(interpreter, Arguments.of(receiver), place)
        interpreter.trail.touch(receiver)
        receiver.forget()
    return Unknown(f"method {name}")


def _of_type(
    interpreter: Interpreter, receiver: Builtin, name: str, arguments: Arguments, place: Place
) -> Value:
    """`dict.fromkeys`, `str.lower(x)` and the like."""
    if not arguments.positional or not arguments.exact:
        return Unknown(f"method {name}")
    first = arguments.positional[0].value
    if receiver.name == "dict" and name == "fromkeys":
        return _from_keys(interpreter, first, arguments.get(1, "value"))
    if (receiver.name, name) in _OF_TYPES:
        return compute(interpreter, _OF_TYPES[receiver.name, name], arguments)
    if isinstance(first, Unknown | OneOf) or not _is_of(receiver.name, first):
        return Unknown(f"method {name}")
    return call_method(
        interpreter, first, name, Arguments(arguments.positional[1:], arguments.keywords), place
    )


_OF_TYPES: Final[dict[tuple[str, str], Callable[..., object]]] = {
    ("str", "maketrans"): str.maketrans,
    ("bytes", "fromhex"): bytes.fromhex,
    ("float", "fromhex"): float.fromhex,
    ("int", "from_bytes"): int.from_bytes,
}
_KINDS = {
    "str": str,
    "list": ListValue,
    "dict": DictValue,
    "set": SetValue,
    "tuple": tuple,
    "int": int,
    "float": float,
}


def _is_of(name: str, value: Value) -> bool:
    kind = _KINDS.get(name)
    return kind is not None and isinstance(value, kind)


def _from_keys(interpreter: Interpreter, keys: Value, value: Value) -> Value:
    known, complete = iterate(interpreter, keys)
    made = DictValue({}, open=not complete)
    for key in known:
        put(made, key, value)
    return made
