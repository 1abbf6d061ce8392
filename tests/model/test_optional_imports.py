"""Keras that is imported where it may be missing, or by its name as a string."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kerlint.model.recover import recover
from kerlint.source import read

from .helpers import checked, classes

BODY = """
    def build():
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
"""


def layers_of(text: str) -> list[list[str]]:
    program = checked(recover(read((dedent(text) + dedent(BODY)).encode(), "program.py")))
    return [classes(model) for model in program.models]


@pytest.mark.parametrize(
    "errors", ["ImportError", "ModuleNotFoundError", "(ImportError, ModuleNotFoundError)"]
)
def test_what_is_in_doubt_beside_an_import_is_no_missing_module(errors: str) -> None:
    text = f"""
    try:
        import keras
        IS_NEW = keras.__version__ >= "3.0"
    except {errors}:
        IS_NEW = False
    """
    (found,) = layers_of(text)
    assert found[-1] == "Dense"


@pytest.mark.parametrize(
    ("body", "errors"),
    [("IS_NEW = check(keras)", "ImportError"), ('NEW = keras.__version__ >= "3"', "Exception")],
)
def test_a_call_or_another_error_may_lead_to_the_handler(body: str, errors: str) -> None:
    text = f"""
    from project import check
    keras = None
    try:
        import keras
        {body}
    except {errors}:
        keras = None
    """
    assert not layers_of(text)


@pytest.mark.parametrize(
    "text",
    [
        'import pytest\nkeras = pytest.importorskip("keras")\n',
        'import pytest\nkeras = pytest.importorskip("tensorflow.keras", minversion="2")\n',
        'import importlib\nkeras = importlib.import_module("keras")\n',
        'from importlib import import_module\nkeras = import_module(name="tensorflow").keras\n',
    ],
)
def test_keras_is_imported_by_its_name(text: str) -> None:
    (found,) = layers_of(text)
    assert found[-1] == "Dense"


def test_a_module_of_an_unknown_name_is_unknown() -> None:
    assert not layers_of("import sys, importlib\nkeras = importlib.import_module(sys.argv[1])\n")
