"""Every budget can run out: the linter still answers, and nothing uncertain is called complete."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kerlint.python.budget import Budget

from .helpers import program_of

DEEP = """
def build(n):
    i = x = keras.Input((4,))
    for k in range(n):
        x = layers.Dense(4)(x)
    return keras.Model(i, x)
m = build({rounds})
"""


def test_a_loop_beyond_its_budget_leaves_the_model_incomplete() -> None:
    text = DEEP.format(rounds=50)
    (whole,) = program_of(text).models
    assert whole.complete and len(whole.layers) == 51
    program = program_of(text, budget=replace(Budget(), iterations=10))
    assert program.gave_up
    assert not any(model.complete for model in program.models)


@pytest.mark.parametrize("name", ["steps", "root_steps"])
def test_steps_that_run_out_leave_what_was_met_uncertain(name: str) -> None:
    text = "s = keras.Sequential([keras.Input((4,))])\n" + "s.add(layers.Dense(4))\n" * 60
    (whole,) = program_of(text).models
    assert whole.complete and len(whole.layers) == 60
    program = program_of(text, budget=replace(Budget(), **{name: 100}))
    assert program.gave_up
    assert not any(model.complete for model in program.models)


def test_time_that_runs_out_leaves_nothing_certain() -> None:
    program = program_of(DEEP.format(rounds=50), budget=replace(Budget(), seconds=0.0))
    assert any("costs too much" in reason for _, reason in program.gave_up)
    assert not any(model.complete for model in program.models)


def test_recursion_beyond_its_budget_is_given_up() -> None:
    text = """
        def stack(x, depth):
            return x if depth == 0 else stack(layers.Dense(4)(x), depth - 1)
        i = keras.Input((4,))
        m = keras.Model(i, stack(i, 8))
    """
    (whole,) = program_of(text).models
    assert whole.complete and len(whole.layers) == 9
    program = program_of(text, budget=replace(Budget(), recursion=4))
    assert program.gave_up
    assert not any(model.complete for model in program.models)


def test_depth_beyond_its_budget_is_given_up() -> None:
    functions = (
        "".join(f"def f{k}(x):\n    return f{k + 1}(layers.Dense(4)(x))\n" for k in range(20))
        + "def f20(x):\n    return x\n"
    )
    text = functions + "i = keras.Input((4,))\nm = keras.Model(i, f0(i))\n"
    assert len(program_of(text).models[0].layers) == 21
    program = program_of(text, budget=replace(Budget(), depth=10))
    assert program.gave_up
    assert not any(model.complete for model in program.models)


def test_more_paths_than_the_budget_are_joined_and_never_complete_by_mistake() -> None:
    flags = [f"f{k}" for k in range(6)]
    text = f"def build({', '.join(flags)}):\n    i = x = keras.Input((4,))\n"
    for flag in flags:
        text += f"    if {flag}:\n        x = layers.Dense(4, name='{flag}')(x)\n"
    text += "    return keras.Model(i, x)\n"
    program = program_of(text)
    for model in program.models:
        if model.complete:
            assert len({layer.name for layer in model.layers}) == len(model.layers)
    assert program.models
