"""The evaluator's domain: what a Python expression can be known to be.

Known immutable data stands for itself: `int`, `float`, `complex`, `str`, `bytes`, `bool`, `None`,
`Ellipsis`, `slice`, `range` and tuples of values. Everything with identity is a `Ref`. What is not known
is `Unknown`, a value like any other; a value that depends on a path is `OneOf`. An operation must ask
`is_known` before it lets Python's own operators loose on a value, for `unknown is None` is a silent
`False` and the worst of mistakes.

Mutable values carry a `stamp` and can hand out and take back their `state`: this is how the trail
(`kerlint.python.trail`) undoes one path of an `if` before the other one is walked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.refs import (
    ABSENT,
    GAP,
    UNKNOWN,
    Join,
    OneOf,
    Path,
    Ref,
    Unknown,
    Value,
    merged_names,
    next_serial,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from kerlint.python.scope import Scope
    from kerlint.source import Statement


class Symbol:
    """Something of a library, by canonical dotted name (`keras.layers.Conv2D`), whatever the import path."""

    __slots__ = ("dotted",)

    def __init__(self, dotted: str) -> None:
        self.dotted = dotted

    @property
    def name(self) -> str:
        """The last part of the dotted name."""
        return self.dotted.rpartition(".")[2]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Symbol) and other.dotted == self.dotted

    def __hash__(self) -> int:
        return hash(self.dotted)

    def __repr__(self) -> str:
        return f"Symbol({self.dotted})"


class Builtin:
    """A function or type of Python or of its standard library that the evaluator implements."""

    __slots__ = ("function", "is_method", "name")

    def __init__(self, name: str, function: Callable[..., Value], *, is_method: bool = False) -> None:
        self.name = name
        self.function = function
        self.is_method = is_method
        """Whether it takes the object as its first argument when it is found in a class."""

    def __repr__(self) -> str:
        return f"Builtin({self.name})"


class FunctionValue(Ref):
    """A user function or lambda with the scope it closes over and its evaluated defaults."""

    __slots__ = (
        "attributes",
        "defaults",
        "is_called",
        "is_futile",
        "is_generator",
        "is_wrapped",
        "name",
        "node",
        "owner",
        "private",
        "scope",
        "statement",
        "wrapper",
    )

    def __init__(
        self,
        name: str,
        node: cst.FunctionDef | cst.Lambda,
        scope: Scope,
        statement: Statement,
        defaults: dict[str, Value],
    ) -> None:
        super().__init__()
        self.name = name
        self.node = node
        self.scope = scope
        self.statement = statement
        self.defaults = defaults
        self.owner: ClassValue | None = None
        self.wrapper: str | None = None
        """`property`, `staticmethod`, `classmethod`, `setter` or `contextmanager`."""
        self.is_called = False
        self.is_futile = False
        """Following it was given up once: it took long and touched nothing of the domain."""
        self.is_generator: bool | None = None
        """Whether its body yields; None as long as nobody looked."""
        self.is_wrapped = False
        """A decorator that nobody knows may give it arguments of its own."""
        self.private = ""
        """The class around it in the text: its `__names` are that class's own."""
        self.attributes: dict[str, Value] = {}

    def state(self) -> Any:
        return dict(self.attributes)

    def restore(self, state: Any) -> None:
        self.attributes = dict(state)

    def merged(self, states: list[Any], join: Join) -> Any:
        return merged_names(states, join)

    def __repr__(self) -> str:
        return f"FunctionValue({self.name})"


class ClassValue(Ref):
    """A user class: its namespace and its method resolution order (user classes, then symbols)."""

    __slots__ = ("bases", "has_metaclass", "is_made", "mro", "name", "namespace", "node", "statement")

    def __init__(
        self,
        name: str,
        bases: tuple[Value, ...],
        namespace: dict[str, Value],
        node: cst.ClassDef,
        statement: Statement,
    ) -> None:
        super().__init__()
        self.name = name
        self.bases = bases
        self.namespace = namespace
        self.node = node
        self.statement = statement
        self.mro: tuple[Value, ...] = (self,)
        self.has_metaclass = False
        """Whether a metaclass may do anything to it."""
        self.is_made = False
        """Whether an instance was ever made of it."""

    def state(self) -> Any:
        return dict(self.namespace)

    def restore(self, state: Any) -> None:
        self.namespace = dict(state)

    def merged(self, states: list[Any], join: Join) -> Any:
        return merged_names(states, join)

    def __repr__(self) -> str:
        return f"ClassValue({self.name})"


class Instance(Ref):
    """An object: of a user class, of a library class (`cls` is a Symbol), or of both by inheritance.

    `native` is what the domain knows of it (a layer's or model's state); `open` when attributes were set
    that could not be followed.
    """

    __slots__ = ("attributes", "cls", "native", "open")

    def __init__(self, cls: ClassValue | Symbol, native: Any = None) -> None:
        Ref.__init__(self)
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.native = native
        self.open = False

    def state(self) -> Any:
        return (dict(self.attributes), self.open)

    def restore(self, state: Any) -> None:
        attributes, self.open = state
        self.attributes = dict(attributes)

    def merged(self, states: list[Any], join: Join) -> Any:
        attributes = merged_names([attributes for attributes, _ in states], join)
        return (attributes, any(opened for _, opened in states))

    def __repr__(self) -> str:
        return f"Instance({self.cls!r}#{self.serial})"


class NamespaceValue(DictValue):
    """`instance.__dict__`: a dict that is the object's own attributes."""

    __slots__ = ("instance",)

    def __init__(self, instance: Instance) -> None:
        Ref.__init__(self)
        self.serial = instance.serial
        self.instance = instance
        self.factory = None

    @property
    def keeper(self) -> Ref:
        return self.instance

    @property
    def items(self) -> dict[Value, Value]:
        return self.instance.attributes

    @items.setter
    def items(self, items: dict[Value, Value]) -> None:
        self.instance.attributes = items

    @property
    def open(self) -> bool:
        return self.instance.open

    @open.setter
    def open(self, opened: bool) -> None:
        self.instance.open = opened


class BoundMethod:
    """A function bound to its receiver: a user function, or a named method of a known value."""

    __slots__ = ("function", "receiver")

    def __init__(self, receiver: Value, function: Value) -> None:
        self.receiver = receiver
        self.function = function
        """A FunctionValue, or the method's name when the receiver's kind implements it."""

    def __repr__(self) -> str:
        return f"BoundMethod({self.receiver!r}, {self.function!r})"


class Partial(Ref):
    """`functools.partial(function, *args, **kwargs)`, its arguments kept with their places."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Value, arguments: Any) -> None:
        super().__init__()
        self.function = function
        self.arguments = arguments


class ModuleValue(Ref):
    """A first-party module that was evaluated."""

    __slots__ = ("name", "scope")

    def __init__(self, name: str, scope: Scope) -> None:
        super().__init__()
        self.name = name
        self.scope = scope


def is_known(value: Value) -> bool:
    """Whether `value` is not Unknown and not a choice between paths (its parts may still be unknown)."""
    return not isinstance(value, Unknown | OneOf)


CONSTANTS: Final = (int, float, complex, str, bytes, bool, type(None), type(Ellipsis))


def is_constant(value: Value) -> bool:
    """Whether `value` is a Python constant or a tuple of constants through and through."""
    if isinstance(value, tuple):
        return all(is_constant(item) for item in value)
    return isinstance(value, CONSTANTS)


__all__ = [
    "ABSENT",
    "CONSTANTS",
    "GAP",
    "UNKNOWN",
    "BoundMethod",
    "Builtin",
    "ClassValue",
    "DictValue",
    "FunctionValue",
    "Instance",
    "IteratorValue",
    "Join",
    "ListValue",
    "ModuleValue",
    "NamespaceValue",
    "OneOf",
    "Partial",
    "Path",
    "Ref",
    "SetValue",
    "Symbol",
    "Unknown",
    "Value",
    "ViewValue",
    "is_constant",
    "is_known",
    "merged_names",
    "next_serial",
]
