"""What is kept of a program, and that all of it stays where it was."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kerlint.confirm.pieces import pieces, undefined
from kerlint.confirm.slice import Slicer, Wanted, blanked


def sliced(program: str, seeds: set[int], making: set[int], optional: set[int] | None = None) -> list[int]:
    """The rows that are kept."""
    text = dedent(program).lstrip("\n")
    slicer = Slicer(pieces(text), lambda piece: ())
    kept = slicer.slice(Wanted(frozenset(seeds), frozenset(making), frozenset(optional or ())))
    lines = blanked(text, kept).split("\n")
    assert [line for line in lines if line] == [
        line for line, other in zip(text.split("\n"), lines, strict=True) if other
    ]
    return [row for row, line in enumerate(lines, start=1) if line]


SCRIPT = """
    import keras
    import pandas
    units = 4
    table = pandas.read_csv("a.csv")
    units = 8
    model = keras.Sequential()
    model.add(keras.layers.Dense(units))
    other = keras.Sequential([keras.layers.Dense(3)])
    model.add(keras.layers.Dense(1))
    model.compile("sgd", "mse")
    model.fit(table, table)
    print(model.summary())
"""


def test_a_layer_takes_its_model_with_it_and_nothing_of_others() -> None:
    assert sliced(SCRIPT, {7}, {6, 7, 8, 9, 10, 11}, {11, 12}) == [1, 5, 6, 7, 9, 10]


def test_data_come_along_where_training_is_wanted() -> None:
    assert sliced(SCRIPT, {7}, {6, 7, 8, 9, 10, 11}, {12}) == [1, 2, 4, 5, 6, 7, 9, 10, 11]


def test_the_last_binding_of_a_name_counts() -> None:
    assert sliced("a = 1\na = 2\na += 1\nb = a\n", {4}, set()) == [2, 3, 4]


def test_a_binding_in_a_branch_leaves_the_one_before() -> None:
    assert sliced("a = 1\nif a:\n    a = 2\nb = a\n", {4}, set()) == [1, 2, 3, 4]


def test_what_changes_an_object_comes_along() -> None:
    assert sliced("a = []\na.append(1)\na[0] = 2\nc = 3\nprint(a)\n", {5}, set()) == [1, 2, 3, 5]


def test_functions_are_kept_whole_with_what_they_read() -> None:
    program = "size = 3\n\n@staticmethod\ndef f():\n    return size\n\nlast = f()\nother = 1\n"
    assert sliced(program, {7}, set()) == [1, 3, 4, 5, 7]


def test_callers_of_a_builder_come_along() -> None:
    program = "def build():\n    return layer()\n\nmodel = build()\nmodel.show()\nx = 1\n"
    assert sliced(program, {2}, {2, 5}) == [1, 2, 4, 5]


def test_the_body_of_a_main_guard_is_sliced_too() -> None:
    program = 'a = 1\nif __name__ == "__main__":\n    b = a\n    c = 2\n    d = b\n'
    assert sliced(program, {5}, set()) == [1, 2, 3, 5]


def test_seeds_and_settings_stay() -> None:
    program = "import numpy as np\nimport os\nos.environ['A'] = '1'\nnp.random.seed(1)\nx = 1\ny = 2\n"
    assert sliced(program, {6}, set()) == [1, 2, 3, 4, 6]


def test_what_nothing_binds_is_told() -> None:
    assert undefined(pieces("def f(a):\n    b = a\n    return b + c\n\nprint(f(d), len)\n")) == {"c", "d"}


def test_a_star_import_may_bind_anything() -> None:
    assert undefined(pieces("from keras import *\nx = y\n")) == set()


@pytest.mark.parametrize("change", ["shuffle(a)", "a.x = 1", "del a[0]", "for b in a:\n    b.y = 1"])
def test_changes_by_calls_and_assignments_are_seen(change: str) -> None:
    assert len(
        sliced(f"a = make()\n{change}\nc = a\n", {3 + change.count(chr(10))}, set())
    ) == 3 + change.count("\n")


def test_what_is_about_all_of_the_program_takes_all_models_with_it() -> None:
    program = "import keras\n\nmodel = keras.Sequential()\nkeras.utils.set_random_seed(1)\nx = 1\n"
    assert sliced(program, {4}, {3, 4}) == [1, 3, 4]
