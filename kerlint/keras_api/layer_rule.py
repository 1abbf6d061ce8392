"""What is known of one layer class: how it is configured, what shape it gives, which weights it has.

Family modules (`convolution`, `pooling`, ...) each hold a table from class name to `LayerRule`;
`behaviour` joins the tables. Shape and weight functions are written for known ranks and known choices:
`behaviour` tries every alternative of an unknown choice and keeps what they agree on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from kerlint.frozen import record
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.python.values import UNKNOWN, Unknown, Value

Config: TypeAlias = Mapping[str, Value]
Shapes: TypeAlias = tuple[Shape | None, ...]


class ConfigError(ValueError):
    """Keras would refuse these constructor arguments; the text is close to Keras's own words."""


class RankError(ShapeError):
    """The layer itself refuses the rank; a wrapper that asks it for shapes only would not notice."""


class UnknownName(ConfigError):
    """A string that names nothing Keras ships; certain unless the program registers its own objects."""


@record
class LayerSpec:
    """A layer object as a config value: what a wrapper or an RNN holds. `config` as `resolve` made it."""

    symbol: str
    config: Config = field(default_factory=dict)


@record
class Variable:
    """One weight: its name and shape as Keras has them."""

    name: str
    shape: Shape
    trainable: bool = True


@record
class Weights:
    """Parameter counts as `count_params()` gives them, and the weights one by one in Keras's order.

    Seed generators and metric state are not weights and not counted, as in `model.summary()`.
    `shapes` holds what is certain; it is all of them when both counts are known.
    """

    trainable: int | Unknown = 0
    non_trainable: int | Unknown = 0
    shapes: tuple[tuple[str, Shape], ...] = ()
    whole: int | None = None
    """The sum, where it is known although its parts are not."""
    total: int | Unknown = field(init=False, compare=False, repr=False)
    """What `count_params()` says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self._total())

    def _total(self) -> int | Unknown:
        if self.whole is not None:
            return self.whole
        if isinstance(self.trainable, int) and isinstance(self.non_trainable, int):
            return self.trainable + self.non_trainable
        return UNKNOWN


UNKNOWN_WEIGHTS = Weights(UNKNOWN, UNKNOWN)

Choices: TypeAlias = Mapping[str, Sequence[Value]]
ShapeFunction: TypeAlias = Callable[[Config, Shapes], Shapes | None]
"""One shape per output tensor; None when their number is not known."""
WeightFunction: TypeAlias = Callable[[Config, Shapes], Sequence[Variable] | Weights]
ConfigFunction: TypeAlias = Callable[[dict[str, Value]], None]


def _no_weights(config: Config, inputs: Shapes) -> Sequence[Variable]:
    return ()


def _as_it_is(config: dict[str, Value]) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRule:
    """The behaviour of one layer class.

    `rank` is the number of axes the single input must have (a number, or the config's say); `min_rank`
    the least. `choices` lists, per argument, all values that matter when the argument is unknown.
    `arity` is the number of tensors it takes, None for any. With `any_rank` the shape function is also
    asked when ranks are unknown.
    """

    shape: ShapeFunction
    weights: WeightFunction = _no_weights
    configure: ConfigFunction = _as_it_is
    rank: int | Callable[[Config], int | None] | None = None
    min_rank: int = 0
    choices: Choices = field(default_factory=dict)
    arity: int | None = 1
    any_rank: bool = False

    def required_rank(self, config: Config) -> int | None:
        """The rank the input must have, where that is certain."""
        return self.rank(config) if callable(self.rank) else self.rank


def one(function: Callable[[Config, Shape], Shape | None]) -> ShapeFunction:
    """A shape function for one tensor in, one out."""

    def shape(config: Config, inputs: Shapes) -> Shapes:
        (only,) = inputs
        return (None,) if only is None else (function(config, only),)

    return shape


def of_one(function: Callable[[Config, Shape], Sequence[Variable] | Weights]) -> WeightFunction:
    """A weight function that depends on one input's shape; nothing is known without its rank."""

    def weights(config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
        (only,) = inputs
        return UNKNOWN_WEIGHTS if only is None else function(config, only)

    return weights


def unchanged(config: Config, inputs: Shapes) -> Shapes:
    """The shape function of everything elementwise."""
    return inputs


def constant_weights(function: Callable[[Config], Sequence[Variable]]) -> WeightFunction:
    """A weight function that depends on the configuration alone."""

    def weights(config: Config, inputs: Shapes) -> Sequence[Variable]:
        return function(config)

    return weights


BOTH: Sequence[Any] = (True, False)
DATA_FORMATS: Sequence[Any] = ("channels_last", "channels_first")
