"""`tf.GradientTape`: what it recorded, and the gradients that are asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.traits import traits
from kerlint.model.acts import Deed
from kerlint.model.deeds import note
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue, Variables
from kerlint.python.values import Instance, Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments


class TapeState:
    """A tape: the stretch of the program that it recorded last, and where its gradient was asked first."""

    __slots__ = ("asked", "began", "ended", "site")

    def __init__(self, site: CallSite) -> None:
        self.site = site
        self.began = 0
        self.ended: int | None = None
        self.asked: list[tuple[Place, tuple[tuple[int, int], ...]]] = []

    def open(self) -> None:
        """Recording begins."""
        self.began, self.ended, self.asked = next_serial(), None, []

    def close(self) -> None:
        """Recording ends."""
        self.ended = next_serial()

    def has_recorded(self, node: NodeState) -> bool:
        """Whether an application happened while it recorded."""
        return self.began < node.index and (self.ended is None or node.index < self.ended)


class Gradients(Variables):
    """What `tape.gradient` gives for some variables."""

    __slots__ = ()


def tape_of(manager: Value) -> TapeState | None:
    """The tape that a context manager is."""
    native = manager.native if isinstance(manager, Instance) else None
    return native if isinstance(native, TapeState) else None


def gradient(domain: KerasDomain, tape: TapeState, arguments: Arguments, place: Place) -> Value:
    """`tape.gradient(loss, variables)`."""
    target = arguments.get(0, "target")
    sources = arguments.get(1, "sources")
    from kerlint.model.trainings import owned

    problem = _problem(domain, tape, target, sources, place)
    trained = owned(domain, sources) if isinstance(sources, Variables) else None
    note(domain, Deed.GRADIENT, problem, place, site=tape.site, variables=trained)
    tape.asked.append((place, domain.interpreter.path))
    if not isinstance(sources, Variables):
        return Unknown("gradients")
    return Gradients(sources.owners, certain=sources.certain, trainable_only=sources.trainable_only)


def _problem(domain: KerasDomain, tape: TapeState, target: Value, sources: Value, place: Place) -> str:
    """What is certainly wrong with a gradient, in a word."""
    if tape.ended is None or not tape.site.exact:
        return ""
    persistent = tape.site.arguments.get("persistent") or tape.site.arguments.get("0")
    is_single = persistent is None or persistent.value is False
    if is_single and any(path == domain.interpreter.path for _, path in tape.asked):
        return "again"
    if isinstance(target, TensorValue) and isinstance(sources, Variables):
        return "outside" if _is_outside(tape, target) else ""
    return ""


def _is_outside(tape: TapeState, target: TensorValue) -> bool:
    """Whether all layers with weights that a tensor went through were called before the tape recorded."""
    layers: list[NodeState] = []
    front, seen = [target], set()
    while front:
        node = front.pop().producer
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.layer, OperationState):
            if node.layer.opaque and not node.layer.symbol.startswith("keras.losses."):
                return False
        elif _has_weights(node.layer):
            layers.append(node)
        front += node.edges
    return bool(layers) and not any(tape.has_recorded(node) for node in layers)


def _has_weights(layer: LayerState) -> bool:
    return isinstance(layer, ModelState) or layer.is_custom or "weighted" in traits(layer.symbol)


class Swapped(Gradients):
    """`zip(variables, gradients)`, the wrong way round."""

    __slots__ = ()


def swapped(values: list[Value]) -> Swapped | None:
    """What `zip` makes of variables followed by their gradients; None for anything else."""
    if len(values) != 2 or type(values[0]) is not Variables or not isinstance(values[1], Gradients):
        return None
    known = values[0]
    return Swapped(known.owners, certain=known.certain, trainable_only=known.trainable_only)
