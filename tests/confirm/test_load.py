"""Programs run with Keras watched: objects meet their calls, trainings are short, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from kerlint.confirm.warm import Warm

pytestmark = pytest.mark.oracle

PROGRAMS: Mapping[str, tuple[str, str]] = {
    "places": (
        "build",
        """
        from functools import partial
        import keras
        from keras import layers

        def block(n, **cfg):
            return [layers.Dense(n, **cfg) for _ in range(2)]

        class Mine(layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.inner = layers.Dense(units)

            def call(self, x):
                return self.inner(x)

        conv = partial(layers.Conv2D, 3)
        naïve = {"é": layers.ReLU(), "b": conv(2)}
        model = keras.Sequential([
            keras.Input((4,)),
            *block(
                4, activation="relu"
            ),
            Mine(2),
        ])
        """,
    ),
    "shared optimizer": (
        "train",
        """
        import keras
        opt = keras.optimizers.Adam()
        (x, y), _ = keras.datasets.mnist.load_data()
        for fold in range(5):
            model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)])
            model.compile(opt, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
            model.fit(x / 255.0, y, epochs=50, batch_size=16)
        """,
    ),
    "endless": (
        "train",
        """
        import numpy as np
        import keras
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        while True:
            model.train_on_batch(np.ones((4, 3)), np.zeros((4, 1)))
            if model.optimizer is None:
                break
        last = 1
        """,
    ),
    "below training": (
        "compile",
        """
        import numpy as np
        import keras
        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile("sgd", "mse", metrics=["mae"])
        log = model.fit(np.ones((4, 3)), np.zeros((4, 1)), epochs=100, validation_split=0.5)
        best = min(log.history["val_loss"])
        loss, mae = model.evaluate(np.ones((4, 3)), np.zeros((4, 1)))
        model.save("model.keras")
        """,
    ),
    "out of reach": (
        "train",
        """
        import argparse
        import cv2
        import keras
        import pandas as pd
        from sklearn.model_selection import train_test_split
        parser = argparse.ArgumentParser()
        parser.add_argument("folder")
        parser.add_argument("--units", type=int, required=True)
        options = parser.parse_args()
        table = pd.read_csv(options.folder)
        x, y = table.values[:, :4], table["label"]
        x_train, x_test, y_train, y_test = train_test_split(x, y)
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3 * options.units, "softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(x_train, y_train)
        for row in open("rows.txt"):
            print(cv2.imread(row))
        """,
    ),
    "not built": (
        "train",
        """
        import keras

        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.conv = keras.layers.Conv2D(4, 3)
                self.head = keras.layers.Dense(1, activation="sigmoid")

            def call(self, x):
                return self.head(self.conv(x))

        net = Net()
        net.compile("adam", "binary_crosentropy")
        """,
    ),
    "warnings": (
        "call",
        """
        import warnings
        import numpy as np
        import keras
        warnings.filterwarnings("ignore")
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="softmax")])
        model(np.ones((2, 4)))
        """,
    ),
}
SOFT = {"out of reach": [11, 12, 13, 17]}


@pytest.fixture(scope="module")
def answers() -> Iterator[dict[str, dict[str, Any]]]:
    """What each program's recording holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        requests = [
            {
                "path": f"{title}.py",
                "text": dedent(program).lstrip("\n"),
                "module": None,
                "folders": [],
                "keras": "keras",
                "step": step,
                "driver": "",
                "undefined": [],
                "stand_ins": [],
                "soft": SOFT.get(title, []),
                "findings": [],
            }
            for title, (step, program) in PROGRAMS.items()
        ]
        with Warm("keras", "load_runner", jobs=2) as warm:
            outcomes = dict(warm.run(requests))
        assert not [outcome.failure for outcome in outcomes.values() if outcome.failure]
        yield {title: outcomes[index].answer or {} for index, title in enumerate(PROGRAMS)}


def test_every_construction_is_told_of_the_call_that_made_it(answers: dict[str, Any]) -> None:
    made = answers["places"]["made"]
    assert ["Dense", "layer", [6, 13, 6, 35], ["activation", "units"]] in made
    assert [one[0] for one in made].count("Dense") == 3
    assert ["Dense", "layer", [11, 22, 11, 41], ["units"]] in made
    assert ["Mine", "layer", [23, 5, 23, 12], ["units"]] in made
    assert ["Sequential", "model", [18, 9, 24, 3], ["layers"]] in made


def test_columns_count_code_points(answers: dict[str, Any]) -> None:
    assert ["ReLU", "layer", [17, 15, 17, 28], []] in answers["places"]["made"]
    assert ["Conv2D", "layer", [17, 35, 17, 42], ["filters", "kernel_size"]] in answers["places"]["made"]


def test_the_second_fit_with_one_optimizer_raises_where_it_stands(answers: dict[str, Any]) -> None:
    found = answers["shared optimizer"]
    assert found["raised"][0] == "ValueError"
    assert found["raised"][1].startswith("Unknown variable")
    assert found["raised"][2] == [7]
    assert [one[0] for one in found["events"] if one[0] == "fit"] == ["fit", "fit"]
    assert found["changed"][0] is True


def test_a_loop_that_trains_without_end_ends(answers: dict[str, Any]) -> None:
    found = answers["endless"]
    assert found["raised"] is None
    assert 9 in found["rows"]
    assert [one[0] for one in found["events"]].count("train_on_batch") == 2


def test_below_training_a_fit_is_written_down_and_builds(answers: dict[str, Any]) -> None:
    found = answers["below training"]
    assert found["raised"] is None
    assert [one[:3] for one in found["events"] if one[0] in ("fit", "evaluate", "save")] == [
        ["fit", 5, False],
        ["evaluate", 7, False],
        ["save", 8, False],
    ]


def test_a_program_runs_without_its_data_packages_and_command_line(answers: dict[str, Any]) -> None:
    found = answers["out of reach"]
    assert found["raised"] is None
    assert ["pandas", "missing package"] in found["replaced"]
    assert [one[3] for one in found["events"] if one[0] == "fit"] == [["loss"]]


def test_what_the_program_leaves_undone_is_done_at_its_place(answers: dict[str, Any]) -> None:
    found = answers["not built"]
    assert "binary_crosentropy" in found["raised"][1]
    assert found["raised"][2][0] == 13


def test_warnings_are_heard_though_the_program_silences_them(answers: dict[str, Any]) -> None:
    assert [one[1:] for one in answers["warnings"]["said"] if "axis has size 1" in one[0]] == [
        ["UserWarning", 6]
    ]
