"""From a constructor's call site to the config that the layer tables know."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

from kerlint.keras_api import behaviour, names
from kerlint.keras_api.layer_rule import LayerSpec
from kerlint.keras_api.settled import Settled, settled
from kerlint.model.call_sites import CallSite, Origin
from kerlint.model.sites import OWN_ROOTS, plain_config
from kerlint.model.states import LayerState, ModelState
from kerlint.python.values import Instance, ListValue, Symbol, Unknown, Value

_EXACT: Final = frozenset({str, int, bool, type(None), bytes})
_NO_KEY: Final = object()


def resolved(symbol: str, site: CallSite, target: str) -> dict[str, Value]:
    """What the constructor makes of its arguments. Raises ConfigError when Keras would certainly refuse."""
    key = _key(symbol, site, target)
    if key is None:
        return behaviour.resolve(symbol, config_of(site), target)
    config = settled(key, lambda: behaviour.resolve(symbol, config_of(site), target))
    name = site.arguments.get("name")
    if type(config) is Settled and name is not None and type(name.value) is str:
        return config if config.get("name") == name.value else config.named(name.value)
    return config


def config_of(site: CallSite) -> dict[str, Value]:
    """The arguments as the layer tables take them."""
    return {name: config_value(value) for name, value in plain_config(site).items()}


def config_value(value: Value) -> Value:
    """Nested layers as specs, functions of the library as their names, for the behaviour tables."""
    if isinstance(value, Instance):
        native = value.native
        if isinstance(native, LayerState) and not isinstance(native, ModelState) and not native.is_custom:
            return LayerSpec(native.symbol, native.config)
        return value
    if isinstance(value, Symbol):
        if names.category(value.dotted) == "activation" or value.dotted.startswith("tensorflow.nn."):
            return value.name
        return value
    return value


def _key(symbol: str, site: CallSite, target: str) -> Hashable | None:
    """What the config hangs on beside the layer's name; None where an argument is more than a constant.

    Defaults stand behind what was given.
    """
    if not site.exact:
        return None
    parts: list[Any] = [symbol, target]
    for name, argument in site.arguments.items():
        if argument.origin is Origin.DEFAULT:
            break
        value = argument.value
        kind = type(value)
        if name == "name" and kind is str:
            parts.append(name)
            continue
        if kind not in _EXACT:
            value = _told_apart(value)
            if value is _NO_KEY:
                return None
        parts += (name, kind, value)
    return tuple(parts)


def _told_apart(value: Value) -> Hashable:
    """A constant with the types of its parts, for `1`, `1.0` and `True` are equal; lists count as tuples."""
    kind = type(value)
    if kind in _EXACT:
        return (kind, value)
    if kind is float:
        return (kind, repr(value))
    if kind is Unknown:
        return Unknown
    if kind is tuple or (kind is ListValue and not value.open):
        items = value if kind is tuple else value.items
        parts = tuple([_told_apart(item) for item in items])
        return _NO_KEY if _NO_KEY in parts or Unknown in parts else parts
    if kind is Symbol and value.dotted.partition(".")[0] in OWN_ROOTS:
        return (kind, value.dotted)
    return _NO_KEY
