"""Keras as the evaluator's domain: what library names mean, what calling them does, what is recorded."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kerlint.keras_api import names
from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.keras_api.sizes import Origin, value_of
from kerlint.keras_api.traits import traits as class_traits
from kerlint.model import attributes, methods
from kerlint.model.apply import apply_operation, call_layer
from kerlint.model.attribute_uses import AttributeUse, use_of
from kerlint.model.cloning import cloned
from kerlint.model.data import hooks
from kerlint.model.data.arrays import ArrayValue
from kerlint.model.data.calls import disturbed
from kerlint.model.data.pipelines import PipelineValue
from kerlint.model.data.shuffling import Randomness
from kerlint.model.deeds import Following, Note, asked, constructed
from kerlint.model.extents import compare_sizes, extent_of, size_operation
from kerlint.model.fits import FitState, history_operation
from kerlint.model.handing import Handed
from kerlint.model.layers import BASE_LAYERS, configure, overrides_call
from kerlint.model.library import call_library
from kerlint.model.models import initialize_model
from kerlint.model.own_names import is_own, meaning, member
from kerlint.model.parameters import SENSITIVE, enclosing
from kerlint.model.predictions import Prediction, call_on, method_of
from kerlint.model.refusals import Refusals
from kerlint.model.savings import Saving
from kerlint.model.seeds import Seed
from kerlint.model.sites import OWN_ROOTS, class_site
from kerlint.model.states import (
    Counters,
    LayerState,
    ModelState,
    NodeState,
    ObjectState,
    OperationState,
    TensorValue,
    Variables,
    joined_variables,
)
from kerlint.model.structure import has_symbolic
from kerlint.model.suppositions import call_leaning, defaults_taken, leans, takes_defaults
from kerlint.model.tapes import TapeState, swapped, tape_of
from kerlint.model.tensors import tensor_attribute, tensor_operation
from kerlint.model.trainings import Event
from kerlint.python.arguments import Arguments
from kerlint.python.conditions import Operand
from kerlint.python.domain import MISSING
from kerlint.python.iteration import iterate
from kerlint.python.values import (
    BoundMethod,
    ClassValue,
    Instance,
    ListValue,
    Partial,
    Symbol,
    Unknown,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.data_facts import GeneratorRead, PipelineFact
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


class KerasDomain:
    """What one file does with Keras, as it unfolds; `kerlint.model.freeze` makes facts of it."""

    def __init__(self, interpreter: Interpreter, target: str) -> None:
        self.interpreter = interpreter
        self.target = target
        self.counters = Counters()
        self.nodes: list[NodeState] = []
        self._traces: list[list[NodeState]] = []
        self._inside = False
        self.is_supposed = False
        self.sites: list[CallSite] = []
        self.leaning_calls: set[Place] = set()
        self.layers: list[Instance] = []
        self.models: list[Instance] = []
        self.objects: list[Instance] = []
        self.events: list[Event] = []
        self.fits: list[FitState] = []
        self.seeds: list[Seed] = []
        self.generator_reads: list[GeneratorRead] = []
        self.refusals = Refusals()
        self.notes: list[Note] = []
        self.following: list[Following] = []
        """The users' `call`s that are being followed, outermost first."""
        self.tapes: list[TapeState] = []
        """The tapes that record now."""
        self.classes: list[ClassValue] = []
        self.made: list[tuple[ClassValue, LayerState]] = []
        """Objects of the user's classes."""
        self.mode: Value = None
        """The training mode that a call gets when it is given none, inside other calls."""
        self._is_calling = False
        self.attribute_uses: list[AttributeUse] = []
        self.savings: list[Saving] = []
        self.randomness = Randomness()
        self.pipelines: list[PipelineFact] = []
        self.looped: dict[int, PipelineFact] = {}
        """By serial of a loop of unknown length, the pipeline that it runs over."""
        self.origins: dict[Operand, Origin] = {}
        """The axes of unknown size, by what the program knows them as."""
        self.told_apart: frozenset[Hashable] = frozenset()
        """Axes of inputs (`Origin.source`) that are taken as free on one path and as sized on another."""
        self.may_start_anew = False
        """Where it matters whether another axis is free, the evaluation is to be started anew."""
        self.adapted: set[int] = set()
        """Layers that were shown data."""
        self.handed = Handed()

    # Records

    def recorded(self, site: CallSite) -> CallSite:
        """Keep a resolved call for `Program.calls`."""
        if site.symbol.endswith(SENSITIVE):
            site = enclosing(self.interpreter, site)
        if len(self.sites) < 50_000:
            self.sites.append(site)
            if self.interpreter.suppositions.are_any:
                self.leaning_calls.add(site.place)
        return site

    def forget_facts(self, definitions: frozenset[str]) -> None:
        """What was done so far counts for the program, which goes on from here, and not for its facts.

        Nor do the classes of these top-level definitions, which will be defined anew.
        """
        self.nodes, self.sites, self.layers, self.models, self.objects = [], [], [], [], []
        self.events, self.fits, self.seeds, self.generator_reads = [], [], [], []
        self.refusals = Refusals()
        self.notes, self.attribute_uses, self.savings, self.pipelines = [], [], [], []
        self.leaning_calls = set()
        self.classes = [cls for cls in self.classes if cls.statement.name not in definitions]
        self.made = [pair for pair in self.made if pair[0].statement.name not in definitions]

    def activity(self) -> int:
        """Grows with every node, call and event."""
        return len(self.nodes) + len(self.sites) + len(self.events)

    def stock(self) -> int:
        """Grows with every object of Keras and node; what is done to those that there are makes nothing."""
        return len(self.nodes) + len(self.layers) + len(self.models) + len(self.objects)

    def growth(self) -> int:
        """Grows with every object of Keras, node and event; looking something up makes nothing."""
        return len(self.nodes) + len(self.layers) + len(self.models) + len(self.objects) + len(self.events)

    def refused(self) -> int:
        """How many calls Keras refuses so far."""
        return len(self.refusals)

    def tried(self, counts: list[int]) -> None:
        """The alternatives of a call were made."""
        self.refusals.settle(counts)

    def node(
        self, layer: LayerState | OperationState, inputs: tuple[TensorValue, ...], place: Place | None
    ) -> NodeState:
        """A new node of the graph, in order of application."""
        loops = self.interpreter.loops
        made = NodeState(layer, inputs, place, next_serial())
        made.path, made.loop = self.interpreter.path, loops[-1] if loops else 0
        made.edges, made.symbolic, made.builds = inputs, not self._inside, not self.is_supposed
        made.training = self.mode
        self.nodes.append(made)
        if self._traces:
            self._traces[-1].append(made)
        return made

    @contextmanager
    def tracing(self, *, inside: bool, supposed: bool = False) -> Iterator[list[NodeState]]:
        """Collect the nodes made in the block, those of inner traces left out.

        `inside` the call of a layer or model Keras computes without making nodes of its own graph.
        `supposed` says that Keras does not run the block at all while the graph is put together.
        """
        nodes: list[NodeState] = []
        before = self._inside, self.is_supposed
        self._inside, self.is_supposed = inside, supposed or (inside and self.is_supposed)
        self._traces.append(nodes)
        try:
            yield nodes
        finally:
            self._traces.pop()
            self._inside, self.is_supposed = before

    def traits(self, state: LayerState) -> frozenset[str]:
        """The traits of the library class that a layer is or derives from."""
        return class_traits(state.symbol)

    def shape_value(self, shape: Shape) -> Value:
        """A shape as the program sees it: a tuple with None for free axes."""
        return tuple(value_of(dim) if isinstance(dim, UnknownDim) else dim for dim in shape)

    def shape_of(self, value: Value) -> Shape | None:
        """A shape that the program wrote: a tuple or list of extents, or one extent; None if not known."""
        if isinstance(value, int) and not isinstance(value, bool):
            return (value,)
        if not isinstance(value, tuple | ListValue):
            return None
        items, complete = iterate(self.interpreter, value)
        return tuple(extent_of(item) for item in items) if complete else None

    def track(self, state: LayerState, name: str) -> None:
        """An attribute of a layer or model was set: note when (its state is on the trail already)."""
        state.tracked[name] = next_serial()

    def instance_of(self, layer: LayerState | OperationState) -> Value:
        """The object that the program holds for a layer's state."""
        found = layer.instance if isinstance(layer, LayerState) else None
        return Unknown("an operation") if found is None else found

    @property
    def is_inside(self) -> bool:
        """Whether the call of a layer or model is being followed, of which Keras makes no graph."""
        return self._inside

    @contextmanager
    def calling(self, mode: Value) -> Iterator[None]:
        """Calls in the block share a context, in which the last training mode that was settled is in force.

        It belongs to the outermost call (`CallContext` in keras/src/layers/layer.py): what an inner call
        settles holds for those after it, too.
        """
        is_outermost, self._is_calling = not self._is_calling, True
        self.mode = mode
        try:
            yield
        finally:
            if is_outermost:
                self._is_calling, self.mode = False, None

    def settled(self, mode: Value) -> None:
        """A layer was called in this mode."""
        if self._is_calling and mode is not None:
            self.mode = mode

    # Names

    def symbol(self, dotted: str) -> Value:
        """The symbol for an import path, made canonical."""
        return meaning(dotted, self.target)

    def owns(self, dotted: str) -> bool:
        """Keras and TensorFlow are tables; only the sources of `keras.applications` are followed."""
        return is_own(dotted)

    def member(self, symbol: Symbol, name: str) -> Value:
        """An attribute of a library module or class."""
        if name == "__version__":
            return Unknown("a version")
        return symbol.name if name == "__name__" else member(symbol.dotted, name, self.target)

    def has(self, symbol: Symbol, name: str) -> bool:
        """Whether the Keras of the tables has it; what it lacks may be new."""
        return names.exists(f"{symbol.dotted}.{name}", self.target) is True

    def star(self, module: Symbol) -> dict[str, Value] | None:
        """What `from module import *` brings, for Keras's own modules."""
        if module.dotted.partition(".")[0] not in OWN_ROOTS:
            return None
        members = names.members(module.dotted, self.target)
        return {name: Symbol(dotted) for name, dotted in members.items()} or None

    def bound(self, name: str, value: Value) -> None:
        """The first name given to an object is what messages call it."""
        if isinstance(value, TensorValue):
            if value.name is None:
                value.name = name
        elif isinstance(value, Instance):
            native = value.native
            if isinstance(native, LayerState | ObjectState) and native.variable is None:
                native.variable = name

    def defined(self, cls: ClassValue, place: Place) -> None:
        """A user class was defined."""
        self.classes.append(cls)

    # Calls

    def call(self, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
        """Call a library function or class."""
        if leans(arguments) and takes_defaults(symbol.dotted):
            return call_leaning(
                self, symbol.dotted, arguments, lambda plain: call_library(self, symbol, plain, place)
            )
        return call_library(self, symbol, arguments, place)

    def make_object(self, dotted: str, category: str, arguments: Arguments, place: Place) -> Instance:
        """An optimizer, loss, metric, callback... with an identity of its own."""
        site = self.recorded(class_site(dotted, arguments, place, self.target))
        state = ObjectState(dotted, category, site)
        state.repeated = bool(self.interpreter.loops)
        instance = Instance(Symbol(dotted), state)
        self.objects.append(instance)
        if category in ("metric", "optimizer"):
            constructed(self, dotted, place)
        return instance

    def escaped(self, arguments: Arguments, callee: str, place: Place) -> Value:
        """Values were given to code that cannot be followed: tensors come out of it as anything."""
        if any(has_symbolic(value) for value in arguments.values()):
            return apply_operation(self, callee or "unknown", arguments, place, opaque=True)
        disturbed(self, arguments)
        self.handed.note(arguments, place)
        return MISSING

    # Instances

    def native(self, cls: ClassValue, place: Place) -> object | None:
        """State for an instance of a user's subclass of Layer, Model or another Keras class."""
        base = next((base for base in cls.mro if isinstance(base, Symbol)), None)
        if base is None or base.dotted.partition(".")[0] not in OWN_ROOTS:
            return None
        above = (base.dotted, *names.bases(base.dotted, self.target))
        if "keras.Model" in above:
            state = ModelState("subclassed", base.dotted, cls.name, place, self.interpreter.path)
            state.is_custom = True
            state.kind = "sequential" if "keras.Sequential" in above else "subclassed"
            self.made.append((cls, state))
            constructed(self, cls.name, place, state)
            return state
        if "keras.Layer" in above or "keras.layers.Layer" in above:
            layer = LayerState(base.dotted, cls.name, place)
            layer.is_custom = base.dotted in BASE_LAYERS or overrides_call(cls)
            self.made.append((cls, layer))
            constructed(self, cls.name, place, layer)
            return layer
        return None

    def initialize(self, instance: Instance, base: Symbol, arguments: Arguments, place: Place) -> None:
        """`super().__init__(...)` reached the library."""
        arguments = defaults_taken(self, arguments)
        state = instance.native
        if isinstance(state, LayerState):
            state.instance = instance
        if isinstance(state, ModelState):
            initialize_model(self, instance, state, base.dotted, arguments, place)
        elif isinstance(state, LayerState):
            if state.site is None:
                self.layers.append(instance)
            configure(self, state, base.dotted, arguments, place)

    def attribute(self, value: Value, name: str) -> Value:
        """An attribute of a layer, model, optimizer or tensor."""
        if isinstance(value, hooks.HOLDERS):
            return hooks.attribute(self, value, name)
        if isinstance(value, TensorValue):
            return tensor_attribute(self, value, name)
        if isinstance(value, Instance):
            return attributes.attribute(self, value, name, methods.METHODS)
        method = method_of(value, name) if isinstance(value, Prediction) else None
        return MISSING if method is None else method

    def lacks(self, instance: Instance, name: str) -> bool:
        """Whether Keras gives a layer or model no such attribute."""
        return attributes.lacks(instance, name, self.target)

    def read(self, instance: Instance, name: str, place: Place) -> None:
        """The program reads an attribute that its own classes do not have."""
        use = use_of(instance, name, place)
        if use is not None:
            self.attribute_uses.append(use)

    def assign(self, instance: Value, name: str, value: Value, place: Place) -> bool:
        """`layer.trainable = False` and the like."""
        use = use_of(instance, name, place, is_set=True)
        if use is not None:
            self.attribute_uses.append(use)
        hooks.assigned(self, instance, name)
        return attributes.assign(self, instance, name, value, place)

    def stored(self, value: Value, index: Value, item: Value, place: Place) -> None:
        """`array[index] = item`."""
        hooks.stored(self, value, index, item)

    def call_method(self, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
        """A library method on an object of the domain's."""
        if leans(arguments):
            return call_leaning(
                self, name, arguments, lambda plain: self.call_method(receiver, name, plain, place)
            )
        if isinstance(receiver, Prediction):
            return call_on(self, receiver, name, arguments, place)
        found = hooks.call_method(self, receiver, name, arguments, place)
        if found is not MISSING:
            return found
        return methods.call_method(self, receiver, name, arguments, place)

    def call_instance(self, instance: Value, arguments: Arguments, place: Place) -> Value:
        """`layer(x)`; anything else that is called gives something unknown."""
        if type(arguments.only) is not TensorValue:
            arguments = defaults_taken(self, arguments)
        if isinstance(instance, Instance) and isinstance(instance.native, LayerState):
            return call_layer(self, instance, arguments, place)
        native = instance.native if isinstance(instance, Instance) else None
        callee = native.symbol if isinstance(native, ObjectState) else "unknown"
        found = self.escaped(arguments, callee, place)
        return Unknown("the result of something unknown") if found is MISSING else found

    def operate(self, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
        """Operators on tensors, and sums of lists of variables."""
        if operator == "Add" and any(isinstance(operand, Variables) for operand in operands):
            return joined_variables(operands)
        for operation in (size_operation, history_operation, hooks.operation):
            found = operation(self, operator, operands, place)
            if found is not MISSING:
                return found
        return tensor_operation(self, operator, operands, place)

    def compare(self, question: str, left: Value, right: Value) -> bool | None:
        """Extents that are not known may still be equal, or none of them None."""
        return compare_sizes(self, question, left, right)

    def entered(self, manager: Value) -> None:
        """A tape begins to record."""
        tape = tape_of(manager)
        if tape is not None:
            tape.open()
            self.tapes.append(tape)

    def left(self, manager: Value) -> None:
        """A tape ends recording."""
        tape = tape_of(manager)
        if tape is not None:
            tape.close()
            self.tapes.remove(tape)

    def asked(self, what: str, value: Value, place: Place) -> None:
        """Python asks a tensor for its truth, length, items or a number."""
        asked(self, what, value, place)

    def item_of(self, value: Value) -> Value:
        """An element of a pipeline; the loop around is one over it."""
        if isinstance(value, PipelineValue):
            self.looped[self.interpreter.loops[-1]] = value.fact
        return hooks.item_of(value)

    def zipped(self, values: list[Value]) -> Value:
        """`zip(gradients, variables)` stands for the variables."""
        wrong = swapped(values)
        if wrong is not None:
            return wrong
        return next((value for value in reversed(values) if isinstance(value, Variables)), MISSING)

    def is_callable(self, value: Value) -> bool:
        """Library names and layers can be called."""
        return isinstance(value, Symbol) or (
            isinstance(value, Instance) and isinstance(value.native, LayerState)
        )

    def is_instance(self, value: Value, cls: Symbol) -> bool | None:
        """Whether an object is of a library class."""
        if isinstance(value, ArrayValue):
            return None
        if isinstance(value, TensorValue):
            return True if cls.name in ("KerasTensor", "Tensor") else None
        if not isinstance(value, Instance):
            return False if not isinstance(value, Symbol | Unknown | Partial | BoundMethod) else None
        symbols = (
            [value.cls]
            if isinstance(value.cls, Symbol)
            else [b for b in value.cls.mro if isinstance(b, Symbol)]
        )
        if any(names.is_subclass(one.dotted, cls.dotted, self.target) or one == cls for one in symbols):
            return True
        return False if cls.dotted.startswith("keras.") and symbols else None

    def copied(self, value: Instance, place: Place) -> Value:
        """A copy with an identity of its own."""
        native = value.native
        if isinstance(native, ObjectState):
            state = ObjectState(native.symbol, native.category, native.site)
            made = Instance(value.cls, state)
            self.objects.append(made)
            return made
        if isinstance(native, ModelState):
            return cloned(self, value, place, exactly=True)
        if isinstance(native, LayerState):
            return Unknown("a copy of a layer")
        made = Instance(value.cls)
        made.attributes = dict(value.attributes)
        return made
