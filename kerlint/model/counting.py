"""Parameters: of a layer as its first call built it, of a model as the sum of its layers, each once."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import TYPE_CHECKING

from kerlint.keras_api import behaviour
from kerlint.keras_api.layer_rule import Weights
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.model.calls import rivals
from kerlint.model.layers import BASE_LAYERS
from kerlint.model.members import members_of
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState
from kerlint.python.attributes import find_in_class
from kerlint.python.values import UNKNOWN, ClassValue, FunctionValue, Instance, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain

NOTHING_KNOWN = Weights(UNKNOWN, UNKNOWN)
_Count = int | Unknown


def weights_of(domain: KerasDomain, state: LayerState, known: _Known | None = None) -> Weights:
    """What `count_params()` would add up, and what of it trains; unknown where any part of it is.

    `known` counts the layers below, where someone keeps the counts.
    """
    if _is_plain(state) and not state.uncounted:
        made = _own(state)
    else:
        parts = _parts(domain, state, set(), 0, known)
        if parts is None:
            return NOTHING_KNOWN
        made = _together(parts)
    return made if state.trainable is True else _frozen(made, state.trainable)


_Known = Callable[[LayerState], Weights]


def _is_plain(state: LayerState) -> bool:
    """Whether it is a layer of the library, with nothing of the user's in it."""
    return not state.is_custom and not isinstance(state, ModelState)


def _frozen(weights: Weights, trainable: Value) -> Weights:
    """Nothing below a frozen model trains, whatever its layers say (`Layer.trainable_variables`)."""
    total = weights.total
    if isinstance(trainable, Unknown):
        return Weights(UNKNOWN, UNKNOWN, weights.shapes, None if isinstance(total, Unknown) else total)
    return Weights(0, total, weights.shapes)


def _together(parts: list[Weights]) -> Weights:
    total = _sum([part.total for part in parts])
    return Weights(
        _sum([part.trainable for part in parts]),
        _sum([part.non_trainable for part in parts]),
        tuple([shape for part in parts for shape in part.shapes]),
        None if isinstance(total, Unknown) else total,
    )


def _sum(counts: list[_Count]) -> _Count:
    known = [count for count in counts if isinstance(count, int)]
    return sum(known) if len(known) == len(counts) else UNKNOWN


def _parts(
    domain: KerasDomain, state: LayerState, seen: set[int], depth: int, known: _Known | None
) -> list[Weights] | None:
    """The weights of every layer below, each object once; None where there may be unseen ones."""
    if state.serial in seen:
        return []
    seen.add(state.serial)
    if state.uncounted:
        return None
    if isinstance(state, ModelState) and state.kind == "application":
        return _of_application(state)
    children = _children(domain, state)
    if children is None:
        return None
    if depth == 40 and children:
        return None
    found = [_of_user(state)] if state.is_custom else []
    followed = _is_followed(state)
    for child in children:
        if not _is_plain(child):
            below = _parts(domain, child, seen, depth + 1, known)
            if below is None:
                return None
            found += below
        elif child.serial not in seen:
            if child.uncounted:
                return None
            seen.add(child.serial)
            found.append(_of_plain(child, followed, known))
    return found


def _of_plain(state: LayerState, followed: bool, known: _Known | None) -> Weights:
    """The weights of a layer of the library as a part.

    `followed` says that every call of the layer was seen: it has no weights if there was none.
    """
    if known is not None and state.trainable is True and state.calls and state.calls[0].builds:
        return known(state)
    return _own(state, followed=followed)


def _of_application(state: ModelState) -> list[Weights] | None:
    facts = state.application
    if facts is None:
        return None
    made = Weights(facts.trainable, facts.non_trainable)
    split_is_open = facts.is_opened or isinstance(state.trainable, Unknown)
    if split_is_open or state.trainable is False:
        made = _frozen(made, Unknown("layers inside") if split_is_open else False)
    return [made]


def _children(domain: KerasDomain, state: LayerState) -> list[LayerState] | None:
    held = members_of(domain, state)
    if held is None:
        return None
    known = [
        value.native for value in held if isinstance(value, Instance) and isinstance(value.native, LayerState)
    ]
    return known if len(known) == len(held) else None


def _is_followed(state: LayerState) -> bool:
    """Whether everything that the `call` of a user's layer or model does is known."""
    return bool(state.calls) and all(_is_clear(node) for node in state.calls)


def _is_clear(node: NodeState) -> bool:
    if isinstance(node.layer, OperationState):
        return not node.layer.opaque
    if not node.layer.is_custom:
        return True
    return node.inner is not None and all(_is_clear(inner) for inner in node.inner.nodes)


def _own(state: LayerState, *, followed: bool = False) -> Weights:
    """A library layer's weights on the shapes that it was built with, or of its first call."""
    if state.built_with and not state.may_be_unbuilt:
        return _built_on(state, state.built_with)
    if len(state.calls) == 1 and state.calls[0].builds and not state.built_with:
        return _built_on(state, tuple([one.keras_shape for one in state.calls[0].inputs]))
    found = _built_by_call(state, followed=followed)
    if state.built_with and _built_on(state, state.built_with) != found:
        return NOTHING_KNOWN
    return found


def _built_by_call(state: LayerState, *, followed: bool) -> Weights:
    """The weights that the first call makes, where nobody said `build` before."""
    built = next((node for node in state.calls if node.builds), None)
    if built is None and followed:
        return Weights()
    found = _built_by(state, built)
    others = [] if built is None else rivals(state.calls, built)
    if any(_built_by(state, node).shapes != found.shapes for node in others):
        return NOTHING_KNOWN
    return found if built is not None or found.total == 0 else NOTHING_KNOWN


def _built_by(state: LayerState, node: NodeState | None) -> Weights:
    """The weights that a call of a library layer would build."""
    return _built_on(state, (None,) if node is None else tuple([one.keras_shape for one in node.inputs]))


def _built_on(state: LayerState, shapes: tuple[Shape | None, ...]) -> Weights:
    try:
        return behaviour.weights_now(state.symbol, state.config, shapes, state.trainable)
    except ShapeError:
        return NOTHING_KNOWN


def _of_user(state: LayerState) -> Weights:
    """What a user's layer made by `add_weight`, and what its library base made of itself."""
    if not isinstance(state, ModelState) and not state.calls:
        return NOTHING_KNOWN
    trains = state.trainable
    counts = [(_size(weight.shape), weight.trainable) for weight in state.weights]
    own = Weights(
        _sum([size for size, trainable in counts if trainable and trains is True]),
        _sum([size for size, trainable in counts if not (trainable and trains is True)]),
        tuple((weight.name, weight.shape) for weight in state.weights if weight.shape is not None),
    )
    if isinstance(trains, Unknown) and counts:
        return NOTHING_KNOWN
    if isinstance(state, ModelState) or state.symbol in BASE_LAYERS:
        return own
    return _together([own, _own(state)]) if _is_built_by_the_library(state) else NOTHING_KNOWN


def _is_built_by_the_library(state: LayerState) -> bool:
    cls: Value = state.instance.cls if state.instance is not None else None
    return isinstance(cls, ClassValue) and not isinstance(find_in_class(cls, "build"), FunctionValue)


def _size(shape: Shape | None) -> _Count:
    if shape is None:
        return UNKNOWN
    sizes = [dim for dim in shape if isinstance(dim, int)]
    return prod(sizes) if len(sizes) == len(shape) else UNKNOWN
