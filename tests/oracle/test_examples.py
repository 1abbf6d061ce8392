"""Keras itself runs the examples of the rules, and does what they promise."""

from __future__ import annotations

from functools import cache

import pytest

from .run_examples import examples, run

pytestmark = pytest.mark.oracle

RULES = ("KER101", "KER201", "KER301", "KER302")
REFUSED = {
    "average pooling without a pool size is refused by Keras 3": "TypeError: AveragePooling2D",
    "skip connections that no longer fit": "ValueError: A `Concatenate` layer requires inputs with matching shapes",
}
"""Examples of silent hazards that Keras refuses all the same, with the beginning of its words."""
NEEDS_A_FILE = "the arguments come out of a dict"
NEEDS_AN_ARGUMENT = "the padding comes from elsewhere"


def programs(kind: str) -> dict[str, str]:
    """Runnable examples of the rules by `CODE title`."""
    return {
        f"{code} {title}": program
        for code, title, program in examples(kind, RULES)
        if NEEDS_A_FILE not in title and NEEDS_AN_ARGUMENT not in title
    }


@cache
def outcomes(kind: str) -> dict[str, str]:
    """What became of each example in a process with Keras."""
    return run(programs(kind))


@pytest.mark.parametrize("key", programs("good"))
def test_keras_runs_a_good_example(key: str) -> None:
    assert outcomes("good")[key] == "ran"


@pytest.mark.parametrize("key", [key for key in programs("bad") if key.startswith("KER101")])
def test_keras_refuses_a_reused_optimizer(key: str) -> None:
    outcome = outcomes("bad")[key]
    if "only the compiles" in key or "Keras 3 trains it never" in key:
        assert outcome == "ran"
    elif "Keras 2" in key:
        assert outcome.startswith("KeyError")
    else:
        assert outcome.startswith("ValueError: Unknown variable")


@pytest.mark.parametrize("key", [key for key in programs("bad") if not key.startswith("KER101")])
def test_keras_is_silent_on_the_other_hazards(key: str) -> None:
    assert outcomes("bad")[key].startswith(REFUSED.get(key[7:], "ran"))
