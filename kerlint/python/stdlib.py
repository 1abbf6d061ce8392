"""The parts of the standard library that model code leans on, by dotted name."""

from __future__ import annotations

import math
import os.path
import string
from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.python import sequences
from kerlint.python.arguments import Arguments
from kerlint.python.builtins import BUILTINS, leave_program
from kerlint.python.calls import call
from kerlint.python.choices import each
from kerlint.python.containers import DequeValue, DictValue, IteratorValue, ListValue, SetValue
from kerlint.python.domain import MISSING
from kerlint.python.enumerations import make_auto
from kerlint.python.exceptions import fail
from kerlint.python.iteration import iterate
from kerlint.python.itertools_table import ITERTOOLS
from kerlint.python.operator_table import OPERATOR
from kerlint.python.options import OPTIONS
from kerlint.python.pure import Function, pure
from kerlint.python.records import field, named_tuple
from kerlint.python.refs import OneOf, Unknown, Value
from kerlint.python.special import special_method
from kerlint.python.values import Builtin, FunctionValue, Instance, Partial, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


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
    if not complete:
        return Unknown("reduces something unknown")
    if not items:
        return fail(interpreter, "TypeError", "reduces nothing")
    total = items[0]
    for item in items[1:]:
        total = call(interpreter, function, Arguments.of(total, item), place)
    return total


def _wraps(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return Builtin(
        "functools.wraps",
        lambda _, given, __: _wrapped(given.get(0, "function"), arguments.get(0, "wrapped")),
    )


def _wrapped(function: Value, original: Value) -> Value:
    """`functools.wraps`: the wrapper takes the name of what it wraps."""
    if isinstance(function, FunctionValue) and isinstance(original, FunctionValue):
        function.name = original.name
    return function


def _copy(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "x")
    match value:
        case IteratorValue():
            return Unknown("a copy of an iterator")
        case ListValue():
            return type(value)(value.items[:], open=value.open, loose=value.loose)
        case DictValue():
            return DictValue(dict(value.items), open=value.open, factory=value.factory)
        case SetValue():
            return SetValue(dict(value.items), open=value.open, frozen=value.frozen)
        case Instance():
            return _copied(interpreter, value, place)
        case OneOf():
            return each(interpreter, value, lambda one: _copy(interpreter, Arguments.of(one), place))
    return value


def _copied(interpreter: Interpreter, value: Instance, place: Place) -> Value:
    if special_method(value, "__copy__") is MISSING and special_method(value, "__deepcopy__") is MISSING:
        return interpreter.domain.copied(value, place)
    return interpreter.domain.copied(value, place) if value.native is not None else Unknown("a copy")


def _deepcopy(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return _deep(interpreter, arguments.get(0, "x"), {}, place)


def _deep(interpreter: Interpreter, value: Value, made: dict[int, Value], place: Place) -> Value:
    """A copy with new identities all the way down; what occurs twice is copied once."""
    if id(value) in made:
        return made[id(value)]
    copy: Value = value
    match value:
        case IteratorValue():
            copy = Unknown("a copy of an iterator")
        case ListValue():
            copy = made[id(value)] = type(value)([], open=value.open, loose=value.loose)
            copy.items = [_deep(interpreter, item, made, place) for item in value.items]
        case DictValue():
            copy = made[id(value)] = DictValue({}, open=value.open, factory=value.factory)
            copy.items = {key: _deep(interpreter, item, made, place) for key, item in value.items.items()}
        case SetValue():
            copy = SetValue(dict(value.items), open=value.open, frozen=value.frozen)
        case tuple():
            return tuple(_deep(interpreter, item, made, place) for item in value)
        case OneOf():
            return each(interpreter, value, lambda one: _deep(interpreter, one, made, place))
        case Instance():
            copy = made[id(value)] = _copied(interpreter, value, place)
            if isinstance(copy, Instance) and copy.native is None:
                copy.attributes = {
                    name: _deep(interpreter, item, made, place) for name, item in value.attributes.items()
                }
    made[id(value)] = copy
    return copy


def _default_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return DictValue({}, factory=arguments.get(0, "default_factory"))


def _deque(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if arguments.get(1, "maxlen") is not None:
        return Unknown("a deque of limited length")
    items, whole = iterate(interpreter, arguments.get(0, "iterable", ()))
    return DequeValue(items, open=not whole)


def _ordered_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.builtins import BUILTINS

    return call(interpreter, BUILTINS["dict"], arguments, place)


def _namedtuple(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    fields, defaults = arguments.get(1, "field_names"), arguments.get(99, "defaults", ())
    if isinstance(fields, str):
        names = tuple(fields.replace(",", " ").split())
    else:
        items, complete = iterate(interpreter, fields)
        if not complete or not all(isinstance(item, str) for item in items):
            return Unknown("a named tuple of unknown fields")
        names = tuple(items)
    fallbacks, complete = iterate(interpreter, defaults if defaults is not None else ())
    if not complete or len(fallbacks) > len(names) or arguments.keywords.keys() & {"rename", "module"}:
        return Unknown("a named tuple of unknown fields")
    return Builtin("namedtuple", lambda _, given, __: named_tuple(names, tuple(fallbacks), given))


def _namespace(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    made = Instance(Symbol("types.SimpleNamespace"))
    made.attributes.update({name: arg.value for name, arg in arguments.keywords.items()})
    made.open = not arguments.exact
    return made


def _null_context(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    made = Instance(Symbol("contextlib.nullcontext"))
    made.attributes["enter_result"] = arguments.get(0, "enter_result")
    return made


def _suppress(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    made = Instance(Symbol("contextlib.suppress"))
    made.attributes["exceptions"] = tuple(arguments.values())
    return made


_MATH_OF_MANY = ("prod", "fsum", "dist")
"""Functions of `math` that take iterables."""
_HUGE = ("factorial", "perm", "comb")
"""Functions of `math` whose results may be too large to compute."""
_MOST = 400


def _small(function: Callable[..., int]) -> Callable[..., int]:
    """The same function; MemoryError for arguments that make its result a very large number."""

    def run(*given: int) -> int:
        if any(isinstance(value, int) and value > _MOST for value in given):
            raise MemoryError
        return function(*given)

    return run


def _math() -> dict[str, Function]:
    known = {name: value for name, value in vars(math).items() if callable(value) and name[0] != "_"}
    return {
        f"math.{name}": pure(_small(function) if name in _HUGE else function, iterates=name in _MATH_OF_MANY)
        for name, function in known.items()
    }


def _cast(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`typing.cast(kind, value)` is the value."""
    return arguments.get(1, "val")


STDLIB: dict[str, Function] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "functools.wraps": _wraps,
    "typing.cast": _cast,
    "six.moves.range": sequences.make_range,
    "six.moves.xrange": sequences.make_range,
    **ITERTOOLS,
    **OPERATOR,
    "copy.copy": _copy,
    "copy.deepcopy": _deepcopy,
    "collections.defaultdict": _default_dict,
    "collections.OrderedDict": _ordered_dict,
    "collections.deque": _deque,
    "collections.namedtuple": _namedtuple,
    "types.SimpleNamespace": _namespace,
    "enum.auto": make_auto,
    "os.path.join": pure(os.path.join),
    "os.path.basename": pure(os.path.basename),
    "os.path.splitext": pure(os.path.splitext),
    "os.path.dirname": pure(os.path.dirname),
    "os.path.split": pure(os.path.split),
    "os.path.normpath": pure(os.path.normpath),
    "sys.exit": leave_program,
    "os._exit": leave_program,
    "contextlib.suppress": _suppress,
    "contextlib.nullcontext": _null_context,
    "dataclasses.field": field,
    **_math(),
    **OPTIONS,
}
"""What calling a library symbol gives, where the evaluator itself knows."""

CONSTANTS: dict[str, Value] = {
    "math.pi": math.pi,
    "math.e": math.e,
    "math.inf": math.inf,
    "math.nan": math.nan,
    "math.tau": math.tau,
    "numpy.pi": math.pi,
    "numpy.newaxis": None,
    "tensorflow.newaxis": None,
    "os.sep": "/",
    "six.string_types": BUILTINS["str"],
    "six.text_type": BUILTINS["str"],
    **{
        f"string.{name}": getattr(string, name)
        for name in string.__all__
        if isinstance(getattr(string, name), str)
    },
}
"""Constants of libraries."""
