"""What the child saw while the sliced program ran: the real objects, in order, and where each came from.

Regions are `(start row, start column, end row, end column)`, 1-based with exclusive ends, in the program's
own text, as `kerlint.findings.Region` has them. A probe reads a `Recording` and nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

Spot = tuple[int, int, int, int]
UNKNOWN_VALUES = "data of unknown values"
"""Why a stand-in is there whose shape alone is the program's."""


@dataclass(slots=True, eq=False)
class Made:
    """One object of Keras (or of a user's class that derives from Keras) and the call that made it."""

    object: Any
    cls: str
    """The short name of its class."""
    kind: str
    """`layer`, `model`, `optimizer`, `loss`, `metric`, `callback`, `initializer`, `regularizer`, `schedule`..."""
    region: Spot | None
    """The innermost call of the program that led to it; None when no row of the program did."""
    chain: tuple[Spot, ...]
    """All calls of the program on the way, innermost first: `chain[0]` is `region`."""
    order: int
    """Shared with events: what came first has the smaller number."""
    direct: bool
    """Whether the program itself called the class, not Keras on its behalf."""
    arguments: dict[str, Any] = field(default_factory=dict)
    """What the call gave, by name; defaults are not in it."""


@dataclass(slots=True, eq=False)
class Event:
    """One thing that the program did with a model or an object."""

    kind: str
    """`call` (of a layer or model, directly from the program), `compile`, `fit`, `train_on_batch`,
    `apply_gradients`, `evaluate`, `test_on_batch`, `predict`, `predict_on_batch`, `save`, `save_weights`,
    `load_weights`, `load_model`, `adapt`, `build`, `summary`, `set_trainable`."""
    model: Any
    """The model; for `call`, `build` and `adapt` the layer; for `apply_gradients` the optimizer."""
    region: Spot | None
    chain: tuple[Spot, ...]
    order: int
    arguments: dict[str, Any] = field(default_factory=dict)
    """As the program gave them, bound by name."""
    ran: bool = False
    """Whether Keras was let do it (fits below the step TRAIN are only written down)."""
    result: Any = None
    error: BaseException | None = None
    variables: list[Any] = field(default_factory=list)
    """The model's variables when a training began; `before` and `after` are their values, in this order."""
    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)
    trainable: list[bool] = field(default_factory=list)
    """Whether each of `variables` was trainable when the training began."""
    history: dict[str, list[Any]] = field(default_factory=dict)
    """The logs of a fit that ran."""
    own: bool = True
    """Whether the program itself did it; else it was left undone, and done for the probe."""
    made_up: str | None = None
    """The first of its data of which nothing is known: others, that fit the model, took their place."""

    @property
    def trains(self) -> bool:
        """Whether it changes weights."""
        return self.kind in ("fit", "train_on_batch", "apply_gradients")

    @property
    def moved(self) -> bool:
        """Whether any variable is not what it was."""
        return any((old != new).any() for old, new in zip(self.before, self.after, strict=False))


@dataclass(slots=True, eq=False)
class Raised:
    """What ended the program."""

    error: BaseException
    """The exception itself, with its traceback."""
    chain: tuple[Spot, ...]
    """Where it stood in the program, innermost first."""
    own: bool = True
    """Whether the program itself came to it; else something that was done for the probe."""

    @property
    def type(self) -> str:
        """The exception's class."""
        return type(self.error).__name__

    @property
    def words(self) -> str:
        """Its message in one line."""
        return " ".join(str(self.error).split())

    @property
    def region(self) -> Spot | None:
        """The innermost place in the program."""
        return self.chain[0] if self.chain else None


@dataclass(slots=True, eq=False)
class Said:
    """One warning, log record, or line on the standard error."""

    words: str
    category: str
    """The warning's class, `log`, or `stderr`."""
    region: Spot | None = None


@dataclass(slots=True, eq=False)
class Replaced:
    """Something of the program that a stand-in was put for."""

    name: str
    why: str
    """`missing package`, `data`, `download`, `plot`..."""
    region: Spot | None = None


@dataclass(eq=False)
class Recording:
    """One run of one slice."""

    keras: Any
    """The package that ran it: `keras` or `tf_keras`."""
    text: str
    """The program that ran; what the slice left out is blank."""
    step: str
    """How far trainings went: a `kerlint.probes.Step`."""
    made: list[Made] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    raised: Raised | None = None
    said: list[Said] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    handed: list[tuple[str, int, list[Any]]] = field(default_factory=list)
    """What was given to which stand-in, and when: it may have been changed there."""
    driven: bool = False
    """Whether what nobody calls was called, with supposed arguments."""
    namespace: dict[str, Any] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    """The program's rows that were reached."""
    rerun: Callable[[frozenset[int]], Recording] | None = None

    @property
    def models(self) -> list[Made]:
        """The models, in order; not those that Keras keeps inside a Sequential."""
        made = [one for one in self.made if one.kind == "model"]
        inner = [getattr(one.object, "_functional", None) for one in made]
        return [one for one in made if not any(one.object is other for other in inner)]

    def at(self, region: Spot) -> list[Made]:
        """The objects made by the call that stands exactly there, in order; else by one inside, else around it.

        What Keras made on the way (an initializer of a layer) counts only where the call made nothing itself.
        """
        there = _nearest(self.made, region)
        return [made for made in there if made.direct] or there

    def made_of(self, thing: Any) -> Made | None:
        """Where an object came from."""
        return next((made for made in self.made if made.object is thing), None)

    def events_at(self, region: Spot) -> list[Event]:
        """What was done by the call that stands there, else by those inside it, else by the one around it."""
        return _nearest(self.events, region)

    def events_of(self, model: Any) -> list[Event]:
        """What was done with one object, in order."""
        return [event for event in self.events if event.model is model]

    def models_with(self, layer: Any) -> list[Any]:
        """The models that hold a layer, directly or deeper."""
        return [made.object for made in self.models if any(one is layer for one in layers_of(made.object))]

    def reached(self, region: Spot) -> bool:
        """Whether a row of the region ran; of a function's first row, whether the function did."""
        rows = self._bodies.get(region[0], range(region[0], region[2] + 1))
        return any(row in self.rows for row in rows)

    @cached_property
    def _bodies(self) -> dict[int, range]:
        """The rows of each function's body, by the row that names it."""
        return {
            node.lineno: range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            for node in ast.walk(ast.parse(self.text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.body[0].lineno > node.lineno
        }

    def again(self) -> Recording | None:
        """The same program once more, from its own seeds."""
        return self.past(frozenset())

    def past(self, rows: frozenset[int]) -> Recording | None:
        """The same where the statements that start in these rows may fail: what they bind stays as it was."""
        return self.rerun(rows) if self.rerun is not None else None


_Placed = TypeVar("_Placed", Made, Event)


def _nearest(known: list[_Placed], region: Spot) -> list[_Placed]:
    """Those exactly there; else all inside; else those of the smallest call around it."""
    exact = [one for one in known if one.region == region]
    inside = exact or [one for one in known if one.region and within(one.region, region)]
    around = [one.region for one in known if one.region and within(region, one.region)]
    if inside or not around:
        return inside
    closest = min(around, key=lambda spot: (spot[2] - spot[0], spot[3] - spot[1]))
    return [one for one in known if one.region == closest]


def within(inner: Spot, outer: Spot) -> bool:
    """Whether one region lies in the other."""
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]


def layers_of(model: Any) -> Iterator[Any]:
    """A model's layers, those of nested models and layers included, each once."""
    seen: set[int] = set()
    flatten = getattr(model, "_flatten_layers", None)
    for layer in flatten(include_self=False, recursive=True) if flatten is not None else ():
        if id(layer) not in seen:
            seen.add(id(layer))
            yield layer
