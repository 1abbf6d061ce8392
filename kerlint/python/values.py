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

from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from kerlint.python.scope import Scope
    from kerlint.source import Statement

Value: TypeAlias = Any
"""Any member of the domain; the classes below and Python's own immutable constants."""

Path: TypeAlias = tuple[tuple[int, int], ...]
"""Which arm was taken at which undecided branch."""

_serials = count(1)


def next_serial() -> int:
    """A fresh serial: larger than that of any value made so far."""
    return next(_serials)


class Unknown:
    """A value nothing is known of, with the reason in a few words (for `--verbose` and `gave_up`)."""

    __slots__ = ("reason",)

    def __init__(self, reason: str = "not known") -> None:
        self.reason = reason

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"


UNKNOWN: Final = Unknown()
ABSENT: Final = Unknown("exists on some paths only")
GAP: Final = Unknown("items that only some paths have")
"""Stands in a list where paths joined that had added different numbers of items: what is appended later
does not follow what stands before."""


class OneOf:
    """A value that is one of a few alternatives, each with the path on which it is that."""

    __slots__ = ("alternatives", "paths")

    def __init__(self, alternatives: tuple[Value, ...], paths: tuple[Path, ...]) -> None:
        self.alternatives = alternatives
        self.paths = paths

    def __repr__(self) -> str:
        return f"OneOf{self.alternatives!r}"


class Ref:
    """A value with identity. `serial` grows with time, so it also tells what existed before what."""

    __slots__ = ("serial", "stamp")

    def __init__(self) -> None:
        self.serial = next(_serials)
        self.stamp = 0

    def state(self) -> Any:
        """A shallow copy of what can change, for the trail; None when nothing can."""
        return None

    def restore(self, state: Any) -> None:
        """Take back a state that `state` gave."""

    def merged(self, states: list[Any], join: Join) -> Any:
        """One state for several paths that all lead on from here; `join` makes one value of several."""
        return states[0]


Join: TypeAlias = "Callable[[list[Value]], Value]"


def merged_names(states: list[dict[Any, Value]], join: Join) -> dict[Any, Value]:
    """Join dicts of values key by key; a key that some path lacks becomes unknown."""
    keys = {key: None for state in states for key in state}
    return {key: join([state.get(key, ABSENT) for state in states]) for key in keys}


class ListValue(Ref):
    """A list; `open` when more items than these may be in it."""

    __slots__ = ("items", "open")

    def __init__(self, items: list[Value], *, open: bool = False) -> None:
        super().__init__()
        self.items = items
        self.open = open

    def state(self) -> Any:
        return (self.items[:], self.open)

    def restore(self, state: Any) -> None:
        items, self.open = state
        self.items = items[:]

    def merged(self, states: list[Any], join: Join) -> Any:
        lists = [items for items, _ in states]
        length = min(len(items) for items in lists)
        same = all(len(items) == length for items in lists)
        joined = [join([items[index] for items in lists]) for index in range(length)]
        if not same:
            joined.append(GAP)
        return (joined, not same or any(opened for _, opened in states))


class DictValue(Ref):
    """A dict; keys are known constants or `Ref`s; `open` when other keys may be in it.

    `opaque` takes part in equality of types only: a `defaultdict`'s factory, or None.
    """

    __slots__ = ("factory", "items", "open")

    def __init__(self, items: dict[Value, Value], *, open: bool = False, factory: Value = None) -> None:
        super().__init__()
        self.items = items
        self.open = open
        self.factory = factory

    def state(self) -> Any:
        return (dict(self.items), self.open)

    def restore(self, state: Any) -> None:
        items, self.open = state
        self.items = dict(items)

    def merged(self, states: list[Any], join: Join) -> Any:
        items = merged_names([items for items, _ in states], join)
        return (items, any(opened for _, opened in states))


class SetValue(Ref):
    """A set of known hashable values; `open` when others may be in it; `frozen` for a frozenset."""

    __slots__ = ("frozen", "items", "open")

    def __init__(self, items: dict[Value, None], *, open: bool = False, frozen: bool = False) -> None:
        super().__init__()
        self.items = items
        self.open = open
        self.frozen = frozen

    def state(self) -> Any:
        return (dict(self.items), self.open)

    def restore(self, state: Any) -> None:
        items, self.open = state
        self.items = dict(items)

    def merged(self, states: list[Any], join: Join) -> Any:
        common = {key: None for key in states[0][0] if all(key in items for items, _ in states)}
        same = all(len(items) == len(common) for items, _ in states)
        return (common, not same or any(opened for _, opened in states))


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

    __slots__ = ("function", "name")

    def __init__(self, name: str, function: Callable[..., Value]) -> None:
        self.name = name
        self.function = function

    def __repr__(self) -> str:
        return f"Builtin({self.name})"


class FunctionValue(Ref):
    """A user function or lambda with the scope it closes over and its evaluated defaults."""

    __slots__ = ("attributes", "defaults", "is_called", "is_futile", "name", "node", "owner", "scope", "statement", "wrapper")

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
        self.attributes: dict[str, Value] = {}

    def __repr__(self) -> str:
        return f"FunctionValue({self.name})"


class ClassValue(Ref):
    """A user class: its namespace and its method resolution order (user classes, then symbols)."""

    __slots__ = ("bases", "is_made", "mro", "name", "namespace", "node", "statement")

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
        super().__init__()
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
