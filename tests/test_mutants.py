"""Operators make the faults that they say, and what kerlint says of them is counted fairly."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.mutants import measure
from bench.mutants.edits import OPERATORS, Mutant
from bench.mutants.measure import judge, mutants, sample
from bench.mutants.program import Program
from bench.mutants.stacks import stacks

CLASSIFIER = """
import keras
from keras import layers

model = keras.Sequential([
    layers.Conv2D(16, 3, activation="relu", input_shape=(32, 32, 3)),  # the first
    layers.MaxPooling2D(2, strides=2),
    layers.Conv2D(32, (3, 3), activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
"""
STYLES = {
    "list": CLASSIFIER,
    "add": """
from keras.models import Sequential
from keras.layers import Conv2D, ReLU, Dense
net = Sequential()
net.add(Conv2D(8, 3))
net.add(ReLU())
net.add(Dense(3))
""",
    "functional": """
from tensorflow import keras
inputs = keras.Input((8, 8, 3))
x = keras.layers.Conv2D(8, 3)(inputs)
x = keras.layers.ReLU()(x)
y = keras.layers.Dense(3)(x)
net = keras.Model(inputs, y)
""",
    "call": """
import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = keras.layers.Conv2D(8, 3)
        self.last = keras.layers.Dense(3)
    def call(self, x):
        x = self.first(x)
        return self.last(x)
""",
}


def program(text: str, path: Path = Path("program.py")) -> Program:
    return Program(path, text.encode())


def made(text: str, code: str) -> list[Mutant]:
    return list(mutants(program(text), (code,)))


@pytest.mark.parametrize("style", STYLES)
def test_a_chain_is_read_in_every_style(style: str) -> None:
    (stack,) = [one for one in stacks(program(STYLES[style])) if len(one.steps) > 1]
    assert stack.style == style
    assert (stack.steps[0].cls, stack.steps[-1].cls, stack.ends) == ("Conv2D", "Dense", True)


def test_a_tensor_with_two_uses_ends_a_chain() -> None:
    text = STYLES["functional"].replace("net =", "z = keras.layers.Flatten()(x)\nnet =")
    assert [[step.cls for step in stack.steps] for stack in stacks(program(text))] == [
        ["Conv2D", "ReLU"],
        ["Dense"],
        ["Flatten"],
    ]


def test_a_mutant_differs_by_its_edit_alone() -> None:
    first, second = made(CLASSIFIER, "KER201")
    assert first.data.decode() == CLASSIFIER.replace('activation="relu", input', "input")
    assert second.data.decode() == CLASSIFIER.replace('(3, 3), activation="relu"', "(3, 3)")
    assert (first.rows(), second.rows()) == ({6}, {8})


@pytest.mark.parametrize("text", [CLASSIFIER, *STYLES.values()])
def test_every_mutant_is_python(text: str) -> None:
    for mutant in mutants(program(text)):
        ast.parse(mutant.data)
        assert mutant.rows()


def test_a_file_of_other_libraries_has_no_mutants() -> None:
    assert not list(mutants(program(CLASSIFIER.replace("keras", "lasagne"))))


def test_a_fault_is_counted_by_what_is_said_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.py"
    path.write_text(CLASSIFIER)
    read = program(CLASSIFIER, path)
    outcomes = {(one.code, judge(one).outcome) for one in mutants(read, ("KER201", "KER301", "KER104"))}
    assert outcomes == {("KER201", "named"), ("KER301", "named"), ("KER104", "named")}
    monkeypatch.setattr(measure, "_lint", lambda data, path: ())
    measure.original.cache_clear()
    assert {judge(one).outcome for one in mutants(read, ("KER201",))} == {"missed"}
    measure.original.cache_clear()


def test_a_sample_is_the_same_for_a_seed_and_takes_turns(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.py" for number in range(4)]
    for path in paths:
        path.write_text(CLASSIFIER)
    groups = {"large": paths[:3], "small": paths[3:]}
    first, again = (sample(groups, 2, 0, ("KER201",)) for _ in range(2))
    assert len(OPERATORS) >= 40
    ((_, chosen),) = first.items()
    assert {mutant.program.path for mutant in chosen} & set(paths[:3])
    assert paths[3] in {mutant.program.path for mutant in chosen}
    assert [one.data for made in first.values() for one in made] == [
        one.data for made in again.values() for one in made
    ]
