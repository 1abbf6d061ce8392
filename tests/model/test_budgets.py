"""Every budget can run out: the linter still answers, and nothing uncertain is called complete."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from kerlint.model.facts import Model
from kerlint.python.budget import Budget
from kerlint.source import Source

from .helpers import program_of, source_of

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


def test_a_long_training_loop_is_no_reason_to_doubt_the_models() -> None:
    program = program_of("""
        import numpy as np

        x = np.zeros((60000, 4))
        net = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dense(1)])
        net.compile("adam", "mse")
        for epoch in range(100):
            losses = []
            for index in range(x.shape[0] // 100):
                batch = x[index * 100:(index + 1) * 100]
                noise = np.random.uniform(-1, 1, (len(batch), 4))
                target = np.concatenate((batch, noise)).sum(axis=1)
                losses.append(net.train_on_batch(np.concatenate((batch, noise)), target))
            print(epoch, np.mean(losses))
    """)
    (model,) = program.models
    assert model.complete and not program.gave_up
    assert {event.kind for event in program.trainings} == {"compile", "train_on_batch"}


def test_a_long_loop_that_makes_layers_is_walked_to_its_end() -> None:
    program = program_of("""
        net = keras.Sequential([keras.Input((4,))])
        for index in range(60):
            widths = [width * 2 for width in range(100)]
            net.add(layers.Dense(widths[index]))
    """)
    (model,) = program.models
    assert model.complete and len(model.layers) == 60


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


class Pages:
    """A loader of modules given as texts."""

    def __init__(self, **texts: str) -> None:
        self.sources = {name: source_of(text, f"{name}.py") for name, text in texts.items()}

    def find(self, dotted: str, importer: str, level: int) -> Source | None:
        """The module of this name, if it is one of the texts."""
        return self.sources.get(dotted)


HELPER = "def block(x):\n    for i in range(20): x = layers.Dense(4)(x)\n    return x\n"
BUILT = "i = keras.Input((4,))\nm = keras.Model(i, {})\n"
IDLE = "def busy():\n    for i in range(40): n = i * i\n    return 4\n"
UNCALLED = (
    "def build():\n    i = x = keras.Input((4,))\n"
    "    for k in range(30): x = layers.Dense(4)(x)\n    return keras.Model(i, x)\n"
)
BRANCHES = "def block(x, a, b):\n"
BRANCHES += "".join(f"    if {flag}: x = layers.Dense(4)(x)\n" for flag in "ab") + "    return x\n"
FLAGS = "import lib\nu, v = lib.u(), lib.v()\n"
RUN_OUT: dict[str, tuple[str, int]] = {
    "steps": (DEEP.format(rounds=30), 100),
    "root_steps": (DEEP.format(rounds=30), 100),
    "foreign_steps": ("from helper import block\n" + BUILT.format("block(block(i))"), 50),
    "uncalled_steps": (UNCALLED, 60),
    "module_idle": (IDLE + "n = [busy() for k in range(40)]\n" + BUILT.format("layers.Dense(n[0])(i)"), 200),
    "idle": (
        IDLE + "def build():\n    n = [busy() + k for k in range(9)]\n"
        "    return keras.Sequential([keras.Input((4,)), layers.Dense(busy())])\n",
        60,
    ),
    "patience": (
        "def count(n):\n    k = 0\n    while k < n: k += 1\n    return k\n"
        + BUILT.format("layers.Dense(count(30))(i)"),
        40,
    ),
    "depth": (
        "def f(x): return g(x)\ndef g(x): return h(x)\ndef h(x): return layers.Dense(4)(x)\n"
        + BUILT.format("f(i)"),
        2,
    ),
    "recursion": (
        "def f(x, n): return x if n == 0 else f(layers.Dense(4)(x), n - 1)\n" + BUILT.format("f(i, 6)"),
        3,
    ),
    "iterations": (DEEP.format(rounds=30), 10),
    "items": ("units = list(range(1, 40))\n" + BUILT.format("layers.Dense(units[-1])(i)"), 20),
    "text": ("name = 'ab' * 20\n" + BUILT.format("layers.Dense(len(name))(i)"), 30),
    "bits": ("big = 2 ** 100\n" + BUILT.format("layers.Dense(big % 7 + 1)(i)"), 50),
    "paths": (BRANCHES + FLAGS + BUILT.format("block(i, u, v)"), 2),
    "splits": (BRANCHES + FLAGS + BUILT.format("block(i, u, v)"), 1),
    "modules": (
        "from other import n\nfrom helper import block\n" + BUILT.format("layers.Dense(n)(block(i))"),
        1,
    ),
}


JOINED = ("paths", "splits")
"""Without these, paths are joined: where they do not depend on each other, nothing is lost."""


def test_every_budget_but_time_has_a_program_that_uses_it_up() -> None:
    assert RUN_OUT.keys() == {field.name for field in fields(Budget)} - {"seconds"}


@pytest.mark.parametrize("name", RUN_OUT)
def test_a_budget_that_runs_out_costs_knowledge_and_nothing_else(name: str) -> None:
    text, small = RUN_OUT[name]
    loader = Pages(helper=HELPER, other="n = 3\n")
    whole = program_of(text, loader=loader)
    assert all(is_exact(model) for model in whole.models)
    cut = program_of(text, loader=loader, budget=replace(Budget(), **{name: small}))
    exact = [shown(model) for model in cut.models if is_exact(model)]
    assert len(exact) < len(whole.models) or name in JOINED
    assert all(one in [shown(model) for model in whole.models] for one in exact)


def is_exact(model: Model) -> bool:
    """Whether a model is complete and all its layers' parameters are numbers."""
    return model.complete and all(isinstance(layer.params, int) for layer in model.layers)


def shown(model: Model) -> list[object]:
    """What a summary of a model tells."""
    return [(layer.cls, layer.params, layer.name) for layer in model.layers]


UNCALLED = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(2)

    def call(self, x):
        for turn in range(3):
            x = self.head(x)
        return x
net = Net()
"""


@pytest.mark.parametrize("steps", range(5, 125, 10))
def test_a_model_whose_call_nobody_followed_in_time_is_frozen_within_the_budget(steps: int) -> None:
    (whole,) = program_of(UNCALLED).models
    models = program_of(UNCALLED, budget=replace(Budget(), steps=steps)).models
    found = [model for model in models if model.complete]
    assert all(len(model.graph.nodes) == len(whole.graph.nodes) for model in found)
