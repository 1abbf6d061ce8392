"""What the installed Keras says of one configuration: refused at construction, at the call, or a result.

Layers are built in a stateless scope that allocates no weights, on symbolic tensors: 1 to 5 ms each.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, signature
from typing import Any

from kerlint.keras_api import behaviour
from kerlint.keras_api.behaviour import LayerSpec
from kerlint.keras_api.shapes import Shape

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


@dataclass(frozen=True)
class Nested:
    """A layer as an argument: made twice, as an object for Keras and as a LayerSpec for kerlint."""

    layer: str
    arguments: tuple[tuple[str, Any], ...]

    def spec(self) -> LayerSpec:
        """The LayerSpec, resolved as the evaluator would."""
        symbol = f"keras.layers.{self.layer}"
        return LayerSpec(symbol, behaviour.resolve(symbol, with_defaults(self.layer, dict(self.arguments))))


@dataclass(frozen=True)
class Refusal:
    """Keras raised, at `construct` or at `call`."""

    stage: str
    message: str


@dataclass(frozen=True)
class Built:
    """Keras built it: output shapes in order, counts, and the weights' names and shapes."""

    outputs: tuple[Shape, ...]
    trainable: int
    non_trainable: int
    weights: tuple[tuple[str, Shape], ...]
    attributes: Mapping[str, Any]


@cache
def defaults_of(layer: str) -> Mapping[str, Any]:
    """The constructor's defaults by name, as the installed class declares them."""
    import keras

    parameters = signature(getattr(keras.layers, layer).__init__).parameters.values()
    return {item.name: item.default for item in parameters if item.default is not Parameter.empty}


def with_defaults(layer: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given arguments over the defaults, lists as tuples and nested layers as specs."""
    return {name: as_value(value) for name, value in {**defaults_of(layer), **given}.items()}


def as_value(value: Any) -> Any:
    """A drawn argument as kerlint's evaluator would hold it."""
    if isinstance(value, Nested):
        return value.spec()
    if isinstance(value, list | tuple):
        return tuple(as_value(item) for item in value)
    return value


def _as_object(value: Any) -> Any:
    import keras

    if isinstance(value, Nested):
        made = getattr(keras.layers, value.layer)
        return made(**{name: _as_object(item) for name, item in value.arguments})
    if isinstance(value, tuple) and any(isinstance(item, Nested) for item in value):
        return [_as_object(item) for item in value]
    return value


def ask_keras(
    layer: str, given: Mapping[str, Any], shapes: Sequence[Shape], dtype: str, call: str
) -> Built | Refusal:
    """Construct the layer, call it on symbolic tensors, and tell what came of it."""
    import keras
    from keras.src.backend.common import global_state

    lazy = nullcontext() if given.get("stateful") else keras.StatelessScope(initialize_variables=False)
    with warnings.catch_warnings(), lazy:
        warnings.simplefilter("ignore")
        try:
            made = getattr(keras.layers, layer)(**{name: _as_object(value) for name, value in given.items()})
        except (ValueError, TypeError, AttributeError, IndexError, NotImplementedError) as error:
            return Refusal("construct", repr(error))
        tensors = [keras.KerasTensor(shape, dtype) for shape in shapes]
        try:
            if call == "input":
                result = made.output
            elif call == "list":
                result = made(tensors)
            else:
                result = made(*tensors)
            return _read(keras, made, result)
        except Exception as error:
            return Refusal("call", repr(error))
        finally:
            global_state.set_global_attribute("uninitialized_variables", [])


def _read(keras: Any, made: Any, result: Any) -> Built:
    outputs = tuple(tuple(tensor.shape) for tensor in keras.tree.flatten(result))
    count = keras.src.utils.summary_utils.count_params
    names = ("strides", "pool_size", "kernel_size", "padding", "data_format", "dilation_rate", "cropping")
    return Built(
        outputs,
        count(made.trainable_weights),
        count(made.non_trainable_weights),
        tuple((weight.name, tuple(weight.shape)) for weight in made.weights),
        {name: _as_tuples(getattr(made, name)) for name in names if hasattr(made, name)},
    )


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list | tuple) else value
