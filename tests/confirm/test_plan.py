"""What is asked of the child for the findings of a file, without TensorFlow."""

from __future__ import annotations

import ast
import json
from textwrap import dedent
from typing import Any

import pytest

from kerlint.catalog import catalog
from kerlint.confirm.cells import in_cells
from kerlint.confirm.plan import Plan, plan
from kerlint.confirm.supposing import Arguments
from kerlint.findings import Finding
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings
from kerlint.source import read


def planned(program: str, *codes: str, name: str = "example.py") -> tuple[list[Finding], Plan]:
    """The findings of some rules on a program, and the plan for them."""
    data = (program if name.endswith(".ipynb") else dedent(program).lstrip("\n")).encode()
    report = lint_bytes(data, name, LintSettings(rules=codes or tuple(catalog())))
    assert report.findings, report
    return list(report.findings), plan(read(data, name), report.findings)


def rows(request: dict[str, Any]) -> list[int]:
    """The rows that a request runs."""
    return [row for row, line in enumerate(request["text"].split("\n"), start=1) if line]


POOL = "from keras import layers\n\npool = layers.MaxPooling2D(3)\nother = 1\n"


def test_a_request_is_json_and_says_where_the_finding_is() -> None:
    (finding,), found = planned(POOL, "KER301")
    (request,) = json.loads(json.dumps(found.requests))
    assert rows(request) == [1, 3]
    assert (request["step"], request["keras"]) == ("construct", "keras")
    (asked,) = request["findings"]
    assert asked["region"] == [3, 8, 3, 30]
    assert (asked["id"], asked["code"]) == ("0", finding.code)
    assert all("kind" in expected for expected in asked["expects"])


def test_what_cannot_be_confirmed_is_settled_at_once() -> None:
    _, found = planned(
        """
        import keras

        def main():
            keras.Sequential([keras.layers.Dense(1)])

        if __name__ == "main":
            main()
        """,
        "KER003",
    )
    assert found.requests == ()
    assert found.settled[0].status == "inconclusive"
    assert "never runs" in found.settled[0].evidence


def test_findings_on_different_calls_do_not_stop_one_another() -> None:
    program = "from keras import layers\n\na = layers.MaxPooling2D(3)\nb = layers.MaxPooling2D(4)\n"
    _, found = planned(program, "KER301")
    assert [rows(request) for request in found.requests] == [[1, 3], [1, 4]]


BUILDER = """
    from keras import Sequential, layers

    def build(classes, model_name="a"):
        model = Sequential([layers.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.MaxPooling2D(3)])
        model.add(layers.Dense(classes))
        return model
"""


def test_a_builder_that_nobody_calls_is_called_and_what_is_supposed_is_told() -> None:
    _, found = planned(BUILDER, "KER301")
    (request,) = found.requests
    assert request["driver"] == "__kerlint_made__ = build(10)"
    assert request["supposed"] == ["classes=10"]


def test_a_value_of_which_nothing_can_be_supposed_stays_unknown() -> None:
    _, found = planned(BUILDER.replace("classes", "config"), "KER301")
    (request,) = found.requests
    assert request["driver"] == "__kerlint_made__ = build(__kerlint_unknown__('config'))"
    assert request["supposed"] == []


@pytest.mark.parametrize("name", ["cfg", "hp", "hparams", "options"])
def test_nothing_is_supposed_of_what_holds_settings(name: str) -> None:
    (node,) = ast.parse(f"def build({name}): pass").body
    assert isinstance(node, ast.FunctionDef)
    found = Arguments(node, 0, "")
    assert (found.text, found.supposed) == (f"__kerlint_unknown__({name!r})", [])


def test_a_helper_is_run_by_the_function_that_its_callers_start_from() -> None:
    program = BUILDER + "\n    def train(x):\n        build(3).fit(x)\n"
    _, found = planned(program, "KER301")
    assert found.requests[0]["driver"].startswith(
        "__kerlint_made__ = train(__kerlint_array__((8, *(32, 32, 3))"
    )


def test_a_function_that_is_handed_over_is_called_by_whom_it_was_handed_to() -> None:
    _, found = planned(BUILDER + "\n    Tuner(build)\n", "KER301")
    assert found.requests[0]["driver"] == ""


def test_a_class_that_is_only_defined_is_made_and_called() -> None:
    _, found = planned(
        """
        import keras
        from keras import layers

        class Head(layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.pool = layers.MaxPooling2D(3)
                self.out = layers.Dense(units)

            def call(self, x):
                return self.out(self.pool(x))
        """,
        "KER301",
    )
    assert found.requests[0]["driver"].split("\n") == [
        "__kerlint_object__ = Head(8)",
        "__kerlint_call__(__kerlint_object__, (64, 64, 3))",
    ]


SCRIPT = """
    import kerlint_no_such_package as reader
    from keras import Input, Sequential, layers
    from keras.utils import to_categorical
    import numpy as np

    x = np.asarray(reader.rows("x.csv")).reshape((100, 4))
    y = to_categorical(reader.rows("y.csv"), 5).reshape((100, 5))
    model = Sequential([Input((4,)), layers.Dense(3, activation="softmax")])
    model.compile("sgd", "categorical_crossentropy")
    model.fit(x, y)
"""


def test_data_that_nothing_can_read_are_replaced_by_what_is_known_of_them() -> None:
    _, found = planned(SCRIPT, "KER809", "KER810")
    (request, *_) = found.requests
    assert [one["spec"]["shape"] for one in request["stand_ins"]] == [[100, 4], [100, 5]]
    assert [one["region"] for one in request["stand_ins"]] == [[10, 11, 10, 12], [10, 14, 10, 15]]


def test_data_that_the_program_computes_are_computed() -> None:
    program = SCRIPT.replace('reader.rows("x.csv")', "range(400)").replace(
        'reader.rows("y.csv")', "range(100)"
    )
    _, found = planned(program.replace("import kerlint_no_such_package as reader", ""), "KER809", "KER810")
    assert found.requests[0]["stand_ins"] == []


def test_calls_of_keras_may_not_fail_and_others_may() -> None:
    _, found = planned(
        """
        import keras

        words = open("words.txt").read().split()
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(len(words)), keras.layers.Dense(1)])
        """,
        "KER204",
    )
    assert found.requests[0]["soft"] == [1, 3]


def test_names_that_nothing_binds_are_told() -> None:
    _, found = planned(
        """
        import keras

        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), keras.layers.Dense(units)])
        """,
        "KER204",
    )
    assert found.requests[0]["undefined"] == ["units"]


def test_statements_that_do_not_parse_are_left_out() -> None:
    _, found = planned(POOL + "this is not Python\n", "KER301")
    assert rows(found.requests[0]) == [1, 3]


def test_a_notebook_runs_in_the_order_of_its_cells() -> None:
    cells = ["%matplotlib inline\nfrom keras import layers", "# words", "pool = layers.MaxPooling2D(3)"]
    kinds = ("code", "markdown", "code")
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"language_info": {"name": "python"}},
        "cells": [
            {"cell_type": kind, "source": text, "metadata": {}, "outputs": [], "execution_count": 1}
            for kind, text in zip(kinds, cells, strict=True)
        ],
    }
    (finding,), found = planned(json.dumps(notebook), "KER301", name="example.ipynb")
    assert (finding.location.cell, finding.location.row) == (3, 1)
    (request,) = found.requests
    assert rows(request) == [2, 3]
    assert request["findings"][0]["region"][:2] == [3, 8]
    cells = request["cells"]
    assert in_cells("line 3 raised ValueError: line 2", cells) == "cell 3 line 1 raised ValueError: line 2"
    assert in_cells("`x` (line 2) failed: why", cells) == "`x` (cell 1 line 2) failed: why"
    assert in_cells("line 9 raised", cells) == "line 9 raised"
    assert in_cells("line 3 raised", []) == "line 3 raised"
