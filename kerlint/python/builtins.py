"""Python's built-in functions and types, on values that may be unknown."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING, Any, Final

from kerlint.python import folding, introspection, sequences
from kerlint.python.arguments import Arguments
from kerlint.python.budget import Raised
from kerlint.python.domain import MISSING
from kerlint.python.exceptions import BUILTIN_EXCEPTIONS, exception_class, make_exception
from kerlint.python.pure import Function, pure
from kerlint.python.refs import Unknown, Value
from kerlint.python.uncertainty import is_foreign
from kerlint.python.values import Builtin, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


def _nothing(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return None


def _object(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return Instance(Symbol("builtins.object"))


def _outside(what: str) -> Function:
    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        return Unknown(what)

    return run


def leave_program(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`exit()`, `sys.exit()`: nothing after it runs."""
    raise Raised(make_exception("SystemExit", *arguments.values()))


def _power(base: Any, exponent: Any, modulus: Any = None) -> Any:
    whole = isinstance(base, int) and isinstance(exponent, int) and modulus is None
    if whole and abs(exponent) * max(base.bit_length(), 1) > 1 << 12:
        raise MemoryError
    return pow(base, exponent, modulus)


def _rounded(number: Any, ndigits: Any = None) -> Any:
    if isinstance(ndigits, int) and abs(ndigits) > 400:
        raise MemoryError
    return round(number, ndigits)


def _bytes(*given: Any) -> Any:
    if given and isinstance(given[0], int) and given[0] > 1 << 20:
        raise MemoryError
    return bytes(*given)


def _format(value: Any, spec: str = "") -> str:
    from kerlint.python.formatting import is_too_wide

    if is_too_wide(spec):
        raise MemoryError
    return format(value, spec)


def _eval(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`eval("ReLU")`: of a text that is a plain name, what the name stands for."""
    text = arguments.get(0, "source")
    if len(arguments.positional) != 1 or not interpreter.frames or not isinstance(text, str):
        return Unknown("eval()")
    return interpreter.load(text, interpreter.frames[-1]) if text.isidentifier() else Unknown("eval()")


_plain_float: Final = pure(float)


def _number(interpreter: Interpreter, value: Value) -> Value:
    """The float that a value of the domain is, where that is known."""
    return interpreter.domain.attribute(value, "__float__") if is_foreign(value) else MISSING


def _float(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`float(x)`, also of a number that the domain knows."""
    value = arguments.get(0, "x", 0.0)
    found = _number(interpreter, value)
    if isinstance(found, float):
        return found
    interpreter.domain.asked("float", value, place)
    return _plain_float(interpreter, arguments, place)


_plain_int: Final = pure(int)


def _int(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`int(x)`, also of a number that the domain knows."""
    value = arguments.get(0, "x", 0)
    found = _number(interpreter, value)
    if isinstance(found, float) and math.isfinite(found):
        return int(found)
    interpreter.domain.asked("int", value, place)
    return _plain_int(interpreter, arguments, place)


def _wrapping(kind: str) -> Function:
    """`property(f)`, `staticmethod(f)`, `classmethod(f)`: a function of its own with the same body."""

    def wrap(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        given = arguments.get(0, "function" if kind != "property" else "fget")
        if not isinstance(given, FunctionValue) or len(arguments.values()) != 1:
            return Unknown(f"a {kind}")
        made = FunctionValue(given.name, given.node, given.scope, given.statement, given.defaults)
        made.owner, made.private, made.wrapper = given.owner, given.private, kind
        return made

    return wrap


_PURE: Final = ("complex", "abs", "divmod", "ord", "chr", "hex", "bin", "oct", "ascii")
_OUTSIDE: Final = (
    *("open", "input", "exec", "compile", "globals", "locals", "dir", "id", "hash"),
    *("memoryview", "bytearray", "__import__", "aiter", "anext", "breakpoint"),
)

_FUNCTIONS: Final[dict[str, Function]] = {
    "len": sequences.length,
    "range": sequences.make_range,
    "enumerate": sequences.enumerated,
    "zip": sequences.zipped,
    "list": sequences.make_list,
    "tuple": sequences.make_tuple,
    "set": sequences.make_set_of,
    "frozenset": sequences.make_frozenset,
    "dict": sequences.make_dict,
    "map": sequences.mapped,
    "filter": sequences.filtered,
    "reversed": sequences.reversed_items,
    "sorted": folding.sorted_items,
    "sum": folding.summed,
    "any": folding.any_true,
    "all": folding.all_true,
    "next": sequences.following,
    "iter": sequences.make_iterator,
    "min": folding.extreme("min"),
    "max": folding.extreme("max"),
    "isinstance": introspection.isinstance_of,
    "issubclass": introspection.issubclass_of,
    "type": introspection.type_call,
    "getattr": introspection.get_attribute,
    "hasattr": introspection.has_attribute,
    "setattr": introspection.set_attribute,
    "delattr": introspection.remove_attribute,
    "callable": introspection.is_callable,
    "vars": introspection.variables,
    "str": introspection.text_of,
    "repr": introspection.shown,
    "bool": introspection.truth_of,
    "print": _nothing,
    "object": _object,
    "exit": leave_program,
    "quit": leave_program,
    "pow": pure(_power),
    "round": pure(_rounded),
    "bytes": pure(_bytes),
    "eval": _eval,
    "float": _float,
    "int": _int,
    "format": pure(_format),
    **{name: pure(getattr(builtins, name)) for name in _PURE},
    **{name: _outside(f"{name}()") for name in _OUTSIDE},
    "slice": pure(slice),
    "property": _wrapping("property"),
    "staticmethod": _wrapping("staticmethod"),
    "classmethod": _wrapping("classmethod"),
}

BUILTINS: Final[dict[str, Value]] = {
    **{name: Builtin(name, function) for name, function in _FUNCTIONS.items()},
    **{name: exception_class(name) for name in BUILTIN_EXCEPTIONS},
    "NotImplemented": Unknown("NotImplemented"),
    "Ellipsis": ...,
    "__debug__": True,
}
