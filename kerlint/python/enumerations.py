"""Enumerations: their members are objects with a name and a value, found by either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import Builtin, ClassValue, FunctionValue, Instance, Symbol, is_constant

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

AUTO: Final = Symbol("enum.auto")
_COUNTED: Final = ({"enum.Enum"}, {"enum.IntEnum"})
_OWN_WAYS: Final = frozenset({"__init__", "__new__", "_missing_", "_generate_next_value_", "_ignore_"})
MEMBER: Final = Unknown("a member of an enumeration")


def enum_kinds(cls: ClassValue) -> set[str]:
    """The classes of the module `enum` that a class derives from."""
    return {base.dotted for base in cls.mro if isinstance(base, Symbol) and base.dotted.startswith("enum.")}


def make_auto(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`enum.auto()`."""
    return Instance(AUTO)


def make_enum(cls: ClassValue) -> None:
    """Make members of the constants of an enumeration; what is computed is a member nobody knows."""
    kinds = enum_kinds(cls)
    if not kinds:
        return
    own_ways = any(isinstance(base, ClassValue) and base.namespace.keys() & _OWN_WAYS for base in cls.mro)
    made: dict[tuple[str, Value], Instance] = {}
    for name, value in list(cls.namespace.items()):
        if name.startswith("_") or isinstance(value, FunctionValue | Builtin):
            continue
        if isinstance(value, Instance) and value.cls == AUTO:
            value = _next(kinds, name, list(made))
        if own_ways or not is_constant(value):
            cls.namespace[name] = Unknown(MEMBER.reason)
            continue
        key = (type(value).__name__, value)
        cls.namespace[name] = made.setdefault(key, _member(cls, name, value))
    if _is_plain(cls):
        cls.namespace.setdefault("__eq__", Builtin(f"{cls.name}.__eq__", _is_member, is_method=True))


def _next(kinds: set[str], name: str, before: list[tuple[str, Value]]) -> Value:
    """The value that `auto()` gives."""
    if kinds == {"enum.StrEnum"}:
        return name.lower()
    if kinds not in _COUNTED or any(kind != "int" for kind, _ in before):
        return Unknown("an automatic value")
    return max((value for _, value in before), default=0) + 1


def _member(cls: ClassValue, name: str, value: Value) -> Instance:
    made = Instance(cls)
    made.attributes.update({"name": name, "value": value})
    made.open = True
    return made


def _is_plain(cls: ClassValue) -> bool:
    """Whether members are nothing but themselves: no numbers or texts by inheritance."""
    return enum_kinds(cls) == {"enum.Enum"} and not any(isinstance(base, Unknown) for base in cls.mro)


def _is_member(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """The equality of plain members is identity."""
    left, right = arguments.get(0, "self"), arguments.get(1, "other")
    if isinstance(right, Instance) and right.cls is not left.cls:
        return Unknown("a comparison of objects")
    return left is right


def enum_members(cls: ClassValue) -> list[Value] | None:
    """The members in order, each once; None where some are not known."""
    found: dict[int, Value] = {}
    for name, value in cls.namespace.items():
        if name.startswith("_") or isinstance(value, FunctionValue | Builtin):
            continue
        if not isinstance(value, Instance) or value.cls is not cls:
            return None
        found[id(value)] = value
    return list(found.values())


def member_of_value(cls: ClassValue, arguments: Arguments) -> Value:
    """`Color(1)`, and `Color(Color.RED)`."""
    wanted = arguments.get(0, "value")
    members = enum_members(cls)
    if members is None or len(arguments.values()) != 1:
        return Unknown(MEMBER.reason)
    for member in members:
        value = member.attributes["value"]
        if member is wanted or (type(value) is type(wanted) and is_constant(wanted) and value == wanted):
            return member
    return Unknown(MEMBER.reason)


def member_of_name(cls: ClassValue, name: Value) -> Value:
    """`Color["RED"]`."""
    found = cls.namespace.get(name) if isinstance(name, str) and not name.startswith("_") else None
    return found if isinstance(found, Instance) else Unknown(MEMBER.reason)
