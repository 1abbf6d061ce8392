"""What the evaluator keeps of Keras objects while the program runs: mutable, on the trail, not yet facts."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kerlint.frozen import record
from kerlint.keras_api.shapes import Shape
from kerlint.python.values import UNKNOWN, Instance, Join, Path, Ref, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments


class TensorValue(Ref):
    """A tensor. `inner` is the tensor inside a traced call that left as this one."""

    __slots__ = (
        "constant",
        "inner",
        "is_from_input",
        "is_single",
        "keras_shape",
        "maker",
        "mask",
        "name",
        "numbers",
        "outer",
        "producer",
    )

    def __init__(self, shape: Shape | None, producer: NodeState | None = None) -> None:
        Ref.__init__(self)
        self.keras_shape = shape
        self.producer = producer
        self.inner: TensorValue | None = None
        self.outer: TensorValue | None = None
        """For a placeholder inside a traced call: the tensor that was given for it."""
        self.name: str | None = None
        self.mask: TensorValue | None = None
        """The mask that travels with it."""
        self.maker: CallSite | None = None
        """The `tf.Variable(...)` that made it."""
        self.constant = False
        """It holds data (an array, a weight, or computed from such alone) and has no history."""
        self.numbers: tuple[float, ...] | None = None
        """The numbers of an array of one axis, or the one of a scalar, where they are known."""
        self.is_from_input: bool | None = None
        """Whether it is made from a `keras.Input`; None before anyone asked."""
        self.is_single = False
        """These are in single precision, and its items are tensors again."""

    def __repr__(self) -> str:
        return f"TensorValue({self.keras_shape})"


FREE_EXTENT = Unknown("an extent that only the run knows")
"""The extent of a free axis as `ops.shape(x)` gives it: a number, but `None` in the shape made of it."""


@dataclass(slots=True, eq=False)
class Trace:
    """What happened inside one call of a nested model or custom layer."""

    inputs: tuple[TensorValue, ...]
    outputs: tuple[TensorValue, ...]
    nodes: list[NodeState]


@dataclass(slots=True, eq=False)
class NodeState:
    """One application; `layer` is a LayerState, or an `OperationState` for bare operations."""

    layer: LayerState | OperationState
    inputs: tuple[TensorValue, ...]
    place: Place | None
    index: int
    outputs: tuple[TensorValue, ...] = ()
    inner: Trace | None = None
    opaque_inputs: bool = False
    path: Path = ()
    """The path on which alone it happens."""
    loop: int = 0
    """Serial of the loop of unknown length around it; 0 outside."""
    edges: tuple[TensorValue, ...] = ()
    """All tensors of the call that have a history, masks and states too, in Keras's order of flattening."""
    arguments: Arguments | None = None
    """The call, so that it can be made again on other tensors."""
    is_hidden: bool = False
    """An operation on masks that Keras makes for itself: it counts for the order of layers alone."""
    is_inside: bool = False
    """It stands for all that is inside a `keras.applications` model which another model begins with."""
    builds: bool = True
    """Keras runs it, so that the layer is built: not inside a `call` whose shape the user declares."""
    symbolic: bool = True
    """Keras makes a node of the graph for it: not for what runs inside the call of another layer."""
    error: str | None = None
    """Keras's words, where it would refuse these inputs."""
    training: Value = None
    """The mode that it runs in as far as the program says so."""


@dataclass(slots=True, eq=False)
class OperationState:
    """A bare operation on tensors: no layer, no weights. `opaque` when anything may happen in it."""

    symbol: str
    site: CallSite | None
    place: Place | None
    serial: int
    opaque: bool = False
    name: str | None = None
    arguments: Arguments | None = None
    """What `site` was made of."""


class LayerState(Ref):
    """A layer object."""

    __slots__ = (
        "built_with",
        "calls",
        "cls",
        "config",
        "core",
        "instance",
        "is_custom",
        "may_be_unbuilt",
        "name",
        "place",
        "site",
        "symbol",
        "tracked",
        "trainable",
        "uncounted",
        "variable",
        "weights",
    )

    def __init__(self, symbol: str, cls: str, place: Place) -> None:
        Ref.__init__(self)
        self.symbol = symbol
        self.cls = cls
        self.place = place
        self.site: CallSite | None = None
        self.config: dict[str, Value] = {}
        self.name: str | None = None
        self.trainable: Value = True
        self.is_custom = False
        self.variable: str | None = None
        self.calls: list[NodeState] = []
        self.instance: Instance | None = None
        """The object as the program holds it."""
        self.core: LayerState | None = None
        """What a user's layer takes over from its library class by `super().call`."""
        self.weights: tuple[Weight, ...] = ()
        """What `add_weight` made."""
        self.uncounted = False
        """It holds weights that were not followed."""
        self.built_with: tuple[Shape | None, ...] | None = None
        """The shapes that `layer.build(...)` was given, where that came before any call."""
        self.may_be_unbuilt = False
        """On some path nobody built it before its first call."""
        self.tracked: dict[str, int] = {}
        """When each attribute was set, by serials: the order in which Keras lists layers."""

    def state(self) -> Any:
        plain = (self.trainable, self.name, (self.built_with, self.may_be_unbuilt))
        return (plain, self.calls[:], self.weights, self.uncounted, dict(self.tracked))

    def restore(self, state: Any) -> None:
        plain, calls, self.weights, self.uncounted, tracked = state
        self.trainable, self.name, (self.built_with, self.may_be_unbuilt) = plain
        self.calls, self.tracked = calls[:], dict(tracked)

    def merged(self, states: list[Any], join: Join) -> Any:
        trainable = join([state[0][0] for state in states])
        calls = {id(node): node for state in states for node in state[1]}
        builds = {state[0][2][0] for state in states}
        given = builds - {None}
        built = (
            next(iter(given), None),
            bool(given) and any(None in state[0][2] or state[0][2][1] for state in states),
        )
        weights = states[0][2]
        uncounted = len(given) > 1 or any(state[3] or state[2] != weights for state in states)
        tracked = {name: serial for state in states for name, serial in state[4].items()}
        return ((trainable, states[0][0][1], built), list(calls.values()), weights, uncounted, tracked)


@record
class Weight:
    """A weight that a user's layer made: `shape` is None when not even the rank is known."""

    name: str
    shape: Shape | None
    trainable: bool


@dataclass(slots=True, eq=False)
class SequentialGraph:
    """The graph of a Sequential on its own input. `layers` keeps the identities that name it alive."""

    layers: list[Value]
    inputs: tuple[TensorValue, ...]
    outputs: tuple[TensorValue, ...]
    nodes: list[NodeState]
    complete: bool


@record
class ApplicationFacts:
    """What is known of a `keras.applications` model; `is_opened` once the program reached for its layers."""

    input: Shape | None
    output: Shape | None
    trainable: int | Unknown = UNKNOWN
    non_trainable: int | Unknown = UNKNOWN
    is_opened: bool = False


_SETTLED = ("kind", "inputs", "outputs", "given", "entry", "structure", "is_built", "is_looked_at")
"""What of a model is taken as the last path left it, where paths join."""
_settled = attrgetter(*_SETTLED)


class ModelState(LayerState):
    """A model object.

    Sequential: `variants` holds the list of layers on each path that joined here (one outside undecided
    branches). Functional: `inputs` and `outputs` are its tensors. Subclassed: the layers are attributes of
    its instance.
    """

    __slots__ = (
        "application",
        "builder",
        "compiled",
        "compiled_by",
        "ends",
        "entry",
        "given",
        "inputs",
        "is_built",
        "is_looked_at",
        "kind",
        "loops",
        "ordered",
        "outputs",
        "path",
        "paths",
        "repeated",
        "settled",
        "starts",
        "structure",
        "uncertain",
        "variants",
    )

    def __init__(self, kind: str, symbol: str, cls: str, place: Place, path: Path) -> None:
        super().__init__(symbol, cls, place)
        self.kind = kind
        self.path = path
        self.variants: list[list[Value]] = [[]]
        self.paths: list[Path] = [path]
        """The path on which the model has each of the variants."""
        self.loops: tuple[int, ...] = ()
        """The loops of unknown length that it is built in, by serial."""
        self.inputs: tuple[TensorValue, ...] = ()
        self.outputs: tuple[TensorValue, ...] = ()
        self.ordered: tuple[Any, list[Any]] | None = None
        """The ends of a functional model, and what is between them in Keras's order (`kerlint.model.order`)."""
        self.settled: tuple[Any, bool] | None = None
        """The same ends, and whether all that is between them is known (`kerlint.model.members`)."""
        self.ends: dict[tuple[int, ...], SequentialGraph] = {}
        """A Sequential's graph, by the identities of the layers it was made of."""
        self.uncertain = False
        """Something unknown was done to its layers."""
        self.entry: Value = None
        """What a functional model was given as inputs, as they were nested."""
        self.structure: Value = None
        """What a functional model gives back: its outputs as they were nested."""
        self.starts: dict[int, TensorValue] = {}
        """The input of a Sequential that nobody gave one, by the identity of its first layer."""
        self.is_built = False
        """A deferred Sequential was built or called."""
        self.is_looked_at = False
        """The program took `model.layers`."""
        self.given: Shape | None = None
        """The input shape that a deferred Sequential was built or first called with."""
        self.compiled: Value = None
        """The optimizer value of the last compile: an Instance, a string, UNKNOWN; None before."""
        self.compiled_by: Value = None
        """The call of the last compile (a CallSite); None before."""
        self.builder: str | None = None
        self.application: ApplicationFacts | None = None
        self.repeated = False

    def state(self) -> Any:
        return (
            super().state(),
            ([variant[:] for variant in self.variants], self.paths[:]),
            self.uncertain,
            (self.compiled, self.compiled_by),
            _settled(self),
            (dict(self.starts), dict(self.ends), self.application),
        )

    def restore(self, state: Any) -> None:
        base, (variants, paths), self.uncertain, compiled, settled, (starts, ends, self.application) = state
        self.compiled, self.compiled_by = compiled
        self.paths = paths[:]
        self.starts, self.ends = dict(starts), dict(ends)
        super().restore(base)
        self.variants = [variant[:] for variant in variants]
        for name, value in zip(_SETTLED, settled, strict=True):
            setattr(self, name, value)

    def merged(self, states: list[Any], join: Join) -> Any:
        base = super().merged([state[0] for state in states], join)
        variants, paths = _distinct([pair for state in states for pair in zip(*state[1], strict=True)])
        uncertain = any(state[2] for state in states) or len(variants) > MOST_VARIANTS
        kept = (variants[:MOST_VARIANTS], paths[:MOST_VARIANTS])
        compiled = tuple(join([state[3][part] for state in states]) for part in (0, 1))
        return (base, kept, uncertain, compiled, *states[-1][4:])


MOST_VARIANTS = 4
"""Forms of one model that are told apart."""


def _distinct(pairs: list[tuple[list[Value], Path]]) -> tuple[list[list[Value]], list[Path]]:
    """Each variant once; one that several paths have is on what these have in common."""
    variants: list[list[Value]] = []
    paths: list[Path] = []
    for variant, path in pairs:
        known = next((index for index, other in enumerate(variants) if _same(variant, other)), None)
        if known is None:
            variants.append(variant)
            paths.append(path)
        else:
            paths[known] = tuple(arm for arm in paths[known] if arm in path)
    return variants, paths


def _same(variant: list[Value], other: list[Value]) -> bool:
    return len(variant) == len(other) and all(a is b for a, b in zip(variant, other, strict=True))


class ObjectState(Ref):
    """An object of the library with identity that is no layer: optimizer, loss, callback..."""

    __slots__ = ("built_for", "category", "repeated", "site", "symbol", "variable")

    def __init__(self, symbol: str, category: str, site: CallSite) -> None:
        super().__init__()
        self.symbol = symbol
        self.category = category
        self.site = site
        self.variable: str | None = None
        self.built_for: frozenset[int] | None = None
        self.repeated = False

    def state(self) -> Any:
        return self.built_for

    def restore(self, state: Any) -> None:
        self.built_for = state


class Counters(Ref):
    """Keras's counters of auto-generated names (`conv2d`, `conv2d_1`), on the trail like all else.

    `used` says how many names of a stem were taken on which path: arms that exclude each other count apart.
    `lost` once code was called that may have made layers unseen: then no count is known.
    """

    __slots__ = ("lost", "used")

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[str, dict[Path, int]] = {}
        self.lost = False

    def state(self) -> Any:
        return ({stem: dict(taken) for stem, taken in self.used.items()}, self.lost)

    def restore(self, state: Any) -> None:
        used, self.lost = state
        self.used = {stem: dict(taken) for stem, taken in used.items()}

    def merged(self, states: list[Any], join: Join) -> Any:
        stems = {stem: None for used, _ in states for stem in used}
        used = {stem: _merged_counts([used.get(stem, {}) for used, _ in states]) for stem in stems}
        return (used, any(lost for _, lost in states))


MAYBE = -1
"""A count that is not known."""


def _merged_counts(states: list[dict[Path, int]]) -> dict[Path, int]:
    """What several arms took: as one where all took as many, else each on its path."""
    shared = {
        path: count for path, count in states[0].items() if all(one.get(path) == count for one in states)
    }
    rests = [{path: count for path, count in one.items() if path not in shared} for one in states]
    sums = {MAYBE if MAYBE in rest.values() else sum(rest.values()) for rest in rests}
    if len(sums) == 1 and not all(path in shared for one in states for path in one):
        (together,) = sums
        shared[()] = MAYBE if MAYBE in (together, shared.get(())) else shared.get((), 0) + together
        return shared
    for rest in rests:
        for path, count in rest.items():
            shared[path] = count if shared.get(path, count) == count else MAYBE
    return shared


class Variables:
    """The variables of some layers (`model.trainable_variables`), and gradients for them.

    `owners` are the values whose variables they are: models, layers; `certain` False when others are in.
    """

    __slots__ = ("certain", "owners", "trainable_only")

    def __init__(
        self, owners: tuple[Value, ...], *, certain: bool = True, trainable_only: bool = True
    ) -> None:
        self.owners = owners
        self.certain = certain
        self.trainable_only = trainable_only


def joined_variables(parts: tuple[Value, ...]) -> Variables:
    """The variables of several lists as one; not certain when something else is among them."""
    known = [part for part in parts if isinstance(part, Variables)]
    owners = tuple(owner for part in known for owner in part.owners)
    certain = len(known) == len(parts) and all(part.certain for part in known)
    return Variables(owners, certain=certain, trainable_only=known[-1].trainable_only)
