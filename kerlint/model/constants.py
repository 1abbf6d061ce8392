"""Tensors that hold data rather than stand for it: `ops.zeros`, `keras.random.normal`, `np.ones`, weights.

They have a shape and no history: Keras puts no node in the graph for what is computed from them alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, UnknownDim
from kerlint.model.arrays import known_array
from kerlint.model.data.creation import filled, from_literal
from kerlint.model.numbers import known_number
from kerlint.model.sites import flat_value
from kerlint.model.states import FREE_EXTENT, TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.values import Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Creation = Callable[["KerasDomain", Arguments], Shape | None]


def constant(shape: Shape | None) -> TensorValue:
    """A tensor with data in it."""
    made = TensorValue(shape)
    made.constant = True
    return made


def _shaped(position: int, name: str) -> Creation:
    """Functions that are told the shape."""

    def shape(domain: KerasDomain, arguments: Arguments) -> Shape | None:
        value = arguments.get(position, name, Unknown("no shape"))
        return domain.shape_of(value)

    return shape


def _arange(domain: KerasDomain, arguments: Arguments) -> Shape | None:
    """`arange(stop)`, `arange(start, stop, step)`, `tf.range(start, limit, delta)`."""
    given = [arguments.get(0, "start"), arguments.get(1, "stop", arguments.get(1, "limit"))]
    step = arguments.get(2, "step", arguments.get(2, "delta", 1))
    start, stop = (0, given[0]) if given[1] is None else given
    if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int) and step:
        return (max(0, -((start - stop) // step)),)
    return (UNKNOWN_DIM,)


def _eye(domain: KerasDomain, arguments: Arguments) -> Shape | None:
    rows = arguments.get(0, "N", arguments.get(0, "num_rows"))
    columns = arguments.get(1, "M", arguments.get(1, "num_columns"))
    return (_extent(rows), _extent(rows if columns is None else columns))


def _extent(value: Value) -> Dim:
    return value if isinstance(value, int) else UNKNOWN_DIM


def _literal(domain: KerasDomain, arguments: Arguments) -> Shape | None:
    """`tf.constant(value, shape=...)`, `keras.Variable(value)`: the value's own shape."""
    told = arguments.keywords.get("shape")
    if told is not None and told.value is not None:
        return domain.shape_of(told.value)
    return _nested_shape(flat_value(arguments.get(0, "value", arguments.get(0, "initial_value"))))


def _nested_shape(value: Value) -> Shape | None:
    if isinstance(value, TensorValue):
        return value.keras_shape
    if isinstance(value, bool | int | float):
        return ()
    if not isinstance(value, tuple):
        return None
    inner = [_nested_shape(item) for item in value]
    if not inner:
        return (0,)
    return None if inner[0] is None or any(part != inner[0] for part in inner) else (len(inner), *inner[0])


def _spread(domain: KerasDomain, arguments: Arguments) -> Shape | None:
    """`np.random.rand(2, 3)`."""
    return tuple(_extent(arg.value) for arg in arguments.positional) if arguments.exact else None


def _all(modules: str, functions: str, creation: Creation) -> dict[str, Creation]:
    return {f"{module}.{name}": creation for module in modules.split() for name in functions.split()}


CREATIONS: dict[str, Creation] = {
    **_all("keras.ops keras.backend tensorflow numpy", "zeros ones empty", _shaped(0, "shape")),
    **_all("keras.ops numpy", "full", _shaped(0, "shape")),
    **_all("keras.random", "normal uniform truncated_normal", _shaped(0, "shape")),
    **_all("keras.random", "randint", _shaped(0, "shape")),
    **_all("tensorflow.random tensorflow", "normal uniform truncated_normal", _shaped(0, "shape")),
    **_all("tensorflow", "random_normal random_uniform", _shaped(0, "shape")),
    **_all("keras.backend", "random_normal random_uniform", _shaped(0, "shape")),
    **_all("numpy.random", "random random_sample", _shaped(0, "size")),
    **_all("numpy.random", "normal uniform randint", _shaped(2, "size")),
    **_all("numpy.random", "rand randn", _spread),
    **_all("keras.ops numpy", "arange", _arange),
    **_all("tensorflow", "range", _arange),
    **_all("keras.ops numpy tensorflow", "eye", _eye),
    **_all("tensorflow", "constant Variable convert_to_tensor", _literal),
    **_all("keras.ops", "array convert_to_tensor", _literal),
    **_all("keras", "Variable", _literal),
}
"""Functions that make a tensor of data, to the shape of what they make."""


def created(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Value:
    """The tensor that a call makes; None when the function is not known to make one."""
    if (array := known_array(symbol, arguments)) is not None:
        return array
    if (number := known_number(symbol, arguments)) is not None:
        return number
    creation = CREATIONS.get(symbol)
    if creation is None:
        return None
    if creation is _literal:
        return _of_literal(domain, arguments)
    if symbol.startswith("numpy.random.") and not _is_told_size(creation, arguments):
        return Unknown("a random number")
    return filled(symbol, creation(domain, arguments), arguments)


def _is_told_size(creation: Creation, arguments: Arguments) -> bool:
    if creation is _spread:
        return bool(arguments.positional)
    position = 0 if creation is CREATIONS["numpy.random.random"] else 2
    return arguments.get(position, "size") is not None or not arguments.exact


def _of_literal(domain: KerasDomain, arguments: Arguments) -> Value:
    """`tf.constant(values)`: the data of an array, or of a list, in the shape that was asked for."""
    made = from_literal(
        domain,
        Arguments.of(arguments.get(0, "value", arguments.get(0, "initial_value", arguments.get(0, "x")))),
    )
    shape = _literal(domain, arguments)
    return made if shape is None or made.facts.shape == shape else constant(shape)


def dynamic_shape(tensor: TensorValue) -> Value:
    """`ops.shape(x)`, `tf.shape(x)`: a free axis is a number that only the run knows."""
    shape = tensor.keras_shape
    if shape is None:
        return Unknown("an unknown shape")
    return tuple(FREE_EXTENT if dim is None else _run_time_extent(dim) for dim in shape)


def _run_time_extent(dim: Dim) -> Value:
    return Unknown("an unknown extent") if isinstance(dim, UnknownDim) else dim
