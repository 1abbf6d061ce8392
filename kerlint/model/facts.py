"""Program facts: all that a rule sees.

Everything here is frozen. A `Program` is what one file (or notebook) does with Keras, recovered without
running it: models as graphs of layer calls, trainings in order, objects with identity and their uses.
A fact that leaned on something unknown says so; absence of knowledge is `UNKNOWN` (or `UNKNOWN_DIM` in a
shape), never a guess.

Rules read `Place`s only to hand them back in findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.keras_api.layer_rule import Weights
from kerlint.keras_api.shapes import Shape
from kerlint.model.acts import Act
from kerlint.model.call_sites import CallSite
from kerlint.model.script import Script
from kerlint.model.user_class import UserClass
from kerlint.places import Place
from kerlint.python.values import UNKNOWN, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.absent import AbsentName
    from kerlint.model.attribute_uses import AttributeUse
    from kerlint.model.compiles import Compiled
    from kerlint.model.data_facts import GeneratorRead, PipelineFact, TrainingData
    from kerlint.model.fits import Fit
    from kerlint.model.savings import Saving
    from kerlint.model.seeds import Seed
    from kerlint.model.suppositions import Supposition
    from kerlint.source import SyntaxProblem


@fact
class Tensor:
    """A symbolic tensor. `shape` includes the batch axis; None when not even the rank is known."""

    shape: Shape | None
    producer: Node | None = None
    """The node whose output it is; None for a model's input."""


@fact
class Operation:
    """What a node applies: a layer, a nested model, a bare operation, or something opaque.

    `kind` is `layer` (of the library), `custom` (a user's Layer whose `call` could not be traced, or was
    traced: see `Node.inner`), `model` (a nested model), `operation` (`x + y`, `keras.ops.*`, `tf.*`:
    not a layer, has no weights) or `opaque` (anything may happen in it).
    `traits` are kerlint.keras_api.traits names.
    """

    identity: int
    kind: str
    cls: str
    """Short class name as Keras prints it, the user's class name, or the operation's dotted name."""
    symbol: str | None
    """Canonical dotted name of the library class it is or derives from."""
    name: str | None
    """The layer's name, given or generated (`conv2d_1`); None when unknown."""
    site: CallSite | None
    """Where and with what it was constructed; for operations the call itself; None when not seen."""
    place: Place | None
    traits: frozenset[str] = frozenset()
    config: Mapping[str, Value] = field(default_factory=dict)
    """Resolved attributes as the built object has them (`strides` after `None` became `pool_size`)."""
    weigh: Callable[[], Weights] = Weights
    """Counts the parameters when someone asks: rules seldom do."""
    trainable: bool | Unknown = True
    variable: str | None = None
    """The name the user bound it to, if one was seen."""
    outputs: tuple[Shape | None, ...] = ()
    """The shapes of what its last call gave, as `summary()` prints them; empty when it was not called."""

    @property
    def params(self) -> int | Unknown:
        """All parameters, as `count_params()` says."""
        return self.weigh().total

    @property
    def trainable_params(self) -> int | Unknown:
        """The trainable ones."""
        return self.weigh().trainable

    def has(self, *traits: str) -> bool:
        """Whether it has any of the traits."""
        return not self.traits.isdisjoint(traits)

    @property
    def is_layer(self) -> bool:
        """Whether it is an object of Keras (not a bare operation)."""
        return self.kind in ("layer", "custom", "model")

    def value(self, name: str) -> Value:
        """A resolved attribute, else the bound argument, else UNKNOWN."""
        if name in self.config:
            return self.config[name]
        return self.site.value(name) if self.site is not None else UNKNOWN


@fact
class Node:
    """One application of an operation to tensors."""

    operation: Operation
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    place: Place | None
    index: int
    """Order of application within the program."""
    opaque_inputs: bool = False
    """Something that could not be followed also went in."""
    repeated: bool = False
    """Applied in a loop of unknown length: there may be more or fewer of it."""
    context: tuple[Tensor, ...] = ()
    """Tensors that go in beside the data: masks, initial states."""
    error: str | None = None
    """Close to Keras's words, where it certainly refuses these inputs."""
    training: Value = None
    """The mode it runs in as far as the program says so (True, False): given here or to a call around it."""

    @property
    def output_shape(self) -> Shape | None:
        """The shape of the first output."""
        return self.outputs[0].shape if self.outputs else None

    @property
    def input_shape(self) -> Shape | None:
        """The shape of the first input."""
        return self.inputs[0].shape if self.inputs else None


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes in order of application, with the graph helpers in the field's terms.

    A model has two graphs: `Model.graph` with its layers as Keras lists them, and `Model.flat` in which
    nested models and traced custom layers are replaced by what is inside them.
    """

    nodes: tuple[Node, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]

    @cached_property
    def _consumers(self) -> dict[int, list[Node]]:
        table: dict[int, list[Node]] = {}
        for node in self.nodes:
            for tensor in node.inputs:
                users = table.setdefault(id(tensor), [])
                if node not in users:
                    users.append(node)
        return table

    def consumers(self, node: Node) -> tuple[Node, ...]:
        """The nodes that take any output of `node`, in order, each once."""
        found: list[Node] = []
        for tensor in node.outputs:
            found += [user for user in self._consumers.get(id(tensor), ()) if user not in found]
        return tuple(found)

    def producers(self, node: Node) -> tuple[Node, ...]:
        """The nodes whose outputs `node` takes, in order, each once (model inputs have none)."""
        found: list[Node] = []
        for tensor in node.inputs:
            if tensor.producer is not None and tensor.producer not in found:
                found.append(tensor.producer)
        return tuple(found)

    def is_output(self, node: Node) -> bool:
        """Whether an output of `node` leaves the graph."""
        return any(tensor is output for tensor in node.outputs for output in self.outputs)

    def sole_consumer(self, node: Node) -> Node | None:
        """The one node that takes what `node` gives, or None when it branches, ends or leaves."""
        users = self.consumers(node)
        return users[0] if len(users) == 1 and not self.is_output(node) else None

    def sole_producer(self, node: Node) -> Node | None:
        """The one node that feeds `node`, or None when there are several or none."""
        sources = self.producers(node)
        return sources[0] if len(sources) == 1 and len(node.inputs) == 1 else None

    def downstream(self, node: Node) -> Iterator[Node]:
        """Every node reachable from `node`, nearest first, `node` itself not included."""
        seen: list[Node] = []
        front = list(self.consumers(node))
        while front:
            head = front.pop(0)
            if head not in seen:
                seen.append(head)
                yield head
                front.extend(self.consumers(head))


@fact
class Link:
    """A tensor by where it comes from, as `add[0][1]` in a summary: operation, which call of it, which output."""

    operation: Operation
    call: int
    output: int


@fact
class Listing:
    """A model as `summary()` lists it: layers, and in functional models the bare operations between them.

    `sources` holds, by the identity of an operation, what its calls in this model take, masks included.
    """

    operations: tuple[Operation, ...] = ()
    sources: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)
    is_chain: bool = True
    """Whether each feeds the next one only: then Keras leaves the column of connections out."""
    inside: Mapping[int, Listing] = field(default_factory=dict)
    """By the identity of a nested model or traced layer, what its last call here applies in turn."""


@fact
class Model:
    """One recovered model, as it stood at the end of one path of the program.

    The same object built on two paths gives two Models of one `identity`. `connected` means that nothing
    unknown stood in the way: everything is in place, if only as a whole the network of `keras.applications`
    whose ends it goes on from. `complete` means that each layer is known besides.
    """

    identity: int
    kind: str
    """`sequential`, `functional` or `subclassed`."""
    cls: str
    """`Sequential`, `Functional`/`Model`, or the user's class."""
    name: str | None
    variable: str | None
    """The user's name for it (`sequen`), for messages; the class or function name when unbound."""
    place: Place
    layers: tuple[Operation, ...]
    """In Keras's own order (`model.layers`), InputLayers included for functional models."""
    draw: Callable[[], tuple[Graph, Graph]]
    """Makes `graph` and `flat`, once, when someone asks."""
    complete: bool
    connected: bool = False
    input_shapes: tuple[Shape | None, ...] = ()
    output_shapes: tuple[Shape | None, ...] = ()
    builder: str | None = None
    """The function or method whose body built it, if any."""
    path: Path = ()
    traced: bool = True
    """False when `call` of a subclassed model could not be followed."""
    repeated: bool = False
    """Built anew any number of times: in a loop of unknown length, or in a function that was handed to
    something that may call it often (a tuner, a wrapper)."""
    weigh: Callable[[], Weights] = Weights
    """Counts the parameters when someone asks."""
    listing: Callable[[], Listing] = Listing
    """What `summary()` lists, when someone asks."""
    supposed: tuple[Supposition, ...] = ()
    """Options of the program whose defaults it leans on: with others it is another model."""
    takers: tuple[Place, ...] = ()
    """Calls of unknown code that it, or a layer of it, was given to."""

    @property
    def label(self) -> str:
        """The user's name for it, for messages."""
        return self.variable or self.name or self.cls

    @property
    def graph(self) -> Graph:
        """Its layers as Keras lists them."""
        return self.draw()[0]

    @property
    def flat(self) -> Graph:
        """What is inside nested models and traced layers in their place; the same graph where nothing is."""
        return self.draw()[1]

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """The tensors that it takes."""
        return self.graph.inputs

    @property
    def outputs(self) -> tuple[Tensor, ...]:
        """The tensors that it gives."""
        return self.graph.outputs


Path = tuple[tuple[int, int], ...]
"""Which arm was taken at which undecided branch; two facts exclude each other if they differ in one."""


def exclude_each_other(left: Path, right: Path) -> bool:
    """Whether two facts cannot both hold in one run of the program."""
    arms = dict(left)
    return any(arms.get(branch, arm) != arm for branch, arm in right)


@fact
class LibraryObject:
    """An object of the library with identity that is not a layer: optimizer, loss, metric, callback...

    `identity` is that of the object, never of a name: evaluated site x loop iteration x activation.
    """

    identity: int
    symbol: str
    category: str
    """`optimizer`, `loss`, `metric`, `callback`, `initializer`, `regularizer`, `schedule`, ..."""
    site: CallSite
    variable: str | None = None
    built_for: frozenset[int] | None = None
    """Identities of the layers whose variables `optimizer.build` was called with; None when not called."""
    repeated: bool = False
    """Made anew any number of times, as `Model.repeated`."""
    supposed: tuple[Supposition, ...] = ()
    """As `Model.supposed`."""

    @property
    def place(self) -> Place:
        """Where it was constructed."""
        return self.site.place


@fact
class Training:
    """One compile, fit, train_on_batch, apply_gradients, evaluate or predict, in program order."""

    kind: str
    order: int
    model: int | None
    """Identity of the model; None when it is not known (as in a bare apply_gradients)."""
    model_label: str | None
    site: CallSite
    optimizer: LibraryObject | None = None
    """The optimizer object that is in force (for compile: that it was given); None: string, default, unknown."""
    variables: frozenset[int] | None = None
    """Identities of the layers that train at this moment; None when not known."""
    path: Path = ()
    repeated: bool = False
    """Inside a loop of unknown length, or a function that may be called often, as `Model.repeated`."""
    function: str | None = None
    """The user function whose body holds it, if any."""
    data: TrainingData | None = None
    """What it is given, as far as that is known (see `kerlint.model.data_facts`)."""
    looped: PipelineFact | None = None
    """The pipeline that the innermost loop around it runs over, if it runs over one."""
    supposed: tuple[Supposition, ...] = ()
    """As `Model.supposed`, of what it is given and of all before."""

    @property
    def place(self) -> Place:
        """Where the call stands."""
        return self.site.place

    @property
    def trains(self) -> bool:
        """Whether it changes weights (compile, evaluate and predict do not)."""
        return self.kind in ("fit", "train_on_batch", "apply_gradients")


@dataclass(frozen=True, eq=False)
class Program:
    """What one file does with Keras."""

    filename: str
    target: str
    """`keras2` or `keras3`."""
    is_notebook: bool
    models: tuple[Model, ...] = ()
    trainings: tuple[Training, ...] = ()
    fits: tuple[Fit, ...] = ()
    """Every fit with the compile in force, its callbacks, and the keys that are read of its history."""
    seeds: tuple[Seed, ...] = ()
    """Every call that seeds random numbers, in order."""
    generator_reads: tuple[GeneratorRead, ...] = ()
    """Where the program takes classes or file names from a generator, in order."""
    script: Script = field(default_factory=Script)
    """What the file imports and sets as a script, and what of it never runs."""
    objects: tuple[LibraryObject, ...] = ()
    calls: tuple[CallSite, ...] = ()
    """Every resolved call of the library, layers' constructions included, in order of evaluation."""
    fragments: tuple[Graph, ...] = ()
    """Layer applications outside any model (flat): bodies of block functions and layers that nobody called.
    What leaves such a piece is an output of it: nothing is known of what comes next."""
    operations: tuple[Operation, ...] = ()
    """Every layer and model object that was constructed, whether or not it is in a model."""
    acts: tuple[Act, ...] = ()
    """What it does to tensors and layers beside calling layers, in order."""
    classes: tuple[UserClass, ...] = ()
    """The user's classes that derive from Keras, in the order of their definition."""
    refusals: tuple[tuple[Place, str], ...] = ()
    """Calls that Keras certainly refuses, with words close to its own."""
    absent_names: tuple[AbsentName, ...] = ()
    """Names of Keras and TensorFlow that Keras 3 has no more; empty for Keras 2."""
    attribute_uses: tuple[AttributeUse, ...] = ()
    """Attributes read or set that not every Keras has, in order of evaluation."""
    pipelines: tuple[PipelineFact, ...] = ()
    """Every `tf.data` pipeline after every step, in order."""
    adapted: frozenset[int] = frozenset()
    """Identities of the layers that were adapted to data, or may have been."""
    savings: tuple[Saving, ...] = ()
    """Models written to files and read back, in order of evaluation."""
    syntax_problems: tuple[SyntaxProblem, ...] = ()
    supposed: tuple[Supposition, ...] = ()
    """Options of the program whose defaults were taken anywhere."""
    leaning_calls: frozenset[Place] = frozenset()
    """Calls of the library that were made when some were taken already."""
    gave_up: tuple[tuple[Place, str], ...] = ()

    @cached_property
    def compiles(self) -> tuple[Compiled, ...]:
        """Every compile with its model's heads, losses and metrics, in order."""
        from kerlint.model.compiles import compiles

        return compiles(self)

    def model(self, identity: int | None) -> Model | None:
        """The (last) recovered model with this identity."""
        for model in reversed(self.models):
            if model.identity == identity:
                return model
        return None

    def class_of(self, identity: int) -> UserClass | None:
        """The user's class that a layer or model is an object of; None for the library's own."""
        return next((cls for cls in self.classes if identity in cls.instances), None)

    def trainings_of(self, identity: int) -> tuple[Training, ...]:
        """The trainings of one model object, in order."""
        return tuple(event for event in self.trainings if event.model == identity)
