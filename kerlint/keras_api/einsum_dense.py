"""EinsumDense: letters of the equation against the axes of input, weight and output.

Semantics after `keras.src.layers.core.einsum_dense._analyze_split_string` (Keras 3.15): the configured
output shape is taken at its word, free extents included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kerlint.frozen import record
from kerlint.keras_api.dims import as_dim, defined, is_size, show
from kerlint.keras_api.layer_rule import UNKNOWN_WEIGHTS, Config, LayerRule, Variable, Weights, of_one, one
from kerlint.keras_api.lora import require_no_constraint, with_lora
from kerlint.keras_api.shapes import Dim, Shape, ShapeError, UnknownDim
from kerlint.python.values import Value, is_known

_FORMS = {
    "plain": re.compile(r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)"),
    "left": re.compile(r"\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)"),
    "right": re.compile(r"([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\."),
}


@record
class _Einsum:
    """A matched equation: the weight's and output's letters, extents by letter, the full output shape."""

    weight: str
    output: str
    given: dict[str, Dim]
    made: dict[str, Dim]
    shape: Shape
    trailing: int


def _match(equation: str) -> tuple[str, str, str, str]:
    for form, pattern in _FORMS.items():
        found = pattern.match(equation)
        if found:
            return form, found[1], found[2], found[3]
    raise ShapeError(
        f"Invalid einsum equation '{equation}'. Equations must be in the form [X],[Y]->[Z], "
        "...[X],[Y]->...[Z], or [X]...,[Y]->[Z]...."
    )


def _analyse(config: Config, shape: Shape) -> _Einsum | None:
    """The equation against one input shape; None when it is not known. Raises ShapeError."""
    equation, given = config["equation"], config["output_shape"]
    if not isinstance(equation, str) or not (isinstance(given, tuple) or is_size(given)):
        return None
    form, inputs, weight, output = _match(equation)
    elided = len(shape) - len(inputs)
    own = tuple(
        None if item is None else as_dim(item) for item in (given if isinstance(given, tuple) else (given,))
    )
    front = shape[1:elided][::-1] if form == "left" and elided > 0 else ()  # reversed, as Keras does
    back = shape[len(inputs) :] if form != "left" and elided > 0 else ()
    full = (shape[0], *front, *own, *back)
    skip = elided if form == "left" else 0
    if elided < 0 or skip + len(output) > len(full):
        raise ShapeError(f"The equation '{equation}' does not fit input shape {show(shape)}.")
    return _Einsum(
        weight,
        output,
        dict(zip(inputs, shape[skip:], strict=False)),
        dict(zip(output, full[skip:], strict=False)),
        full,
        0 if form == "left" else elided,
    )


def _check(found: _Einsum) -> None:
    for letter, dim in found.given.items():
        other = found.made.get(letter)
        if other is None or other == dim or isinstance(other, UnknownDim) or isinstance(dim, UnknownDim):
            continue
        raise ShapeError(
            f"Input shape and output shape do not match at shared dimension '{letter}'. Input shape is {dim}, "
            f"and output shape is {other}."
        )
    for letter in found.output:
        if letter not in found.given and letter not in found.weight:
            raise ShapeError(
                f"Dimension '{letter}' was specified in the output '{found.output}' but has no corresponding "
                "dim in the input spec or weight spec"
            )
    for letter in found.weight:
        if letter not in found.made and letter not in found.given:
            raise ShapeError(
                f"Weight dimension '{letter}' did not have a match in either the input spec or the output spec "
                f"'{found.output}'. For this layer, the weight must be fully specified."
            )


def _kernel(found: _Einsum) -> Variable:
    extents = (found.made[letter] if letter in found.made else found.given[letter] for letter in found.weight)
    return Variable("kernel", tuple(defined(dim, found.shape) for dim in extents))


def _bias(found: _Einsum, axes: Value) -> tuple[Variable, ...]:
    if axes is None:
        return ()
    for letter in axes:
        if letter not in found.output:
            raise ShapeError(
                f"Bias dimension '{letter}' was requested, but is not part of the output spec '{found.output}'"
            )
    rest = found.output[min(found.output.find(letter) for letter in axes) :]
    extents = (defined(found.made[letter], found.shape) if letter in axes else 1 for letter in rest)
    return (Variable("bias", (*extents, *(1,) * found.trailing)),)


def _shape(config: Config, shape: Shape) -> Shape | None:
    found = _analyse(config, shape)
    if found is None:
        return None
    _check(found)
    _kernel(found)
    if isinstance(config["bias_axes"], str) and config["bias_axes"]:
        _bias(found, config["bias_axes"])
    require_no_constraint(config, "kernel_constraint")
    return found.shape


def _weights(config: Config, shape: Shape) -> Sequence[Variable] | Weights:
    found, axes = _analyse(config, shape), config["bias_axes"]
    if found is None or not is_known(axes):
        return UNKNOWN_WEIGHTS
    _check(found)
    return with_lora(config, (_kernel(found), *_bias(found, axes)))


RULES = {"EinsumDense": LayerRule(shape=one(_shape), weights=of_one(_weights))}
