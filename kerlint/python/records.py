"""Classes whose constructors nobody wrote: dataclasses and named tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import libcst as cst

from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.inheritance import find_in_class
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import BoundMethod, Builtin, ClassValue, DictValue, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

Method = Callable[["Interpreter", Arguments, "Place"], Value]
DATACLASSES = frozenset({"dataclasses.dataclass", "attr.s", "attr.dataclass", "attrs.define", "attrs.frozen"})
RECORD = Symbol("collections.namedtuple")


class Default(NamedTuple):
    """`dataclasses.field(...)`: the default of one field."""

    value: Value
    factory: Value
    in_init: bool


def field(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.field(default=..., default_factory=..., init=...)`."""
    in_init = arguments.get(99, "init", True)
    made = Instance(Symbol("dataclasses.Field"))
    made.attributes["default"] = arguments.get(99, "default", MISSING)
    made.attributes["factory"] = arguments.get(99, "default_factory", MISSING)
    made.attributes["init"] = in_init
    return made


def _annotated(node: cst.ClassDef) -> dict[str, cst.AnnAssign]:
    """The annotated names of a class body, in order."""
    found: dict[str, cst.AnnAssign] = {}
    for line in node.body.body:
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                found[small.target.value] = small
    return found


class Field(NamedTuple):
    """One name that the constructor of a dataclass takes.

    `is_passed_on` says that it is an `InitVar`: no attribute, but an argument of `__post_init__`.
    """

    name: str
    is_passed_on: bool = False


def _fields(node: cst.ClassDef) -> list[Field] | None:
    """The fields of a dataclass body; None when a special annotation makes it hard to tell."""
    fields = []
    for name, assignment in _annotated(node).items():
        annotation = cst.Module([]).code_for_node(assignment.annotation.annotation)
        if "KW_ONLY" in annotation:
            return None
        if "ClassVar" not in annotation:
            fields.append(Field(name, "InitVar" in annotation))
    return fields


def make_dataclass(cls: ClassValue, node: cst.ClassDef, wrapper: Value, decorator: cst.Decorator) -> bool:
    """Give a dataclass the `__init__` that its decorator writes; False when it is another decorator."""
    if isinstance(wrapper, Symbol):
        if wrapper.dotted not in DATACLASSES:
            return False
    elif not (isinstance(wrapper, Unknown) and "dataclass" in wrapper.reason):
        return False
    own = _fields(node)
    inherited = _inherited(cls)
    options = _options(decorator)
    plain = (
        own is not None
        and inherited is not None
        and options <= {"frozen", "slots", "eq", "order", "repr", "unsafe_hash"}
    )
    fields = _in_order(inherited or (), own or ()) if plain else None
    cls.namespace["__dataclass_fields__"] = fields if fields is not None else Unknown("the fields")
    if "__init__" not in cls.namespace:
        cls.namespace["__init__"] = Builtin(f"{cls.name}.__init__", _initializer(cls, fields), is_method=True)
    compared = _equality(fields) if fields is not None and "eq" not in options else _not_known
    cls.namespace.setdefault("__eq__", Builtin(f"{cls.name}.__eq__", compared, is_method=True))
    if options & {"order"}:
        cls.namespace.setdefault("__lt__", Builtin(f"{cls.name}.__lt__", _not_known, is_method=True))
    return True


def _in_order(inherited: Iterable[Field], own: Iterable[Field]) -> tuple[Field, ...]:
    """A field that is declared again keeps its place."""
    return tuple({one.name: one for one in (*inherited, *own)}.values())


def _options(decorator: cst.Decorator) -> set[str]:
    inner = decorator.decorator
    if not isinstance(inner, cst.Call):
        return set()
    return {arg.keyword.value if arg.keyword is not None else "" for arg in inner.args}


def _inherited(cls: ClassValue) -> tuple[Field, ...] | None:
    for base in cls.mro[1:]:
        if not isinstance(base, ClassValue):
            return None if isinstance(base, Unknown) else ()
        if "__dataclass_fields__" in base.namespace:
            found = base.namespace["__dataclass_fields__"]
            return found if isinstance(found, tuple) else None
    return ()


def _not_known(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return Unknown("a comparison of records")


def _equality(fields: tuple[Field, ...]) -> Method:
    """The `__eq__` of a dataclass: field by field, within one class."""

    def compare(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        from kerlint.python.comparisons import equal

        left, right = (arg.value for arg in arguments.positional)
        if not (isinstance(left, Instance) and isinstance(right, Instance)) or left.cls is not right.cls:
            return Unknown("a comparison of records")
        names = [field.name for field in fields if not field.is_passed_on]
        rows = [tuple(one.attributes.get(name, Unknown(name)) for name in names) for one in (left, right)]
        answer = equal(interpreter, rows[0], rows[1], place)
        return Unknown("a comparison of records") if answer is None else answer

    return compare


def _initializer(cls: ClassValue, fields: tuple[Field, ...] | None) -> Method:
    def initialize(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        from kerlint.python.storing import set_plainly

        instance = arguments.positional[0].value
        assert isinstance(instance, Instance)
        if fields is None:
            instance.open = True
        passed_on = []
        for field, value in _given(interpreter, cls, fields or (), arguments, place).items():
            if field.is_passed_on:
                passed_on.append(value)
            else:
                set_plainly(interpreter, instance, field.name, value, place)
        method = find_in_class(cls, "__post_init__")
        if isinstance(method, FunctionValue):
            from kerlint.python.calls import call

            call(interpreter, method, Arguments.of(instance, *passed_on), place)
        return None

    return initialize


def _given(
    interpreter: Interpreter, cls: ClassValue, fields: tuple[Field, ...], arguments: Arguments, place: Place
) -> dict[Field, Value]:
    """The value of each field: given, or its default."""
    values: dict[Field, Value] = {}
    position = 1
    for field in fields:
        default = _default(interpreter, cls, field.name, place)
        if default.in_init:
            fallback = Unknown(f"field {field.name}") if not arguments.exact else default.value
            value = arguments.get(position, field.name, MISSING)
            values[field] = fallback if value is MISSING else value
            position += 1
        else:
            values[field] = default.value
    return {one: Unknown(f"field {one.name}") if value is MISSING else value for one, value in values.items()}


def _default(interpreter: Interpreter, cls: ClassValue, name: str, place: Place) -> Default:
    found = find_in_class(cls, name)
    if isinstance(found, Instance) and found.cls == Symbol("dataclasses.Field"):
        factory = found.attributes["factory"]
        value = found.attributes["default"]
        if factory is not MISSING:
            from kerlint.python.calls import call

            value = call(interpreter, factory, Arguments(), place)
        return Default(value, factory, found.attributes["init"] is True)
    return Default(Unknown(f"field {name}") if isinstance(found, Symbol) else found, MISSING, in_init=True)


# Named tuples


def make_named_tuple(cls: ClassValue, node: cst.ClassDef) -> None:
    """A class that derives from `typing.NamedTuple` is made by a call of its fields."""
    if not any(base == Symbol("typing.NamedTuple") for base in cls.mro if isinstance(base, Symbol)):
        return
    fields = tuple(Field(name) for name in _annotated(node)) or None
    cls.mro = tuple(base for base in cls.mro if base != Symbol("typing.NamedTuple"))
    cls.namespace["__init__"] = Builtin(f"{cls.name}.__init__", _initializer(cls, fields), is_method=True)
    for name in ("__eq__", "__lt__", "__contains__"):
        cls.namespace.setdefault(name, Builtin(f"{cls.name}.{name}", _not_known, is_method=True))
    for name, method in (("__getitem__", _field_at), ("__len__", _count_fields), ("_replace", _changed)):
        cls.namespace.setdefault(name, Builtin(f"{cls.name}.{name}", method, is_method=True))
    cls.namespace.setdefault("_asdict", Builtin(f"{cls.name}._asdict", _as_dict, is_method=True))
    names = tuple(field.name for field in fields or ())
    cls.namespace.setdefault("_fields", names or Unknown("the fields"))
    cls.namespace["__iter__"] = Builtin(f"{cls.name}.__iter__", _fields_of, is_method=True)


def _fields_of(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    instance = arguments.positional[0].value
    assert isinstance(instance, Instance)
    return Unknown("fields") if instance.open else tuple(instance.attributes.values())


def _field_at(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.subscripts import load_subscript

    fields = _fields_of(interpreter, arguments, place)
    return load_subscript(interpreter, fields, arguments.get(1, "index"), place)


def _count_fields(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    fields = _fields_of(interpreter, arguments, place)
    return len(fields) if isinstance(fields, tuple) else Unknown("an unknown length")


def _changed(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    record = arguments.positional[0].value
    made = Instance(record.cls)
    made.open = record.open or not arguments.exact
    given = {name: arg.value for name, arg in arguments.keywords.items()}
    made.attributes = {**record.attributes, **given}
    return made


def named_tuple(names: tuple[str, ...], defaults: tuple[Value, ...], arguments: Arguments) -> Value:
    """An object of a `collections.namedtuple` with these fields."""
    made = Instance(RECORD)
    first = len(names) - len(defaults)
    for position, name in enumerate(names):
        fallback = defaults[position - first] if position >= first else Unknown(f"field {name}")
        made.attributes[name] = arguments.get(position, name, fallback)
    return made


def record_member(record: Instance, name: str) -> Value:
    """What every named tuple has besides its fields; MISSING for another name."""
    method = _RECORD_METHODS.get(name)
    if name == "_fields":
        return tuple(record.attributes)
    return MISSING if method is None else BoundMethod(record, Builtin(f"namedtuple.{name}", method))


def _replaced(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    record = arguments.positional[0].value
    made = Instance(RECORD)
    given = {name: arg.value for name, arg in arguments.keywords.items()}
    made.attributes = {**record.attributes, **given}
    return made


def _as_dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return DictValue(dict(arguments.positional[0].value.attributes))


_RECORD_METHODS: Final[dict[str, Method]] = {"_replace": _replaced, "_asdict": _as_dict}
