"""Numbers that numpy and Keras compute of plain numbers: `int(np.ceil(width * 1.2))`, `ops.sqrt(dim / heads)`.

numpy gives a Python float of a kind; zero and infinity are left out, which divide otherwise there. Keras gives
a scalar tensor, mostly of a number that is not followed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from kerlint.model.arrays import array_of, scalar, single
from kerlint.model.states import FREE_EXTENT, TensorValue
from kerlint.python.arguments import Arguments

_NUMPY: Final[dict[str, Callable[[float], float]]] = {
    "ceil": math.ceil,
    "fabs": abs,
    "floor": math.floor,
    "rint": round,
    "sqrt": math.sqrt,
    "trunc": math.trunc,
}
"""Functions whose result is the nearest double to the exact one, everywhere."""
_TENSORS: Final[dict[str, Callable[[float], float]]] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "round": round,
}
_HOMES: Final = ("keras.ops", "keras.backend", "tensorflow", "tensorflow.math")
_OF_ONE: Final = frozenset("abs cast ceil cos exp floor log rsqrt round sin sqrt square tanh".split())  # noqa: SIM905
"""Functions of tensors that make a scalar of a number."""
_LARGEST_DOUBLE: Final = 2.0**52
_LARGEST_SINGLE: Final = 2.0**23
"""Beyond these every number is whole."""


def known_number(symbol: str, arguments: Arguments) -> float | TensorValue | None:
    """What a function of one number gives; None for all other calls."""
    home, _, name = symbol.rpartition(".")
    if not (home == "numpy" and name in _NUMPY) and not (home in _HOMES and name in _OF_ONE):
        return None
    if not arguments.exact or not arguments.positional:
        return None
    value = arguments.positional[0].value
    is_plain = type(value) is float and len(arguments.values()) == 1
    if home == "numpy":
        return _of_numpy(name, value) if is_plain and abs(value) < _LARGEST_DOUBLE else None
    if name in _TENSORS and is_plain and abs(value) < _LARGEST_SINGLE:
        return scalar(float(_TENSORS[name](single(value))))
    return array_of(()) if type(value) in (int, float) or value is FREE_EXTENT else None


def _of_numpy(name: str, value: float) -> float | None:
    if name == "sqrt" and value < 0:
        return None
    return float(_NUMPY[name](value)) or None
