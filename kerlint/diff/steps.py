"""A model as a chain of steps in one form: nested blocks inlined, fused activations on their own.

The order is that of a walk from the outputs, so that it does not depend on the order of the program's
lines; what feeds no output is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kerlint.diff.activations import activation_of
from kerlint.diff.settings import COMMUTATIVE, Setting, held_dense, settings_of, step_class
from kerlint.diff.values import canonical
from kerlint.keras_api.shapes import Shape
from kerlint.model.facts import Model, Node, Operation, Tensor
from kerlint.python.values import Unknown
from kerlint.summary.rows import name_of

ACTIVATION = "activation"
FUSING = ("conv", "dense")
"""Traits of layers that apply their activation last, to their whole output."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing a model does. `inputs` are indexes of steps; the model's own inputs are -1, -2, ..."""

    cls: str
    operation: Operation
    node: Node | None
    settings: dict[str, Setting]
    inputs: tuple[int, ...]
    shape: Shape | None
    params: int | None
    owner: int | None = None
    """The step whose argument `activation` this one is."""
    activation: Setting | None = None
    """The argument `activation`, where it was made a step of its own."""
    is_open: bool = False
    """Whether it may do something that is not known."""
    key: tuple[Any, ...] = field(default=(), repr=False)
    """What equal steps have in common."""

    @property
    def name(self) -> str:
        """The layer's name, as Keras has it."""
        return name_of(self.operation) or self.operation.cls


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """All steps of a model, and which of them (or which inputs) are its outputs."""

    steps: tuple[Step, ...]
    outputs: tuple[int, ...]
    is_known: bool
    """Whether the model was called, so that there is something to walk along."""


def chain_of(model: Model, *, sorts: bool = False) -> Chain:
    """The steps of a model; with `sorts`, what goes into a sum is put in an order of its own."""
    return _Walk(model, sorts).chain()


class _Walk:
    """One walk through a model's flat graph, from the outputs."""

    def __init__(self, model: Model, sorts: bool) -> None:
        self.model, self.sorts = model, sorts
        self.steps: list[Step] = []
        self.number = {id(tensor): -index - 1 for index, tensor in enumerate(model.flat.inputs)}
        self.digests: dict[int, str] = {}

    def chain(self) -> Chain:
        """All steps."""
        if not self.model.flat.outputs:
            for operation in self.model.layers:
                if operation.cls != "InputLayer":
                    self._add(operation, None, (len(self.steps) - 1,))
            return Chain(tuple(self.steps), (), is_known=False)
        outputs = tuple(self._visit(tensor) for tensor in self.model.flat.outputs)
        return Chain(tuple(self.steps), outputs, is_known=True)

    def _visit(self, tensor: Tensor) -> int:
        """The number of the step that makes a tensor; what it stands on comes first."""
        waiting = [tensor]
        while waiting:
            last = waiting[-1]
            if id(last) in self.number:
                waiting.pop()
            elif last.producer is None:
                self.number[id(last)] = -len(self.number) - 1_000
            else:
                sources = self._sources(last.producer)
                missing = [one for one in sources if id(one) not in self.number]
                if missing:
                    waiting += reversed(missing)
                else:
                    self._make(last.producer)
        return self.number[id(tensor)]

    def _sources(self, node: Node) -> list[Tensor]:
        sources = [*node.inputs, *node.context]
        if self.sorts and step_class(node.operation) in COMMUTATIVE:
            sources.sort(key=self._digest)
        return sources

    def _digest(self, tensor: Tensor) -> str:
        """What a tensor is made of, in a word that does not depend on the order of a sum."""
        known = self.digests.get(id(tensor))
        if known is None:
            node = tensor.producer
            known = str(self.number.get(id(tensor), "")) if node is None else self._node_digest(node)
            self.digests[id(tensor)] = known
        return known

    def _node_digest(self, node: Node) -> str:
        below = [self._digest(tensor) for tensor in node.inputs]
        if step_class(node.operation) in COMMUTATIVE:
            below.sort()
        settings = {name: repr(one.value) for name, one in settings_of(node.operation).items()}
        return str(hash((step_class(node.operation), tuple(settings.items()), tuple(below))))

    def _make(self, node: Node) -> None:
        operation = node.operation
        inputs = tuple(self.number[id(tensor)] for tensor in self._sources(node))
        does_nothing = _is_nothing(operation) and len(node.inputs) == 1
        number = inputs[0] if does_nothing else self._add(operation, node, inputs)
        for index, tensor in enumerate(node.outputs):
            self.number[id(tensor)] = number if index == 0 else -len(self.number) - 1_000_000

    def _add(self, operation: Operation, node: Node | None, inputs: tuple[int, ...]) -> int:
        shape = node.output_shape if node is not None else None
        params = _params(operation)
        is_open = _is_open(operation, node)
        active = activation_of(operation)
        if active is not None:
            settings = {name: _of_activation(operation, name, value) for name, value in active.items()}
            self._put(Step(ACTIVATION, operation, node, settings, inputs, shape, 0, is_open=is_open))
            return len(self.steps) - 1
        settings = settings_of(operation)
        fused = settings.pop("activation", None) if _fuses(operation) else None
        cls = step_class(operation)
        self._put(
            Step(cls, operation, node, settings, inputs, shape, params, activation=fused, is_open=is_open)
        )
        if fused is not None and fused.value != "linear":
            owner = len(self.steps) - 1
            own = {"activation": fused}
            self._put(Step(ACTIVATION, operation, node, own, (owner,), shape, 0, owner=owner))
        return len(self.steps) - 1

    def _put(self, step: Step) -> None:
        key = (step.cls, *sorted((name, repr(one.value)) for name, one in step.settings.items()))
        object.__setattr__(step, "key", key)
        self.steps.append(step)


def _fuses(operation: Operation) -> bool:
    """Whether its argument `activation` is applied last, to the whole output."""
    return operation.has(*FUSING) or held_dense(operation) is not None


def _is_nothing(operation: Operation) -> bool:
    """Whether it hands on what it gets."""
    if operation.kind == "layer" and operation.cls in ("Identity", "InputLayer"):
        return True
    if operation.kind == "layer" and operation.cls == "Dropout":
        return canonical(operation.value("rate")) in (0, 0.0)
    return activation_of(operation) == {"activation": "linear"}


def _is_open(operation: Operation, node: Node | None) -> bool:
    if operation.kind in ("opaque", "custom", "model") or operation.has("lambda"):
        return True
    if node is not None and (node.opaque_inputs or node.repeated):
        return True
    return operation.site is None or not operation.site.exact


def _params(operation: Operation) -> int | None:
    if operation.kind == "operation":
        return 0
    count = operation.params
    return None if isinstance(count, Unknown) else count


def _of_activation(operation: Operation, name: str, value: Any) -> Setting:
    """The setting of a step that only activates; the class or function itself names the activation."""
    found = operation.site.arguments.get(name) if operation.site is not None else None
    if found is None:
        return Setting(value, "written", operation.place)
    return Setting(value, str(found.origin), found.place)
