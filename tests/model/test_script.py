"""Files as scripts: imports, settings of the environment, dead code; and seeds in their order."""

from __future__ import annotations

import pytest

from kerlint.model.script_reading import script_of
from kerlint.source import read

from .helpers import program_of


def dead(text: str) -> list[tuple[str, str]]:
    """What never runs: the reason and what the test compares with."""
    return [(one.reason, one.test) for one in script_of(read(text.encode(), "script.py")).dead]


def test_imports_and_settings_are_in_order() -> None:
    script = script_of(
        read(
            b"import os, sys\nos.environ['A'] = '1'\nfrom keras import layers\nos.environ.setdefault('B', '2')\n",
            "script.py",
        )
    )
    assert [one.module for one in script.imports] == ["os", "sys", "keras"]
    assert [(one.name, one.index) for one in script.settings] == [("A", 1), ("B", 3)]


@pytest.mark.parametrize("test", ['__name__ == "__name__"', '"main" == __name__'])
def test_a_name_that_is_never_met_keeps_code_from_running(test: str) -> None:
    ((reason, _),) = dead(f"import keras\nif {test}:\n    keras.Sequential()\n")
    assert reason == "name"


@pytest.mark.parametrize("test", ['__name__ == "__main__"', '__name__ != "x"', "__name__ == ENTRY"])
def test_a_test_that_may_hold_is_none(test: str) -> None:
    assert not dead(f"import keras\nif {test}:\n    keras.Sequential()\n")


def test_work_behind_an_exit_or_a_return_is_dead() -> None:
    assert dead("import sys\nsys.exit()\nmodel.compile('adam')\n") == [("exit", "")]
    assert dead("def f():\n    return 1\n    model.fit(x)\n") == [("return", "")]
    assert not dead("def f():\n    if x:\n        return 1\n    model.fit(x)\n")


def test_seeds_come_before_or_after_the_layers_they_are_for() -> None:
    program = program_of("""
import random
import numpy as np
np.random.seed(1)
model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
random.seed(2)
keras.utils.set_random_seed(3)
""")
    assert [(seed.what, seed.value) for seed in program.seeds] == [("numpy", 1), ("python", 2), ("all", 3)]
    (dense,) = program.models[0].layers
    assert program.seeds[0].order < dense.identity < program.seeds[1].order
