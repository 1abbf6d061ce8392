"""Arrays whose numbers are known: the rates that `linspace` spreads over the blocks of a network.

Only an array that has no name yet is read, for a named one may change in place under another name.
"""

from __future__ import annotations

from struct import pack, unpack
from typing import TYPE_CHECKING, Final

from kerlint.model.states import TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.values import ListValue, Value

if TYPE_CHECKING:
    from kerlint.keras_api.shapes import Shape

DOUBLE: Final = "numpy.linspace"
SINGLE: Final = frozenset({"keras.ops.linspace", "tensorflow.linspace"})
"""These make tensors of single precision."""
_PLAIN: Final = frozenset({"start", "stop", "num"})
_MOST: Final = 2_000
_LEAST, _LARGEST = 1e-20, 1e30


def known_array(symbol: str, arguments: Arguments) -> TensorValue | None:
    """The array that a call of `linspace` makes; None for all other calls, and where its length is not known."""
    if symbol != DOUBLE and symbol not in SINGLE:
        return None
    if not arguments.exact or len(arguments.positional) > 3 or not arguments.keywords.keys() <= _PLAIN:
        return None
    start, stop, number = (arguments.get(*place) for place in ((0, "start"), (1, "stop"), (2, "num", 50)))
    if type(number) is not int or not 0 <= number <= _MOST:
        return None
    made = array_of((number,))
    if symbol == DOUBLE and _are(start, stop, (int, float)):
        made.numbers = _spread(start, stop, number)
    elif symbol != DOUBLE and _are(start, stop, (float,)):
        made.is_single, made.numbers = True, _rounded(start, stop, number)
    return made


def _are(start: Value, stop: Value, kinds: tuple[type, ...]) -> bool:
    """Whether both are of these types, and of a size where nothing overflows or vanishes in single precision."""
    return all(type(end) in kinds and (end == 0 or _LEAST < abs(end) < _LARGEST) for end in (start, stop))


def items_of(array: TensorValue) -> tuple[Value, ...] | None:
    """What iterating over an array gives: numbers of numpy's own, or scalar tensors; None if that is not known."""
    if array.numbers is None or array.name is not None or array.keras_shape != (len(array.numbers),):
        return None
    return tuple(map(scalar, array.numbers)) if array.is_single else array.numbers


def number_of(array: TensorValue) -> float | None:
    """`float(array)`, of a scalar."""
    return array.numbers[0] if array.numbers and array.keras_shape == () else None


def scalar(number: float) -> TensorValue:
    """A tensor of single precision that is one number."""
    made = array_of(())
    made.is_single, made.numbers = True, (number,)
    return made


def as_list(array: TensorValue) -> ListValue | None:
    """`array.tolist()`."""
    return None if array.is_single or items_of(array) is None else ListValue(list(array.numbers or ()))


def array_of(shape: Shape) -> TensorValue:
    """An array of this shape whose numbers are not known."""
    made = TensorValue(shape)
    made.constant = True
    return made


def _spread(start: float, stop: float, number: int) -> tuple[float, ...]:
    """As numpy computes it: multiples of one step, and the end itself."""
    if number < 2:
        return (float(start),) * number
    step = (stop - start) / (number - 1)
    return (*(index * step + start for index in range(number - 1)), float(stop))


def _rounded(start: float, stop: float, number: int) -> tuple[float, ...]:
    """As TensorFlow computes it: every step of the way in single precision."""
    first, last = single(start), single(stop)
    if number < 2:
        return (first,) * number
    step = single(single(last - first) / (number - 1))
    between = (single(first + single(step * index)) for index in range(1, number - 1))
    return (first, *between, last)


def single(number: float) -> float:
    """The nearest number of single precision."""
    (rounded,) = unpack("f", pack("f", number))
    return float(rounded)
