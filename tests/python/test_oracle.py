"""Random programs, really run and evaluated: every certainty of the evaluator must be true.

`KERLINT_ORACLE_PROGRAMS` sets how many programs each test writes (default 60; thousands before a release),
`KERLINT_ORACLE_SEED` where their seeds start.
"""

from __future__ import annotations

import os
import warnings

import pytest

from .author import Author
from .oracle import Outcome, compare

PROGRAMS = int(os.environ.get("KERLINT_ORACLE_PROGRAMS", "60"))
FIRST = int(os.environ.get("KERLINT_ORACLE_SEED", "0"))
LEAST_KNOWN = 0.95
LEAST_RUN = 0.75


def compared(mode: str, chunk: int, inputs: int) -> list[Outcome]:
    """The outcomes of this test's share of programs; fails on the first false certainty."""
    outcomes = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        for number in range(FIRST + chunk * PROGRAMS, FIRST + (chunk + 1) * PROGRAMS):
            seed = f"{mode}{number}"
            program = Author(seed, unknown=mode == "u").program()
            outcome = compare(program, inputs, seed)
            assert not outcome.wrong, f"{seed}: {outcome.wrong[0]}\n{program}"
            outcomes.append(outcome)
    return outcomes


@pytest.mark.parametrize("chunk", range(4))
def test_programs_without_unknowns_are_known_and_right(chunk: int) -> None:
    outcomes = compared("k", chunk, 1)
    ran = [outcome for outcome in outcomes if outcome.ran]
    assert len(ran) > LEAST_RUN * len(outcomes)
    known = sum(outcome.exact for outcome in ran) / sum(outcome.names for outcome in ran)
    assert known > LEAST_KNOWN


@pytest.mark.parametrize("chunk", range(4))
def test_programs_with_unknown_inputs_are_right_for_all_their_values(chunk: int) -> None:
    outcomes = compared("u", chunk, 5)
    assert any(outcome.exact for outcome in outcomes)


def test_the_oracle_notices_a_false_certainty(monkeypatch: pytest.MonkeyPatch) -> None:
    from kerlint.python import comparisons

    monkeypatch.setattr(comparisons, "_agreed", lambda answers: True)
    program = "import fakelib\nu = fakelib.flag()\na = 1 if u else 2\nb = (a, 0) == (1, 0)\nc = 1 in [a, 3]\n"
    assert compare(program, 8, "x").wrong
