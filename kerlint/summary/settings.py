"""A layer's arguments as the built object has them, and how each came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.model.call_sites import Argument, Origin
from kerlint.model.facts import Operation
from kerlint.python.values import (
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    OneOf,
    Symbol,
    Unknown,
    Value,
)
from kerlint.summary.table import Setting

UNKNOWN = "?"


def settings_of(operation: Operation) -> tuple[Setting, ...]:
    """Every argument that the layer's constructor takes, `name` and `trainable` aside, in its own order."""
    site = operation.site
    if site is None or not operation.is_layer:
        return ()
    return tuple(_settings(operation, site.arguments, site.exact))


def _settings(operation: Operation, arguments: Mapping[str, Argument], exact: bool) -> Iterator[Setting]:
    for name, argument in arguments.items():
        if name == "name":
            continue
        if not exact and not argument.is_given:
            yield Setting(name, UNKNOWN, "unknown")
            continue
        resolved = operation.config.get(name, argument.value)
        yield Setting(name, plain(resolved), _origin(argument, resolved))


def _origin(argument: Argument, resolved: Value) -> str:
    """How a value came about; what was left to Keras as None is said to be resolved from it."""
    if argument.value is None and resolved is not None and not isinstance(resolved, Unknown):
        return "resolved from None"
    return str(Origin(argument.origin))


def plain(value: Value, depth: int = 0) -> Any:
    """A value as JSON has it: constants as they are, objects by name, the unknown as `?`."""
    if depth > 6 or isinstance(value, Unknown | OneOf):
        return UNKNOWN
    if isinstance(value, bool | int | str | type(None)):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, tuple | ListValue):
        items = value.items if isinstance(value, ListValue) else value
        return [plain(item, depth + 1) for item in items]
    if isinstance(value, DictValue):
        return {str(key): plain(item, depth + 1) for key, item in value.items.items()}
    return _named(value)


def _named(value: Value) -> Any:
    if isinstance(value, Symbol):
        return value.name
    if isinstance(value, LayerSpec):
        return value.symbol.rpartition(".")[2]
    if isinstance(value, FunctionValue | ClassValue):
        return value.name
    if isinstance(value, Instance):
        return value.cls.name
    return UNKNOWN
