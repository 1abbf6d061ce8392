"""Asking one layer's rule: ranks are filled in, unknown choices spread, and the answers joined.

The table itself is filled by `kerlint.keras_api.behaviour`; layers that hold layers ask back through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Final, TypeVar

from kerlint.keras_api.class_names import canonical_class
from kerlint.keras_api.dims import join_shapes, show, size_of
from kerlint.keras_api.layer_rule import (
    UNKNOWN_WEIGHTS,
    Config,
    LayerRule,
    RankError,
    Shapes,
    Variable,
    Weights,
)
from kerlint.keras_api.settled import Settled, answered
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Instance, Unknown, Value, is_known

RULES: Final[dict[str, LayerRule]] = {}
"""Class name to rule; `kerlint.keras_api.behaviour` fills it when it is imported."""

CALL_DEFAULTS: Final[Mapping[str, Value]] = {"return_attention_scores": False, "reverse": False}
"""Arguments of `call` that change the outputs."""

_Answer = TypeVar("_Answer")
_HOMES = re.compile(r"(?:keras|tensorflow\.keras|tf_keras)\.(?:layers\.(?:[a-z_]+\.)*\w+|Input)$")


class _Total(dict[str, Value]):
    """A config in which every argument that nobody gave is unknown."""

    def __missing__(self, name: str) -> Value:
        return UNKNOWN


@lru_cache(maxsize=1024)
def rule_of(symbol: str) -> LayerRule | None:
    """The rule of a layer class by dotted name; None for what is not in the table."""
    return RULES.get(canonical_class(symbol)) if _HOMES.match(symbol) else None


def output_shape(
    symbol: str, config: Config, inputs: Shapes, call: Mapping[str, Value] | None = None
) -> Shapes | None:
    """The shapes of the outputs, one per tensor in order; None when not even their number is known.

    `config` is what `resolve` gave; `inputs` are the tensors of the layer's first argument (for
    attention: query, value and key). `call` are other arguments of the call, where they matter
    (`return_attention_scores`, `reverse`). An unknown rank is None inside the tuple. Raises ShapeError
    when Keras would certainly refuse the inputs.
    """
    if not call:
        return answered("shape", config, (symbol, inputs), lambda: _output_shape(symbol, config, inputs, {}))
    if type(config) is not Settled or not _TOLD_APART.issuperset(map(type, call.values())):
        return _output_shape(symbol, config, inputs, call)
    given = (symbol, inputs, *call.items(), *map(type, call.values()))
    return answered("shape", config, given, lambda: _output_shape(symbol, config, inputs, call))


_TOLD_APART: Final = frozenset({bool, int, str, type(None)})
"""Types of options whose values differ where they are not equal."""


def _output_shape(symbol: str, config: Config, inputs: Shapes, call: Mapping[str, Value]) -> Shapes | None:
    rule = rule_of(symbol)
    if rule is None:
        return None
    total = _Total({**CALL_DEFAULTS, **config, **call})
    ready = _fit_inputs(rule, total, inputs, symbol)
    if ready is None:
        return (None,)
    answers = _alternatives(rule, total, ready, rule.shape)
    known = [answer for answer in answers if answer is not None]
    if len(known) < len(answers) or len({len(answer) for answer in known}) != 1:
        return None
    joined = len(known) > 1
    outputs = tuple(map(join_shapes, zip(*known, strict=True))) if joined else tuple(known[0])
    for shape in outputs:
        if shape is not None and any(isinstance(dim, int) and dim < 0 for dim in shape):
            raise ShapeError(
                f"Cannot convert '{show(shape)}' to a shape. Negative dimensions are not allowed."
            )
    return outputs


def weights(symbol: str, config: Config, inputs: Shapes) -> Weights:
    """Parameter counts and weight shapes once the layer is built on `inputs`.

    Raises ShapeError when Keras would certainly refuse to build it.
    """
    trainable = config.get("trainable", True)
    return _join_weights([_counted(answer, trainable) for answer in _weight_lists(symbol, config, inputs)])


def weights_now(symbol: str, config: Config, inputs: Shapes, trainable: Value) -> Weights:
    """The same for a layer whose `trainable` was set since. Raises ShapeError as well."""
    if type(trainable) is not bool:
        return weights(symbol, {**config, "trainable": trainable}, inputs)
    given = (symbol, inputs, trainable)
    now = {"trainable": trainable}
    return answered("weights", config, given, lambda: weights(symbol, {**config, **now}, inputs))


def variables(symbol: str, config: Config, inputs: Shapes) -> Sequence[Variable] | Weights:
    """The weights one by one, for a layer that holds this one; `Weights` when they are not certain."""
    answers = _weight_lists(symbol, config, inputs)
    lists = [() if isinstance(found, Weights) else tuple(found) for found in answers]
    certain = not any(isinstance(found, Weights) for found in answers) and len(set(lists)) == 1
    trainable = config.get("trainable", True)
    if not certain or not is_known(trainable):
        return UNKNOWN_WEIGHTS
    return lists[0] if trainable else [replace(item, trainable=False) for item in lists[0]]


PLAIN_POLICY: Final = object()
"""What stands behind the policy of a layer that was given none."""


def _weight_lists(symbol: str, config: Config, inputs: Shapes) -> list[Sequence[Variable] | Weights]:
    rule = rule_of(symbol)
    total = _Total(config)
    ready = None if rule is None else _fit_inputs(rule, total, inputs, symbol)
    if rule is None or ready is None or _is_quantised(config):
        return [UNKNOWN_WEIGHTS]
    return _alternatives(rule, total, ready, rule.weights)


def _fit_inputs(rule: LayerRule, config: _Total, inputs: Shapes, symbol: str) -> Shapes | None:
    """The inputs with required ranks filled in; None when too little is known to go on."""
    name = canonical_class(symbol)
    if rule.arity is None or rule.arity == 0:
        return inputs
    if len(inputs) != rule.arity:
        if not inputs:
            return (None,) * rule.arity if rule.any_rank else None
        raise ShapeError(
            f'Layer "{name}" expects {rule.arity} input(s), but it received {len(inputs)} input tensors.'
        )
    rank = rule.required_rank(config)
    filled = tuple((UNKNOWN_DIM,) * rank if shape is None and rank else shape for shape in inputs)
    for shape in filled:
        _check_rank(shape, rank, rule.min_rank, name)
    return filled


def _check_rank(shape: Shape | None, rank: int | None, least: int, name: str) -> None:
    if shape is None:
        return
    if (rank is not None and len(shape) != rank) or len(shape) < least:
        wanted = f"min_ndim={least}" if rank is None else f"ndim={rank}"
        raise RankError(
            f'Input 0 of layer "{name}" is incompatible with the layer: expected {wanted}, found '
            f"ndim={len(shape)}. Full shape received: {show(shape)}"
        )


def _alternatives(
    rule: LayerRule, config: _Total, inputs: Shapes, function: Callable[[Config, Shapes], _Answer]
) -> list[_Answer]:
    """`function` under every value of each unknown choice; a refused alternative does not count.

    Raises ShapeError when all are refused.
    """
    answers: list[_Answer] = []
    refusal: ShapeError | None = None
    for alternative in _spread(rule, config):
        try:
            answers.append(function(alternative, inputs))
        except ShapeError as error:
            refusal = refusal or error
    if not answers and refusal is not None:
        raise refusal
    return answers


def _spread(rule: LayerRule, config: _Total) -> Iterator[Config]:
    unknown = [name for name in rule.choices if not is_known(config[name])]
    if not unknown:
        yield config
        return
    for values in product(*(rule.choices[name] for name in unknown)):
        yield _Total({**config, **dict(zip(unknown, values, strict=True))})


def _is_quantised(config: Config) -> bool:
    """Whether `dtype` may name a policy that changes the weights (`int8_from_float32`)."""
    policy = config.get("dtype")
    if policy is None or (isinstance(policy, Instance) and policy.native is PLAIN_POLICY):
        return False
    return not isinstance(policy, str) or "_from_" in policy or not is_known(policy)


def _counted(answer: Sequence[Variable] | Weights, trainable: Value) -> Weights:
    if isinstance(answer, Weights):
        return answer
    counts = {True: 0, False: 0}
    for variable in answer:
        size = size_of(variable.shape)
        if not isinstance(size, int):
            return Weights(UNKNOWN, UNKNOWN, tuple((item.name, item.shape) for item in answer))
        counts[variable.trainable and trainable is not False] += size
    shapes = tuple((item.name, item.shape) for item in answer)
    if not is_known(trainable) and counts[True]:
        return Weights(UNKNOWN, UNKNOWN, shapes)
    return Weights(counts[True], counts[False], shapes)


def _join_weights(answers: Sequence[Weights]) -> Weights:
    first, *others = answers
    if all(other == first for other in others):
        return first
    common = tuple(item for item in first.shapes if all(item in other.shapes for other in others))
    return Weights(
        _agreed([answer.trainable for answer in answers]),
        _agreed([answer.non_trainable for answer in answers]),
        common,
    )


def _agreed(counts: Sequence[int | Unknown]) -> int | Unknown:
    first = counts[0]
    return first if all(count == first for count in counts) else UNKNOWN
