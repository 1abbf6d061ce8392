"""Stand-ins take part in everything and are found again."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from kerlint.confirm.learning import MEMBERS
from kerlint.confirm.stubs import MissingPackages, Stub, stubs_in


@pytest.fixture
def missing() -> Iterator[list[str]]:
    """Packages with these names are made of stand-ins while a test runs; the list holds those imported."""
    told: list[str] = []
    finder = MissingPackages(("keras",), {"kerlint_no_learn": MEMBERS}, told.append)
    sys.meta_path.append(finder)
    yield told
    sys.meta_path.remove(finder)
    for name in [name for name in sys.modules if name.startswith("kerlint_no_")]:
        del sys.modules[name]


def test_a_stand_in_gives_as_many_items_as_are_unpacked() -> None:
    one, two, three = Stub("data")
    assert repr(three) == "<stand-in for data[2]>"
    assert one is not two


def test_whatever_is_asked_of_it_gives_another() -> None:
    stub = Stub("table")
    made = (stub.columns[0].values + 1) / 2 > 3
    assert isinstance(made, Stub)
    assert isinstance(np.mean(stub, axis=0), Stub)
    assert isinstance(eval("3 - stub"), Stub)


def test_it_decorates_and_is_derived_from() -> None:
    @Stub("numba.jit")
    def f() -> int:
        return 3

    class Child(Stub("package").Base):  # type: ignore[misc]
        pass

    assert f() == 3
    assert isinstance(Child(), Child)
    assert not isinstance(3, Stub("package").Base)


def test_it_is_found_in_containers() -> None:
    assert [stub._kerlint_name for stub in stubs_in({"a": [1, (Stub("x"),)], "b": Stub("y")})] == ["x", "y"]


def test_a_package_that_is_not_there_is_made_up(missing: list[str]) -> None:
    module = importlib.import_module("kerlint_no_plots.pyplot")
    assert isinstance(module.figure(), Stub)
    assert missing == ["kerlint_no_plots"]


def test_a_missing_member_of_a_real_package_stays_missing(missing: list[str]) -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("json.no_such_part")
    assert missing == []


def test_a_split_has_the_sizes_of_the_real_one(missing: list[str]) -> None:
    split = importlib.import_module("kerlint_no_learn.model_selection").train_test_split
    x, y = np.arange(10), list(range(10))
    x_train, x_test, y_train, y_test = split(x, y, test_size=0.25)
    assert (len(x_train), len(x_test)) == (7, 3)
    assert list(x_train) == y_train
    assert sorted([*y_train, *y_test]) == y
