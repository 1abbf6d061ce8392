"""Rules that are off, not settled, or broken: what the command line does with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import kerlint, written

RULE = '''"""Every file that is looked at is reported."""

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity


@rule("{code}", Severity.WARNING, {options})
def check(program):
    """Report the first model."""
    for model in program.models:
        {body}
'''
MODEL = "import keras\n\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
TUNED = """\
import numpy as np
import keras

x, y = np.zeros((8, 4)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
stop = keras.callbacks.EarlyStopping(patience=2)
model.fit(x, y, epochs=9, validation_data=(x[:2], y[:2]), callbacks=[stop])
held, truth = np.ones((8, 4)), np.ones((8, 1))
model.fit(x, y, epochs=9, validation_data=(held, truth), callbacks=[stop])
model.evaluate(held, truth)
"""


@pytest.fixture
def own(folder: Path) -> Path:
    """A project with rules of its own: one not settled, one off by default, one that crashes."""
    hit = 'yield Hit(model.place, "here")'
    written(
        folder / "own",
        unsettled__py=RULE.format(code="KER981", options="preview=True", body=hit),
        quiet__py=RULE.format(code="KER982", options="enabled=False", body=hit),
        broken__py=RULE.format(code="KER983", options="", body="raise ZeroDivisionError('of a rule')"),
    )
    (folder / "kerlint.toml").write_text('jobs = 1\nrules = ["own"]\nextend-exclude = ["own/"]\n')
    return written(folder, model__py=MODEL)


def codes(*arguments: str) -> set[str]:
    """The codes found in the project, the crash left aside."""
    result = kerlint("--allow-local-rules", "--no-cache", "--output-format", "json", *arguments, "model.py")
    found = json.loads(result.out)
    listed = found["findings"] if isinstance(found, dict) else found
    return {one["code"] for one in listed} & {"KER981", "KER982", "KER983"}


def test_a_rule_that_is_not_settled_runs_in_preview_or_by_its_code(own: Path) -> None:
    assert codes("--ignore", "KER983") == set()
    assert codes("--ignore", "KER983", "--preview") == {"KER981"}
    assert codes("--select", "KER98", "--ignore", "KER983") == {"KER982"}
    assert codes("--select", "unsettled") == {"KER981"}


def test_a_rule_that_is_off_runs_when_it_is_selected(own: Path) -> None:
    assert codes("--select", "KER982") == {"KER982"}
    assert codes("--extend-select", "quiet", "--ignore", "broken") == {"KER982"}


def test_a_broken_rule_is_told_and_the_others_go_on(own: Path) -> None:
    result = kerlint("--allow-local-rules", "--no-cache", "--select", "KER981,KER983", "model.py")
    assert result.status == 2
    assert "KER981" in result.out
    assert result.complaints == [
        "kerlint: internal error in model.py: rule KER983: ZeroDivisionError: of a rule"
    ]


def test_an_opt_in_rule_of_the_catalogue_speaks_on_request(folder: Path) -> None:
    written(folder, tuned__py=TUNED)
    assert "KER711" not in kerlint("--no-cache", "tuned.py").out
    assert "tuned.py:10:1" in kerlint("--no-cache", "--select", "test-set-tuned", "tuned.py").out


def test_verbose_tells_the_time_of_every_rule_that_ran(folder: Path) -> None:
    written(folder, model__py=MODEL)
    result = kerlint("--no-cache", "--verbose", "--select", "KER702,KER901", "model.py")
    (line,) = [line for line in (result.out + result.err).splitlines() if line.startswith("time:")]
    assert {"evaluate", "KER702", "KER901"} <= set(line.removeprefix("time:").replace(",", " ").split())
