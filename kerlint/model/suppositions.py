"""What leans on the defaults of options: which calls take them, and which facts have to say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.keras_api import names
from kerlint.model.seeds import SEEDERS
from kerlint.model.sequential import is_input
from kerlint.model.sites import OWN_ROOTS
from kerlint.model.states import LayerState, TensorValue
from kerlint.python.likely import Likely, holds_likely, supposed_arguments
from kerlint.python.values import Instance, ListValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.findings import Region
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.model.facts import Model, Operation, Program
    from kerlint.model.states import ModelState, NodeState
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments

_ROOTS = OWN_ROOTS | {"numpy", "sklearn"}
"""Packages whose calls take the defaults of options; all others are given something unknown."""
_ALONE = frozenset({"optimizer", "loss", "metric", "callback", "initializer", "regularizer", "schedule"})
"""Categories of objects that give no shape to anything."""
_ACTS = frozenset(
    """
    compile evaluate fit fit_generator load_weights predict predict_generator predict_on_batch save
    save_weights summary test_on_batch train_on_batch
    """.split()  # noqa: SIM905
)
"""Methods of models that leave the layers as they are."""


_PLAIN = frozenset({int, float, str, bool, type(None), Unknown, Instance, TensorValue})
"""Types that are not likely, nor hold what is: most arguments are of them."""


@fact
class Supposition:
    """An option of the program that has the default it has, as far as a fact goes."""

    option: str
    """As the user of the program spells it: `--units`."""
    value: Value
    place: Place
    """Where it was defined."""

    @property
    def words(self) -> str:
        """For messages: `--units 64 (line 7)`."""
        return f"{self.option} {self.text} ({self.place.location.words})"

    @property
    def text(self) -> str:
        """The default as Python writes it."""
        return repr(self.value.items if isinstance(self.value, ListValue) else self.value)


# While the program is evaluated


def leans(arguments: Arguments) -> bool:
    """Whether something likely is among the arguments."""
    for arg in arguments.positional:
        if type(arg.value) not in _PLAIN and holds_likely(arg.value):
            return True
    for arg in arguments.keywords.values():
        if type(arg.value) not in _PLAIN and holds_likely(arg.value):
            return True
    return False


def takes_defaults(dotted: str) -> bool:
    """Whether a call of a library goes on with the defaults of options."""
    return dotted.partition(".")[0] in _ROOTS and dotted not in SEEDERS


def call_leaning(
    domain: KerasDomain, name: str, arguments: Arguments, run: Callable[[Arguments], Value]
) -> Value:
    """A call of a library, by its dotted name or that of a method, with the defaults of options."""
    interpreter = domain.interpreter
    if name in _ACTS or names.category(name, domain.target) in _ALONE:
        with interpreter.suppositions.for_one_call(interpreter, arguments) as given:
            return run(given)
    return run(supposed_arguments(interpreter, arguments))


def defaults_taken(domain: KerasDomain, arguments: Arguments) -> Arguments:
    """The arguments of a call that shapes what comes after it."""
    return supposed_arguments(domain.interpreter, arguments) if leans(arguments) else arguments


# As facts


def facts_of(options: Iterable[Likely]) -> tuple[Supposition, ...]:
    """The facts for options whose defaults were taken."""
    return tuple(Supposition(one.option, one.value, one.place) for one in options if one.place is not None)


def suppositions_of(
    domain: KerasDomain,
    state: ModelState,
    layers: Iterable[Operation],
    nodes: Iterable[NodeState],
    inside: Iterable[int],
) -> tuple[Supposition, ...]:
    """What a model leans on: all that was supposed when it, its layers and its graph were made.

    The graph of a Sequential follows from its layers and its input, whenever it is made.
    """
    history = domain.interpreter.suppositions
    if not history.ever:
        return ()
    times = {state.serial, *(one.identity for one in layers)}
    times |= set(inside)
    if state.kind != "sequential":
        times |= {node.index for node in nodes}
    else:
        starts = [one for variant in state.variants for one in variant[:1] if is_input(one)]
        starts = [*starts, *state.starts.values()] if state.given is not None else starts
        times |= {_made_at(one) for one in starts}
    return facts_of(dict.fromkeys(option for time in sorted(times) for option in history.lasting_at(time)))


def _made_at(start: TensorValue | Instance) -> int:
    """When the InputLayer was made."""
    if isinstance(start, TensorValue):
        return start.producer.layer.serial if start.producer is not None else 0
    assert isinstance(start.native, LayerState)
    return start.native.serial


_Key = tuple[int, int, "Region | None"]


class Leaning:
    """Which places of a program speak of what leans on the default of an option."""

    def __init__(self, program: Program) -> None:
        self.is_any = bool(program.supposed)
        self._program = program

    @cached_property
    def _tables(self) -> tuple[dict[_Key, bool], dict[_Key, bool]]:
        """Places that are exactly known, and those of calls; read when a finding first asks."""
        exact: dict[_Key, bool] = {}
        calls: dict[_Key, bool] = {}
        _read(self._program, exact, calls)
        return exact, calls

    def leans(self, places: Iterable[Place]) -> bool:
        """Whether something at one of these places does; it may, where nothing is known of any of them."""
        if not self.is_any:
            return False
        asked = [_key(place) for place in places]
        for table in self._tables:
            known = [table[key] for key in asked if key in table]
            if known:
                return any(known)
        return True


def _read(program: Program, exact: dict[_Key, bool], calls: dict[_Key, bool]) -> None:
    _note(exact, (name.place for name in program.absent_names), is_likely=False)
    for call in program.calls:
        _note(calls, _places_of(call), call.place in program.leaning_calls)
    leaning = {model.identity for model in program.models if model.supposed}
    for model in program.models:
        _note(exact, _places_in(model), bool(model.supposed))
    for training in program.trainings:
        is_likely = bool(training.supposed) or training.model in leaning
        _note(exact, _places_of(training.site), is_likely)
    for made in program.objects:
        _note(exact, _places_of(made.site), bool(made.supposed))


def _note(table: dict[_Key, bool], places: Iterable[Place], is_likely: bool) -> None:
    for place in places:
        key = _key(place)
        table[key] = is_likely or table.get(key, False)


def _key(place: Place) -> _Key:
    """Equal for equal places, and hashed without a call: there are thousands."""
    return id(place.statement), id(place.node), place.override


def _places_of(site: CallSite) -> Iterator[Place]:
    yield site.place
    given = (*site.arguments.values(), *site.unexpected)
    yield from (argument.place for argument in given if argument.place is not None)


def _places_in(model: Model) -> Iterator[Place]:
    yield model.place
    nodes = (*model.graph.nodes, *model.flat.nodes)
    yield from (node.place for node in nodes if node.place is not None)
    operations = (*model.layers, *(node.operation for node in nodes))
    for operation in {id(operation): operation for operation in operations}.values():
        if operation.place is not None:
            yield operation.place
        if operation.site is not None:
            yield from _places_of(operation.site)
