"""`operator`: Python's operators as functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import load_attribute
from kerlint.python.calls import call
from kerlint.python.operators import apply_binary, apply_comparison, apply_unary
from kerlint.python.pure import Function
from kerlint.python.refs import Unknown, Value
from kerlint.python.subscripts import load_subscript
from kerlint.python.values import Builtin

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

_BINARY: Final = {
    "add": "Add",
    "concat": "Add",
    "sub": "Subtract",
    "mul": "Multiply",
    "truediv": "Divide",
    "floordiv": "FloorDivide",
    "mod": "Modulo",
    "pow": "Power",
    "matmul": "MatrixMultiply",
    "lshift": "LeftShift",
    "rshift": "RightShift",
    "and_": "BitAnd",
    "or_": "BitOr",
    "xor": "BitXor",
}
_COMPARED: Final = {
    "eq": "Equal",
    "ne": "NotEqual",
    "lt": "LessThan",
    "le": "LessThanEqual",
    "gt": "GreaterThan",
    "ge": "GreaterThanEqual",
    "is_": "Is",
    "is_not": "IsNot",
}
_UNARY: Final = {"neg": "Minus", "pos": "Plus", "invert": "BitInvert", "not_": "Not"}


def _binary(name: str) -> Function:
    return lambda interpreter, given, place: apply_binary(
        interpreter, name, given.get(0, "a"), given.get(1, "b"), place
    )


def _compared(name: str) -> Function:
    return lambda interpreter, given, place: apply_comparison(
        interpreter, name, given.get(0, "a"), given.get(1, "b"), place
    )


def _unary(name: str) -> Function:
    return lambda interpreter, given, place: apply_unary(interpreter, name, given.get(0, "a"), place)


def _contains(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return apply_comparison(interpreter, "In", arguments.get(1, "b"), arguments.get(0, "a"), place)


def _item(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return load_subscript(interpreter, arguments.get(0, "a"), arguments.get(1, "b"), place)


def _one_or_all(found: list[Value]) -> Value:
    return found[0] if len(found) == 1 else tuple(found)


def _item_getter(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    keys = arguments.values()

    def get(interpreter: Interpreter, given: Arguments, place: Place) -> Value:
        return _one_or_all([load_subscript(interpreter, given.get(0, "obj"), key, place) for key in keys])

    return Builtin("operator.itemgetter", get)


def _attribute_getter(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    names = arguments.values()
    if not all(isinstance(name, str) for name in names):
        return Unknown("an attribute of unknown name")

    def get(interpreter: Interpreter, given: Arguments, place: Place) -> Value:
        return _one_or_all([_along(interpreter, given.get(0, "obj"), name, place) for name in names])

    return Builtin("operator.attrgetter", get)


def _along(interpreter: Interpreter, value: Value, dotted: str, place: Place) -> Value:
    for name in dotted.split("."):
        value = load_attribute(interpreter, value, name, place)
    return value


def _method_caller(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    name = arguments.get(0, "name")
    rest: list[Arg] = arguments.positional[1:]
    if not isinstance(name, str):
        return Unknown("a method of unknown name")

    def run(interpreter: Interpreter, given: Arguments, place: Place) -> Value:
        method = load_attribute(interpreter, given.get(0, "obj"), name, place)
        return call(interpreter, method, Arguments(rest[:], dict(arguments.keywords)), place)

    return Builtin("operator.methodcaller", run)


OPERATOR: Final[dict[str, Function]] = {
    **{f"operator.{name}": _binary(kind) for name, kind in _BINARY.items()},
    **{f"operator.{name}": _compared(kind) for name, kind in _COMPARED.items()},
    **{f"operator.{name}": _unary(kind) for name, kind in _UNARY.items()},
    "operator.contains": _contains,
    "operator.getitem": _item,
    "operator.itemgetter": _item_getter,
    "operator.attrgetter": _attribute_getter,
    "operator.methodcaller": _method_caller,
}
