"""Arguments of a bare operation: by name in any of its spellings, or by position where nothing bound them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from kerlint.frozen import record
from kerlint.keras_api.dims import as_dim, index_axis, is_size
from kerlint.keras_api.shapes import Dim, Shape
from kerlint.python.values import UNKNOWN, Value, is_known

Outputs: TypeAlias = tuple[Shape | None, ...]
NUMBERS = (int, float, complex)


@record
class OpCall:
    """One call: the operation's library (`keras`, `backend`, `tensorflow`), its arguments, the shapes of the tensors among them."""

    library: str
    arguments: Mapping[str, Value]
    inputs: tuple[Shape | None, ...]

    @property
    def first(self) -> Shape | None:
        """The first tensor's shape."""
        return self.inputs[0] if self.inputs else None

    def get(self, position: int, *names: str, default: Value = None) -> Value:
        """An argument by name, else by position; UNKNOWN for whatever is not certain."""
        for name in (*names, str(position)):
            if name in self.arguments:
                value = self.arguments[name]
                return value if is_known(value) else UNKNOWN
        return default

    def literals(self) -> Iterator[Shape | None]:
        """The shapes of the numbers and nested lists of numbers among the arguments."""
        for value in self.arguments.values():
            shape = literal_shape(value)
            if shape is not None:
                yield shape


def literal_shape(value: Value) -> Shape | None:
    """`()` for a number, the extents of nested sequences of numbers; None for anything else."""
    if isinstance(value, NUMBERS):
        return ()
    if not isinstance(value, tuple) or not value:
        return None
    parts = [literal_shape(item) for item in value]
    if parts[0] is None or any(part != parts[0] for part in parts):
        return None
    return (len(value), *parts[0])


def axes_of(value: Value) -> tuple[int, ...] | None:
    """One axis or several as a tuple; None when they are not known."""
    if is_size(value):
        return (value,)
    if isinstance(value, tuple) and all(is_size(item) for item in value):
        return value
    return None


def dims_of(value: Value) -> tuple[Dim, ...] | None:
    """A target shape (`reshape`, `broadcast_to`) as extents; None when its length is not known."""
    if is_size(value):
        return (value,)
    if not isinstance(value, tuple):
        return None
    return tuple(None if item is None else as_dim(item) for item in value)


def of_first(function: Callable[[OpCall, Shape], Shape | None]) -> Callable[[OpCall], Outputs]:
    """A rule for one tensor in, one out."""

    def rule(call: OpCall) -> Outputs:
        first = call.first
        return (None,) if first is None else (function(call, first),)

    return rule


def reduced(shape: Shape, axes: tuple[int, ...] | None, keepdims: bool) -> Shape:
    """`shape` without (or with 1 for) the given axes; None is all of them. Raises ShapeError."""
    gone = range(len(shape)) if axes is None else {index_axis(axis, shape) for axis in axes}
    if keepdims:
        return tuple(1 if position in gone else dim for position, dim in enumerate(shape))
    return tuple(dim for position, dim in enumerate(shape) if position not in gone)
