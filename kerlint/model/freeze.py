"""From the states of an evaluation to the frozen facts that rules read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import plain_shape
from kerlint.keras_api.layer_rule import Weights
from kerlint.keras_api.settled import Settled
from kerlint.keras_api.traits import traits
from kerlint.model.absent import absent_names
from kerlint.model.acts import Act
from kerlint.model.apply import ancestors, call_layer
from kerlint.model.attribute_uses import shape_methods
from kerlint.model.calls import is_settled_call, last_shapes
from kerlint.model.class_facts import class_facts
from kerlint.model.counting import weights_of
from kerlint.model.deeds import Note
from kerlint.model.facts import Graph, LibraryObject, Model, Node, Operation, Program, Tensor, Training
from kerlint.model.fits import frozen_fit
from kerlint.model.fragments import fragments
from kerlint.model.listing import MakesOperation, listing_of
from kerlint.model.members import children_of, is_followed, is_settled
from kerlint.model.operation_traits import operation_traits
from kerlint.model.order import Layer, layers_in_order
from kerlint.model.roots import evaluate_root
from kerlint.model.script_reading import script_of
from kerlint.model.sequential import is_input, sequential_graph
from kerlint.model.states import LayerState, ModelState, NodeState, ObjectState, OperationState, TensorValue
from kerlint.model.suppositions import facts_of, suppositions_of
from kerlint.model.trainings import Event
from kerlint.python.arguments import Arguments
from kerlint.python.values import Instance, Path, Unknown

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.source import Source


class Freezer:
    """Makes facts of one domain's states; each layer becomes one Operation."""

    def __init__(self, domain: KerasDomain) -> None:
        self.domain = domain
        self._operations = _Operations(self._made)
        self.operation: MakesOperation = self._operations.__getitem__
        """The fact for a layer or a bare operation."""
        self._objects: dict[int, LibraryObject] = {}
        self._counts: dict[LayerState, Weights] = {}
        self._owned: set[int] = set()
        """Nodes that are in some model, by id."""

    def program(self, source: Source) -> Program:
        """All facts of the file."""
        domain = self.domain
        models = [model for instance in list(domain.models) for model in self.models_of(instance)]
        pieces = [self._fragment(nodes) for nodes in fragments(domain.nodes, self._owned)]
        objects = tuple(self._object(instance) for instance in domain.objects)
        known = {made.identity: made for made in objects}
        return Program(
            filename=source.filename,
            target=domain.target,
            is_notebook=source.is_notebook,
            fits=tuple(frozen_fit(fit, known, _label_of(fit.model), domain.target) for fit in domain.fits),
            seeds=tuple(domain.seeds),
            generator_reads=tuple(domain.generator_reads),
            script=script_of(source),
            models=tuple(models),
            fragments=tuple(pieces),
            trainings=tuple(self._training(event) for event in domain.events),
            objects=objects,
            calls=tuple(domain.sites),
            operations=tuple(
                self.operation(instance.native)
                for instance in domain.layers
                if isinstance(instance.native, LayerState)
            ),
            acts=tuple(self._act(note) for note in domain.notes),
            classes=class_facts(domain.classes, domain.made, domain.target),
            refusals=domain.refusals.told(),
            pipelines=tuple(domain.pipelines),
            adapted=frozenset(domain.adapted | domain.handed.serials),
            absent_names=absent_names(source) if domain.target == "keras3" else (),
            attribute_uses=(*domain.attribute_uses, *shape_methods(source)),
            savings=tuple(domain.savings),
            syntax_problems=source.problems,
            supposed=facts_of(domain.interpreter.suppositions.ever),
            leaning_calls=frozenset(domain.leaning_calls),
            gave_up=tuple(domain.interpreter.gave_up),
        )

    def _weights(self, state: LayerState) -> Weights:
        if state not in self._counts:
            self._counts[state] = weights_of(self.domain, state, self._weights)
        return self._counts[state]

    def without_models(self, source: Source) -> Program:
        """The calls alone, where models cannot be made facts of."""
        domain = self.domain
        return Program(
            filename=source.filename,
            target=domain.target,
            is_notebook=source.is_notebook,
            calls=tuple(domain.sites),
            syntax_problems=source.problems,
            gave_up=tuple(domain.interpreter.gave_up),
        )

    # Objects and operations

    def _made(self, layer: Layer) -> Operation:
        return self._bare(layer) if isinstance(layer, OperationState) else self._layer(layer)

    def _act(self, note: Note) -> Act:
        """An act, with the fact of its layer."""
        return note.act if note.layer is None else replace(note.act, operation=self.operation(note.layer))

    def _bare(self, state: OperationState) -> Operation:
        return Operation(
            identity=state.serial,
            kind="opaque" if state.opaque else "operation",
            cls=state.symbol,
            symbol=state.symbol,
            name=state.name,
            site=state.site,
            place=state.place,
            traits=frozenset() if state.opaque else operation_traits(state.symbol),
        )

    def _layer(self, state: LayerState) -> Operation:
        is_model = isinstance(state, ModelState)
        return Operation(
            identity=state.serial,
            kind="model" if is_model else "custom" if state.is_custom else "layer",
            cls=state.cls,
            symbol=state.symbol,
            name=state.name,
            site=state.site,
            place=state.place,
            traits=frozenset() if is_model or state.is_custom else traits(state.symbol),
            config=state.config if type(state.config) is Settled else dict(state.config),
            weigh=partial(self._weights, state),
            outputs=tuple(map(plain_shape, last_shapes(state))),
            trainable=state.trainable if isinstance(state.trainable, bool) else Unknown("trainable"),
            variable=state.variable,
        )

    def _object(self, instance: Instance) -> LibraryObject:
        state = instance.native
        assert isinstance(state, ObjectState)
        known = self._objects.get(id(state))
        if known is None:
            known = LibraryObject(
                identity=state.serial,
                symbol=state.symbol,
                category=state.category,
                site=state.site,
                variable=state.variable,
                built_for=state.built_for,
                repeated=state.repeated,
                supposed=facts_of(self.domain.interpreter.suppositions.at(state.serial)),
            )
            self._objects[id(state)] = known
        return known

    def _training(self, event: Event) -> Training:
        optimizer = event.optimizer
        is_object = isinstance(optimizer, Instance) and isinstance(optimizer.native, ObjectState)
        return Training(
            kind=event.kind,
            order=event.order,
            model=event.model.serial if event.model is not None else None,
            model_label=self._label(event),
            site=event.site,
            optimizer=self._object(optimizer) if is_object else None,
            variables=event.variables,
            path=event.path,
            repeated=event.repeated,
            function=event.function,
            data=event.data,
            looped=event.looped,
            supposed=facts_of(self.domain.interpreter.suppositions.at(event.order)),
        )

    def _label(self, event: Event) -> str | None:
        if event.model is None:
            return None
        return event.model.variable or event.label or event.model.name or event.model.cls

    # Models

    def models_of(self, instance: Instance) -> list[Model]:
        """The facts of one model object: one for each form that it has on some path."""
        state = instance.native
        assert isinstance(state, ModelState)
        if state.kind == "sequential":
            return [self._sequential(state, index) for index in range(len(state.variants))]
        if state.kind == "functional":
            return [self._functional(state)]
        if state.kind == "subclassed":
            return [self._subclassed(instance, state)]
        return [self._opaque(state)]

    def _sequential(self, state: ModelState, index: int) -> Model:
        made = sequential_graph(self.domain, state, state.variants[index])
        layers = tuple(
            self.operation(layer.native)
            for layer in state.variants[index]
            if isinstance(layer, Instance) and isinstance(layer.native, LayerState) and not is_input(layer)
        )
        complete = made.complete and not state.uncertain
        path = state.paths[index]
        return self._model(state, made.nodes, made.inputs, made.outputs, layers, complete, path=path)

    def _functional(self, state: ModelState) -> Model:
        nodes = ancestors(state.outputs, state.inputs)
        layers = tuple([self.operation(layer) for layer in layers_in_order(state)])
        complete = not state.uncertain and is_settled(state, nodes)
        return self._model(state, nodes, state.inputs, state.outputs, layers, complete)

    def _subclassed(self, instance: Instance, state: ModelState) -> Model:
        traced = [node for node in state.calls if node.inner is not None]
        if not traced and not state.calls:
            self._trace(instance, state)
            traced = [node for node in state.calls if node.inner is not None]
        children = children_of(instance)
        layers = tuple(
            self.operation(child.native)
            for child in children or ()
            if isinstance(child, Instance) and isinstance(child.native, LayerState)
        )
        if not traced:
            return self._model(state, [], (), (), layers, False, traced=False)
        call = next((node for node in traced if is_settled_call(node)), traced[0])
        trace = call.inner
        assert trace is not None
        complete = children is not None and not state.uncertain
        return self._model(
            state, trace.nodes, trace.inputs, trace.outputs, layers, complete, around=call.loop
        )

    def _trace(self, instance: Instance, state: ModelState) -> None:
        """Follow the `call` of a model that the program does not call, within the budget of a root."""
        domain = self.domain
        domain.interpreter.trail.touch(state)
        given = Arguments.of(TensorValue(None))
        run = partial(call_layer, domain, instance, given, state.place)
        evaluate_root(domain.interpreter, domain, state.place, run)

    def _opaque(self, state: ModelState) -> Model:
        return self._model(state, [], (), (), (), False, traced=False)

    def _model(
        self,
        state: ModelState,
        nodes: list[NodeState],
        inputs: tuple[TensorValue, ...],
        outputs: tuple[TensorValue, ...],
        layers: tuple[Operation, ...],
        complete: bool,
        *,
        traced: bool = True,
        path: Path | None = None,
        around: int = 0,
    ) -> Model:
        self._owned.update(map(id, nodes))
        self._owned.update(map(id, state.calls))
        self._owned.update(id(tensor.producer) for tensor in inputs)
        flat = sorted(_flattened(nodes), key=attrgetter("index"))
        applied = nodes if flat == nodes else [*nodes, *flat]
        inside = [self.operation(node.layer).identity for node in applied]
        own = (state.serial, *[layer.identity for layer in layers], *[node.layer.serial for node in flat])
        known = is_followed(nodes, (*state.loops, around))
        return Model(
            identity=state.serial,
            kind=state.kind,
            cls=state.cls,
            name=state.name,
            variable=state.variable,
            place=state.place,
            layers=layers,
            draw=cache(partial(self._graphs, nodes, inputs, outputs, around)),
            complete=complete and known and not any(node.is_inside for node in nodes),
            connected=complete and known,
            input_shapes=tuple([tensor.keras_shape for tensor in inputs]),
            output_shapes=tuple([tensor.keras_shape for tensor in outputs]),
            builder=state.builder,
            path=state.path if path is None else path,
            traced=traced,
            repeated=state.repeated,
            weigh=partial(self._weights, state),
            listing=partial(listing_of, state, nodes, layers, self.operation),
            supposed=suppositions_of(self.domain, state, layers, nodes, inside),
            takers=self.domain.handed.takers(own),
        )

    def _graphs(
        self,
        nodes: list[NodeState],
        inputs: tuple[TensorValue, ...],
        outputs: tuple[TensorValue, ...],
        around: int,
    ) -> tuple[Graph, Graph]:
        """The graph of a model, and the one in which what is nested or traced is replaced by its inside."""
        graph = self._graph(nodes, inputs, outputs, around=around)
        if _is_flat(nodes, (*inputs, *outputs)):
            return graph, graph
        return graph, self._graph(_flattened(nodes), inputs, outputs, flat=True, around=around)

    def _fragment(self, nodes: list[NodeState]) -> Graph:
        """Applications that belong to no model: what is given on or returned is an output."""
        flat = _flattened(nodes)
        used = {id(_resolved(tensor)) for node in flat for tensor in node.inputs}
        tails = tuple(tensor for node in flat for tensor in node.outputs if id(tensor) not in used)
        return self._graph(flat, (), tails, flat=True)

    def _graph(
        self,
        nodes: list[NodeState],
        inputs: tuple[TensorValue, ...],
        outputs: tuple[TensorValue, ...],
        *,
        flat: bool = False,
        around: int = 0,
    ) -> Graph:
        """`around` is the loop in which all of it happens: what it repeats is the whole."""
        tensors: dict[TensorValue, Tensor] = {}

        def tensor_of(value: TensorValue) -> Tensor:
            value = _resolved(value) if flat else value
            if value not in tensors:
                tensors[value] = Tensor(plain_shape(value.keras_shape))
            return tensors[value]

        made = []
        for state in sorted(nodes, key=attrgetter("index")):
            has_context = state.edges != state.inputs
            node = Node(
                operation=self.operation(state.layer),
                inputs=tuple([tensor_of(tensor) for tensor in state.inputs]),
                outputs=(),
                place=state.place,
                index=state.index,
                opaque_inputs=state.opaque_inputs,
                repeated=state.loop not in (0, around),
                context=tuple([tensor_of(tensor) for tensor in state.edges if _is_context(tensor, state)])
                if has_context
                else (),
                error=state.error,
                training=state.training,
            )
            given = tuple([Tensor(plain_shape(tensor.keras_shape), node) for tensor in state.outputs])
            object.__setattr__(node, "outputs", given)
            for value, tensor in zip(state.outputs, given, strict=True):
                tensors[value] = tensor
            made.append(node)
        return Graph(
            tuple(made),
            tuple(tensor_of(tensor) for tensor in inputs),
            tuple(tensor_of(tensor) for tensor in outputs),
        )


class _Operations(dict[Layer, Operation]):
    """The facts for layers and bare operations, each made when it is asked for first."""

    def __init__(self, make: MakesOperation) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, layer: Layer) -> Operation:
        made = self[layer] = self._make(layer)
        return made


def _label_of(state: ModelState) -> str:
    return state.variable or state.name or state.cls


def _is_context(tensor: TensorValue, node: NodeState) -> bool:
    """Whether a tensor goes in beside the data; masks that Keras makes itself do not count."""
    if tensor in node.inputs:
        return False
    return tensor.producer is None or not tensor.producer.is_hidden


def _resolved(tensor: TensorValue) -> TensorValue:
    """The tensor of the flat graph that a tensor at the border of a traced call stands for."""
    while True:
        if tensor.inner is not None:
            tensor = tensor.inner
        elif tensor.outer is not None:
            tensor = tensor.outer
        else:
            return tensor


def _is_flat(nodes: list[NodeState], ends: tuple[TensorValue, ...]) -> bool:
    """Whether nothing among the nodes was traced, so that the flat graph is the graph itself."""
    if any(node.inner is not None for node in nodes):
        return False
    given = [node.inputs for node in nodes]
    given += [node.edges for node in nodes if node.edges is not node.inputs]
    tensors = chain(ends, *given)
    return not any(tensor.inner is not None or tensor.outer is not None for tensor in tensors)


def _flattened(nodes: list[NodeState]) -> list[NodeState]:
    """The nodes with traced calls replaced by what is inside them."""
    found: list[NodeState] = []
    for node in nodes:
        if node.inner is not None:
            found += _flattened(node.inner.nodes)
        else:
            found.append(node)
    return found
