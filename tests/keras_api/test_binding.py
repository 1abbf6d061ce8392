"""Binding agrees with Python's own, and tells what does not fit."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st

from kerlint.keras_api.binding import bind
from kerlint.keras_api.signatures import parse

KEYWORDS = ("a", "b", "c", "d", "e")


def python(a: object, b: object = 1, *, c: object, d: object = 4) -> None:
    """The function whose signature the first property test knows."""


def test_positional_and_keyword_spellings_are_one() -> None:
    taken = parse("filters, kernel_size, strides=(1,1), padding='valid'")
    assert bind(taken, (8, 3), {"padding": "same"}) == bind(
        taken, (), {"filters": 8, "kernel_size": 3, "padding": "same"}
    )


def test_what_nobody_gave_is_a_default_or_missing() -> None:
    nothing: tuple[int, ...] = ()
    bound = bind(parse("units, activation=None"), nothing, {})
    assert bound.missing == ("units",)
    assert bound.defaults == {"activation": None}


def test_surplus_and_unknown_arguments_are_told_by_label() -> None:
    bound = bind(parse("units"), (1, 2), {"bogus": 3, "units": 4})
    assert bound.given == {"units": 1}
    assert bound.unexpected == (("1", 2), ("bogus", 3), ("units", 4))


def test_catch_alls_take_the_rest() -> None:
    bound = bind(parse("a, *args, **"), (1, 2), {"bogus": 3})
    assert bound.given == {"a": 1, "1": 2, "bogus": 3}
    assert bound.unexpected == ()


def test_a_positional_only_parameter_is_not_a_keyword() -> None:
    assert bind(parse("x, /"), (), {"x": 1}).unexpected == (("x", 1),)


@given(st.lists(st.integers(), max_size=4), st.dictionaries(st.sampled_from(KEYWORDS), st.integers()))
def test_a_call_fits_exactly_when_python_says_so(positional: list[int], keywords: dict[str, int]) -> None:
    bound = bind(parse("a, b=1, *, c, d=4"), positional, keywords)
    try:
        expected = inspect.signature(python).bind(*positional, **keywords).arguments
    except TypeError:
        assert bound.unexpected or bound.missing
    else:
        assert (bound.unexpected, bound.missing, bound.given) == ((), (), expected)
