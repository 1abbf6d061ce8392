"""What the dotted names of Keras and TensorFlow stand for; looked up again and again, so kept."""

from __future__ import annotations

from functools import lru_cache

from kerlint.keras_api import names
from kerlint.model.sites import OWN_ROOTS
from kerlint.python.stdlib import CONSTANTS
from kerlint.python.values import Symbol, Value


@lru_cache(maxsize=16384)
def member(dotted: str, name: str, target: str) -> Value:
    """An attribute of a library module or class: a constant of the standard library, or a name."""
    return meaning(f"{dotted}.{name}", target)


def meaning(path: str, target: str) -> Value:
    """The constant or symbol that an import path names, made canonical."""
    return CONSTANTS[path] if path in CONSTANTS else Symbol(names.canonical(path, target))


@lru_cache(maxsize=16384)
def is_own(dotted: str) -> bool:
    """Whether it is of Keras or TensorFlow, which are tables; the sources of `keras.applications` are followed."""
    return dotted.partition(".")[0] in OWN_ROOTS and ".applications." not in f"{dotted}."
