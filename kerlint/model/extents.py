"""What Python makes of extents that are not known: operators and comparisons on `x.shape[1]`.

Whether an axis is free or has a size can decide what a model is made of. A question that only this would
answer ends the evaluation: another one tells both apart at the input that the axis comes from.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final

from kerlint.keras_api.dims import as_dim
from kerlint.keras_api.shapes import Dim
from kerlint.keras_api.sizes import (
    Extent,
    SizeDim,
    SizeValue,
    Undecided,
    compared,
    equal_sizes,
    is_extent,
    value_of,
)
from kerlint.model.states import FREE_EXTENT
from kerlint.python.comparisons import ORDERS
from kerlint.python.domain import MISSING
from kerlint.python.operators import BINARY
from kerlint.python.values import Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

ARITHMETIC: Final = frozenset({"Add", "Subtract", "Multiply", "FloorDivide", "Modulo"})


def size_operation(domain: KerasDomain, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
    """An operator on numbers of which one is an extent; MISSING when none is.

    A free one has no arithmetic: code that goes on has met a size.
    """
    if SizeValue not in map(type, operands) or len(operands) != 2:
        return MISSING
    left, right = (_sized(operand) for operand in operands)
    if left is None or right is None:
        return MISSING
    if operator in ORDERS:
        answer = compared(operator, left, right)
        return Unknown("an unknown extent") if answer is None else answer
    if operator not in ARITHMETIC:
        return MISSING
    try:
        return value_of(BINARY[operator](left, right))
    except Undecided:
        return Unknown("computed from unknown extents")


def _sized(value: Value) -> Extent | None:
    if isinstance(value, SizeValue):
        return value.dim.sized()
    return value if is_extent(value) else None


def compare_sizes(domain: KerasDomain, question: str, left: Value, right: Value) -> bool | None:
    """`left == right` (`Equal`), or `left is right` (`Is`) where one is None; None where that is not known."""
    if not (isinstance(left, SizeValue) or isinstance(right, SizeValue)):
        return None
    if question == "Is" and left is not None and right is not None:
        return None
    if not all(value is None or isinstance(value, SizeValue) or is_extent(value) for value in (left, right)):
        return None
    one, other = (value.dim if isinstance(value, SizeValue) else value for value in (left, right))
    answer = equal_sizes(one, other)
    if answer is None:
        _wonder(domain, one, other)
    return answer


class Wondering(Exception):
    """Whether an axis of an input is free decides what the program does; `source` says which one."""

    def __init__(self, source: Hashable) -> None:
        super().__init__(source)
        self.source = source


def _wonder(domain: KerasDomain, left: Dim, right: Dim) -> None:
    """Raise Wondering if the answer would be known of an axis with a size."""
    if not domain.may_start_anew:
        return
    for one, other in ((left, right), (right, left)):
        if not isinstance(one, SizeDim) or one.origin.source in (None, *domain.told_apart):
            continue
        if equal_sizes(one.sized(), other) is not None:
            raise Wondering(one.origin.source)


def extent_of(value: Value) -> Dim:
    """An extent that the program wrote."""
    return None if value is None or value is FREE_EXTENT else as_dim(value)
