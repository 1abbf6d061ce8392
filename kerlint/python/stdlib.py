"""The parts of the standard library that model code leans on, by dotted name."""

from __future__ import annotations

import itertools
import math
import os.path
from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.python.arguments import Arguments
from kerlint.python.builtins import pure
from kerlint.python.calls import call
from kerlint.python.iteration import iterate
from kerlint.python.values import (
    Builtin,
    DictValue,
    Instance,
    ListValue,
    Partial,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place

Function = Callable[["Interpreter", Arguments, "Place"], Value]


def _partial(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional:
        return Unknown("a partial of something unknown")
    rest = Arguments(arguments.positional[1:], arguments.keywords)
    rest.open_keywords, rest.open_positional = arguments.open_keywords, arguments.open_positional
    function = arguments.positional[0].value
    return function if isinstance(function, Unknown) else Partial(function, rest)


def _reduce(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    function = arguments.get(0, "function")
    items, complete = iterate(interpreter, arguments.get(1, "iterable"))
    if len(arguments.positional) > 2:
        items = [arguments.positional[2].value, *items]
    if not complete or not items:
        return Unknown("reduces something unknown")
    total = items[0]
    for item in items[1:]:
        total = call(interpreter, function, Arguments.of(total, item), place)
    return total


def _wraps(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return Builtin("functools.wraps", lambda _, given, __: given.get(0, "function"))


def _chain(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items: list[Value] = []
    complete = arguments.exact
    for arg in arguments.positional:
        more, whole = iterate(interpreter, arg.value)
        items.extend(more)
        complete = complete and whole
    return ListValue(items, open=not complete)


def _product(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional]
    repeat = arguments.get(99, "repeat", 1)
    if not isinstance(repeat, int) or not all(whole for _, whole in parts):
        return Unknown("a product of something unknown")
    rows = itertools.product(*[items for items, _ in parts], repeat=min(repeat, 8))
    known = list(itertools.islice(rows, interpreter.budget.items))
    return ListValue(list(known), open=len(known) == interpreter.budget.items)


def _repeat(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    times = arguments.get(1, "times")
    item = arguments.get(0, "object")
    if isinstance(times, int) and 0 <= times <= interpreter.budget.items:
        return ListValue([item] * times)
    return ListValue([item], open=True)


def _copy(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "x")
    if isinstance(value, ListValue):
        return ListValue(value.items[:], open=value.open)
    if isinstance(value, DictValue):
        return DictValue(dict(value.items), open=value.open)
    return interpreter.domain.copied(value, place) if isinstance(value, Instance) else value


def _deepcopy(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return deep_copied(interpreter, arguments.get(0, "x"), place)


def deep_copied(interpreter: Interpreter, value: Value, place: Place) -> Value:
    """A copy with new identities all the way down."""
    if isinstance(value, ListValue):
        return ListValue([deep_copied(interpreter, item, place) for item in value.items], open=value.open)
    if isinstance(value, tuple):
        return tuple(deep_copied(interpreter, item, place) for item in value)
    if isinstance(value, DictValue):
        items = {key: deep_copied(interpreter, item, place) for key, item in value.items.items()}
        return DictValue(items, open=value.open)
    return interpreter.domain.copied(value, place) if isinstance(value, Instance) else value


def _default_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return DictValue({}, factory=arguments.get(0, "default_factory"))


def _ordered_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.builtins import BUILTINS

    return call(interpreter, BUILTINS["dict"], arguments, place)


def _namedtuple(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    fields = arguments.get(1, "field_names")
    if isinstance(fields, str):
        names = tuple(fields.replace(",", " ").split())
    else:
        items, complete = iterate(interpreter, fields)
        if not complete or not all(isinstance(item, str) for item in items):
            return Unknown("a named tuple of unknown fields")
        names = tuple(items)
    return Builtin("namedtuple", lambda _, given, __: _record(names, given))


def _record(names: tuple[str, ...], arguments: Arguments) -> Value:
    made = Instance(Symbol("collections.namedtuple"))
    for position, name in enumerate(names):
        made.attributes[name] = arguments.get(position, name, Unknown(f"field {name}"))
    return made


def _namespace(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    made = Instance(Symbol("types.SimpleNamespace"))
    made.attributes.update({name: arg.value for name, arg in arguments.keywords.items()})
    made.open = not arguments.exact
    return made


_MATH = ("sqrt", "ceil", "floor", "log", "log2", "log10", "exp", "pow", "prod", "gcd", "fabs", "trunc", "isclose", "sin", "cos", "tan")

STDLIB: dict[str, Function] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "functools.wraps": _wraps,
    "itertools.chain": _chain,
    "itertools.product": _product,
    "itertools.repeat": _repeat,
    "copy.copy": _copy,
    "copy.deepcopy": _deepcopy,
    "collections.defaultdict": _default_dict,
    "collections.OrderedDict": _ordered_dict,
    "collections.namedtuple": _namedtuple,
    "types.SimpleNamespace": _namespace,
    "os.path.join": pure(os.path.join),
    "os.path.basename": pure(os.path.basename),
    "os.path.splitext": pure(os.path.splitext),
    **{f"math.{name}": pure(getattr(math, name)) for name in _MATH},
}
"""What calling a library symbol gives, where the evaluator itself knows."""

CONSTANTS: dict[str, Value] = {
    "math.pi": math.pi,
    "math.e": math.e,
    "math.inf": math.inf,
    "numpy.pi": math.pi,
    "os.sep": "/",
}
"""Constants of libraries."""
