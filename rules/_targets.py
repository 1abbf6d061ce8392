"""What a loss makes of targets whose shape, encoding or classes are not those of the output.

Asked of Keras 3.15: a missing or superfluous last axis of one is put right; crossentropies then want equal
shapes, the sparse one a target without the axis of the classes; all other losses broadcast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.keras_api.shapes import Dim, Shape, UnknownDim
from kerlint.model.compiles import Compiled, Pair
from kerlint.model.data_facts import ArrayFact, Data
from kerlint.model.facts import Program
from kerlint.model.losses import BINARY, CATEGORICAL, REGRESSION
from kerlint.model.questions import once_a_program

from ._fits import Fed, compiled_for, fed, single
from ._shapes import conformed, differs

SPARSE = "sparse_categorical_crossentropy"
ONE_HOT = CATEGORICAL - {SPARSE}
"""Crossentropies whose targets have one place a class."""
SAME_SHAPE = BINARY | ONE_HOT
BROADCASTING = REGRESSION | {
    "kl_divergence",
    "poisson",
    "hinge",
    "squared_hinge",
    "categorical_hinge",
    "cosine_similarity",
}


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One output with the targets that it is trained or judged on."""

    fed: Fed
    compiled: Compiled
    pair: Pair
    fact: ArrayFact

    @property
    def output(self) -> Shape | None:
        """The shape of the output."""
        return self.pair.head.output.shape

    @property
    def units(self) -> Dim:
        """The extent of its last axis."""
        return self.pair.head.units

    @property
    def loss(self) -> str | None:
        """The word of its loss."""
        return None if self.pair.loss is None else self.pair.loss.word


@once_a_program
def targets(program: Program) -> Iterator[Target]:
    """Every output whose targets are an array, with its loss."""
    for one in fed(program):
        if one.event.kind == "predict" or not one.is_batched:
            continue
        compiled = compiled_for(program, one)
        if compiled is None or not compiled.is_certain:
            continue
        for pair, fact in _facts(compiled, one.y):
            yield Target(one, compiled, pair, fact)


def _facts(compiled: Compiled, y: Data) -> Iterator[tuple[Pair, ArrayFact]]:
    only = single(y)
    if len(compiled.pairs) == 1 and only is not None:
        yield compiled.pairs[0], only
    elif len(compiled.pairs) > 1 and isinstance(y, tuple) and len(y) == len(compiled.pairs):
        for pair, data in zip(compiled.pairs, y, strict=True):
            if isinstance(data, ArrayFact):
                yield pair, data


def is_unknown(dim: Dim) -> bool:
    """Whether nothing is known of an extent."""
    return isinstance(dim, UnknownDim)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`encoding`, `count` or `shape`; `silent` when Keras broadcasts instead of raising."""

    kind: str
    silent: bool = False


def judge(target: Target) -> Verdict | None:
    """How targets do not go with their output; None when they do, or may."""
    shape, output, loss = target.fact.shape, target.output, target.loss
    if shape is None or output is None or loss is None or len(output) < 2:
        return None
    if loss == SPARSE:
        return _sparse(shape, output)
    if loss in SAME_SHAPE:
        return _same(shape, output, loss, is_binary=loss not in ONE_HOT)
    return _broadcast(shape, output) if loss in BROADCASTING else None


def _sparse(shape: Shape, output: Shape) -> Verdict | None:
    codes = shape[:-1] if len(shape) == len(output) and shape[-1] == 1 else shape
    if len(codes) == len(output):
        unknown = is_unknown(shape[-1])
        return None if unknown and len(shape) != 2 else Verdict("encoding") if not unknown else None
    if len(codes) != len(output) - 1:
        return Verdict("shape")
    return Verdict("shape") if _any_differs(codes, output[:-1]) else None


def _same(shape: Shape, output: Shape, loss: str, *, is_binary: bool) -> Verdict | None:
    if is_unknown(output[-1]):
        return None
    is_code = len(shape) == len(output) - 1 or (len(shape) == len(output) and shape[-1] == 1)
    if is_code and output[-1] != 1:
        return Verdict("shape" if len(output) > 2 and is_binary else "encoding")
    fitted = conformed(shape, output)
    if fitted is None:
        unknown = any(is_unknown(dim) for dim in (shape[-1], output[-1]))
        return None if unknown and abs(len(shape) - len(output)) == 1 else Verdict("shape")
    if _any_differs(fitted[:-1], output[:-1]):
        return Verdict("shape")
    if not differs(fitted[-1], output[-1]):
        return None
    if output[-1] == 1:
        return Verdict(
            "encoding" if is_binary and len(output) == 2 else "count" if not is_binary else "shape"
        )
    return Verdict("count" if not is_binary else "shape")


def _broadcast(shape: Shape, output: Shape) -> Verdict | None:
    if any(is_unknown(dim) for dim in (*shape[1:], *output[1:])):
        return None
    fitted = conformed(shape, output)
    if fitted is not None and len(fitted) == len(output):
        pairs = [
            (one, other) for one, other in zip(fitted[1:], output[1:], strict=True) if differs(one, other)
        ]
        if not pairs:
            return None
        return Verdict("shape", silent=all(1 in pair for pair in pairs))
    return Verdict("shape", silent=_meets(shape, output))


def _meets(shape: Shape, output: Shape) -> bool:
    """Whether shapes of other ranks broadcast whatever the number of samples is."""
    left, right = _open(shape), _open(output)
    return all(one == other or 1 in (one, other) for one, other in zip(left[::-1], right[::-1], strict=False))


def _open(shape: Shape) -> tuple[Dim, ...]:
    """The shape with its samples as an extent that equals no other."""
    return (None, *shape[1:])


def _any_differs(left: Shape, right: Shape) -> bool:
    return any(differs(one, other) for one, other in zip(left[1:], right[1:], strict=True))
