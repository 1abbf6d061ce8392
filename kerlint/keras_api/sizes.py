"""Extents that are not known but computed from one that is the same each time it is met.

A `SizeDim` is a function of the size n of one axis, its *origin*. Windows, margins, strides and parities build
functions that grow by a fixed `slope` over each period and are otherwise a table: `f(p * q + r) = slope * q +
offsets[r]`. That form is closed under what shapes are computed with, and the shortest table of a function is
unique: two extents are equal for every n just when their tables are, and whether they can be equal for any n
from a lower bound on is decided exactly.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from math import gcd, lcm
from typing import Final, NoReturn, TypeAlias, TypeGuard

from kerlint.keras_api.shapes import Dim, UnknownDim
from kerlint.python.values import Unknown, Value

LONGEST_PERIOD: Final = 1024
"""Functions of a longer period are given up."""


class Undecided(Exception):
    """The result is no such function, or a question has no single answer."""


class Origin:
    """An axis of unknown size; `source` says where a free one could be told from others."""

    __slots__ = ("source",)

    def __init__(self, source: Hashable = None) -> None:
        self.source = source


class SizeDim(UnknownDim):
    """An extent as a function of its origin's size; `is_sized` when that is known not to be free.

    `least` is the smallest size that the origin has where this extent exists.
    """

    __slots__ = ("is_sized", "least", "offsets", "origin", "slope")

    def __init__(
        self,
        origin: Origin,
        slope: int = 1,
        offsets: tuple[int, ...] = (0,),
        *,
        least: int = 0,
        is_sized: bool = False,
    ) -> None:
        self.origin = origin
        self.slope = slope
        self.offsets = offsets
        self.least = least
        self.is_sized = is_sized

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SizeDim)
            and self.origin is other.origin
            and self.slope == other.slope
            and self.offsets == other.offsets
        )

    def __hash__(self) -> int:
        return hash((id(self.origin), self.slope, self.offsets))

    def at(self, size: int) -> int:
        """The extent where the origin has this size."""
        quotient, residue = divmod(size, len(self.offsets))
        return self.slope * quotient + self.offsets[residue]

    # Arithmetic, as the formulas of shapes write it

    def __add__(self, other: Extent) -> Extent:
        if isinstance(other, int):
            return self._made(self.slope, tuple(offset + other for offset in self.offsets))
        return self._with(other, 1)

    __radd__ = __add__

    def __sub__(self, other: Extent) -> Extent:
        return self + -other if isinstance(other, int) else self._with(other, -1)

    def __rsub__(self, other: int) -> Extent:
        return self * -1 + other

    def __mul__(self, other: Extent) -> Extent:
        if not isinstance(other, int):
            raise Undecided
        return self._made(self.slope * other, tuple(offset * other for offset in self.offsets))

    __rmul__ = __mul__

    def __floordiv__(self, other: Extent) -> Extent:
        if not isinstance(other, int) or other <= 0:
            raise Undecided
        times = other // gcd(self.slope, other)
        offsets = tuple(offset // other for offset in self._over(times * len(self.offsets)))
        return self._made(self.slope * times // other, offsets)

    def __mod__(self, other: Extent) -> Extent:
        if not isinstance(other, int) or other <= 0:
            raise Undecided
        return self - (self // other) * other

    def __neg__(self) -> Extent:
        return self * -1

    def _no_such_function(self, other: object) -> NoReturn:
        raise Undecided

    __truediv__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __pow__ = __rpow__ = _no_such_function
    __lt__ = __le__ = __gt__ = __ge__ = _no_such_function

    def _with(self, other: SizeDim, sign: int) -> Extent:
        if other.origin is not self.origin:
            raise Undecided
        period = lcm(len(self.offsets), len(other.offsets))
        pairs = zip(self._over(period), other._over(period), strict=True)
        slope = self.slope * (period // len(self.offsets))
        slope += sign * other.slope * (period // len(other.offsets))
        return self._made(slope, tuple(one + sign * two for one, two in pairs), other)

    def _over(self, period: int) -> Iterator[int]:
        """The values over a multiple of the own period, from 0 on."""
        if period > LONGEST_PERIOD:
            raise Undecided
        return map(self.at, range(period))

    def _made(self, slope: int, offsets: tuple[int, ...], other: SizeDim | None = None) -> Extent:
        slope, offsets = _shortest(slope, offsets)
        if slope == 0 and len(offsets) == 1:
            return offsets[0]
        least = self.least if other is None else max(self.least, other.least)
        is_sized = self.is_sized or (other is not None and other.is_sized)
        return SizeDim(self.origin, slope, offsets, least=least, is_sized=is_sized)

    # What is known of it

    def never(self, value: int) -> bool:
        """Whether it is not `value` whatever the origin's size."""
        return not any(_meets(start, self.slope, value) for start in self._starts())

    def bounds(self) -> tuple[int | None, int | None]:
        """The smallest and the largest value; None where there is no end."""
        starts = list(self._starts())
        return (None if self.slope < 0 else min(starts), None if self.slope > 0 else max(starts))

    def _starts(self) -> Iterator[int]:
        """The first value of each residue: the others follow in steps of the slope."""
        return map(self.at, range(self.least, self.least + len(self.offsets)))

    def sized(self, least: int = 0) -> SizeDim:
        """The same where the origin is known to have a size, of `least` or more."""
        return SizeDim(self.origin, self.slope, self.offsets, least=max(self.least, least), is_sized=True)

    def reaching(self, value: int) -> SizeDim | None:
        """The same where it is `value` or more; None where it never is."""
        period = len(self.offsets)
        starts = range(self.least, self.least + period)
        rounds = [(size, _rounds(self.at(size), self.slope, value)) for size in starts]
        sizes = [size + period * times for size, times in rounds if times is not None]
        if not sizes:
            return None
        return SizeDim(self.origin, self.slope, self.offsets, least=min(sizes), is_sized=self.is_sized)

    def weakened(self, other: SizeDim) -> SizeDim:
        """What holds of two that are equal, whichever it is."""
        least, is_sized = min(self.least, other.least), self.is_sized and other.is_sized
        return SizeDim(self.origin, self.slope, self.offsets, least=least, is_sized=is_sized)


Extent: TypeAlias = int | SizeDim


def _shortest(slope: int, offsets: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """The same function over its smallest period."""
    divisor = 2
    while divisor <= len(offsets):
        period, rest = divmod(len(offsets), divisor)
        step = slope // divisor
        if (
            rest == 0
            and slope % divisor == 0
            and all(b - a == step for a, b in zip(offsets, offsets[period:], strict=False))
        ):
            slope, offsets = step, offsets[:period]
        else:
            divisor += 1
    return slope, offsets


def _meets(start: int, slope: int, value: int) -> bool:
    """Whether start, start + slope, start + 2 * slope, ... comes to value."""
    if slope == 0:
        return start == value
    return (value - start) % slope == 0 and (value - start) // slope >= 0


def _rounds(start: int, slope: int, value: int) -> int | None:
    """How many steps bring `start` to `value` or more; None if none do."""
    if start >= value:
        return 0
    return -((start - value) // slope) if slope > 0 else None


def is_extent(dim: object) -> TypeGuard[Extent]:
    """Whether a dim is a number, or computes like one."""
    return isinstance(dim, int | SizeDim) and not isinstance(dim, bool)


def equal_sizes(left: Dim, right: Dim) -> bool | None:
    """Whether two extents are equal; None where that is not known."""
    if left == right and (isinstance(left, SizeDim) or not isinstance(left, UnknownDim)):
        return True
    for one, other in ((left, right), (right, left)):
        if isinstance(one, SizeDim):
            return _equals(one, other)
    return None if isinstance(left, UnknownDim) or isinstance(right, UnknownDim) else False


def _equals(size: SizeDim, other: Dim) -> bool | None:
    """Whether an extent equals another one that is written differently."""
    if other is None:
        return False if size.is_sized else None
    if isinstance(other, int):
        return False if size.never(other) else None
    if not isinstance(other, SizeDim) or not (size.is_sized or other.is_sized):
        return None
    try:
        difference = size - other
    except Undecided:
        return None
    return False if not isinstance(difference, SizeDim) or difference.never(0) else None


def must_be_equal(left: Dim, right: Dim) -> bool:
    """Whether two extents that go together elementwise are one: none of them can be 1, or free alone."""
    if not (isinstance(left, SizeDim) and isinstance(right, SizeDim)):
        return False
    if left.origin is not right.origin and not (left.is_sized and right.is_sized):
        return False
    return all(low is not None and low > 1 for low, _ in (left.bounds(), right.bounds()))


def compared(name: str, left: Extent, right: Extent) -> bool | None:
    """The answer of `LessThan` and the like; None where that depends on the origin's size."""
    if name in ("GreaterThan", "GreaterThanEqual"):
        left, right, name = right, left, name.replace("Greater", "Less")
    try:
        difference = left - right
    except Undecided:
        return None
    low, high = difference.bounds() if isinstance(difference, SizeDim) else (difference, difference)
    bound = 0 if name == "LessThan" else 1
    if high is not None and high < bound:
        return True
    return False if low is not None and low >= bound else None


class SizeValue(Unknown):
    """An extent as the program computes with it."""

    __slots__ = ("dim",)

    def __init__(self, dim: SizeDim) -> None:
        super().__init__("an unknown extent")
        self.dim = dim

    def is_same(self, other: Unknown) -> bool:
        return (
            isinstance(other, SizeValue)
            and self.dim == other.dim
            and (self.dim.least, self.dim.is_sized) == (other.dim.least, other.dim.is_sized)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SizeValue) and self.dim == other.dim

    def __hash__(self) -> int:
        return hash(self.dim)


def value_of(dim: Dim) -> Value:
    """An extent as the program sees it."""
    if isinstance(dim, SizeDim):
        return SizeValue(dim)
    return Unknown("an unknown extent") if isinstance(dim, UnknownDim) else dim
