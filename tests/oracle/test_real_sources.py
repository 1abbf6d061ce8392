"""Constructors of `keras.applications`, evaluated from the installed sources, have the tables of Keras."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.keras_tables import Worker
from bench.static import recovered
from bench.subjects import Subject, application, applications, with_hidden
from bench.tables import Comparison, best

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
FILES = {name: file for file, name in applications()}
WHOLE = ("ConvNeXtTiny", "DenseNet121", "MobileNetV3Small", "NASNetMobile", "ResNet50V2", "Xception")
OPEN = (("EfficientNetB0", "weights"), ("ResNet50", "pooling"), ("MobileNetV2", "include_top, pooling"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


def _compared(worker: Worker, subject: Subject) -> Comparison:
    answer = worker.tables(subject.for_keras())
    ((name, table),) = answer["models"].items()
    return best(name, table, recovered(subject))


@pytest.mark.parametrize("name", WHOLE)
def test_an_application_is_equal_layer_by_layer(worker: Worker, name: str) -> None:
    found = _compared(worker, application(FILES[name], f"{name}(weights=None)"))
    assert found.verdict == "equal", found


@pytest.mark.parametrize(("name", "group"), OPEN)
def test_unknown_arguments_leave_no_layer_wrong(worker: Worker, name: str, group: str) -> None:
    for subject in with_hidden(FILES[name], name, group):
        found = _compared(worker, subject)
        assert not found.wrong, found
        assert found.settled >= 0.9 * found.layers, found
