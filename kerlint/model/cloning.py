"""Copies of models: the same layers under the same names, with weights and identities of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.model.applications import another_model
from kerlint.model.apply import ancestors, apply_operation, call_layer
from kerlint.model.members import is_followed
from kerlint.model.sequential import input_tensor, is_input, rebuilt
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue
from kerlint.model.structure import mapped, mapped_arguments, tensors_in
from kerlint.python.values import Instance, Symbol, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place


def cloned(domain: KerasDomain, model: Value, place: Place, *, exactly: bool) -> Instance:
    """A model made again; opaque where a user's class is in it.

    `copy.deepcopy` copies `exactly`; `clone_model` of Keras 3 names inputs after a count of all tensors.
    """
    state = model.native if isinstance(model, Instance) else None
    keep_names = exactly or domain.target == "keras2"
    made = _Cloning(domain, place, keep_names).model(state) if isinstance(state, ModelState) else None
    if made is None:
        cls = state.cls if isinstance(state, ModelState) else "Model"
        made = another_model(domain, "keras.Model", cls, place)
    assert made.instance is not None
    return made.instance


class _Cloning:
    """One copy in the making: each layer becomes one layer, however often it is called."""

    def __init__(self, domain: KerasDomain, place: Place, keep_names: bool) -> None:
        self.domain = domain
        self.keep_names = keep_names
        self.place = place
        self.layers: dict[int, LayerState] = {}

    def model(self, state: ModelState) -> ModelState | None:
        """The copy of a model; None when it cannot be followed."""
        if state.uncertain or len(state.variants) > 1 or state.is_custom or state.kind not in _KINDS:
            return None
        made = ModelState(state.kind, state.symbol, state.cls, self.place, self.domain.interpreter.path)
        loops = self.domain.interpreter.loops
        made.repeated, made.loops = bool(loops), tuple(loops)
        made.site, made.name, made.trainable = state.site, state.name, state.trainable
        made.instance = Instance(Symbol(state.symbol), made)
        filled = self._fill(state, made) if state.kind == "sequential" else self._connect(state, made)
        if not filled:
            return None
        self.domain.models.append(made.instance)
        return made

    def _fill(self, state: ModelState, made: ModelState) -> bool:
        for item in state.variants[0]:
            copy = item if isinstance(item, TensorValue) else self._layer_value(item)
            if copy is None:
                return False
            made.variants[0].append(copy)
        made.given = state.given
        if made.variants[0]:
            rebuilt(self.domain, made)
        return True

    def _connect(self, state: ModelState, made: ModelState) -> bool:
        nodes = ancestors(state.outputs, state.inputs)
        if not is_followed(nodes, state.loops):
            return False
        known = {id(tensor): self._input(tensor) for tensor in state.inputs}

        def change(tensor: TensorValue) -> TensorValue:
            return known.get(id(tensor), tensor)

        for node in nodes:
            if node.edges and not self._apply(node, known):
                return False
        made.inputs = tuple(change(tensor) for tensor in state.inputs)
        made.outputs = tuple(change(tensor) for tensor in state.outputs)
        made.entry, made.structure = mapped(state.entry, change), mapped(state.structure, change)
        return True

    def _input(self, tensor: TensorValue) -> TensorValue:
        producer = tensor.producer.layer if tensor.producer is not None else None
        site = producer.site if isinstance(producer, LayerState) else None
        name = producer.name if isinstance(producer, LayerState) else None
        if not self.keep_names and not (site is not None and isinstance(site.value("name"), str)):
            name = None
        return input_tensor(self.domain, tensor.keras_shape, name, self.place, site)

    def _apply(self, node: NodeState, known: dict[int, TensorValue]) -> bool:
        """Make one node again; False where it cannot be."""
        if node.arguments is None or node.place is None:
            return False
        arguments = mapped_arguments(node.arguments, lambda tensor: known.get(id(tensor), tensor))
        if isinstance(node.layer, OperationState):
            result = apply_operation(self.domain, node.layer.symbol, arguments, node.place)
        else:
            copy = self._layer(node.layer)
            if copy is None or copy.instance is None:
                return False
            result = call_layer(self.domain, copy.instance, arguments, node.place)
        outputs = tuple(tensors_in(result))
        if len(outputs) != len(node.outputs):
            return False
        known.update({id(old): new for old, new in zip(node.outputs, outputs, strict=True)})
        return True

    def _layer_value(self, item: Value) -> Value:
        if not isinstance(item, Instance) or not isinstance(item.native, LayerState):
            return None
        if is_input(item):
            return item
        copy = self._layer(item.native)
        return None if copy is None else copy.instance

    def _layer(self, state: LayerState) -> LayerState | None:
        known = self.layers.get(state.serial)
        if known is not None:
            return known
        made: LayerState | None
        if isinstance(state, ModelState):
            made = self.model(state)
        elif state.is_custom or state.instance is None:
            made = None
        else:
            made = self._plain(state)
        if made is not None:
            self.layers[state.serial] = made
        return made

    def _plain(self, state: LayerState) -> LayerState:
        """A layer of the library again, under its name."""
        assert state.instance is not None
        made = LayerState(state.symbol, state.cls, state.place)
        made.site, made.config, made.name = state.site, dict(state.config), state.name
        made.trainable, made.variable = state.trainable, state.variable
        made.instance = Instance(state.instance.cls, made)
        self.domain.layers.append(made.instance)
        return made


_KINDS = ("sequential", "functional")
