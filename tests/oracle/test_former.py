"""What is said to be gone is gone from the installed Keras and TensorFlow, and was in Keras 2."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from kerlint.keras_api import names
from kerlint.keras_api.former import is_gone, load
from kerlint.keras_api.former_members import FORMER_MEMBERS
from kerlint.keras_api.snapshot import load as snapshot

pytestmark = pytest.mark.oracle

ASK = """
import importlib, json, os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import keras
def is_there(dotted):
    parts = dotted.split(".")
    if dotted.startswith("tensorflow.keras."):
        parts = ["keras._tf_keras.keras", *parts[2:]]
    found = importlib.import_module(parts[0])
    for index, part in enumerate(parts[1:], start=2):
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(".".join(parts[:index]))
            except ImportError:
                return False
    return True
model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
things = {"model": model, "layer": model.layers[0], "metric": keras.metrics.Mean(),
          "shape": model.layers[0].compute_output_shape((None, 2)), "optimizer": model.optimizer}
asked = json.load(sys.stdin)
print(json.dumps({
    "names": [dotted for dotted in asked["names"] if is_there(dotted)],
    "members": [f"{kind}.{name}" for kind, table in asked["members"].items() for name in table
                if hasattr(things[kind], name)],
}))
"""


def former_names() -> list[str]:
    """Public names of Keras 2 that are said to be gone, by both ways to reach Keras, and those of tables."""
    old = snapshot("keras2")
    paths = {f"{module}.{name}" for module in old.tables.modules for name in old.members(module)}
    listed = {*load().names, *(f"keras.backend.{name}" for name in load().backend)}
    spelled = {*paths, *listed, *(f"tensorflow.{path}" for path in (*paths, *listed))}
    modern = {f"tensorflow.{token.partition('=')[0]}" for token in load().tensorflow.split()}
    return sorted(path for path in (*spelled, *modern) if is_gone(path))


@cache
def answers() -> dict[str, Any]:
    """What is there after all."""
    asked = {
        "names": former_names(),
        "members": {kind: list(table) for kind, table in FORMER_MEMBERS.items()},
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_no_name_that_is_said_to_be_gone_is_there() -> None:
    assert len(former_names()) > 500
    assert answers()["names"] == []


def test_no_member_that_is_said_to_be_gone_is_there() -> None:
    assert answers()["members"] == []


def test_keras_2_had_most_of_the_names() -> None:
    had = [path for path in load().names if names.kind(names.canonical(path, "keras2"), "keras2") is not None]
    assert len(had) >= 8
