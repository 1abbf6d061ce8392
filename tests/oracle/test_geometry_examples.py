"""Keras refuses the bad examples of the rules on geometry, API and saving, and runs the good ones."""

from __future__ import annotations

import re
from functools import cache
from tempfile import mkdtemp

import pytest

from .run_examples import examples, run

pytestmark = pytest.mark.oracle

REFUSED = ("KER112", "KER303", "KER306", "KER408", "KER409", "KER601", "KER604", "KER902")
"""Rules whose bad examples Keras refuses."""
SILENT = {
    "KER112 a decay by position",
    "KER112 a decay of zero",
    "KER112 a rate by its old name on the model's optimizer",
    "KER408 the backend in a loss",
    "KER601 one value a sequence, silently",
    "KER604 shuffled samples",
}
"""Those of their examples that run all the same."""
LOADED = ("KER903", "KER904", "KER905")
"""Rules whose examples are refused where they load what they saved."""
CUT_SHORT = {
    "KER303 an application below its smallest size": "ValueError: Input size must be at least 32x32",
}
"""Words of examples that are refused at their first line."""
OTHER_KERAS = ("Keras 2", "an environment", "another package", "cannot know", "another library")
"""Words in titles of examples that another Keras runs, or none does."""
MISSING = ("removed-api tells of", "a rule of their own", "a hub")
"""Words in titles of good examples that are another rule's bad ones, or need what is not installed."""
NO_DATA = re.compile(r"batches\(\)|\bunknown\b")
"""Names that examples leave undefined."""


@cache
def programs(kind: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Examples of one kind that this process can run, by `CODE title`."""
    return {
        f"{code} {title}": program
        for code, title, program in examples(kind, codes)
        if not any(word in title for word in (*OTHER_KERAS, *MISSING)) and NO_DATA.search(program) is None
    }


@cache
def outcomes(kind: str, codes: tuple[str, ...]) -> dict[str, str]:
    """What became of each example in one process with Keras."""
    return run(programs(kind, codes), mkdtemp(), seconds=900)


@pytest.mark.parametrize("key", programs("bad", REFUSED))
def test_keras_refuses_a_bad_example(key: str) -> None:
    outcome = outcomes("bad", REFUSED)[key]
    assert (outcome == "ran") == (key in SILENT), outcome
    if key in CUT_SHORT:
        assert outcome.startswith(CUT_SHORT[key])


@pytest.mark.parametrize("key", programs("bad", LOADED))
def test_keras_refuses_to_save_or_load_what_the_example_does(key: str) -> None:
    program, outcome = programs("bad", LOADED)[key], outcomes("bad", LOADED)[key]
    is_loaded = "load_model(" in program or "get_config" in program
    assert (outcome != "ran") == is_loaded, outcome


@pytest.mark.parametrize("key", programs("good", (*REFUSED, *LOADED)))
def test_keras_runs_a_good_example(key: str) -> None:
    assert outcomes("good", (*REFUSED, *LOADED))[key] == "ran"
