"""Keras refuses the bad examples of the rules on geometry, API and saving, and runs the good ones."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from textwrap import dedent

import pytest

from kerlint.catalog import catalog

from .test_examples import RUNNER, can_run

pytestmark = pytest.mark.oracle

REFUSED = ("KER303", "KER306")
"""Rules whose every bad example is refused."""
CUT_SHORT = {
    "KER303 an application below its smallest size": "ValueError: Input size must be at least 32x32",
}
"""Words of examples that are refused at their first line."""
OTHER_KERAS = ("Keras 2",)
"""Words in titles of examples that another Keras runs."""


@cache
def programs(kind: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Examples of one kind that this process can run, by `CODE title`."""
    found = {}
    for code in codes:
        rule = catalog()[code]
        for title, text in (rule.bad if kind == "bad" else rule.good).items():
            program = dedent(text).lstrip("\n")
            if can_run(program) and not any(word in title for word in OTHER_KERAS):
                found[f"{code} {title}"] = program
    return found


@cache
def outcomes(kind: str, codes: tuple[str, ...]) -> dict[str, str]:
    """What became of each example in one process with Keras."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(programs(kind, codes)),
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("key", programs("bad", REFUSED))
def test_keras_refuses_a_bad_example(key: str) -> None:
    outcome = outcomes("bad", REFUSED)[key]
    assert outcome != "ran"
    assert outcome.startswith(CUT_SHORT.get(key, ("ValueError", "TypeError")))


@pytest.mark.parametrize("key", programs("good", REFUSED))
def test_keras_runs_a_good_example(key: str) -> None:
    assert outcomes("good", REFUSED)[key] == "ran"
