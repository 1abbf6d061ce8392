"""Extents as functions of an unknown size, against the same formulas computed for many sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.keras_api.dims import broadcast, join_dims
from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.keras_api.sizes import Extent, Origin, SizeDim, Undecided, compared, equal_sizes, value_of
from kerlint.python.joining import same
from kerlint.python.operators import BINARY
from kerlint.python.values import Unknown

ORIGIN = Origin()
N = SizeDim(ORIGIN, is_sized=True)
SIZES = range(400)
FAR = 2100
"""Beyond two of the longest periods."""
Formula = Callable[[Extent], Extent]

STEPS: dict[str, Callable[[Extent, int], Extent]] = {
    "+": lambda size, c: size + c,
    "-": lambda size, c: size - c,
    "from": lambda size, c: c - size,
    "*": lambda size, c: size * c,
    "//": lambda size, c: size // (c + 1),
    "%": lambda size, c: size % (c + 1),
    "+parity": lambda size, c: size + (1 - size % 2),
    "+half": lambda size, c: size + size // 2,
}


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """A chain of operations on a size, each with a small constant."""
    steps = draw(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5)), max_size=6))

    def formula(size: Extent) -> Extent:
        for name, constant in steps:
            size = STEPS[name](size, constant)
        return size

    return formula


def symbolic(formula: Formula, least: int = 0) -> Extent | None:
    """The formula of N; None where it is given up."""
    try:
        return formula(N.sized(least))
    except Undecided:
        return None


def value(extent: Extent, size: int) -> int:
    """What an extent is where the origin has this size."""
    return extent.at(size) if isinstance(extent, SizeDim) else extent


@given(formulas())
def test_a_formula_of_an_unknown_size_gives_what_the_same_formula_gives_of_numbers(formula: Formula) -> None:
    made = symbolic(formula)
    if made is not None:
        assert [value(made, size) for size in SIZES] == [formula(size) for size in SIZES]


@given(formulas(), formulas(), st.integers(0, 40))
def test_equal_and_different_sizes_are_so_for_every_size_from_the_bound_on(
    one: Formula, other: Formula, least: int
) -> None:
    left, right = symbolic(one, least), symbolic(other, least)
    if left is None or right is None:
        return
    concrete = {one(size) == other(size) for size in range(least, least + 400)}
    answer = equal_sizes(left, right)
    if answer is not None:
        assert concrete == {answer}
    if concrete == {True}:
        assert answer is True or any(one(size) != other(size) for size in range(FAR))


@given(formulas(), formulas(), st.integers(0, 40), st.sampled_from(("LessThan", "LessThanEqual")))
def test_an_order_is_decided_only_where_it_holds_for_every_size(
    one: Formula, other: Formula, least: int, name: str
) -> None:
    left, right = symbolic(one, least), symbolic(other, least)
    if left is None or right is None:
        return
    python = {"LessThan": int.__lt__, "LessThanEqual": int.__le__}[name]
    answers = {python(value(left, size), value(right, size)) for size in range(least, least + 400)}
    decided = compared(name, left, right)
    assert decided is None or answers == {decided}
    mirrored = compared(name.replace("Less", "Greater"), right, left)
    assert mirrored is decided


@given(formulas(), st.integers(-5, 60))
def test_an_extent_that_reaches_a_value_bounds_its_origin(formula: Formula, wanted: int) -> None:
    made = symbolic(formula)
    if not isinstance(made, SizeDim):
        return
    bounded = made.reaching(wanted)
    fitting = [size for size in range(FAR) if made.at(size) >= wanted]
    assert bounded is not None or not fitting
    if bounded is not None:
        assert bounded.least == fitting[0] if fitting else bounded.least >= FAR


def test_halving_twice_is_quartering() -> None:
    assert ((N + 1) // 2 + 1) // 2 == (N + 3) // 4
    assert N - (N - 3) == 3
    assert (N * 2) % 2 == 0


def test_sizes_of_two_axes_are_never_equal_nor_different() -> None:
    other = SizeDim(Origin(), is_sized=True)
    assert other != N
    assert equal_sizes(N, other) is None
    assert equal_sizes(UNKNOWN_DIM, UNKNOWN_DIM) is None
    assert compared("LessThan", N, other) is None
    with pytest.raises(Undecided):
        N + other


def test_an_axis_that_may_be_free_is_not_known_to_differ_from_its_half() -> None:
    free = SizeDim(ORIGIN, least=2)
    assert equal_sizes(free, free) is True
    assert equal_sizes(free, (free + 1) // 2) is None
    assert equal_sizes(N.sized(2), (free + 1) // 2) is False
    assert equal_sizes(free, None) is None
    assert equal_sizes(N, None) is False
    assert equal_sizes(free, 1) is False


def test_what_a_program_sees_of_a_size_is_the_same_value_each_time() -> None:
    assert value_of(N) == value_of(SizeDim(ORIGIN))
    assert same(value_of(N), value_of(N))
    assert not same(value_of(N), value_of(N.sized(7)))
    assert type(value_of(UNKNOWN_DIM)) is Unknown
    assert value_of(3) == 3 and value_of(None) is None


def test_broadcasting_two_unknown_extents_gives_neither_where_one_may_be_1() -> None:
    other = SizeDim(Origin())
    assert broadcast((N,), (N,)) == (N,)
    assert broadcast((N,), (1,)) == (N,)
    assert broadcast((N,), (5,)) == (5,)
    assert broadcast((N.sized(2),), (other.sized(2),)) == (N,)
    for one, two in ((N, other), (N, UNKNOWN_DIM), (UNKNOWN_DIM, N), (None, N), (N, None)):
        assert broadcast((one,), (two,)) == (UNKNOWN_DIM,)


def test_what_alternatives_agree_on_has_the_weaker_bound() -> None:
    joined = join_dims([N.sized(9), SizeDim(ORIGIN, least=4)])
    assert isinstance(joined, SizeDim)
    assert (joined.least, joined.is_sized) == (4, False)
    assert join_dims([N, N + 1]) is UNKNOWN_DIM


def test_operators_of_python_work_on_extents() -> None:
    assert BINARY["FloorDivide"](N + 1, 2) == (N + 1) // 2
    assert BINARY["Subtract"](1, N % 2) == 1 - N % 2
