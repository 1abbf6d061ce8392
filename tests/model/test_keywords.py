"""Arguments are found by their keywords, renamed, and taken out with the right comma."""

from __future__ import annotations

import pytest

from kerlint.model.call_sites import CallSite
from kerlint.model.keywords import argument_place, keyword_place, removing, renaming
from kerlint.places import SourceEdit

from .helpers import program_of


def dense(text: str) -> CallSite:
    """The call of Dense in a program."""
    return next(site for site in program_of(text).calls if site.symbol == "keras.layers.Dense")


def applied(edit: SourceEdit | None) -> str:
    """The last line of the program after the edit."""
    assert edit is not None
    text = edit.source.text
    for start, end, new in reversed(edit.replacements):
        text = text[:start] + new + text[end:]
    return text.rstrip("\n").rpartition("\n")[2]


def test_the_keyword_and_the_whole_argument_have_places() -> None:
    site = dense("x = layers.Dense(3, use_bias = False)")
    argument = site.arguments["use_bias"]
    place = keyword_place(site, argument)
    assert place is not None
    assert place.text == "use_bias"
    assert argument_place(site, argument).text == "use_bias = False"


def test_a_positional_argument_has_no_keyword() -> None:
    site = dense("x = layers.Dense(3)")
    assert keyword_place(site, site.arguments["units"]) is None
    assert argument_place(site, site.arguments["units"]).text == "3"


def test_renaming_leaves_the_value() -> None:
    site = dense("x = layers.Dense(3, use_bias=(False))")
    assert applied(renaming(site, site.arguments["use_bias"], "bias")) == "x = layers.Dense(3, bias=(False))"
    assert renaming(site, site.arguments["use_bias"], "units") is None


@pytest.mark.parametrize(
    ("call", "without"),
    [
        ("layers.Dense(3, use_bias=False)", "layers.Dense(3)"),
        ("layers.Dense(use_bias=False, units=3)", "layers.Dense(units=3)"),
        ("layers.Dense(3, use_bias=False, name='a')", "layers.Dense(3, name='a')"),
        ("layers.Dense(use_bias=False)", "layers.Dense()"),
    ],
)
def test_removing_takes_one_comma(call: str, without: str) -> None:
    site = dense(call)
    assert applied(removing(site, site.arguments["use_bias"])) == without


def test_an_unpacked_argument_cannot_be_removed() -> None:
    site = dense("layers.Dense(3, **{'use_bias': False})")
    assert removing(site, site.arguments["use_bias"]) is None
