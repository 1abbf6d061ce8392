"""The data sets of `keras.datasets`: shapes, dtypes, ranges and classes, from their documentation.

`datasets.json` is compared with the docstrings of the installed Keras by a test.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.model.call_sites import CallSite
from kerlint.model.data.arrays import fresh
from kerlint.model.data_facts import ArrayFact, Labels
from kerlint.python.values import Unknown, Value

COARSE_CLASSES = 20
"""Superclasses of CIFAR-100."""


@cache
def datasets() -> dict[str, Any]:
    """The table, by the module's name."""
    text = (Path(__file__).parent / "datasets.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def load_data(site: CallSite) -> Value:
    """`keras.datasets.<name>.load_data(...)`: ((x, y), (x, y))."""
    name = site.symbol.split(".")[-2]
    table = datasets().get(name)
    if table is None or not site.exact:
        return Unknown(f"the data of {site.symbol}")
    return tuple(_split(name, part, table[part], site) for part in ("train", "test"))


def _split(name: str, part: str, table: dict[str, Any], site: CallSite) -> Value:
    return tuple(
        fresh(_adapted(_fact(table[role], f"keras.datasets.{name}:{part}.{role}"), role, site))
        for role in ("x", "y")
    )


def _fact(table: dict[str, Any], source: str) -> ArrayFact:
    classes = table.get("classes")
    low, high = table.get("low"), table.get("high")
    if classes is not None:
        low, high = 0, classes - 1
    labels = None if classes is None else Labels("integer", classes)
    return ArrayFact(
        tuple(table["shape"]),
        table.get("dtype"),
        low,
        high,
        tight=low is not None,
        labels=labels,
        source=source,
    )


def _adapted(fact: ArrayFact, role: str, site: CallSite) -> ArrayFact:
    """What the arguments change: the number of samples, the classes, the largest word."""
    given = {name for name, argument in site.arguments.items() if argument.is_given}
    shape: Shape | None = fact.shape
    if given & {"test_split", "maxlen", "version"} and shape is not None:
        shape = (UNKNOWN_DIM, *shape[1:])
    if "label_mode" in given and role == "y":
        mode = site.value("label_mode")
        classes = COARSE_CLASSES if mode == "coarse" else 100 if mode == "fine" else None
        last = None if classes is None else classes - 1
        fact = replace(fact, labels=Labels("integer", classes), high=last, low=None if last is None else 0)
    words = site.value("num_words") if "num_words" in given else None
    if role == "x" and is_size(words):
        fact = replace(fact, low=0, high=words - 1, tight=True)
    return replace(fact, shape=shape)
