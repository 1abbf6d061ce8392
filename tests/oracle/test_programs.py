"""Whole programs: kerlint's recovered models equal those of the installed Keras, or say what they do not know."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bench.hidden_values import hide
from bench.keras_tables import Worker
from bench.random_programs import make_program
from bench.tables import Comparison, compare

from .architectures_of_images import IMAGES
from .architectures_of_others import OTHERS

COUNT = int(os.environ.get("KERLINT_ORACLE_PROGRAMS", "500"))
HIDDEN = COUNT // 10
GROUP = 10
ARCHITECTURES = {**IMAGES, **OTHERS}
pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


def _compared(worker: Worker, source: str) -> list[Comparison]:
    answer = worker.tables(source)
    assert "error" not in answer, f"Keras refuses: {answer['error']}\n{source}"
    assert answer["models"]
    return compare(source, answer["models"])


@pytest.mark.parametrize("first", range(0, COUNT, GROUP))
def test_random_programs_have_the_tables_of_keras(worker: Worker, first: int) -> None:
    for seed in range(first, first + GROUP):
        source = make_program(seed)
        for found in _compared(worker, source):
            assert found.verdict == "equal", f"seed {seed}, {found}\n{source}"


@pytest.mark.parametrize("first", range(0, HIDDEN, GROUP))
def test_nothing_is_wrong_where_constants_are_hidden(worker: Worker, first: int) -> None:
    for seed in range(first, first + GROUP):
        whole, seen = hide(make_program(seed), seed)
        answer = worker.tables(whole)
        for found in compare(seen, answer.get("models", {})):
            assert not found.wrong, f"seed {seed}, {found}\n{seen}"


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_well_known_architectures_have_the_tables_of_keras(worker: Worker, name: str) -> None:
    for found in _compared(worker, ARCHITECTURES[name]):
        assert found.verdict == "equal", found


def test_a_wrong_table_is_noticed(worker: Worker) -> None:
    source = "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"
    (right,) = _compared(worker, source)
    (wrong,) = compare(source.replace("Dense(3)", "Dense(2)"), worker.tables(source)["models"])
    assert (right.verdict, wrong.verdict) == ("equal", "wrong")
